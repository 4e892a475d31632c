"""The crispy layout. Staff's words only ever reach a template as values, never as a template.

Crispy's own Fieldset, HTML and Submit compile their text: a title « {{ form }} » would be run.
"""

import json
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string

from complaints.intake.conditions import in_words, posted
from complaints.intake.definition import FormDefinition, Section


class ErrorSummary:
    """What is to be corrected, at the top, each line a link to its question."""

    def render(
        self, form: forms.Form, context: object, template_pack: object = TEMPLATE_PACK, **_: Any
    ) -> str:
        wrong = [form[key] for key in form.errors if key in form.fields]
        if not wrong:
            return ""
        return render_to_string("complaints/intake/errors.html", {"questions": wrong})


class SectionLayout(LayoutObject):
    """One section: a fieldset, its legend, its questions and its information blocks."""

    def __init__(self, section: Section, definition: FormDefinition) -> None:
        self.section = section
        self.fields = [field.key for field in section.fields if field.asks]
        self.parts = [
            {
                "field": field,
                "condition": in_words(field, definition),
                "posted": json.dumps(posted(field), ensure_ascii=False),
            }
            for field in section.fields
        ]

    def render(
        self, form: forms.Form, context: object, template_pack: object = TEMPLATE_PACK, **_: Any
    ) -> str:
        form.rendered_fields.update(self.fields)
        parts = [
            part | {"question": form[part["field"].key] if part["field"].asks else None}
            for part in self.parts
        ]
        return render_to_string(
            "complaints/intake/section.html", {"section": self.section, "parts": parts}
        )


class Helper(FormHelper):
    """How crispy shows a form whose tag and button the page writes."""

    # Crispy would look « » up among the site's addresses, each time.
    form_action = ""
    form_tag = False
    include_media = False


def form_helper(definition: FormDefinition) -> FormHelper:
    helper = Helper()
    helper.layout = Layout(
        ErrorSummary(), *(SectionLayout(section, definition) for section in definition.sections)
    )
    return helper
