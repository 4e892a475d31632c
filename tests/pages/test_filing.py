"""Filing from the page: once, with its files, with every error said and nothing typed lost."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from complaints.models import Attachment, Dossier, Notice
from tests.factories import ANSWERS, World, let_in
from tests.pages.conftest import Visitor, fields, photo, words

TOO_BIG = b"\x89PNG" + b"0" * (10 * 1024 * 1024)


def test_a_filing_becomes_a_dossier_and_leads_to_its_receipt(visitor: Visitor) -> None:
    response = visitor.file(photo())
    dossier = Dossier.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/recu/{dossier.reference}/"
    assert dossier.subject == ANSWERS["objet"]
    assert dossier.channel == "online"
    assert dossier.complainant.email == ANSWERS["courriel"]
    assert [file.original_name for file in dossier.attachments.all()] == ["salle.png"]
    assert Notice.objects.filter(to=ANSWERS["courriel"]).count() == 1


def test_the_form_carries_a_fresh_key_and_its_version(visitor: Visitor) -> None:
    first, second = visitor.get("/"), visitor.get("/")
    keys = {*fields(first, "submission-key"), *fields(second, "submission-key")}
    assert len({UUID(key) for key in keys}) == 2
    assert fields(first, "form-version") == ["1"]


def test_the_same_form_sent_twice_is_one_dossier(visitor: Visitor) -> None:
    key = str(uuid4())
    first, second = (visitor.file(photo(), **{"submission-key": key}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_a_forged_key_is_worth_a_new_one(visitor: Visitor) -> None:
    assert visitor.file(**{"submission-key": "' OR 1=1"}).status_code == 303
    assert visitor.file(objet="Autre chose", **{"submission-key": None}).status_code == 303
    assert Dossier.objects.count() == 2


def test_an_error_keeps_everything_typed(visitor: Visitor) -> None:
    key = str(uuid4())
    response = visitor.file(objet=None, deja_le="31/02/2026", **{"submission-key": key})
    page = response.content.decode()
    assert response.status_code == 422
    assert not Dossier.objects.exists()
    assert 'value="Dora Lemaire"' in page
    assert "malgré deux relances.</textarea>" in page
    assert '<option value="trainee" selected>' in page
    assert re.search(r'value="realisation"[^>]*checked', page)
    assert fields(response, "submission-key") == [key]


def test_an_error_is_said_at_the_top_and_beside_its_question(visitor: Visitor) -> None:
    response = visitor.file(objet=None, courriel="dora@")
    page = response.content.decode()
    assert "À corriger" in page.partition("</title>")[0]
    summary = page.partition('id="form-errors"')[2].partition("</div>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 2
    assert all(f'id="{target}"' in page for target in targets)
    assert page.count("Indiquez une adresse électronique complète") == 2


def test_what_a_hidden_question_was_sent_is_neither_kept_nor_checked(visitor: Visitor) -> None:
    answers = {"reponse_par": "post", "adresse": "3 rue de l’Église\n64200 Biarritz"}
    assert visitor.file(**answers, courriel="pas une adresse").status_code == 303
    assert Dossier.objects.get().complainant.email == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "film.png",
            TOO_BIG,
            "pèse 10,1 Mo et la limite est de 10 Mo : réduisez-le, ou envoyez-le",
        ),
        ("virus.exe", b"MZ", "n’est pas d’un type accepté"),
        ("page.pdf", b"<html><script>", "n’a pas le contenu d’un fichier PDF"),
        ("vide.png", b"", "est vide"),
    ],
)
def test_a_file_we_do_not_take_is_refused_with_a_sentence(
    visitor: Visitor, name: str, content: bytes, said: str
) -> None:
    response = visitor.file(photo(name, content))
    assert response.status_code == 422
    assert f"« {name} » {said}" in words(response)
    assert not Dossier.objects.exists()


def test_an_empty_form_says_what_it_needs(visitor: Visitor) -> None:
    response = visitor.post("/", {"form-version": "1"} | let_in())
    assert response.status_code == 422
    assert "Indiquez « Vos prénom et nom »" in words(response)


def test_a_filing_without_its_token_is_refused_and_writes_nothing(world: World) -> None:
    strict = Visitor(client=Client(enforce_csrf_checks=True))
    response = strict.file()
    assert response.status_code == 403
    assert "Votre envoi n’a pas pu être vérifié" in words(response)
    assert not Dossier.objects.exists()


def test_a_filing_with_its_token_passes(world: World) -> None:
    strict = Visitor(client=Client(enforce_csrf_checks=True))
    token = fields(strict.get("/"), "csrfmiddlewaretoken")[0]
    assert strict.file(csrfmiddlewaretoken=token).status_code == 303


def test_a_text_that_no_form_could_hold_is_refused_in_french(visitor: Visitor) -> None:
    response = visitor.file(faits="é" * 3_000_000)
    assert response.status_code == 400
    assert "Nous n’avons pas pu lire votre envoi" in words(response)


def test_a_text_above_its_limit_comes_back_whole(visitor: Visitor) -> None:
    long = "Très long. " * 2_500
    response = visitor.file(faits=long)
    assert response.status_code == 422
    assert long.strip() in response.content.decode()


def test_each_site_files_for_its_own_organisation(
    visitor: Visitor, elsewhere: Visitor, world: World, other_world: World
) -> None:
    visitor.file()
    elsewhere.file()
    assert {dossier.organisation for dossier in Dossier.objects.all()} == {
        world.organisation,
        other_world.organisation,
    }


def test_a_page_of_another_organisation_under_our_address_does_not_exist(
    world: World, other_world: World, visitor: Visitor
) -> None:
    site = other_world.organisation.site
    site.root_page = world.page
    site.save()
    assert Visitor(other_world.host).get("/").status_code == 404


def test_the_receipt_is_what_was_filed(visitor: Visitor) -> None:
    response = visitor.get(visitor.file()["Location"])
    text = words(response)
    dossier = Dossier.objects.get()
    assert response.status_code == 200
    assert f"Numéro de dossier {dossier.reference}" in text
    assert re.search(r"Code de suivi ([A-Z2-7]{5}-){3}[A-Z2-7]{5}", text)
    assert "un courriel à l’adresse dora@exemple.example" in text
    promises = dossier.deadlines.filter(internal=False)
    assert promises
    assert all(promise.sentence.replace("\u00a0", " ") in text for promise in promises)
    assert "repère interne" not in text


def test_the_code_of_the_receipt_opens_the_dossier(visitor: Visitor, stranger: Visitor) -> None:
    text = words(visitor.get(visitor.file()["Location"]))
    code = re.search(r"([A-Z2-7]{5}-){3}[A-Z2-7]{5}", text)[0]
    assert stranger.follow(Dossier.objects.get(), code).status_code == 303


def test_a_receipt_by_post_says_to_take_it_along(visitor: Visitor) -> None:
    filed = visitor.file(reponse_par="post", adresse="3 rue de l’Église", courriel=None)
    assert "téléchargez votre récépissé avant de quitter" in words(visitor.get(filed["Location"]))


def test_a_receipt_opens_in_the_browser_that_filed_and_nowhere_else(
    visitor: Visitor, stranger: Visitor, elsewhere: Visitor
) -> None:
    address = visitor.file()["Location"]
    assert stranger.get(address).status_code == 404
    assert elsewhere.get(address).status_code == 404
    elsewhere.client.cookies = visitor.client.cookies
    assert elsewhere.get(address).status_code == 404


def test_following_with_the_code_does_not_show_it_again(
    visitor: Visitor, followed: Dossier
) -> None:
    assert visitor.get(f"/recu/{followed.reference}/").status_code == 404


def test_a_receipt_closes_with_the_dossier(visitor: Visitor) -> None:
    address = visitor.file()["Location"]
    visitor.post("/suivi/quitter/")
    assert visitor.get(address).status_code == 404


def test_a_receipt_leaves_no_copy(visitor: Visitor) -> None:
    response = visitor.get(visitor.file()["Location"])
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_receipt_as_pdf_is_the_one_of_the_mail(visitor: Visitor) -> None:
    address = visitor.file()["Location"]
    page = visitor.get(address).content.decode()
    link = re.search(r'href="([^"]+\.pdf)"', page)[1]
    response, content = visitor.download(link)
    assert response["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF")
    letter = Dossier.objects.get().letters.get()
    assert letter.filename in response["Content-Disposition"]
    assert letter.sha256


def test_the_code_is_written_nowhere(visitor: Visitor, settings: Any) -> None:
    from django.contrib.sessions.models import Session

    text = words(visitor.get(visitor.file()["Location"]))
    code = re.search(r"([A-Z2-7]{5}-){3}[A-Z2-7]{5}", text)[0]
    assert all(code not in str(session.get_decoded()) for session in Session.objects.all())
    assert code not in str(Dossier.objects.values().get())
