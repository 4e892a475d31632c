"""Reading the procedure and filing under it: the page, its form, and the receipt that follows."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from complaints import intake
from complaints.handling.filing import Submission, file_dossier, tracking_code
from complaints.intake import IntakeForm
from complaints.models import Dossier, FormVersion, Letter
from pages import pending, visits
from pages.models import ProcedurePage
from pages.views.headers import confidential, public, see_other
from pages.visited import Visited, visited

# Hyphens: no question of a form has one in its key.
KEY, VERSION = "submission-key", "form-version"

CHANGED = (
    "Ce formulaire vient d’être mis à jour. Vos réponses sont là\u00a0: relisez-les, "
    "puis envoyez de nouveau."
)


def answer(request: HttpRequest, page: ProcedurePage) -> HttpResponse:
    """Show the page; a post is a filing, whose receipt it leads to."""
    _place(page, visited(request))
    version = page.form_version if page.version else None
    if request.method == "POST":
        return _file(request, page, version)
    form = intake.build_form(version.parsed())() if version else None
    return _show(request, page, form=form, form_version=version, key=uuid4())


def _place(page: ProcedurePage, site: Visited) -> None:
    """The page of this site's own organisation, which the head and the foot then speak of."""
    if site.organisation is None or page.procedure.organisation_id != site.organisation.pk:
        raise Http404
    page.procedure.organisation = site.organisation
    site.page = page


def _show(
    request: HttpRequest, page: ProcedurePage, status: int = 200, **shown: Any
) -> HttpResponse:
    context = page.get_context(request) | shown
    return public(render(request, page.template, context, status=status))


def _file(request: HttpRequest, page: ProcedurePage, version: FormVersion | None) -> HttpResponse:
    if version is None:
        return _show(request, page, status=409)
    definition = version.parsed()
    file_fields = [field.key for field in definition.fields if field.kind == intake.Kind.FILES]
    sent = pending.sent_files(request, file_fields)
    form = intake.build_form(definition)(request.POST, sent.files)
    notices = _notices(request, version, sent.gone)
    if not form.is_valid() or notices:
        kept = pending.keep(sent)
        pending.discard(request)
        return _show(
            request,
            page,
            status=422,
            form=form,
            form_version=version,
            key=_key(request),
            kept=kept,
            notices=notices,
        )
    return _accept(request, page, version, form)


def _notices(request: HttpRequest, version: FormVersion, gone: int) -> list[str]:
    changed = request.POST.get(VERSION) != str(version.number)
    return [CHANGED] * changed + [pending.GONE] * bool(gone)


def _accept(
    request: HttpRequest, page: ProcedurePage, version: FormVersion, form: IntakeForm
) -> HttpResponse:
    now = timezone.now()
    filed = file_dossier(
        Submission(
            organisation=page.organisation,
            procedure_version=page.version,
            form_version=version,
            answers=intake.answers(form),
            files=intake.uploads(form),
            key=_key(request),
        ),
        at=now,
    )
    pending.discard(request)
    visits.open_visit(request, filed.dossier.reference, now, filed=True)
    return see_other(reverse("pages:receipt", args=[filed.dossier.reference]))


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
