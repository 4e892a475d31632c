"""The screen of a dossier says who is in it, in which role, and about which training."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from complaints.handling.filing import file_dossier
from complaints.models import Dossier
from tests import factories
from tests.complaints.desk.conftest import address, words
from tests.complaints.handling.test_mapped_facts import ANSWERS, FIELDS
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world: World) -> Dossier:
    """Filed with all that the new places of a dossier take."""
    form = world.page.form.versions.create(
        number=99,
        reference="F",
        title="F",
        effective_at=timezone.now(),
        definition={"sections": [{"key": "s", "title": "S", "fields": FIELDS}]},
    )
    submission = replace(factories.submission(world), form_version=form, answers=ANSWERS)
    return file_dossier(submission, at=timezone.now()).dossier


def test_persons_facts_and_roles_are_read(alice: Client, told: Dossier) -> None:
    page = words(alice.get(address("inspect", told)))
    for said in (
        "Formation Réseaux À Lyon",
        "Dates de la formation du 3 au 5 mars 2026",
        "Stagiaire concerné Marc Vidal",
        "Aurélie Fontaine Réclamant",
        "Responsable formation",
        "3 rue X 33000 Bordeaux",
        "Maître Roy Représentant",
        "Cabinet Roy",
        "Paul Roux Personne mise en cause",
        "Léa Petit Témoin",
    ):
        assert said in page, said
    assert "Une inconnue Témoin" not in page


def test_what_is_not_known_is_no_empty_line(alice: Client, told: Dossier) -> None:
    Dossier.objects.filter(pk=told.pk).update(trainee="", training_dates="", training="")
    told.parties.update(function="", organisation_name="")
    page = words(alice.get(address("inspect", told)))
    for unsaid in ("Stagiaire concerné", "Dates de la formation du", "Formation Réseaux À Lyon"):
        assert unsaid not in page


@pytest.mark.parametrize(
    ("asked", "answered", "said"),
    [
        (True, {"accord": True}, "A accepté la constitution de son dossier."),
        (True, {}, "N’a pas accepté la constitution de son dossier."),
        (False, {}, ""),
    ],
)
def test_an_agreement_to_keep_a_dossier_is_read_with_who_gave_it(
    asked: bool, answered: dict[str, bool], said: str, alice: Client, told: Dossier
) -> None:
    agreed = {"key": "accord", "kind": "consent", "label": "J’accepte."}
    fields = [*FIELDS, agreed | {"maps_to": "dossier.file_consent"}] if asked else FIELDS
    definition = {"sections": [{"key": "s", "title": "S", "fields": fields}]}
    form = told.form_version.form.versions.create(
        number=100, reference="F", title="F", effective_at=timezone.now(), definition=definition
    )
    Dossier.objects.filter(pk=told.pk).update(form_version=form, answers=ANSWERS | answered)
    page = words(alice.get(address("inspect", told)))
    assert said in page
    assert ("constitution de son dossier" in page) is asked
