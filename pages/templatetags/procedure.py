"""The marks of a page filled in its templates."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from pages.marks import filled_html

register = template.Library()


@register.filter
def filled(text: object, page: Any) -> SafeString:
    """The text with its marks replaced; plain text is escaped, and each value always is."""
    return mark_safe(filled_html(conditional_escape(text), page.marks))  # noqa: S308  escaped
