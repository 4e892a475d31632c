"""« Afficher si »: the blocks with which a question or a part depends on what is answered above."""

from wagtail import blocks

from complaints.intake.definition import Operator
from complaints.models.key_blocks import KeyOfBlock, KeysOfBlock

UNANSWERED = "unanswered"
TESTS = [
    (Operator.IS.value, "est"),
    (Operator.IS_NOT.value, "n’est pas"),
    (Operator.ANSWERED.value, "a une réponse"),
    (UNANSWERED, "n’a pas de réponse"),
]
ALL, ANY = "all", "any"


class ConditionBlock(blocks.StructBlock):
    """One test of an earlier answer."""

    field = KeyOfBlock("questions-above", label="Question")
    test = blocks.ChoiceBlock(label="Ce qu’on regarde", choices=TESTS, default=Operator.IS.value)
    values = KeysOfBlock(
        "answers",
        required=False,
        label="Réponses",
        help_text="Plusieurs : l’une ou l’autre. Rien à cocher quand on regarde seulement"
        " s’il y a une réponse.",
    )

    class Meta:
        label = "Condition"
        icon = "view"
        form_classname = "struct-block doleances-test"


class ShowIfBlock(blocks.StructBlock):
    """All of these tests, or any of them; none: always shown."""

    tests = blocks.ListBlock(ConditionBlock(), label="Conditions", default=[])
    join = blocks.ChoiceBlock(
        label="S’il y en a plusieurs",
        choices=[(ALL, "Toutes doivent être vraies"), (ANY, "Une seule suffit")],
        default=ALL,
    )

    class Meta:
        label = "Afficher si"
        icon = "view"
        label_format = ""
        collapsed = True
        form_classname = "struct-block doleances-show-if"
        help_text = "Sans condition, c’est toujours affiché."
