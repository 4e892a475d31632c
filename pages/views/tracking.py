"""Following a dossier without an account: its number and code open it, for half an hour idle."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from complaints.models import Dossier
from complaints.models.tracking import find_tracked
from pages import visits
from pages.forms import TrackingForm, dressed
from pages.views.headers import confidential, post_only, see_other
from pages.visited import visited

WRONG = "Ce numéro et ce code n’ouvrent aucun dossier. Vérifiez l’un et l’autre, lettre par lettre."
ASKED = "Pour ouvrir ce dossier, indiquez son numéro et son code de suivi."
EXPIRED = (
    "Votre dossier s’est refermé après une demi-heure sans activité, pour que personne d’autre "
    "ne le lise. Indiquez de nouveau votre code."
)

# Where a person writes at length, in the small forms of a dossier.
TYPED = ("body", "answer", "writing", "correction", "comment", "reason")

View = Callable[..., HttpResponse]


@confidential
def door(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the right pair opens the dossier in this browser session."""
    if visited(request).organisation is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, TrackingForm(initial={"reference": request.GET.get("dossier", "")}))
    form = TrackingForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    dossier = find_tracked(visited(request).organisation, **form.cleaned_data)
    if dossier is None:
        return _ask(request, form, notice=WRONG, status=404)
    visits.open_visit(request, dossier.reference, timezone.now())
    return see_other(address_of(dossier))


@post_only
@confidential
def leave(request: HttpRequest) -> HttpResponse:
    """Close every dossier and every draft open in this browser; say so where one was."""
    visits.leave(request)
    if "draft" in request.POST:
        return see_other(reverse("pages:resume") + "?quitte")
    return see_other(reverse("pages:tracking") + "?ferme")


def address_of(dossier: Dossier) -> str:
    """Where its complainant reads it."""
    return reverse("pages:dossier", args=[dossier.reference])


def of_open_dossier(view: View) -> View:
    """Give the view the dossier that this session opened; ask for its code otherwise (404).

    A number that exists, one that does not and one of another organisation answer alike.
    """

    @wraps(view)
    def answer(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        access = visits.access(request, reference, timezone.now())
        dossier = _dossier(request, reference) if access is visits.Access.OPEN else None
        if dossier is None:
            notice = EXPIRED if access is visits.Access.EXPIRED else ASKED
            form = TrackingForm(initial={"reference": reference})
            return _ask(request, form, notice=notice, typed=typed(request), status=404)
        return view(request, dossier, **kwargs)

    return confidential(answer)


def _dossier(request: HttpRequest, reference: str) -> Dossier | None:
    """Without its code (erased) a dossier opens to nobody, even in a session that had it."""
    return (
        Dossier.objects.select_related(
            "organisation__site", "procedure_version__mediator", "form_version"
        )
        .filter(organisation=visited(request).organisation, reference=reference)
        .exclude(tracking_hash="")
        .first()
    )


def typed(request: HttpRequest) -> str:
    """What was being written when the dossier closed, to be copied rather than lost."""
    texts = [request.POST.get(name, "").strip() for name in TYPED]
    return "\n\n".join(filter(None, texts))


def _ask(
    request: HttpRequest, form: TrackingForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    context = {"form": dressed(form), "left": "ferme" in request.GET} | shown
    return render(request, "pages/tracking.html", context, status=status)
