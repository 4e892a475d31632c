"""Whether a form may be sent without an answer that somebody will need."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice, product
from typing import Any

from complaints.intake.definition import CONTROLLING, Field, FormDefinition, Kind, ShowIf

# Beyond that many cases we look at the first ones only.
MOST_CASES = 2_000
ANYTHING = "x"


def may_leave_out(definition: FormDefinition, targets: Collection[str], *, of: str) -> bool:
    """Whether somebody may answer none of the questions that feed these targets.

    Only where the question that feeds `of` is shown, if there is one: who is not asked for a name
    is not asked for an address.
    """
    wanted = [field for field in definition.fields if field.maps_to in targets]
    owner = [field for field in definition.fields if field.maps_to == of]
    cases = _cases(_controls(definition, [*wanted, *owner]))
    return any(_left_out(definition, wanted, owner, case) for case in islice(cases, MOST_CASES))


def _left_out(
    definition: FormDefinition, wanted: list[Field], owner: list[Field], case: dict[str, Any]
) -> bool:
    shown = {field.key for field in definition.shown(case)}
    if any(field.key not in shown for field in owner):
        return False
    return not any(f.key in shown and (f.required or case.get(f.key)) for f in wanted)


def _controls(definition: FormDefinition, fields: Iterable[Field]) -> list[Field]:
    """The questions on which it depends, near or far, whether these are shown."""
    section_of = {field.key: s for s in definition.sections for field in s.fields}
    found: dict[str, Field] = {}
    pending = list(fields)
    while pending:
        field = pending.pop()
        for key in (*_read_by(field.show_if), *_read_by(section_of[field.key].show_if)):
            if key not in found:
                found[key] = definition.by_key[key]
                pending.append(found[key])
    return list(found.values())


def _read_by(show_if: ShowIf | None) -> tuple[str, ...]:
    return show_if.fields if show_if else ()


def _cases(controls: list[Field]) -> Iterator[dict[str, Any]]:
    keys = [field.key for field in controls]
    for values in product(*map(_answers, controls)):
        yield dict(zip(keys, values, strict=True))


def _answers(field: Field) -> list[Any]:
    """The answers that may change what is shown; of several choices, each one alone and all."""
    skipped = [] if field.required else [None]
    values = [choice.value for choice in field.choices]
    if field.kind not in CONTROLLING:
        return [*skipped, ANYTHING]
    if field.kind == Kind.YES_NO:
        return [*skipped, True, False]
    return (
        [*skipped, *values]
        if field.kind == Kind.CHOICE
        else [*skipped, *([v] for v in values), values]
    )
