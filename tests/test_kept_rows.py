"""What a test wrote for good is undone: the next one finds the rows it counts on."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from wagtail.models import Page

from tests.factories import World
from tests.kept_rows import KeptRows


def everything() -> str:
    return connection.creation.serialize_db_to_string()


def found() -> list[int]:
    return sorted(page.pk for page in Page.objects.search("introuvable", fields=["title"]))


@pytest.mark.django_db(transaction=True)
def test_what_is_added_changed_and_removed_is_put_back(world: World) -> None:
    kept, before = KeptRows(), everything()
    get_user_model().objects.create_user("passant")
    world.page.title = "Page introuvable"
    world.page.save()
    Permission.objects.all().delete()
    assert everything() != before
    assert found() == [world.page.pk]
    kept.put_back()
    assert everything() == before
    assert found() == []
