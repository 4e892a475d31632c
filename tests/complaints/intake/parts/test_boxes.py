"""The page of answers in several parts: groups, boxes, errors, rows, for eyes and for ears."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from complaints.intake import build_form, parse
from tests.complaints.intake.samples import EVERY_FILLED, Json, every, filled, one
from tests.complaints.intake.test_rendering import control, page, words_of


def blank() -> BeautifulSoup:
    definition = every(required=True, help="Une aide.", example="Un exemple.")
    return page(build_form(parse(definition))())


def refused() -> BeautifulSoup:
    return page(filled(every(required=True), {}))


def half_filled() -> BeautifulSoup:
    wrong = {"period-from": "", "address-city": " ", "persons-1-name": "", "persons-1-details": "x"}
    return page(filled(every(required=True), EVERY_FILLED | wrong))


def asked(soup: BeautifulSoup) -> list[Any]:
    """What a person fills in; how many rows there are is for the machine."""
    found = soup.find_all(["input", "textarea", "select"])
    return [box for box in found if box.get("type") != "hidden"]


@pytest.mark.parametrize("soup", [blank, refused, half_filled])
def test_each_box_has_its_label_and_each_id_is_alone(soup: Any) -> None:
    soup = soup()
    assert {box["id"] for box in asked(soup)} == {tag["for"] for tag in soup.find_all("label")}
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    described = {i for tag in soup.select("[aria-describedby]") for i in _ids(tag)}
    assert described <= set(ids)


def _ids(tag: Any) -> list[str]:
    return tag["aria-describedby"].split()


@pytest.mark.parametrize("kind", ["period", "training", "address", "persons"])
def test_an_answer_in_parts_is_a_group_named_by_its_question(kind: str) -> None:
    soup = blank()
    group = soup.select_one(f"#part-{kind} > fieldset")
    assert group.legend.get_text(" ", strip=True) == f"Votre {kind} (obligatoire)"
    assert "Une aide." in words_of(soup, group["aria-describedby"])


def test_what_may_be_left_out_of_an_answer_is_said() -> None:
    soup = blank()
    free = {tag["for"] for tag in soup.find_all("label") if "(facultatif)" in tag.text}
    assert free == {
        *("id_period-to", "id_training-session", "id_address-country"),
        *("id_persons-0-role", "id_persons-0-details"),
    }


def test_an_example_stands_beside_the_box_and_never_in_it() -> None:
    soup = blank()
    words = words_of(soup, control(soup, "text")["aria-describedby"])
    assert words == "Une aide. Exemple\u00a0: Un exemple."
    assert not soup.find_all(placeholder=True)


def test_the_browser_may_fill_in_an_address_and_a_name() -> None:
    soup = blank()
    tokens = {box["name"]: box["autocomplete"] for box in asked(soup) if box.get("autocomplete")}
    assert tokens == {
        "address-street": "street-address",
        "address-postal_code": "postal-code",
        "address-city": "address-level2",
        "address-country": "country-name",
        "signature": "name",
    }
    assert control(soup, "amount")["inputmode"] == "decimal"
    assert control(soup, "period-from")["type"] == "date"


def test_whoever_signs_or_agrees_reads_first_what_it_is_worth() -> None:
    soup = blank()
    said = words_of(soup, control(soup, "signature")["aria-describedby"])
    assert "Écrire votre nom ici vaut signature" in said
    assert "Une aide." in words_of(soup, control(soup, "consent")["aria-describedby"])
    notes = soup.find(id="id_consent-help")
    assert notes in control(soup, "consent").find_all_previous()


def test_each_error_stands_by_its_box_and_the_summary_leads_to_it() -> None:
    soup = half_filled()
    wrong = ["period-from", "persons-1-name", "address-city"]
    for name in wrong:
        box = control(soup, name)
        assert box["aria-invalid"] == "true"
        assert "is-invalid" in box["class"]
        assert words_of(soup, box["aria-describedby"]).startswith("Indiquez")
    links = [link["href"] for link in soup.find(id="form-errors").find_all("a")]
    assert links == [*(f"#id_{name}" for name in wrong), "#id_files"]
    for name in ("period-to", "persons-0-name", "address-street", "address-country"):
        assert "aria-invalid" not in control(soup, name).attrs


@pytest.mark.parametrize(
    ("kind", "first", "others", "free"),
    [
        ("period", "from", [], "to"),
        ("address", "street", ["postal_code", "city"], "country"),
        ("persons", "0-name", [], "0-details"),
    ],
)
def test_an_answer_that_is_missing_whole_points_at_what_it_needs(
    kind: str, first: str, others: list[str], free: str
) -> None:
    soup = refused()
    href = f"#id_{kind}-{first}"
    assert soup.find(id="form-errors").find("a", href=href)
    for part in (first, *others):
        box = control(soup, f"{kind}-{part}")
        assert box["aria-describedby"] == f"id_{kind}-error"
        assert box["aria-invalid"] == "true"
    assert "aria-invalid" not in control(soup, f"{kind}-{free}").attrs
    assert "Indiquez" in soup.find(id=f"id_{kind}-error").text


def rows(data: Json, **properties: Any) -> BeautifulSoup:
    return page(filled(one("persons", **properties), data))


def test_a_person_is_added_by_a_button_that_needs_no_script() -> None:
    soup = rows({"reponse-0-name": "A"})
    assert [legend.text for legend in soup.select("fieldset fieldset fieldset > legend")] == [
        "Personne 1",
        "Personne 2",
    ]
    button = soup.button
    assert (button["type"], button["name"], button["value"]) == ("submit", "add-row", "reponse")
    assert button.has_attr("formnovalidate")
    assert control(soup, "reponse-rows")["value"] == "2"


def test_no_person_is_offered_above_the_limit() -> None:
    assert rows({"reponse-0-name": "A"}, max_rows=2).button is None
    alone = rows({}, max_rows=1)
    assert alone.button is None
    assert not alone.select("fieldset fieldset fieldset")
    assert "Jusqu’à" not in alone.text


def test_the_role_of_a_person_stays_chosen() -> None:
    soup = rows({"reponse-0-name": "", "reponse-0-role": "witness"})
    assert soup.find("option", selected=True)["value"] == "witness"
