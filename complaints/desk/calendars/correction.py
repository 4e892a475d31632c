"""Correcting a calendar without fear: proposed, shown in words, then done as a new version."""

import json
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from complaints.desk.calendars.facts import (
    SPACE,
    address,
    announced,
    by_year,
    counting_with,
    dates_kept,
)
from complaints.desk.dossiers.reaching import seen_by
from complaints.handling.calendars import (
    NAME_LENGTH,
    REASON_LENGTH,
    CalendarMoved,
    CorrectionRefused,
    add_day,
    changes,
    correct_calendar,
    without,
)
from complaints.handling.forms import day
from complaints.models import Calendar
from complaints.sla.words import NBSP

ROWS = range(1, 6)


class CorrectionForm(forms.Form):
    """Days to take away, days to add, and why; a day both taken away and added is renamed."""

    removed = forms.TypedMultipleChoiceField(
        label="Jours à retirer", required=False, coerce=date.fromisoformat
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=REASON_LENGTH,
        help_text="Ce qui manquait ou ce qui était faux, et d’où vous le tenez."
        " Tout le personnel peut le lire.",
    )

    def __init__(
        self, *args: Any, calendar: Calendar, days: dict[date, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.days = calendar, days
        self.fields["removed"].choices = [(on.isoformat(), name) for on, name in days.items()]
        for number in ROWS:
            self.fields[f"day_{number}"] = day("Jour")
            self.fields[f"name_{number}"] = forms.CharField(
                label="Nom", max_length=NAME_LENGTH, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        after = without(self.days, set(data.get("removed", [])))
        data["added"] = [row for number in ROWS if (row := self._row(number, after))]
        data["changes"] = changes(self.days, after)
        if not self.errors and not data["changes"]:
            raise ValidationError(
                f"Rien ne change{NBSP}: ajoutez un jour, ou cochez un jour à retirer."
            )
        return data

    def rows(self) -> list[dict[str, Any]]:
        """The lines where one adds a day."""
        return [
            {"number": number, "day": self[f"day_{number}"], "name": self[f"name_{number}"]}
            for number in ROWS
        ]

    def years(self, today: date) -> list[dict[str, Any]]:
        """The days of each year, to be ticked: those to come first, unfolded where one looks."""
        ticked = set(self["removed"].value() or [])
        years = [
            {
                "year": year,
                "days": [(on.isoformat(), words, on.isoformat() in ticked) for on, words in days],
                "open": year == today.year or any(on.isoformat() in ticked for on, _ in days),
            }
            for year, days in by_year(self.days)
        ]
        return sorted(years, key=lambda found: (found["year"] < today.year, found["year"]))

    def seal(self, user: Any) -> str:
        """Goes with these very changes, for that person: only what was shown can be confirmed."""
        data = self.cleaned_data
        proposed = {
            "region": self.calendar.region,
            "version": self.calendar.version,
            "removed": sorted(on.isoformat() for on in data["removed"]),
            "added": [(on.isoformat(), name) for on, name in data["added"]],
            "reason": data["reason"],
            "by": user.pk,
        }
        return signing.Signer(salt=SPACE).signature(json.dumps(proposed))

    def _row(self, number: int, after: dict[date, str]) -> tuple[date, str] | None:
        """What that line adds to those days, if anything; a refusal stays on its line."""
        fields = on_field, name_field = f"day_{number}", f"name_{number}"
        on, name = (self.cleaned_data.get(field) for field in fields)
        if self.errors.keys() & set(fields) or not (on or name):
            return None
        if not on:
            self.add_error(on_field, "Indiquez aussi le jour.")
            return None
        try:
            add_day(after, on, name, self.calendar.years)
        except CorrectionRefused as refusal:
            self.add_error(on_field if name else name_field, str(refusal))
            return None
        return on, after[on]


class CorrectionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Proposed, shown in words, then done: three requests, and nothing moves before the third."""

    model = Calendar
    permission_required = "change"
    page_title = "Corriger le calendrier"
    header_icon = "calendar"
    template_name = "complaints/desk/calendars/correction.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked: Calendar = get_object_or_404(Calendar, pk=kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if form.calendar == self.asked:
            return self.answer(form)
        messages.warning(
            request,
            f"La version {self.asked.version} n’est plus en vigueur{NBSP}:"
            f" voici la version {form.calendar.version}, la seule qui se corrige.",
        )
        return redirect(address("inspect", form.calendar))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if seen_by(request) != form.calendar.version:
            return self.answer(form, status=409, refusal=str(CalendarMoved()))
        if not form.is_valid():
            return self.answer(form, status=422)
        if "again" in request.POST:
            return self.answer(form)
        if not constant_time_compare(request.POST.get("seal", ""), form.seal(request.user)):
            return self.ask(form)
        return self.do(form)

    def form(self, data: Any = None) -> CorrectionForm:
        """About the version in force, whichever the address named."""
        newest = Calendar.objects.current(self.asked.region)
        return CorrectionForm(data, calendar=newest, days=newest.days())

    def ask(self, form: CorrectionForm) -> HttpResponse:
        """What will change, what will not; nothing is done yet."""
        self.template_name = "complaints/desk/calendars/confirmation.html"
        return self.answer(
            form,
            seal=form.seal(self.request.user),
            sentences=[announced(change) for change in form.cleaned_data["changes"]],
            kept=dates_kept(
                self.request.user, form.calendar.version, form.calendar.region, everywhere=True
            ),
            organisations=counting_with(self.request.user, form.calendar, everywhere=True),
        )

    def do(self, form: CorrectionForm) -> HttpResponse:
        """The deed; refused, it keeps what was typed, against the version now in force."""
        data = form.cleaned_data
        try:
            corrected = correct_calendar(
                form.calendar.region,
                seen=form.calendar.version,
                removed=sorted(set(data["removed"])),
                added=data["added"],
                reason=data["reason"],
                at=timezone.now(),
                by=self.request.user,
            )
        except CorrectionRefused as refusal:
            return self.answer(self.form(self.request.POST), status=409, refusal=str(refusal))
        messages.success(
            self.request,
            f"Calendrier corrigé{NBSP}: la version {corrected.version} est en vigueur.",
        )
        return redirect(address("inspect", corrected))

    def answer(self, form: CorrectionForm, *, status: int = 200, **kwargs: Any) -> HttpResponse:
        """The screen, about the calendar of that form."""
        self.calendar = form.calendar
        rows = form.rows()
        context = self.get_context_data(
            form=form,
            rows=rows,
            more_rows=any(row["day"].value() or row["name"].value() for row in rows[2:]),
            calendar=form.calendar,
            calendar_url=address("inspect", form.calendar),
            here=address("correct", form.calendar),
            years=form.years(timezone.localdate()),
            **kwargs,
        )
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Calendriers › the calendar › Corriger."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(f"{SPACE}:list"), "label": "Calendriers"},
            {"url": address("inspect", self.calendar), "label": str(self.calendar)},
            {"url": "", "label": self.page_title},
        ]
