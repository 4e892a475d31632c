"""Answers in several parts: box by box what is kept, what is refused, and next to which box."""

from typing import Any

import pytest

from complaints.intake import answers, build_form, json_schema, parse, readable
from tests.complaints.intake.files.sent_files import pdf, sent
from tests.complaints.intake.samples import EVERY_ANSWER, EVERY_FILLED, Json, every, filled, one
from tests.complaints.intake.test_agreement import schema_accepts

ADDRESS = {"street": "3 rue du Lac", "postal_code": "74000", "city": "Annecy"}


def posted_parts(parts: Json, row: int | None = None) -> Json:
    prefix = "reponse" if row is None else f"reponse-{row}"
    return {f"{prefix}-{part}": text for part, text in parts.items()}


def answer(kind: str, data: Json, **properties: Any) -> Any:
    form = filled(one(kind, **properties), data)
    assert form.is_valid(), form.errors
    return answers(form).get("reponse")


def refused(kind: str, data: Json, **properties: Any) -> dict[str, str]:
    """The sentence next to each box; "" stands for the whole question."""
    question = filled(one(kind, **properties), data)["reponse"]
    return {
        box: " ".join(said).replace("\u00a0", " ") for box, said in question.errors_by_box.items()
    }


def test_every_kind_of_question_gives_its_answer_and_is_read_in_french() -> None:
    form = filled(every(required=True), EVERY_FILLED, {"files": [sent("a.pdf", pdf())]})
    assert form.is_valid(), form.errors
    assert answers(form) == EVERY_ANSWER
    assert schema_accepts(every(required=True), EVERY_ANSWER)
    ((_, lines),) = readable(form.definition, EVERY_ANSWER)
    read = {line.field.key: line.text for line in lines}
    assert read["period"] == "du 04/05/2026 au 07/05/2026"
    assert read["amount"] == "1\u202f200,50\u00a0€"
    assert read["training"] == "CAP Cuisine (mars 2026)"
    assert read["address"] == "3 rue du Lac\nBâtiment B\n74000 Annecy"
    assert read["persons"].splitlines() == [
        "Paul Roux (mise en cause)\u00a0: Au premier étage.",
        "La directrice",
    ]
    assert read["signature"] == "Signé\u00a0: Jean Roux"


def test_every_kind_of_question_may_be_left_empty() -> None:
    blank = {key: " " for key in EVERY_FILLED if key not in ("consent", "choice", "choices")}
    for data in ({}, blank | {"yes_no": ""}):
        form = filled(every(), data)
        assert form.is_valid(), form.errors
        assert answers(form) == {"consent": False}


def test_every_kind_of_question_may_be_required() -> None:
    form = filled(every(required=True), {})
    assert set(form.errors) == set(form.definition.by_key) - {"information"}


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ({"from": "2026-05-04"}, {"from": "2026-05-04"}, "à partir du 04/05/2026"),
        ({"from": "4/5/2026", "to": "2026-05-04"}, None, "le 04/05/2026"),
        ({"from": "2026-05-07", "to": "04.05.2026"}, None, "du 04/05/2026 au 07/05/2026"),
    ],
)
def test_a_period_has_a_first_day_and_maybe_a_last(typed: Json, kept: Any, read: str) -> None:
    found = answer("period", posted_parts(typed))
    assert kept is None or found == kept
    ((_, (line,)),) = readable(parse(one("period")), {"reponse": found})
    assert line.text == read


@pytest.mark.parametrize(
    ("kind", "typed", "box", "said"),
    [
        ("period", {"to": "2026-05-04"}, "from", "Indiquez « Du » à « Votre réponse »."),
        ("period", {"from": "hier"}, "from", "une date qui existe à « Votre réponse – Du »"),
        ("period", {"from": "2026-05-04", "to": "2026-02-30"}, "to", "« Votre réponse – Au »"),
        ("training", {"session": "mars"}, "training", "Indiquez « Formation, contrat ou service »"),
        ("training", {"training": "x" * 301}, "training", "compte 301 caractères"),
        ("address", ADDRESS | {"city": " "}, "city", "Indiquez « Ville » à « Votre réponse »."),
        ("address", ADDRESS | {"city": "Lyon\x00"}, "city", "contient un caractère nul"),
        ("address", {"country": "\ud800"}, "country", "contient un caractère nul"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_box(kind: str, typed: Json, box: str, said: str) -> None:
    assert said in refused(kind, posted_parts(typed))[box]


def test_each_wrong_box_has_its_own_sentence() -> None:
    assert set(refused("address", posted_parts({"street": "3 rue du Lac"}))) == {
        "postal_code",
        "city",
    }


def test_a_whole_answer_that_is_missing_is_asked_for_once() -> None:
    for kind in ("period", "training", "address", "persons"):
        assert refused(kind, {}, required=True) == {"": "Indiquez « Votre réponse »."}


def test_a_label_with_a_sign_of_formatting_is_only_a_label() -> None:
    found = refused("training", posted_parts({"session": "x"}), label="100 % {sûr} %s")
    assert "100 % {sûr} %s" in found["training"]


def test_rows_left_blank_count_for_nothing() -> None:
    data = posted_parts({"name": "A", "role": "", "details": "  "}, 1) | posted_parts(
        {"name": "B", "role": "witness"}, 3
    )
    assert answer("persons", data) == [{"name": "A"}, {"name": "B", "role": "witness"}]


def test_a_wrong_row_is_told_by_its_number() -> None:
    data = posted_parts({"name": "A"}, 0) | posted_parts({"details": "x", "role": "chef"}, 2)
    found = refused("persons", data)
    assert set(found) == {"2-name", "2-role"}
    assert found["2-name"] == "Indiquez « Nom ou fonction » à « Votre réponse, personne 3 »."
    assert "Choisissez une des réponses proposées" in found["2-role"]


def test_no_more_rows_are_read_than_the_form_has() -> None:
    data: Json = {}
    for row in (0, 1, 2, 7_000):
        data |= posted_parts({"name": f"N{row}"}, row)
    assert answer("persons", data, max_rows=2) == [{"name": "N0"}, {"name": "N1"}]
    three = [{"name": "A"}, {"name": "B"}, {"name": "C"}]
    assert schema_accepts(one("persons", max_rows=3), {"reponse": three})
    assert not schema_accepts(one("persons", max_rows=2), {"reponse": three})


def test_the_schema_names_the_parts_and_refuses_another() -> None:
    shape = json_schema(parse(one("address")))["properties"]["reponse"]
    assert shape["properties"]["city"]["title"] == "Ville"
    assert not schema_accepts(one("address"), {"reponse": ADDRESS | {"planete": "Terre"}})


def test_answers_already_given_are_shown_again_to_whoever_corrects_them() -> None:
    form = build_form(parse(every()))(initial=EVERY_ANSWER)
    shown = {box.name: box.value for row in form["persons"].rows for box in row.boxes}
    assert shown["persons-1-name"] == "La directrice"
    assert [box.value for box in form["period"].rows[0].boxes] == ["2026-05-04", "2026-05-07"]
