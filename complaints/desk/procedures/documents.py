"""The door of a procedure's archived PDFs, the old ones too: the right is checked here."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views import View

from complaints.desk.dossiers.files import HEADERS
from complaints.desk.procedures.versions import OnProcedure
from complaints.models import ProcedureDocument


class DocumentDoor(OnProcedure, View):
    """The very file that was archived, saved and never shown; its SHA-256 is on the screen."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        theirs = ProcedureDocument.objects.filter(procedure_version__procedure=self.procedure)
        found = theirs.select_related("organisation")
        document = get_object_or_404(found, number=kwargs["number"])
        if not document.pdf.storage.exists(document.pdf.name):
            raise Http404
        return FileResponse(
            document.pdf.open("rb"),
            as_attachment=True,
            filename=document.filename,
            content_type="application/pdf",
            headers=HEADERS,
        )
