"""The dates of a dossier on screen: each with its count, graded, brought nearer, prolonged."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from complaints.models import Dossier
from tests import factories
from tests.complaints.desk.conftest import address, words
from tests.complaints.handling.clocked import COMPLEX, FREE, GRADE, GRAVE, OTHERS, file_under
from tests.complaints.handling.rules import limit
from tests.factories import World, paris

pytestmark = pytest.mark.django_db

RIGHT = limit(
    1, "ans", key="droit", label="Saisir un médiateur", on_expiry="lapse", met_by=[], promise="Vous"
)


@pytest.fixture(autouse=True)
def _on_the_next_day() -> Iterator[None]:
    with time_machine.travel(paris("2026-03-31 09:00"), tick=False):
        yield


def post(client: Client, dossier: Dossier, move: str, **typed: Any) -> HttpResponse:
    form = client.get(address("move", dossier, move)).context["form"]
    proposed = {name: form[name].value() or "" for name in form.fields}
    dossier.refresh_from_db()
    return client.post(
        address("move", dossier, move), proposed | typed | {"seen": dossier.event_count}
    )


def screen(client: Client, dossier: Dossier) -> str:
    return words(client.get(address("inspect", dossier)))


def test_each_date_is_counted_line_by_line_on_request(alice: Client, dossier: Dossier) -> None:
    html = alice.get(address("inspect", dossier)).content.decode()
    dated = dossier.deadlines.exclude(steps=[]).count()
    assert html.count("<caption>Décompte, étape par étape</caption>") == dated == 5
    assert html.count("<details><summary>Pourquoi") == dated


def test_the_count_shows_the_days_passed_over_and_the_calendar(alice: Client, world: World) -> None:
    dossier = file_under(world, limit(5, "jours_ouvres"), at="2026-03-31 08:00")
    page = screen(alice, dossier)
    for said in (
        "mardi 31 mars 2026 Jour de l’événement, non compté",
        "lundi 6 avril 2026 Jour férié, non compté : Lundi de Pâques",
        "mercredi 8 avril 2026 Échéance (5 jours ouvrés), en retard dès le lendemain",
        "Métropole, version 1, d’après la ligne 1 du journal.",
    ):
        assert said in page


def test_a_right_says_how_far_it_is_and_is_never_late(alice: Client, world: World) -> None:
    page = screen(alice, file_under(world, RIGHT, at="2026-03-31 08:00"))
    assert "Jusqu’au 31/03/2027 (dans 365 jours)." in page


def test_grading_says_what_it_does_and_the_dates_follow(alice: Client, world: World) -> None:
    dossier = file_under(world, GRADE, GRAVE, OTHERS)
    form = words(alice.get(address("move", dossier, "evaluer")))
    assert "seront recomptées depuis leur point de départ, pas depuis aujourd’hui" in form
    assert post(alice, dossier, "evaluer", severity="high").status_code == 302
    page = screen(alice, dossier)
    assert "09/04/2026 dans 9 jours" in page
    assert "Évaluation faite Alice" in page
    assert "Gravité : Fort Complexité : Simple" in page
    assert "Échéances : Réponse : 9 avril 2026" in page


def test_a_replaced_date_says_that_the_evaluation_changed(alice: Client, world: World) -> None:
    dossier = file_under(world, GRADE, GRAVE, OTHERS)
    post(alice, dossier, "evaluer", severity="low")
    post(alice, dossier, "evaluer", severity="high", reason="Blessure.")
    replaced = "Remplacé : l’évaluation, la nature ou la version de la procédure a changé."
    assert replaced in screen(alice, dossier)


def test_a_day_that_would_lengthen_is_refused_next_to_its_field(
    alice: Client, world: World
) -> None:
    dossier = file_under(world, limit(30))
    answer = post(alice, dossier, "fixer", due_on="2026-05-20", reason="Congés")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "elle ne l’allonge jamais" in page
    assert 'value="2026-05-20"' in page
    assert 'id="id_due_on_error"' in page
    assert "Congés" in page


def test_prolonging_sends_the_letter_and_the_journal_keeps_both_days(
    alice: Client, world: World
) -> None:
    dossier = file_under(world, FREE)
    typed = {"due_on": "2026-05-15", "reason": "le formateur est absent."}
    assert post(alice, dossier, "prolonger", **typed).status_code == 302
    page = screen(alice, dossier)
    assert "Échéance : 15/05/2026 Au lieu du : 29/04/2026" in page
    assert "Nouvelle échéance : 15 mai 2026" in page


def test_buttons_that_would_find_nothing_to_do_are_not_shown(alice: Client, world: World) -> None:
    buttons = alice.get(address("inspect", file_under(world, RIGHT))).context["moves"]
    assert {"fixer", "prolonger"}.isdisjoint(move.key for move in buttons)
    buttons = alice.get(address("inspect", file_under(world, FREE))).context["moves"]
    assert {"fixer", "prolonger"} <= {move.key for move in buttons}


def test_a_flag_after_the_five_days_is_late_and_says_so(alice: Client, world: World) -> None:
    """CY-A8."""
    dossier = file_under(world, COMPLEX, at="2026-03-20 09:00")
    post(alice, dossier, "evaluer", severity="low", complexity="complex")
    assert "25/03/2026 en retard de 6 jours" in screen(alice, dossier)


def test_the_complainant_reads_the_new_date_on_the_tracking_page(world: World) -> None:
    from pages.timeline import public_dates

    dossier = file_under(world, FREE | {"promise": "Nous devons vous répondre"})
    data = {
        "deadline": str(dossier.deadlines.get().pk),
        "due_on": "2026-05-15",
        "reason": "le formateur est absent.",
    }
    factories.play(world, dossier, ("prolonger", data), at=paris("2026-03-31 09:00"))
    [date] = public_dates(dossier.deadlines.all())
    assert "vendredi 15 mai 2026" in date.sentence
    assert "nous l’avons prolongé et vous avons écrit pourquoi" in date.sentence
