"""The marks an editor writes in a letter: a closed list, so that a wrong one is seen early."""

import re

# What an editor may write between braces, and what it stands for.
FIELDS = {
    "numero": "le numéro du dossier",
    "numero_registre": "le numéro au registre",
    "date_reception": "le jour où la réclamation a été reçue",
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
    "motif": "le motif du changement (prolonger, rapprocher)",
}
MARK = re.compile(r"\{(\w+)\}")


def unknown_marks(text: str) -> list[str]:
    """The marks that stand for nothing, in order."""
    return [name for name in MARK.findall(text) if name not in FIELDS]
