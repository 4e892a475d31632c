"""The answers that a form proposes, against those that its procedure knows."""

from collections.abc import Iterator, Sequence

from complaints.handling.cautions import CONSUMERS
from complaints.intake import Field, FormDefinition
from complaints.models import ProcedureVersion
from complaints.sla.words import listed
from complaints.workflow.vocabulary import Kind, Stakeholder

# Whoever is nobody of the list may say so.
ALWAYS_ADMITTED = Stakeholder.OTHER


def tells_incidents(definition: FormDefinition) -> bool:
    """Whether it is a sheet of the team: it opens no complaint, and nobody complains (IH-A7)."""
    natures = next((f.choices for f in definition.fields if f.maps_to == "dossier.kind"), ())
    return bool(natures) and CONSUMERS.isdisjoint(choice.value for choice in natures)


def option_remarks(
    definition: FormDefinition, version: ProcedureVersion, called: str
) -> Iterator[str]:
    """What is missing among the answers, and what the procedure does not admit."""
    asked = {field.maps_to: field for field in definition.fields}
    if nature := asked.get("dossier.kind"):
        elsewhere = CONSUMERS if tells_incidents(definition) else frozenset()
        expected = [kind for kind in version.rules.kinds if kind not in elsewhere]
        yield from _missing(nature, expected, f"que {called} traite")
        yield from _foreign(nature, version.rules.kinds, f"que {called} ne traite pas")
    stakeholders = [Stakeholder(value) for value in version.rules.stakeholders]
    if stakeholders and (who := asked.get("complainant.stakeholder")):
        yield from _missing(who, stakeholders, f"que {called} admet")
        yield from _foreign(who, [*stakeholders, ALWAYS_ADMITTED], f"que {called} n’admet pas")


def _missing(field: Field, admitted: Sequence[Kind | Stakeholder], known: str) -> Iterator[str]:
    offered = {choice.value for choice in field.choices}
    if lacking := [one.label for one in admitted if one.value not in offered]:
        yield (
            f"À la question « {field.label} », il manque {_quoted(lacking)}, {known} :"
            f" ajoutez {_these(lacking)}."
        )


def _foreign(field: Field, admitted: Sequence[Kind | Stakeholder], unknown: str) -> Iterator[str]:
    values = {one.value for one in admitted}
    if foreign := [choice.label for choice in field.choices if choice.value not in values]:
        yield (
            f"La question « {field.label} » propose {_quoted(foreign)}, {unknown} :"
            f" retirez {_these(foreign)}, ou complétez la procédure."
        )


def _quoted(labels: Sequence[str]) -> str:
    return listed([f"« {label} »" for label in labels], "et")


def _these(labels: Sequence[str]) -> str:
    return "ces réponses" if len(labels) > 1 else "cette réponse"
