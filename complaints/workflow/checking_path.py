"""The way of a dossier: from the first stage, every stage is reached and leads to an end."""

from collections.abc import Iterator

from complaints.workflow.definition import Rules, Stage
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Deed, Kind, Phase

# A stage, and the kind of a dossier that stands there.
State = tuple[str, Kind]


def path_problems(rules: Rules) -> Iterator[Problem]:
    """Stages that no dossier meets, or that none would leave."""
    if not rules.stages:
        yield Problem("La procédure n’a aucune étape.", "stages")
        return
    yield from _beginning(rules.first_stage)
    yield from _exits(rules)
    yield from _dead_ends_of_kinds(rules)
    yield from _reachability(rules)


def _beginning(stage: Stage) -> Iterator[Problem]:
    if stage.phase not in (Phase.SIGNALLED, Phase.OPEN):
        sentence = "La première étape doit être « signalé » ou « en cours »."
        yield Problem(sentence, "stages", stage.key, "phase")


def _exits(rules: Rules) -> Iterator[Problem]:
    ending = _before_the_end(rules)
    for stage in rules.stages:
        if stage.phase == Phase.ERASED:
            sentence = f"L’étape « {stage.label} » : « effacé » vient après la conservation."
            yield Problem(sentence, "stages", stage.key, "phase")
        elif not _leaves(stage, rules):
            yield Problem(f"L’étape « {stage.label} » n’a pas de sortie.", "stages", stage.key)
        elif stage.key not in ending:
            sentence = f"L’étape « {stage.label} » ne mène à aucune étape close."
            yield Problem(sentence, "stages", stage.key)


def _leaves(stage: Stage, rules: Rules) -> bool:
    """Whether a dossier may go elsewhere from there; one that is closed may stay."""
    if not stage.phase.is_open:
        return True
    return any(stage.key in m.sources and m.to not in ("", stage.key) for m in rules.moves)


def _before_the_end(rules: Rules) -> set[str]:
    """The closed stages, and those from which one may be reached."""
    ending = {stage.key for stage in rules.stages if not stage.phase.is_open}
    while more := {key for m in rules.moves if m.to in ending for key in m.sources} - ending:
        ending |= more
    return ending


def _dead_ends_of_kinds(rules: Rules) -> Iterator[Problem]:
    """Where a dossier of some kind may come, by its moves or reclassified, and stay for ever."""
    states = {(stage.key, kind) for stage in rules.stages for kind in rules.kinds}
    after = {state: _after(rules, *state) & states for state in states}
    met = {(rules.first_stage.key, kind) for kind in rules.kinds}
    while more := set().union(*(after[state] for state in met)) - met:
        met |= more
    closed = {stage.key for stage in rules.stages if not stage.phase.is_open}
    ending = {state for state in states if state[0] in closed}
    while more := {state for state, then in after.items() if then & ending} - ending:
        ending |= more
    anybody = _before_the_end(rules)
    for stage in rules.stages:
        for kind in rules.kinds:
            if stage.key in anybody and (stage.key, kind) in met - ending:
                sentence = (
                    f"L’étape « {stage.label} » ne mène à aucune étape close pour un dossier de"
                    f" nature « {kind.label} »."
                )
                yield Problem(sentence, "stages", stage.key)


def _after(rules: Rules, stage: str, kind: Kind) -> set[State]:
    """Where the moves that are for such a dossier lead it; some change its kind."""
    return {
        (move.to or stage, becomes)
        for move in rules.moves
        if stage in move.sources and move.is_for(kind)
        for becomes in (rules.kinds if move.deed == Deed.RECLASSIFY else (kind,))
    }


def _reachability(rules: Rules) -> Iterator[Problem]:
    reached, frontier = set(), {rules.first_stage.key}
    while frontier:
        reached |= frontier
        frontier = {m.to for m in rules.moves if m.to and reached & set(m.sources)} - reached
    for stage in rules.stages:
        if stage.key not in reached:
            sentence = f"L’étape « {stage.label} » ne peut jamais être atteinte."
            yield Problem(sentence, "stages", stage.key)
