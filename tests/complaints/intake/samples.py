"""Definitions the tests share: a whole form, and the smallest ones."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from complaints.intake import FormDefinition, IntakeForm, Kind, build_form, parse

Json = dict[str, Any]

STAKEHOLDERS = [
    {"value": "trainee", "label": "Stagiaire"},
    {"value": "sponsor", "label": "Commanditaire"},
    {"value": "other", "label": "Autre"},
]

WHOLE: Json = {
    "sections": [
        {
            "key": "vous",
            "title": "Vous",
            "help": "Pour vous répondre.",
            "fields": [
                {
                    "key": "nom",
                    "kind": "text",
                    "label": "Vos nom et prénom",
                    "required": True,
                    "maps_to": "complainant.name",
                },
                {
                    "key": "courriel",
                    "kind": "email",
                    "label": "Votre adresse électronique",
                    "help": "Nous y enverrons l’accusé de réception.",
                    "required": True,
                    "maps_to": "complainant.email",
                },
                {
                    "key": "telephone",
                    "kind": "phone",
                    "label": "Votre téléphone",
                    "maps_to": "complainant.phone",
                },
                {
                    "key": "qualite",
                    "kind": "choice",
                    "label": "Vous êtes",
                    "required": True,
                    "choices": STAKEHOLDERS,
                    "maps_to": "complainant.stakeholder",
                },
                {
                    "key": "precision",
                    "kind": "text",
                    "label": "Précisez",
                    "required": True,
                    "show_if": {"field": "qualite", "is": ["other"]},
                },
            ],
        },
        {
            "key": "faits",
            "title": "Les faits",
            "fields": [
                {
                    "key": "avant",
                    "kind": "information",
                    "label": "Avant d’écrire",
                    "help": "La procédure est gratuite.\n\nVoir https://exemple.fr/procedure",
                },
                {
                    "key": "description",
                    "kind": "long_text",
                    "label": "Que s’est-il passé\u202f?",
                    "required": True,
                    "maps_to": "dossier.description",
                },
                {
                    "key": "deja",
                    "kind": "yes_no",
                    "label": "En avez-vous déjà parlé\u202f?",
                    "required": True,
                },
                {
                    "key": "depuis",
                    "kind": "date",
                    "label": "Depuis quand\u202f?",
                    "required": True,
                    "maps_to": "dossier.first_expressed_on",
                    "show_if": {"field": "deja", "is": [True]},
                },
                {"key": "heures", "kind": "number", "label": "Nombre d’heures perdues"},
                {
                    "key": "operations",
                    "kind": "choices",
                    "label": "Opérations concernées",
                    "choices": [
                        {"value": "accueil", "label": "Accueil"},
                        {"value": "cours", "label": "Cours"},
                    ],
                    "maps_to": "dossier.operations",
                },
                {"key": "pieces", "kind": "files", "label": "Pièces jointes", "max_files": 3},
                {
                    "key": "accord",
                    "kind": "consent",
                    "label": "J’accepte qu’un dossier soit constitué.",
                    "required": True,
                    "maps_to": "dossier.file_consent",
                },
            ],
        },
    ]
}

# What a browser posts for it.
FILLED: Json = {
    "nom": "Camille Étchegaray",
    "courriel": "camille@exemple.fr",
    "telephone": "06 12 34 56 78",
    "qualite": "trainee",
    "description": "Le cours du 3 mai a été annulé.\r\nPersonne n’a prévenu.",
    "deja": "yes",
    "depuis": "2026-05-04",
    "heures": "7,5",
    "operations": ["cours", "accueil"],
    "accord": "on",
}


def whole() -> FormDefinition:
    return parse(WHOLE)


def one(kind: str, **properties: Any) -> Json:
    """The definition of a form with one field, named « reponse »."""
    field = {"key": "reponse", "kind": kind, "label": "Votre réponse"} | properties
    return form_of(field)


def form_of(*fields: Json) -> Json:
    return {"sections": [{"key": "tout", "title": "Tout", "fields": list(fields)}]}


def filled(definition: Json, data: Json, files: Json | None = None) -> IntakeForm:
    """The form of this definition as a browser sends it back."""
    return build_form(parse(definition))(data=posted(data), files=posted(files or {}))


def posted(values: Json) -> MultiValueDict:
    return MultiValueDict(
        {key: value if isinstance(value, list) else [value] for key, value in values.items()}
    )


def every(**more: Any) -> Json:
    """One question of each kind in one section, each named after its kind."""
    proposed = {"choices": STAKEHOLDERS}
    own = {
        "choice": proposed,
        "choices": proposed,
        "information": {"help": "Lisez.", "required": False, "example": ""},
    }
    kinds = [kind.value for kind in Kind]
    return form_of(
        *({"key": k, "kind": k, "label": f"Votre {k}"} | more | own.get(k, {}) for k in kinds)
    )


# What a browser posts for it when each answer is given.
EVERY_FILLED: Json = {
    "text": "Jean",
    "long_text": "Il pleut.",
    "email": "jean@exemple.fr",
    "phone": "+33 6 12 34 56 78",
    "date": "2026-05-04",
    "period-from": "2026-05-04",
    "period-to": "2026-05-07",
    "number": "12,5",
    "amount": "1 200,5 €",
    "yes_no": "no",
    "choice": "sponsor",
    "choices": ["other", "trainee"],
    "training-training": "CAP Cuisine",
    "training-session": "mars 2026",
    "persons-rows": "2",
    "persons-0-name": "Paul Roux",
    "persons-0-role": "implicated",
    "persons-0-details": "Au premier étage.",
    "persons-1-name": "La directrice",
    "address-street": "3 rue du Lac\r\nBâtiment B",
    "address-postal_code": "74000",
    "address-city": "Annecy",
    "address-country": "",
    "consent": "on",
    "signature": "Jean Roux",
}
EVERY_ANSWER: Json = {
    "text": "Jean",
    "long_text": "Il pleut.",
    "email": "jean@exemple.fr",
    "phone": "+33 6 12 34 56 78",
    "date": "2026-05-04",
    "period": {"from": "2026-05-04", "to": "2026-05-07"},
    "number": 12.5,
    "amount": "1200.50",
    "yes_no": False,
    "choice": "sponsor",
    "choices": ["trainee", "other"],
    "training": {"training": "CAP Cuisine", "session": "mars 2026"},
    "persons": [
        {"name": "Paul Roux", "role": "implicated", "details": "Au premier étage."},
        {"name": "La directrice"},
    ],
    "address": {
        "street": "3 rue du Lac\nBâtiment B",
        "postal_code": "74000",
        "city": "Annecy",
    },
    "consent": True,
    "signature": "Jean Roux",
}
