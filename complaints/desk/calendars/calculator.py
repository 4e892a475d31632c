"""« Calculer une échéance »: any time limit counted on the stored calendars, step by step."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.desk.describing import describe
from complaints.desk.policies import organisations_of, works_somewhere
from complaints.handling.forms import day
from complaints.models import Calendar, Organisation
from complaints.sla import (
    Answer,
    Favours,
    Limit,
    LimitError,
    Pause,
    PauseError,
    Question,
    Reading,
    Region,
    SlaError,
    StartError,
    Unit,
    WorkCalendar,
    parse_reading,
    parse_week,
    table,
)
from complaints.sla.words import NBSP, WEEKDAYS, full_day, listed

# No figure, no day: « aucun » would be a question without an answer.
UNITS = [choice for choice in Unit.choices if choice[0] != Unit.NONE]
BOUND = [(Favours.ORGANISATION, "L’organisme"), (Favours.COMPLAINANT, "Le réclamant")]
PAUSES = (1, 2, 3)


def amount(label: str, *, required: bool = False) -> forms.CharField:
    """A number of days, months or years: as text, or a browser would hide what it refuses."""
    figures = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.CharField(label=label, required=required, widget=figures)


class CalculatorForm(forms.Form):
    """What is asked; an error stays beside what caused it."""

    received_on = day("Jour", required=True, help_text="Ce jour-là n’est pas compté (art. 641).")
    received_at = forms.TimeField(
        label="Heure",
        required=False,
        help_text="Facultative : jusqu’à minuit, c’est le même jour.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    amount_1 = amount("Durée", required=True)
    unit_1 = forms.ChoiceField(label="Unité", choices=UNITS)
    amount_2 = amount("Autre durée")
    unit_2 = forms.ChoiceField(label="Unité", choices=[("", "—"), *UNITS], required=False)
    favours = forms.ChoiceField(
        label="À tenir par",
        choices=BOUND,
        required=False,
        help_text="Si le délai se lit de deux façons, la date la plus proche oblige l’organisme, "
        "la plus lointaine reste ouverte au réclamant.",
    )
    region = forms.ChoiceField(label="Région des jours fériés", choices=Region.choices)
    roll_over = forms.BooleanField(
        label="Reporter au premier jour ouvert",
        required=False,
        help_text="Si le délai finit un samedi, un dimanche ou un jour férié (art. 642).",
    )
    pause_1_start, pause_1_end = day("Début"), day("Fin")
    pause_2_start, pause_2_end = day("Début"), day("Fin")
    pause_3_start, pause_3_end = day("Début"), day("Fin")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        readings, pauses = [self._reading(n) for n in (1, 2)], [self._pause(n) for n in PAUSES]
        if not self.errors:
            data["pauses"] = tuple(pause for pause in pauses if pause)
            data["limit"] = self._limit([reading for reading in readings if reading])
        return data

    def question(self, calendar: WorkCalendar) -> Question:
        """The hour is the one of the organisation's own clock."""
        data = self.cleaned_data
        at = datetime.combine(data["received_on"], data["received_at"] or time.min, calendar.zone)
        return Question(at, data["limit"], data["pauses"])

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two ends of each suspension."""
        return [(self[f"pause_{n}_start"], self[f"pause_{n}_end"]) for n in PAUSES]

    def is_paused(self) -> bool:
        """Whether a suspension was typed, and must therefore be shown."""
        return any(field.value() for pair in self.pairs() for field in pair)

    def _reading(self, number: int) -> Reading | None:
        count, unit = f"amount_{number}", f"unit_{number}"
        typed, chosen = self.cleaned_data.get(count), self.cleaned_data.get(unit)
        if count in self.errors or unit in self.errors or not (typed or chosen):
            return None
        if not typed or not chosen:
            missing, word = (unit, "l’unité") if typed else (count, "la durée")
            self.add_error(missing, f"Indiquez aussi {word}.")
            return None
        try:
            return parse_reading(f"{typed} {chosen}")
        except LimitError as refusal:
            self.add_error(count, str(refusal))
        return None

    def _pause(self, number: int) -> Pause | None:
        first, last = f"pause_{number}_start", f"pause_{number}_end"
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if first in self.errors or last in self.errors or not (start or end):
            return None
        if not start:
            self.add_error(first, "Indiquez aussi le début.")
            return None
        try:
            return Pause(start, end)
        except PauseError as refusal:
            self.add_error(last if end else first, str(refusal))
        return None

    def _limit(self, readings: list[Reading]) -> Limit | None:
        try:
            favours = self.cleaned_data["favours"] or Favours.ORGANISATION
            return Limit(tuple(readings), self.cleaned_data["roll_over"], favours)
        except LimitError as refusal:
            self.add_error("amount_2", str(refusal))
        return None


class CalculatorScreen(WagtailAdminTemplateMixin, View):
    """Asked in the address, so that a question can be kept, sent and asked again."""

    http_method_names = ["get", "head", "options"]
    page_title = "Calculer une échéance"
    header_icon = "calendar-check"
    template_name = "complaints/desk/calendars/calculator.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_calculate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        organisation = only_organisation(request.user)
        asked = request.GET.keys() & CalculatorForm.base_fields.keys()
        at_home = {"region": organisation.region if organisation else Region.METROPOLE}
        form = CalculatorForm(request.GET if asked else None, initial=at_home)
        found = answered(form, organisation) if form.is_valid() else {}
        describe(form)
        return self.render_to_response(
            self.get_context_data(form=form, **found), status=422 if form.errors else 200
        )

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class CalculatorMenuItem(MenuItem):
    """For who may calculate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_calculate(request.user)


def may_calculate(user: Any) -> bool:
    """Who sees dossiers or writes what an organisation publishes; it tells nothing of anyone."""
    return works_somewhere(user)


def only_organisation(user: Any) -> Organisation | None:
    """The one that person works for; nobody's week is better than one of several."""
    mine = organisations_of(user)
    return Organisation.objects.get(pk=next(iter(mine))) if len(mine) == 1 else None


def answered(form: CalculatorForm, organisation: Organisation | None) -> dict[str, Any]:
    """What the screen shows; a refusal goes back to the form."""
    try:
        calendar = _calendar(form.cleaned_data["region"], organisation)
        answer = form.question(calendar).answer(calendar)
    except Calendar.DoesNotExist:
        form.add_error("region", "Les jours fériés de cette région ne sont pas enregistrés ici.")
    except SlaError as refusal:
        form.add_error("received_on" if isinstance(refusal, StartError) else None, str(refusal))
    else:
        return _shown(answer, calendar) | {"organisation": organisation}
    return {}


def urls() -> list[URLPattern]:
    """Under the admin's own address."""
    return [path("calcul/", CalculatorScreen.as_view(), name="calculator")]


def menu_item() -> MenuItem:
    """« Calculer une échéance », after the lists."""
    return CalculatorMenuItem(
        CalculatorScreen.page_title,
        reverse("calculator"),
        name="calcul",
        icon_name=CalculatorScreen.header_icon,
        order=40,
    )


def _calendar(region: str, organisation: Organisation | None) -> WorkCalendar:
    """The newest one of that region. Two queries."""
    week = organisation.working_days if organisation else parse_week("1111100")
    zone = organisation.time_zone if organisation else "Europe/Paris"
    return Calendar.objects.current(region).for_counting(week, zone)


def _shown(answer: Answer, calendar: WorkCalendar) -> dict[str, Any]:
    found = answer.due
    late = found.late_from.astimezone(calendar.zone) if found.late_from else None
    return {
        "answer": answer,
        "due_day": full_day(found.due_on) if found.due_on else "",
        "late_from": _moment(late) if late else "",
        "rows": table(found),
        "calendar": calendar,
        "region": Region(calendar.region).label,
        "week": listed([WEEKDAYS[weekday] for weekday in sorted(calendar.working_week)], "et"),
    }


def _moment(at: datetime) -> str:
    return f"{full_day(at.date())} à {at.hour}{NBSP}h{NBSP}{at.minute:02}"
