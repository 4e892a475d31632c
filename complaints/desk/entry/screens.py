"""« Saisir un dossier »: staff file what came otherwise than by the form, in two steps."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.desk.entry.form import SCANS, Entry
from complaints.desk.entry.review import known, reviewed
from complaints.desk.policies import within
from complaints.handling import aside
from complaints.handling.entering import EntryRefused, Offer, enter, forms_open_to, offered
from complaints.handling.filing import Filed
from complaints.intake.form import initial_rows
from complaints.intake.parts import ADD_ROW
from complaints.models import Dossier, access
from complaints.sla.words import day_month_year

TITLE = "Saisir un dossier"
ICON = "edit"
KEY, VERSION, STEP, KEPT = "submission-key", "form-version", "step", "kept-file"
FILE, EDIT = "file", "edit"
# What the review does not carry as it was typed: it says these itself.
APART = {"csrfmiddlewaretoken", KEY, VERSION, STEP, KEPT, ADD_ROW}
GONE = "Un fichier gardé de côté depuis plus d’une heure a été effacé\u00a0: joignez-le de nouveau."
ALREADY = (
    "Ce dossier était déjà enregistré\u00a0: ni sa date, ni son moyen de réception n’ont changé."
)
FILED = "Dossier {} enregistré."
ANOTHER = "Saisir un autre dossier"
LATE = (
    "Compté depuis le jour où c’est arrivé, un délai est déjà dépassé depuis le {on}\u00a0: le"
    " dossier est à traiter en premier."
)


class EntryDoor(WagtailAdminTemplateMixin, View):
    """What both screens share: who may be there, and where they are."""

    page_title = TITLE
    header_icon = ICON

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        trail = [
            {"url": reverse("dossiers:list"), "label": "Dossiers"},
            {"url": "", "label": self.page_title},
        ]
        return [*super().get_breadcrumbs_items(), *trail]


class EntryChoice(EntryDoor):
    """Which form; the only one opens by itself."""

    http_method_names = ["get", "head", "options"]
    template_name = "complaints/desk/entry/choice.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        forms = list(forms_open_to(request.user))
        if len(forms) == 1:
            return redirect("entry_form", forms[0].pk)
        return self.render_to_response(self.get_context_data(forms=forms))


class EntryScreen(EntryDoor):
    """The form, then its review, then the dossier; nothing typed is lost on the way."""

    def get(self, request: HttpRequest, form: int) -> HttpResponse:
        offer = self.offer(form)
        entry = Entry.of(offer, request.user, timezone.now())
        return self.show(entry, key=uuid4(), fresh=True)

    def post(self, request: HttpRequest, form: int) -> HttpResponse:
        self.tokens = request.POST.getlist(KEPT)
        files, gone = aside.taken_back(self.tokens, salt=self.salt)
        for name, uploads in request.FILES.lists():
            files.setlist(name, [*files.getlist(name), *uploads])
        self.files, key = files, _key(request)
        offer = self.offer(form, request.POST.get(VERSION, ""))
        entry = Entry.of(offer, request.user, timezone.now(), request.POST, files)
        step = request.POST.get(STEP)
        if ADD_ROW in request.POST or step == EDIT:
            return self.show(self.as_typed(entry), key=key, kept=self.keep())
        if not entry.is_valid() or gone:
            told = [GONE] * bool(gone)
            return self.show(entry, key=key, kept=self.keep(), notices=told, status=422)
        return self.file(entry, key) if step == FILE else self.review(entry, key)

    @property
    def salt(self) -> str:
        """A token serves who was given it, here only."""
        return f"complaints.entry.{self.request.user.pk}"

    def offer(self, form: int, version: str = "") -> Offer:
        """The form of the address; 404 for those of others."""
        try:
            return offered(self.request.user, form, version)
        except EntryRefused:
            raise Http404 from None

    def keep(self) -> list[aside.Kept]:
        """The sound files again, under new tokens."""
        kept = aside.put_aside(self.files, salt=self.salt)
        aside.forget(self.tokens, salt=self.salt)
        return kept

    def as_typed(self, entry: Entry) -> Entry:
        """What was typed, not judged yet, with the rows of persons that it asks for."""
        data = self.request.POST.copy()
        for name, rows in initial_rows(entry.offer.asked, data).items():
            data[name] = rows
        typed = Entry.of(entry.offer, self.request.user, entry.arrival.now, data, self.files)
        return typed.unchecked()

    def review(self, entry: Entry, key: UUID) -> HttpResponse:
        """What will be filed, to be read before it is."""
        self.template_name = "complaints/desk/entry/review.html"
        shown = reviewed(entry, self.request.POST, APART)
        shown["known"] = known(entry.submission(), self.request.user, key)
        return self.render_to_response(
            self.get_context_data(offer=entry.offer, key=key, kept=self.keep(), **shown)
        )

    def file(self, entry: Entry, key: UUID) -> HttpResponse:
        """File it, once."""
        submission = entry.submission(key)
        filed = enter(self.request.user, submission, at=entry.arrival.now)
        aside.forget(self.tokens, salt=self.salt)
        self._tell(filed, entry)
        return redirect("dossiers:inspect", filed.dossier.pk)

    def _tell(self, filed: Filed, entry: Entry) -> None:
        dossier, sent = filed.dossier, entry.submission()
        if (dossier.received_at, dossier.channel) == (sent.received_at, sent.channel):
            self._tell_it_is_filed(dossier, entry)
        else:
            messages.warning(self.request, f"{dossier.reference}. {ALREADY}")

    def _tell_it_is_filed(self, dossier: Dossier, entry: Entry) -> None:
        """And what is late already: what came long ago is counted from then."""
        another = messages.button(reverse("entry"), ANOTHER)
        messages.success(self.request, FILED.format(dossier.reference), buttons=[another])
        today = entry.arrival.now.astimezone(entry.arrival.clock).date()
        if dossier.next_due_on and dossier.next_due_on < today:
            on = day_month_year(dossier.next_due_on)
            messages.warning(self.request, LATE.format(on=on))

    def show(self, entry: Entry, *, status: int = 200, **shown: Any) -> HttpResponse:
        """The form."""
        self.template_name = "complaints/desk/entry/entry.html"
        context = self.get_context_data(entry=entry, offer=entry.offer, scans=SCANS, **shown)
        return self.render_to_response(context, status=status)


class EntryMenuItem(MenuItem):
    """For who sees dossiers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_enter(request.user)


def may_enter(user: Any) -> bool:
    """Who sees the dossiers of an organisation adds to them; which ones: see `forms_open_to`."""
    return bool(within(user, access.organisations_seen_by))


def urls() -> list[URLPattern]:
    """Under the admin's own address."""
    return [
        path("saisie/", EntryChoice.as_view(), name="entry"),
        path("saisie/<int:form>/", EntryScreen.as_view(), name="entry_form"),
    ]


def menu_item() -> MenuItem:
    """« Saisir un dossier », under the dossiers."""
    return EntryMenuItem(TITLE, reverse("entry"), name="saisie", icon_name=ICON, order=11)


def _key(request: HttpRequest) -> UUID:
    """The key of this form, the same at each try; a forged one is worth a new one."""
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return uuid4()
