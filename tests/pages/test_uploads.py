"""Whatever a browser sends, what was typed comes back, and nothing too heavy is ever held."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import load_handler
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from complaints.intake.files import MEGA, Discarded
from complaints.models import Dossier, Draft
from pages import uploads
from pages.uploads import PRIVATE_PATHS, Weighing
from tests.factories import ANSWERS, let_in
from tests.held_memory import held_memory
from tests.pages.conftest import PNG, Visitor, fields, words
from tests.pages.posting import Stream, form_parts, post

WHOLE = ("pieces", "salle.png", PNG)


@pytest.fixture
def temporary(settings: Any, tmp_path: Path) -> Path:
    """Where Django puts what does not fit in memory."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rules on smaller weights."""
    monkeypatch.setattr(uploads, "HEAVIEST", 3 * MEGA)
    monkeypatch.setattr(uploads, "HEAVIEST_POST", 5 * MEGA)


def answers(visitor: Visitor, **changed: Any) -> dict[str, Any]:
    page = visitor.get("/")
    hidden = {name: fields(page, name)[0] for name in ("submission-key", "form-version")}
    return ANSWERS | {"deja": "yes"} | hidden | let_in(visitor.host) | changed


def parsed(*files: tuple[str, str, bytes | int], path: str = "/", user: Any = None) -> HttpRequest:
    """That post once Django has read it."""
    stream = Stream(form_parts({"nom": "Dora"}, list(files)), lambda: None)
    request = RequestFactory().post(
        path,
        content_type="multipart/form-data; boundary=----un-formulaire",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(stream.length)},
    )
    request.user = user or AnonymousUser()
    assert request.POST["nom"] == "Dora"
    return request


def test_two_hundred_megabytes_are_neither_held_nor_written_and_the_words_stay(
    visitor: Visitor, temporary: Path
) -> None:
    heaviest = 0

    def watch() -> None:
        nonlocal heaviest
        heaviest = max(heaviest, sum(f.stat().st_size for f in temporary.iterdir()))

    typed = answers(visitor)
    with held_memory() as held:
        sent = [("pieces", "film.pdf", 200 * MEGA), WHOLE]
        response = post(visitor, "/", typed, sent, watch)
    assert response.status_code == 422
    assert "« film.pdf » pèse 200 Mo et la limite est de 10 Mo" in words(response)
    assert ANSWERS["faits"] in response.content.decode()
    assert heaviest <= uploads.HEAVIEST
    assert held.peak < 25 * MEGA
    assert not list(temporary.iterdir())
    draft = Draft.objects.get()
    assert draft.typed["faits"] == [ANSWERS["faits"]]
    assert [file.original_name for file in draft.files.all()] == ["salle.png"]
    assert not Dossier.objects.exists()


def test_a_file_just_above_the_limit_is_kept_to_be_weighed_in_its_sentence(
    visitor: Visitor, temporary: Path
) -> None:
    response = post(visitor, "/", answers(visitor), [("pieces", "gros.pdf", 11 * MEGA)])
    assert "« gros.pdf » pèse 11 Mo et la limite est de 10 Mo" in words(response)
    assert not list(temporary.iterdir())


def test_a_discarded_file_keeps_its_name_and_its_true_weight(light: None, temporary: Path) -> None:
    request = parsed(("pieces", "film.pdf", 8 * MEGA), ("pieces", "petit.bin", 2 * MEGA))
    film, small = request.FILES.getlist("pieces")
    assert isinstance(film, Discarded)
    assert (film.name, film.size, film.read()) == ("film.pdf", 8 * MEGA, b"")
    assert (small.name, small.size, len(small.read())) == ("petit.bin", 2 * MEGA, 2 * MEGA)
    request.close()
    assert not list(temporary.iterdir())


def test_the_files_before_and_after_a_discarded_one_are_whole(light: None, temporary: Path) -> None:
    before, after = b"a" * MEGA, b"b" * MEGA
    request = parsed(
        ("pieces", "1.txt", before), ("pieces", "2.txt", 4 * MEGA), ("pieces", "3.txt", after)
    )
    first, second, third = request.FILES.getlist("pieces")
    assert (first.read(), third.read()) == (before, after)
    assert isinstance(second, Discarded)
    request.close()


def test_the_weight_of_them_all_is_limited_too(light: None, temporary: Path) -> None:
    request = parsed(*[("pieces", f"{n}.txt", 2 * MEGA) for n in range(4)])
    kinds = [isinstance(file, Discarded) for file in request.FILES.getlist("pieces")]
    assert kinds == [False, False, True, True]
    assert "dépassent" in request.FILES.getlist("pieces")[2].reason
    request.close()


def test_a_twenty_first_file_is_named_and_not_taken(visitor: Visitor) -> None:
    request = parsed(*[("pieces", f"{n}.txt", b"Bonjour") for n in range(23)])
    files = request.FILES.getlist("pieces")
    assert [file.read() for file in files[:20]] == [b"Bonjour"] * 20
    assert [file.size for file in files[20:]] == [7] * 3
    assert all(isinstance(file, Discarded) for file in files[20:])
    request.close()


def test_a_file_too_many_never_reaches_the_disk(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    request = parsed(*[("pieces", f"{n}.txt", 3 * MEGA) for n in range(3)])
    assert len(list(temporary.iterdir())) == 1
    request.close()
    assert not list(temporary.iterdir())


def test_each_file_too_many_has_its_sentence(visitor: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    sent = [WHOLE, ("pieces", "deux.png", PNG)]
    response = post(visitor, "/", answers(visitor), sent)
    assert response.status_code == 422
    assert "« deux.png » est de trop" in words(response)


@pytest.mark.parametrize("path", PRIVATE_PATHS)
def test_the_staff_send_what_they_like(light: None, temporary: Path, path: str) -> None:
    request = parsed(
        ("image", "a.png", 4 * MEGA), path=f"{path}images/add/", user=get_user_model()()
    )
    assert request.FILES["image"].size == len(request.FILES["image"].read()) == 4 * MEGA
    request.close()


@pytest.mark.parametrize("path", PRIVATE_PATHS)
def test_a_stranger_fills_no_disk_at_the_door_of_the_staff(
    light: None, temporary: Path, path: str
) -> None:
    request = parsed(("image", "affiche.png", 8 * MEGA), path=f"{path}login/")
    assert isinstance(request.FILES["image"], Discarded)
    assert not list(temporary.iterdir())
    request.close()


@pytest.mark.django_db
def test_who_is_signed_in_is_known_when_a_post_is_read(client: Any, temporary: Path) -> None:
    """The check against forged posts is the first to read one: after the sessions."""
    weighed = []
    real = uploads._is_of_staff

    def spy(request: HttpRequest) -> bool:
        weighed.append(real(request))
        return weighed[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "_is_of_staff", spy)
        sent = {"image": SimpleUploadedFile("a.png", PNG)}
        client.post("/gestion/login/", sent)
        client.force_login(get_user_model().objects.create_superuser("anna"))
        client.post("/gestion/images/add/", sent)
    assert weighed == [False, True]


def test_the_private_paths_are_those_of_the_site() -> None:
    for name in ("wagtailadmin_home", "wagtaildocs_serve", "wagtailimages:add"):
        arguments = ["1", "a.pdf"] if name == "wagtaildocs_serve" else []
        assert reverse(name, args=arguments).startswith(PRIVATE_PATHS)


def test_a_browser_that_leaves_in_the_middle_leaves_nothing_behind(
    light: None, temporary: Path
) -> None:
    parts = form_parts({"nom": "Dora"}, [("pieces", "film.pdf", 4 * MEGA)])
    stream = Stream([*parts[:4], 2 * MEGA], lambda: None)
    request = RequestFactory().post(
        "/",
        content_type="multipart/form-data; boundary=----un-formulaire",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(stream.length)},
    )
    assert request.POST["nom"] == "Dora"
    request.close()
    assert not list(temporary.iterdir())


def test_the_handler_is_django_s_first(settings: Any, rf: RequestFactory) -> None:
    assert settings.FILE_UPLOAD_HANDLERS[0] == "pages.uploads.Weighing"
    assert isinstance(load_handler(settings.FILE_UPLOAD_HANDLERS[0], rf.post("/")), Weighing)


def test_ten_thousand_unknown_fields_change_nothing(visitor: Visitor) -> None:
    unknown = {f"champ-{n}": "x" for n in range(10_000)}
    response = visitor.post("/", answers(visitor) | unknown)
    assert response.status_code == 303
    draft_or_dossier = Dossier.objects.first() or Draft.objects.get()
    assert draft_or_dossier
    assert not any(name in unknown for draft in Draft.objects.all() for name in draft.typed)


def test_a_megabyte_of_text_comes_back_whole_with_its_sentence(visitor: Visitor) -> None:
    long = "Très long. " * 95_000
    response = visitor.post("/", answers(visitor, faits=long))
    assert response.status_code == 422
    assert "compte 1 045 000 caractères et la limite est de" in words(response)
    assert long.strip() in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({f"champ-{n}": "x" for n in range(12_100)}, "plus de 12 000 réponses"),
        ({"faits": "x" * 6 * MEGA}, "Son texte dépasse 5 Mo"),
    ],
    ids=["too many answers", "too much text"],
)
def test_a_post_that_cannot_be_read_says_why_and_how_to_come_back(
    visitor: Visitor, changed: dict[str, str], sentence: str
) -> None:
    response = visitor.post("/", answers(visitor) | changed)
    assert response.status_code == 400
    assert sentence in words(response)
    assert "bouton « Retour »" in words(response)
    assert '<html lang="fr">' in response.content.decode()


def test_a_hundred_files_and_one_are_said_too(visitor: Visitor) -> None:
    sent = [("pieces", f"{n}.png", PNG) for n in range(101)]
    response = post(visitor, "/", answers(visitor), sent)
    assert response.status_code == 400
    assert "plus de 100 fichiers" in words(response)
