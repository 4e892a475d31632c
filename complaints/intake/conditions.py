"""A condition as the page shows it: in words for people, in posted values for a script."""

from complaints.intake.definition import Field, FormDefinition
from complaints.intake.typography import sentence


def in_words(field: Field, definition: FormDefinition) -> str:
    """When this field counts, for whoever reads the form without our script."""
    if field.show_if is None:
        return ""
    controlling = definition.by_key[field.show_if.field]
    values = posted(field)
    labels = [choice.label for choice in controlling.proposed if choice.value in values]
    task = "À remplir" if field.asks else "À lire"
    return sentence(
        task + " si vous avez répondu {answers} à « {label} ».",
        answers=" ou ".join(sentence("« {label} »", label=label) for label in labels),
        label=controlling.label,
    )


def posted(field: Field) -> list[str]:
    """The values of its condition, as a browser posts them."""
    values = field.show_if.values if field.show_if else ()
    words = {True: "yes", False: "no"}
    return [words[value] if isinstance(value, bool) else value for value in values]
