"""A question of each type, as the chooser of types shows it before one is added."""

from typing import Any

from complaints import intake

WHO = [
    {"value": "trainee", "label": "Stagiaire"},
    {"value": "client", "label": "Client"},
    {"value": "instructor", "label": "Formateur"},
]
WHAT = [
    {"value": "complaint", "label": "Une réclamation"},
    {"value": "difficulty", "label": "Une difficulté"},
    {"value": "disruption", "label": "Un aléa"},
]
HOW = [{"value": "email", "label": "Par courriel"}, {"value": "oral", "label": "De vive voix"}]
WHEN = [
    {"value": "avant", "label": "Avant la formation"},
    {"value": "pendant", "label": "Pendant la formation"},
    {"value": "apres", "label": "Après la formation"},
]
TOLD = "Nous utilisons vos réponses pour traiter votre demande, et pour rien d’autre."

# By type: the question, then its settings; a type that is no kind says its kind.
SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("De quoi s’agit-il, en une phrase\u00a0?", {}),
    "long_text": ("Que s’est-il passé\u00a0?", {"help": "Les faits et leurs dates."}),
    "email": ("Votre adresse électronique", {}),
    "phone": ("Votre téléphone", {"example": "06 12 34 56 78"}),
    "yes_no": ("En avez-vous déjà parlé\u00a0?", {}),
    "choice": ("À quel moment\u00a0?", {"choices": WHEN}),
    "choices": ("À quels moments\u00a0?", {"choices": WHEN}),
    "nature": ("Vous signalez", {"kind": "choice", "choices": WHAT}),
    "first_channel": (
        "Par quel moyen, la première fois\u00a0?",
        {"kind": "choice", "choices": HOW},
    ),
    "stakeholder": ("Vous êtes", {"kind": "choice", "choices": WHO}),
    "persons": ("Qui est concerné\u00a0?", {}),
    "address": ("Votre adresse postale", {}),
    "training": ("Quelle formation\u00a0?", {}),
    "date": ("Quel jour\u00a0?", {}),
    "period": ("À quelles dates\u00a0?", {}),
    "number": ("Combien d’heures\u00a0?", {}),
    "amount": ("Quelle somme\u00a0?", {}),
    "files": ("Documents à joindre", {}),
    "consent": ("J’accepte qu’un dossier soit constitué.", {}),
    "signature": ("Votre signature", {}),
    "information": ("Ce que deviennent vos données", {"help": TOLD}),
}


def sample(kind: str, title: str) -> intake.IntakeForm:
    """A form of that question alone."""
    label, settings = SAMPLES[kind]
    field = {"key": "question", "kind": kind, "label": label} | settings
    section = {"key": "apercu", "title": title, "fields": [field]}
    return intake.build_form(intake.parse({"sections": [section]}))()
