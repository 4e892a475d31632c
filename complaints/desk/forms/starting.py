"""A new form starts from a model, or from one's own form: a draft that only needs reading."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from complaints.models import Form, Organisation, access

SPACE = "wagtailsnippets_complaints_form"
FOLDER = Path(settings.BASE_DIR) / "fixtures" / "forms"
TAKEN = "Un formulaire de cet organisme porte déjà cet identifiant."
COPY = "copie-"


class FormModel(TextChoices):
    """What there is to start from."""

    SIMPLE = "simple", "Réclamation simple"
    STEPPED = "complete", "Réclamation complète, en étapes"
    TEAM = "equipe", "Signalement d’équipe"
    EMPTY = "vide", "Vide, avec le minimum"


@cache
def _file(model: FormModel) -> str:
    return (FOLDER / f"{model}.json").read_text(encoding="utf-8")


def read_model(model: str, organisation: str = "{organisme}") -> dict[str, Any]:
    """Its file, for that organisation: a definition, with `title`, `reference`, `help` besides."""
    name = json.dumps(organisation, ensure_ascii=False)[1:-1]
    return json.loads(_file(FormModel(model)).replace("{organisme}", name))


def free_slug(wanted: str, others: QuerySet[Form]) -> str:
    """That slug, or the first one after it that no other form of the organisation has."""
    taken = {*others.values_list("slug", flat=True)}
    wanted = wanted[:40].strip("-") or "formulaire"
    slug, rank = wanted, 1
    while slug in taken:
        rank += 1
        slug = f"{wanted}-{rank}"
    return slug


def _free_reference(wanted: str, others: QuerySet[Form]) -> str:
    taken = {*others.values_list("reference", flat=True)}
    reference, rank = wanted[:90], 1
    while reference in taken:
        rank += 1
        reference = f"{wanted[:90]} ({rank})"
    return reference


@dataclass(frozen=True)
class Start:
    """One card of the screen: what its button starts."""

    value: str
    label: str
    help: str


class StartForm(forms.Form):
    """From what, for whom: a button each."""

    source = forms.ChoiceField(label="Modèle", widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label="Organisme", queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = access.organisations_edited_by(user)
        self.own = Form.objects.filter(organisation__in=mine).select_related("organisation")
        self.fields["organisation"].queryset = mine
        self.fields["source"].choices = [(one.value, one.label) for one in self.starts]
        if len(mine) == 1:
            self.initial["organisation"] = mine[0].pk
            self.fields["organisation"].widget = forms.HiddenInput()

    @property
    def starts(self) -> list[Start]:
        return [*self.models, *self.copies]

    @cached_property
    def models(self) -> list[Start]:
        return [Start(one.value, one.label, read_model(one)["help"]) for one in FormModel]

    @cached_property
    def copies(self) -> list[Start]:
        """One's own forms, as they are written now."""
        return [
            Start(f"{COPY}{form.pk}", form.title, form.reference)
            for form in self.own.order_by("organisation__name", "title")
        ]

    def draft(self) -> Form:
        """What was chosen, not saved yet."""
        source, organisation = self.cleaned_data["source"], self.cleaned_data["organisation"]
        there = Form.objects.filter(organisation=organisation)
        if source.startswith(COPY):
            draft = _copied(self.own.get(pk=source.removeprefix(COPY)))
        else:
            draft = _from_model(read_model(source, organisation.name))
        draft.organisation = organisation
        draft.slug = free_slug(slugify(draft.title), there)
        draft.reference = _free_reference(draft.reference, there)
        return draft


def _from_model(model: dict[str, Any]) -> Form:
    draft = Form(title=model["title"], reference=model["reference"])
    draft.write(model)
    return draft


# What a copy takes over, besides its questions.
KEPT = ("stepped", "honeypot", "minimum_seconds", "hourly_limit", "proof_of_work")


def _copied(form: Form) -> Form:
    """The form as it is written now, published or not."""
    form = form.get_latest_revision_as_object()
    draft = Form(
        title=f"Copie de {form.title}"[:200],
        reference=f"{form.reference} – COPIE",
        **{name: getattr(form, name) for name in KEPT},
    )
    draft.write(form.definition())
    return draft


class StartFormView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One screen, one click: what comes next is the editor."""

    model = Form
    permission_required = "add"
    page_title = "Nouveau formulaire"
    header_icon = "form"

    def get_template_names(self) -> list[str]:
        """Nor the editor's own page."""
        return ["complaints/desk/forms/starting.html"]

    def get_form_class(self) -> type[StartForm]:
        """Not the editor's own form, which the viewset gives to every view."""
        return StartForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    @cached_property
    def list_url(self) -> str:
        """Where the forms are."""
        return reverse(f"{SPACE}:list")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Formulaires › Nouveau formulaire."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.list_url, "label": "Formulaires"},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: StartForm) -> HttpResponse:
        try:
            draft = self.start(form.draft())
        except IntegrityError:  # the same button was pressed twice at once
            form.add_error(None, TAKEN)
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"« {draft.title} » est un brouillon : rien n’est publié tant que vous ne publiez pas."
            " L’aperçu, à droite, montre le formulaire.",
        )
        return redirect(f"{SPACE}:edit", draft.pk)

    @transaction.atomic
    def start(self, draft: Form) -> Form:
        """The draft, with its first revision."""
        draft.live = False
        draft.save()
        draft.save_revision(user=self.request.user)
        log(instance=draft, action="wagtail.create", user=self.request.user)
        return draft
