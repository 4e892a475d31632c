"""What a program reads of the procedure in force, without a key."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.models import Mediator, Procedure, ProcedureVersion
from tests.factories import OTHER_HOST, World

ADDRESS = "/api/v3/complaints/procedures/"


def one(client: Client, slug: str = "cs-proc-rec", **extra: Any) -> dict[str, Any]:
    response = client.get(f"{ADDRESS}{slug}/", **extra)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def procedure(world: World) -> Procedure:
    return world.page.procedure


def publish(procedure: Procedure, **changes: Any) -> ProcedureVersion:
    for name, value in changes.items():
        setattr(procedure, name, value)
    procedure.save_revision().publish()
    return procedure.current


def test_the_list_holds_the_procedure_in_force_whole(client: Client, procedure: Procedure) -> None:
    listed = client.get(ADDRESS).json()
    assert listed["count"] == 1
    assert listed["items"] == [one(client)]


def test_it_says_which_rules_these_are_and_since_when(client: Client, procedure: Procedure) -> None:
    read = one(client)
    version = procedure.current
    assert (read["title"], read["reference"], read["version"]) == (
        version.title,
        "CS-PROC-REC",
        version.number,
    )
    assert read["in_force_at"].startswith("2024-05-07")


def test_the_steps_are_those_of_the_page(client: Client, world: World) -> None:
    steps = one(client)["steps"]
    assert steps == world.page.steps
    assert [step["number"] for step in steps] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_time_limits_are_those_of_the_page(client: Client, world: World) -> None:
    limits = one(client)["time_limits"]
    assert limits == world.page.time_limits
    assert ("2 mois", "à compter de l’envoi de votre réclamation écrite") in [
        (limit["words"], limit["starts"]) for limit in limits
    ]


def test_an_internal_target_never_appears(client: Client, procedure: Procedure) -> None:
    hidden = [limit for limit in procedure.current.rules.time_limits if limit.internal]
    assert hidden
    text = client.get(ADDRESS).content.decode()
    assert [limit.key for limit in hidden if limit.key in text or limit.label in text] == []


def test_neither_moves_nor_roles_nor_letters_appear(client: Client, procedure: Procedure) -> None:
    assert one(client).keys() == {
        "slug",
        "title",
        "reference",
        "version",
        "in_force_at",
        "steps",
        "time_limits",
        "stakeholders",
        "mediator",
        "retention",
    }


def test_stakeholders_have_their_french_names(client: Client, world: World) -> None:
    assert {"key": "trainee", "label": "Stagiaire"} in one(client)["stakeholders"]


def test_retention_is_in_words(client: Client, world: World) -> None:
    assert one(client)["retention"] == "7 ans à compter de la clôture du dossier"


def test_no_mediator_is_said_as_such(client: Client, world: World) -> None:
    assert one(client)["mediator"] is None


def test_the_mediator_comes_with_how_to_reach_them(client: Client, procedure: Procedure) -> None:
    facts = {
        "name": "Médiation Exemple",
        "website": "https://mediation.example/",
        "postal_address": "1 place de la Mairie",
        "conditions": "Après deux mois.",
    }
    publish(procedure, mediator=Mediator.objects.create(**facts, verified_on=date(2026, 1, 15)))
    assert one(client)["mediator"] == facts | {"verified_on": "2026-01-15"}


def test_only_the_last_published_version_is_in_force(client: Client, procedure: Procedure) -> None:
    publish(procedure, retention_amount=10)
    assert client.get(ADDRESS).json()["count"] == 1
    assert one(client)["version"] == 2
    assert one(client)["retention"].startswith("10 ans")


def test_a_draft_changes_nothing(client: Client, procedure: Procedure) -> None:
    procedure.retention_amount = 10
    procedure.save_revision()
    assert one(client)["retention"].startswith("7 ans")


def test_a_procedure_taken_off_line_is_not_there_any_more(
    client: Client, procedure: Procedure
) -> None:
    procedure.unpublish()
    assert client.get(ADDRESS).json() == {"count": 0, "items": []}
    assert client.get(f"{ADDRESS}cs-proc-rec/").status_code == 404


@pytest.mark.parametrize("slug", ["inconnue", "CS-PROC-REC", "1"])
def test_an_unknown_procedure_is_refused_in_french(client: Client, world: World, slug: str) -> None:
    response = client.get(f"{ADDRESS}{slug}/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Introuvable",
        "status": 404,
        "detail": "Aucune procédure en vigueur ne porte cet identifiant sur ce site.",
    }


def test_another_organisation_s_procedure_is_not_on_this_site(
    client: Client, world: World, other_world: World
) -> None:
    publish(other_world.page.procedure, reference="AF-PROC-REC")
    assert one(client, "af-proc-rec", headers={"host": OTHER_HOST})["reference"] == "AF-PROC-REC"
    assert client.get(f"{ADDRESS}af-proc-rec/").status_code == 404
    assert client.get(f"{ADDRESS}cs-proc-rec/", headers={"host": OTHER_HOST}).status_code == 404
    assert [item["slug"] for item in client.get(ADDRESS).json()["items"]] == ["cs-proc-rec"]


def test_a_site_of_no_organisation_has_no_procedure(client: Client, world: World) -> None:
    site = world.organisation.site
    site.pk, site.hostname, site.is_default_site = None, "personne.example", False
    site.save()
    response = client.get(ADDRESS, headers={"host": "personne.example"})
    assert response.status_code == 404
    assert response.json()["detail"] == "Ce site n’est celui d’aucun organisme."


def test_a_program_cannot_write_here(client: Client, world: World) -> None:
    before = ProcedureVersion.objects.count()
    assert client.post(ADDRESS, {}).status_code == 405
    assert client.delete(f"{ADDRESS}cs-proc-rec/").status_code == 405
    assert ProcedureVersion.objects.count() == before


def test_reading_costs_the_same_whatever_the_number_of_versions(
    client: Client, procedure: Procedure, django_assert_num_queries: Any
) -> None:
    for amount in (3, 5, 9):
        procedure.retention_amount = amount
        ProcedureVersion.freeze(procedure, at=timezone.now())
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)
