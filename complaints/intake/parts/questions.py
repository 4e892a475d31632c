"""The answers in several parts: a period, a training, an address, persons."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from complaints.intake.definition import Field, Kind, Part, PartKind
from complaints.intake.parts import Typed, is_blank
from complaints.intake.typed import Day, Text
from complaints.intake.typography import sentence

Answer = dict[str, str]


class InParts(forms.Field):
    """An answer in several boxes; each error carries, as its code, the box it is about."""

    def __init__(self, *, parts: tuple[Part, ...], in_order: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.parts, self.in_order = parts, in_order
        self.boxes = {part.key: _box(part, self.label) for part in parts}

    def clean(self, typed: Typed) -> Answer:
        if is_blank(typed):
            self.validate(None)
            return {}
        answer, errors = self.read(typed, self.boxes)
        if errors:
            raise ValidationError(errors)
        return answer

    def read(
        self, typed: Typed, boxes: dict[str, forms.Field], row: str = ""
    ) -> tuple[Answer, list[ValidationError]]:
        """The parts that are answered, and what is wrong in the others."""
        answer: Answer = {}
        errors = []
        for key, box in boxes.items():
            try:
                if (value := box.clean(typed[key])) not in (None, ""):
                    answer[key] = str(value)
            except ValidationError as error:
                errors += [ValidationError(words, row + key) for words in error.messages]
        return self._ordered(answer), errors

    def _ordered(self, answer: Answer) -> Answer:
        """The first day first, whichever box it was typed in."""
        if self.in_order and len(answer) == len(self.parts):
            return dict(zip(answer, sorted(answer.values()), strict=True))
        return answer


class InRows(InParts):
    """As many times the same boxes as there are persons; a row left blank counts for nothing."""

    def clean(self, typed: list[Typed]) -> list[Answer]:
        answers, errors = [], []
        for number, row in enumerate(typed):
            if not is_blank(row):
                answer, wrong = self.read(row, self._boxes_of(number), f"{number}-")
                answers.append(answer)
                errors += wrong
        if errors:
            raise ValidationError(errors)
        self.validate(answers)
        return answers

    def _boxes_of(self, number: int) -> dict[str, forms.Field]:
        if number == 0:
            return self.boxes
        whose = sentence("{label}, personne {n}", label=self.label, n=number + 1)
        return {part.key: _box(part, whose) for part in self.parts}


def in_parts(field: Field, options: dict[str, Any]) -> forms.Field:
    """The Django field of a kind whose answer has several boxes."""
    if field.kind == Kind.PERSONS:
        return InRows(parts=field.parts, **options)
    return InParts(parts=field.parts, in_order=field.kind == Kind.PERIOD, **options)


def _box(part: Part, label: str) -> forms.Field:
    """One box as a Django field that speaks of itself and of its question."""
    whole = sentence("{label} – {part}", label=label, part=part.label)
    messages = {
        "required": sentence("Indiquez « {part} » à « {label} ».", part=part.label, label=label),
        "invalid_choice": sentence("Choisissez une des réponses proposées à « {l} ».", l=whole),
    }
    options = {"label": whole, "required": part.required, "error_messages": messages}
    match part.kind:
        case PartKind.DAY:
            return Day(**options)
        case PartKind.CHOICE:
            proposed = [(choice.value, choice.label) for choice in part.choices]
            return forms.ChoiceField(choices=proposed, **options)
    return Text(limit=part.max_length, one_line=part.kind == PartKind.LINE, **options)
