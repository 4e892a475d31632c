"""« Changer de version »: choose dossiers, see what their dates become, then do it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from complaints.desk.doors import rows_for
from complaints.desk.procedures.versions import OnProcedure, address
from complaints.handling.actors import Actor
from complaints.handling.forms import text_area
from complaints.handling.migration import Migrated, may_migrate, migrate, obstacle, rehearse
from complaints.models import Dossier, ProcedureVersion
from complaints.workflow.marks import FIELDS, FILLED_BY, marks

AT_ONCE = 25


class MigrationForm(forms.Form):
    """Which dossiers, each as it was seen; why; and a letter only if one chooses to write."""

    dossier = forms.MultipleChoiceField(
        label="Dossiers",
        error_messages={
            "required": "Cochez au moins un dossier.",
            "invalid_choice": "L’un des dossiers cochés n’est plus à choisir ici.",
        },
    )
    reason = text_area("Motif", rows=2, help_text="Gardé dans le journal de chaque dossier.")
    letter = text_area(
        "Courrier au réclamant",
        required=False,
        help_text="Vide : aucun courrier ne part, le réclamant le lit dans son suivi. {nom},"
        " {numero} et {echeances} sont remplacés dans chaque courrier.",
    )

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(dossier.pk): dossier for dossier in dossiers}
        posted = self.data.getlist("dossier") if self.is_bound else []
        # Whatever journal was seen: the deed itself refuses a dossier that has moved since.
        self.fields["dossier"].choices = [
            (value, value) for value in posted if value.partition(":")[0] in self.known
        ]

    def clean_letter(self) -> str:
        letter = self.cleaned_data["letter"]
        left = [mark for mark in marks(letter) if mark not in FIELDS or mark in FILLED_BY]
        if left:
            raise forms.ValidationError(f"«\u00a0{{{left[0]}}}\u00a0» ne serait remplacé par rien.")
        return letter

    def chosen(self) -> list[tuple[Dossier, int]]:
        """Each dossier with the length of the journal that the person was looking at."""
        pairs = (value.partition(":") for value in self.cleaned_data["dossier"])
        return [
            (self.known[pk], int(seen) if seen.isdecimal() and len(seen) < 10 else -1)
            for pk, _colon, seen in pairs
        ]


class MigrationView(OnProcedure, TemplateView):
    """Chosen, shown, done: nothing moves before the second button."""

    template_name = "complaints/desk/procedures/version_dossiers.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_migrate(request.user, self.procedure.organisation):
            raise Http404
        self.target: ProcedureVersion = self.version(kwargs["number"])

    def get_page_title(self) -> str:
        return f"Passer des dossiers à la version {self.target.number}"

    def trail(self) -> list[dict[str, str]]:
        url = address("version", self.procedure, self.target.number)
        return [{"url": url, "label": f"Version {self.target.number}"}]

    @cached_property
    def older(self) -> dict[int, ProcedureVersion]:
        """The versions before this one, read once for all their dossiers."""
        found = self.procedure.versions.filter(number__lt=self.target.number)
        return {version.pk: version for version in found}

    def waiting(self) -> QuerySet[Dossier]:
        """The open dossiers of these versions that the person may see."""
        theirs = rows_for(self.request.user, Dossier).open()
        here = theirs.filter(
            organisation=self.procedure.organisation_id, procedure_version__in=self.older
        )
        return here.order_by("pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.choose(MigrationForm(dossiers=[]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = [value.partition(":")[0] for value in request.POST.getlist("dossier")]
        asked = [int(pk) for pk in named[:AT_ONCE] if pk.isdecimal() and len(pk) < 19]
        form = MigrationForm(request.POST, dossiers=self.waiting().filter(pk__in=asked))
        if not form.is_valid():
            return self.choose(form, status=422)
        if "again" in request.POST:
            return self.choose(form)
        if "done" not in request.POST:
            return self.show("rehearsed", form, [self.rehearsed(*pair) for pair in form.chosen()])
        return self.show("done", form, [self.done(form, *pair) for pair in form.chosen()])

    def rehearsed(self, dossier: Dossier, seen: int) -> Migrated:
        """What would become of it."""
        return rehearse(dossier, self.target, actor=self.actor, at=timezone.now())

    def done(self, form: MigrationForm, dossier: Dossier, seen: int) -> Migrated:
        """What became of it."""
        data = form.cleaned_data
        return migrate(
            dossier,
            self.target,
            reason=data["reason"],
            letter=data["letter"],
            actor=self.actor,
            at=timezone.now(),
            seen=seen,
        )

    @property
    def actor(self) -> Actor:
        """Who directs."""
        return Actor.staff(self.request.user)

    def choose(self, form: MigrationForm, status: int = 200) -> HttpResponse:
        """The list, 25 at a time, each with the reason why it cannot follow, if there is one."""
        after = self.request.GET.get("apres", "")
        after = int(after) if after.isdecimal() and len(after) < 19 else 0
        found = self.waiting().filter(pk__gt=after).prefetch_related("deadlines")
        rows = list(found[: AT_ONCE + 1])
        shown, more = rows[:AT_ONCE], len(rows) > AT_ONCE
        ticked = set(form.data.getlist("dossier")) if form.is_bound else set()
        context = self.get_context_data(
            form=form,
            rows=[self.row(dossier, ticked) for dossier in shown],
            next=shown[-1].pk if more else None,
            first=not after,
        )
        return self.render_to_response(context, status=status)

    def row(self, dossier: Dossier, ticked: set[str]) -> dict[str, Any]:
        """One dossier of the list."""
        dossier.procedure_version = self.older[dossier.procedure_version_id]
        value = f"{dossier.pk}:{dossier.event_count}"
        return {
            "dossier": dossier,
            "value": value,
            "ticked": value in ticked,
            "obstacle": obstacle(dossier, self.target, dossier.deadlines.all()),
        }

    def show(self, step: str, form: MigrationForm, results: list[Migrated]) -> HttpResponse:
        """What would change, or what has changed, dossier by dossier."""
        self.template_name = f"complaints/desk/procedures/version_dossiers_{step}.html"
        able = [
            (value, one) for value, one in zip(form.cleaned_data["dossier"], results, strict=True)
        ]
        return self.render_to_response(
            self.get_context_data(
                form=form,
                results=results,
                kept=[value for value, one in able if not one.refusal],
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = address("migrate", self.procedure, self.target.number)
        return super().get_context_data(**kwargs, target=self.target, here=here)
