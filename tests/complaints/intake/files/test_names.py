"""The name of a sent file is cleaned, stays readable, and ends as its content deserves."""

import pytest

from complaints.intake.files.names import clean_name, has_ending, renamed


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
        ("CON.pdf", "fichier CON.pdf"),
        ("nul", "fichier nul"),
        ("com1.tar.pdf", "fichier com1.tar.pdf"),
        ("concert.pdf", "concert.pdf"),
        ("😡 lettre.pdf", "😡 lettre.pdf"),
        ("😡" * 300 + ".pdf", "😡" * 59 + ".pdf"),
        ("é" * 200, "é" * 120),
        ("\ud800seul.pdf", "seul.pdf"),
        ("\u202e\u2066", "fichier"),
    ],
)
def test_a_name_is_cleaned_and_stays_readable(name: str | None, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("a.pdf", True),
        ("a.7z", True),
        ("a.tar.GZ", True),
        ("a", False),
        ("1000012345", False),
        ("contrat du 12.05", False),
        ("lettre de M. Durand", False),
        ("a.", False),
        ("pdf", False),
    ],
)
def test_not_all_that_follows_a_dot_says_what_a_file_is(name: str, ends: bool) -> None:
    assert has_ending(name) is ends


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a.png", "a.jpg"), ("n° 12.05", "n° 12.05.jpg"), ("😡" * 60, "😡" * 59 + ".jpg")],
)
def test_a_name_takes_another_ending_and_stays_short_enough(name: str, kept: str) -> None:
    assert renamed(name, "jpg") == kept
