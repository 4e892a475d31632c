"""The marks an editor writes in braces in a page: values that the rules hold, never typed twice."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import escape, strip_tags

from complaints.sla.words import NBSP, day_month_year

if TYPE_CHECKING:
    from pages.models import ProcedurePage

# Whatever stands in braces, without a tag in it: a wrong mark is seen too.
MARK = re.compile(r"\{([^{}<>]{1,80})\}")
# Where a mark may be written, and what the editor calls that place.
TITLE, INTRODUCTION, DESCRIPTION = "Titre de la page", "Introduction", "Description"


@dataclass(frozen=True)
class Mark:
    """One value that a text may quote: what it is, and its words today."""

    name: str
    meaning: str
    value: str

    @property
    def written(self) -> str:
        """« {delai:accuse} »."""
        return "{" + self.name + "}"


def marks_of(page: "ProcedurePage") -> list[Mark]:
    """The marks of that page with their present values, as its editor is shown them."""
    return [*_facts(page), *_rules(page)] if page.procedure_id else []


def filled(text: str, marks: Mapping[str, str]) -> str:
    """The plain text with each known mark replaced once; an unknown one stays as it is."""
    return MARK.sub(lambda found: marks.get(_name(found[1]), found[0]), text)


def filled_html(html: str, marks: Mapping[str, str]) -> str:
    """The same in HTML, where a value is only ever text."""
    return filled(html, {name: escape(value) for name, value in marks.items()})


def filled_deep(content: Any, marks: Mapping[str, str]) -> Any:
    """The same in each text of lists and objects, as an API gives them."""
    if isinstance(content, str):
        return (filled_html if "</" in content else filled)(content, marks)
    if isinstance(content, list):
        return [filled_deep(item, marks) for item in content]
    if isinstance(content, dict):
        return {name: filled_deep(item, marks) for name, item in content.items()}
    return content


def unknown_page_marks(page: "ProcedurePage") -> list[tuple[str, str]]:
    """Each mark that stands for nothing, with the place where it is written, in order.

    A mark cut by bold or a link counts: the visitor would read its braces.
    """
    known = dict.fromkeys(page.marks, "")
    return [
        (place, mark)
        for place, text in texts_of(page)
        for mark in MARK.findall(strip_tags(filled(text, known)))
    ]


def texts_of(page: "ProcedurePage") -> Iterator[tuple[str, str]]:
    """Each text that its editor wrote, as it is stored, with the name of its place."""
    yield TITLE, page.title
    yield TITLE, page.seo_title
    yield DESCRIPTION, page.search_description
    yield INTRODUCTION, page.introduction
    for block in page.body:
        place = f"«{NBSP}{block.value['title']}{NBSP}»"
        for text in _texts_in(block.value):
            yield place, text


def _texts_in(value: Any) -> Iterator[str]:
    if hasattr(value, "source"):  # rich text
        yield value.source
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "values"):
        for item in value.values():
            yield from _texts_in(item)
    elif hasattr(value, "__iter__"):
        for item in value:
            yield from _texts_in(item)


def _name(written: str) -> str:
    """« {Délai : accuse} » is `delai:accuse`: accents, capitals and spaces do not count."""
    plain = unicodedata.normalize("NFD", written.casefold())
    return "".join(c for c in plain if unicodedata.category(c) != "Mn" and not c.isspace())


def _facts(page: "ProcedurePage") -> Iterator[Mark]:
    """What the organisation is; its channel is said to be missing rather than left out."""
    organisation = page.organisation
    yield Mark("organisme", "le nom de l’organisme", organisation.name)
    address = ", ".join(organisation.postal_address.splitlines())
    form = str(page.form_version or "")
    yield Mark("courriel", "son courriel", organisation.email or "(courriel non communiqué)")
    yield Mark("telephone", "son téléphone", organisation.phone or "(téléphone non communiqué)")
    yield Mark("adresse", "son adresse postale", address or "(adresse non communiquée)")
    yield Mark("formulaire", "le formulaire en vigueur", form or "(aucun formulaire)")


def _rules(page: "ProcedurePage") -> Iterator[Mark]:
    version = page.version
    if version is None or page.said is None:
        return
    number = f"version {version.number}" if version.number else "version à publier"
    yield Mark("version", "la référence et la version", f"{version.reference}, {number}")
    in_force = version.in_force_at and day_month_year(timezone.localdate(version.in_force_at))
    yield Mark("date", "le jour de son entrée en vigueur", in_force or "(date à venir)")
    mediator = version.mediator
    yield Mark(
        "mediateur",
        "le médiateur de la consommation",
        f"{mediator.name} ({mediator.website})" if mediator else "(aucun médiateur nommé)",
    )
    kept = page.said.retention or "(durée non fixée)"
    yield Mark("conservation", "la durée de conservation", kept)
    if page.said.review:
        yield Mark("relecture", "le rythme de relecture", page.said.review)
    for promise in page.said.promises:
        yield Mark(f"delai:{promise.key}", promise.label, promise.words)
