"""Beside the editor: the rehearsal of what is being written, what changes, what is to be mended."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.handling.approval import install_approval
from complaints.models import Procedure
from complaints.models.plain import stream
from tests.doors import PROCEDURE
from tests.factories import World, file, paris
from tests.people import everything
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_complaints_procedure"
EVE_OF_MAY = {"wish": "silent_organisation", "received_on": "2026-04-30", "received_time": "09:00"}
ASKED = EVE_OF_MAY | {
    "kind": "complaint",
    "channel": "online",
    "complexity": "simple",
    "region": "metropole",
}


@pytest.fixture
def procedure(world: World) -> Procedure:
    return world.page.procedure


@pytest.fixture
def bob(world: World, client: Client) -> Client:
    client.force_login(world.user("bob"))
    return client


@pytest.fixture(autouse=True)
def _on_a_day_of_spring(time_machine: Any) -> None:
    time_machine.move_to(paris("2026-03-30 09:00"))


def preview(browser: Client, procedure: Procedure, **asked: str) -> Any:
    address = reverse(f"{SPACE}:preview_on_edit", args=[procedure.pk])
    return browser.get(address, {"in_preview_panel": "true", "mode": ""} | asked)


def type_in(browser: Client, procedure: Procedure, **fields: Any) -> dict[str, bool]:
    """What the panel posts at each change of the editor's form."""
    for name, value in fields.items():
        setattr(procedure, name, value)
    address = reverse(f"{SPACE}:preview_on_edit", args=[procedure.pk])
    return browser.post(address, as_posted(procedure, *PROCEDURE)).json()


def test_the_panel_plays_what_was_just_typed(bob: Client, procedure: Procedure) -> None:
    procedure.moves[0].value["label"] = "Dire que c’est arrivé"
    before = everything()
    assert type_in(bob, procedure)["is_valid"]
    page = preview(bob, procedure)
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "Dire que c’est arrivé" in page.text
    sentences = [d.sentence for _section, some in page.context["changes"] for d in some]
    assert sentences == [
        "L’action «\u00a0Dire que c’est arrivé\u00a0» s’appelait «\u00a0Accuser réception\u00a0»."
    ]
    assert everything() == before


def test_the_scenario_survives_the_next_refresh(bob: Client, procedure: Procedure) -> None:
    preview(bob, procedure, **ASKED)
    page = preview(bob, procedure)
    assert "jeudi 30 avril 2026" in page.text
    assert "1er mai (Fête du Travail)" in page.text
    assert page.context["form"]["wish"].value() == "silent_organisation"


def test_a_choice_that_the_rules_no_longer_offer_falls_back(
    bob: Client, procedure: Procedure
) -> None:
    preview(bob, procedure, **ASKED)
    type_in(bob, procedure, kinds=["grievance"])
    page = preview(bob, procedure)
    assert page.context["played"].entries
    assert page.context["form"]["wish"].value() == "silent_organisation"


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("received_on", "2040-01-01", "Choisissez un jour à moins de 3 ans d’aujourd’hui."),
        ("received_on", "", "Choisissez un jour."),
        ("wish", "miracle", "miracle"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_next_to_its_field(
    bob: Client, procedure: Procedure, name: str, value: str, error: str
) -> None:
    page = preview(bob, procedure, **ASKED | {name: value})
    assert error in page.context["form"].errors[name][0]
    assert page.context["played"] is None
    assert "jeudi 30 avril" not in preview(bob, procedure).text


def test_a_draft_that_cannot_run_is_told_what_to_mend(bob: Client, procedure: Procedure) -> None:
    assert type_in(bob, procedure, stages=stream([]))["is_valid"]
    page = preview(bob, procedure)
    assert page.status_code == 200
    assert "À corriger avant de publier" in page.text
    assert "La procédure n’a aucune étape." in page.text
    assert "La vie du dossier" not in page.text


def test_open_dossiers_keep_their_version_and_are_counted(
    bob: Client, world: World, procedure: Procedure
) -> None:
    for _ in range(2):
        file(world)
    assert "2 dossiers ouverts gardent la version V1" in preview(bob, procedure).text


def test_it_costs_the_same_however_many_dossiers_there_are(
    bob: Client, world: World, procedure: Procedure, django_assert_max_num_queries: Any
) -> None:
    preview(bob, procedure)
    with django_assert_max_num_queries(400) as few:
        preview(bob, procedure)
    for _ in range(3):
        file(world)
    with django_assert_max_num_queries(len(few)):
        preview(bob, procedure)


def test_a_revision_of_the_history_is_rehearsed_too(bob: Client, procedure: Procedure) -> None:
    where = [procedure.pk, procedure.latest_revision_id]
    page = bob.get(reverse(f"{SPACE}:revisions_view", args=where))
    assert "La vie du dossier" in page.text


def test_who_is_asked_to_verify_reads_the_rehearsal_of_what_was_submitted(
    bob: Client, world: World, procedure: Procedure
) -> None:
    workflow = install_approval(world.organisation)
    procedure.title = "À vérifier"
    procedure.save_revision()
    state = workflow.start(procedure, world.user("bob"))
    task = state.current_task_state.task
    page = bob.get(reverse(f"{SPACE}:workflow_preview", args=[procedure.pk, task.pk]))
    assert "À vérifier" in page.text
    assert "La vie du dossier" in page.text


def test_a_procedure_that_is_not_saved_yet_is_first_asked_whose_it_is(bob: Client) -> None:
    assert "Choisissez d’abord l’organisme" in bob.get(reverse(f"{SPACE}:preview_on_add")).text


def test_a_moderator_rehearses_the_version_in_force(
    client: Client, world: World, procedure: Procedure
) -> None:
    procedure.title = "Un brouillon"
    procedure.save_revision()
    client.force_login(world.user("alice"))
    before = everything()
    page = client.get(reverse(f"{SPACE}:rehearsal", args=[procedure.pk]))
    assert "Version V1, en vigueur depuis" in page.text
    assert "Un brouillon" not in page.text
    assert everything() == before


def test_nothing_in_force_is_nothing_to_rehearse(bob: Client, procedure: Procedure) -> None:
    procedure.unpublish()
    page = bob.get(reverse(f"{SPACE}:rehearsal", args=[procedure.pk]))
    assert "Aucune version de cette procédure n’est en vigueur." in page.text
