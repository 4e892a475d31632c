"""What the rules of a procedure read in a dossier, that only a question to its author can fill."""

from collections.abc import Iterator, Mapping

from complaints.handling.criteria import is_about_age
from complaints.models import Mediator, ProcedureVersion
from complaints.workflow import Rules
from complaints.workflow.marks import marks
from complaints.workflow.vocabulary import Column, Deed, Kind

# The columns that say what the complainant said; the others are filled as the dossier is handled.
TOLD: Mapping[str, str] = {
    Column.CLIENT: "complainant.name",
    Column.SUBJECT: "dossier.subject",
    Column.DESCRIPTION: "dossier.description",
    Column.TRAINING: "dossier.training",
    Column.TRAINEE: "dossier.trainee",
    Column.TRAINING_DATES: "dossier.training_dates",
    Column.THIRD_PARTIES: "dossier.third_parties",
    Column.OPERATIONS: "dossier.operations",
    Column.FIRST_EXPRESSED_ON: "dossier.first_expressed_on",
    Column.FIRST_CHANNEL: "dossier.first_expressed_channel",
    Column.FIRST_CHANNEL_AND_REFERENCE: "dossier.first_expressed_channel",
}
# These write to somebody else, who learns who complains only with their consent (IH-31).
TELLING = (Deed.INFORM_IMPLICATED, Deed.INFORM_THIRD_PARTY)
# What nobody can say where nobody complains.
OF_A_COMPLAINT = frozenset(
    {
        "complainant.name",
        "complainant.consents_to_disclosure",
        "dossier.first_expressed_on",
        "dossier.first_expressed_channel",
        "dossier.consumer",
    }
)

Need = tuple[str, str]


def needed_targets(version: ProcedureVersion, called: str) -> dict[str, str]:
    """The targets that some rule needs, each with the first reason for it: a sentence's start.

    `called`: what the sentences call the procedure (« la procédure »).
    """
    rules = version.rules
    needs = [
        *_kinds(rules, called),
        *_columns(rules, called),
        *_names(rules, called),
        *_first_writings(rules, called),
        *_ages(rules, called),
        *_consents(rules, called),
        *_mediation(version.mediator, called),
    ]
    first: dict[str, str] = {}
    for target, reason in needs:
        first.setdefault(target, reason)
    return first


def _kinds(rules: Rules, called: str) -> Iterator[Need]:
    """What is not asked is a complaint."""
    if set(rules.kinds) != {Kind.COMPLAINT}:
        listed = ", ".join(kind.label.lower() for kind in rules.kinds)
        asked = f"la nature du dossier ({listed}), dont dépend {called}"
        yield "dossier.kind", f"Rien ne demande {asked}"


def _columns(rules: Rules, called: str) -> Iterator[Need]:
    for column in rules.register_columns:
        if column.key in TOLD:
            place = f"la colonne « {column.label} » du registre de {called}"
            yield TOLD[column.key], f"Rien n’alimente {place}"


def _names(rules: Rules, called: str) -> Iterator[Need]:
    if any("nom" in marks(f"{letter.subject} {letter.body}") for letter in rules.letters):
        asked = f"le nom du réclamant, que donnent les courriers de {called}"
        yield "complainant.name", f"Rien ne demande {asked}"


def _first_writings(rules: Rules, called: str) -> Iterator[Need]:
    """CS-A2: such a limit looks at both, the day and whether it was written."""
    for limit in rules.time_limits:
        if limit.from_first_writing:
            told = f"de la première réclamation, dont dépend le délai « {limit.label} » de {called}"
            yield "dossier.first_expressed_on", f"Rien ne demande la date {told}"
            yield "dossier.first_expressed_channel", f"Rien ne demande le mode {told}"


def _ages(rules: Rules, called: str) -> Iterator[Need]:
    for criterion in rules.criteria:
        if is_about_age(criterion):
            asked = f"la date des faits, dont dépend le critère « {criterion.label} » de {called}"
            yield "dossier.facts_on", f"Rien ne demande {asked}"


def _consents(rules: Rules, called: str) -> Iterator[Need]:
    for move in rules.moves:
        if move.deed in TELLING:
            asked = f"s’il accepte d’être nommé, ce dont dépend l’action « {move.label} »"
            yield (
                "complainant.consents_to_disclosure",
                f"Rien ne demande au réclamant {asked} de {called}",
            )


def _mediation(mediator: Mediator | None, called: str) -> Iterator[Need]:
    """Only a consumer may turn to the mediator that the law is about (L612-1)."""
    if mediator:
        asked = "s’il écrit à titre personnel, ce dont dépend le recours au médiateur"
        yield (
            "dossier.consumer",
            f"Rien ne demande au réclamant {asked} de {called} ({mediator.name})",
        )
