"""The marks an editor writes in a letter: a closed list, so that a wrong one is seen early."""

import re
from collections.abc import Mapping

from complaints.workflow.vocabulary import Deed

# What an editor may write between braces, and what it stands for.
FIELDS = {
    "numero": "le numéro du dossier",
    "numero_registre": "le numéro au registre",
    "date_reception": "le jour où la réclamation a été reçue",
    "nature": "la nature du dossier\u00a0: réclamation, aléa, difficulté…",
    "objet": "l’objet de la réclamation",
    "nom": "le nom du réclamant",
    "organisme": "le nom de l’organisme",
    "courriel": "le courriel de l’organisme",
    "telephone": "le téléphone de l’organisme",
    "formation": "le contrat, produit ou service concerné",
    "decision": "la décision motivée",
    "sens": "le sens de la réponse",
    "mesures": "les mesures prises, une par ligne",
    "mediateur": "le nom et le site du médiateur",
    "aujourdhui": "la date du jour",
    "suivi": "l’adresse de la page de suivi",
    "echeances": "les dates annoncées au réclamant et leur pourquoi, une par ligne",
    "delai": "le nom du délai qui change (prolonger, rapprocher)",
    "nouvelle_date": "la nouvelle échéance (prolonger, rapprocher)",
    "motif": "le motif écrit (prolonger, rapprocher, requalifier, déclarer irrecevable)",
    "nouvelle_nature": "la nouvelle nature du dossier (requalifier)",
    "reformulation": "ce qui a été compris (consigner l’analyse)",
    "destinataire": "le nom de la personne informée (mise en cause, partie prenante)",
}
# What only these deeds know; in any other letter the mark would be left as it is.
TIMED = frozenset({Deed.EXTEND, Deed.SHORTEN})
FILLED_BY: Mapping[str, frozenset[Deed]] = {
    "delai": TIMED,
    "nouvelle_date": TIMED,
    "motif": TIMED | {Deed.RECLASSIFY, Deed.DECLARE_INADMISSIBLE},
    "nouvelle_nature": frozenset({Deed.RECLASSIFY}),
    "reformulation": frozenset({Deed.ANALYSE}),
    "destinataire": frozenset({Deed.INFORM_IMPLICATED, Deed.INFORM_THIRD_PARTY}),
}
MARK = re.compile(r"\{(\w+)\}")
# What somebody meant as a mark, whatever stands between the braces.
BRACES = re.compile(r"\{([^{}\n]*)\}")


def marks(text: str) -> list[str]:
    """The marks of a text, known or not, in order, each once."""
    return list(dict.fromkeys(BRACES.findall(text)))


def unknown_marks(text: str) -> list[str]:
    """The marks that stand for nothing, in order, each once."""
    return [name for name in marks(text) if name not in FIELDS]


def unfilled_marks(text: str, deed: Deed) -> list[str]:
    """The known marks that this deed cannot fill, in order, each once."""
    return [name for name in marks(text) if deed not in FILLED_BY.get(name, {deed})]
