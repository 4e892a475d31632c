"""« Dépublier » a form says, before it is done, which pages will no longer ask it."""

import pytest
from django.test import Client

from complaints.models import Form
from tests.complaints.desk.conftest import words
from tests.complaints.desk.test_editing import space
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_who_unpublishes_reads_which_pages_will_say_so(bob: Client, world: World) -> None:
    url = space(Form, "unpublish", world.page.form_id)
    asked = words(bob.get(url))
    assert "plus personne ne peut commencer à le remplir" in asked
    assert "À sa place, cette page dira comment vous joindre autrement : Réclamations" in asked
    assert "Ce(tte)" not in asked
    world.page.unpublish()
    assert "Aucune page en ligne ne le montre." in words(bob.get(url))
