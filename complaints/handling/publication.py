"""What is to be mended, or looked at, before a procedure is published."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from complaints import workflow
from complaints.handling.cautions import cautions
from complaints.handling.wording import Wording, texts_of
from complaints.models import Procedure
from complaints.models.procedure import procedure_problems
from complaints.workflow.marks import unfilled_marks
from complaints.workflow.problems import Problem

# Which list an item names in that field of its own.
NAMED = {
    "sources": "stages",
    "to": "stages",
    "roles": "roles",
    "escalate_to": "roles",
    "letter": "letters",
    "within": "time_limits",
}


def findings(procedure: Procedure, today: date) -> list[Problem]:
    """All that is wrong with the procedure as it is written now, what blocks first.

    The procedure may be unsaved, incomplete or unreadable: an editor is told of what there is.
    """
    definition = procedure.definition()
    blocking = _in_words(procedure_problems(definition), procedure)
    return [*blocking, *_rule_cautions(procedure, today), *_wording(procedure)]


def _in_words(problems: Sequence[Problem], procedure: Procedure) -> list[Problem]:
    """What the draft no longer has is called as in the version in force, not by its key."""
    lost = any(problem.field in NAMED for problem in problems)
    version = procedure.current if lost and procedure.pk else None
    if version is None:
        return [*problems]
    return [_named(problem, version.definition) for problem in problems]


def _named(problem: Problem, former: dict[str, Any]) -> Problem:
    sentence = problem.sentence
    for item in former.get(NAMED.get(problem.field, ""), ()):
        lost = f"« {item['key']} » n’existe pas"
        sentence = sentence.replace(lost, f"« {item['label']} » n’existe plus")
    return replace(problem, sentence=sentence)


def _rule_cautions(procedure: Procedure, today: date) -> Iterator[Problem]:
    """Nothing can be said of rules that cannot be read."""
    try:
        rules = workflow.parse_rules(procedure.definition())
    except workflow.DefinitionError:
        return
    yield from cautions(procedure, rules, today)
    yield from _unfilled(rules)


def _unfilled(rules: workflow.Rules) -> Iterator[Problem]:
    """Marks that one of the moves proposing the letter would leave as they are."""
    for letter in rules.letters:
        for move in (move for move in rules.moves if move.letter == letter.key):
            for field in ("subject", "body"):
                for mark in unfilled_marks(getattr(letter, field), move.deed):
                    sentence = (
                        f"Le courrier « {letter.label} » : l’action « {move.label} » ne sait pas"
                        f" remplir {{{mark}}}, il partirait tel quel."
                    )
                    yield Problem(sentence, "letters", letter.key, field, warning=True)


def _wording(procedure: Procedure) -> Iterator[Problem]:
    if procedure.organisation_id is None:
        return
    wording = Wording.of(procedure.organisation, procedure.mediator)
    for text in texts_of(procedure.definition()):
        for remark in wording.remarks(text.words):
            sentence = f"« {text.title} » : {remark}"
            yield Problem(sentence, text.part, text.key, text.field, warning=True)
