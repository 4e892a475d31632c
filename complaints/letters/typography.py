"""French typography for print: spaces that hold, characters that exist, tags kept in bounds."""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from math import prod
from urllib.parse import urljoin, urlsplit

from complaints.letters.printing import printable

MAX_SPAN = 20
MAX_AREA_SPANNED = (
    600  # overlapping spans widen a table without end: the whole document shares this
)
MAX_ROWS = 600
MAX_CELLS = 6_000
MAX_OPEN = 60
MAX_CHARACTERS = 600_000

NO_BREAK = "\u00a0"
NARROW_SPACES = str.maketrans(dict.fromkeys("\u202f\u2009\u2007", NO_BREAK))
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
ADDRESS = re.compile(r"(\b\w+://[^\s<>«»]+)")
UNITS = "jours?|mois|ans?|années?|semaines?|heures?|minutes?|secondes?|pages?|euros?|[kKMG]o"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# The spaces at which a line would tear a number from what it counts: « 45 jours », « 1er mai »,
# « n° 3 », « article 641 », « 06 15 41 75 17 ».
TOGETHER = re.compile(
    rf"(?<=\d)\s+(?=[€%]|(?:{UNITS}|{MONTHS})\b)"
    rf"|(?<=\b1er)\s+(?=(?:{MONTHS})\b)"
    r"|(?<=n°)\s+(?=\w)|(?<=\b[Aa]rticle)\s+(?=[A-Z]?\d)"
    r"|(?<=\b\d\d)\s(?=\d\d\b)"
)
LINK_SCHEMES = {"http", "https", "mailto", "tel"}
# Their closing tag is often left out, so a count of open ones says nothing about depth.
LEFT_OPEN = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPANS = {"colspan", "rowspan"}
VERBATIM = {"style", "script"}


class Unprintable(ValueError):
    """The document is larger or deeper than what can be laid out in reasonable time."""


def for_print(html: str) -> str:
    """The same document, ready for the PDF engine.

    Text: spaces that French wants unbreakable become U+00A0, because the engine breaks a line at
    U+202F; control characters go; what the fonts cannot draw is replaced. Tags: a cell spans a few
    others or none, a link is absolute (from `<base href>`) or dropped, a picture is in the document
    (`data:`) or is named, comments go. Raises Unprintable on what would take minutes to draw.
    """
    if len(html) > MAX_CHARACTERS:
        raise Unprintable("Le document est trop long.")
    if html.count("<!--") > html.count("-->"):
        raise Unprintable("Un commentaire HTML n’est pas refermé.")
    copy = _PrintedCopy()
    copy.feed(html)
    copy.close()
    return "".join(copy.pieces)


def french_spaces(text: str) -> str:
    """Unbreakable spaces around French punctuation, and between a number and what it counts.

    Guillemets get theirs even when the author forgot it; the other signs only when a space was
    typed, since « 12:30 » and « https: » want none.
    """
    text = text.translate(NARROW_SPACES)
    return "".join(
        piece if "://" in piece else _spaced(piece) for piece in ADDRESS.split(text) if piece
    )


def _spaced(text: str) -> str:
    text = re.sub(r"\s+(?=[;:!?])", NO_BREAK, text)
    text = re.sub(r"«\s*", f"«{NO_BREAK}", text)
    text = re.sub(r"\s*»", f"{NO_BREAK}»", text)
    return TOGETHER.sub(NO_BREAK, text)


class _PrintedCopy(HTMLParser):
    """Reads a document and writes its printable copy, piece by piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.base = ""
        self.open: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.spanned = 0

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count(tag)
        self._write_tag(tag, attrs, ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._write_tag(tag, attrs, " />")

    def handle_endtag(self, tag: str) -> None:
        self.open[tag] = max(0, self.open[tag] - 1)
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in VERBATIM:
            self.pieces.append(data)
            return
        text = french_spaces(CONTROLS.sub("", data))
        self.pieces.append(escape(printable(text), quote=False))

    def _count(self, tag: str) -> None:
        self.seen[tag] += 1
        if self.seen["tr"] > MAX_ROWS or self.seen["td"] + self.seen["th"] > MAX_CELLS:
            raise Unprintable("Un tableau est trop grand.")
        if tag in VOID or tag in LEFT_OPEN:
            return
        self.open[tag] += 1
        if self.open[tag] > MAX_OPEN:
            raise Unprintable("La mise en page est trop imbriquée.")

    def _write_tag(self, tag: str, attrs: list[tuple[str, str | None]], end: str) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.base = values.get("href", "")
        elif tag == "img" and not values.get("src", "").startswith("data:image/"):
            self.handle_data(f"[image : {values['alt']}]" if values.get("alt") else "")
        else:
            if SPANS & values.keys():
                self._bound_spans(values)
            kept = (_attribute(name, value, self.base) for name, value in values.items())
            self.pieces.append(f"<{tag}{''.join(kept)}{end}")

    def _bound_spans(self, values: dict[str, str]) -> None:
        """Within bounds, or none: past some hundreds of cells the engine runs for minutes."""
        sides = [_small_number(values[name]) for name in SPANS & values.keys()]
        self.spanned += prod(sides)
        if 0 in sides or self.spanned > MAX_AREA_SPANNED:
            for name in SPANS:
                values.pop(name, None)


def _attribute(name: str, value: str, base: str) -> str:
    if name == "href":
        value = _link(value.strip(), base)
    elif name in {"content", "alt", "title"}:
        value = printable(french_spaces(CONTROLS.sub("", value)))
    return f' {name}="{escape(value)}"' if value or name != "href" else ""


def _small_number(written: str) -> int:
    """The number from 1 to 20 that is written, else 0."""
    if not (written.isascii() and written.isdigit()) or len(written) > 4:
        return 0
    return int(written) if int(written) <= MAX_SPAN else 0


def _link(href: str, base: str) -> str:
    if href.startswith("#"):
        return href
    try:
        address = urljoin(base, href)
        return address if urlsplit(address).scheme.lower() in LINK_SCHEMES else ""
    except ValueError:  # « http://[ »
        return ""
