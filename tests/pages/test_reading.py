"""What a visitor reads: every fact of Connect'Sens, the contents, the contact, on any page."""

import re

import pytest
from django.test import Client

from complaints.models import Mediator, ProcedureVersion
from pages.documents import make_document
from tests.factories import World
from tests.pages.conftest import Visitor, words

FACTS = {
    "CS-01": "La procédure vous est envoyée sur simple demande, ou dès que vous nous faites part",
    "CS-02": "demander par écrit qu’un droit soit respecté, ou qu’une chose due soit remise",
    "CS-03": "vous nous déclarez que vous êtes mécontent du service rendu",
    "CS-04": "Une demande de service, d’information, de précision ou d’avis",
    "CS-05": "toute action de formation que nous concevons, vendons, réalisons ou évaluons",
    "CS-07": "Sans délai chiffré",
    "CS-08": "FORMULAIRE RÉCLAMATION – V1 07052024",
    "CS-09": "demander le formulaire par courriel, par courrier ou par téléphone",
    "CS-11": "votre réclamation entre au registre des réclamations",
    "CS-12": "S’il manque une information, nous vous la demandons avant",
    "CS-16": "avec objectivité et impartialité",
    "CS-17": "Nous pouvons vous demander des précisions",
    "CS-18": "aménagement du planning, actions de remédiation, meilleure communication",
    "CS-19": "qui explique clairement toutes les mesures prises",
    "CS-20": "L’historique, les mesures et les échanges sont consignés",
    "CS-21": "pour que cela ne se reproduise pas",
    "CS-22": "Vous êtes invité à dire ce que vous pensez des mesures",
    "CS-23": "Elles ne sont transmises à aucun tiers sans votre accord exprès",
    "CS-24": "Chaque réclamation a son dossier séparé",
    "CS-25": "conservé 7 ans à compter de la clôture du dossier",
    "CS-26": "saisir un médiateur extérieur au bout de 2 mois à compter de l’envoi",
    "CS-27": "écrivez d’abord à la direction de Connect’Sens",
    "CS-A6": "La médiation est une possibilité, jamais un passage obligé",
    "no mediator": "À ce jour, cette procédure ne nomme pas de médiateur",
    "version": "Procédure CS-PROC-REC, version 1, en vigueur depuis le 7 mai 2024",
}
STAKEHOLDERS = (
    "Prospect Client Commanditaire Stagiaire Financeur Certificateur Prescripteur Sous-traitant"
)
STEPS = [
    "Recueil",
    "Inscription au registre",
    "Évaluation",
    "Mesures correctives",
    "Information du réclamant",
    "Traçabilité et prévention",
    "Retour du réclamant",
    "Dossier et conservation",
]
EVERYWHERE = ["/", "/suivi/", "/suivi/CS-2026-0001/", "/nulle-part/"]


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())
def test_the_page_says_each_fact_of_the_procedure(visitor: Visitor, fact: str) -> None:
    assert fact in words(visitor.get("/"))


def test_the_page_names_who_may_complain(visitor: Visitor) -> None:
    assert STAKEHOLDERS in words(visitor.get("/"))


def test_the_page_shows_the_eight_steps_in_order(visitor: Visitor) -> None:
    page = visitor.get("/").content.decode()
    assert re.findall(r'<li value="\d"><h3>(.*?)</h3>', page) == STEPS


def test_each_line_of_the_contents_leads_to_a_part(visitor: Visitor) -> None:
    page = visitor.get("/").content.decode()
    contents = page.partition('class="contents"')[2].partition("</nav>")[0]
    links = re.findall(r'href="#([^"]+)"', contents)
    assert len(links) == 10
    assert all(page.count(f'id="{link}"') == 1 for link in links)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_the_contact_stands_on_every_page(visitor: Visitor, path: str) -> None:
    page = visitor.get(path).content.decode()
    assert 'href="mailto:hello.connectsens@gmail.com?subject=RECLAMATION"' in page
    assert 'href="tel:0615417517"' in page
    assert "15 promenade du Parc Belay" in page


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_page_brings_nothing_inline_and_nothing_from_elsewhere(
    visitor: Visitor, path: str
) -> None:
    page = visitor.get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    sources = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', page)
    assert sources
    assert all(re.match(r"/(?!/)", source) for source in sources)


def test_a_named_mediator_is_shown_with_his_site(world: World, visitor: Visitor) -> None:
    procedure = world.page.procedure
    procedure.mediator = Mediator.objects.create(
        name="Médiation Exemple",
        website="https://mediation.example/",
        postal_address="1 rue de la Paix\n64600 Anglet",
        verified_on="2026-05-01",
    )
    procedure.save_revision().publish()
    text = words(visitor.get("/"))
    assert "Médiation Exemple https://mediation.example/ 1 rue de la Paix 64600 Anglet" in text
    assert "Coordonnées vérifiées le 1er mai 2026" in text
    assert "ne nomme pas de médiateur" not in text


def test_a_page_without_form_reads_and_says_how_else_to_complain(
    world: World, visitor: Visitor
) -> None:
    type(world.page).objects.filter(pk=world.page.pk).update(form=None)
    response = visitor.get("/")
    assert response.status_code == 200
    assert "Le formulaire en ligne n’est pas ouvert pour le moment" in words(response)
    assert "<form" not in response.content.decode()
    assert visitor.file().status_code == 409


def test_a_page_whose_rules_were_never_published_reads_all_the_same(
    world: World, visitor: Visitor
) -> None:
    ProcedureVersion.objects.all()._raw_delete("default")
    response = visitor.get("/")
    assert response.status_code == 200
    assert "n’est pas ouvert pour le moment" in words(response)


def test_the_page_offers_the_procedure_as_a_file(world: World, visitor: Visitor) -> None:
    assert "n’est pas encore prêt" in words(visitor.get("/"))
    make_document(world.page.pk)
    text = words(visitor.get("/"))
    assert re.search(r"PDF, \d+ Ko · document n° 1 du \d", text)
    assert "n’est pas encore prêt" not in text


def test_the_page_may_not_be_shared_by_a_cache(visitor: Visitor) -> None:
    assert visitor.get("/")["Cache-Control"] == "private, no-cache"


def test_browsers_are_told_to_run_nothing_of_others(visitor: Visitor) -> None:
    policy = visitor.get("/")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy


def test_an_editor_sees_the_page_before_publishing_it(world: World) -> None:
    world.page.title = "Un titre à l’essai"
    response = world.page.make_preview_request()
    assert response.status_code == 200
    assert "Un titre à l’essai" in words(response)


def test_the_site_has_its_icon(visitor: Visitor) -> None:
    response = visitor.get("/favicon.ico")
    assert response["Content-Type"] == "image/x-icon"
    assert response.getvalue()[:4] == b"\0\0\1\0"


def test_a_site_that_no_organisation_has_taken_follows_nothing(db: None) -> None:
    from wagtail.models import Page, Site

    Site.objects.create(hostname="vide.example", root_page=Page.get_first_root_node())
    assert Client().get("/suivi/", headers={"host": "vide.example"}).status_code == 404
    assert Client().get("/procedure.pdf", headers={"host": "vide.example"}).status_code == 404
