"""Two people write one form: nobody's words go without being told, and the history keeps them."""

from typing import Any

import pytest
from django.test import Client

from complaints.desk.forms.editor import OVERTAKEN
from complaints.models import Form
from tests.complaints.desk.conftest import words
from tests.complaints.desk.test_editing import space
from tests.doors import FORM
from tests.factories import World
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def form(world: World) -> Form:
    return Form.objects.get(pk=world.page.form_id)


def saved_by_itself(client: Client, form: Form, **more: Any) -> dict[str, Any]:
    """What the editor sends half a second after each word, and the answer."""
    url = space(Form, "edit", form.pk)
    return client.post(url, as_posted(form, *FORM) | more, headers=JSON).json()


def test_whoever_was_overtaken_is_told_what_saving_would_do(
    bob: Client, form: Form, world: World
) -> None:
    loaded = form.save_revision()
    seen = {"loaded_revision_id": loaded.pk, "loaded_revision_created_at": loaded.created_at}
    form.save_revision(user=world.user("diane"))
    answer = saved_by_itself(bob, form, **seen)
    assert (answer["success"], answer["error_message"]) == (False, OVERTAKEN)
    assert "l’autre resterait dans l’historique" in OVERTAKEN


def test_the_draft_of_the_other_stays_in_the_history(bob: Client, form: Form, world: World) -> None:
    form.title = "Les mots de Diane"
    theirs = form.save_revision(user=world.user("diane"))
    form.title = "Les mots de Bob"
    bob.post(space(Form, "edit", form.pk), as_posted(form, *FORM))
    form.refresh_from_db()
    assert form.get_latest_revision().content["title"] == "Les mots de Bob"
    assert form.revisions.get(pk=theirs.pk).content["title"] == "Les mots de Diane"


def test_what_is_saved_by_itself_again_and_again_is_one_row_of_the_history(
    bob: Client, form: Form
) -> None:
    def rows() -> int:
        return words(bob.get(space(Form, "history", form.pk))).count("Modifié")

    before = rows()
    first = saved_by_itself(bob, form)
    for title in ("Un", "Une plainte", "Une plainte simple"):
        form.title = title
        answer = saved_by_itself(bob, form, overwrite_revision_id=first["revision_id"])
        assert answer["revision_id"] == first["revision_id"]
    assert rows() == before + 1
    form.title = "Autre brouillon"
    saved_by_itself(bob, form)
    assert rows() == before + 2
