"""« Envoyer la procédure à une personne »: an address, a word if one likes, and the PDF goes."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from complaints.desk.procedures.versions import OnProcedure, address
from complaints.handling.forms import text_area
from complaints.handling.sending_procedure import (
    SENT,
    NothingToSend,
    Sending,
    document_in_force,
    send_procedure,
)


class SendingForm(forms.Form):
    """To whom, and with which words."""

    email = forms.EmailField(label="Adresse électronique")
    name = forms.CharField(
        label="Nom", max_length=200, required=False, help_text="Pour le saluer ; peut rester vide."
    )
    word = text_area(
        "Votre mot", required=False, help_text="Placé en tête du courriel ; peut rester vide."
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class SendingView(OnProcedure, TemplateView):
    """The form; posting it queues the mail, or says kindly why nothing can be sent yet."""

    page_title = "Envoyer la procédure à une personne"
    header_icon = "mail"
    template_name = "complaints/desk/procedures/sending.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(SendingForm(initial={"key": uuid4()}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SendingForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        data = form.cleaned_data
        sending = Sending(str(data["key"]), data["email"], data["name"], data["word"])
        try:
            send_procedure(self.procedure, sending, by=request.user, at=timezone.now())
        except NothingToSend as refusal:
            return self.show(form, refusal=str(refusal), status=409)
        messages.success(request, "La procédure part par courriel, son PDF joint.")
        return redirect(address("versions", self.procedure))

    def show(self, form: SendingForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
        """The screen, with all that was typed."""
        document = document_in_force(self.procedure)
        context = self.get_context_data(form=form, refusal=refusal, document=document)
        return self.render_to_response(context, status=status)


class SendingFormatter(LogFormatter):
    """How the history of a procedure shows it: to whom is in the outbox, as long as it is kept."""

    label = "Envoyer la procédure"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        told = "Envoyée à une personne (version {version}, document n°\u00a0{document})"
        return told.format_map(log_entry.data)


def name_the_sending(actions: LogActionRegistry) -> None:
    """So that the history of a procedure shows it in words."""
    actions.register_action(SENT)(SendingFormatter)
