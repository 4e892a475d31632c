"""The shape of typed answers, written once for the Django form and for the JSON Schema."""

import re

_ATOM = r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+"
_LABEL = r"[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"

# Narrower than Django's EmailValidator: what passes here passes there, and can be written to.
EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[0-9A-Za-z]{{1,59}})"
# French or international, as people write them: 06.12.34.56.78, +33 (0)6 12 34 56 78. A French
# number has its ten digits, « +33 » standing for the first; another country's has seven to fifteen
# after « + », nine at least after « 00 »: a slip in a French number is no foreign one.
_APART = r"[\s().\-/]*"
_DOUBLE_ZERO = rf"0{_APART}0"
_FRANCE = rf"(?:\+|{_DOUBLE_ZERO}){_APART}3{_APART}3{_APART}(?:0{_APART})?"
_HERE = rf"(?:0{_APART}|{_FRANCE})[1-9](?:{_APART}[0-9]){{8}}"
_ELSEWHERE = (
    rf"(?:\+{_APART}(?!3{_APART}3)[1-9](?:{_APART}[0-9]){{6,14}}"
    rf"|{_DOUBLE_ZERO}{_APART}(?!3{_APART}3)[1-9](?:{_APART}[0-9]){{8,14}})"
)
PHONE = rf"\(?(?:{_HERE}|{_ELSEWHERE})\)?"
# Euros as they are kept; what people type is read by `amounts`.
AMOUNT = r"[0-9]{1,10}(?:\.[0-9]{1,2})?"
# The years leave out the slips of the year box (0202, 20244).
DATE = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
NUL = r"\u0000"
VISIBLE = r"[^\s\u0000-\u001f\u007f-\u009f]"
NUMBER_LIMIT = 10**12

_VISIBLE = re.compile(VISIBLE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def whole(pattern: str, *, required: bool) -> str:
    """The pattern for a whole value, spaces allowed around it, nothing allowed when optional."""
    return rf"^\s*(?:{pattern})\s*$" if required else rf"^\s*(?:{pattern})?\s*$"


def storable(text: str) -> bool:
    """Whether every database and every file can keep this text."""
    return "\x00" not in text and not _SURROGATE.search(text)


def showable(text: str) -> str:
    """The text as typed, less the half characters that no page can be written with."""
    return _SURROGATE.sub("\ufffd", text)


def blank(text: str) -> bool:
    """Whether there is nothing to read in it, nor anything to refuse."""
    return "\x00" not in text and not _VISIBLE.search(text)


def without_controls(text: str) -> str:
    """The text less the invisible control characters that word processors leave in a paste."""
    return _CONTROLS.sub("", text)
