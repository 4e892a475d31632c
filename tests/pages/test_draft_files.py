"""Files of a form are not chosen twice: they are kept with its draft."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.handling import drafts
from complaints.models import Attachment, Dossier, DraftFile
from pages import guard
from tests.pages.conftest import Visitor, fields, photo, words


def dotted(name: str, grey: int) -> SimpleUploadedFile:
    """A photograph like no other."""
    content = BytesIO()
    Image.new("L", (2, 2), grey).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def again(visitor: Visitor, response: Any, *uploads: Any, **typed: Any) -> Any:
    """Send the form that came back, its kept files ticked as they were."""
    names = ("submission-key", "form-version")
    hidden = {name: fields(response, name)[0] for name in names if fields(response, name)}
    kept = {name: fields(response, name) for name in ("shown-file", "kept-file")}
    return visitor.file(*uploads, **(hidden | kept | typed))


def test_a_sound_file_survives_an_error_and_is_filed(visitor: Visitor) -> None:
    response = visitor.file(photo(), objet=None)
    assert "Fichiers déjà reçus" in words(response)
    assert "salle.png (1 Ko)" in words(response)
    assert "joignez-les de nouveau" not in words(response)
    assert again(visitor, response).status_code == 303
    assert Attachment.objects.get().original_name == "salle.png"
    assert Attachment.objects.get().question == "pieces"
    assert not DraftFile.objects.exists()


def test_files_of_several_tries_add_up(visitor: Visitor) -> None:
    first = visitor.file(photo("un.png"), objet=None)
    second = again(visitor, first, dotted("deux.png", 9), objet=None)
    assert len(fields(second, "kept-file")) == 2
    again(visitor, second)
    assert {file.original_name for file in Attachment.objects.all()} == {"un.png", "deux.png"}


def test_the_same_file_joined_twice_is_kept_once(visitor: Visitor) -> None:
    first = visitor.file(photo("un.png"), objet=None)
    assert len(fields(again(visitor, first, photo("un.png"), objet=None), "kept-file")) == 1


def test_a_refused_file_is_not_kept_and_the_others_are(visitor: Visitor) -> None:
    response = visitor.file(photo("bon.png"), photo("mauvais.exe", b"MZ"))
    assert response.status_code == 422
    assert "mauvais.exe" in words(response)
    assert [kept.original_name for kept in DraftFile.objects.all()] == ["bon.png"]


def test_a_kept_file_is_shown_under_its_question(visitor: Visitor) -> None:
    page = visitor.file(photo(), objet=None).content.decode()
    question = page.partition('id="part-pieces"')[2].partition('id="part-')[0]
    assert 'name="kept-file"' in question
    assert page.count('name="kept-file"') == 1


def test_an_unticked_file_is_left_out_and_forgotten(
    visitor: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    response = visitor.file(photo(), objet=None)
    stored = DraftFile.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert again(visitor, response, **{"kept-file": []}).status_code == 303
    assert not Attachment.objects.exists()
    assert not stored.storage.exists(stored.name)


def test_too_many_files_are_all_kept_so_that_one_can_choose(visitor: Visitor) -> None:
    sent = [dotted(f"{number}.png", number) for number in range(6)]
    response = visitor.file(*sent)
    assert response.status_code == 422
    kept = fields(response, "kept-file")
    assert len(kept) == 6
    assert again(visitor, response, **{"kept-file": kept[:5]}).status_code == 303
    assert Attachment.objects.count() == 5


def test_a_file_of_somebody_else_cannot_be_unticked(visitor: Visitor, stranger: Visitor) -> None:
    visitor.file(photo(), objet=None)
    theirs = str(DraftFile.objects.get().pk)
    stranger.file(objet=None, **{"shown-file": [theirs]})
    assert DraftFile.objects.filter(pk=theirs).exists()


def test_files_sent_with_a_form_that_waits_are_asked_for_again(visitor: Visitor) -> None:
    response = visitor.file(photo(), **{guard.TRAP: "x"})
    assert response.status_code == 429
    assert "ne sont pas gardés : joignez-les de nouveau (salle.png)." in words(response)
    assert "joignez-les" not in words(visitor.file(**{guard.TRAP: "x"}))


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_strangers_cannot_fill_the_disk(
    limit: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, limit, 0)
    response = visitor.file(photo(), objet=None)
    assert not DraftFile.objects.exists()
    assert "« salle.png » n’a pas pu être gardé" in words(response)
    assert not Dossier.objects.exists()
