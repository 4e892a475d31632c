"""The calculator on screen: the day, why, on which calendar; nothing typed is lost."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Calendar, Holiday, Organisation
from tests.complaints.desk.conftest import words
from tests.factories import World

pytestmark = pytest.mark.django_db

ASKED = {
    "received_on": "2026-04-30",
    "received_at": "10:00",
    "amount_1": "5",
    "unit_1": "jours_ouvres",
    "region": "metropole",
    "favours": "organisation",
}
MONTH = {"amount_1": "1", "unit_1": "mois"}


@pytest.fixture
def ask(alice: Client) -> Callable[..., HttpResponse]:
    """What alice sees; an argument of None is left out of the address."""

    def get(**typed: str | None) -> HttpResponse:
        given = {name: text for name, text in (ASKED | typed).items() if text is not None}
        return alice.get(reverse("calculator"), given)

    return get


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {
        field: [sentence.replace("\u00a0", " ") for sentence in said]
        for field, said in answer.context["form"].errors.items()
    }


def day(answer: HttpResponse) -> str | None:
    assert answer.status_code == 200
    return answer.context["answer"].day


def test_the_first_visit_is_an_empty_form(alice: Client) -> None:
    answer = alice.get(reverse("calculator"))
    assert answer.status_code == 200
    assert answer.context["form"].errors == {}
    assert "answer" not in answer.context


def test_the_answer_is_the_day_the_lateness_the_sentence_and_the_calendar(
    ask: Callable[..., HttpResponse],
) -> None:
    page = words(ask())
    version = Calendar.objects.current("metropole")
    for said in (
        "Échéance Lundi 11 mai 2026",
        "Échéance dépassée à partir du mardi 12 mai 2026 à 0 h 00 (Europe/Paris).",
        "L’organisme doit agir au plus tard le lundi 11 mai 2026 : 5 jours ouvrés après",
        f"Calendrier « Métropole », version {version.version} (de 2018 à 2038).",
        "Semaine de travail de Connect’Sens : lundi, mardi, mercredi, jeudi et vendredi.",
    ):
        assert said in page


def test_every_step_is_a_row_of_a_table(ask: Callable[..., HttpResponse]) -> None:
    html = ask().content.decode()
    table = html.partition('<table class="desk-count">')[2].partition("</table>")[0]
    assert "<caption>Le décompte, jour par jour</caption>" in table
    assert table.count('scope="col"') == 2
    assert re.findall(r'scope="row">(.+?)</th>', table) == [
        "jeudi 30 avril 2026",
        "du 1er au 11 mai 2026",
        "vendredi 1er mai 2026",
        "samedi 2 mai 2026",
        "dimanche 3 mai 2026",
        "vendredi 8 mai 2026",
        "samedi 9 mai 2026",
        "dimanche 10 mai 2026",
        "lundi 11 mai 2026",
    ]


@pytest.mark.parametrize(
    ("typed", "due_on"),
    [
        ({"received_at": None}, "2026-05-11"),
        ({"received_at": "23:59"}, "2026-05-11"),
        ({"received_on": "30/04/2026"}, "2026-05-11"),
        ({"amount_2": "10", "unit_2": "jours_calendaires"}, "2026-05-10"),
        (
            {"amount_2": "10", "unit_2": "jours_calendaires", "favours": "complainant"},
            "2026-05-11",
        ),
        ({"favours": None}, "2026-05-11"),
        ({"amount_1": "10", "unit_1": "jours_calendaires", "roll_over": "on"}, "2026-05-11"),
        (
            {"received_on": "2026-12-24", "amount_1": "1", "region": "alsace-moselle"},
            "2026-12-28",
        ),
        ({"pause_1_start": "2026-05-04", "pause_1_end": "2026-05-05"}, "2026-05-12"),
        (
            {
                "pause_1_start": "2026-05-04",
                "pause_1_end": "2026-05-05",
                "pause_3_start": "2026-05-05",
                "pause_3_end": "2026-05-06",
            },
            "2026-05-13",
        ),
    ],
)
def test_each_field_counts(
    ask: Callable[..., HttpResponse], typed: dict[str, str | None], due_on: str
) -> None:
    assert day(ask(**typed)) == due_on


def test_an_open_suspension_has_no_day(ask: Callable[..., HttpResponse]) -> None:
    answer = ask(pause_1_start="2026-05-04")
    assert day(answer) == "SUSPENDU"
    page = words(answer)
    assert "Échéance suspendue" in page
    assert "le délai est suspendu depuis le 5 mai 2026" in page
    assert "dépassée" not in page


def test_the_week_and_the_region_are_those_of_ones_organisation(
    alice: Client, world: World, ask: Callable[..., HttpResponse]
) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(
        region="reunion", working_week="0111110", time_zone="Indian/Reunion"
    )
    form = alice.get(reverse("calculator")).context["form"]
    assert form["region"].value() == "reunion"
    answer = ask()
    assert day(answer) == "2026-05-09"
    assert "0 h 00 (Indian/Reunion)" in words(answer)


def test_who_works_for_several_organisations_counts_from_monday_to_friday_in_paris(
    world: World, other_world: World, log_in: Callable[[str], Client]
) -> None:
    Organisation.objects.update(working_week="0111110", time_zone="Indian/Reunion")
    charlie = world.user("charlie")
    charlie.groups.add(world.organisation.roles.get(key="moderator").group)
    answer = log_in("charlie").get(reverse("calculator"), ASKED)
    assert day(answer) == "2026-05-11"
    page = words(answer)
    assert "Semaine de travail : lundi, mardi, mercredi, jeudi et vendredi." in page
    assert "(Europe/Paris)" in page


def test_the_newest_version_of_the_calendar_is_used_and_named(
    ask: Callable[..., HttpResponse],
) -> None:
    newest = Calendar.objects.current("metropole").version + 1
    corrected = Calendar.objects.create(
        region="metropole",
        version=newest,
        first_year=2026,
        last_year=2026,
        created_at=timezone.now(),
    )
    Holiday.objects.create(calendar=corrected, day=date(2026, 5, 4), name="Fermeture")
    answer = ask()
    assert day(answer) == "2026-05-08"
    assert f"version {newest} (de 2026 à 2026)" in words(answer)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"received_on": None}, "received_on", "Champ requis."),
        ({"received_on": "hier"}, "received_on", "Saisissez une date valide."),
        ({"received_on": "1815-06-18"}, "received_on", "L’année doit être comprise entre"),
        ({"received_at": "midi"}, "received_at", "Saisissez une heure valide."),
        ({"amount_1": None}, "amount_1", "Champ requis."),
        ({"amount_1": "cinq"}, "amount_1", "nombre entier, et non « cinq »."),
        ({"amount_1": "-5"}, "amount_1", "La durée ne peut pas être négative."),
        ({"amount_1": "99999"}, "amount_1", "le plus long délai est de 3660."),
        ({"unit_1": "aucun"}, "unit_1", "Sélectionnez un choix valide."),
        ({"amount_2": "3"}, "unit_2", "Indiquez aussi l’unité."),
        ({"unit_2": "mois"}, "amount_2", "Indiquez aussi la durée."),
        ({"amount_2": "5", "unit_2": "jours_ouvres"}, "amount_2", "écrite deux fois."),
        ({"region": "lune"}, "region", "Sélectionnez un choix valide."),
        ({"favours": "moi"}, "favours", "Sélectionnez un choix valide."),
        ({"pause_1_end": "2026-05-05"}, "pause_1_start", "Indiquez aussi le début."),
        ({"pause_2_start": "hier"}, "pause_2_start", "Saisissez une date valide."),
        ({"pause_2_start": "1815-06-18"}, "pause_2_start", "tient entre 1900 et 2200."),
        (
            {"pause_3_start": "2026-05-05", "pause_3_end": "2026-05-04"},
            "pause_3_end",
            "ne peut pas finir avant d’avoir commencé.",
        ),
        ({"received_on": "2038-12-30"}, "__all__", "ne couvre que les années 2018 à 2038"),
    ],
)
def test_an_error_is_beside_its_field_and_what_was_typed_is_kept(
    ask: Callable[..., HttpResponse], typed: dict[str, str | None], field: str, said: str
) -> None:
    answer = ask(**typed)
    ((where, sentences),) = errors(answer).items()
    assert where == field
    assert said in sentences[0]
    html = answer.content.decode().replace("\u00a0", " ")
    assert said in html
    if field != "__all__":
        assert re.search(rf'name="{field}"[^>]+aria-describedby="[^"]*id_{field}_error', html)
        assert f'id="id_{field}_error"' in html
    kept = ASKED | typed
    form = answer.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert "desk-answer" not in html


def test_a_calendar_never_stored_is_said_beside_the_region(
    ask: Callable[..., HttpResponse],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaints_calendar SET region = 'lune' WHERE region = 'mayotte'")
    assert errors(ask(region="mayotte")) == {
        "region": ["Les jours fériés de cette région ne sont pas enregistrés ici."]
    }


def test_an_address_written_by_hand_is_an_answer_or_an_error(alice: Client) -> None:
    address = reverse("calculator")
    assert alice.get(address, {"received_on": "2026-04-30"}).status_code == 422
    assert alice.get(address, {"autre": "2026-04-30"}).status_code == 200
    assert alice.get(address, ASKED | {"amount_1": "5\x00"}).status_code == 422


def test_what_was_typed_in_a_folded_part_unfolds_it(ask: Callable[..., HttpResponse]) -> None:
    assert ask().content.decode().count("<details open>") == 0
    assert ask(pause_2_end="2026-05-05").content.decode().count("<details open>") == 1
    assert ask(unit_2="mois").content.decode().count("<details open>") == 1


@pytest.mark.parametrize("login", ["alice", "bob", "diane", "charlie"])
def test_who_handles_or_writes_calculates(log_in: Callable[[str], Client], login: str) -> None:
    assert day(log_in(login).get(reverse("calculator"), ASKED)) == "2026-05-11"


def test_who_holds_no_role_is_sent_home_and_sees_no_entry(
    log_in: Callable[[str], Client], world: World
) -> None:
    """Into the admin, but in no organisation."""
    world.organisation.roles.filter(key="moderator").update(sees_dossiers=False)
    answer = log_in("alice").get(reverse("calculator"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))
    home = log_in("alice").get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("calculator") not in home


def test_a_stranger_is_asked_who_they_are(world: World) -> None:
    answer = Client().get(reverse("calculator"), ASKED)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("login", ["alice", "bob"])
def test_the_menu_leads_there(log_in: Callable[[str], Client], login: str) -> None:
    home = log_in(login).get(reverse("wagtailadmin_home")).content.decode()
    assert json.dumps("Calculer une échéance") in home
    assert reverse("calculator") in home


def test_it_is_read_and_never_posted(alice: Client) -> None:
    assert alice.post(reverse("calculator"), ASKED).status_code == 405


def test_the_queries_of_an_answer_are_pinned(
    ask: Callable[..., HttpResponse], django_assert_num_queries: Any
) -> None:
    """Three for the rights and the organisation, one for the calendar; the rest is Wagtail's."""
    ask()
    with django_assert_num_queries(12):
        ask()
