"""A condition in words, for who fills in and for who builds; and in posted values for a script."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from complaints.intake.definition import Condition, Field, FormDefinition, Kind, Operator, ShowIf
from complaints.intake.typography import sentence

POSTED = {True: "yes", False: "no"}


def in_words(show_if: ShowIf | None, definition: FormDefinition, *, asks: bool = True) -> str:
    """When this counts, for whoever reads the form without our script."""
    if show_if is None:
        return ""
    task = "À remplir" if asks else "À lire"
    return sentence(
        "{task} {conditions}.", task=task, conditions=_joined(show_if, definition, _asked_of_you)
    )


def as_rule(show_if: ShowIf | None, definition: FormDefinition) -> str:
    """The same for the editor: « Affichée si la réponse à « Vous êtes » est « Client » »."""
    return f"Affichée {words}" if (words := rule(show_if, definition)) else ""


def rule(show_if: ShowIf | None, definition: FormDefinition) -> str:
    """What stands after « Affichée »: « si la réponse à « Vous êtes » est « Client » »."""
    return _joined(show_if, definition, _of_the_answer) if show_if else ""


def _joined(
    show_if: ShowIf, definition: FormDefinition, said: Callable[[Condition, Field], str]
) -> str:
    """« si … et si … »: after « et que », French would want another mood."""
    link = " ou si " if show_if.any else " et si "
    return "si " + link.join(said(test, definition.by_key[test.field]) for test in show_if.tests)


def _asked_of_you(test: Condition, asked: Field) -> str:
    """« vous avez répondu « Oui » à « Déjà ? » »."""
    ticked, not_that = asked.kind == Kind.CHOICES, test.test == Operator.IS_NOT
    if test.test == Operator.ANSWERED:
        said = "avez répondu" if True in test.values else "n’avez pas répondu"
    elif not_that and ticked:
        template = "vous avez répondu à « {label} » sans cocher {answers}"
        return sentence(template, label=asked.label, answers=_listed(_labels(test, asked), "ni"))
    elif not_that and asked.kind == Kind.YES_NO:
        other = replace(test, test=Operator.IS, values=tuple(not v for v in test.values))
        return _asked_of_you(other, asked)
    else:
        verb = "avez coché" if ticked else "avez répondu"
        other_than = "autre chose que " if not_that else ""
        said = f"{verb} {other_than}{_listed(_labels(test, asked), 'ou')}"
    return sentence("vous {said} à « {label} »", said=said, label=asked.label)


def _of_the_answer(test: Condition, asked: Field) -> str:
    """« la réponse à « Vous êtes » n’est ni « Stagiaire » ni « Client » »."""
    verb = "comprend" if asked.kind == Kind.CHOICES else "est"
    if test.test == Operator.ANSWERED:
        said = "est donnée" if True in test.values else "n’est pas donnée"
    elif test.test == Operator.IS:
        said = f"{verb} {_listed(_labels(test, asked), 'ou')}"
    else:
        no = "n’" if verb == "est" else "ne "
        labels = _labels(test, asked)
        said = f"{no}{verb} {'ni' if labels[1:] else 'pas'} {_listed(labels, 'ni')}"
    return sentence("la réponse à « {label} » {said}", label=asked.label, said=said)


def _labels(test: Condition, asked: Field) -> list[str]:
    """The answers between quotes, in the order in which they are proposed."""
    values = {POSTED.get(value, value) for value in test.values}
    return [sentence("« {a} »", a=c.label) for c in asked.proposed if c.value in values]


def _listed(words: Sequence[str], link: str) -> str:
    """« A », « B » ou « C »; « A » ni « B » ni « C »."""
    *first, last = words
    between = ", " if link == "ou" else f" {link} "
    return f"{between.join(first)} {link} {last}" if first else last


def posted(show_if: ShowIf) -> dict[str, Any]:
    """The condition for the page's script, its values as a browser posts them."""
    tests = [
        {
            "field": test.field,
            "test": test.test.value,
            "values": [
                POSTED[v] if isinstance(v, bool) and not _of_answer(test) else v
                for v in test.values
            ],
        }
        for test in show_if.tests
    ]
    return {"any": show_if.any, "tests": tests}


def _of_answer(test: Condition) -> bool:
    """Whether its values say if there is an answer, and not which."""
    return test.test == Operator.ANSWERED
