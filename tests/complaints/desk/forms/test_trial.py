"""« Essai »: a form is filled in to its end beside the editor, and nothing is kept of it."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from complaints.desk.forms.starting import FormModel, read_model
from complaints.models import Attachment, Dossier, Draft, Form
from tests.complaints.desk.conftest import words
from tests.complaints.desk.forms.test_builder import of_one_part, posted, question
from tests.complaints.desk.test_editing import space
from tests.factories import World, paris
from tests.pages.conftest import photo

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def form(bob: Client, world: World) -> Form:
    """The whole model, in five steps."""
    draft = world.page.form
    draft.write(read_model(FormModel.STEPPED, world.organisation.name))
    draft.save_revision()
    return draft


def trial_of(form: Form) -> str:
    return reverse("wagtailsnippets_complaints_form:trial", args=[form.pk])


def sent(answer: Any, **typed: Any) -> dict[str, Any]:
    """What the page holds without showing it, and what is typed in it."""
    held: dict[str, Any] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        held.setdefault(name, []).append(unescape(value))
    return held | typed


def on(client: Client, answer: Any, form: Form, *, go: str = "on", **typed: Any) -> Any:
    return client.post(trial_of(form), sent(answer, **typed) | {"-go": go})


VOUS = {"nom": "Essai", "qualite": "trainee", "represente": "no"}
REPONSE = {"reponse_par": "email", "courriel": "essai@exemple.example"}
FAITS = {"objet": "Salle fermée", "formation-training": "Pain", "formation-session": "Mars"}
FAITS |= {"faits": "Porte close.", "personnes-0-name": "L’accueil", "dates-from": "2026-03-02"}


def to_the_facts(bob: Client, form: Form) -> Any:
    page = on(bob, bob.get(trial_of(form)), form, **VOUS)
    return on(bob, page, form, **REPONSE)


def to_the_end(bob: Client, form: Form) -> Any:
    page = on(bob, to_the_facts(bob, form), form, **FAITS)
    page = on(bob, page, form, attentes="Une autre date", somme="no", deja="no")
    return on(bob, page, form, pieces=photo(), accord="on", signature="Essai")


def test_it_goes_from_step_to_step_and_shows_the_dossier_it_did_not_make(
    bob: Client, form: Form
) -> None:
    review = words(to_the_end(bob, form))
    assert "Relire avant d’envoyer" in review
    assert "Porte close." in review
    assert "salle.png" in review
    end = words(on(bob, to_the_end(bob, form), form))
    assert "Voici le dossier qui aurait été créé" in end
    for line in ("Objet Salle fermée", "Session Mars", "Partie prenante Stagiaire", "salle.png"):
        assert line in end
    assert "Reste dans les réponses" in end
    assert not Dossier.objects.exists()
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()


def test_a_step_says_what_is_wrong_in_it_and_loses_nothing(bob: Client, form: Form) -> None:
    page = on(bob, bob.get(trial_of(form)), form, nom="Essai", represente="yes")
    assert "Étape 1 sur 5" in words(page)
    assert "Indiquez « Son nom »" in words(page)
    assert 'value="Essai"' in page.content.decode()


def test_one_may_go_back_and_find_what_was_typed(bob: Client, form: Form) -> None:
    facts = to_the_facts(bob, form)
    assert "Étape 3 sur 5" in words(facts)
    back = on(bob, facts, form, go="back", objet="Pas fini")
    assert "Étape 2 sur 5" in words(back)
    assert 'value="essai@exemple.example"' in back.content.decode()
    assert "Indiquez" not in words(back)
    again = on(bob, back, form, **REPONSE)
    assert 'value="Pas fini"' in again.content.decode()


def test_a_person_is_added_without_a_script(bob: Client, form: Form) -> None:
    page = to_the_facts(bob, form)
    more = bob.post(trial_of(form), sent(page, **FAITS) | {"add-row": "personnes"})
    assert "Étape 3 sur 5" in words(more)
    assert 'name="personnes-1-name"' in more.content.decode()


def test_a_whole_page_is_tried_as_well(bob: Client, world: World) -> None:
    form = world.page.form
    page = on(bob, bob.get(trial_of(form)), form)
    assert "Indiquez « Vos prénom et nom »" in words(page)


def test_what_is_typed_and_not_saved_is_what_is_tried(bob: Client, world: World) -> None:
    form = world.page.form
    form.write(of_one_part(question("neuf", "text", required=True, label="Toute neuve")))
    preview = space(Form, "preview_on_edit", form.pk)
    assert bob.post(preview, posted(form)).json()["is_valid"]
    shown = bob.get(preview)
    assert "Toute neuve" in words(shown)
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    page = on(bob, shown, form)
    assert "Indiquez « Toute neuve »" in words(page)
    end = words(on(bob, on(bob, page, form, neuf="Oui"), form))
    assert "Toute neuve Oui" in end
    assert "personne ne demande" in end
    assert "Toute neuve" not in str(Form.objects.get(pk=form.pk).definition())


def test_the_preview_says_what_is_to_be_mended(bob: Client, world: World) -> None:
    form = world.page.form
    wrong = question("b", "text", show_if={"field": "nulle_part", "is": ["x"]})
    form.write(of_one_part(wrong))
    preview = space(Form, "preview_on_edit", form.pk)
    bob.post(preview, posted(form))
    shown = words(bob.get(preview))
    assert "À corriger avant de publier" in shown
    assert "qui n’existe pas" in shown
    assert "dès qu’il pourra être rempli" in shown


@pytest.mark.parametrize("value", ["", "a:b:c", "x" * 5000])
def test_a_forged_form_begins_again_with_the_draft(bob: Client, form: Form, value: str) -> None:
    answer = bob.post(trial_of(form), {"-form": value, "-step": "envoi", "-go": "on"})
    assert answer.status_code == 200
    assert "Étape 1 sur 5" in words(answer)


@pytest.mark.parametrize("step", ["nulle_part", "-relire", "", "envoi"])
@pytest.mark.parametrize("go", ["on", "back", "lune"])
def test_no_step_makes_the_page_crash(bob: Client, form: Form, step: str, go: str) -> None:
    page = bob.get(trial_of(form))
    answer = bob.post(trial_of(form), sent(page) | {"-step": step, "-go": go})
    assert answer.status_code == 200


def test_the_first_step_starts_with_its_defaults(bob: Client, world: World) -> None:
    form = world.page.form
    form.write(of_one_part(question("jour", "date", default="today")))
    form.save_revision()
    with time_machine.travel(paris("2026-03-30 09:00"), tick=False):
        page = bob.get(trial_of(form)).content.decode()
    assert 'value="2026-03-30"' in page


def test_it_is_no_door_to_the_forms_of_others(
    bob: Client, other_world: World, alice: Client
) -> None:
    assert bob.get(trial_of(other_world.page.form)).status_code == 404
    assert alice.get(trial_of(other_world.page.form)).status_code == 404
