"""A new procedure starts from a model that already works; its editor changes what differs."""

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from complaints.desk.procedures.versions import SPACE
from complaints.handling.presets import Preset, drafted, read_preset
from complaints.models import Organisation, Procedure, access

TAKEN = "Une procédure de cet organisme porte déjà cette référence."


class StartForm(forms.Form):
    """From which model, for whom, under which reference."""

    preset = forms.ChoiceField(label="Modèle", widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(label="Organisme", queryset=Organisation.objects.none())
    title = forms.CharField(
        label="Titre",
        max_length=200,
        required=False,
        help_text="Vide : celui du modèle.",
    )
    reference = forms.CharField(
        label="Référence",
        max_length=60,
        help_text="Imprimée sur la page et le PDF, par exemple PROC-REC-01.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = [
            (preset.value, f"{preset.label}\u00a0: {read_preset(preset)['help']}")
            for preset in Preset
        ]
        mine = access.organisations_edited_by(user)
        self.fields["organisation"].queryset = mine
        if len(mine) == 1:
            self.initial["organisation"] = mine[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        organisation, reference = data.get("organisation"), data.get("reference")
        same = Procedure.objects.filter(organisation=organisation, reference=reference)
        if organisation and reference and same.exists():
            self.add_error("reference", TAKEN)
        return data


class StartView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Choose a model; what comes next is the editor, on a draft that only needs reading."""

    model = Procedure
    permission_required = "add"
    page_title = "Nouvelle procédure"
    header_icon = "tasks"

    def get_template_names(self) -> list[str]:
        """Nor the editor's own page."""
        return ["complaints/desk/procedures/starting.html"]

    def get_form_class(self) -> type[StartForm]:
        """Not the editor's own form, which the viewset gives to every view."""
        return StartForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    @cached_property
    def list_url(self) -> str:
        """Where the procedures are."""
        return reverse(f"{SPACE}:list")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Procédures › Nouvelle procédure."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.list_url, "label": "Procédures"},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: StartForm) -> HttpResponse:
        try:
            procedure = self.start(**form.cleaned_data)
        except IntegrityError:  # the same form was sent twice at once
            form.add_error("reference", TAKEN)
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"« {procedure.title} » est un brouillon : rien n’est publié tant que vous ne publiez"
            " pas. L’aperçu, à droite, joue la procédure.",
        )
        return redirect(f"{SPACE}:edit", procedure.pk)

    @transaction.atomic
    def start(
        self, preset: str, organisation: Organisation, title: str, reference: str
    ) -> Procedure:
        """The draft, with its first revision."""
        definition = read_preset(preset)
        procedure = drafted(
            organisation, definition, title=title or definition["title"], reference=reference
        )
        procedure.live = False
        procedure.save()
        procedure.save_revision(user=self.request.user)
        log(instance=procedure, action="wagtail.create", user=self.request.user)
        return procedure
