"""Analysing: what was understood, what was found, and what lies underneath (CY-08, CM-17)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind

MARK = "{reformulation}"


class AnalysisForm(LetterForm):
    """The reformulation, the analysis, the root cause; the letter if the move proposes one."""

    understood = text_area(
        "Ce que nous avons compris",
        required=False,
        help_text="La réclamation, reformulée.",
    )
    analysis = text_area("Analyse", required=False, rows=6)
    root_cause = text_area(
        "Cause profonde",
        required=False,
        help_text="Pourquoi cela est arrivé, et non seulement comment.",
    )

    field_order = ("understood", "analysis", "root_cause", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier = self.act.dossier
        known = {"analysis": dossier.analysis, "root_cause": dossier.root_cause}
        self.initial = self.initial | known
        if "body" in self.fields:
            self.fields[
                "understood"
            ].help_text = (
                f"La réclamation, reformulée. Dans le courrier, {MARK} sera remplacé par ce texte."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        written = [data.get(name) for name in ("understood", "analysis", "root_cause")]
        if not any(written) and not self.errors:
            self.add_error("analysis", "Écrivez au moins une de ces trois réponses.")
        letter = f"{data.get('subject', '')}{data.get('body', '')}"
        if MARK in letter and not data.get("understood"):
            self.add_error("understood", "Le courrier reprend ce texte\u00a0: écrivez-le.")
        return data


def analyse(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep the analysis and the cause on the dossier, and all of it in the journal."""
    said = {name: data[name] for name in ("understood", "analysis", "root_cause")}
    act.dossier.analysis, act.dossier.root_cause = said["analysis"], said["root_cause"]
    letter = send_proposed(act, move, data, {"reformulation": said["understood"]})
    act.record(EventKind.ANALYSED, personal=said, letter=letter)
