"""What the visitor's pages cost: the same with no dossier and with fifty."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Dossier
from pages.documents import make_document
from tests.factories import World, file
from tests.pages.conftest import Visitor


@contextmanager
def counted(most: int) -> Iterator[list[int]]:
    """The queries made inside, which may be at most so many."""
    count: list[int] = []
    with CaptureQueriesContext(
        connection,
    ) as captured:
        yield count
    lines = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    count.append(len(lines))
    assert len(lines) <= most, "\n".join(line[:120] for line in lines)


@pytest.fixture
def fifty(world: World) -> Callable[[], None]:
    def file_them() -> None:
        for number in range(50):
            file(world, objet=f"Réclamation {number}")

    return file_them


def test_reading_the_page(world: World, visitor: Visitor, fifty: Callable[[], None]) -> None:
    make_document(world.page.pk)
    visitor.get("/")
    with counted(10) as before:
        visitor.get("/")
    fifty()
    with counted(10) as after:
        visitor.get("/")
    assert before == after


def test_filing(visitor: Visitor, fifty: Callable[[], None]) -> None:
    visitor.file()
    with counted(50) as before:
        Visitor().file()
    fifty()
    with counted(50) as after:
        Visitor().file()
    assert before == after


def test_following(
    world: World, visitor: Visitor, followed: Dossier, fifty: Callable[[], None]
) -> None:
    address = f"/suivi/{followed.reference}/"
    visitor.get(address)
    with counted(12) as before:
        visitor.get(address)
    fifty()
    with counted(12) as after:
        visitor.get(address)
    assert before == after
