"""What a deed needs to find in the procedure: a letter to send, a body that sits, a stage."""

from collections.abc import Iterator

from complaints.workflow.definition import Rules
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Deed, Phase

# Deeds that write to somebody, and why they cannot do without a letter.
WRITES = {
    Deed.ACKNOWLEDGE: "accuser réception",
    Deed.GIVE_NOTICE: "envoyer l’avis de réception",
    Deed.EXTEND: "prolonger un délai",
    Deed.RESPOND: "répondre",
    Deed.INFORM_IMPLICATED: "informer la personne mise en cause",
    Deed.INFORM_THIRD_PARTY: "informer une partie prenante",
    Deed.DECIDE_APPEAL: "trancher un recours",
}
TO_WHOM = {
    Deed.INFORM_IMPLICATED: "qui lui est adressé",
    Deed.INFORM_THIRD_PARTY: "qui lui est adressé",
}


def deed_problems(rules: Rules) -> Iterator[Problem]:
    """Deeds that could not be done, and phases without the deed that ends them."""
    yield from _letters(rules)
    yield from _bodies(rules)
    yield from _kinds(rules)
    yield from _endings(rules)
    yield from _appeals(rules)


def _letters(rules: Rules) -> Iterator[Problem]:
    for move in rules.moves:
        if move.deed in WRITES and not move.letter:
            whose = TO_WHOM.get(move.deed, "au réclamant")
            sentence = f"« {move.label} » : {WRITES[move.deed]} demande un courrier {whose}."
            yield Problem(sentence, "moves", move.key, "letter")


def _bodies(rules: Rules) -> Iterator[Problem]:
    for move in rules.moves:
        if move.deed == Deed.RECORD_MINUTES and not rules.bodies:
            sentence = f"« {move.label} » : la procédure n’a aucune instance qui tienne séance."
            yield Problem(sentence, "moves", move.key, "deed")


def _kinds(rules: Rules) -> Iterator[Problem]:
    for move in rules.moves:
        if move.deed == Deed.RECLASSIFY and len(rules.kinds) < 2:
            sentence = f"« {move.label} » : la procédure ne traite qu’une nature de dossier."
            yield Problem(sentence, "moves", move.key, "deed")


def _endings(rules: Rules) -> Iterator[Problem]:
    closed = {stage.key for stage in rules.stages if not stage.phase.is_open}
    for move in rules.moves:
        if move.deed == Deed.CLOSE and move.to not in closed:
            sentence = f"« {move.label} » : clore mène à une étape close."
            yield Problem(sentence, "moves", move.key, "to")
        if move.deed == Deed.REOPEN and (not move.to or move.to in closed):
            sentence = f"« {move.label} » : rouvrir mène à une étape ouverte."
            yield Problem(sentence, "moves", move.key, "to")


def _appeals(rules: Rules) -> Iterator[Problem]:
    appeals = [stage for stage in rules.stages if stage.phase == Phase.APPEAL]
    keys = {stage.key for stage in appeals}
    decided = any(
        move.deed == Deed.DECIDE_APPEAL and keys & set(move.sources) for move in rules.moves
    )
    if appeals and not decided:
        sentence = f"L’étape « {appeals[0].label} » : aucune action n’y tranche le recours."
        yield Problem(sentence, "stages", appeals[0].key, "phase")
