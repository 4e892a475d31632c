"""What a button is about to do, said before it is pressed."""

from complaints.models import Dossier
from complaints.workflow import Move
from complaints.workflow.vocabulary import Deed

DATES = {
    Deed.ASSESS: "les échéances qui dépendent de cette évaluation seront recomptées depuis leur"
    " point de départ, pas depuis aujourd’hui",
    Deed.RECLASSIFY: "les échéances qui dépendent de la nature du dossier seront recomptées depuis"
    " leur point de départ, pas depuis aujourd’hui",
    Deed.SHORTEN: "l’équipe sera prévenue pour cette date-là",
}

# Their letters go to somebody whom the form names.
TO_SOMEONE_ELSE = {Deed.INFORM_IMPLICATED, Deed.INFORM_THIRD_PARTY}


def intention(dossier: Dossier, move: Move) -> str:
    """One sentence: who will be written to, what becomes of dates, where the dossier will stand."""
    said = (_letter(dossier, move), DATES.get(move.deed, ""), _stage(dossier, move))
    sentence = " et ".join(part for part in said if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _letter(dossier: Dossier, move: Move) -> str:
    if move.deed in TO_SOMEONE_ELSE:
        return (
            "ce courrier partira par courriel à la personne que vous indiquez, ou sera à imprimer"
            " si elle n’a pas d’adresse électronique\u00a0; le réclamant ne le verra pas"
        )
    if not move.letter:
        return ""
    complainant = dossier.complainant
    if complainant and complainant.email:
        return f"ce courrier partira par courriel à {complainant.email}"
    return "ce courrier sera à imprimer et à poster, faute d’adresse électronique"


def _stage(dossier: Dossier, move: Move) -> str:
    stage = dossier.rules.stage(move.to) if move.to else dossier.current_stage
    if move.to and not stage.phase.is_open:
        return f"le dossier sera clos, à l’étape «\u00a0{stage.label}\u00a0»"
    if move.to and move.to != dossier.stage:
        return f"le dossier passera à l’étape «\u00a0{stage.label}\u00a0»"
    return f"le dossier restera à l’étape «\u00a0{stage.label}\u00a0»"
