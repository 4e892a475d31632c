"""What is not for all eyes is on no other screen, in no mail, on no paper, in no exported file."""

from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse, reverse_lazy
from django.utils import timezone
from pypdf import PdfReader

from complaints.handling.digests import send_digests
from complaints.handling.dispatch import ensure_pdf
from complaints.models import Dossier, Letter, Notice
from tests import guarded
from tests.factories import World
from tests.guarded import CERTIFICATE, RESERVED, SENSITIVE, guarded_submission
from tests.people import Scene, set_the_scene, undone
from tests.test_access import addresses

pytestmark = pytest.mark.django_db
SECRETS = (SENSITIVE, RESERVED, CERTIFICATE)
# Where they are kept, and nowhere else: the answers, the sealed journal, the name of the file.
KEPT = {
    "complaints_dossier": {SENSITIVE, RESERVED},
    "complaints_event": {SENSITIVE, RESERVED},
    "complaints_attachment": {CERTIFICATE},
}
IN_THE_DOSSIER = "réponse donnée, lisible dans votre dossier"


@pytest.fixture
def scene(world: World, other_world: World) -> Scene:
    return set_the_scene(world, other_world, guarded_submission(world))


def told(response: HttpResponseBase) -> set[str]:
    """The secrets that an answer tells, a spreadsheet unzipped and a paper read."""
    content = response.getvalue() if response.streaming else response.content
    text = content.decode(errors="replace")
    if content.startswith(b"PK"):
        archive = ZipFile(BytesIO(content))
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    if b"%%EOF" in content:  # a whole paper
        text = text_of(content)
    return {secret for secret in SECRETS if secret in text}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def told_at(browser: Client, addresses: Iterable[str]) -> dict[str, set[str]]:
    """Each of these addresses that tells a secret to that person."""
    browser.raise_request_exception = False  # one address of Wagtail's is there to fail
    found = {}
    for address in addresses:
        with undone():
            found[address] = told(browser.get(address, follow=True))
    return {address: secrets for address, secrets in found.items() if secrets}


def of_the_dossier(scene: Scene) -> list[str]:
    files = [address_of(scene, "attachment", file.pk) for file in scene.dossier.attachments.all()]
    letters = [address_of(scene, "letter", letter.pk) for letter in scene.dossier.letters.all()]
    moves = [address_of(scene, "move", move.key) for move in scene.dossier.rules.moves]
    others = [address_of(scene, name) for name in ("inspect", "note", "assign")]
    line = reverse("registre_modeladmin_inspect", args=[scene.dossier.register_entry.pk])
    return [*others, *moves, *letters, *files, line]


def address_of(scene: Scene, name: str, *arguments: object) -> str:
    return reverse(f"dossiers:{name}", args=[scene.dossier.pk, *arguments])


EXPORTS = [
    f"{reverse_lazy(name)}?export={kind}"
    for name in ("dossiers:list", "envois:list", "registre_modeladmin_index")
    for kind in ("csv", "xlsx")
]


def of_nothing() -> list[str]:
    """The addresses that name nothing in particular."""
    found = []
    for name, _view in addresses(get_resolver()):
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return [*found, *EXPORTS]


def test_a_moderator_reads_no_reserved_answer_anywhere(scene: Scene) -> None:
    found = told_at(scene.browser("alice"), [*of_the_dossier(scene), *of_nothing()])
    assert found == {address_of(scene, "inspect"): {SENSITIVE}}


def test_the_direction_reads_them_on_the_screen_of_the_dossier_alone(scene: Scene) -> None:
    found = told_at(scene.browser("diane"), [*of_the_dossier(scene), *EXPORTS])
    assert found == {address_of(scene, "inspect"): set(SECRETS)}


@pytest.mark.parametrize("name", ["dossiers:list", "registre_modeladmin_index"])
def test_no_search_finds_a_dossier_by_them(scene: Scene, name: str) -> None:
    """It would tell what they are, word by word."""
    browser, asked = scene.browser("alice"), {"situation": "all"}
    assert scene.dossier.subject in browser.get(reverse(name), asked).content.decode()
    for secret in SECRETS:
        found = browser.get(reverse(name), asked | {"q": secret}).content.decode()
        assert scene.dossier.subject not in found


@pytest.mark.parametrize("person", ["remi", "charlie", "bob"])
def test_others_read_none(scene: Scene, person: str) -> None:
    browser = scene.browser(person)
    assert not told_at(browser, of_the_dossier(scene))


def test_their_author_reads_them_all_with_their_file(scene: Scene) -> None:
    page = scene.browser("dora").get(reverse("pages:dossier", args=[scene.dossier.reference]))
    assert told(page) == set(SECRETS)
    assert "Réponse réservée" not in page.content.decode()


def test_nothing_but_the_dossier_keeps_them(scene: Scene) -> None:
    """Mails, letters, tasks to come, the log of Wagtail: every table of the database is read."""
    send_digests(timezone.now())
    found = {}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = repr(cursor.fetchall())
        if secrets := {secret for secret in SECRETS if secret in rows}:
            found[table] = secrets
    assert found == KEPT
    assert Notice.objects.filter(dossier=scene.dossier).count() > 1


def test_the_receipt_says_that_they_were_given(scene: Scene) -> None:
    receipt = Letter.objects.get(dossier=scene.dossier, document=Letter.Document.RECEIPT)
    mail = Notice.objects.get(letter=receipt)
    with ensure_pdf(receipt).pdf.open("rb") as pdf:
        paper = " ".join(text_of(pdf.read()).split())
    for text in (" ".join(mail.body.split()), paper):
        assert f"Votre état de santé {IN_THE_DOSSIER}" in text
        assert f"Qui vous a blessé {IN_THE_DOSSIER}" in text
        assert "Pièce jointe, au nom lisible dans votre dossier" in text
        assert scene.dossier.attachments.get(original_name=CERTIFICATE).sha256 in text
        assert guarded.PROOF in text
        accepted = " ".join(guarded.CONSENT.split())
        assert f"J’accepte oui Texte accepté : {accepted}" in text.replace("\u00a0", " ")


def test_they_are_kept_whole_all_the_same(scene: Scene) -> None:
    dossier = Dossier.objects.get(pk=scene.dossier.pk)
    assert {dossier.answers["sante"], dossier.answers["auteur"]} == {SENSITIVE, RESERVED}
