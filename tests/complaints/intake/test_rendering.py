"""The page of a form: named for every reader, faithful to what was typed, never a template."""

import json
from copy import deepcopy
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from crispy_forms.utils import render_crispy_form

from complaints.intake import IntakeForm, build_form, parse
from tests.complaints.intake.files.sent_files import pdf, sent
from tests.complaints.intake.samples import FILLED, WHOLE, filled, form_of, one, whole

INERT = '{{ form }}<i>{% now "Y" %}</i><script>alert(1)</script>"\'&'


def page(form: IntakeForm) -> BeautifulSoup:
    """The rendered form, refused when it is not strictly valid HTML."""
    html = render_crispy_form(form)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return BeautifulSoup(html, "html.parser")


def blank() -> BeautifulSoup:
    return page(build_form(whole())())


def refused() -> BeautifulSoup:
    wrong = FILLED | {"nom": "", "courriel": "camille", "depuis": "2026-02-30", "heures": "sept"}
    return page(filled(WHOLE, wrong, {"pieces": [sent("a.pdf", pdf())]}))


def control(soup: BeautifulSoup, name: str) -> Tag:
    return soup.find(attrs={"name": name})


def words_of(soup: BeautifulSoup, ids: str) -> str:
    return " ".join(soup.find(id=one_id).get_text(" ", strip=True) for one_id in ids.split())


@pytest.mark.parametrize("soup", [blank, refused], ids=["blank", "refused"])
def test_each_control_has_a_label_and_each_id_is_alone(soup: Any) -> None:
    soup = soup()
    labelled = {label["for"] for label in soup.find_all("label")}
    controls = soup.find_all(["input", "textarea", "select"])
    assert {one["id"] for one in controls} == labelled
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_each_section_is_a_fieldset_with_its_legend() -> None:
    soup = blank()
    legends = [soup.select_one(f"#section-{key} > legend").text for key in ("vous", "faits")]
    assert legends == ["Vous", "Les faits"]


@pytest.mark.parametrize(("name", "legend"), [("qualite", "Vous êtes"), ("operations", "Opér")])
def test_a_group_of_answers_has_its_own_legend(name: str, legend: str) -> None:
    group = control(blank(), name).find_parent("fieldset")
    assert group.legend.text.startswith(legend)


@pytest.mark.parametrize("soup", [blank, refused], ids=["blank", "refused"])
def test_nothing_is_styled_or_scripted_inline(soup: Any) -> None:
    soup = soup()
    assert not soup.find_all(["script", "style", "form", "button"])
    for tag in soup.find_all(True):
        assert "style" not in tag.attrs
        assert not [name for name in tag.attrs if name.startswith("on")]


def test_what_is_required_is_said_in_words() -> None:
    soup = blank()
    said = {label["for"] for label in soup.find_all("label") if "(obligatoire)" in label.text}
    assert said == {"id_nom", "id_courriel", "id_precision", "id_description", "id_depuis"} | {
        "id_accord"
    }
    groups = {legend.text for legend in soup.select("fieldset fieldset > legend")}
    assert groups == {
        "Vous êtes (obligatoire)",
        "En avez-vous déjà parlé\u202f? (obligatoire)",
        "Opérations concernées",
    }


def test_the_browser_is_told_what_to_fill_in_and_which_keyboard_to_show() -> None:
    soup = blank()
    assert control(soup, "nom")["autocomplete"] == "name"
    assert control(soup, "courriel")["type"] == "email"
    assert control(soup, "courriel")["autocomplete"] == "email"
    assert control(soup, "telephone")["type"] == "tel"
    assert control(soup, "depuis")["type"] == "date"
    assert control(soup, "heures")["inputmode"] == "decimal"
    assert control(soup, "pieces").has_attr("multiple")
    assert ".pdf" in control(soup, "pieces")["accept"]


def test_help_and_limits_are_read_with_their_control() -> None:
    soup = blank()
    assert words_of(soup, control(soup, "courriel")["aria-describedby"]).startswith("Nous y")
    assert "3 fichiers au plus" in words_of(soup, control(soup, "pieces")["aria-describedby"])
    assert "aria-describedby" not in control(soup, "nom").attrs


def test_a_condition_is_written_for_people_and_for_scripts() -> None:
    part = blank().find(id="part-depuis")
    condition = {"field": "deja", "test": "is", "values": ["yes"]}
    assert json.loads(part["data-show-if"]) == {"any": False, "tests": [condition]}
    condition = part.find(attrs={"data-condition": True}).text.replace("\u00a0", " ")
    assert (
        condition == "À remplir si vous avez répondu « Oui » à « En avez-vous déjà parlé\u202f? »."
    )


def test_an_information_block_is_read_and_asks_nothing() -> None:
    part = blank().find(id="part-avant")
    assert [paragraph.text for paragraph in part.find_all("p")] == [
        "Avant d’écrire",
        "La procédure est gratuite.",
        "Voir https://exemple.fr/procedure",
    ]
    assert part.a["href"] == "https://exemple.fr/procedure"
    assert not part.find("input")


def test_each_error_stands_next_to_its_question_and_is_read_with_it() -> None:
    soup = refused()
    for name in ("nom", "courriel", "depuis", "heures"):
        wrong = control(soup, name)
        assert wrong["aria-invalid"] == "true"
        assert "is-invalid" in wrong["class"]
        assert "Indiquez" in words_of(soup, wrong["aria-describedby"])
        assert wrong.find_previous(class_="invalid-feedback").find_parent(id=f"part-{name}")
    assert "aria-invalid" not in control(soup, "telephone").attrs


def test_the_errors_are_gathered_at_the_top_with_links_to_their_controls() -> None:
    soup = refused()
    links = [link["href"] for link in soup.find(id="form-errors").find_all("a")]
    assert links == ["#id_nom", "#id_courriel", "#id_depuis", "#id_heures"]
    assert blank().find(id="form-errors") is None


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("text", {}),
        ("files", {}),
        ("yes_no", {}),
        ("consent", {}),
        ("choice", {"choices": [{"value": str(n), "label": f"N{n}"} for n in range(9)]}),
        ("choices", {"choices": [{"value": "a", "label": "A"}]}),
    ],
)
def test_a_link_of_the_summary_leads_to_a_control(kind: str, more: dict[str, Any]) -> None:
    soup = page(filled(one(kind, required=True, **more), {}))
    target = soup.find(id="form-errors").a["href"].removeprefix("#")
    assert soup.find(id=target).name in ("input", "select")


def test_everything_typed_is_still_there() -> None:
    soup = refused()
    for name in ("courriel", "telephone", "depuis", "heures"):
        typed = {"courriel": "camille", "depuis": "2026-02-30", "heures": "sept"}
        assert control(soup, name)["value"] == (FILLED | typed)[name]
    assert control(soup, "description").text.strip() == FILLED["description"]
    checked = {box["value"] for box in soup.find_all("input", checked=True) if box.get("value")}
    assert checked == {"trainee", "yes", "accueil", "cours"}
    assert control(soup, "accord").has_attr("checked")


def test_hostile_answers_are_shown_again_as_text() -> None:
    soup = page(filled(WHOLE, FILLED | {"nom": "", "description": "</textarea>" + INERT}))
    assert control(soup, "description").text.strip() == "</textarea>" + INERT
    assert not soup.find_all(["script", "i"])


def test_nobody_is_asked_for_a_refused_file_again() -> None:
    """Whoever shows the form keeps the sound ones aside."""
    form = filled(WHOLE, FILLED, {"pieces": [sent("a.exe", b"MZ")]})
    assert "de nouveau" not in page(form).text


def test_a_step_with_errors_speaks_of_going_on_and_the_whole_form_of_sending() -> None:
    form = filled(WHOLE, FILLED | {"nom": ""})
    assert "Votre formulaire n’est pas encore envoyé" in page(form).find(id="form-errors").text
    form.step = "vous"
    told = page(form).find(id="form-errors").text
    assert "Avant de continuer, il reste ceci à compléter ou à corriger." in told
    assert "Rien de ce que vous avez écrit n’est perdu." in told


def test_no_length_is_left_to_the_browser_which_would_cut_a_paste_silently() -> None:
    assert not blank().find_all(maxlength=True)


def test_what_staff_write_is_never_a_template_nor_markup() -> None:
    definition = inert_everywhere()
    for form in (build_form(parse(definition))(), filled(definition, {})):
        soup = page(form)
        assert not soup.find_all(["i", "script"])
        assert soup.select_one("#section-vous > legend").text == INERT
        assert soup.find("label", {"for": "id_nom"}).text.startswith(INERT)
        assert soup.find("label", {"for": "id_qualite-0"}).text == INERT
        assert INERT in soup.find(id="part-avant").text
        assert INERT in soup.find(id="id_courriel-help").text
    assert INERT in soup.find(id="id_nom-error").text
    assert INERT in soup.find(id="id_description-error").text


def inert_everywhere() -> dict[str, Any]:
    definition = deepcopy(WHOLE)
    for section in definition["sections"]:
        section |= {"title": INERT, "help": INERT}
        for field in section["fields"]:
            field |= {"label": INERT, "help": INERT}
            for choice in field.get("choices", []):
                choice["label"] = INERT
    return definition


def test_a_hostile_value_stays_inside_its_attribute() -> None:
    value = '"><script>alert(1)</script>{{ form }}'
    soup = page(
        build_form(
            parse(
                form_of(
                    {
                        "key": "a",
                        "kind": "choice",
                        "label": "A",
                        "choices": [{"value": value, "label": "A"}],
                    },
                    {
                        "key": "b",
                        "kind": "text",
                        "label": "B",
                        "show_if": {"field": "a", "is": [value]},
                    },
                )
            )
        )()
    )
    assert control(soup, "a")["value"] == value
    assert not soup.find("script")


@pytest.mark.parametrize("key", ["a_0", "a_help", "a_error", "a_helptext"])
def test_no_two_keys_make_the_same_id(key: str) -> None:
    boxes = {"choices": [{"value": "x", "label": "X"}], "required": True, "help": "Aide."}
    fields = [
        {"key": "a", "kind": "choices", "label": "A", **boxes},
        {"key": key, "kind": "text", "label": "B", "required": True, "help": "Aide."},
    ]
    soup = page(filled(form_of(*fields), {}))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
