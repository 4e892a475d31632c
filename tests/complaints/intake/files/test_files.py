"""A sent file is judged by its content, named in every refusal, and kept whole when accepted."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from complaints.intake import ACCEPT, accepted
from complaints.intake.files import (
    ACCEPTED_IN_WORDS,
    Cleaned,
    Discarded,
    accept,
    types_in_words,
)
from complaints.intake.files.names import clean_name
from tests.complaints.intake.files.sent_files import (
    HONEST,
    HOSTILE,
    is_image,
    odt,
    opened,
    pdf,
    picture,
    sent,
)
from tests.complaints.intake.samples import filled, one
from tests.held_memory import held_memory


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_accepted_with_its_name_and_the_digest_of_what_is_kept(name: str) -> None:
    checked = accepted(sent(name, HONEST[name]()))
    kept = checked.file.read()
    assert checked.name == name
    assert checked.size == len(kept)
    assert checked.sha256 == sha256(kept).hexdigest()


@pytest.mark.parametrize("name", [name for name in HONEST if not is_image(name)])
def test_what_is_no_image_is_kept_as_it_came(name: str) -> None:
    content = HONEST[name]()
    assert accepted(sent(name, content)).file.read() == content


@pytest.mark.parametrize("name", HONEST)
def test_the_same_file_sent_twice_is_the_same_file(name: str) -> None:
    content = HONEST[name]()
    assert accepted(sent(name, content)) == accepted(sent(name, content))


def test_an_upload_asked_again_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent("photo.jpg", picture("JPEG"))
    first = accepted(upload)
    monkeypatch.setattr("complaints.intake.files.contents.cleaned", lambda kind, content: 1 / 0)
    assert accepted(upload) is first
    with pytest.raises(ValidationError, match="à cette question"):
        accepted(upload, types=("pdf",))


def test_a_hostile_upload_asked_again_is_refused_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = sent("photo.jpg", picture("JPEG")[:200])
    with pytest.raises(ValidationError, match="image abîmée"):
        accepted(upload)
    monkeypatch.setattr("complaints.intake.files.contents.cleaned", lambda kind, content: 1 / 0)
    with pytest.raises(ValidationError, match="image abîmée"):
        accepted(upload)


def test_a_photo_kept_since_an_earlier_try_is_not_drawn_a_second_time() -> None:
    once = accepted(sent("photo.jpg", picture("JPEG", noise=True))).file.read()
    assert accepted(Cleaned("photo.jpg", once)).file.read() == once
    assert accepted(sent("photo.jpg", once)).file.read() != once


@pytest.mark.parametrize(
    ("types", "name", "taken"),
    [
        (("pdf",), "facture.pdf", True),
        (("pdf",), "photo.jpeg", False),
        (("image",), "PHOTO.JPG", True),
        (("image",), "image.webp", True),
        (("document", "text"), "récit.txt", True),
        (("document", "text"), "lettre.odt", True),
        (("document", "text"), "heures.xlsx", False),
        (("spreadsheet",), "heures.xlsx", True),
        ((), "heures.xlsx", True),
    ],
)
def test_a_question_may_take_some_types_only(
    types: tuple[str, ...], name: str, taken: bool
) -> None:
    upload = sent(name, HONEST[name]())
    if taken:
        assert accepted(upload, types=types).name == name
    else:
        with pytest.raises(ValidationError) as refusal:
            accepted(upload, types=types)
        assert f"«\u00a0{name}\u00a0» n’est pas d’un type accepté" in refusal.value.messages[0]


def test_a_refused_type_is_told_what_this_question_takes() -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted(sent("heures.xlsx", HONEST["heures.xlsx"]()), types=("pdf", "image"))
    assert refusal.value.messages == [
        "«\u00a0heures.xlsx\u00a0» n’est pas d’un type accepté à cette question\u00a0: "
        "enregistrez-le en PDF, JPG, PNG ou WebP, puis joignez-le."
    ]


def test_the_types_of_a_question_are_said_to_people_and_to_browsers() -> None:
    assert types_in_words() == ACCEPTED_IN_WORDS
    assert types_in_words(("spreadsheet", "pdf")) == "PDF, tableau (XLSX, ODS)"
    assert accept() == ACCEPT
    assert accept(("image", "pdf")) == ".pdf,.jpg,.png,.webp,.jpeg,.jfif"
    assert accept(("pdf",)) == ".pdf"


def test_a_phone_is_not_asked_for_its_own_format_and_so_sends_a_jpg() -> None:
    assert ".heic" not in ACCEPT
    assert ".heif" not in accept(("image",))


@pytest.mark.parametrize("name", ["IMG_0042.HEIC", "photo.heif", "photo.jpg", "photo.png", "photo"])
def test_a_photo_of_a_phone_is_kept_as_a_jpg_whatever_its_name(name: str) -> None:
    checked = accepted(sent(name, picture("HEIF", noise=True)), types=("image",))
    assert checked.name == f"{name.partition('.')[0]}.jpg"
    assert checked.content_type == "image/jpeg"
    assert opened(checked.file.read()).format == "JPEG"


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("photo.png", picture("JPEG"), "photo.jpg"),
        ("photo.jpg", picture("WEBP"), "photo.webp"),
        ("PHOTO.JPEG", picture("PNG"), "PHOTO.png"),
        ("lettre.docx", odt(), "lettre.odt"),
        ("récit.txt", pdf(), "récit.pdf"),
        ("1000012345", pdf(), "1000012345.pdf"),
        ("Contrat du 12.05.2026", pdf(), "Contrat du 12.05.2026.pdf"),
        ("a" * 120, picture("JPEG"), "a" * 116 + ".jpg"),
    ],
)
def test_the_content_decides_and_the_name_is_put_right(
    name: str, content: bytes, kept: str
) -> None:
    assert accepted(sent(name, content)).name == kept


def test_a_question_is_answered_by_what_a_file_is_not_by_its_name() -> None:
    assert accepted(sent("scan.jpg", pdf()), types=("pdf",)).name == "scan.pdf"
    with pytest.raises(ValidationError, match="à cette question"):
        accepted(sent("scan.pdf", picture("JPEG")), types=("pdf",))


@pytest.mark.parametrize("size", [26 * 2**20, 200 * 2**20])
def test_a_file_that_was_too_heavy_to_be_received_is_refused_with_its_weight(size: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted(Discarded("film.pdf", size))
    weight = size // 2**20
    assert f"«\u00a0film.pdf\u00a0» pèse {weight}\u00a0Mo" in refusal.value.messages[0]


def test_a_file_discarded_for_another_reason_says_it() -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted(Discarded("petit.pdf", 10, "est de trop : envoyez-le à part"))
    assert refusal.value.messages == [
        "«\u00a0petit.pdf\u00a0» est de trop\u00a0: envoyez-le à part."
    ]


def test_a_heavy_file_is_never_held_three_times() -> None:
    content = pdf()[:-6] + b"% " + b"x" * (9 * 2**20) + pdf()[-140:]
    upload = sent("gros.pdf", content)
    with held_memory() as held:
        accepted(upload)
    assert held.peak < 3 * len(content)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("facture.pdf", "application/pdf"),
        ("photo.jpeg", "image/jpeg"),
        ("récit.txt", "text/plain"),
        (
            "lettre.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_type_is_that_of_the_content(name: str, content_type: str) -> None:
    assert accepted(sent(name, HONEST[name]())).content_type == content_type


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE, ids=lambda value: str(value)[:20])
def test_a_hostile_file_is_refused_in_one_sentence_that_names_it(
    name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted(sent(name, content))
    (message,) = refusal.value.messages
    assert message.startswith(f"«\u00a0{clean_name(name)}\u00a0» ")
    assert reason in message
    assert message.endswith(".")


def test_a_right_to_left_name_cannot_hide_its_extension() -> None:
    with pytest.raises(ValidationError, match=r"photo_gpj\.exe"):
        accepted(sent("photo_\u202egpj.exe", picture("JPEG")))


def test_the_size_limit_is_an_argument() -> None:
    content = pdf() + b"\n" * 200_000
    assert accepted(sent("facture.pdf", content)).size == len(content)
    with pytest.raises(ValidationError) as refusal:
        accepted(sent("facture.pdf", content), max_size=100_000)
    assert "pèse 0,2\u00a0Mo et la limite est de 0,1\u00a0Mo" in refusal.value.messages[0]


def test_every_refused_file_is_said_at_once_next_to_the_field() -> None:
    files = [sent("a.exe", b"MZ"), sent("b.pdf", pdf()), sent("c.pdf", b"")]
    form = filled(one("files"), {}, {"reponse": files})
    first, second = form.errors["reponse"]
    assert "«\u00a0a.exe\u00a0»" in first
    assert "«\u00a0c.pdf\u00a0»" in second


def test_too_many_files_are_refused_with_one_to_take_out() -> None:
    files = [sent(f"{n}.pdf", pdf()) for n in range(3)]
    form = filled(one("files", max_files=2), {}, {"reponse": files})
    (message,) = form.errors["reponse"]
    assert "3 fichiers et la limite est de 2" in message
    assert "«\u00a02.pdf\u00a0»" in message


def test_a_required_file_is_asked_for_kindly() -> None:
    form = filled(one("files", required=True), {})
    assert form.errors["reponse"] == ["Joignez au moins un fichier à «\u00a0Votre réponse\u00a0»."]
