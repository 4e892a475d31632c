"""No address of Wagtail's screens, old or new, leads to the rows of another organisation."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from complaints.models import (
    Attachment,
    Dossier,
    Event,
    Form,
    Letter,
    Measure,
    Message,
    Notice,
    Organisation,
    Procedure,
    RegisterEntry,
)
from tests.factories import WHOLE_LIFE, World, file, paris, play
from tests.people import undone

pytestmark = pytest.mark.django_db
OURS = [Dossier, Notice, Procedure, Form, Organisation]
# What the addresses of a snippet ask for besides the row itself.
OTHER_ARGUMENTS = {
    "revision_id": 1,
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "action_name": "approve",
    "task_state_id": 1,
    "task_id": 1,
    "workflow_state_id": 1,
    "move": "accuser",
    "number": 1,
    "attachment": 1,
    "letter": 1,
}


def object_addresses() -> Iterator[tuple[type, str, str, list[str]]]:
    """Each address about one row of ours: its model, its whole name, what it asks for."""
    for space, resolver in _spaces(get_resolver()):
        for model in OURS:
            if space == model.snippet_viewset.url_namespace:
                for pattern in resolver.url_patterns:
                    arguments = list(pattern.pattern.regex.groupindex) or list(
                        pattern.pattern.converters
                    )
                    if "pk" in arguments:
                        yield model, f"{space}:{pattern.name}", pattern.name, arguments


def _spaces(resolver: Any) -> Iterator[tuple[str, Any]]:
    for one in resolver.url_patterns:
        if not isinstance(one, URLPattern):
            if one.namespace:
                yield one.namespace, one
            yield from _spaces(one)


ADDRESSES = [(model, name, arguments) for model, name, _, arguments in object_addresses()]


@pytest.fixture
def theirs(world: World, other_world: World) -> Callable[[type], Any]:
    """`theirs(model)` is a row of organisation A; a dossier is made when asked for, as it costs."""

    @cache
    def dossier() -> Dossier:
        at = paris("2026-03-30 09:00")
        return play(world, file(world, at=at).dossier, *WHOLE_LIFE, at=at)

    rows = {
        Dossier: dossier,
        Notice: lambda: dossier().notices.first(),
        Procedure: lambda: world.page.procedure,
        Form: lambda: world.page.form,
        Organisation: lambda: world.organisation,
    }
    return lambda model: rows[model]()


@pytest.fixture
def charlie_does_all(log_in: Callable[[str], Client], other_world: World) -> Client:
    """Charlie moderates, writes and directs organisation B."""
    for role in other_world.organisation.roles.all():
        other_world.user("charlie").groups.add(role.group)
    return log_in("charlie")


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("model", OURS)
def test_a_foreign_row_does_not_exist(
    charlie_does_all: Client, theirs: Callable[[type], Any], model: type, verb: str
) -> None:
    known, found = OTHER_ARGUMENTS | {"pk": theirs(model).pk}, {}
    for name, arguments in ((name, needed) for of, name, needed in ADDRESSES if of is model):
        address = reverse(name, kwargs={argument: known[argument] for argument in arguments})
        with undone():
            found[name] = getattr(charlie_does_all, verb)(address, {"seen": 1}).status_code
    assert found
    assert found == dict.fromkeys(found, 404)


def test_the_walk_meets_the_addresses_it_should() -> None:
    names = {name.rpartition(":")[2] for _model, name, _arguments in ADDRESSES}
    expected = {"inspect", "move", "note", "assign", "attachment", "letter", "retry", "edit"}
    assert expected | {"usage", "history", "unpublish", "revisions_compare"} <= names
    assert {model for model, _name, _arguments in ADDRESSES} == set(OURS)


@pytest.mark.parametrize("model", [Procedure, Form])
@pytest.mark.parametrize("view", ["choose", "choose_results", "chosen_multiple"])
def test_choosers_offer_ones_own_rows_only(
    charlie_does_all: Client,
    other_world: World,
    theirs: Callable[[type], Any],
    model: type,
    view: str,
) -> None:
    space = f"wagtailsnippetchoosers_complaints_{model._meta.model_name}"
    mine = model.objects.get(organisation=other_world.organisation)
    address = reverse(f"{space}:{view}") + f"?id={theirs(model).pk}&id={mine.pk}"
    page = charlie_does_all.get(address).content.decode()
    assert "Autre Formation" in page
    assert "Connect" not in page


@pytest.mark.parametrize("model", [Procedure, Form])
def test_a_foreign_row_cannot_be_chosen(
    charlie_does_all: Client, theirs: Callable[[type], Any], model: type
) -> None:
    space = f"wagtailsnippetchoosers_complaints_{model._meta.model_name}"
    address = reverse(f"{space}:chosen", args=[theirs(model).pk])
    assert charlie_does_all.get(address).status_code == 404


@pytest.mark.parametrize("model", [Dossier, Notice, Organisation])
def test_what_nobody_chooses_has_no_chooser(model: type) -> None:
    spaces = dict(_spaces(get_resolver()))
    assert f"wagtailsnippetchoosers_complaints_{model._meta.model_name}" not in spaces


@pytest.mark.parametrize("model", OURS)
@pytest.mark.parametrize("person", ["alice", "charlie", "admin"])
def test_nothing_is_deleted_by_the_handful_nor_named_there(
    log_in: Callable[[str], Client], theirs: Callable[[type], Any], model: type, person: str
) -> None:
    if person == "admin":
        get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    names = (model._meta.app_label, model._meta.model_name, "delete")
    address = reverse("wagtail_bulk_action", args=names) + f"?id={theirs(model).pk}"
    for verb in ("get", "post"):
        assert getattr(log_in(person), verb)(address).status_code == 404
    assert model.objects.filter(pk=theirs(model).pk).exists()


@pytest.mark.parametrize("action", ["add", "change", "delete"])
@pytest.mark.parametrize(
    "model", [Dossier, Event, RegisterEntry, Notice, Letter, Message, Attachment, Measure]
)
def test_no_screen_lets_even_a_superuser_write_what_is_proof(
    db: None, model: type, action: str
) -> None:
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    policy = policy_registry.get_by_type(model)
    assert not policy.user_has_permission(admin, action)
    assert not policy.users_with_permission(action).exists()


def test_a_superuser_sees_every_organisation(
    world: World, other_world: World, theirs: Callable[[type], Any]
) -> None:
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    policy = policy_registry.get_by_type(Dossier)
    assert theirs(Dossier) in policy.instances_user_has_permission_for(admin, "view")
    assert policy.user_has_permission_for_instance(admin, "view", theirs(Dossier))


@pytest.mark.parametrize("model", [Dossier, Event, Letter, Notice, RegisterEntry])
def test_a_policy_shows_the_rows_of_ones_own_organisation(
    world: World, other_world: World, theirs: Callable[[type], Any], model: type
) -> None:
    policy = policy_registry.get_by_type(model)
    theirs(Dossier)
    row = model.objects.first()
    for login, sees in {"alice": True, "diane": True, "bob": False, "charlie": False}.items():
        user = world.user(login)
        rows = policy.instances_user_has_permission_for(user, "view")
        assert (row in rows) is sees
        assert policy.user_has_permission_for_instance(user, "view", row) is sees
        assert not policy.user_has_permission_for_instance(user, "change", row)


def test_who_sees_dossiers_is_known_to_the_policy(world: World, other_world: World) -> None:
    users = policy_registry.get_by_type(Dossier).users_with_permission("view")
    assert {"alice", "diane", "charlie"} <= {user.username for user in users}
    assert "bob" not in {user.username for user in users}


def test_every_snippet_of_ours_has_a_menu_of_its_own(alice: Client) -> None:
    models = [m for m in get_snippet_models() if m._meta.app_label == "complaints"]
    assert all(model.snippet_viewset.get_menu_item_is_registered() for model in models)
    page = alice.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailsnippets:index") not in page
