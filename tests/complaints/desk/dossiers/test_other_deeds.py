"""What the screens say of the deeds that only some procedures use."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from complaints.models import Dossier
from tests.complaints.desk.conftest import address, words
from tests.complaints.handling.clocked import SEVERITIES, move
from tests.complaints.handling.composed import letter
from tests.complaints.handling.rules import publish, with_item
from tests.factories import World, file, play

pytestmark = pytest.mark.django_db

FACTS = letter("faits", "Bonjour {destinataire}")
CRITERIA = [
    {"key": "recents", "label": "Les faits sont récents", "amount": 2, "unit": "mois"},
    {"key": "precis", "label": "La demande est précise"},
]
PAUL = {"name": "Paul Martin", "email": "paul@exemple.example"}
DONE = {
    "noter": {"channel": "phone", "said": "Elle attend.", "hour": "00:00", "consent": "yes"},
    "analyser": {"analysis": "Jamais éditée.", "root_cause": "Personne n’en est chargé."},
    "evaluer": {"severity": "high", "complexity": "simple", "markers": ["image"]},
    "requalifier": {"kind": "difficulty", "reason": "Rien n’est contesté."},
    "informer": PAUL,
}


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Filed under a procedure that has them all."""
    buttons = [
        move("noter", "log_contact"),
        move("analyser", "analyse"),
        move("evaluer", "assess"),
        move("requalifier", "reclassify"),
        move("informer", "inform_implicated", letter="faits"),
        move("verifier", "check_effect"),
    ]
    publish(
        world,
        kinds=["complaint", "difficulty"],
        markers=[{"key": "image", "label": "Risque d’image"}],
        severities=SEVERITIES,
        criteria=CRITERIA,
        letters=with_item(world, "letters", **FACTS),
        moves=[*world.page.version.definition["moves"], *buttons],
    )
    return file(world).dossier


def press(world: World, dossier: Dossier, *keys: str) -> None:
    moves = [(key, DONE[key]) for key in keys]
    play(world, dossier, *moves, at=timezone.now())


def test_the_dossier_shows_what_was_found_and_marked(
    alice: Client, world: World, dossier: Dossier
) -> None:
    press(world, dossier, "noter", "analyser", "evaluer", "requalifier", "informer")
    page = words(alice.get(address("inspect", dossier)))
    today = f"{timezone.localdate():%d/%m/%Y}"
    for said in (
        "Relevé à l’évaluation Risque d’image",
        "Analyse Jamais éditée. Cause profonde Personne n’en est chargé.",
        "Accepte d’être nommé auprès d’autres personnes.",
        "par Alice, pour Paul Martin. Invisible du réclamant.",
        f"Avec : Dora Lemaire Le : {today} à 00:00 Texte : Elle attend.",
        "Être nommé : Le réclamant accepte d’être nommé Par : Téléphone",
        "Nature : Difficulté (avant : Réclamation)",
        "Repères : Risque d’image",
        "À : Paul Martin",
    ):
        assert said in page


def test_a_button_with_nothing_to_do_is_not_offered(
    alice: Client, world: World, dossier: Dossier
) -> None:
    offered = {one.key for one in alice.get(address("inspect", dossier)).context["moves"]}
    assert {"requalifier", "evaluer"} <= offered
    assert "verifier" not in offered


def test_the_boxes_are_a_group_that_says_its_name_its_help_and_its_error(
    alice: Client, world: World, dossier: Dossier
) -> None:
    play(world, dossier, "inscrire", at=timezone.now())
    url = address("move", dossier, "hors_reclamation")
    group = r'<fieldset aria-describedby="([^"]*)"><legend[^>]*>Critères qui ne sont pas remplis'
    shown = alice.get(url)
    assert re.search(group, shown.content.decode())[1] == "id_criteria-helptext"
    assert "La date des faits n’est pas connue : à vous d’en juger." in words(shown)
    refused = alice.post(url, {"seen": dossier.event_count})
    described = re.search(group, refused.content.decode())[1]
    assert described.split() == ["id_criteria-helptext", "id_criteria_error"]
    assert "Cochez au moins un critère : un refus en découle." in words(refused)


def test_it_says_beforehand_who_will_read_the_letter_and_who_will_not(
    alice: Client, dossier: Dossier
) -> None:
    page = words(alice.get(address("move", dossier, "informer")))
    assert "Ce courrier partira par courriel à la personne que vous indiquez" in page
    assert "le réclamant ne le verra pas" in page
    assert "il n’a pas accepté d’être nommé" in page
    assert "dora@exemple.example" not in page


def test_a_letter_that_names_the_complainant_comes_back_with_everything_typed(
    alice: Client, dossier: Dossier
) -> None:
    typed = PAUL | {"subject": "Des faits", "body": "Mme Lemaire attend."}
    typed |= {"seen": dossier.event_count}
    refused = alice.post(address("move", dossier, "informer"), typed)
    assert refused.status_code == 422
    assert "Ce texte permet de reconnaître le réclamant" in words(refused)
    for kept in ("Paul Martin", "paul@exemple.example", "Mme Lemaire attend."):
        assert kept in refused.content.decode()
