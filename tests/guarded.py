"""A form of organisation A with questions that are not for all eyes, and what dora answers."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from complaints import intake
from complaints.handling.filing import Submission
from complaints.models import FormVersion
from tests.factories import World, checked_file, paris, submission

CONSENT = "Ces données de santé ne servent qu’à traiter votre réclamation.\nElles sont effacées."
QUESTIONS: list[dict[str, Any]] = [
    # Sensitive: all who see the dossier may read it, folded; no mail and no paper holds it.
    {"key": "sante", "kind": "long_text", "label": "Votre état de santé", "sensitive": True},
    # Kept for the direction, alice being a moderator.
    {"key": "auteur", "kind": "text", "label": "Qui vous a blessé", "seen_by": ["direction"]},
    {
        "key": "certificat",
        "kind": "files",
        "label": "Votre certificat",
        "sensitive": True,
        "seen_by": ["direction"],
    },
    {"key": "preuve", "kind": "files", "label": "Votre preuve"},
    {"key": "accord_sante", "kind": "consent", "label": "J’accepte", "help": CONSENT},
]
SENSITIVE, RESERVED = "Lombalgie-Zq7", "Monsieur-Blesseur-Zq8"
ANSWERS = {"sante": SENSITIVE, "auteur": RESERVED, "accord_sante": True}
CERTIFICATE, PROOF = "certificat-zq9.txt", "preuve.txt"


def version_with(world: World, *questions: dict[str, Any], number: int = 2) -> FormVersion:
    """A version of A’s form: what it first asked, then these questions in a part of their own."""
    current = world.page.form.versions.get(number=1)
    definition = deepcopy(current.definition)
    definition["sections"].append({"key": "sante", "title": "Santé", "fields": list(questions)})
    return FormVersion.objects.create(
        form=current.form,
        number=number,
        reference=current.reference,
        title=current.title,
        definition=definition,
        digest=intake.digest(definition),
        effective_at=paris("2026-01-10 09:00"),
    )


def guarded_submission(world: World) -> Submission:
    """What dora sends: three guarded answers, a consent, and a file of each sort."""
    version = version_with(world, *QUESTIONS)
    certificate = replace(checked_file(CERTIFICATE, b"Certificat."), question="certificat")
    proof = replace(checked_file(PROOF), question="preuve")
    return replace(submission(world, **ANSWERS), form_version=version, files=(certificate, proof))
