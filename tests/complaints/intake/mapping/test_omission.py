"""A form may let somebody send it without any address: it is told, whatever the conditions."""

from typing import Any

import pytest

from complaints.intake import parse
from complaints.intake.mapping.omission import MOST_CASES, may_leave_out
from tests.complaints.intake.samples import Json, form_of

ADDRESSES = ("complainant.email", "complainant.postal_address")
BY = {
    "key": "par",
    "kind": "choice",
    "label": "Comment répondre ?",
    "choices": [{"value": "mail", "label": "Courriel"}, {"value": "post", "label": "Lettre"}],
}
NAME = {"key": "nom", "kind": "text", "label": "Nom", "maps_to": "complainant.name"}
EVENT = {"key": "incident", "kind": "yes_no", "label": "Un incident ?"}


def mail(**more: Any) -> Json:
    return {"key": "mail", "kind": "email", "label": "@", "maps_to": ADDRESSES[0], **more}


def post(**more: Any) -> Json:
    return {"key": "post", "kind": "address", "label": "Adresse", "maps_to": ADDRESSES[1], **more}


def only(value: Any, key: str = "par") -> Json:
    return {"field": key, "is": [value]}


def unless_mail() -> Json:
    return {"field": "mail", "answered": False}


@pytest.mark.parametrize(
    ("fields", "possible"),
    [
        ([], True),
        ([mail()], True),
        ([mail(required=True)], False),
        ([mail(), post(required=True)], False),
        # One of the two, as the person chooses; who does not choose gives none.
        ([BY, mail(required=True, show_if=only("mail"))], True),
        (
            [
                BY | {"required": True},
                mail(required=True, show_if=only("mail")),
                post(required=True, show_if=only("post")),
            ],
            False,
        ),
        (
            [BY, mail(required=True, show_if=only("mail")), post(show_if=only("post"))],
            True,
        ),
        # The address is asked of whoever gave no e-mail address.
        ([mail(), post(required=True, show_if=unless_mail())], False),
        ([mail(), post(show_if=unless_mail())], True),
        # Nobody complains in an incident: nobody is written to.
        (
            [
                EVENT | {"required": True},
                NAME | {"show_if": only(False, "incident")},
                mail(required=True, show_if=only(False, "incident")),
            ],
            False,
        ),
        (
            [EVENT, NAME, mail(required=True, show_if=only(False, "incident"))],
            True,
        ),
    ],
)
def test_every_case_is_tried(fields: list[Json], possible: bool) -> None:
    definition = parse(form_of({"key": "faits", "kind": "text", "label": "Faits"}, *fields))
    assert may_leave_out(definition, ADDRESSES, of="complainant.name") is possible


def test_the_condition_of_the_step_counts_too() -> None:
    first = {"key": "a", "title": "A", "fields": [EVENT | {"required": True}]}
    fields = [mail(required=True)]
    second = {"key": "b", "title": "B", "fields": fields, "show_if": only(False, "incident")}
    definition = parse({"sections": [first, second]})
    assert may_leave_out(definition, ADDRESSES, of="complainant.name")


def test_among_several_answers_each_one_and_all_are_tried() -> None:
    several = BY | {"kind": "choices", "required": True}
    asked = [mail(required=True, show_if=only("mail")), post(required=True, show_if=only("post"))]
    definition = parse(form_of(several, *asked))
    assert not may_leave_out(definition, ADDRESSES, of="complainant.name")
    definition = parse(form_of(several, *asked[:1]))
    assert may_leave_out(definition, ADDRESSES, of="complainant.name")


def test_a_form_of_many_conditions_is_answered_at_once() -> None:
    many = [{"key": f"k{n}", "kind": "yes_no", "label": f"K{n} ?"} for n in range(40)]
    condition = {"any": [only(True, field["key"]) for field in many]}
    definition = parse(form_of(*many, mail(required=True, show_if=condition)))
    assert MOST_CASES < 3**40
    assert may_leave_out(definition, ADDRESSES, of="complainant.name")
