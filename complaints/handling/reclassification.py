"""Reclassifying: an incident that is a complaint after all, or the other way round (CM-10)."""

from typing import Any

from django import forms

from complaints.handling import deadlines
from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import PROMISES, draft, send_proposed
from complaints.letters.merge import facts_of
from complaints.models import Dossier
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, Kind


class ReclassificationForm(LetterForm):
    """What it is, why, and the letter if the move proposes one."""

    kind = forms.ChoiceField(label="Nouvelle nature", widget=forms.RadioSelect)
    reason = text_area("Motif", help_text="Ce qui fait changer d’avis.")

    field_order = ("kind", "reason", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = other_kinds(self.act.dossier)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            self.initial = self.initial | {"kind": kinds[0].value}
        if "body" in self.fields:
            if not self.is_bound:
                later = draft(self.act, self.move.letter, later=[PROMISES])
                self.initial = self.initial | later
            self.fields["body"].help_text = (
                "{nouvelle_nature} et {motif} seront remplacés par ce que vous avez rempli,"
                " {echeances} par les dates de la nouvelle nature."
            )

    def clean(self) -> dict[str, Any]:
        if not self.fields["kind"].choices:
            raise forms.ValidationError("La procédure de ce dossier ne connaît que cette nature.")
        return super().clean()


def other_kinds(dossier: Dossier) -> list[Kind]:
    """What its procedure knows, but for what it is."""
    return [kind for kind in dossier.rules.kinds if kind != dossier.kind]


def reclassify(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Change what it is: the limits of its new nature count from their own start (R9).

    The journal keeps both natures and each date that changed.
    """
    dossier, before = act.dossier, act.dossier.kind
    dossier.kind = Kind(data["kind"])
    changes = deadlines.regrade(dossier, EventKind.RECLASSIFIED, act.at)
    facts = {
        "nouvelle_nature": dossier.kind.label.lower(),
        "motif": data["reason"],
        PROMISES: facts_of(dossier, act.at)[PROMISES],
    }
    act.record(
        EventKind.RECLASSIFIED,
        personal={"reason": data["reason"]},
        nature=dossier.kind.value,
        before={"nature": str(before)},
        deadlines=changes,
        letter=send_proposed(act, move, data, facts),
    )
