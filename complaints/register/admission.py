"""What makes a complaint admissible, in words: the criteria that the procedure publishes."""

from complaints import sla
from complaints.workflow import Rules
from complaints.workflow.definition import Criterion
from complaints.workflow.vocabulary import Deed


def criteria_words(rules: Rules) -> list[str]:
    """One phrase for each criterion; the age of the facts is counted on the day of the receipt."""
    return [_phrase(criterion) for criterion in rules.criteria]


def _phrase(criterion: Criterion) -> str:
    label = criterion.label.rstrip(". ")
    if not criterion.amount:
        return f"{label}."
    age = sla.phrase_reading(sla.Reading(criterion.amount, criterion.unit))
    return f"{label} (moins de {age} le jour où nous recevons votre réclamation)."


def refusal_words(rules: Rules) -> str:
    """What happens to a complaint that is not admissible; "" when nothing is written to its author.

    Only a letter is promised: a move that proposes none would make this sentence false.
    """
    refusals = [move for move in rules.moves if move.deed == Deed.DECLARE_INADMISSIBLE]
    if not refusals or not all(move.letter for move in refusals):
        return ""
    return "Si votre réclamation n’est pas recevable, nous vous écrivons pourquoi."
