"""The lists of a procedure, item by item: a key of one's own, a name to show, known values."""

from collections.abc import Iterator

from complaints.workflow.definition import Rules
from complaints.workflow.marks import unknown_marks
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Column

# The lists whose items have a key and a label, and what an item of each is called.
NAMED = {
    "roles": "un rôle",
    "stages": "une étape",
    "moves": "une action",
    "time_limits": "un délai",
    "letters": "un courrier",
    "register_columns": "une colonne du registre",
    "severities": "un niveau de gravité",
    "bodies": "une instance",
    "markers": "un repère",
    "criteria": "un critère",
}
# Beyond a century, the day of a review could not be written.
REVIEW_MONTHS = 1_200


def contents_problems(rules: Rules) -> Iterator[Problem]:
    """What is wrong with the items themselves, whatever they are used for."""
    yield from _keys(rules)
    yield from _labels(rules)
    yield from _columns(rules)
    yield from _criteria(rules)
    yield from _letters(rules)
    if not 0 <= rules.review_months <= REVIEW_MONTHS:
        yield Problem(f"La relecture : de 0 à {REVIEW_MONTHS} mois.", "review_months")


def _keys(rules: Rules) -> Iterator[Problem]:
    for part in NAMED:
        seen: set[str] = set()
        for item in getattr(rules, part):
            if item.key in seen:
                sentence = f"« {item.label} » : la clé « {item.key} » sert deux fois."
                yield Problem(sentence, part, item.key, "key")
            seen.add(item.key)


def _labels(rules: Rules) -> Iterator[Problem]:
    for part, noun in NAMED.items():
        for item in getattr(rules, part):
            if not item.label.strip():
                sentence = f"Il manque un nom à {noun} (clé « {item.key} »)."
                yield Problem(sentence, part, item.key, "label")


def _columns(rules: Rules) -> Iterator[Problem]:
    for column in rules.register_columns:
        if column.key not in Column.values:
            sentence = f"« {column.label} » : le registre ne sait pas montrer « {column.key} »."
            yield Problem(sentence, "register_columns", column.key, "key")


def _criteria(rules: Rules) -> Iterator[Problem]:
    for criterion in rules.criteria:
        if criterion.amount < 0:
            sentence = f"« {criterion.label} » : une durée ne peut pas être négative."
            yield Problem(sentence, "criteria", criterion.key, "amount")
        if criterion.amount and not criterion.unit:
            sentence = f"« {criterion.label} » : il y a une durée sans unité."
            yield Problem(sentence, "criteria", criterion.key, "unit")
        if criterion.unit and not criterion.amount:
            sentence = f"« {criterion.label} » : il y a une unité sans durée."
            yield Problem(sentence, "criteria", criterion.key, "amount")


def _letters(rules: Rules) -> Iterator[Problem]:
    for letter in rules.letters:
        for field in ("subject", "body"):
            for mark in unknown_marks(getattr(letter, field)):
                sentence = (
                    f"Le courrier « {letter.label} » : {{{mark}}} n’est pas un champ connu, il"
                    " partirait tel quel."
                )
                yield Problem(sentence, "letters", letter.key, field)
