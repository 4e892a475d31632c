"""The calendars on screen: read by all staff, corrected by whom the site trusts, in two steps."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.desk.calendars import correction
from complaints.handling.calendars import correct_calendar, refresh_calendars
from complaints.models import Calendar, Deadline
from complaints.sla import Region
from tests.complaints.desk.conftest import words
from tests.factories import World, file, paris

SPACE = "wagtailsnippets_complaints_calendar"
NOW = paris("2026-03-30 09:00")
DAY, NAME = "2026-06-01", "Fermeture"
TYPED = {"day_1": DAY, "name_1": NAME, "removed": ["2026-05-01"], "reason": "Arrêté du 2 mars"}


def metropole() -> Calendar:
    return Calendar.objects.current(Region.METROPOLE)


def url(name: str, calendar: Calendar | None = None) -> str:
    return reverse(f"{SPACE}:{name}", args=[(calendar or metropole()).pk])


def correct(*days: date, by: Any = None, **given: Any) -> Calendar:
    """A correction that somebody made."""
    usual = {"removed": [], "added": [(on, NAME) for on in days], "reason": "Arrêté"}
    seen = metropole().version
    return correct_calendar(Region.METROPOLE, seen=seen, at=NOW, by=by, **usual | given)


def member(login: str, *rights: str) -> Client:
    """Someone of a group that the installer gave those rights."""
    group = Group.objects.create(name=login)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    user = get_user_model().objects.create_user(login)
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def root(world: World) -> Client:
    """Who installs the site."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", first_name="Ruth"))
    return client


@pytest.fixture
def post(root: Client) -> Callable[..., HttpResponse]:
    """Posted by root from the screen as it is now, unless told otherwise."""

    def send(calendar: Calendar | None = None, **given: Any) -> HttpResponse:
        data = TYPED | {"seen": metropole().version} | given
        return root.post(url("correct", calendar), data)

    return send


def hidden(answer: HttpResponse) -> dict[str, Any]:
    """What the confirmation sends back when its button is pressed."""
    page = answer.content.decode()
    form = page[page.index('class="desk-form ') :]
    data: dict[str, Any] = {}
    for tag in re.findall(r"<(?:input|button)[^>]*>", form.partition("</form>")[0]):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("name") not in (None, "again"):
            data.setdefault(found["name"], []).append(found.get("value", ""))
    return data


# Who may.


@pytest.mark.parametrize("login", ["alice", "bob", "diane", "charlie"])
def test_the_staff_of_any_organisation_reads_and_is_told_whom_to_ask(
    log_in: Callable[[str], Client], login: str
) -> None:
    client = log_in(login)
    assert "Métropole, version 1" in words(client.get(reverse(f"{SPACE}:list")))
    page = words(client.get(url("inspect")))
    assert "Demandez à l’administrateur du site : le calendrier sert à tous" in page
    assert "Corriger ce calendrier" not in page
    for answer in (client.get(url("correct")), client.post(url("correct"), TYPED)):
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert metropole().version == 1


def test_a_stranger_is_sent_to_the_door(client: Client, world: World) -> None:
    for name in ("inspect", "correct"):
        assert client.get(url(name))["Location"].startswith(reverse("wagtailadmin_login"))


def test_who_installs_the_site_corrects(root: Client) -> None:
    assert "Corriger ce calendrier" in words(root.get(url("inspect")))
    assert root.get(url("correct")).status_code == 200
    assert url("correct") not in root.get(reverse(f"{SPACE}:list")).content.decode()


def test_a_group_that_was_given_the_right_corrects(world: World) -> None:
    client = member("planning", "change_calendar")
    assert "Corriger ce calendrier" in words(client.get(url("inspect")))
    answer = client.post(url("correct"), TYPED | {"seen": 1})
    assert client.post(url("correct"), hidden(answer))["Location"] == url("inspect")
    assert metropole().author == "planning"


def test_a_group_without_any_right_on_calendars_sees_none(world: World) -> None:
    client = member("accueil", "view_mediator")
    assert client.get(reverse(f"{SPACE}:list"))["Location"] == reverse("wagtailadmin_home")
    assert client.get(url("inspect")).status_code == 404


def test_the_right_to_correct_is_offered_among_those_of_a_group(root: Client) -> None:
    page = root.get(reverse("wagtailusers_groups:add")).content.decode()
    offered = Permission.objects.filter(content_type__model="calendar")
    shown = {right.codename for right in offered if f'value="{right.pk}"' in page}
    assert shown == {"view_calendar", "change_calendar"}


@pytest.mark.parametrize("name", ["add", "edit", "delete"])
def test_no_screen_of_wagtails_own_writes_a_calendar(root: Client, name: str) -> None:
    where = url("inspect") + ("" if name == "add" else f"{name}/")
    assert root.post(where, TYPED).status_code in (404, 405)


# What the page says.


def test_a_first_version_says_so(bob: Client, world: World) -> None:
    page = words(bob.get(url("inspect")))
    assert "C’est la première version." in page
    assert "Motif Liste légale" in page
    assert "vendredi 1er mai : Fête du Travail" in page
    assert "2038" in page


def test_a_version_says_what_it_changed_by_whom_and_why(bob: Client, world: World) -> None:
    may_8 = date(2026, 5, 8)
    correct(
        date(2026, 6, 1),
        by=world.user("diane"),
        removed=[date(2026, 5, 1), may_8],
        added=[(date(2026, 6, 1), NAME), (may_8, "Victoire")],
    )
    page = words(bob.get(url("inspect")))
    assert "30 mars 2026 à 09:00 par Diane Motif Arrêté" in page
    assert "Ajouté : lundi 1er juin 2026, Fermeture." in page
    assert "Retiré : vendredi 1er mai 2026, Fête du Travail." in page
    assert "Renommé : vendredi 8 mai 2026, « Victoire » au lieu de" in page
    assert page.count("Ajouté") == page.count("Retiré") == page.count("Renommé") == 1


def test_a_prolonged_calendar_says_its_years_and_no_day(bob: Client, world: World) -> None:
    refresh_calendars(paris("2037-06-01 09:00"))
    page = words(bob.get(url("inspect")))
    assert "Années : 2029 à 2049, au lieu de 2018 à 2038." in page
    assert "Ajouté" not in page
    assert "Prolongé jusqu’en 2049" in page


def test_an_earlier_version_leads_to_the_one_in_force(root: Client) -> None:
    old, new = metropole(), correct(date(2026, 6, 1))
    page = root.get(url("inspect", old)).content.decode()
    assert "Non\u00a0: remplacée par" in page
    assert page.count(url("inspect", new)) == 2
    assert url("correct", new) not in page
    assert url("inspect", old) in root.get(url("inspect", new)).content.decode()


def test_the_list_tells_the_version_in_force(bob: Client, world: World) -> None:
    correct(date(2026, 6, 1), by=world.user("diane"))
    page = words(bob.get(reverse(f"{SPACE}:list")))
    assert re.search(r"Métropole, version 2 .*? oui 2018 à 2038 30/03/2026 par Diane Arrêté", page)
    assert re.search(r"Métropole, version 1 .*? non 2018 à 2038 05/01/2026 Liste légale", page)


def test_everyone_is_told_of_their_own_organisation_only(
    root: Client, alice: Client, bob: Client, charlie: Client, world: World
) -> None:
    file(world, at=NOW)
    correct(date(2026, 6, 1))
    running = Deadline.objects.pending().count()
    name = world.organisation.name
    pages = {
        who: words(client.get(url("inspect")))
        for who, client in {"root": root, "alice": alice, "bob": bob, "charlie": charlie}.items()
    }
    told = f"{running} échéances en cours ont été comptées avec une version antérieure"
    assert {who for who, page in pages.items() if told in page} == {"root", "alice"}
    assert {who for who, page in pages.items() if name in page} == {"root", "alice", "bob"}
    assert {who for who, page in pages.items() if "Autre Formation" in page} == {"root", "charlie"}
    assert "Aucune échéance en cours n’a été comptée" in pages["charlie"]
    assert "Elles gardent leur date" in pages["bob"]


# The correction.


def test_the_form_lists_the_days_to_take_away(root: Client) -> None:
    page = words(root.get(url("correct")))
    assert "Retirer le vendredi 1er mai : Fête du Travail" in page


def test_the_first_post_only_says_what_will_change(
    post: Callable[..., HttpResponse], world: World
) -> None:
    file(world, at=NOW)
    answer = post()
    page = words(answer)
    assert "Le vendredi 1er mai 2026 ne sera plus férié (Fête du Travail)." in page
    assert "Le lundi 1er juin 2026 sera férié : Fermeture." in page
    assert f"{Deadline.objects.count()} échéances en cours gardent leur date" in page
    assert f"chez Autre Formation et {world.organisation}" in page
    assert "rien n’est encore changé" in page
    assert metropole().version == 1


def test_a_renamed_day_is_announced_as_such(post: Callable[..., HttpResponse]) -> None:
    page = words(post(day_1="2026-05-01", name_1="1er Mai"))
    assert "Le vendredi 1er mai 2026 s’appellera « 1er Mai » au lieu de « Fête du Travail »" in page


def test_the_second_post_does_it(post: Callable[..., HttpResponse], root: Client) -> None:
    old = metropole()
    answer = root.post(url("correct"), hidden(post()))
    new = metropole()
    assert answer["Location"] == url("inspect", new)
    assert (new.version, new.author, new.reason) == (2, "Ruth", "Arrêté du 2 mars")
    assert new.days()[date(2026, 6, 1)] == NAME
    assert date(2026, 5, 1) not in new.days()
    assert date(2026, 5, 1) in old.days()
    assert "la version 2 est en vigueur" in words(root.get(answer["Location"]))


def test_pressed_twice_it_is_done_once(post: Callable[..., HttpResponse], root: Client) -> None:
    sent, where = hidden(post()), url("correct")
    assert [root.post(where, sent).status_code for _ in range(2)] == [302, 409]
    assert metropole().version == 2


@pytest.mark.parametrize(
    "other",
    [
        {"name_1": "Pont"},
        {"day_2": "2026-06-02", "name_2": "Pont"},
        {"removed": []},
        {"reason": "Autre"},
        {"seal": "1"},
        {"seal": ""},
    ],
)
def test_only_what_was_shown_is_confirmed(
    post: Callable[..., HttpResponse], root: Client, other: dict[str, Any]
) -> None:
    answer = root.post(url("correct"), hidden(post()) | other)
    assert "rien n’est encore changé" in words(answer)
    assert metropole().version == 1


def test_what_another_was_shown_is_not_confirmed(
    post: Callable[..., HttpResponse], world: World
) -> None:
    answer = member("planning", "change_calendar").post(url("correct"), hidden(post()))
    assert "rien n’est encore changé" in words(answer)
    assert metropole().version == 1


def test_one_may_go_back_with_all_one_typed(
    post: Callable[..., HttpResponse], root: Client
) -> None:
    sent = hidden(post())
    del sent["seal"]
    check_typed(root.post(url("correct"), sent | {"again": "1"}), 200)


def check_typed(answer: HttpResponse, status: int) -> str:
    """The form again, with all that was typed; its words."""
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'value="{DAY}"' in page
    assert f'value="{NAME}"' in page
    assert 'value="2026-05-01" checked' in page
    assert metropole().days().get(date(2026, 6, 1)) != NAME
    return words(answer)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": " "}, "Champ requis."),
        ({"day_2": DAY, "name_2": "Pont"}, "Le lundi 1er juin 2026 est déjà férié : Fermeture."),
        ({"day_2": "2026-05-08", "name_2": "Pont"}, "Le vendredi 8 mai 2026 est déjà férié"),
        ({"day_2": "2060-01-02", "name_2": "Pont"}, "ne va que de 2018 à 2038"),
        ({"day_2": "le 3 juin", "name_2": "Pont"}, "Saisissez une date valide."),
        ({"day_2": "2026-06-03"}, "Donnez un nom à ce jour."),
        ({"name_2": "Pont"}, "Indiquez aussi le jour."),
        ({"day_2": "2026-06-03", "name_2": "x" * 101}, "au plus 100 caractères"),
        ({"reason": "x" * 301}, "au plus 300 caractères"),
        ({"removed": ["2026-05-01", "2026-05-02"]}, "Sélectionnez un choix valide."),
        ({"removed": ["2026-05-01", "lune"]}, "Sélectionnez un choix valide."),
    ],
)
def test_what_means_nothing_is_said_and_nothing_typed_is_lost(
    post: Callable[..., HttpResponse], given: dict[str, Any], why: str
) -> None:
    page = check_typed(post(**given), 422)
    assert why in page
    assert "Rien n’a été fait" in page


def test_no_change_at_all_is_said(post: Callable[..., HttpResponse]) -> None:
    answer = post(day_1="", name_1="", removed=[])
    assert answer.status_code == 422
    assert "Rien ne change : ajoutez un jour, ou cochez" in words(answer)
    assert "Arrêté du 2 mars" in answer.content.decode()


# Two people at once.


@pytest.mark.parametrize("step", ["first", "confirmed"])
def test_a_version_that_came_meanwhile_is_told_and_nothing_is_lost(
    post: Callable[..., HttpResponse], root: Client, step: str
) -> None:
    old = metropole()
    sent = TYPED | {"seen": old.version} if step == "first" else hidden(post())
    new = correct(date(2026, 6, 3))
    answer = root.post(url("correct", old), sent)
    page = check_typed(answer, 409)
    assert "Une autre version de ce calendrier vient d’entrer en vigueur" in page
    assert metropole() == new
    again = root.post(url("correct", new), TYPED | {"seen": new.version})
    assert "Le lundi 1er juin 2026 sera férié" in words(again)


@pytest.mark.parametrize("seen", [None, "", "0", "99", "x", "9" * 30])
def test_a_post_that_saw_nothing_does_nothing(root: Client, seen: str | None) -> None:
    answer = root.post(url("correct"), TYPED | ({} if seen is None else {"seen": seen}))
    check_typed(answer, 409)


def test_two_who_confirm_at_the_very_same_time_are_not_both_served(
    post: Callable[..., HttpResponse], root: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*args: Any, **kwargs: Any) -> Calendar:
        correct(date(2026, 6, 3))
        return correct_calendar(*args, **kwargs)

    sent = hidden(post())
    monkeypatch.setattr(correction, "correct_calendar", overtaken)
    page = check_typed(root.post(url("correct"), sent), 409)
    assert "Relire la version 2" in page


def test_an_earlier_version_is_not_opened_for_correction(root: Client) -> None:
    old, new = metropole(), correct(date(2026, 6, 1))
    answer = root.get(url("correct", old))
    assert answer["Location"] == url("inspect", new)
    assert "La version 1 n’est plus en vigueur : voici la version 2" in words(
        root.get(answer["Location"])
    )


def test_a_calendar_that_does_not_exist_is_absent(root: Client) -> None:
    for pk in (0, 10**30):
        assert root.get(reverse(f"{SPACE}:correct", args=[pk])).status_code == 404


def test_nothing_typed_is_read_as_html(post: Callable[..., HttpResponse], root: Client) -> None:
    wicked = "<script>alert(1)</script>"
    answer = post(name_1=wicked, reason=wicked)
    assert wicked not in answer.content.decode()
    sent = {name: [unescape(value) for value in values] for name, values in hidden(answer).items()}
    done = root.post(url("correct"), sent)
    assert wicked not in root.get(done["Location"]).content.decode()
    assert metropole().days()[date(2026, 6, 1)] == wicked


# What moves and what does not.


def test_a_dossier_filed_before_keeps_its_date_on_screen(
    post: Callable[..., HttpResponse], root: Client, alice: Client, world: World
) -> None:
    dossier = file(world, at=timezone.now() - timedelta(days=1)).dossier
    before = list(Deadline.objects.order_by("pk").values())
    answer = post()
    root.post(url("correct"), hidden(answer))
    assert list(Deadline.objects.order_by("pk").values()) == before
    page = words(alice.get(reverse("dossiers:inspect", args=[dossier.pk])))
    assert "Métropole, version 1" in page
    assert "Métropole, version 2" not in page


# What it costs.


def cost(ask: Callable[[], HttpResponse]) -> int:
    """How many times our own tables are asked; Wagtail's own are kept by its caches or not."""
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return sum('"complaints_' in query["sql"] for query in captured)


# The page: rights (2), door, row, days, all versions, days before, organisations, dates kept.
@pytest.mark.parametrize(("name", "most"), [("list", 4), ("inspect", 9), ("correct", 6)])
def test_a_screen_costs_the_same_however_many_versions(root: Client, name: str, most: int) -> None:
    for number in range(1, 6):
        correct(date(2026, 6, number))
        where = reverse(f"{SPACE}:list") if name == "list" else url(name)
        assert cost(partial(root.get, where)) == most


def test_a_reader_pays_no_more(alice: Client, world: World) -> None:
    correct(date(2026, 6, 1))
    assert cost(partial(alice.get, url("inspect"))) == 9


def test_showing_what_will_change_costs_the_same_however_much(root: Client) -> None:
    where, little = url("correct"), TYPED | {"seen": 1}
    much = {f"day_{n}": f"2026-06-0{n}" for n in (2, 3, 4)} | {f"name_{n}": NAME for n in (2, 3, 4)}
    found = [cost(partial(root.post, where, data)) for data in (little, little | much)]
    assert found == [8, 8]
