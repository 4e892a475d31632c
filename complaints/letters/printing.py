"""What the printed page can draw: the fonts, and a readable stand-in for what they lack."""

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

STAND_INS = {
    "☒": "[x]",
    "□◻◽▢⬜": "☐",
    "✔✅": "✓",
    "✗✘✕✖❌❎": "×",
    "⇒➔➜➡⟶": "→",
    "⇐⬅⟵": "←",
    "⬆": "↑",
    "⬇": "↓",
    "▪●○◦⚫⚪⁃": "•",
    "►➤": "▶",
    "★☆⭐🌟": "*",
    "‐‑": "-",
    "☎📞📱": "[téléphone]",
    "✉📧📨📩": "[courriel]",
    "⚠🚨": "[attention]",
    "❗❕": "!",
    "❓❔": "?",
    "♥❤💙💚🧡": "[cœur]",
    "👍": "[pouce levé]",
    "👎": "[pouce baissé]",
    "👏": "[applaudissements]",
    "🙏": "[mains jointes]",
    "💪": "[force]",
    "👉": "→",
    "👈": "←",
    "📅📆🗓": "[calendrier]",
    "📎": "[pièce jointe]",
    "📍": "[lieu]",
    "🕐⏰⌛⏳": "[horloge]",
    "🎉": "[fête]",
    "☺😀😃😄😁😊🙂😍🤗😇": "[sourire]",
    "😂🤣😆": "[rire]",
    "😉": "[clin d’œil]",
    "☹🙁😞😟😔😕": "[visage triste]",
    "😢😭": "[visage en pleurs]",
    "😠😡🤬": "[visage en colère]",
    "😱😨😰": "[visage effrayé]",
    "😐😑🙄": "[visage neutre]",
}
KNOWN = {character: words for characters, words in STAND_INS.items() for character in characters}

SCRIPTS = {
    "ARABIC": "arabe",
    "ARMENIAN": "arménien",
    "BENGALI": "bengali",
    "CJK": "chinois ou japonais",
    "DEVANAGARI": "hindi",
    "GEORGIAN": "géorgien",
    "HANGUL": "coréen",
    "HEBREW": "hébreu",
    "HIRAGANA": "japonais",
    "KATAKANA": "japonais",
    "TAMIL": "tamoul",
    "THAI": "thaï",
}
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)


def font_folder() -> Path:
    """The folder of Source Sans Pro, as its package installs it."""
    (folder,) = find_spec("font_source_sans_pro").submodule_search_locations
    return Path(folder) / "files"


@cache
def drawable() -> frozenset[str]:
    """The characters every line of print can show: italics borrow what they lack from the roman."""
    from reportlab.pdfbase.ttfonts import TTFontFile  # ReportLab is slow to import

    upright = TTFontFile(str(font_folder() / "SourceSansPro-Regular.ttf"))
    # Format characters have a glyph but nothing to show; some of them reorder what is around them.
    return frozenset(
        character for character in map(chr, upright.charToGlyph) if not _silent(character)
    ) | frozenset(" \t\n\r")


def printable(text: str) -> str:
    """The text with only characters the fonts can draw; what they cannot is named in brackets."""
    text = unicodedata.normalize("NFC", text)
    missing = set(text) - drawable()
    if not missing:
        return text
    text = _name_foreign_words(text, missing)
    return text.translate({ord(character): _stand_in(character) for character in missing})


def _name_foreign_words(text: str, missing: set[str]) -> str:
    letters = {c for c in missing if unicodedata.category(c)[0] == "L" and _plain(c) is None}
    if not letters:
        return text
    marks = {c for c in missing if unicodedata.category(c) in {"Mn", "Mc"}}
    first, following = _any_of(letters), _any_of(letters | marks)
    return re.sub(f"{first}(?:\\s*{following})*", _foreign_words, text)


def _any_of(characters: set[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


def _foreign_words(match: re.Match[str]) -> str:
    script = unicodedata.name(match[0][0], "").split(" ")[0].split("-")[0]
    language = f"en {SCRIPTS[script]}" if script in SCRIPTS else "dans une autre écriture"
    return f"[texte {language}, non imprimable, {len(match[0])} caractères]"


def _silent(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _stand_in(character: str) -> str:
    category = unicodedata.category(character)
    if character in KNOWN:
        return KNOWN[character]
    if ord(character) in FLAG_LETTERS:
        return chr(ord("A") + ord(character) - FLAG_LETTERS.start)
    if category[0] == "M" or _silent(character) or ord(character) in SKIN_TONES:
        return ""
    if category[0] == "Z":
        return " "
    plain = _plain(character)
    return _named(character) if plain is None else plain


def _plain(character: str) -> str | None:
    """The same character in everyday letters, where Unicode knows them (𝗚 is G, ﬅ is st)."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if drawable().issuperset(plain) else None


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"[symbole : {name or f'U+{ord(character):04X}'}]"
