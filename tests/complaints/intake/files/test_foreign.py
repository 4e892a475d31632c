"""What no form takes is called by its name, and told how to be sent all the same."""

import pytest
from django.core.exceptions import ValidationError

from complaints.intake import accepted
from complaints.intake.files import CONTENT_TYPES
from complaints.intake.files.foreign import _ADVICES, _INSTEAD
from tests.complaints.intake.files.sent_files import sent


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("preuves.zip", "est une archive\u00a0: ouvrez-la, puis joignez un à un les fichiers"),
        ("Fwd.eml", "est un courriel enregistré\u00a0: ouvrez-le, imprimez-le dans un PDF"),
        ("Outlook.MSG", "est un courriel enregistré"),
        ("vocal.m4a", "est un enregistrement sonore"),
        ("film.MOV", "est une vidéo"),
        ("lettre.doc", "enregistrez-le en PDF, puis joignez ce PDF"),
        ("scan.tiff", "est une image d’un type"),
        ("page.mhtml", "est une page web"),
    ],
)
def test_what_no_form_takes_is_named_and_told_how_to_be_sent(name: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted(sent(name, b"x"))
    (message,) = refusal.value.messages
    assert message.startswith(f"«\u00a0{name}\u00a0» {said}") or said in message


def test_nobody_is_sent_to_a_type_that_the_question_refuses_too() -> None:
    for name in ("Fwd.eml", "lettre.doc", "page.html"):
        with pytest.raises(ValidationError) as refusal:
            accepted(sent(name, b"x"), types=("image",))
        assert "PDF" not in refusal.value.messages[0]
        assert "enregistrez-le en JPG, PNG ou WebP" in refusal.value.messages[0]


def test_no_advice_is_about_what_we_take_and_none_is_given_twice() -> None:
    assert not {*_INSTEAD} & {*CONTENT_TYPES, "jpeg", "jfif", "heic", "heif"}
    assert len(_INSTEAD) == sum(len(endings.split()) for _, _, endings in _ADVICES)
