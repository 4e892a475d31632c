"""Filling in step by step: forward, back, out and back in; nothing typed is lost on the way."""

from typing import Any

from complaints.models import Dossier, Draft, Form
from tests.factories import ANSWERS
from tests.pages.conftest import Visitor, photo, words
from tests.pages.stepping import AVANT, RECLAMATION, begin, turn


def test_each_step_leads_to_the_next_and_the_last_to_the_review(
    stepped: Form, visitor: Visitor
) -> None:
    page = visitor.get("/")
    assert "Étape 1 sur 5 : Vous" in words(page)
    assert "Que s’est-il passé" not in words(page)
    second = begin(visitor)
    assert second.endswith("/etape/reclamation/")
    assert "Étape 2 sur 5 : Votre réclamation" in words(visitor.get(second))
    third = turn(visitor, second, **RECLAMATION)
    fourth = turn(visitor, third, **AVANT)
    review = turn(visitor, fourth, pieces=photo())
    shown = words(visitor.get(review))
    for text in (
        "Dora Lemaire",
        "Attestation jamais reçue",
        "salle.png",
        "Rien n’est encore parti",
    ):
        assert text in shown
    receipt = visitor.post(review)
    assert receipt.status_code == 303
    dossier = Dossier.objects.get()
    assert receipt["Location"] == f"/recu/{dossier.reference}/"
    assert dossier.answers["faits"] == ANSWERS["faits"]
    assert [sent.question for sent in dossier.attachments.all()] == ["pieces"]
    assert not Draft.objects.exists()


def test_an_error_stops_at_its_step_and_says_only_its_own(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    response = visitor.post(second, {"action": "next", "objet": "Attestation"})
    text = words(response)
    assert response.status_code == 422
    assert "Indiquez « Que s’est-il passé ? »" in text or "Répondez à « Que s’est-il" in text
    assert "Nous avez-vous déjà fait part" not in text
    assert 'value="Attestation"' in response.content.decode()


def test_a_step_back_keeps_what_is_not_right_yet(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    first = turn(visitor, second, "previous", faits="Un début")
    page = visitor.get(first).content.decode()
    assert 'value="Dora Lemaire"' in page
    assert 'form-errors" tabindex' not in page
    assert "Un début</textarea>" in visitor.get(second).content.decode()


def test_a_new_step_is_not_judged_before_it_is_filled_in(stepped: Form, visitor: Visitor) -> None:
    page = visitor.get(begin(visitor))
    assert "alert-danger" not in page.content.decode()


def test_finishing_later_gives_a_code_and_a_link_for_another_device(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = begin(visitor)
    saved = turn(visitor, second, "save", objet="Attestation")
    page = visitor.get(saved)
    code = page.context["code"]
    assert code in words(page)
    draft = Draft.objects.get()
    assert visitor.get(second).status_code == 200
    assert stranger.get(second)["Location"] == "/reprendre/?ferme"
    looked = stranger.get(f"/reprendre/{code}/")
    assert "Vous reprenez un brouillon de « Déposer une réclamation »" in words(looked)
    assert stranger.get(second)["Location"] == "/reprendre/?ferme"  # a link alone opens nothing
    opened = stranger.post(f"/reprendre/{code}/")
    assert opened["Location"] == f"/depot/{draft.key}/etape/reclamation/?reprise"
    page = stranger.get(opened["Location"])
    assert "Vous reprenez un brouillon de « Déposer une réclamation », commencé le" in words(page)
    assert 'value="Attestation"' in page.content.decode()


def test_the_code_is_typed_as_people_type(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    begin(visitor)
    key = Draft.objects.get().key
    code = visitor.get(f"/depot/{key}/garde/").context["code"]
    typed = code.lower().replace("-", " ")
    assert stranger.post("/reprendre/", {"code": typed}).status_code == 303
    wrong = stranger.post("/reprendre/", {"code": "AAAA-BBBB"})
    assert wrong.status_code == 404
    assert "Ce code n’ouvre aucun brouillon" in words(wrong)


def test_a_draft_of_one_version_is_finished_on_it(stepped: Form, visitor: Visitor) -> None:
    begun_on = stepped.current
    second = begin(visitor)
    stepped.reference = "Une autre référence"
    stepped.save_revision().publish()
    assert stepped.current.number == begun_on.number + 1
    third = turn(visitor, second, **RECLAMATION)
    fourth = turn(visitor, third, **AVANT)
    review = turn(visitor, fourth)
    assert visitor.post(review).status_code == 303
    assert Dossier.objects.get().form_version == begun_on


def test_the_organisation_of_another_site_does_not_open_it(
    stepped: Form, visitor: Visitor, elsewhere: Visitor
) -> None:
    begin(visitor)
    key = Draft.objects.get().key
    code = visitor.get(f"/depot/{key}/garde/").context["code"]
    assert elsewhere.post("/reprendre/", {"code": code}).status_code == 404
    assert elsewhere.get(f"/reprendre/{code}/").status_code == 404
    elsewhere.client.cookies = visitor.client.cookies
    assert elsewhere.get(f"/depot/{key}/relire/")["Location"] == "/reprendre/?ferme"


def test_the_page_offers_to_resume_what_this_browser_has_begun(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    begin(visitor)
    assert "Vous avez un brouillon commencé le" in words(visitor.get("/"))
    assert "Vous avez un brouillon" not in words(stranger.get("/"))


def test_a_draft_can_be_erased_at_once_with_its_files(
    stepped: Form, visitor: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    begin(visitor)
    draft = Draft.objects.get()
    visitor.post(f"/depot/{draft.key}/etape/pieces/", {"action": "save", "pieces": photo()})
    file = draft.files.get().file
    assert file.storage.exists(file.name)
    with django_capture_on_commit_callbacks(execute=True):
        gone = visitor.post(f"/depot/{draft.key}/effacer/")
    assert "Votre brouillon est effacé" in words(visitor.get(gone["Location"]))
    assert not Draft.objects.exists()
    assert not file.storage.exists(file.name)


def test_a_step_that_does_not_exist_is_not_found(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    assert visitor.get(f"/depot/{Draft.objects.get().key}/etape/nulle_part/").status_code == 404


def test_sending_twice_files_once_and_leads_to_the_same_receipt(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    third = turn(visitor, second, **RECLAMATION)
    review = turn(visitor, turn(visitor, third, **AVANT))
    first = visitor.post(review)["Location"]
    assert visitor.post(review)["Location"] == first
    assert visitor.get(review)["Location"] == first
    assert visitor.get(second)["Location"] == first
    assert Dossier.objects.count() == 1


def test_the_review_of_an_unfinished_form_leads_to_what_is_missing(
    stepped: Form, visitor: Visitor
) -> None:
    begin(visitor)
    address = f"/depot/{Draft.objects.get().key}/relire/"
    page = visitor.get(address)
    assert "Rien n’est encore envoyé : il reste à corriger ceci" in words(page)
    assert "/etape/reclamation/?relecture#id_faits" in page.content.decode()
    assert visitor.post(address).status_code == 422
    assert not Dossier.objects.exists()
