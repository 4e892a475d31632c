"""The name of a sent file, made safe to store, to show and to download, and still readable."""

import re
import unicodedata

LONGEST_NAME = 120
# What Windows refuses in a name, and what would say « folder ».
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str | None) -> str:
    """The last part of the name, in one line, without control or direction characters."""
    last = unicodedata.normalize("NFC", (name or "").replace("\\", "/")).rsplit("/", 1)[-1]
    spaced = "".join(" " if character.isspace() else character for character in last)
    visible = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    tidy = " ".join(_FORBIDDEN.sub("-", visible).split()).strip(" .")
    return _shortened(tidy) or "fichier"


def extension(name: str) -> str:
    """What follows the last dot, in lower case; nothing when there is no dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(suffix) > 10:
        return name[:LONGEST_NAME].rstrip(" .")
    return stem[: LONGEST_NAME - len(suffix) - 1].rstrip(" .") + dot + suffix
