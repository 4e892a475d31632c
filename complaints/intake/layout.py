"""The crispy layout. Staff's words only ever reach a template as values, never as a template.

Crispy's own Fieldset, HTML and Submit compile their text: a title « {{ form }} » would be run.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string

from complaints.intake.conditions import in_words, posted
from complaints.intake.definition import FormDefinition, Section, ShowIf


class ErrorSummary:
    """What is to be corrected, at the top, each line a link to its question."""

    def render(
        self, form: forms.Form, context: object, template_pack: object = TEMPLATE_PACK, **_: Any
    ) -> str:
        wrong = [form[key] for key in form.wrong_keys()]
        if not wrong:
            return ""
        about = {"questions": wrong, "step": form.step}
        return render_to_string("complaints/intake/errors.html", about)


def _posted(show_if: ShowIf | None) -> str:
    return json.dumps(posted(show_if), ensure_ascii=False) if show_if else ""


class SectionLayout(LayoutObject):
    """One section: a fieldset, its legend, its questions and its information blocks."""

    def __init__(self, section: Section, definition: FormDefinition) -> None:
        self.section = section
        self.condition = in_words(section.show_if, definition)
        self.posted = _posted(section.show_if)
        self.fields = [field.key for field in section.fields if field.asks]
        self.parts = [
            {
                "field": field,
                "condition": in_words(field.show_if, definition, asks=field.asks),
                "posted": _posted(field.show_if),
            }
            for field in section.fields
        ]
        # Whether no answer of another section decides what this one shows.
        self.alone = all(
            key in self.fields for f in section.fields if f.show_if for key in f.show_if.fields
        )
        # The same for all who open the form that day: drawn once, for that step and that day.
        self.blank: tuple[object, str] = (None, "")

    def render(
        self, form: forms.Form, context: object, template_pack: object = TEMPLATE_PACK, **_: Any
    ) -> str:
        if form.step not in (None, self.section.key):
            return ""
        form.rendered_fields.update(self.fields)
        if not (form.is_blank and (form.step is None or self.alone)):
            return self._drawn(form)
        seen_by = (form.step, form.today)
        drawn_for, html = self.blank
        if drawn_for != seen_by:
            html = self._drawn(form)
            self.blank = seen_by, html
        return html

    def _drawn(self, form: forms.Form) -> str:
        parts = [
            part | {"question": form[part["field"].key] if part["field"].asks else None}
            for part in self._of_step(form)
        ]
        return render_to_string(
            "complaints/intake/section.html",
            {
                "section": self.section,
                "parts": parts,
                # A step is only shown when its condition holds: it need not be said again.
                "condition": "" if form.step else self.condition,
                "posted": "" if form.step else self.posted,
            },
        )

    def _of_step(self, form: forms.Form) -> list[dict[str, Any]]:
        """The parts of a step that the other steps call for; the page's script sees only this one.

        What another step decides is decided here, and no longer a condition on the page.
        """
        if form.step is None or form.given is None:
            return self.parts
        parts = []
        for part in self.parts:
            decided = part["field"].show_if and _decided(
                part["field"].show_if, set(self.fields), form.given
            )
            if decided is None or decided is True:
                parts.append(part | ({"condition": "", "posted": ""} if decided else {}))
            elif decided is not False:
                parts.append(part | {"posted": _posted(decided)})
        return parts


def _decided(show_if: ShowIf, here: set[str], given: Mapping[str, Any]) -> ShowIf | bool:
    """Whether the answers of other steps decide it; else what is left to this one."""
    left = tuple(test for test in show_if.tests if test.field in here)
    others = [test.holds(given) for test in show_if.tests if test.field not in here]
    if show_if.any in others or not left:
        return any(others) if show_if.any else all(others)
    return replace(show_if, tests=left)


class Helper(FormHelper):
    """How crispy shows a form whose tag, token and button the page writes."""

    # Crispy would look « » up among the site's addresses, each time.
    form_action = ""
    form_tag = False
    disable_csrf = True
    include_media = False


def form_helper(definition: FormDefinition) -> FormHelper:
    helper = Helper()
    helper.layout = Layout(
        ErrorSummary(), *(SectionLayout(section, definition) for section in definition.sections)
    )
    return helper
