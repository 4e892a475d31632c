"""Measures: what is done so that it stops, and so that it does not come back (CS-18, CS-21)."""

from typing import Any

from django import forms
from django.utils import timezone

from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm, day, text_area
from complaints.models import Measure
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class MeasureForm(MoveForm):
    """A measure to take."""

    nature = forms.ChoiceField(label="Nature", choices=Measure.Nature.choices)
    description = text_area("Mesure")
    root_cause = text_area("Cause profonde", required=False, rows=2)
    owner = forms.CharField(label="Responsable", max_length=100, required=False)
    due_on = day("À faire pour le")


class MeasureDoneForm(MoveForm):
    """Which measure was carried out."""

    measure = forms.ModelChoiceField(label="Mesure", queryset=Measure.objects.none())
    effect = text_area("Effet constaté", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = self.act.dossier.measures.filter(done_on=None)


class EffectForm(MoveForm):
    """Which measure had which effect."""

    measure = forms.ModelChoiceField(label="Mesure réalisée", queryset=Measure.objects.none())
    effect = text_area(
        "Effet constaté",
        help_text="Ce qui montre que le problème a cessé, ou qu’il reste à faire.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.act.dossier.measures.filter(done_on__isnull=False, effect_checked_on=None)
        self.fields["measure"].queryset = waiting


def plan_measure(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Add a measure to the plan, linked to this dossier."""
    measure = Measure.objects.create(
        organisation=act.dossier.organisation, planned_on=timezone.localdate(act.at), **data
    )
    measure.dossiers.add(act.dossier)
    said = {"description": measure.description}
    act.record(EventKind.MEASURE_PLANNED, personal=said, measure=measure.pk)


def complete_measure(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Note that it was done, and the effect if it is already known."""
    measure: Measure = data["measure"]
    today = timezone.localdate(act.at)
    measure.done_on, measure.effect = today, data["effect"]
    measure.effect_checked_on = today if data["effect"] else None
    measure.save()
    act.record(EventKind.MEASURE_DONE, measure=measure.pk)


def check_effect(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Note what a measure changed; until then it is done, not proven (CY-16)."""
    measure: Measure = data["measure"]
    measure.effect, measure.effect_checked_on = data["effect"], timezone.localdate(act.at)
    measure.save()
    said = {"description": measure.description, "effect": measure.effect}
    act.record(EventKind.EFFECT_CHECKED, personal=said, measure=measure.pk)
