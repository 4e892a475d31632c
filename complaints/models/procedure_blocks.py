"""The blocks with which staff write a procedure; the compiled shape is `complaints.workflow`'s."""

from wagtail import blocks

from complaints.sla import Unit
from complaints.workflow.vocabulary import (
    UNGRADED,
    Complexity,
    Deed,
    EventKind,
    Kind,
    OnExpiry,
    Phase,
    Severity,
)

KEY_HELP = "Identifiant interne : des lettres minuscules, des chiffres et _."


class RoleBlock(blocks.StructBlock):
    """A role that the procedure names."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Intitulé", max_length=100)


class BodyBlock(blocks.StructBlock):
    """A body that sits: a committee, under its own name."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Nom", max_length=100)
    members = blocks.TextBlock(
        label="Composition",
        required=False,
        help_text="Des fonctions plutôt que des noms : la procédure est publique.",
    )


class MarkerBlock(blocks.StructBlock):
    """A mark that the evaluation may put on a dossier."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Repère", max_length=100)


class CriterionBlock(blocks.StructBlock):
    """What makes a complaint admissible."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Critère", max_length=300)
    amount = blocks.IntegerBlock(label="Les faits datent de moins de", required=False, min_value=1)
    unit = blocks.ChoiceBlock(label="Unité", choices=Unit.choices, required=False)


class StageBlock(blocks.StructBlock):
    """A stage of a dossier; with a number it is also a step of the public page."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Nom de l’étape", max_length=100)
    phase = blocks.ChoiceBlock(label="Phase", choices=Phase.choices)
    public_label = blocks.CharBlock(label="Nom pour le réclamant", required=False, max_length=100)
    step = blocks.IntegerBlock(label="Numéro sur la page", required=False, min_value=1)
    summary = blocks.TextBlock(label="Explication pour le public", required=False)


class MoveBlock(blocks.StructBlock):
    """A button on the dossier."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Nom du bouton", max_length=100)
    deed = blocks.ChoiceBlock(label="Ce qu’il fait", choices=Deed.choices)
    sources = blocks.ListBlock(blocks.CharBlock(label="Étape"), label="Depuis")
    to = blocks.CharBlock(label="Vers", required=False, help_text="Vide : reste à la même étape.")
    roles = blocks.ListBlock(blocks.CharBlock(label="Rôle"), label="Qui")
    letter = blocks.CharBlock(label="Courrier proposé", required=False)
    likely = blocks.BooleanBlock(label="Mis en avant", required=False)
    help = blocks.TextBlock(label="Aide", required=False)
    within = blocks.CharBlock(
        label="Seulement pendant le délai",
        required=False,
        help_text="Vide : tant que le dossier est à ces étapes.",
    )


class ReadingBlock(blocks.StructBlock):
    """One way to count a time limit."""

    amount = blocks.IntegerBlock(label="Durée", min_value=0)
    unit = blocks.ChoiceBlock(label="Unité", choices=Unit.choices)


class CountingBlock(blocks.StructBlock):
    """How a time limit is counted."""

    readings = blocks.ListBlock(ReadingBlock(), label="Lectures")
    roll_over = blocks.BooleanBlock(label="Report au jour ouvré suivant", required=False)
    favours = blocks.ChoiceBlock(
        label="Si plusieurs lectures",
        choices=[
            ("organisation", "La plus proche (nos obligations)"),
            ("complainant", "La plus lointaine (ses droits)"),
        ],
        default="organisation",
    )


class WhenBlock(blocks.StructBlock):
    """When the time limit applies; nothing chosen: always."""

    severity = blocks.MultipleChoiceBlock(
        label="Gravité",
        choices=[*Severity.choices, (UNGRADED, "Pas encore évaluée")],
        required=False,
    )
    complexity = blocks.MultipleChoiceBlock(
        label="Complexité", choices=Complexity.choices, required=False
    )
    kind = blocks.MultipleChoiceBlock(label="Nature", choices=Kind.choices, required=False)


class ExtensionBlock(blocks.StructBlock):
    """Whether the time limit may be prolonged, with reasons and a letter to the complainant."""

    allowed = blocks.BooleanBlock(label="Peut être prolongé, avec un motif", required=False)
    times = blocks.IntegerBlock(
        label="Combien de fois", required=False, min_value=1, help_text="Vide : autant qu’il faut."
    )
    amount = blocks.IntegerBlock(
        label="D’au plus", required=False, min_value=0, help_text="Vide : sans maximum."
    )
    unit = blocks.ChoiceBlock(label="Unité", choices=Unit.choices, required=False)


class TimeLimitBlock(blocks.StructBlock):
    """A promise to the complainant, a right of theirs, or a target of the team."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Nom", max_length=100)
    promise = blocks.TextBlock(
        label="Phrase pour le public",
        required=False,
        help_text="Ex. « Nous devons vous répondre ».",
    )
    internal = blocks.BooleanBlock(label="Repère interne, jamais montré", required=False)
    starts_on = blocks.ChoiceBlock(label="Part de", choices=EventKind.choices)
    from_first_writing = blocks.BooleanBlock(
        label="Compté depuis la première réclamation écrite", required=False
    )
    met_by = blocks.MultipleChoiceBlock(
        label="Satisfait par", choices=EventKind.choices, required=False
    )
    counting = CountingBlock(label="Durée")
    on_expiry = blocks.ChoiceBlock(label="À l’échéance", choices=OnExpiry.choices)
    warn_days = blocks.ListBlock(
        blocks.IntegerBlock(min_value=0), label="Prévenir (jours avant)", default=[]
    )
    owner = blocks.CharBlock(label="Responsable (rôle)", required=False)
    escalate_to = blocks.CharBlock(label="Alerter aussi (rôle)", required=False)
    pauses_on = blocks.MultipleChoiceBlock(
        label="Suspendu par", choices=EventKind.choices, required=False
    )
    resumes_on = blocks.MultipleChoiceBlock(
        label="Repris par", choices=EventKind.choices, required=False
    )
    when = WhenBlock(label="Seulement si", required=False)
    extension = ExtensionBlock(label="Prolongation", required=False)


class LetterBlock(blocks.StructBlock):
    """A letter that a move proposes, with merge fields."""

    key = blocks.CharBlock(label="Clé", max_length=40, help_text=KEY_HELP)
    label = blocks.CharBlock(label="Nom", max_length=100)
    subject = blocks.CharBlock(label="Objet", max_length=200)
    body = blocks.TextBlock(label="Texte")


class RegisterColumnBlock(blocks.StructBlock):
    """A column of the register."""

    key = blocks.CharBlock(label="Contenu", max_length=40)
    label = blocks.CharBlock(label="Titre", max_length=200)


class SeverityBlock(blocks.StructBlock):
    """A level of gravity, in the organisation's words."""

    key = blocks.ChoiceBlock(label="Niveau", choices=Severity.choices)
    label = blocks.CharBlock(label="Nom", max_length=60)
    criteria = blocks.TextBlock(label="Critères", required=False)
