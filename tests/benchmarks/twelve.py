"""One form of twelve questions: as staff build it, as a plain Django form, and its answers."""

from typing import Any

from django import forms

NEEDS = [
    ("audio", "Une boucle auditive"),
    ("acces", "Un accès de plain-pied"),
    ("temps", "Du temps"),
]
KNOWN = [("email", "Par courriel"), ("phone", "Par téléphone"), ("oral", "De vive voix")]
WHO = [
    ("trainee", "Stagiaire"),
    ("client", "Client"),
    ("sponsor", "Commanditaire"),
    ("prospect", "Prospect"),
    ("funder", "Financeur"),
    ("certifier", "Certificateur"),
    ("prescriber", "Prescripteur"),
    ("subcontractor", "Sous-traitant"),
    ("institution", "Institution liée à la formation"),
]
INFORMATION = (
    "Nous utilisons ces informations pour traiter votre réclamation. Elles sont lues par les "
    "personnes qui instruisent votre dossier et conservées 7 ans après sa clôture."
)


def _field(key: str, kind: str, label: str, maps_to: str = "", **more: Any) -> dict[str, Any]:
    mapped = {"maps_to": maps_to} if maps_to else {}
    return {"key": key, "kind": kind, "label": label} | mapped | more


def _choices(proposed: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in proposed]


_YOU = [
    _field("nom", "text", "Vos prénom et nom", "complainant.name", required=True),
    _field("structure", "text", "Votre entreprise", "complainant.organisation_name"),
    _field("courriel", "email", "Votre courriel", "complainant.email", required=True),
    _field("telephone", "phone", "Votre téléphone", "complainant.phone"),
    _field(
        "qualite", "choice", "Vous êtes", "complainant.stakeholder",
        required=True, choices=_choices(WHO),
    ),
]  # fmt: skip
_COMPLAINT = [
    _field("objet", "text", "De quoi s’agit-il ?", "dossier.subject", required=True),
    _field("formation", "text", "Quelle formation ?", "dossier.training"),
    _field("le", "date", "Quel jour était-ce ?", "dossier.facts_on"),
    _field("faits", "long_text", "Que s’est-il passé ?", "dossier.description", required=True),
    _field("deja", "choice", "Comment nous l’avez-vous dit ?", choices=_choices(KNOWN)),
    _field("besoins", "choices", "De quoi avez-vous besoin ?", choices=_choices(NEEDS)),
    _field("accord", "consent", "J’accepte d’être rappelé", help="Texte du consentement."),
    _field("information", "information", "Vos données", help=INFORMATION),
]
DEFINITION = {
    "sections": [
        {"key": "vous", "title": "Vous", "help": "", "fields": _YOU},
        {"key": "quoi", "title": "Votre réclamation", "help": "", "fields": _COMPLAINT},
    ]
}

ANSWERS: dict[str, Any] = {
    "nom": "Dora Lemaire",
    "structure": "Atelier Lemaire",
    "courriel": "dora@exemple.example",
    "telephone": "06 12 34 56 78",
    "qualite": "trainee",
    "objet": "Attestation jamais reçue",
    "formation": "Gestion du stress, session de mars 2026",
    "le": "2026-03-02",
    "faits": "Je n’ai pas reçu mon attestation malgré deux relances, en avril puis en mai.",
    "deja": "email",
    "besoins": ["audio", "temps"],
    "accord": "yes",
}


class Plain(forms.Form):
    """The same twelve, with Django's own fields and widgets."""

    nom = forms.CharField(label="Vos prénom et nom")
    structure = forms.CharField(label="Votre entreprise", required=False)
    courriel = forms.EmailField(label="Votre courriel")
    telephone = forms.CharField(
        label="Votre téléphone", required=False, widget=forms.TextInput({"type": "tel"})
    )
    qualite = forms.ChoiceField(label="Vous êtes", choices=[("", "Choisissez…"), *WHO])
    objet = forms.CharField(label="De quoi s’agit-il ?")
    formation = forms.CharField(label="Quelle formation ?", required=False)
    le = forms.DateField(
        label="Quel jour était-ce ?", required=False, widget=forms.DateInput({"type": "date"})
    )
    faits = forms.CharField(label="Que s’est-il passé ?", widget=forms.Textarea({"rows": 6}))
    deja = forms.ChoiceField(
        label="Comment nous l’avez-vous dit ?",
        choices=KNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    besoins = forms.MultipleChoiceField(
        label="De quoi avez-vous besoin ?",
        choices=NEEDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accord = forms.BooleanField(label="J’accepte d’être rappelé", required=False)
