"""Only fonts that travel with the document: the engine also names one that it never draws with."""

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

# What a page is drawn with: a text, or the choice of a font for the next ones.
DRAWN = re.compile(rb"\((?:\\.|[^\\)])*\)|(?P<font>/\w+)(?:\+\d+)? [\d.]+ Tf", re.DOTALL)


def drop_idle_fonts(writer: "PdfWriter") -> None:
    """Remove from the document the fonts that are not embedded and draw nothing.

    xhtml2pdf chooses Helvetica before each bullet, then the text's own font, which draws it. A
    reader of PDF would otherwise list a font that is missing.
    """
    drawing = {name for page in writer.pages for name in _drawing_without_file(page)}
    for page in writer.pages:
        fonts = _fonts(page)
        for name in [name for name, font in fonts.items() if not _has_file(font)]:
            if name not in drawing:
                del fonts[name]
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)


def _drawing_without_file(page: "PageObject") -> set[str]:
    """The fonts that no file comes with and that do draw; the idle choices are taken out."""
    names = {name for name, font in _fonts(page).items() if not _has_file(font)}
    contents = page.get_contents()
    if not names or contents is None:
        return set()
    drawn = contents.get_data()
    chosen = [(m, nxt) for m, nxt in _with_next(drawn) if m["font"] and _name(m) in names]
    idle = [choice for choice, following in chosen if following is None or following["font"]]
    for choice in reversed(idle):
        drawn = drawn[: choice.start()] + drawn[choice.end() :]
    if idle:
        contents.set_data(drawn)
        page.replace_contents(contents)
        page.compress_content_streams()
    return {_name(choice) for choice, _following in chosen if choice not in idle}


def _with_next(drawn: bytes) -> list[tuple[re.Match[bytes], re.Match[bytes] | None]]:
    steps = list(DRAWN.finditer(drawn))
    return list(zip_longest(steps, steps[1:]))


def _name(choice: re.Match[bytes]) -> str:
    return choice["font"].decode()


def _fonts(page: "PageObject") -> dict[str, Any]:
    fonts = page["/Resources"].get("/Font")
    return fonts.get_object() if fonts else {}


def _has_file(font: Any) -> bool:
    descriptor = font.get_object().get("/FontDescriptor")
    return bool(descriptor) and any("FontFile" in key for key in descriptor.get_object())
