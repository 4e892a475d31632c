"""What staff do to a dossier that is no move: an internal note, giving it to someone."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import FormView

from complaints.desk.describing import describe
from complaints.desk.dossiers.reaching import OnDossier, seen_by
from complaints.handling.acting import Act, act_on
from complaints.handling.assignment import assign, handlers
from complaints.handling.forms import text_area
from complaints.handling.messages import write_note
from complaints.workflow import MoveRefused


class NoteForm(forms.Form):
    """A note."""

    body = text_area(
        "Note", rows=6, help_text="Pour l’équipe seulement : le réclamant ne la verra jamais."
    )


class ColleagueField(forms.ModelChoiceField):
    """Someone of the team, under their name."""

    def label_from_instance(self, user: AbstractBaseUser) -> str:
        return user.get_full_name() or user.get_username()


class AssignmentForm(forms.Form):
    """Who follows the dossier from now on."""

    user = ColleagueField(
        label="Suivi par", queryset=None, required=False, empty_label="Personne pour l’instant"
    )


class DeedView(OnDossier, FormView):
    """A small form, and the deed it leads to; refused, it keeps what was typed."""

    template_name = "complaints/desk/dossiers/deed.html"
    button = ""
    done = ""

    def do(self, act: Act, data: dict[str, Any]) -> None:
        """The deed."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            with act_on(self.dossier.pk, actor=self.actor, at=timezone.now()) as act:
                act.expect(seen_by(self.request))
                self.do(act, form.cleaned_data)
        except MoveRefused as refusal:
            self.dossier.refresh_from_db()
            context = self.get_context_data(form=form, refusal=str(refusal))
            return self.render_to_response(context, status=409)
        return self.back_saying(self.done)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs, button=self.button)
        describe(context["form"])
        return context


class NoteScreen(DeedView):
    """Writing a note for the team."""

    page_title = "Écrire une note interne"
    button = "Enregistrer la note"
    done = "Note enregistrée."
    form_class = NoteForm

    def do(self, act: Act, data: dict[str, Any]) -> None:
        write_note(act, data["body"])


class AssignmentScreen(DeedView):
    """Giving the dossier to a colleague, to oneself, or back to nobody."""

    page_title = "Attribuer le dossier"
    button = "Attribuer"
    done = "Dossier attribué."
    form_class = AssignmentForm

    def get_initial(self) -> dict[str, Any]:
        return {"user": self.dossier.assigned_to_id}

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        form.fields["user"].queryset = handlers(self.dossier)
        return form

    def do(self, act: Act, data: dict[str, Any]) -> None:
        assign(act, data["user"])
