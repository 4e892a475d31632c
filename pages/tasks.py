"""What the complainant may still do with a dossier: each task is one small form of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from complaints import intake
from complaints.handling import moving
from complaints.handling.actors import Actor
from complaints.handling.confirmation import awaits_confirmation
from complaints.handling.standing import windows
from complaints.letters.merge import in_words
from complaints.models import Dossier, Event
from complaints.workflow import Move
from complaints.workflow.vocabulary import Deed, EventKind
from pages.confirming import ConfirmationForm
from pages.forms import MessageForm, dressed
from pages.pending import Kept

COMPLAINANT = Actor.complainant()
MESSAGE, CONFIRMATION = "message", "confirmation"
CONFIRM_HELP = (
    "Vous nous l’avez dit ou écrit autrement que par le formulaire, et nous l’avons noté."
    " Dites-nous si c’est exact\u00a0: une correction ne vous fait rien perdre."
)

# What each answer answers.
ASKED = {
    Deed.RECEIVE_INFORMATION: EventKind.INFORMATION_REQUESTED,
    Deed.RECORD_SATISFACTION: EventKind.SATISFACTION_ASKED,
}
ANSWERED = [EventKind.INFORMATION_RECEIVED, EventKind.SATISFACTION_RECEIVED]
# Said when the procedure says nothing of it.
WITHDRAWAL_HELP = "Nous cesserons d’étudier votre réclamation et votre dossier sera clos."


@dataclass
class Task:
    """One thing to do: its name, its form, where it is sent; `unfolded` when we wait for it.

    `question`: the letter that asks for it. `noted`: what we wrote down, to be confirmed.
    """

    key: str
    label: str
    button: str
    form: Form
    address: str
    help: str = ""
    question: str = ""
    noted: intake.Sections = field(default_factory=list)
    unfolded: bool = False
    kept: Sequence[Kept] = field(default_factory=list)

    def take_back(self, form: Form | None, data: QueryDict, kept: Sequence[Kept]) -> None:
        """Show again what was sent: the form with its errors, or else a fresh one filled alike."""
        if form is not None:
            self.form = dressed(form, self.key)
        else:
            self.form.initial = data.dict()
        self.kept, self.unfolded = kept, True


def tasks_of(dossier: Dossier, at: datetime) -> list[Task]:
    """The moves open to the complainant, the likely one first; giving up comes last."""
    moves = moving.moves_for(dossier, COMPLAINANT, at)
    awaited = _awaited(dossier)
    staying = [_task(dossier, move, at, awaited) for move in moves if move.deed != Deed.WITHDRAW]
    leaving = [_task(dossier, move, at) for move in moves if move.deed == Deed.WITHDRAW]
    return [*_confirming(dossier), *staying, _writing(dossier), *leaving]


def _awaited(dossier: Dossier) -> Event | None:
    """The question we asked last, or what answered it."""
    asked = dossier.events.filter(kind__in=[*ASKED.values(), *ANSWERED])
    return asked.order_by("-number").first()


def _task(dossier: Dossier, move: Move, at: datetime, awaited: Event | None = None) -> Task:
    form = moving.blank_form(dossier, move.key, actor=COMPLAINANT, at=at)
    waits = awaited is not None and ASKED.get(move.deed) == awaited.kind
    return Task(
        key=move.key,
        label=move.label,
        button=move.label,
        form=dressed(form, move.key),
        address=reverse("pages:move", args=[dossier.reference, move.key]),
        help=_help(dossier, move, at),
        question=_question(dossier, awaited) if waits else "",
        unfolded=waits,
    )


def _help(dossier: Dossier, move: Move, at: datetime) -> str:
    """What the procedure says of it, and until when it is possible if that is counted."""
    said = move.help or (WITHDRAWAL_HELP if move.deed == Deed.WITHDRAW else "")
    window = windows(dossier, [move.within], at).get(move.within) if move.within else None
    if window is None or window.last_day is None:
        return said
    return f"{said} C’est possible jusqu’au {in_words(window.last_day)}.".strip()


def _question(dossier: Dossier, awaited: Event) -> str:
    letters = dossier.letters.filter(number=awaited.data.get("letter") or "")
    return letters.values_list("body", flat=True).first() or ""


def _writing(dossier: Dossier) -> Task:
    address = reverse("pages:message", args=[dossier.reference])
    form = dressed(MessageForm(), MESSAGE)
    return Task(MESSAGE, "Écrire un message", "Envoyer le message", form, address)


def _confirming(dossier: Dossier) -> list[Task]:
    """« Confirmer ce qui a été noté », until it is."""
    version = dossier.form_version
    if version is None or not awaits_confirmation(dossier):
        return []
    task = Task(
        key=CONFIRMATION,
        label="Confirmer ce qui a été noté",
        button="C’est exact",
        form=dressed(ConfirmationForm(), CONFIRMATION),
        address=reverse("pages:confirm", args=[dossier.reference]),
        help=CONFIRM_HELP,
        noted=intake.readable(version.parsed(), dossier.answers),
        unfolded=True,
    )
    return [task]
