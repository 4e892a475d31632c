"""Who passes which door: seven people before every address of ours; the matrix is in `doors`."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from complaints.api.public import router
from complaints.models import Dossier
from tests.doors import MATRIX, followed, handled, lettered, moved
from tests.factories import ANSWERS, OTHER_HOST, World
from tests.people import PEOPLE, RECUSED, Scene, everything, outcome, set_the_scene, undone

pytestmark = pytest.mark.django_db
OURS = ("complaints", "pages")


@pytest.fixture
def scene(world: World, other_world: World) -> Scene:
    return set_the_scene(world, other_world)


def ask(client: Client, verb: str, name: str, scene: Scene, **extra: Any) -> str:
    """What that address answers, in one word."""
    where = MATRIX[name].where(scene)
    address = reverse(name, args=where.pop("args", None), kwargs=where)
    data = MATRIX[name].data(scene) if verb == "POST" else {}
    return outcome(getattr(client, verb.lower())(address, data, **extra))


@pytest.mark.parametrize("name", MATRIX)
def test_each_passes_where_they_should_and_a_refusal_changes_nothing(
    scene: Scene, name: str
) -> None:
    before, found, changed = everything(), {"GET": {}, "POST": {}}, set()
    for verb, words in found.items():
        for person in PEOPLE:
            with undone():
                words[person] = ask(scene.browser(person), verb, name, scene)
                changed |= {(verb, person)} if everything() != before else set()
    assert found == MATRIX[name].expected()
    done = {("POST", person) for person, word in found["POST"].items() if word == "done"}
    read = {("GET", person) for person, word in found["GET"].items() if word == "ok"}
    assert changed - read == (done if MATRIX[name].writes else set())


def test_a_post_without_its_token_is_refused_and_changes_nothing(scene: Scene) -> None:
    before = everything()
    doors = [
        (name, person)
        for name, row in MATRIX.items()
        for person, word in row.expected()["POST"].items()
        if word in ("done", "ok")
    ]
    browsers = {person: scene.browser(person, checked=True) for person in PEOPLE}
    found = {(name, who): ask(browsers[who], "POST", name, scene) for name, who in doors}
    assert found == dict.fromkeys(doors, "refused")
    assert everything() == before


def test_every_address_of_ours_has_its_row() -> None:
    ours = {name for name, view in addresses(get_resolver()) if is_ours(view)}
    ours |= {
        f"wagtailapi_v3:{operation.url_name}"
        for shared in router.path_operations.values()
        for operation in shared.operations
    }
    assert ours - MATRIX.keys() == set()
    assert MATRIX.keys() <= ours


def addresses(resolver: Any, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every address of the site, by its whole name, and its view."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or str(one.pattern)]), one.callback
        else:
            yield from addresses(one, (*spaces, one.namespace) if one.namespace else spaces)


def is_ours(view: Any) -> bool:
    """Written by us, or a screen of Wagtail's about one of our nouns."""
    while view is not None:
        settings = getattr(view, "view_initkwargs", {})
        about = (
            getattr(view, "view_class", None),
            getattr(view, "__self__", None),
            getattr(getattr(view, "__self__", None), "model", None),
            settings.get("model"),
            settings.get("model_class"),
        )
        homes = [view.__module__, *(getattr(one, "__module__", "") for one in about)]
        if any(home.split(".")[0] in OURS for home in homes):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_no_move_of_the_procedure_is_a_way_in(scene: Scene) -> None:
    before = everything()
    for move in scene.dossier.rules.moves:
        for person in ("bob", "charlie", "eve", RECUSED):
            browser = scene.browser(person)
            for name, where in (("dossiers:move", handled), ("pages:move", followed)):
                address = reverse(name, kwargs=where(scene) | {"move": move.key})
                answer = outcome(browser.post(address, {"seen": scene.seen}))
                assert answer in ("absent", "login"), (person, address, answer)
    assert everything() == before


@pytest.mark.parametrize("person", ["dora", "alice"])
def test_a_move_that_is_not_theirs_is_refused(scene: Scene, person: str) -> None:
    """Neither the complainant decides, nor a moderator does what only the direction may."""
    before = everything()
    name, where, key = {
        "dora": ("pages:move", followed, "decider"),
        "alice": ("dossiers:move", handled, "rouvrir"),
    }[person]
    address = reverse(name, kwargs=where(scene) | {"move": key})
    data = {"seen": scene.seen, "outcome": "favourable", "decision": "Oui.", "reason": "Oui."}
    assert outcome(scene.browser(person).post(address, data)) == "conflict"
    assert everything() == before


def test_on_the_site_of_b_the_dossier_does_not_exist(scene: Scene) -> None:
    before, browser, found = everything(), scene.browser("dora"), {}
    for name, row in MATRIX.items():
        if row.where in (followed, moved, lettered):
            for verb in ("GET", "POST"):
                found[name, verb] = ask(browser, verb, name, scene, headers={"host": OTHER_HOST})
    assert set(found.values()) == {"absent", "readonly"}
    assert everything() == before


FORGED = [
    {"code": "AAAAA-AAAAA-AAAAA-AAAAA"},
    {"code": "\u0000"},
    {"reference": "CS-2026-9999"},
    {"reference": "AF-2026-0001"},
    {"reference": "' OR 1=1 --"},
]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: repr(forged))
def test_a_forged_number_or_code_opens_nothing(scene: Scene, forged: dict[str, str]) -> None:
    before, browser = everything(), scene.browser("eve")
    data = followed(scene) | {"code": scene.code} | forged
    assert outcome(browser.post(reverse("pages:tracking"), data)) in ("absent", "invalid")
    assert ask(browser, "GET", "pages:dossier", scene) == "absent"
    assert everything() == before


def test_a_dossier_of_b_answers_as_one_that_does_not_exist(scene: Scene) -> None:
    """A stranger cannot even tell that a number is taken."""
    browser = scene.browser("charlie")
    taken = browser.get(reverse("dossiers:inspect", args=[scene.dossier.pk]))
    free = browser.get(reverse("dossiers:inspect", args=[Dossier.objects.latest("pk").pk + 1]))
    assert (taken.status_code, taken.content) == (free.status_code, free.content)


def test_who_is_recused_finds_no_door_of_that_dossier(scene: Scene) -> None:
    """Where another moderator passes, and neither an editor nor another organisation (IH-30)."""
    before, browser = everything(), scene.browser(RECUSED)
    doors = [
        (name, verb)
        for name, row in MATRIX.items()
        for verb, words in row.expected().items()
        if words["alice"] != "absent" and {words["bob"], words["charlie"]} == {"absent"}
    ]
    known = {"dossiers:inspect", "dossiers:attachment", "envois:retry"}
    assert known <= {name for name, _verb in doors}
    found = {(name, verb): ask(browser, verb, name, scene) for name, verb in doors}
    assert found == dict.fromkeys(doors, "absent")
    assert everything() == before


@pytest.mark.parametrize(
    ("person", "may_know"),
    [("alice", True), ("bob", False), ("fred", False), ("eve", False), (RECUSED, False)],
)
def test_no_screen_of_the_site_tells_a_stranger_of_the_dossier(
    scene: Scene, person: str, may_know: bool
) -> None:
    """Wagtail's own reports, searches, choosers and histories included."""
    told, browser = [], scene.browser(person)
    browser.raise_request_exception = False  # one address of Wagtail's is there to fail
    for address in lists():
        with undone():
            answer = browser.get(address, {"q": ANSWERS["objet"]}, follow=True)
            text = answer.getvalue().decode(errors="replace")
            told += [address for secret in SECRETS if secret in text]
    assert bool(told) == may_know, told


def lists() -> list[str]:
    """The addresses that name nothing in particular."""
    found = []
    for name, _view in addresses(get_resolver()):
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return found


SECRETS = (ANSWERS["nom"], ANSWERS["courriel"], ANSWERS["faits"])
