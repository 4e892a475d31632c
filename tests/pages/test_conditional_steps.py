"""Steps and questions that other answers call for: asked when they count, kept when they do not."""

from typing import Any

import pytest

from complaints.models import Dossier, Draft, Form
from tests.factories import World, let_in
from tests.pages.conftest import Visitor, fields, photo, words
from tests.pages.stepping import kept, marks, press, turn

INFORMATION = {"key": "rgpd", "kind": "information", "label": "Vos données", "help": "Lisez."}
SECTIONS = [
    {
        "key": "debut",
        "title": "Début – « l’aléa »",
        "fields": [
            INFORMATION,
            {"key": "grave", "kind": "yes_no", "label": "Est-ce grave ?", "required": True},
            {
                "key": "operations",
                "kind": "choices",
                "label": "Quoi",
                "choices": [{"value": "a", "label": "Accueil"}, {"value": "b", "label": "Bus"}],
            },
        ],
    },
    {
        "key": "detail",
        "title": "Le détail",
        "show_if": {"field": "grave", "is": [True]},
        "fields": [
            {"key": "quoi", "kind": "long_text", "label": "Racontez", "required": True},
            {"key": "pieces", "kind": "files", "label": "Preuves", "max_files": 2},
        ],
    },
    {
        "key": "gens",
        "title": "Les personnes",
        "show_if": {
            "any": [{"field": "grave", "is_not": [False]}, {"field": "quoi", "answered": True}]
        },
        "fields": [
            {"key": "qui", "kind": "persons", "label": "Qui", "max_rows": 3},
            {"key": "photos", "kind": "files", "label": "Photos", "max_files": 1},
        ],
    },
    {
        "key": "accord",
        "title": "Votre accord",
        "show_if": {"field": "operations", "answered": True},
        "fields": [
            {
                "key": "deja",
                "kind": "choices",
                "label": "Par où",
                "default": "a",
                "choices": [{"value": "a", "label": "Accueil"}, {"value": "b", "label": "Bus"}],
            }
        ],
    },
]


def published(world: World, *, steps: bool) -> Form:
    form = world.page.form
    form.write({"steps": steps, "sections": SECTIONS})
    form.save_revision().publish()
    return form


@pytest.fixture
def conditional(world: World) -> Form:
    return published(world, steps=True)


def start(visitor: Visitor, **typed: Any) -> str:
    response = visitor.begin(action="next", **typed)
    assert response.status_code == 303, words(response)
    return response["Location"]


def test_only_the_steps_that_are_called_for_are_passed(conditional: Form, visitor: Visitor) -> None:
    review = start(visitor, grave="no")
    assert review.endswith("/relire/")
    assert "Le détail" not in words(visitor.get(review))
    visitor.post(review)
    assert Dossier.objects.get().answers == {"grave": False}


def test_a_step_that_is_no_longer_called_for_is_kept_and_not_sent(
    conditional: Form, visitor: Visitor
) -> None:
    detail = start(visitor, grave="yes")
    gens = turn(visitor, detail, quoi="Un malaise", pieces=photo())
    first = detail.replace("detail", "debut")
    assert turn(visitor, gens, "previous", **{"qui-0-name": "Paul"}) == detail
    review = turn(visitor, first, grave="no")
    page = visitor.get(review)
    assert "Un malaise" not in words(page)
    assert "salle.png" not in words(page)
    assert "ne sera pas envoyé : « Racontez »." in words(page)
    assert visitor.get(detail)["Location"] == review.replace("relire/", "etape/debut/")
    # Grave after all: all of it is there again.
    assert turn(visitor, first, grave="yes") == detail
    back = visitor.get(detail)
    assert "Un malaise</textarea>" in back.content.decode()
    assert "salle.png" in words(back)
    visitor.post(
        turn(
            visitor,
            turn(visitor, detail, quoi="Un malaise", **_ticked(back)),
            **{"qui-0-name": "Paul"},
        )
    )
    dossier = Dossier.objects.get()
    assert dossier.answers["quoi"] == "Un malaise"
    assert dossier.answers["qui"] == [{"name": "Paul"}]
    assert [file.question for file in dossier.attachments.all()] == ["pieces"]


def _ticked(page: Any) -> dict[str, list[str]]:
    return {name: fields(page, name) for name in ("shown-file", "kept-file")}


def test_files_of_a_step_that_is_not_asked_are_not_sent(
    conditional: Form, visitor: Visitor
) -> None:
    detail = start(visitor, grave="yes")
    turn(visitor, detail, quoi="Un malaise", pieces=photo())
    visitor.post(turn(visitor, detail.replace("detail", "debut"), grave="no"))
    dossier = Dossier.objects.get()
    assert dossier.answers == {"grave": False}
    assert not dossier.attachments.exists()
    assert not Draft.objects.exists()


def test_the_progress_counts_the_steps_that_are_asked(conditional: Form, visitor: Visitor) -> None:
    detail = start(visitor, grave="yes")
    page = visitor.get(detail)
    assert "Étape 2 sur 4 : Le détail" in words(page)
    assert "<title>Le détail (étape 2 sur 4) –" in page.content.decode()
    first = detail.replace("detail", "debut")
    assert "Étape 1 sur 4 : Début – « l’aléa »" in words(visitor.get(first))


def test_a_box_unticked_does_not_come_back_ticked(conditional: Form, visitor: Visitor) -> None:
    accord = start(visitor, grave="no", operations="a")
    assert "checked" in visitor.get(accord).content.decode()
    turn(visitor, accord)
    assert "checked" not in visitor.get(accord).content.decode()


def test_a_row_is_added_and_what_is_typed_stays(conditional: Form, visitor: Visitor) -> None:
    detail = start(visitor, grave="yes")
    gens = turn(visitor, detail, quoi="Un malaise")
    page = visitor.get(gens)
    assert fields(page, "qui-rows") == ["1"]
    data = marks(page) | {"add-row": "qui", "qui-rows": "1", "photos": photo("mur.png")}
    added = visitor.post(gens, data)
    assert added["Location"] == f"{gens}?ligne=qui#id_qui-1-name"
    page = visitor.get(added["Location"].partition("#")[0])
    assert fields(page, "qui-rows") == ["2"]
    assert "mur.png" in words(page)
    assert "alert-danger" not in page.content.decode()
    data = marks(page) | {"qui-rows": "2", "qui-1-name": "Paul", "add-row": "qui"} | _ticked(page)
    page = visitor.get(visitor.post(gens, data)["Location"].partition("#")[0])
    assert fields(page, "qui-rows") == ["3"]
    assert "Ajouter une personne" not in words(page)
    assert 'value="Paul"' in page.content.decode()
    visitor.post(turn(visitor, gens, **{"qui-1-name": "Paul"}, **_ticked(page)))
    assert Dossier.objects.get().answers["qui"] == [{"name": "Paul"}]
    assert Dossier.objects.get().attachments.count() == 1


def test_a_row_is_added_on_the_page_itself(world: World, visitor: Visitor) -> None:
    published(world, steps=False)
    page = visitor.get("/")
    data = (
        marks(page) | let_in() | {"grave": "yes", "quoi": "x", "qui-rows": "1", "qui-0-name": "P"}
    )
    added = visitor.post("/", data | {"add-row": "qui"})
    assert added.status_code == 303
    page = visitor.get(added["Location"].partition("#")[0])
    assert fields(page, "qui-rows") == ["2"]
    assert 'value="P"' in page.content.decode()


def test_each_question_of_files_shows_its_own(world: World, visitor: Visitor) -> None:
    published(world, steps=False)
    data = marks(visitor.get("/")) | let_in() | {"pieces": photo(), "action": "review"}
    page = visitor.post("/", data).content.decode()
    question = page.partition('id="part-pieces"')[2].partition('id="part-')[0]
    assert "salle.png" in question
    assert page.count("salle.png") == 1


def test_a_section_on_one_page_is_neither_asked_nor_sent(world: World, visitor: Visitor) -> None:
    published(world, steps=False)
    page = visitor.get("/")
    assert "À remplir si vous avez répondu « Oui » à « Est-ce grave ? »" in words(page)
    data = marks(page) | let_in() | {"grave": "no", "quoi": "Écrit sans script"}
    review = visitor.post("/", data | {"action": "review"})["Location"]
    assert "ne sera pas envoyé : « Racontez »" in words(visitor.get(review))
    visitor.post(review)
    assert Dossier.objects.get().answers == {"grave": False}


def test_what_another_page_wrote_is_said_in_the_words_of_the_form(
    conditional: Form, visitor: Visitor
) -> None:
    detail = start(visitor, grave="yes", operations="a")
    first = detail.replace("detail", "debut")
    old = visitor.get(first)
    turn(visitor, first, grave="yes", operations=["a", "b"])
    response = press(visitor, first, old, grave="no", operations="a")
    assert response.status_code == 409
    assert "Est-ce grave ? Oui" in words(response)
    assert "Quoi Accueil, Bus" in words(response)
    assert kept("grave") == ["yes"]
