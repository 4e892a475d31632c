"""The shape of typed answers, written once for the Django form and for the JSON Schema."""

import re

# What nobody sees: phones put such marks around the numbers they copy, pages inside their words.
_UNSEEN = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_GAP = f"[{_UNSEEN}]*"


def _address(gap: str) -> str:
    """An e-mail address; `gap`: what may follow each of its characters."""
    letter = f"[0-9A-Za-z]{gap}"
    atom = rf"(?:[-!#$%&'*+/=?^_`{{|}}~0-9A-Za-z]{gap})+"
    label = rf"{letter}(?:(?:[0-9A-Za-z-]{gap}){{0,61}}{letter})?"
    top = rf"(?:[A-Za-z]{gap}){{2,63}}|x{gap}n{gap}-{gap}-{gap}(?:{letter}){{1,59}}"
    return rf"{atom}(?:\.{gap}{atom})*@{gap}(?:{label}\.{gap})+(?:{top})"


# Narrower than Django's EmailValidator: what passes here passes there, and can be written to.
EMAIL = _address("")
EMAIL_AS_TYPED = _address(_GAP)
# French or international, as people write them: 06.12.34.56.78, +33 (0)6 12 34 56 78. A French
# number has its ten digits, « +33 » standing for the first; another country's has seven to fifteen
# after « + », nine at least after « 00 »: a slip in a French number is no foreign one.
_APART = rf"[\s().\-/\u2010-\u2015{_UNSEEN}]*"
_DOUBLE_ZERO = rf"0{_APART}0"
_FRANCE = rf"(?:\+|{_DOUBLE_ZERO}){_APART}3{_APART}3{_APART}(?:0{_APART})?"
_HERE = rf"(?:0{_APART}|{_FRANCE})[1-9](?:{_APART}[0-9]){{8}}"
_ELSEWHERE = (
    rf"(?:\+{_APART}(?!3{_APART}3)[1-9](?:{_APART}[0-9]){{6,14}}"
    rf"|{_DOUBLE_ZERO}{_APART}(?!3{_APART}3)[1-9](?:{_APART}[0-9]){{8,14}})"
)
PHONE = rf"\(?{_GAP}(?:{_HERE}|{_ELSEWHERE}){_GAP}\)?"
# Euros as they are kept; what people type is read by `amounts`.
AMOUNT = r"[0-9]{1,10}(?:\.[0-9]{1,2})?"
# The years leave out the slips of the year box (0202, 20244).
DATE = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
NUL = r"\u0000"
VISIBLE = rf"[^\s\u0000-\u001f\u007f-\u009f{_UNSEEN}]"
NUMBER_LIMIT = 10**12

_VISIBLE = re.compile(VISIBLE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = re.compile(f"[{_UNSEEN}]")
# In words, what joins letters, says their direction or where they may be cut has its use.
_NOISE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def whole(pattern: str, *, required: bool) -> str:
    """The pattern for a whole value, what nobody sees allowed around it; nothing when optional."""
    around = rf"[\s{_UNSEEN}]*"
    return rf"^{around}(?:{pattern})" + ("" if required else "?") + rf"{around}$"


def storable(text: str) -> bool:
    """Whether every database and every file can keep this text."""
    return "\x00" not in text and not _SURROGATE.search(text)


def showable(text: str) -> str:
    """The text as typed, less the half characters that no page can be written with."""
    return _SURROGATE.sub("\ufffd", text)


def blank(text: str) -> bool:
    """Whether there is nothing to read in it, nor anything to refuse."""
    return "\x00" not in text and not _VISIBLE.search(text)


def bare(text: str) -> str:
    """A short value less what nobody sees in it, nor around it."""
    return _MARKS.sub("", text).strip()


def without_noise(text: str) -> str:
    """Words less what word processors, phones and pages leave unseen in a paste."""
    return "" if blank(text) else _NOISE.sub("", text).strip()
