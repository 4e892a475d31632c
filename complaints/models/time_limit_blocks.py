"""The blocks of a time limit: how long, from when, met by what, for which dossiers."""

from wagtail import blocks

from complaints.models.key_blocks import DaysBlock, KeyedBlock, KeyOfBlock, OwnKeyBlock, ticked
from complaints.sla import Unit
from complaints.workflow.vocabulary import (
    UNGRADED,
    Channel,
    Complexity,
    EventKind,
    Kind,
    OnExpiry,
    Severity,
    Stakeholder,
)

# What only the machine or a reader of files does neither starts nor meets a time limit.
UNHEARD = {
    EventKind.FILE_OPENED,
    EventKind.NOTE_WRITTEN,
    EventKind.ASSIGNED,
    EventKind.DEADLINE_WARNED,
    EventKind.DEADLINE_MISSED,
    EventKind.DEADLINE_LAPSED,
    EventKind.DEADLINE_SET,
    EventKind.PROCEDURE_CHANGED,
    EventKind.ERASED,
}
FACTS = [(kind.value, kind.label) for kind in EventKind if kind not in UNHEARD]


class ReadingBlock(blocks.StructBlock):
    """One way to count a time limit."""

    amount = blocks.IntegerBlock(label="Durée", min_value=0)
    unit = blocks.ChoiceBlock(label="Unité", choices=Unit.choices)


class CountingBlock(blocks.StructBlock):
    """How a time limit is counted."""

    readings = blocks.ListBlock(
        ReadingBlock(label="Durée"),
        label="Durée",
        min_num=1,
        help_text="Une seule suffit. Avec deux, une seule date est retenue pour chaque dossier.",
    )
    roll_over = blocks.BooleanBlock(
        label="Reporter au jour ouvré suivant",
        required=False,
        help_text="Si le dernier jour est un samedi, un dimanche ou un jour férié.",
    )
    favours = blocks.ChoiceBlock(
        label="Si plusieurs durées",
        choices=[
            ("organisation", "La date la plus proche (nos obligations)"),
            ("complainant", "La date la plus lointaine (ses droits)"),
        ],
        default="organisation",
    )

    class Meta:
        label_format = ""


class WhenBlock(blocks.StructBlock):
    """When the time limit applies; nothing chosen: always."""

    severity = ticked("Gravité", [*Severity.choices, (UNGRADED, "Pas encore évaluée")])
    complexity = ticked("Complexité", Complexity.choices)
    kind = ticked("Nature", Kind.choices)
    stakeholder = ticked("Qualité du réclamant", Stakeholder.choices)
    channel = ticked("Reçu par", Channel.choices)

    class Meta:
        collapsed = True
        label_format = ""


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
    from_start = blocks.BooleanBlock(
        label="C’est la durée totale, comptée depuis le départ du délai",
        required=False,
        help_text="Par exemple 2 mois en tout pour un délai de 1 mois prolongé de 1 mois.",
    )

    class Meta:
        collapsed = True
        label_format = ""


class TimeLimitBlock(KeyedBlock):
    """A promise to the complainant, a right of theirs, or a target of the team."""

    label = blocks.CharBlock(label="Nom", max_length=100)
    promise = blocks.TextBlock(
        label="Phrase pour le public",
        required=False,
        help_text="Sans la durée, qui s’ajoute d’elle-même. Ex. « Nous vous répondons ».",
    )
    counting = CountingBlock(label="Combien de temps")
    starts_on = blocks.ChoiceBlock(label="Part de", choices=FACTS, default=EventKind.RECEIVED)
    met_by = ticked("Satisfait par", FACTS)
    on_expiry = blocks.ChoiceBlock(
        label="À l’échéance", choices=OnExpiry.choices, default=OnExpiry.LATE
    )
    owner = KeyOfBlock("roles", required=False, label="Responsable")
    internal = blocks.BooleanBlock(
        label="Repère interne",
        required=False,
        help_text="Pour l’équipe seulement : jamais montré au public.",
    )
    from_first_writing = blocks.BooleanBlock(
        label="Compté depuis la première réclamation écrite", required=False
    )
    warn_days = DaysBlock(
        label="Prévenir (jours avant)", help_text="Par exemple : 7, 2. Vide : sans rappel."
    )
    escalate_to = KeyOfBlock("roles", required=False, label="En cas de retard, alerter aussi")
    pauses_on = ticked("Suspendu par", FACTS)
    resumes_on = ticked("Repris par", FACTS)
    when = WhenBlock(label="Seulement pour certains dossiers", required=False)
    extension = ExtensionBlock(label="Prolongation", required=False)
    key = OwnKeyBlock(label="Clé")

    class Meta:
        label = "Délai"
        icon = "time"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            [
                "label",
                "promise",
                "counting",
                "starts_on",
                "met_by",
                "on_expiry",
                "owner",
                "when",
                "extension",
                blocks.BlockGroup(
                    ["warn_days", "escalate_to", "internal", "from_first_writing"],
                    heading="Rappels et visibilité",
                    classname="collapsed",
                    label_format="",
                ),
                blocks.BlockGroup(
                    ["pauses_on", "resumes_on"],
                    heading="Suspension",
                    classname="collapsed",
                    label_format="",
                ),
            ],
            settings=["key"],
        )
