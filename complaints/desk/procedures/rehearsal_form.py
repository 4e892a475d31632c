"""What a rehearsal plays, chosen in a small form that its own page carries; kept in the session."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest

from complaints.handling.rehearsal_play import Scenario
from complaints.models import Organisation
from complaints.sla import Region
from complaints.workflow import Rules
from complaints.workflow.path import LABELS, Wish
from complaints.workflow.vocabulary import Channel, Complexity

KEPT = "rehearsals"
# What one changes most; the rest is folded as long as it is as usual.
FIRST = ("wish", "received_on")
# A session is a row that is read at each page: old scenarios make room.
SCENARIOS = 10
HOUR = time(9)
YEARS = 3


class ScenarioForm(forms.Form):
    """When it is received, what it is, what happens then."""

    use_required_attribute = False

    wish = forms.ChoiceField(
        label="Ce qui se passe", choices=[(wish.value, label) for wish, label in LABELS.items()]
    )
    received_on = forms.DateField(
        label="Reçue le",
        error_messages={"required": "Choisissez un jour."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    received_time = forms.TimeField(
        label="Heure",
        error_messages={"required": "Choisissez une heure."},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    kind = forms.ChoiceField(label="Nature")
    channel = forms.ChoiceField(label="Arrivée par", choices=Channel.choices)
    severity = forms.ChoiceField(label="Gravité", required=False)
    complexity = forms.ChoiceField(label="Complexité", choices=Complexity.choices)
    region = forms.ChoiceField(label="Jours fériés", choices=Region.choices)

    def __init__(
        self, *args: Any, rules: Rules, organisation: Organisation, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.zone = today, organisation.time_zone
        levels = [(level.key.value, level.label) for level in rules.severities]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in rules.kinds]
        self.fields["severity"].choices = [("", "Pas évaluée"), *levels]
        if not levels:
            del self.fields["severity"]
        if len(rules.kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.initial = {
            "wish": Wish.STRAIGHT.value,
            "received_on": today,
            "received_time": HOUR,
            "kind": rules.kinds[0].value,
            "channel": Channel.ONLINE.value,
            "severity": "",
            "complexity": Complexity.SIMPLE.value,
            "region": organisation.region,
        }

    def clean_received_on(self) -> date:
        """Near enough to be a day that the organisation may live."""
        on = self.cleaned_data["received_on"]
        reach = timedelta(days=366 * YEARS)
        if abs(on - self.today) > reach:
            raise forms.ValidationError(f"Choisissez un jour à moins de {YEARS} ans d’aujourd’hui.")
        return on

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is always in sight."""
        return [field for field in self.visible_fields() if field.name in FIRST]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What is folded."""
        return [field for field in self.visible_fields() if field.name not in FIRST]

    @property
    def is_unusual(self) -> bool:
        """Whether something that is folded is not as usual, or is refused."""
        folded = [field.name for field in self.other_fields]
        return any(name in self.changed_data or name in self.errors for name in folded)

    def scenario(self) -> Scenario | None:
        """What to play; None when the form is refused."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Scenario(
            received_at=self._instant(data),
            wish=Wish(data["wish"]),
            kind=data["kind"],
            severity=data.get("severity", ""),
            complexity=data["complexity"],
            channel=data["channel"],
            region=data["region"],
        )

    def _instant(self, data: Mapping[str, Any]) -> datetime:
        try:
            zone = ZoneInfo(self.zone)
        except (LookupError, OSError, ValueError):  # told elsewhere: no day can be counted there
            zone = ZoneInfo("Europe/Paris")
        return datetime.combine(data["received_on"], data["received_time"], zone)


def scenario_form(request: HttpRequest, key: str, **facts: Any) -> ScenarioForm:
    """What was just asked for, else what was asked for last time for that procedure.

    What no longer fits the rules falls back on its default: an editor has just changed them.
    """
    if "wish" in request.GET:
        asked = {name: request.GET.get(name, "") for name in ScenarioForm.base_fields}
        form = ScenarioForm(asked, **facts)
        if form.is_valid():
            _keep(request, key, asked)
        return form
    usual = ScenarioForm(**facts)
    usual = {name: usual.get_initial_for_field(f, name) for name, f in usual.fields.items()}
    kept = request.session.get(KEPT, {}).get(key, {})
    form = ScenarioForm(usual | kept, **facts)
    return form if form.is_valid() else ScenarioForm(_without(form, usual | kept, usual), **facts)


def _without(form: forms.Form, data: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    return {name: usual.get(name) if name in form.errors else data[name] for name in data}


def _keep(request: HttpRequest, key: str, asked: Mapping[str, str]) -> None:
    kept = {name: asked for name, asked in request.session.get(KEPT, {}).items() if name != key}
    newest = dict(list(kept.items())[-SCENARIOS + 1 :])
    request.session[KEPT] = newest | {key: dict(asked)}
