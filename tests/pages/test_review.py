"""A form on one page: kept at each try, read again before it leaves, sent once."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.utils import timezone

from complaints.handling.drafts import purge_drafts
from complaints.models import Dossier, Draft, FormVersion
from tests.factories import World
from tests.pages.conftest import Visitor, fields, photo, words


def reviewed(visitor: Visitor, **changed: object) -> str:
    """The whole form, as its button sends it; the address of the review."""
    response = visitor.file(action="review", **changed)
    assert response.status_code == 303, words(response)
    return response["Location"]


def test_the_review_says_everything_and_sends_it(visitor: Visitor) -> None:
    address = reviewed(visitor)
    text = words(visitor.get(address))
    assert "Dora Lemaire" in text
    assert "2 mars 2026" in text or "02/03/2026" in text
    assert not Dossier.objects.exists()
    assert visitor.post(address).status_code == 303
    assert Dossier.objects.get().subject == "Attestation jamais reçue"


def test_a_file_is_read_again_under_the_question_it_answers(visitor: Visitor) -> None:
    response = visitor.file(photo(), action="review")
    assert "Documents à joindre salle.png (1 Ko)" in words(visitor.get(response["Location"]))


def test_an_address_that_looks_mistyped_is_doubted_and_may_be_sent(visitor: Visitor) -> None:
    address = reviewed(visitor, courriel="dora@gmial.com")
    page = visitor.get(address)
    told = (
        "Adresse à vérifier : vouliez-vous écrire dora@gmail.com ? Vous avez écrit dora@gmial.com"
    )
    assert told in words(page)
    there = address.replace("relire/", "?relecture#id_courriel")
    assert f'href="{there}">Corriger cette adresse</a>' in page.content.decode()
    visitor.post(address)
    assert Dossier.objects.get().complainant.email == "dora@gmial.com"


def test_no_address_is_doubted_without_reason(visitor: Visitor) -> None:
    for right in ("dora@orange.fr", "dora@atelier-lemaire.fr"):
        assert "Adresse à vérifier" not in words(visitor.get(reviewed(visitor, courriel=right)))


def test_a_day_to_come_for_what_is_past_is_doubted_and_may_be_sent(visitor: Visitor) -> None:
    before = {"deja": "yes", "deja_par": "phone"}
    today = timezone.localdate()
    assert "Date à vérifier" not in words(
        visitor.get(reviewed(visitor, **before, deja_le=today.isoformat()))
    )
    tomorrow = today + timedelta(days=1)
    address = reviewed(visitor, **before, deja_le=tomorrow.isoformat())
    page = visitor.get(address)
    assert "Date à vérifier : à « " in words(page)
    assert "et ce jour n’est pas encore venu" in words(page)
    there = address.replace("relire/", "?relecture#id_deja_le")
    assert f'href="{there}">Corriger cette date</a>' in page.content.decode()
    assert visitor.post(address).status_code == 303
    assert Dossier.objects.get().expressed_on == tomorrow


def test_an_agreement_is_read_again_with_the_text_it_is_given_to(
    world: World, visitor: Visitor
) -> None:
    form = world.page.form
    definition = form.definition()
    agreed = {"key": "essai", "kind": "consent", "label": "J’accepte.", "help": "Tout le texte."}
    definition["sections"][-1]["fields"].append(agreed)
    form.write(definition)
    form.save_revision().publish()
    asked = {"form-version": "2"}
    text = words(visitor.get(reviewed(visitor, essai="on", **asked)))
    assert "J’accepte. oui Tout le texte." in text
    refused = words(visitor.get(reviewed(visitor, **asked)))
    assert "J’accepte. non" in refused
    assert "Tout le texte." not in refused


def test_what_is_not_asked_is_neither_shown_nor_filed(visitor: Visitor) -> None:
    address = reviewed(visitor, deja="no")
    assert "Par quel moyen" not in words(visitor.get(address))
    visitor.post(address)
    assert "deja_par" not in Dossier.objects.get().answers


def test_modifying_shows_the_whole_form_as_it_was_typed(visitor: Visitor) -> None:
    address = reviewed(visitor)
    form = visitor.get(address.replace("relire/", ""))
    assert 'value="Dora Lemaire"' in form.content.decode()
    assert "alert-danger" not in form.content.decode()


def test_the_same_words_in_two_tabs_are_one_dossier(visitor: Visitor) -> None:
    one, two = reviewed(visitor), reviewed(visitor)
    assert one != two
    assert visitor.post(one)["Location"] == visitor.post(two)["Location"]
    assert Dossier.objects.count() == 1
    assert not Draft.objects.exists()


def test_other_words_in_another_tab_are_another_dossier(visitor: Visitor) -> None:
    one, two = reviewed(visitor), reviewed(visitor, objet="Autre chose")
    assert visitor.post(one)["Location"] != visitor.post(two)["Location"]


def test_a_script_keeps_what_is_typed_without_judging_it(visitor: Visitor) -> None:
    key = str(uuid4())
    kept = visitor.file(action="auto", objet=None, faits="Un début", **{"submission-key": key})
    assert kept.status_code == 200
    assert set(kept.json()) == {"saved", "key", "code"}
    draft = Draft.objects.get()
    assert (str(draft.key), draft.typed["faits"]) == (key, ["Un début"])
    visitor.file(action="auto", faits="Un début, une suite", **{"submission-key": key})
    assert Draft.objects.get().typed["faits"] == ["Un début, une suite"]


def test_the_key_of_somebody_else_opens_nothing(visitor: Visitor, stranger: Visitor) -> None:
    key = str(uuid4())
    visitor.file(action="auto", faits="Secret", **{"submission-key": key})
    stranger.file(action="auto", faits="Intrus", **{"submission-key": key})
    assert Draft.objects.get(key=key).typed["faits"] == ["Secret"]
    assert stranger.get(f"/depot/{key}/")["Location"] == "/reprendre/?ferme"


def test_null_characters_are_refused_on_the_form_and_break_no_database(visitor: Visitor) -> None:
    response = visitor.file(action="review", faits="Un\x00deux")
    assert response.status_code == 422
    assert "caractère nul" in words(response)
    assert Draft.objects.get().typed["faits"] == ["Un\ufffddeux"]


def test_names_that_are_no_question_are_not_kept(visitor: Visitor) -> None:
    visitor.file(action="auto", intrus="x", **{"nom-intrus": "x"})
    assert not {"intrus", "nom-intrus"} & Draft.objects.get().typed.keys()


def test_a_draft_is_forgotten_after_the_time_the_organisation_sets(
    world: World, visitor: Visitor
) -> None:
    world.organisation.draft_days = 7
    world.organisation.save()
    reviewed(visitor)
    now = timezone.now()
    assert purge_drafts(now + timedelta(days=7)) == 0
    assert purge_drafts(now + timedelta(days=9)) == 1
    assert not Draft.objects.exists()


def test_after_half_a_day_the_code_is_asked_again(visitor: Visitor) -> None:
    address = reviewed(visitor)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert visitor.get(address)["Location"] == "/reprendre/?ferme"


def test_a_form_opened_before_a_new_version_is_finished_on_its_own(
    world: World, visitor: Visitor
) -> None:
    form = world.page.form
    form.reference = "Connect’Sens – NOUVEAU FORMULAIRE"
    form.save_revision().publish()
    visitor.post(reviewed(visitor))
    assert Dossier.objects.get().form_version == FormVersion.objects.get(form=form, number=1)


def test_a_form_opened_long_ago_is_shown_again_as_it_is_now(world: World, visitor: Visitor) -> None:
    form = world.page.form
    form.reference = "Connect’Sens – NOUVEAU FORMULAIRE"
    form.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = visitor.file(photo(), action="review")
        assert response.status_code == 422
        assert "Ce formulaire a changé depuis que vous l’avez ouvert" in words(response)
        assert 'value="Dora Lemaire"' in response.content.decode()
        same = {name: fields(response, name)[0] for name in ("form-version", "submission-key")}
        kept = {name: fields(response, name) for name in ("shown-file", "kept-file")}
        visitor.post(reviewed(visitor, **same, **kept))
    dossier = Dossier.objects.get()
    assert dossier.form_version == FormVersion.objects.get(form=form, number=2)
    assert dossier.attachments.count() == 1


def test_a_draft_is_finished_on_its_version_however_long_its_page_stays_open(
    world: World, visitor: Visitor
) -> None:
    key = {"submission-key": str(uuid4())}
    code = visitor.file(action="auto", **key).json()["code"]
    form = world.page.form
    form.reference = "Connect’Sens – NOUVEAU FORMULAIRE"
    form.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        visitor.post(reviewed(visitor, **key, **{"draft-code": code}))
    assert Dossier.objects.get().form_version == FormVersion.objects.get(form=form, number=1)


def test_a_page_that_closes_meanwhile_keeps_the_draft(world: World, visitor: Visitor) -> None:
    address = reviewed(visitor)
    world.page.unpublish()
    response = visitor.post(address)
    assert response.status_code == 409
    assert "Ce formulaire n’est plus ouvert" in words(response)
    assert Draft.objects.exists()
