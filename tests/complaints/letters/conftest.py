"""Plain facts for the printed sheets, and a reader for what comes out."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from complaints.letters.pdf import render_pdf

ORGANISATION = {
    "name": "Connect’Sens",
    "legal_name": "MP Formation & Conseil",
    "postal_address": "15 promenade du Parc Belay\n64600 Anglet",
    "email": "bonjour@connectsens.example",
    "phone": "05 00 00 00 00",
}
PROCEDURE = {
    "title": "Traitement des réclamations",
    "reference": "V1",
    "number": 3,
    "in_force_on": date(2024, 5, 7),
    "digest": "ab" * 32,
}


@pytest.fixture
def letter() -> dict:
    return {
        "organisation": ORGANISATION,
        "letter": {
            "number": "2026-031",
            "subject": "Réponse à votre réclamation",
            "made_on": date(2026, 5, 1),
            "body": "Madame,\n\nVotre réclamation est fondée ; nous en sommes désolés.",
        },
        "dossier": {"reference": "R-2026-0012", "register_number": "2026-007"},
        "recipient": {"name": "Zoé Œuvrard", "postal_address": "3 rue de l’Église\n64200 Biarritz"},
        "signatory": {"name": "Camille Etxeberria", "role": "Direction"},
    }


@pytest.fixture
def receipt() -> dict:
    return {
        "organisation": ORGANISATION,
        "dossier": {
            "reference": "R-2026-0012",
            "received_at": datetime(2026, 4, 7, 22, 5, tzinfo=UTC),
            "tracking_code": "K7QX-SECRET",
        },
        "form": {
            "reference": "FORMULAIRE RÉCLAMATION – V1 07052024",
            "number": 2,
            "effective_on": date(2024, 5, 7),
            "digest": "cd" * 32,
        },
        "procedure": PROCEDURE,
        "sections": [
            ("Vous", [("Nom", "Zoé Œuvrard"), ("Téléphone", "")]),
            ("Votre réclamation", [("Objet", "Salle inaccessible")]),
        ],
        "attachments": [{"original_name": "photo.jpg", "size": 2048, "sha256": "ef" * 32}],
        "promises": ["Nous répondons sous 30 jours."],
    }


@pytest.fixture
def procedure() -> dict:
    return {
        "organisation": ORGANISATION,
        "page": {"title": "Traitement des réclamations"},
        "address": "https://connectsens.example/reclamations/",
        "procedure": PROCEDURE,
        "sections": [
            {"title": "Qui peut réclamer ?", "html": "<p>Toute partie prenante.</p>"},
            {"title": "Suivi", "html": "<h3>Étapes</h3><p><a href='/contact/'>Contact</a></p>"},
            {"title": "Nos délais", "html": "<p>Réponse sous 30 jours.</p>"},
            {"title": "Médiation", "html": "<p>Un médiateur peut être saisi.</p>"},
        ],
    }


@pytest.fixture
def read() -> Callable[[str, dict], PdfReader]:
    """Renders, then opens the result as a reader of PDF would."""

    def render_and_open(template: str, context: dict) -> PdfReader:
        return PdfReader(BytesIO(render_pdf(template, context)))

    return render_and_open


@pytest.fixture
def text_of(read: Callable[[str, dict], PdfReader]) -> Callable[[str, dict], str]:
    def render_and_read(template: str, context: dict) -> str:
        return "\n".join(page.extract_text() for page in read(template, context).pages)

    return render_and_read
