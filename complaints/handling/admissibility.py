"""Deciding whether it is a complaint we must handle, with reasons (CS-04, CS-16)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class AdmissibleForm(LetterForm):
    """The assessment, and the letter if the move proposes one."""

    breaches = text_area(
        "Manquements relevés",
        required=False,
        help_text="Ce que l’examen objectif des éléments fait apparaître. Inscrit au registre.",
    )


class InadmissibleForm(LetterForm):
    """Why not, in words the complainant will read."""

    reason = text_area("Motif", help_text="Un refus est toujours motivé.")


def declare_admissible(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Take it up."""
    act.dossier.breaches = data["breaches"]
    act.record(
        EventKind.DECLARED_ADMISSIBLE,
        personal={"breaches": data["breaches"]},
        letter=send_proposed(act, move, data),
    )


def declare_inadmissible(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Refuse it, with reasons and a letter."""
    act.dossier.decision = data["reason"]
    act.record(
        EventKind.DECLARED_INADMISSIBLE,
        personal={"reason": data["reason"]},
        letter=send_proposed(act, move, data),
    )
