"""What an editor of a procedure page may choose: what is their own organisation's, and no more."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from pages.models import OTHER_ORGANISATION, ProcedurePage, ProcedurePageForm
from tests.factories import World


def form_of(world: World, user: Any, **chosen: Any) -> ProcedurePageForm:
    """The two choices of the editor, as they are posted."""
    names = {"fields": ["procedure", "form"], "formsets": []}
    model = type("Meta", (), {"model": ProcedurePage, **names})
    two_choices = type("TwoChoices", (ProcedurePageForm,), {"Meta": model})
    given = {"procedure": world.page.procedure.pk, "form": world.page.form.pk} | chosen
    return two_choices(given, instance=world.page, for_user=user)


@pytest.mark.parametrize("login", ["bob", "diane"])
def test_an_editor_chooses_among_their_own(world: World, other_world: World, login: str) -> None:
    assert form_of(world, world.user(login)).errors == {}


@pytest.mark.parametrize("field", ["procedure", "form"])
def test_what_another_organisation_wrote_is_not_a_choice(
    world: World, other_world: World, field: str
) -> None:
    foreign = getattr(other_world.page, field).pk
    assert field in form_of(world, world.user("bob"), **{field: foreign}).errors


def test_a_page_never_mixes_two_organisations(world: World, other_world: World) -> None:
    root = get_user_model().objects.create_superuser("root", "root@exemple.example", "root")
    mixed = form_of(world, root, form=other_world.page.form.pk)
    assert mixed.errors == {"form": [OTHER_ORGANISATION]}
