"""Forms and drafts written with the first editor, as the questions of the new one."""

import json

from django.db import migrations

from complaints.models.form_definition import sections_of


def rewrite(apps, schema_editor):
    for form in apps.get_model("complaints", "Form").objects.all():
        form.sections = json.dumps(rewritten(list(form.sections.raw_data)))
        form.save(update_fields=["sections"])
    kept = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="complaints", content_type__model="form"
    )
    for revision in kept.iterator():
        raw = json.loads(revision.content["sections"])
        revision.content["sections"] = json.dumps(rewritten(raw))
        revision.save(update_fields=["content"])


def rewritten(raw):
    """The raw data of the sections; what is written as now stays as it is."""
    sections = values(raw)
    if not any(is_of_before(item) for section in sections for item in section["fields"]):
        return raw
    fields = [values(section["fields"]) for section in sections]
    yes_no = {field["key"] for part in fields for field in part if field["kind"] == "yes_no"}
    asked = [[question(field, yes_no) for field in part] for part in fields]
    return sections_of({"sections": [s | {"fields": f} for s, f in zip(sections, asked)]})


def is_of_before(item):
    """A question had no type: its kind was one of its settings."""
    return item.get("type", "item") == "item"


def values(raw):
    """The items of a list, as its block keeps them or as a file gives them."""
    return [item["value"] if item.get("type") == "item" else item for item in raw]


def question(field, yes_no):
    kept = {name: value for name, value in field.items() if value and name != "show_if"}
    if kept.get("choices"):
        kept["choices"] = values(kept["choices"])
    condition = field.get("show_if") or {}
    if read := condition.get("field"):
        answers = [a["value"] if isinstance(a, dict) else a for a in condition["values"]]
        kept["show_if"] = {
            "field": read,
            "is": [answer == "yes" for answer in answers] if read in yes_no else answers,
        }
    return kept


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0005_forms_and_drafts"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
