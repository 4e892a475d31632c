"""What a condition reads and is no longer in the form is called as it was, never by its key."""

from copy import deepcopy
from typing import Any

import pytest

from complaints.models import Form
from complaints.models.form_former import former_labels
from complaints.models.unpublishable import Unpublishable
from tests.complaints.models.test_form_definition import question
from tests.factories import World

pytestmark = pytest.mark.django_db
TWO = [{"value": "v_1", "label": "Avant la session"}, {"value": "v_2", "label": "Après"}]


@pytest.fixture
def form(world: World) -> Form:
    """Published: a choice, a question and a part that read it."""
    form = Form.objects.get(pk=world.page.form_id)
    definition = form.definition()
    test = {"field": "moment", "is": ["v_1"]}
    definition["sections"][0]["fields"] += [
        question("moment", "choice", label="À quel moment", choices=TWO),
        question("session", "text", label="Quelle session", show_if=test),
    ]
    later = {"key": "suite", "title": "La suite", "help": "", "show_if": test}
    definition["sections"].append(later | {"fields": [question("plus", "text")]})
    form.write(definition)
    form.save_revision().publish()
    return Form.objects.get(pk=form.pk)


def without(form: Form, key: str) -> dict[str, Any]:
    definition = deepcopy(form.definition())
    first = definition["sections"][0]
    first["fields"] = [one for one in first["fields"] if one["key"] != key]
    return definition


def said(form: Form) -> list[str]:
    return [str(problem).replace("\u00a0", " ") for problem in form.problems()]


GONE = "la condition porte sur « À quel moment », qui n’existe plus."


def test_a_question_that_was_published_is_named(form: Form) -> None:
    form.write(without(form, "moment"))
    assert said(form) == [
        f"Partie « Vous », question « Quelle session » : {GONE}",
        f"Partie « La suite » : {GONE}",
    ]
    with pytest.raises(Unpublishable, match="À quel moment"):
        form.save_revision().publish()


def test_a_question_that_only_a_draft_had_is_named(form: Form) -> None:
    definition = form.definition()
    [last] = definition["sections"][-1]["fields"]
    definition["sections"][-1]["fields"] = [
        question("jamais", "yes_no", label="Jamais publiée"),
        last | {"show_if": {"field": "jamais", "is": [True]}},
    ]
    form.write(definition)
    form.save_revision()
    definition["sections"][-1]["fields"].pop(0)
    form.write(definition)
    [problem] = said(form)
    assert problem.endswith("« Jamais publiée », qui n’existe plus.")


def test_an_answer_that_is_no_longer_proposed_is_named(form: Form) -> None:
    definition = form.definition()
    definition["sections"][0]["fields"][-2]["choices"] = TWO[1:]
    form.write(definition)
    lost = "la condition attend « Avant la session », qui n’est plus une réponse à"
    assert all(lost in sentence for sentence in said(form))
    assert len(said(form)) == 2


def test_what_no_draft_had_keeps_its_key(form: Form) -> None:
    definition = without(form, "session")
    definition["sections"][-1]["show_if"] = {"field": "lune", "answered": True}
    form.write(definition)
    [problem] = said(form)
    assert "« lune », qui n’existe pas" in problem


def test_a_form_that_lost_nothing_is_not_looked_up(
    form: Form, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert former_labels(form, form.definition()) == {}
    definition = without(form, "moment")
    with django_assert_num_queries(1):
        assert list(former_labels(form, definition).values()) == ["À quel moment"]
