"""Moving a due day: the team may bring it nearer; prolonging takes a reason and a letter."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from complaints import sla
from complaints.handling import counting
from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, day, text_area
from complaints.handling.lettering import (
    PROMISES,
    dates_after,
    draft,
    send_letter,
    send_proposed,
)
from complaints.handling.standing import is_over
from complaints.letters.merge import in_words, merge, subject_line
from complaints.models import Deadline, Dossier
from complaints.sla.years import LAST_YEAR
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, OnExpiry, Phase

NBSP = "\u00a0"
Choosable = Callable[[Deadline, datetime], bool]


def may_shorten(deadline: Deadline, at: datetime) -> bool:
    """What the organisation owes on a day that is not over, and later than today.

    A limit that closes the dossier by itself is time that the complainant has: never less of it.
    """
    due_on = deadline.due_on
    dated = due_on is not None and deadline.state == Deadline.State.RUNNING
    owed = deadline.limit.on_expiry == OnExpiry.LATE
    return owed and dated and due_on > _today(deadline, at)


def may_extend(deadline: Deadline, at: datetime) -> bool:
    """What the procedure allows to prolong, as often as it allows, before it is over."""
    extension = deadline.limit.extension
    left = not extension.times or counting.extensions(deadline) < extension.times
    dated = deadline.due_on is not None and deadline.state == Deadline.State.RUNNING
    return extension.allowed and left and dated and not is_over(deadline, at)


def can(dossier: Dossier, choosable: Choosable, at: datetime) -> bool:
    """Whether some deadline of the dossier may be moved so; reads the prefetched ones."""
    return any(choosable(deadline, at) for deadline in dossier.deadlines.all())


class _ReschedulingForm(LetterForm):
    """Which deadline, and its new day."""

    deadline = forms.ChoiceField(label="Délai", widget=forms.RadioSelect)
    due_on = day("Nouvelle échéance", required=True)
    choosable: Choosable

    field_order = ("deadline", "due_on", "reason", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosable, at = type(self).choosable, self.act.at
        every = self.act.dossier.deadlines.select_related("calendar")
        self.deadlines = {str(d.pk): d for d in every if choosable(d, at)}
        self.fields["deadline"].choices = [(pk, _named(d)) for pk, d in self.deadlines.items()]
        if len(self.deadlines) == 1:
            self.initial = {"deadline": next(iter(self.deadlines))} | self.initial

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen, due_on = self.deadlines.get(data.get("deadline", "")), data.get("due_on")
        if not self.deadlines:
            raise forms.ValidationError("Aucun délai de ce dossier ne peut être changé ainsi.")
        if chosen and due_on:
            for problem in self.problems(chosen, due_on):
                self.add_error("due_on", problem)
        return data | {"chosen": chosen}

    def problems(self, deadline: Deadline, due_on: date) -> Iterator[str]:
        """Why that day cannot be."""
        raise NotImplementedError


class ShorteningForm(_ReschedulingForm):
    """A nearer day; the letter only if the move proposes one."""

    choosable = staticmethod(may_shorten)
    reason = text_area("Motif", required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_the_dates(self)

    def problems(self, deadline: Deadline, due_on: date) -> Iterator[str]:
        if due_on < _today(deadline, self.act.at):
            yield "Cette date est passée."
        if due_on >= deadline.due_on:
            yield (
                f"Choisissez une date avant le {in_words(deadline.due_on)}{NBSP}: une date fixée"
                " par l’équipe rapproche l’échéance, elle ne l’allonge jamais."
            )


class ExtensionForm(_ReschedulingForm):
    """A later day, why, and the letter that says so."""

    choosable = staticmethod(may_extend)
    reason = text_area(
        "Motif", help_text="Ce qui justifie de prolonger. Le réclamant le lit dans le courrier."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_the_dates(self)
        self.fields[
            "body"
        ].help_text = (
            "{delai}, {nouvelle_date} et {motif} seront remplacés par ce que vous avez rempli."
        )

    def problems(self, deadline: Deadline, due_on: date) -> Iterator[str]:
        promised_on = counting.promised_on(deadline)
        latest_on = _latest(deadline, promised_on)
        if due_on <= promised_on:
            yield f"Choisissez une date après le {in_words(promised_on)}, l’échéance actuelle."
        if latest_on and due_on > latest_on:
            yield f"La procédure permet de prolonger jusqu’au {in_words(latest_on)}, pas au-delà."
        if due_on.year > LAST_YEAR:
            yield f"Cette date est trop lointaine{NBSP}: l’année {LAST_YEAR} au plus."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        body, due_on = data.get("body"), data.get("due_on")
        if body and due_on and not _announces(body, due_on):
            self.add_error(
                "body",
                "Le courrier doit annoncer la nouvelle échéance"
                f"{NBSP}: écrivez {{nouvelle_date}} ou «{NBSP}{in_words(due_on)}{NBSP}».",
            )
        return data


def shorten(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Bring it nearer: the clock follows, and the complainant reads the new day (CM-A7)."""
    was_on = _move(act, data, sla.StepKind.SHORTENING)
    _record(act, EventKind.DEADLINE_SET, data, was_on, _letter(act, move, data))


def extend(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Prolong, with reasons, by a numbered letter (CM-16, CY-12, IH-21, IH-28)."""
    in_appeal = act.dossier.phase == Phase.APPEAL
    fact = EventKind.APPEAL_EXTENDED if in_appeal else EventKind.DELAY_NOTIFIED
    was_on = _move(act, data, sla.StepKind.EXTENSION)
    facts = _facts(data) | dates_after(act, fact, data)
    letter = send_letter(
        act,
        template=move.letter,
        subject=subject_line(merge(data["subject"], facts)),
        body=merge(data["body"], facts),
    )
    _record(act, fact, data, was_on, letter.number)


def _move(act: Act, data: dict[str, Any], kind: sla.StepKind) -> date:
    """Give the chosen deadline its new day, which a letter may then tell; returns the old one."""
    deadline: Deadline = data["chosen"]
    deadline.dossier = act.dossier
    was_on = deadline.due_on
    counting.move(deadline, kind, data["due_on"])
    counting.compute(deadline, deadline.limit, act.at)
    deadline.save()
    return was_on


def _record(act: Act, fact: EventKind, data: dict[str, Any], was_on: date, letter: str) -> None:
    deadline: Deadline = data["chosen"]
    act.record(
        fact,
        personal={"reason": data["reason"]},
        limit=deadline.key,
        due_on=deadline.due_on.isoformat(),
        was_on=was_on.isoformat(),
        letter=letter,
    )


def _letter(act: Act, move: Move, data: dict[str, Any]) -> str:
    """The optional letter of a nearer day, its marks replaced; "" if the move has none."""
    if not move.letter:
        return ""
    facts = _facts(data) | dates_after(act, EventKind.DEADLINE_SET, data)
    return send_proposed(act, move, data, facts)


def _leave_the_dates(form: LetterForm) -> None:
    """{echeances} stays in the proposed letter: it will tell the new day."""
    if form.move.letter and not form.is_bound:
        form.initial = form.initial | draft(form.act, form.move.letter, later=[PROMISES])


def _facts(data: dict[str, Any]) -> dict[str, str]:
    return {
        "delai": data["chosen"].label,
        "nouvelle_date": in_words(data["due_on"]),
        "motif": data["reason"],
    }


def _announces(body: str, due_on: date) -> bool:
    return any(text in body for text in ("{nouvelle_date}", in_words(due_on), f"{due_on:%d/%m/%Y}"))


def _latest(deadline: Deadline, promised_on: date) -> date | None:
    """The last day an extension may reach; None where the procedure sets no ceiling."""
    extension = deadline.limit.extension
    if not extension.amount:
        return None
    calendar = counting.calendar_of(deadline)
    noon = datetime.combine(promised_on, time(12), calendar.zone)
    reading = sla.Reading(extension.amount, extension.unit)
    try:
        if extension.from_start:  # R4: one step from the start, whatever the first month was
            rolls = bool(deadline.limit.counting.get("roll_over"))
            return counting.due_on(deadline, sla.Limit((reading,), rolls))
        return sla.due(sla.Limit((reading,)), noon, calendar).due_on
    except sla.CalendarExhausted:
        # A ceiling past the years whose holidays are known: those years are the ceiling.
        return date(deadline.calendar.last_year, 12, 31)


def _named(deadline: Deadline) -> str:
    return f"{deadline.label}, pour le {in_words(deadline.due_on)}"


def _today(deadline: Deadline, at: datetime) -> date:
    return at.astimezone(ZoneInfo(deadline.inputs["time_zone"])).date()
