"""Assessing: how grave, how complex; the dates that depend on it are counted again (IH-A3)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from complaints.handling import deadlines
from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm, text_area
from complaints.models import Dossier
from complaints.sla.words import day_month_year
from complaints.workflow import Move, Rules
from complaints.workflow.vocabulary import Complexity, EventKind


class AssessmentForm(MoveForm):
    """The levels of the procedure under its own names, each with its criteria."""

    severity = forms.ChoiceField(label="Gravité", widget=forms.RadioSelect)
    complexity = forms.ChoiceField(
        label="Complexité", choices=Complexity.choices, widget=forms.RadioSelect
    )
    markers = forms.MultipleChoiceField(
        label="Repères",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cochez tout ce qui s’applique.",
    )
    reason = text_area(
        "Motif",
        required=False,
        help_text="Pour le journal. Obligatoire pour changer une évaluation déjà faite.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier, rules = self.act.dossier, self.act.rules
        self.fields["severity"].choices = severity_choices(rules)
        self.fields["markers"].choices = [(marker.key, marker.label) for marker in rules.markers]
        self.initial = _present(dossier)
        if not rules.severities:
            del self.fields["severity"]
        if not rules.markers:
            del self.fields["markers"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        dossier = self.act.dossier
        wanted = _wanted(data, dossier)
        if dossier.severity and not data.get("reason") and wanted != _present(dossier):
            self.add_error("reason", "Dites pourquoi l’évaluation change.")
        return data


def assess(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Grade the dossier: a limit that now applies counts from its own start, not from today (R9).

    The journal keeps both evaluations and each date that changed.
    """
    dossier = act.dossier
    before, wanted = _present(dossier), _wanted(data, dossier)
    for name, value in wanted.items():
        setattr(dossier, name, value)
    changes = deadlines.regrade(dossier, EventKind.ASSESSED, act.at)
    act.record(
        EventKind.ASSESSED,
        personal={"reason": data["reason"]},
        before=before,
        deadlines=changes,
        **wanted,
    )


def severity_choices(rules: Rules) -> list[tuple[str, str]]:
    """« Forte : danger pour une personne »."""
    return [
        (
            level.key.value,
            f"{level.label}\u00a0: {level.criteria}" if level.criteria else level.label,
        )
        for level in rules.severities
    ]


def marked(dossier: Dossier) -> list[str]:
    """The labels of the marks that its evaluation has put on it."""
    return marker_labels(dossier.rules, dossier.markers)


def marker_labels(rules: Rules, keys: Collection[str]) -> list[str]:
    """In the order of the procedure."""
    return [marker.label for marker in rules.markers if marker.key in keys]


def in_words(rules: Rules, changes: list[dict[str, Any]]) -> str:
    """What an assessment did to the dates, one line each, for the journal."""
    return "\n".join(_line(rules, change) for change in changes)


def _line(rules: Rules, change: dict[str, Any]) -> str:
    label = rules.time_limit(change["limit"]).label
    day = change.get("is") or change.get("was")
    when = day_month_year(date.fromisoformat(day)) if day else "sans date"
    return f"{label}\u00a0: {when}" if "is" in change else f"{label}\u00a0: {when}, sans objet"


def _present(dossier: Dossier) -> dict[str, Any]:
    """The evaluation as it stands; the markers only where the procedure has some."""
    markers = {"markers": list(dossier.markers)} if dossier.rules.markers else {}
    return {"severity": dossier.severity, "complexity": dossier.complexity} | markers


def _wanted(data: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    """What was filled in, and what there is of what was not asked."""
    wanted = {name: data.get(name, known) for name, known in _present(dossier).items()}
    if "markers" in wanted:
        chosen = wanted["markers"]
        wanted["markers"] = [mark.key for mark in dossier.rules.markers if mark.key in chosen]
    return wanted
