"""What people and editors write stays words: on pages, in mails, on papers, in spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from itertools import chain
from typing import Any
from unicodedata import combining

import pytest
from crispy_forms.utils import render_crispy_form
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from complaints import intake
from complaints.handling.dispatch import ensure_pdf
from complaints.letters.printing import printable
from complaints.models import Dossier, FormVersion, Notice
from complaints.notices import sending
from complaints.register.spreadsheets import FORMULA
from tests import factories
from tests.complaints.intake.samples import posted
from tests.factories import World, play
from tests.guarded import version_with
from tests.hostile import MARK, TEXTS, Page, plain
from tests.pages.conftest import Visitor

pytestmark = pytest.mark.django_db
# Whose own words come first in what is said of a dossier; the others are all answered as well.
LOUD = ("attribute", "marks", "override", "headers", "formula", "long")
FOOT = re.compile(r"(Récépissé|Lettre) .*\s*page\s\d+\s/\s\d+")
SHEET = 595 + 20  # A4, in points, and a little for narrow letters
HOLDS = {"nom": 200, "structure": 200, "objet": 200, "formation": 200}


def questions() -> list[dict[str, Any]]:
    """One for each text: it is asked for in that text’s own words, and answered by it."""
    return [
        {
            "key": f"libre_{name}",
            "kind": "long_text",
            "label": plain(text)[:300],
            "help": text[:2000],
            "max_length": 100_000,
        }
        for name, text in TEXTS.items()
    ] + [{"key": "choisi", "kind": "choice", "label": "Choix", "choices": choices()}]


def choices() -> list[dict[str, str]]:
    texts = (plain(text)[:200].strip() for text in TEXTS.values())
    return [
        {"value": f"v{number}", "label": text}
        for number, text in enumerate(texts)
        if text.isprintable()
    ]


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor()


@pytest.fixture
def version(world: World) -> FormVersion:
    return version_with(world, *questions())


def typed(text: str) -> dict[str, str]:
    """What someone types who gives that text as their name, and all of them further on."""
    hostile = {key: text[:most] for key, most in HOLDS.items()}
    loud = {name: other for name, other in TEXTS.items() if other in (text, other[:1000])}
    asked = {f"libre_{name}": other for name, other in loud.items()}
    return hostile | asked | {"choisi": "v0", "form-version": "2"}


Told = tuple[str, str, list[str]]


def filed_with(world: World, visitor: Visitor, text: str) -> tuple[Dossier, list[Told]]:
    """A dossier, acknowledged and in the register, and the pages of its filing as they were."""
    sent = typed(text)
    begun = visitor.file(**sent, action="review")
    assert begun.status_code == 303, Page(begun.content.decode()).words
    review, words = begun["Location"], [sent["libre_script"], sent["libre_formula"]]
    draft = review.removesuffix("relire/")
    seen = [(page, visitor.get(page).content.decode(), words) for page in (review, draft)]
    receipt = visitor.post(review)["Location"]
    dossier = Dossier.objects.get()
    play(world, dossier, "accuser", "inscrire", at=timezone.now())
    dossier.refresh_from_db()
    return dossier, [*seen, (receipt, visitor.get(receipt).content.decode(), [])]


def words_of(dossier: Dossier) -> list[str]:
    """All that was typed at length."""
    return [words for key, words in dossier.answers.items() if key.startswith("libre_")]


def pages(world: World, visitor: Visitor, dossier: Dossier) -> Iterator[Told]:
    """Each page that tells of it: its address, its HTML, and the texts it must tell."""
    alice = Client()
    alice.force_login(world.user("alice"))
    page, own = f"/suivi/{dossier.reference}/", reverse("dossiers:inspect", args=[dossier.pk])
    yield page, visitor.get(page).content.decode(), words_of(dossier)
    screen = alice.get(own)
    yield own, screen.content.decode(), [dossier.subject, *words_of(dossier)]
    line = reverse("registre_modeladmin_inspect", args=[dossier.register_entry.pk])
    lists = [reverse(name) for name in ("dossiers:list", "registre_modeladmin_index")]
    for address in (line, *lists):
        yield address, alice.get(address).content.decode(), [dossier.subject]
    offered = [reverse("dossiers:move", args=[dossier.pk, m.key]) for m in screen.context["moves"]]
    for address in (*offered, reverse("envois:list"), reverse("wagtailadmin_home")):
        yield address, alice.get(address).content.decode(), []


def wrong_on_pages(told: Iterable[Told]) -> list[str]:
    found = []
    for address, html, texts in told:
        page = Page(html)
        found += [f"{address} : {wrong[:200]}" for wrong in page.wrong]
        found += [f"{address} ne dit pas {text[:80]!r}" for text in texts if not page.tells(text)]
    return found


def wrong_in_mails(dossier: Dossier) -> list[str]:
    found = []
    for notice in Notice.objects.filter(dossier=dossier):
        written = sending._message(notice, None, False).message().as_bytes()
        sent = message_from_bytes(written, policy=policy.default)
        if {"Bcc", "Cc"} & {*sent} or sent.get_all("To") != [notice.to]:
            found.append(f"destinataires de {notice.subject}")
        if len(sent["Subject"].splitlines()) != 1 or sent.get_content_type() != "text/plain":
            found.append(f"en-têtes de {notice.subject}")
    receipt = plain(Notice.objects.get(key=f"receipt:{dossier.pk}").body)
    missing = [text for text in words_of(dossier) if plain(text) not in receipt]
    return found + [f"le récépissé ne dit pas {text[:80]!r}" for text in missing]


def wrong_on_papers(dossier: Dossier) -> list[str]:
    found, told = [], ""
    for letter in dossier.letters.all():
        with ensure_pdf(letter).pdf.open("rb") as pdf:
            reader = PdfReader(pdf)
            found += [f"{letter.number} : {wrong}" for wrong in outside(reader)]
            told += squeezed("".join(FOOT.sub("", page.extract_text()) for page in reader.pages))
    missing = [text for text in words_of(dossier) if squeezed(printable(text)) not in told]
    return found + [f"le papier ne dit pas {text[:80]!r}" for text in missing]


def squeezed(text: str) -> str:
    """Without its spaces: a line breaks where it must; a page ends in the middle of a text."""
    return "".join("".join(text.split()).split("\u00a0"))


def outside(reader: PdfReader) -> list[str]:
    """What sticks out of the sheet: it begins on it, and its letters are of a usual width."""
    found: list[str] = []

    def measure(text: str, cm: list, tm: list, _font: Any, size: float) -> None:
        drawn = max((sum(not combining(c) for c in line) for line in text.splitlines()), default=0)
        width = drawn * size * tm[0] * cm[0] * 0.4
        if tm[4] * cm[0] + cm[4] + width > SHEET:
            found.append(f"dépasse de la feuille : {text[:80]!r} ({drawn} lettres)")

    for page in reader.pages:
        page.extract_text(visitor_text=measure)
    return found


def wrong_in_exports(world: World) -> list[str]:
    alice, found = Client(), []
    alice.force_login(world.user("alice"))
    for name in ("dossiers:list", "envois:list", "registre_modeladmin_index"):
        for kind in ("csv", "xlsx"):
            answer = alice.get(reverse(name), {"export": kind})
            content = answer.getvalue() if answer.streaming else answer.content
            if content.startswith(b"PK"):
                sheet = load_workbook(io.BytesIO(content)).active
                cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
                found += [f"{name} {kind} : {c.value!r}" for c in cells if c.data_type == "f"]
            elif answer["Content-Type"].startswith("text/csv"):
                rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
                cells = [cell for row in rows for cell in row]
                found += [f"{name} {kind} : {c[:80]!r}" for c in cells if FORMULA.match(c)]
            if name.startswith("registre"):
                told = content.startswith(b"PK") or any(MARK in cell for cell in cells)
                found += [] if told else [f"{name} {kind} : le texte n’y est pas"]
    return found


@pytest.mark.parametrize("name", LOUD)
def test_what_a_visitor_writes_is_words_and_nothing_else_wherever_it_goes(
    world: World, other_world: World, version: FormVersion, visitor: Visitor, name: str
) -> None:
    dossier, filing = filed_with(world, visitor, TEXTS[name])
    found = wrong_on_pages(chain(filing, pages(world, visitor, dossier)))
    found += wrong_in_mails(dossier) + wrong_on_papers(dossier) + wrong_in_exports(world)
    assert not found, "\n".join(found)


def test_what_an_editor_writes_is_words_on_the_public_form(
    version: FormVersion, visitor: Visitor
) -> None:
    page = Page(visitor.get("/").content.decode())
    assert not page.wrong
    labels = [question["label"] for question in questions()]
    proposed = [choice["label"] for choice in choices()]
    assert not [text for text in (*labels, *proposed) if not page.tells(text)]


def test_a_null_byte_is_refused_in_a_sentence_and_nothing_else_is_lost(
    version: FormVersion, visitor: Visitor
) -> None:
    answer = visitor.file(**{"form-version": "2"}, objet="a\x00b", libre_script="a\x00b")
    page = Page(answer.content.decode())
    assert answer.status_code == 422
    assert page.tells("« En une phrase, de quoi s’agit-il ? » contient un caractère nul")
    assert page.tells(factories.ANSWERS["faits"])
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("text", ["\ud83d seul", "a\x00b"], ids=["half a character", "nul"])
def test_what_no_database_keeps_is_refused_whoever_sends_it(
    version: FormVersion, text: str
) -> None:
    """Half of a character comes from a program: a browser sends whole ones."""
    data = factories.ANSWERS | {"deja": "yes", "libre_script": text, "objet": text}
    form = intake.build_form(version.parsed())(data=posted(data), files=posted({}))
    assert set(form.errors) == {"objet", "libre_script"}
    assert render_crispy_form(form).encode()


def test_a_million_letters_are_refused_in_a_sentence_and_given_back(visitor: Visitor) -> None:
    answer = visitor.file(faits="e" * 1_000_000, **{"form-version": "1"})
    page = Page(answer.content.decode())
    assert answer.status_code == 422
    assert page.tells("compte 1 000 000 caractères et la limite est de")
    assert page.tells("e" * 1_000_000)
