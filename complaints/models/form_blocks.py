"""The blocks with which staff build a form; the compiled shape is `complaints.intake`'s."""

from wagtail import blocks

from complaints.intake import MAPPINGS, Kind

KINDS = [
    (Kind.TEXT.value, "Texte court"),
    (Kind.LONG_TEXT.value, "Texte long"),
    (Kind.EMAIL.value, "Courriel"),
    (Kind.PHONE.value, "Téléphone"),
    (Kind.DATE.value, "Date"),
    (Kind.NUMBER.value, "Nombre"),
    (Kind.YES_NO.value, "Oui ou non"),
    (Kind.CHOICE.value, "Un choix"),
    (Kind.CHOICES.value, "Plusieurs choix"),
    (Kind.FILES.value, "Fichiers"),
    (Kind.CONSENT.value, "Accord"),
    (Kind.INFORMATION.value, "Texte d’information"),
]
TARGETS = [(key, target.label) for key, target in MAPPINGS.items()]


class ChoiceOptionBlock(blocks.StructBlock):
    """One option of a choice: what is stored and what is read."""

    value = blocks.CharBlock(label="Valeur", max_length=60)
    label = blocks.CharBlock(label="Libellé", max_length=200)


class ConditionBlock(blocks.StructBlock):
    """Shown only if an earlier field has one of these values; empty: always shown."""

    field = blocks.CharBlock(label="Champ précédent (clé)", required=False)
    values = blocks.ListBlock(blocks.CharBlock(label="Valeur"), label="Valeurs", default=[])


class FieldBlock(blocks.StructBlock):
    """One question."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text="Ne change plus une fois publiée.")
    kind = blocks.ChoiceBlock(label="Type", choices=KINDS)
    label = blocks.CharBlock(label="Question", max_length=300)
    help = blocks.TextBlock(label="Aide", required=False)
    required = blocks.BooleanBlock(label="Obligatoire", required=False)
    maps_to = blocks.ChoiceBlock(label="Alimente", choices=TARGETS, required=False)
    autocomplete = blocks.CharBlock(label="Remplissage automatique", required=False)
    choices = blocks.ListBlock(ChoiceOptionBlock(), label="Options", default=[])
    show_if = ConditionBlock(label="Afficher si", required=False)

    class Meta:
        label = "Question"
        icon = "edit"


class SectionBlock(blocks.StructBlock):
    """A group of questions under one title."""

    key = blocks.CharBlock(label="Clé", max_length=40)
    title = blocks.CharBlock(label="Titre", max_length=200)
    help = blocks.TextBlock(label="Introduction", required=False)
    fields = blocks.ListBlock(FieldBlock(), label="Questions")

    class Meta:
        label = "Partie"
        icon = "list-ul"
