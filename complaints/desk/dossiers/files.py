"""The doors of private files: the right is checked, the opening journalled, nothing runs here."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from complaints.desk.dossiers.reaching import OnDossier
from complaints.handling.dispatch import ensure_pdf
from complaints.handling.files import open_file, why_closed
from complaints.letters.pdf import PdfError
from complaints.models import access
from complaints.workflow.vocabulary import Phase

# A stranger's file is saved, never shown; if a browser shows it all the same, it may do nothing.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store, private",
}


class AttachmentDoor(OnDossier, View):
    """A file that was sent with the complaint; each opening is a line of the journal."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        attachment = get_object_or_404(self.dossier.attachments, pk=kwargs["attachment"])
        if not access.may_read_answer(request.user, self.dossier, attachment.question):
            raise Http404
        if attachment.erased_at or not attachment.file.storage.exists(attachment.file.name):
            raise Http404
        if why := why_closed(attachment):
            messages.warning(request, why)
            return redirect(self.dossier_url)
        open_file(attachment, actor=self.actor, at=timezone.now())
        return _download(
            attachment.file, name=attachment.original_name, content_type=attachment.content_type
        )


class LetterDoor(OnDossier, View):
    """The PDF of a letter: the one that was sent, made now if nobody asked for it yet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        letter = get_object_or_404(self.dossier.letters, pk=kwargs["letter"])
        if self.dossier.phase == Phase.ERASED:
            raise Http404
        try:
            letter = ensure_pdf(letter)
        except PdfError as error:
            messages.error(request, str(error))
            return redirect(self.dossier_url)
        return _download(letter.pdf, name=letter.filename, content_type="application/pdf")


def _download(file: Any, *, name: str, content_type: str) -> FileResponse:
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers=HEADERS,
    )
