"""What a condition reads and the form no longer has, by the words it had: a key says nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from complaints.intake.typography import sentence
from complaints.models.form_definition import written_sections
from complaints.workflow.problems import Problem

if TYPE_CHECKING:
    from complaints.models.form import Form

Definition = Mapping[str, Any]
# How many drafts are looked into, the newest first: what a question was called is seldom older.
DRAFTS = 20


@dataclass(frozen=True)
class Lost:
    """A question, or an answer to a question that is still there."""

    question: str
    answer: str = ""

    def label_in(self, definition: Definition) -> str:
        """What that form calls it; "" when it has no such thing."""
        asked = _questions(definition).get(self.question, {})
        if not self.answer:
            return asked.get("label", "")
        choices = asked.get("choices", ())
        return next((one["label"] for one in choices if one["value"] == self.answer), "")


def lost_in(definition: Definition) -> set[Lost]:
    """All that conditions read and that is not in the form."""
    asked = _questions(definition)
    found = set()
    for test in _tests(definition):
        question = asked.get(test["field"])
        if question is None:
            found.add(Lost(test["field"]))
        elif question["kind"] in ("choice", "choices"):
            proposed = {choice["value"] for choice in question.get("choices", ())}
            wanted = [*test.get("is", ()), *test.get("is_not", ())]
            found |= {Lost(test["field"], str(value)) for value in wanted if value not in proposed}
    return found


def former_labels(form: "Form", definition: Definition) -> dict[Lost, str]:
    """What is lost in that definition of the form, as its version or its last drafts call it."""
    wanted, labels = lost_in(definition), {}
    if not wanted or form.pk is None:
        return {}
    for former in _former(form):
        labels |= {lost: label for lost in wanted if (label := lost.label_in(former))}
        wanted -= labels.keys()
        if not wanted:
            break
    return labels


def in_words(problems: Sequence[Problem], form: "Form", definition: Definition) -> list[Problem]:
    """The same problems; what the form no longer has goes by its former words."""
    renamed = dict(_renamed(former_labels(form, definition), definition)) if problems else {}
    return [_with(problem, renamed) for problem in problems]


def _renamed(labels: Mapping[Lost, str], definition: Definition) -> Iterator[tuple[str, str]]:
    asked = _questions(definition)
    for lost, label in labels.items():
        if not lost.answer:
            gone = sentence("« {key} », qui n’existe pas", key=lost.question)
            yield gone, sentence("« {label} », qui n’existe plus", label=label)
        else:
            of = asked[lost.question].get("label", "")
            gone = "« {value} », qui n’est pas une réponse à « {of} »"
            now = "« {label} », qui n’est plus une réponse à « {of} »"
            yield sentence(gone, value=lost.answer, of=of), sentence(now, label=label, of=of)


def _with(problem: Problem, renamed: Mapping[str, str]) -> Problem:
    words = problem.sentence
    for gone, now in renamed.items():
        words = words.replace(gone, now)
    return replace(problem, sentence=words)


def _former(form: "Form") -> Iterator[Definition]:
    if version := form.current:
        yield version.definition
    drafts = form.revisions.order_by("-created_at", "-pk").values_list("content", flat=True)
    for content in drafts[:DRAFTS]:
        yield {"sections": written_sections(json.loads(content["sections"]))}


def _questions(definition: Definition) -> dict[str, Any]:
    return {
        field.get("key", ""): field
        for section in definition["sections"]
        for field in section["fields"]
    }


def _tests(definition: Definition) -> Iterator[dict[str, Any]]:
    for section in definition["sections"]:
        for item in (section, *section["fields"]):
            yield from _of(item.get("show_if", {}))


def _of(show_if: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    if "field" in show_if:
        return [dict(show_if)]
    return show_if.get("all") or show_if.get("any") or []
