"""The small forms of a visitor, to open a dossier, a draft, to write: crispy shows them too."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse

from complaints.models import Dossier
from tests.factories import World
from tests.pages.conftest import Visitor

PAGES = Path(settings.BASE_DIR) / "templates" / "pages"
# What a person fills in; a button is no question.
WRITTEN = re.compile(r"<(?:textarea|select|input(?![^>]*type=\"hidden\"))\b")
# What is no question: marks of the page, a file to keep or not, words to copy, a robot’s box.
OWN = {"page_marks.html", "draft_files.html", "kept_files.html", "guard.html", "typed.html"}


def forms(response: HttpResponse) -> list[str]:
    return re.findall(r"<form\b.*?</form>", response.content.decode(), flags=re.S)


@pytest.mark.parametrize("address", ["/", "/suivi/", "/reprendre/"])
def test_a_form_has_its_questions_and_one_token(
    world: World, visitor: Visitor, address: str
) -> None:
    asked = [form for form in forms(visitor.get(address)) if WRITTEN.search(form)]
    assert asked
    assert all(form.count("csrfmiddlewaretoken") == 1 for form in asked)


def test_each_thing_to_do_has_its_own_form(followed: Dossier, visitor: Visitor) -> None:
    page = visitor.get(f"/suivi/{followed.reference}/")
    tasks = [form for form in forms(page) if 'name="seen"' in form]
    assert len(tasks) > 1
    assert all(form.count("csrfmiddlewaretoken") == 1 for form in tasks)
    [message] = [form for form in tasks if 'name="body"' in form]
    assert 'type="file"' in message


def test_no_page_writes_a_question_by_itself() -> None:
    """Whatever a visitor fills in goes through crispy and its one template for a question."""
    files = {path.name: path.read_text() for path in PAGES.rglob("*.html")}
    by_hand = {name for name, html in files.items() if WRITTEN.search(html)}
    assert by_hand <= OWN, by_hand - OWN
    filled_in = {name for name, html in files.items() if "{% crispy" in html}
    assert filled_in == {"dossier.html", "filling_body.html", "resume.html", "tracking.html"}
