"""Deciding whether it is a complaint we must handle, with reasons (CS-04, CS-16, IH-22)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.criteria import (
    CriteriaField,
    ask_day,
    day_of_facts,
    day_problems,
    keep_day,
    split,
)
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class AdmissibleForm(LetterForm):
    """The criteria, the assessment, and the letter if the move proposes one."""

    facts_on = day_of_facts()
    criteria = CriteriaField(
        label="Critères remplis", required=False, help_text="Cochez ceux que vous avez vérifiés."
    )
    exception = text_area(
        "Motif de l’exception",
        required=False,
        rows=2,
        help_text="Seulement si un critère n’est pas rempli\u00a0: pourquoi la déclarer recevable"
        " malgré tout.",
    )
    breaches = text_area(
        "Manquements relevés",
        required=False,
        help_text="Ce que l’examen objectif des éléments fait apparaître. Inscrit au registre.",
    )

    field_order = ("facts_on", "criteria", "exception", "breaches", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_day(self, self.act.dossier)
        if self.act.rules.criteria:
            ticked = self.fields["criteria"].ask(self.act.dossier, ticked_when=True)
            self.initial = self.initial | {"criteria": ticked}
        else:
            del self.fields["criteria"], self.fields["exception"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for field, why in day_problems(self.act.dossier, data, ticked_when=True):
            self.add_error(field, why)
        missing = len(self.act.rules.criteria) - len(data.get("criteria", ()))
        if missing and "criteria" in data and not data.get("exception"):
            self.add_error(
                "exception",
                "Un critère n’est pas coché\u00a0: cochez-le s’il est rempli, ou dites pourquoi"
                " la réclamation est recevable malgré tout.",
            )
        return data


class InadmissibleForm(LetterForm):
    """What is lacking, and why not, in words the complainant will read."""

    facts_on = day_of_facts()
    criteria = CriteriaField(
        label="Critères qui ne sont pas remplis",
        error_messages={"required": "Cochez au moins un critère\u00a0: un refus en découle."},
    )
    reason = text_area("Motif", help_text="Un refus est toujours motivé.")

    field_order = ("facts_on", "criteria", "reason", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_day(self, self.act.dossier)
        if self.act.rules.criteria:
            ticked = self.fields["criteria"].ask(self.act.dossier, ticked_when=False)
            self.initial = self.initial | {"criteria": ticked}
        else:
            del self.fields["criteria"]
        if "body" in self.fields:
            self.fields["body"].help_text += " {motif} sera remplacé par le motif."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for field, why in day_problems(self.act.dossier, data, ticked_when=False):
            self.add_error(field, why)
        return data


def declare_admissible(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Take it up; what is not met is taken up by exception, with its reason (IH-A12)."""
    act.dossier.breaches = data["breaches"]
    said = {"breaches": data["breaches"]}
    if data.get("exception"):
        said["exception"] = data["exception"]
    act.record(
        EventKind.DECLARED_ADMISSIBLE,
        personal=said,
        letter=send_proposed(act, move, data),
        **keep_day(act, data),
        **split(act.rules.criteria, data.get("criteria", ())),
    )


def declare_inadmissible(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Refuse it, with reasons and a letter."""
    act.dossier.decision = data["reason"]
    unmet = data.get("criteria", ())
    met = [criterion.key for criterion in act.rules.criteria if criterion.key not in unmet]
    act.record(
        EventKind.DECLARED_INADMISSIBLE,
        personal={"reason": data["reason"]},
        letter=send_proposed(act, move, data, {"motif": data["reason"]}),
        **keep_day(act, data),
        **split(act.rules.criteria, met),
    )
