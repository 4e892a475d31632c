"""One version of a procedure, all of it, in plain French."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from complaints.models import ProcedureVersion
from complaints.register.promises import promises_of, retention_words
from complaints.sla.words import NBSP, listed
from complaints.workflow import Move, Rules, Stage, TimeLimit
from complaints.workflow.phrasing import labelled, length
from complaints.workflow.vocabulary import Stakeholder


@dataclass(frozen=True)
class Entry:
    """One item of the rules: its name, what is said of it, and its text if it has one."""

    label: str
    lines: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True)
class Section:
    """One list of the rules."""

    title: str
    entries: list[Entry]

    @property
    def names(self) -> list[str]:
        """The names alone, when nothing more is said of any; else empty."""
        told = any(entry.lines or entry.text for entry in self.entries)
        return [] if told else [entry.label for entry in self.entries]


def sections_of(version: ProcedureVersion) -> list[Section]:
    """What the version decides, list by list; the empty ones are left out."""
    rules = version.rules
    every = (
        Section("Ce qu’elle traite", _scope(rules)),
        Section("Rôles", [Entry(role.label) for role in rules.roles]),
        Section("Instances", [Entry(body.label, text=body.members) for body in rules.bodies]),
        Section("Étapes", [_stage(stage) for stage in rules.stages]),
        Section("Actions", [_move(move, rules) for move in rules.moves]),
        Section("Délais", _limits(rules)),
        Section(
            "Gravités", [Entry(level.label, text=level.criteria) for level in rules.severities]
        ),
        Section("Repères", [Entry(marker.label) for marker in rules.markers]),
        Section("Critères de recevabilité", _criteria(rules)),
        Section("Courriers", _letters(rules)),
        Section("Colonnes du registre", [Entry(column.label) for column in rules.register_columns]),
        Section("Conservation, relecture, médiation", _keeping(version)),
    )
    return [section for section in every if section.entries]


def _scope(rules: Rules) -> list[Entry]:
    parties = [Stakeholder(key).label for key in rules.stakeholders]
    found = [Entry("Natures", [_joined(kind.label for kind in rules.kinds)])]
    return [*found, Entry("Parties prenantes", [_joined(parties)])] if parties else found


def _stage(stage: Stage) -> Entry:
    lines = [f"Phase{NBSP}: {stage.phase.label.lower()}"]
    if stage.step:
        lines.append(f"Étape n°{NBSP}{stage.step} de la page publique")
    if stage.public_label:
        lines.append(f"Pour le réclamant{NBSP}: {stage.public_label}")
    return Entry(stage.label, lines, stage.summary)


def _move(move: Move, rules: Rules) -> Entry:
    facts = {
        "Geste": move.deed.label,
        "Depuis": _joined(labelled(rules.stages, key) for key in move.sources),
        "Vers": labelled(rules.stages, move.to) if move.to else "reste à la même étape",
        "Qui": _joined(labelled(rules.roles, key) for key in move.roles),
        "Courrier proposé": labelled(rules.letters, move.letter) if move.letter else "",
        "Seulement pour": _joined(kind.label for kind in move.kinds),
        "Seulement pendant le délai": labelled(rules.time_limits, move.within)
        if move.within
        else "",
    }
    return Entry(move.label, list(_told(facts)), move.help)


def _limits(rules: Rules) -> list[Entry]:
    """In the words of the page, the team's own targets too."""
    told = replace(
        rules, time_limits=tuple(replace(limit, internal=False) for limit in rules.time_limits)
    )
    sentences = {promise.key: promise.sentence for promise in promises_of(told)}
    return [
        Entry(limit.label, [sentences[limit.key], *_told(_watch(limit, rules))])
        for limit in rules.time_limits
    ]


def _watch(limit: TimeLimit, rules: Rules) -> dict[str, str]:
    warned = listed([str(days) for days in sorted(limit.warn_days, reverse=True)], "et")
    return {
        "Repère interne": "jamais montré au réclamant" if limit.internal else "",
        "Satisfait par": _joined(fact.label.lower() for fact in limit.met_by),
        "À l’échéance": limit.on_expiry.label.lower(),
        "Responsable": labelled(rules.roles, limit.owner) if limit.owner else "",
        "Alerter aussi": labelled(rules.roles, limit.escalate_to) if limit.escalate_to else "",
        "Prévenir avant": f"{warned} jours" if warned else "",
    }


def _criteria(rules: Rules) -> list[Entry]:
    return [
        Entry(
            criterion.label,
            [f"Les faits datent de moins de {length(criterion.amount, criterion.unit)}"]
            if criterion.amount
            else [],
        )
        for criterion in rules.criteria
    ]


def _letters(rules: Rules) -> list[Entry]:
    return [
        Entry(letter.label, [f"Objet{NBSP}: {letter.subject}"], letter.body)
        for letter in rules.letters
    ]


def _keeping(version: ProcedureVersion) -> list[Entry]:
    rules = version.rules
    months = f"tous les {rules.review_months} mois" if rules.review_months else "aucune prévue"
    facts = {
        "Conservation": retention_words(rules) or "aucune durée fixée",
        "Relecture": months,
        "Médiateur": str(version.mediator or "aucun"),
        "Numéros des réponses": rules.response_prefix,
        "Destinataires": rules.recipients,
    }
    return [Entry(label, [words]) for label, words in facts.items() if words]


def _told(facts: dict[str, str]) -> Iterator[str]:
    return (f"{label}{NBSP}: {words}" for label, words in facts.items() if words)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)
