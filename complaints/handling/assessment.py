"""Assessing: how grave, how complex; the dates that depend on it are counted again (IH-A3)."""

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
    reason = text_area(
        "Motif",
        required=False,
        help_text="Pour le journal. Obligatoire pour changer une évaluation déjà faite.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier, rules = self.act.dossier, self.act.rules
        self.fields["severity"].choices = severity_choices(rules)
        self.initial = {"severity": dossier.severity, "complexity": dossier.complexity}
        if not rules.severities:
            del self.fields["severity"]

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
    before = _present(dossier)
    dossier.severity, dossier.complexity = _wanted(data, dossier)
    changes = deadlines.regrade(dossier, EventKind.ASSESSED, act.at)
    act.record(
        EventKind.ASSESSED,
        personal={"reason": data["reason"]},
        severity=dossier.severity,
        complexity=dossier.complexity,
        before=dict(zip(("severity", "complexity"), before, strict=True)),
        deadlines=changes,
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


def in_words(rules: Rules, changes: list[dict[str, Any]]) -> str:
    """What an assessment did to the dates, one line each, for the journal."""
    return "\n".join(_line(rules, change) for change in changes)


def _line(rules: Rules, change: dict[str, Any]) -> str:
    label = rules.time_limit(change["limit"]).label
    day = change.get("is") or change.get("was")
    when = day_month_year(date.fromisoformat(day)) if day else "sans date"
    return f"{label}\u00a0: {when}" if "is" in change else f"{label}\u00a0: {when}, sans objet"


def _present(dossier: Dossier) -> tuple[str, str]:
    return dossier.severity, dossier.complexity


def _wanted(data: dict[str, Any], dossier: Dossier) -> tuple[str, str]:
    return data.get("severity", dossier.severity), data.get("complexity", dossier.complexity)
