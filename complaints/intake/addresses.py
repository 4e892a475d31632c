"""An e-mail address whose end looks mistyped: the one that was probably meant."""

import re
from collections.abc import Iterator
from itertools import pairwise

# Where people in France have their mail; the most common first.
PROVIDERS = (
    *("gmail.com", "orange.fr", "hotmail.fr", "hotmail.com", "free.fr", "sfr.fr", "wanadoo.fr"),
    *("yahoo.fr", "yahoo.com", "outlook.fr", "outlook.com", "laposte.net", "live.fr", "icloud.com"),
    *("bbox.fr", "neuf.fr", "msn.com", "gmx.fr", "gmx.com", "aol.com", "protonmail.com"),
    *("numericable.fr", "aliceadsl.fr", "club-internet.fr", "cegetel.net", "nordnet.fr"),
)
# So short a name is a letter away from too many others: only its end is looked at.
SHORT = 4
# Names of their own, a letter away from one of those.
OTHERS = {"mail", "email", "ymail", "orage", "oranges", "oranger", "orane", "oranje", "cloud"}
# Where the end is the same slip for all: these have no other address.
ALONE = {"gmail.fr": "gmail.com", "icloud.fr": "icloud.com"}
# Ends that exist, a letter away from « fr » or « net »; those of « .com » are hardly ever meant.
COUNTRIES = {
    *("ar", "br", "cr", "er", "et", "fi", "fj", "fk", "fm", "fo", "gr", "hr", "ir", "kr", "lr"),
    *("mr", "ne", "nr", "pr", "sr", "tr"),
}


def probable(address: str) -> str:
    """The address that was probably meant; empty when it may well be the right one.

    An address that no mail could reach (« camille@wanadoo.f ») may be given too.
    """
    name, _, typed = address.strip().rpartition("@")
    # On French keyboards, the key of the dot is that of the semicolon.
    domain = re.sub(r"[,;]", ".", typed.lower())
    if not name or domain == typed.lower() in PROVIDERS:
        return ""
    meant = domain if domain in PROVIDERS else ALONE.get(domain) or next(_near(domain), "")
    return f"{name}@{meant}" if meant else ""


def _near(domain: str) -> Iterator[str]:
    """The providers it may be a slip of: the same name first."""
    name, _, end = domain.partition(".")
    known = [provider.partition(".") for provider in PROVIDERS]
    for same in (True, False):
        for theirs, _, their_end in known:
            named = name == theirs if same else _is_slip_of_name(name, theirs)
            if named and (end == their_end or _is_slip_of_end(end, their_end)):
                yield f"{theirs}.{their_end}"


def _is_slip_of_name(typed: str, meant: str) -> bool:
    """The first letter is hardly ever the wrong one."""
    if len(meant) <= SHORT or typed in OTHERS or typed[:1] != meant[0]:
        return False
    return _one_slip(typed, meant)


def _is_slip_of_end(typed: str, meant: str) -> bool:
    """« .fe », « .nte », « .con »; also an end that was cut."""
    if typed in COUNTRIES or typed == meant:
        return False
    return meant.startswith(typed) or _one_slip(typed, meant)


def _one_slip(typed: str, meant: str) -> bool:
    """One letter missing, added or replaced, or two neighbours in the wrong order."""
    shorter, longer = sorted((typed, meant), key=len)
    if len(longer) - len(shorter) == 1:
        return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    if len(typed) != len(meant):
        return False
    wrong = [n for n, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    if len(wrong) != 2:
        return len(wrong) == 1
    swapped = [(a, b) for a, b in pairwise(wrong) if b == a + 1]
    return any(typed[a] == meant[b] and typed[b] == meant[a] for a, b in swapped)
