"""A sent file is judged by its content, named in every refusal, and kept whole when accepted."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from complaints.intake import accepted
from complaints.intake.filenames import clean_name
from tests.complaints.intake.samples import filled, one
from tests.complaints.intake.sent_files import HONEST, HOSTILE, pdf, picture, sent


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_accepted_with_its_name_type_and_digest(name: str) -> None:
    content = HONEST[name]()
    checked = accepted(sent(name, content))
    assert checked.name == name
    assert checked.size == len(content)
    assert checked.sha256 == sha256(content).hexdigest()
    assert checked.file.read() == content


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


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Jean\\facture.pdf", "facture.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\x00b\nc\td.pdf", "ab c d.pdf"),
        ("  mes   heures .pdf ", "mes heures .pdf"),
        ('le "vrai" <texte>?.pdf', "le -vrai- -texte--.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("Facture n° 12 – œuvre d’été.pdf", "Facture n° 12 – œuvre d’été.pdf"),
        ("...", "fichier"),
        ("", "fichier"),
        (None, "fichier"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a" * 300, "a" * 120),
        ("a." + "b" * 300, "a." + "b" * 118),
    ],
)
def test_a_name_is_cleaned_and_stays_readable(name: str | None, cleaned: str) -> None:
    assert clean_name(name) == cleaned


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
