"""What the fonts cannot draw is replaced by something a reader understands."""

import pytest

from complaints.letters.printing import KNOWN, drawable, printable


@pytest.mark.parametrize(
    "text",
    ["☐ ☑ ✓ → ≥ œ Œ € №", "Ÿ Æ « » ’ … – — ² ½ ≠ • ■", "Жалоба, παράπονο, skarga złożona"],
)
def test_the_fonts_draw_the_signs_of_a_form_and_the_alphabets_of_europe(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("☒ oui ✔", "[x] oui ✓"),
        ("⇒ suite", "→ suite"),
        ("merci 👍🏽", "merci [pouce levé]"),
        ("❤️", "[cœur]"),
        ("🇫🇷", "FR"),
        ("1️⃣", "1"),
        ("🚀", "[symbole : rocket]"),
        ("𝗚𝗿𝗮𝘀 ﬅ", "Gras st"),
        ("pie\u0300ce", "pièce"),
        ("porte\u2011clé", "porte-clé"),
        ("in\u00advi\u200bsible\ufeff", "invisible"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\u3000b", "a b"),
        ("\ud800", ""),
        ("\ue000", "[symbole : U+E000]"),
        ("nom 山田 太郎.", "nom [texte en chinois ou japonais, non imprimable, 5 caractères]."),
        ("שָׁלוֹם", "[texte en hébreu, non imprimable, 7 caractères]"),
        ("ꦲ", "[texte dans une autre écriture, non imprimable, 1 caractères]"),
    ],
)
def test_a_missing_character_has_a_stand_in(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_every_stand_in_can_itself_be_drawn() -> None:
    assert drawable().issuperset("".join(KNOWN.values()))


def test_no_stand_in_replaces_what_the_fonts_already_draw() -> None:
    assert drawable().isdisjoint(KNOWN)
