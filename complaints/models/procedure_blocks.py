"""The blocks with which staff write a procedure; the compiled shape is `complaints.workflow`'s.

What is needed each time comes first; the rest waits in folded groups, with defaults that suit.
"""

from wagtail import blocks

from complaints.models.key_blocks import KeyedBlock, KeyOfBlock, KeysOfBlock, OwnKeyBlock, ticked
from complaints.sla import Unit
from complaints.workflow.vocabulary import (
    Column,
    Deed,
    Kind,
    Phase,
    Severity,
)


class RoleBlock(KeyedBlock):
    """A role that the procedure names."""

    label = blocks.CharBlock(label="Intitulé", max_length=100)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Rôle"
        icon = "user"
        form_layout = blocks.BlockGroup(["label"], settings=["key"])


class BodyBlock(KeyedBlock):
    """A body that sits: a committee, under its own name."""

    label = blocks.CharBlock(label="Nom", max_length=100)
    members = blocks.TextBlock(
        label="Composition",
        required=False,
        help_text="Des fonctions plutôt que des noms : la procédure est publique.",
    )
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Instance"
        icon = "group"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(["label", "members"], settings=["key"])


class MarkerBlock(KeyedBlock):
    """A mark that the evaluation may put on a dossier."""

    label = blocks.CharBlock(label="Repère", max_length=100)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Repère"
        icon = "tag"
        form_layout = blocks.BlockGroup(["label"], settings=["key"])


class CriterionBlock(KeyedBlock):
    """What makes a complaint admissible."""

    label = blocks.CharBlock(label="Critère", max_length=300)
    amount = blocks.IntegerBlock(
        label="Les faits datent de moins de",
        required=False,
        min_value=1,
        help_text="Vide : le critère ne porte pas sur l’âge des faits.",
    )
    unit = blocks.ChoiceBlock(label="Unité", choices=Unit.choices, required=False)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Critère"
        icon = "check"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            ["label", blocks.BlockGroup(["amount", "unit"], heading="Âge des faits")],
            settings=["key"],
        )


class StageBlock(KeyedBlock):
    """A stage of a dossier; with a number it is also a step of the public page."""

    label = blocks.CharBlock(label="Nom de l’étape", max_length=100)
    phase = blocks.ChoiceBlock(
        label="Phase",
        choices=Phase.choices,
        default=Phase.OPEN,
        help_text="Où en est le dossier, quel que soit le nom que vous donnez à l’étape.",
    )
    public_label = blocks.CharBlock(
        label="Nom pour le réclamant",
        required=False,
        max_length=100,
        help_text="Ce qu’il lit en suivant son dossier. Vide : le nom de l’étape.",
    )
    step = blocks.IntegerBlock(
        label="Numéro sur la page",
        required=False,
        min_value=1,
        help_text="Vide : l’étape n’est pas montrée au public.",
    )
    summary = blocks.TextBlock(label="Explication pour le public", required=False)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Étape"
        icon = "list-ol"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            [
                "label",
                "phase",
                blocks.BlockGroup(["public_label", "step", "summary"], heading="Pour le public"),
            ],
            settings=["key"],
        )


class MoveBlock(KeyedBlock):
    """A button on the dossier."""

    label = blocks.CharBlock(label="Nom du bouton", max_length=100)
    deed = blocks.ChoiceBlock(label="Ce qu’il fait", choices=Deed.choices)
    sources = KeysOfBlock("stages", label="Depuis les étapes")
    to = KeyOfBlock(
        "stages", required=False, label="Vers l’étape", help_text="Vide : reste à la même étape."
    )
    roles = KeysOfBlock("roles", label="Qui peut le faire")
    letter = KeyOfBlock("letters", required=False, label="Courrier proposé")
    help = blocks.TextBlock(label="Aide sous le bouton", required=False)
    likely = blocks.BooleanBlock(label="Mis en avant", required=False)
    within = KeyOfBlock(
        "time_limits",
        required=False,
        label="Seulement pendant le délai",
        help_text="Vide : tant que le dossier est à ces étapes.",
    )
    kinds = ticked("Seulement pour les dossiers de nature", Kind.choices)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Action"
        icon = "arrow-right"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            [
                "label",
                "deed",
                "sources",
                "to",
                "roles",
                "letter",
                blocks.BlockGroup(
                    ["help", "likely", "within", "kinds"],
                    heading="Plus de réglages",
                    classname="collapsed",
                ),
            ],
            settings=["key"],
        )


class LetterBlock(KeyedBlock):
    """A letter that a move proposes, with merge fields."""

    label = blocks.CharBlock(label="Nom", max_length=100)
    subject = blocks.CharBlock(label="Objet", max_length=200)
    body = blocks.TextBlock(label="Texte", rows=14)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Courrier"
        icon = "mail"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(["label", "subject", "body"], settings=["key"])


class RegisterColumnBlock(blocks.StructBlock):
    """A column of the register."""

    label = blocks.CharBlock(label="Titre", max_length=200)
    key = blocks.ChoiceBlock(label="Ce qu’elle montre", choices=Column.choices)

    class Meta:
        label = "Colonne"
        icon = "table"
        label_format = "{label}"


class SeverityBlock(blocks.StructBlock):
    """A level of gravity, in the organisation's words."""

    key = blocks.ChoiceBlock(label="Niveau", choices=Severity.choices)
    label = blocks.CharBlock(label="Nom", max_length=60)
    criteria = blocks.TextBlock(label="Critères", required=False)

    class Meta:
        label = "Gravité"
        icon = "warning"
        label_format = "{label}"
