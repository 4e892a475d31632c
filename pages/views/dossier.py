"""A dossier as its complainant sees it, and what they may still do: answer, write, withdraw."""

from typing import Any

from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints import intake
from complaints.handling import moving
from complaints.handling.acting import act_on
from complaints.handling.confirmation import confirm_statement, correct_statement
from complaints.handling.dispatch import ensure_pdf
from complaints.handling.messages import receive_message
from complaints.letters.pdf import PdfError
from complaints.models import Dossier, Message
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import Deed
from pages import pending
from pages.confirming import CORRECT, EXACT, ConfirmationForm
from pages.forms import MessageForm
from pages.tasks import COMPLAINANT, CONFIRMATION, MESSAGE, tasks_of
from pages.timeline import public_dates, public_facts
from pages.views.headers import post_only, see_other
from pages.views.tracking import address_of, of_open_dossier, typed

FILES, SEEN = "files", "seen"
CHANGED = (
    "Votre dossier a changé pendant que vous écriviez. Ce que vous avez écrit est toujours "
    "là\u00a0: relisez, puis envoyez de nouveau."
)
LOST = "Nous n’avons pas pu garder vos fichiers : joignez-les de nouveau ({names})."
TOO_LATE = "Votre dossier a avancé\u00a0: cette action n’est plus possible."
# What is said once it is done.
DONE = {
    MESSAGE: "Votre message est arrivé.",
    Deed.RECEIVE_INFORMATION: "Vos précisions sont arrivées. Merci.",
    Deed.RECORD_SATISFACTION: "Votre avis est arrivé. Merci\u00a0: il nous aide à progresser.",
    Deed.FILE_APPEAL: "Votre recours est arrivé.",
    Deed.WITHDRAW: "Votre réclamation est retirée.",
    Deed.RECEIVE_WRITING: "Votre écrit est arrivé. Merci.",
    EXACT: "C’est confirmé. Merci.",
    CORRECT: "Votre correction est arrivée. Merci.",
}


@require_safe
@of_open_dossier
def dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Where it stands, what happened, what is promised, what was said."""
    return _show(request, dossier)


@post_only
@of_open_dossier
def move(request: HttpRequest, dossier: Dossier, move: str) -> HttpResponse:
    """Make one of the moves open to the complainant."""
    sent = pending.sent_files(request, [FILES])
    if sent.gone:
        return _again(request, dossier, sent, move, notice=pending.GONE)
    try:
        done = moving.perform(
            dossier,
            move,
            request.POST,
            actor=COMPLAINANT,
            at=timezone.now(),
            seen=_seen(request),
            files=sent.files,
        )
    except moving.InvalidMove as invalid:
        return _again(request, dossier, sent, move, invalid.form)
    except MoveRefused:
        return _again(request, dossier, sent, move)
    pending.discard(request)
    return see_other(f"{address_of(done)}?fait={done.rules.move(move).deed}")


@post_only
@of_open_dossier
def message(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Write to the organisation."""
    sent = pending.sent_files(request, [FILES])
    form = MessageForm(request.POST, sent.files)
    if sent.gone:
        return _again(request, dossier, sent, MESSAGE, notice=pending.GONE)
    if not form.is_valid():
        return _again(request, dossier, sent, MESSAGE, form)
    try:
        with act_on(dossier.pk, actor=COMPLAINANT, at=timezone.now()) as act:
            act.expect(_seen(request))
            receive_message(act, form.cleaned_data["body"], form.cleaned_data[FILES])
    except MoveRefused:
        return _again(request, dossier, sent, MESSAGE)
    pending.discard(request)
    return see_other(f"{address_of(dossier)}?fait={MESSAGE}")


@post_only
@of_open_dossier
def confirm(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Say that what was noted is exact, or correct it. What was noted does not change meanwhile."""
    sent = pending.sent_files(request, [FILES])
    form = ConfirmationForm(request.POST, sent.files)
    if sent.gone:
        return _again(request, dossier, sent, CONFIRMATION, notice=pending.GONE)
    if not form.is_valid():
        return _again(request, dossier, sent, CONFIRMATION, form)
    try:
        with act_on(dossier.pk, actor=COMPLAINANT, at=timezone.now()) as act:
            if form.corrects:
                act.expect(_seen(request))
                correct_statement(act, form.cleaned_data["correction"], form.cleaned_data[FILES])
            else:
                confirm_statement(act)
    except MoveRefused:
        return _again(request, dossier, sent, CONFIRMATION)
    pending.discard(request)
    return see_other(f"{address_of(dossier)}?fait={CORRECT if form.corrects else EXACT}")


@require_safe
@of_open_dossier
def letter(request: HttpRequest, dossier: Dossier, number: str) -> HttpResponse:
    """One of the letters of this dossier, as PDF."""
    found = get_object_or_404(dossier.letters, number=number, to_complainant=True)
    try:
        found = ensure_pdf(found)
    except PdfError:
        return render(request, "pages/unavailable.html", {"dossier": dossier}, status=503)
    return FileResponse(
        found.pdf.open("rb"),
        as_attachment=True,
        filename=found.filename,
        content_type="application/pdf",
    )


def _seen(request: HttpRequest) -> int:
    """How long the journal was when the page was shown; a forged answer is never right."""
    seen = request.POST.get(SEEN, "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _again(
    request: HttpRequest,
    dossier: Dossier,
    sent: pending.Sent,
    key: str,
    form: Form | None = None,
    *,
    notice: str = CHANGED,
) -> HttpResponse:
    """The page once more with all that was typed and sent; `form` has errors, else see `notice`."""
    dossier.refresh_from_db()
    kept = pending.keep(sent)
    pending.discard(request)
    tasks = tasks_of(dossier, timezone.now())
    task = next((task for task in tasks if task.key == key), None)
    if task is None:
        text = typed(request)
        return _show(request, dossier, 409, notice=TOO_LATE, typed=text, tasks=tasks)
    task.take_back(form, request.POST, kept)
    conflict = form is None and notice == CHANGED
    lost = [file.name for _, files in sent.files.lists() for file in files]
    said = "" if form else notice
    if lost and form is not None and not form.errors.get(FILES):
        said = LOST.format(names=", ".join(lost))
    return _show(request, dossier, 409 if conflict else 422, notice=said, tasks=tasks)


def _show(request: HttpRequest, dossier: Dossier, status: int = 200, **shown: Any) -> HttpResponse:
    now = timezone.now()
    messages = dossier.messages.exclude(direction=Message.Direction.INTERNAL)
    context = {
        "dossier": dossier,
        "stage": dossier.current_stage,
        "steps": len(dossier.rules.public_steps),
        "facts": public_facts(dossier.events.order_by("number")),
        "dates": public_dates(dossier.deadlines.filter(internal=False).order_by("id")),
        "letters": dossier.letters.filter(to_complainant=True),
        "messages_exchanged": messages.prefetch_related("attachments"),
        "filed": _filed(dossier),
        "files": dossier.attachments.filter(message=None, erased_at=None),
        "done": DONE.get(request.GET.get("fait", "")),
    } | shown
    context.setdefault("tasks", tasks_of(dossier, now))
    return render(request, "pages/dossier.html", context, status=status)


def _filed(dossier: Dossier) -> intake.Sections:
    """All that was filed, with the labels of its own form version: it is theirs to read."""
    version = dossier.form_version
    return intake.readable(version.parsed(), dossier.answers) if version else []
