"""The name of a sent file, made safe to store, to show and to download, and still readable."""

import re
import unicodedata

LONGEST_NAME = 120
# What a disk can hold of it, once written in bytes: an emoji weighs four.
HEAVIEST_NAME = 240
# What Windows refuses in a name, and what would say « folder ».
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# What Windows takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.I)

# « .pdf », « .7z »; not the end of « contrat du 12.05 » or of « lettre de M. Durand ».
_ENDING = re.compile(r".*\.(?=[0-9]*[a-z])[a-z0-9]{1,10}", re.I | re.S)


def clean_name(name: str | None) -> str:
    """The last part of the name, in one line, without control or direction characters."""
    last = unicodedata.normalize("NFC", (name or "").replace("\\", "/")).rsplit("/", 1)[-1]
    spaced = "".join(" " if character.isspace() else character for character in last)
    visible = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    tidy = " ".join(_FORBIDDEN.sub("-", visible).split()).strip(" .")
    if _DEVICES.match(tidy):
        tidy = f"fichier {tidy}"
    return _shortened(tidy) or "fichier"


def extension(name: str) -> str:
    """What follows the last dot, in lower case; nothing when there is no dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def has_ending(name: str) -> bool:
    """Whether its end says what it is."""
    return bool(_ENDING.fullmatch(name))


def renamed(name: str, ending: str) -> str:
    """The same name with the ending that its content deserves."""
    stem = name.rpartition(".")[0] if has_ending(name) else name
    return _shortened(f"{stem}.{ending}")


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME and len(name.encode()) <= HEAVIEST_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        return _cut(name, LONGEST_NAME, HEAVIEST_NAME).rstrip(" .")
    end = dot + suffix
    room = LONGEST_NAME - len(end), HEAVIEST_NAME - len(end.encode())
    return _cut(stem, *room).rstrip(" .") + end


def _cut(text: str, characters: int, weight: int) -> str:
    return text[:characters].encode()[:weight].decode(errors="ignore")
