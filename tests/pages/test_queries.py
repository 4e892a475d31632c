"""What the visitor's pages cost: the same with no dossier and with fifty."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext

from complaints.models import Dossier, Form
from pages import rendered
from pages.documents import make_document
from tests.factories import World, file, let_in
from tests.pages.conftest import Visitor, photo
from tests.pages.stepping import RECLAMATION, VOUS, begin, marks, press, to_review, turn


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
    """It is kept: the rows that it says are looked at, and the sites."""
    make_document(world.page.pk)
    visitor.get("/")
    with counted(2) as before:
        visitor.get("/")
    fifty()
    with counted(2) as after:
        visitor.get("/")
    assert before == after


def test_drawing_the_page(
    world: World, visitor: Visitor, fifty: Callable[[], None], drawn: list[HttpRequest]
) -> None:
    make_document(world.page.pk)
    with counted(14) as before:
        visitor.get("/")
    fifty()
    rendered.forget_all()
    with counted(14) as after:
        visitor.get("/")
    assert (before, len(drawn)) == (after, 2)


def test_filing(visitor: Visitor, fifty: Callable[[], None]) -> None:
    visitor.file()
    with counted(25) as before:
        Visitor().file()
    fifty()
    with counted(25) as after:
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


def test_the_steps_of_a_filing(stepped: Form, visitor: Visitor, fifty: Callable[[], None]) -> None:
    fifty()
    second = begin(visitor)
    pieces, review = second.replace("reclamation", "pieces"), f"{second[:-18]}relire/"
    turn(visitor, pieces, "save", pieces=[photo("un.png"), photo("deux.png", b"")])
    for address, most in ((second, 7), (pieces, 7), (review, 7)):
        with counted(most):
            assert visitor.get(address).status_code == 200
    page = visitor.get(second)
    for action, most in (("auto", 6), ("save", 6), ("next", 8)):
        with counted(most):
            assert press(visitor, second, page, action, **RECLAMATION).status_code in (200, 303)


def test_beginning_and_sending(stepped: Form, visitor: Visitor, fifty: Callable[[], None]) -> None:
    fifty()
    typed = marks(visitor.get("/")) | let_in() | VOUS | {"action": "next"}
    with counted(16):
        second = visitor.post("/", typed)["Location"]
    review = to_review(visitor, second)
    with counted(26):
        assert visitor.post(review).status_code == 303
