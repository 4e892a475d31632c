"""Reading the procedure and filing under it: the page, its form, and the receipt that follows."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from complaints.handling import drafts
from complaints.handling.filing import tracking_code
from complaints.intake.files.names import clean_name
from complaints.intake.typography import sentence
from complaints.models import Dossier, Draft, FormVersion, Letter
from pages import guard, rendered, salvaging, visits
from pages.filling import Filling, first_step
from pages.models import ProcedurePage
from pages.turns import Order
from pages.views import holding, leading, sending
from pages.views.headers import confidential, public, see_other
from pages.views.missing import closed
from pages.visited import Visited, visited

# A hyphen: no question of a form has one in its key.
KEY = guard.DRAFT

CHANGED = (
    "Ce formulaire a changé depuis que vous l’avez ouvert. Vos réponses sont là\u00a0: "
    "relisez-les, puis envoyez de nouveau."
)
NO_DRAFT = (
    "Ce brouillon n’existe plus\u00a0: il a été envoyé ou effacé, ou son délai est passé. Ce que "
    "vous venez d’écrire n’est pas perdu\u00a0: vous le retrouverez en continuant."
)
UNKEPT = "Vos fichiers, eux, ne sont pas gardés : joignez-les de nouveau ({names})."


def answer(request: HttpRequest, page: ProcedurePage) -> HttpResponse:
    """Show the page; a post begins a filing, whose next step it leads to."""
    if rendered.is_for_anyone(request):
        return public(rendered.shown(request, page, partial(_draw, page)))
    _place(page, visited(request))
    version = page.form_version if page.version else None
    if request.method == "POST":
        return _begin(request, page, version)
    if version is None:
        return _show(request, page)
    filling = Filling(version, uuid4(), first_step(version.parsed()))
    begun = visits.held_drafts(request, timezone.now(), page.form_id)
    return _show(request, page, filling=filling, drafts=begun)


def _draw(page: ProcedurePage, request: HttpRequest, marks: rendered.Marks) -> HttpResponse:
    """The page as anybody gets it, with these marks."""
    _place(page, visited(request))
    version = page.form_version if page.version else None
    if version is None:
        return _show(request, page)
    filling = Filling(version, marks.key, first_step(version.parsed()))
    own = {"challenge": marks.challenge, "csrf_token": marks.csrf}
    return _show(request, page, filling=filling, drafts=[], **own)


def _place(page: ProcedurePage, site: Visited) -> None:
    """The page of this site's own organisation, which the head and the foot then speak of."""
    if site.organisation is None or page.procedure.organisation_id != site.organisation.pk:
        raise Http404
    page.procedure.organisation = site.organisation
    site.page = page


def _show(
    request: HttpRequest,
    page: ProcedurePage,
    status: int = 200,
    *,
    filling: Filling | None = None,
    **shown: Any,
) -> HttpResponse:
    """`filling`: the form, judged only when it was refused."""
    at = timezone.now()
    context = page.get_context(request)
    if filling:
        judged = status in (422, 429)
        context |= {
            "filling": filling,
            "form": filling.form if judged else filling.shown_form(at),
            "challenge": guard.challenge(page.form, at, request if judged else None),
        }
    return public(render(request, page.template, context | shown, status=status))


def _begin(request: HttpRequest, page: ProcedurePage, current: FormVersion | None) -> HttpResponse:
    """What a visitor sends first is kept before anything else is said of it."""
    if current is None:
        return closed(request)
    at, key = timezone.now(), _key(request)
    draft = holding.held(request, key, at)
    own = draft.form_version if draft and draft.form_version.form_id == page.form_id else None
    # A draft is finished on its own version, however long its page stayed open.
    version = own or _begun_with(request, page, current)
    filling = _of_page(request, version or current, key, draft)
    dossier = holding.filed_under(request, key, at) if draft is None else None
    if dossier and not sending.says_more(filling, dossier):
        return see_other(holding.receipt_address(request, dossier, at))
    if dossier and not leading.sends_at_once(request):
        return _begin_anew(request, page, filling, dossier)
    if draft is None and (refusal := guard.refusal(page.form, request, at)):
        return _refuse(request, page, filling, refusal)
    whole = version and draft is None and leading.sends_at_once(request)
    if whole and (sent := _send_whole(request, filling, at)):
        return sent
    return _kept(request, page, filling, at, changed=version is None)


def _kept(
    request: HttpRequest, page: ProcedurePage, filling: Filling, at: datetime, *, changed: bool
) -> HttpResponse:
    """The draft is written, unless another page has newer words; then where the button leads."""
    try:
        order = _hold(request, filling, at)
    except drafts.Gone:
        return _begin_anew(request, page, filling)
    if leading.is_automatic(request):
        return leading.saved(filling, order)
    if changed:
        return _show(request, page, status=422, filling=filling, notices=[CHANGED])
    if order is Order.ELSEWHERE:
        return _show(request, page, status=409, filling=filling)
    sent = leading.sends_at_once(request) and not filling.form.errors
    if sent and (receipt := sending.send(request, filling, at)):
        return receipt
    return leading.go_on(request, filling, at) or _show(request, page, 422, filling=filling)


def begin_again(
    request: HttpRequest, version: FormVersion, dossier: Dossier | None = None
) -> HttpResponse:
    """A step was sent whose draft is no more: its words begin another, on the page of the form.

    `dossier`: what that draft has become.
    """
    page = sending.page_of(request, version.form_id)
    visited(request).page = page
    if page is None or page.version is None or page.form_version is None:
        return closed(request)
    begun = _begun_with(request, page, page.form_version) or page.form_version
    return _begin_anew(request, page, _of_page(request, begun, uuid4()), dossier)


def _begin_anew(
    request: HttpRequest, page: ProcedurePage, filling: Filling, dossier: Dossier | None = None
) -> HttpResponse:
    """The same words under a new key, with the reason."""
    if leading.is_automatic(request):
        return leading.not_saved()
    filling.key, filling.draft = uuid4(), None
    said = {"filed": dossier} if dossier else {"notices": [NO_DRAFT]}
    said["notices"] = [*said.get("notices", []), *_unkept(request)]
    return _show(request, page, status=409, filling=filling, **said)


def _of_page(
    request: HttpRequest, version: FormVersion, key: UUID, draft: Draft | None = None
) -> Filling:
    """What the page shows of a form, with what was posted of it."""
    filling = Filling(version, key, first_step(version.parsed()), draft)
    filling.read(request, whole=draft is None)
    return filling


def _refuse(
    request: HttpRequest, page: ProcedurePage, filling: Filling, refusal: str
) -> HttpResponse:
    if leading.is_automatic(request):
        return leading.not_saved()
    notices = [refusal, *_unkept(request)]
    return _show(request, page, status=429, filling=filling, notices=notices)


def _unkept(request: HttpRequest) -> list[str]:
    """The files that the browser will not send again by itself, when nothing is kept."""
    names = [clean_name(file.name) for _, files in request.FILES.lists() for file in files]
    return [sentence(UNKEPT, names=", ".join(names))] if names else []


def _send_whole(request: HttpRequest, filling: Filling, at: datetime) -> HttpResponse | None:
    """A whole form sent without its review, by a program: filed if all is right, else None."""
    whole = Filling(filling.version, filling.key)
    whole.read(request)
    whole.refused = {name: request.FILES.getlist(name) for name in request.FILES}
    if not whole.form.is_valid():
        return None
    return sending.send(request, whole, at)


def _hold(request: HttpRequest, filling: Filling, at: datetime) -> Order:
    """Keep it as a draft of this browser; a key that has served is worth a new one."""
    if filling.draft is None and _has_served(filling.key):
        filling.key = uuid4()
    order = filling.save(request, at, automatic=leading.is_automatic(request))
    visits.hold_draft(request, filling.draft, at)
    return order


def _has_served(key: UUID) -> bool:
    drafted = Draft.objects.filter(key=key).values("pk")
    filed = Dossier.objects.filter(submission_key=key).values("pk")
    return drafted.union(filed, all=True).exists()


def _begun_with(
    request: HttpRequest, page: ProcedurePage, current: FormVersion
) -> FormVersion | None:
    """The version that the page showed, if it was in force not too long ago; else None."""
    number = request.POST.get(salvaging.VERSION, "")
    if number == str(current.number) or not (number.isdecimal() and len(number) < 10):
        return current if number == str(current.number) else None
    newer = page.form.versions.filter(number__in=[int(number), int(number) + 1])
    found = {version.number: version for version in newer}
    next_one = found.get(int(number) + 1)
    kept = timedelta(days=page.organisation.draft_days)
    if next_one is None or next_one.effective_at < timezone.now() - kept:
        return None
    return found.get(int(number))


def _key(request: HttpRequest) -> UUID:
    """The key of this form, the same at each try; a forged one is worth a new one."""
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return uuid4()


@confidential
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What was just filed: number, code, what comes next. For the browser that filed it, only."""
    open_now = visits.access(request, reference, timezone.now()) is visits.Access.OPEN
    if not (open_now and visits.was_filed(request, reference)):
        raise Http404
    dossier = get_object_or_404(
        Dossier.objects.exclude(submission_key=None),
        organisation=visited(request).organisation,
        reference=reference,
    )
    context = {
        "dossier": dossier,
        "code": tracking_code(dossier.submission_key),
        "deadlines": dossier.deadlines.filter(internal=False).order_by("id"),
        "receipt": dossier.letters.filter(document=Letter.Document.RECEIPT).first(),
        "email": getattr(dossier.complainant, "email", ""),
    }
    return render(request, "pages/receipt.html", context)
