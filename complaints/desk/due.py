"""How near a day is, in words: lateness is read, never guessed from a colour."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from complaints.models import Deadline
from complaints.register.agenda import nearness
from complaints.workflow.vocabulary import OnExpiry

SOON_DAYS = 3


@dataclass(frozen=True)
class Due:
    """A day, the words that say how far it is, and how loud they are said."""

    on: date | None
    words: str
    tone: str
    icon: str = "calendar"


def due_words(day: date | None, today: date) -> Due:
    """« en retard de 3 jours », « aujourd’hui », « demain », « dans 12 jours » of the calendar."""
    if day is None:
        return Due(None, "aucune", "none", "minus")
    days, words = (day - today).days, nearness(day, today)
    if days <= 0:
        return Due(day, words, "late" if days else "today", "warning")
    return Due(day, words, "soon", "time") if days <= SOON_DAYS else Due(day, words, "later")


def is_duty_running(deadline: Deadline) -> bool:
    """Whether the organisation owes something by a day, so that nearness matters."""
    running = deadline.state == Deadline.State.RUNNING
    return running and deadline.is_duty and deadline.due_on is not None


def standing(deadline: Deadline, today: date) -> str:
    """What became of a deadline, or what its day means and how far it is, in a sentence."""
    day = f"{deadline.due_on:%d/%m/%Y}" if deadline.due_on else ""
    state, State = deadline.state, Deadline.State
    if state == State.MET:
        done = f"Fait le {timezone.localdate(deadline.met_at):%d/%m/%Y}"
        return f"{done}, pour le {day}." if day else f"{done}."
    if state == State.REPLACED:
        return "Remplacé : l’évaluation, la nature ou la version de la procédure a changé."
    if state in (State.PAUSED, State.CANCELLED) or not day:
        return f"{deadline.get_state_display()}." if state != State.RUNNING else "Sans date fixée."
    opens = deadline.limit.on_expiry == OnExpiry.OPEN_WINDOW
    if state == State.ENDED or deadline.due_on < today:
        if opens:  # once the last day is over, so from the next one (R5)
            return f"Possible depuis le {deadline.due_on + timedelta(days=1):%d/%m/%Y}."
        return f"Terminé depuis le {day}."
    words = due_words(deadline.due_on, today).words
    return f"{'Possible après le' if opens else 'Jusqu’au'} {day} ({words})."
