"""What is answered is in the dossier: days in words, and those who are named as its parties."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.handling.filing import file_dossier
from complaints.handling.mapped_facts import in_words
from complaints.intake.mapping import LONGEST_DAYS
from complaints.models import Dossier, FormVersion
from tests import factories
from tests.factories import World, paris

AT = paris("2026-03-30 09:00")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("En mars", "En mars"),
        (date(2026, 3, 1), "le 1er mars 2026"),
        ((date(2026, 3, 3), date(2026, 3, 5)), "du 3 au 5 mars 2026"),
        ((date(2026, 3, 1), date(2026, 3, 5)), "du 1er au 5 mars 2026"),
        ((date(2025, 12, 29), date(2026, 1, 1)), "du 29 décembre 2025 au 1er janvier 2026"),
        ((date(2026, 3, 3), date(2026, 3, 3)), "le 3 mars 2026"),
        ((date(2026, 3, 1), None), "à partir du 1er mars 2026"),
        (
            (date(2026, 9, 30), date(2027, 9, 30)),
            "du 30 septembre 2026 au 30 septembre 2027",
        ),
    ],
)
def test_days_are_written_in_words(days: Any, words: str) -> None:
    assert in_words(days) == words
    assert len(words) <= LONGEST_DAYS


def asked(key: str, kind: str, maps_to: str) -> dict[str, str]:
    return {"key": key, "kind": kind, "label": key, "maps_to": maps_to}


FIELDS = [
    asked("nom", "text", "complainant.name"),
    asked("fonction", "text", "complainant.function"),
    asked("adresse", "address", "complainant.postal_address"),
    asked("pour", "text", "representative.name"),
    asked("pour_structure", "text", "representative.organisation_name"),
    asked("pour_telephone", "phone", "representative.phone"),
    asked("pour_adresse", "address", "representative.postal_address"),
    asked("stagiaire", "text", "dossier.trainee"),
    asked("dates", "period", "dossier.training_dates"),
    asked("formation", "training", "dossier.training"),
    asked("quand", "period", "dossier.facts_on"),
    asked("personnes", "persons", "dossier.persons"),
]
ANSWERS = {
    "nom": "Aurélie Fontaine",
    "fonction": "Responsable formation",
    "adresse": {"street": "3 rue X", "postal_code": "33000", "city": "Bordeaux"},
    "pour": "Maître Roy",
    "pour_structure": "Cabinet Roy",
    "pour_telephone": "01 23 45 67 89",
    "pour_adresse": {"street": "1 quai Y", "postal_code": "1000", "city": "B", "country": "CH"},
    "stagiaire": "Marc Vidal",
    "dates": {"from": "2026-03-03", "to": "2026-03-05"},
    "formation": {"training": "Réseaux", "session": "À Lyon"},
    "quand": {"from": "2026-03-03", "to": "2026-03-04"},
    "personnes": [
        {"name": "Paul Roux", "role": "implicated"},
        {"name": "Léa Petit", "role": "witness", "details": "Était là."},
        {"name": "Le lycée", "role": "concerned"},
        {"name": "Une inconnue"},
    ],
}


def filed(world: World, **answers: Any) -> Dossier:
    form = FormVersion(form=world.page.form, number=99, reference="F", title="F", effective_at=AT)
    form.definition = {"sections": [{"key": "s", "title": "S", "fields": FIELDS}]}
    form.save()
    submission = replace(factories.submission(world), form_version=form, answers=answers)
    return Dossier.objects.get(pk=file_dossier(submission, at=AT).dossier.pk)


def test_facts_are_columns_of_the_dossier(world: World) -> None:
    dossier = filed(world, **ANSWERS)
    assert (dossier.trainee, dossier.training_dates) == ("Marc Vidal", "du 3 au 5 mars 2026")
    assert (dossier.training, dossier.session) == ("Réseaux", "À Lyon")
    assert dossier.facts_on == date(2026, 3, 4)
    assert dossier.third_parties.split("\n")[0] == "Paul Roux (mise en cause)"
    assert dossier.answers == ANSWERS


def test_those_who_are_named_are_parties_each_in_their_role(world: World) -> None:
    dossier = filed(world, **ANSWERS)
    assert [(party.role, party.name) for party in dossier.parties.all()] == [
        ("complainant", "Aurélie Fontaine"),
        ("representative", "Maître Roy"),
        ("implicated", "Paul Roux"),
        ("witness", "Léa Petit"),
    ]
    complainant = dossier.complainant
    assert complainant.function == "Responsable formation"
    assert complainant.postal_address == "3 rue X\n33000 Bordeaux"
    representative = dossier.party("representative")
    assert (representative.organisation_name, representative.phone) == (
        "Cabinet Roy",
        "01 23 45 67 89",
    )
    assert representative.postal_address == "1 quai Y\n1000 B\nCH"


def test_nobody_named_is_no_party(world: World) -> None:
    dossier = filed(world, stagiaire="Marc Vidal")
    assert not dossier.parties.exists()
    assert (dossier.third_parties, dossier.facts_on) == ("", None)


def test_however_many_persons_are_written_at_once(world: World) -> None:
    def cost(persons: int) -> int:
        rows = [{"name": f"P{n}", "role": "witness"} for n in range(persons)]
        submission = factories.submission(world)
        form = FormVersion.objects.create(
            form=world.page.form,
            number=90 + persons,
            reference="F",
            title="F",
            effective_at=AT,
            definition={"sections": [{"key": "s", "title": "S", "fields": FIELDS}]},
        )
        answers = {"nom": "Aurélie", "personnes": rows}
        with CaptureQueriesContext(connection) as captured:
            file_dossier(replace(submission, form_version=form, answers=answers), at=AT)
        return len(captured)

    cost(2)  # what a first filing reads once and for all
    assert cost(1) == cost(5)
