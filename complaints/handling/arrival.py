"""When something reached us: the day and the hour that staff type, on the organisation’s clock."""

from datetime import UTC, date, datetime, time, tzinfo

from django import forms
from django.core.exceptions import ValidationError

from complaints.handling.forms import day

YEARS = 5
NOON = time(12)
NOT_YET = "Ce jour n’est pas encore venu."
TOO_LONG_AGO = f"Ce jour est passé depuis plus de {YEARS} ans\u00a0: vérifiez l’année."
HOUR_NOT_YET = "Cette heure n’est pas encore venue."
NO_SUCH_HOUR = (
    "Cette heure n’a pas existé ce jour-là\u00a0: on est passé à l’heure d’été. Indiquez l’heure"
    " d’avant ou d’après."
)


def day_of_arrival(help_text: str) -> forms.DateField:
    """The day it came."""
    return day("Reçu le", required=True, help_text=help_text)


def hour_of_arrival() -> forms.TimeField:
    """The hour it came, when it is known."""
    return forms.TimeField(
        label="À (heure)",
        required=False,
        help_text="Si vous la connaissez.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def instant_of(on: date, hour: time | None, *, clock: tzinfo, now: datetime) -> datetime:
    """That day at that hour; without one, noon, or now if it is not noon yet.

    Raises ValidationError, its sentence under « on » or « hour », for what is to come, for more
    than five years ago, and for the hour that the night of March skips. Of the hour that the night
    of October has twice, the first: whoever wrote waits no longer for it.
    """
    today = now.astimezone(clock).date()
    if on > today:
        raise ValidationError({"on": NOT_YET})
    if on < _years_before(today):
        raise ValidationError({"on": TOO_LONG_AGO})
    if hour is None:
        return min(datetime.combine(on, NOON, clock), now)
    at = datetime.combine(on, hour, clock)
    if at.astimezone(UTC).astimezone(clock).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ValidationError({"hour": NO_SUCH_HOUR})
    if at > now:
        raise ValidationError({"hour": HOUR_NOT_YET})
    return at


def _years_before(today: date) -> date:
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - YEARS, day=28 if leap_day else today.day)
