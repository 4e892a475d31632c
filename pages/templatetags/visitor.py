"""The site a visitor is on, and French typography, for the public templates."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from complaints.letters.merge import in_words
from complaints.letters.typography import french_spaces
from complaints.models import Organisation
from pages.visited import Visited, visited

register = template.Library()
TAG = re.compile(r"(<[^>]*>)")
KILO = 1024


@register.simple_tag(takes_context=True)
def visited_site(context: template.Context) -> Visited:
    """The organisation, its page and the version in force; all None outside of a request."""
    request = context.get("request")
    return visited(request) if request else Visited(None)


@register.filter
def day(value: date | datetime) -> str:
    """« 1er mai 2026 »; an instant is a day in the organisation's country."""
    return in_words(timezone.localdate(value) if isinstance(value, datetime) else value)


@register.filter
def instant(value: datetime, organisation: Organisation) -> str:
    """« 1er mai 2026 à 14 h 05 », on the clock of that organisation."""
    local = timezone.localtime(value, organisation.clock)
    return f"{in_words(local.date())} à {local.hour}\u00a0h\u00a0{local:%M}"


@register.filter
def typo(text: object) -> SafeString:
    """The text with French unbreakable spaces; tags are left alone, plain text is escaped."""
    pieces = TAG.split(conditional_escape(text))
    return mark_safe(  # noqa: S308  escaped above
        "".join(piece if piece.startswith("<") else french_spaces(piece) for piece in pieces)
    )


@register.filter
def weight(size: int) -> str:
    """« 84 Ko », « 1,2 Mo »: never zero."""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))}\u00a0Ko"
    return f"{size / KILO / KILO:.1f}".replace(".", ",") + "\u00a0Mo"


@register.filter
def dialled(number: str) -> str:
    """A telephone number as a link dials it: digits, and a plus in front."""
    return re.sub(r"(?!^\+)\D", "", number)
