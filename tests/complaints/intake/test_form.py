"""A form around its answers: what it starts with, the names it reads, the rows it shows."""

from datetime import date
from typing import Any
from unittest import mock

import pytest
from crispy_forms.utils import render_crispy_form

from complaints.intake import answers, build_form, parse, uploads
from complaints.intake.files import accepted
from complaints.intake.form import initial_rows, posted_names
from tests.complaints.intake.files.sent_files import pdf, sent
from tests.complaints.intake.samples import EVERY_FILLED, Json, every, filled, one, posted

TODAY = date(2026, 5, 4)
PROPOSED = {"choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]}


def shown(definition: Json, today: date | None = TODAY) -> Any:
    return build_form(parse(definition))(today=today)["reponse"].value()


@pytest.mark.parametrize(
    ("kind", "default", "value", "more"),
    [
        ("text", "Lyon", "Lyon", {}),
        ("number", "12,5", "12,5", {}),
        ("amount", "100", "100", {}),
        ("yes_no", "no", "no", {}),
        ("choice", "b", "b", PROPOSED),
        ("choices", "b", ["b"], PROPOSED),
        ("date", "2026-01-31", "2026-01-31", {}),
        ("date", "today", "2026-05-04", {}),
        # A word like another everywhere else.
        ("text", "today", "today", {}),
    ],
)
def test_a_box_may_be_filled_in_beforehand(kind: str, default: str, value: Any, more: Json) -> None:
    assert shown(one(kind, default=default, **more)) == value


def test_the_day_is_told_by_whoever_shows_the_form() -> None:
    assert shown(one("date", default="today"), today=None) is None


def test_what_was_typed_is_never_filled_in_again() -> None:
    definition = one("text", default="Lyon")
    form = filled(definition, {"reponse": ""})
    assert form.is_valid()
    assert form["reponse"].value() == ""
    assert answers(form) == {}


def test_the_form_reads_these_names_and_no_other() -> None:
    names = posted_names(parse(every(required=True)))
    assert len(names) == len(set(names))
    kept = {name: value for name, value in EVERY_FILLED.items() if name in names}
    assert kept == EVERY_FILLED
    assert {"persons-rows", "persons-4-details", "address-country", "period-to"} <= set(names)
    # Files are sent apart, a text asks nothing, and there are five persons at most.
    assert not {"files", "information", "persons-5-name", "address", "add-row"} & set(names)


ROWS = [
    ({}, 1, 1),
    ({"reponse-rows": "3"}, 3, 3),
    ({"reponse-0-name": "A"}, 2, 2),
    ({"reponse-0-name": "A", "reponse-rows": "1", "add-row": "reponse"}, 2, 3),
    ({"reponse-rows": "2", "add-row": "reponse"}, 2, 3),
    ({"reponse-rows": "2", "add-row": "autre"}, 2, 2),
    ({"reponse-2-details": "x"}, 4, 4),
    ({"reponse-4-name": "E"}, 5, 5),
    ({"reponse-rows": "5", "add-row": "reponse"}, 5, 5),
    ({"reponse-rows": "99999999999999999999999999"}, 1, 1),
    ({"reponse-rows": "-3"}, 1, 1),
    ({"reponse-rows": "٣"}, 1, 1),
    ({"reponse-rows": ["2", "3"]}, 3, 3),
    ({"reponse-rows": "999"}, 5, 5),
]


@pytest.mark.parametrize(("data", "rows", "after"), ROWS)
def test_rows_are_shown_as_they_were_with_one_to_write_in(
    data: Json, rows: int, after: int
) -> None:
    definition = parse(one("persons"))
    assert len(build_form(definition)(posted(data))["reponse"].rows) == rows
    asked = initial_rows(definition, posted(data))
    assert asked == {"reponse-rows": str(min(after, 5))} or after == rows
    again = build_form(definition)(posted(data | asked))
    assert len(again["reponse"].rows) == after


def test_a_form_to_which_a_row_is_added_is_not_scolded() -> None:
    form = filled(every(required=True), {"persons-0-details": "x"}).unchecked()
    assert not form.errors
    html = render_crispy_form(form)
    assert "form-errors" not in html
    assert "aria-invalid" not in html
    assert "x</textarea>" in html


def test_a_file_kept_from_an_earlier_time_is_not_checked_again() -> None:
    kept = accepted(sent("a.pdf", pdf()))
    form = filled(one("files", max_weight=1), {}, {"reponse": [kept, sent("b.txt", b"vrai")]})
    assert form.is_valid(), form.errors
    assert [file.name for file in uploads(form)] == ["a.pdf", "b.txt"]
    assert uploads(form)[0].file is kept.file


def test_a_question_takes_its_own_weights_and_types() -> None:
    definition = one("files", max_weight=1, file_types=["image"], max_files=2)
    heavy = sent("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 1024 * 1024)
    form = filled(definition, {}, {"reponse": [sent("a.pdf", pdf()), heavy]})
    of_type, of_weight = form.errors["reponse"]
    assert "JPG, PNG ou WebP" in of_type
    assert "la limite est de 1 Mo" in of_weight.replace("\u00a0", " ")
    limits = form["reponse"].limits.replace("\u00a0", " ")
    assert limits.startswith("2 fichiers au plus, de 1 Mo au plus : photo ou image")
    html = render_crispy_form(form)
    assert 'accept=".jpg,.png,.webp,.jpeg,.jfif"' in html
    assert 'data-max-weight="1"' in html


def test_a_blank_form_is_drawn_once_a_day_for_all_who_open_it() -> None:
    definition = parse(one("date", default="today", label="Le jour"))
    build = build_form(definition)
    first = render_crispy_form(build(today=TODAY))
    again = AssertionError("drawn again")
    with mock.patch("complaints.intake.layout.render_to_string", side_effect=again):
        assert render_crispy_form(build(today=TODAY)) == first
    tomorrow = render_crispy_form(build(today=date(2026, 5, 5)))
    assert 'value="2026-05-04"' in first
    assert 'value="2026-05-05"' in tomorrow


def test_what_anybody_typed_is_never_drawn_for_another() -> None:
    definition = parse(one("text", required=True))
    build = build_form(definition)
    blank = render_crispy_form(build())
    assert "secret" in render_crispy_form(build(posted({"reponse": "secret"})))
    assert "secret" in render_crispy_form(build(initial={"reponse": "secret"}))
    assert "form-errors" in render_crispy_form(build(posted({})))
    assert 'id="autre_reponse"' in render_crispy_form(build(auto_id="autre_%s"))
    assert 'name="autre-reponse"' in render_crispy_form(build(prefix="autre"))
    assert render_crispy_form(build()) == blank


def test_a_step_that_another_decides_is_drawn_for_each() -> None:
    definition = parse(
        {
            "sections": [
                {"key": "un", "title": "Un", "fields": [OPENS]},
                {"key": "deux", "title": "Deux", "fields": [OPENED, ALWAYS]},
            ]
        }
    )
    shown = {}
    for answer in (True, False):
        form = build_form(definition)()
        form.step, form.given = "deux", {"ouvre": answer}
        shown[answer] = 'name="suite"' in render_crispy_form(form)
    assert shown == {True: True, False: False}


OPENS: Json = {"key": "ouvre", "kind": "yes_no", "label": "Ouvre"}
OPENED: Json = {"key": "suite", "kind": "text", "label": "Suite"} | {
    "show_if": {"field": "ouvre", "is": [True]}
}
ALWAYS: Json = {"key": "toujours", "kind": "text", "label": "Toujours"}
