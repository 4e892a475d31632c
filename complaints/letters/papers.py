"""Which template prints which document, and with what facts."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from complaints.letters.pdf import render_pdf
from complaints.models import Letter

TEMPLATES = {
    Letter.Document.LETTER: "complaints/letters/letter.html",
    Letter.Document.RECEIPT: "complaints/letters/receipt.html",
}


def print_letter(letter: Letter) -> bytes:
    """The PDF of that letter; raises PdfError. The same row prints the same bytes."""
    return render_pdf(TEMPLATES[letter.document], facts_to_print(letter))


def print_copy(letter: Letter, *, code: str, tracking: str) -> bytes:
    """The PDF of a receipt to post, with the code that opens the dossier; made, never kept."""
    shown = facts_to_print(letter) | {"code": code, "tracking": tracking}
    return render_pdf(TEMPLATES[letter.document], shown)


def facts_to_print(letter: Letter) -> dict[str, Any]:
    """What the template of that document shows."""
    if letter.document == Letter.Document.RECEIPT:
        return _receipt(letter)
    return {
        "organisation": letter.organisation,
        "letter": {
            "number": letter.number,
            "subject": letter.subject,
            "body": letter.body,
            "made_on": timezone.localdate(letter.written_at),
        },
        "dossier": {
            "reference": letter.dossier.reference,
            "register_number": str(getattr(letter.dossier, "register_entry", "")),
        },
        "recipient": letter.facts["recipient"],
        "signatory": {"name": letter.signatory, "role": letter.organisation.name},
    }


def _receipt(letter: Letter) -> dict[str, Any]:
    dossier = letter.dossier
    form, procedure = dossier.form_version, dossier.procedure_version
    # A writing that came later has moved the dossier's own day.
    noted = letter.facts.get("noted")
    came = datetime.fromisoformat(noted["received_at"]) if noted else dossier.received_at
    return letter.facts | {
        "organisation": letter.organisation,
        "dossier": {
            "reference": dossier.reference,
            "received_at": timezone.localtime(came),
        },
        "form": {
            "reference": form.reference,
            "number": form.number,
            "effective_on": timezone.localdate(form.effective_at),
            "digest": form.digest,
        },
        "procedure": {
            "title": procedure.title,
            "reference": procedure.reference,
            "number": procedure.number,
            "in_force_on": timezone.localdate(procedure.in_force_at),
        },
    }
