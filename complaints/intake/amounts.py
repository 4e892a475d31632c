"""An amount in euros: as French people type it, as it is kept, as it is read."""

import re

from complaints.intake import patterns
from complaints.intake.typography import NO_BREAK, count

# « 12,5 », « 1200.50 », or thousands apart: « 1.200,50 ». « 1.200 » may mean two things: refused.
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?")
_DOTTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{1,2})")
_UNIT = re.compile(r"(?:€|euros?|eur)", re.IGNORECASE)
# No amount is that long, and no expression need look further.
_LONGEST = 100


def read_amount(typed: str) -> str | None:
    """« 1 200,5 € » as « 1200.50 »: euros, two decimals; None for what is no such amount."""
    text = _without_unit("".join(typed[:_LONGEST].split())) if len(typed) <= _LONGEST else ""
    found = _PLAIN.fullmatch(text) or _DOTTED.fullmatch(text)
    if not found:
        return None
    whole = found[1].replace(".", "").lstrip("0") or "0"
    amount = f"{whole}.{found[2] or '':0<2}"
    return amount if re.fullmatch(patterns.AMOUNT, amount) else None


def amount_in_french(amount: str) -> str:
    """« 1200.50 » as « 1 200,50 € »."""
    whole, _, cents = amount.partition(".")
    return f"{count(int(whole))},{cents:0<2}{NO_BREAK}€"


def _without_unit(text: str) -> str:
    """The digits, whichever side the unit was written on; « €5€ » keeps one and is refused."""
    if before := _UNIT.match(text):
        return text[before.end() :]
    return re.sub(rf"{_UNIT.pattern}\Z", "", text, flags=re.IGNORECASE)
