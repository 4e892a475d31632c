"""What the settings of a question are called in French, where they are told and not chosen."""

from collections.abc import Mapping

from complaints.intake.definition import WITH_CHOICES, Field, Kind
from complaints.intake.mapping.targets import MAPPINGS
from complaints.intake.typography import count, sentence

# As the builder calls them; a test holds the two together.
KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "Texte court",
    Kind.LONG_TEXT: "Texte long",
    Kind.EMAIL: "Courriel",
    Kind.PHONE: "Téléphone",
    Kind.DATE: "Date",
    Kind.PERIOD: "Période",
    Kind.NUMBER: "Nombre",
    Kind.AMOUNT: "Montant",
    Kind.YES_NO: "Oui ou non",
    Kind.CHOICE: "Un choix",
    Kind.CHOICES: "Plusieurs choix",
    Kind.TRAINING: "Formation et session",
    Kind.PERSONS: "Personnes concernées",
    Kind.ADDRESS: "Adresse postale",
    Kind.FILES: "Fichiers",
    Kind.CONSENT: "Accord",
    Kind.SIGNATURE: "Signature",
    Kind.INFORMATION: "Texte d’information",
}
# Which the builder offers in these words.
FILE_TYPES = {
    "pdf": "PDF",
    "image": "Images et photos",
    "document": "Textes mis en page (Word, LibreOffice)",
    "spreadsheet": "Feuilles de calcul (Excel, LibreOffice)",
    "text": "Texte simple",
}
AUTOCOMPLETE = {
    "name": "Nom complet",
    "given-name": "Prénom",
    "family-name": "Nom de famille",
    "honorific-prefix": "Civilité",
    "organization": "Entreprise ou organisme",
    "organization-title": "Fonction",
    "email": "Adresse électronique",
    "tel": "Téléphone",
    "street-address": "Numéro et rue",
    "postal-code": "Code postal",
    "address-level2": "Ville",
    "country-name": "Pays",
    "bday": "Date de naissance",
    "off": "Aucun",
}
# A label or a text longer than this is not quoted whole in a sentence.
SHORT = 80


def quoted(text: str) -> str:
    """« texte »."""
    return sentence("« {text} »", text=text)


def name_of(field: Field) -> str:
    """What a sentence calls it; a text without a title goes by its first words."""
    name = field.label or " ".join(field.help.split()) or field.key
    return name if len(name) <= SHORT else f"{name[:SHORT].rstrip()}…"


def default_in_words(field: Field) -> str:
    """What is filled in before anybody types."""
    if field.kind == Kind.DATE and field.default == "today":
        return "le jour du dépôt"
    proposed = {choice.value: choice.label for choice in field.proposed}
    return proposed.get(field.default, field.default)


def fed_in_words(field: Field) -> str:
    """The place of the dossier that its answer goes to."""
    target = MAPPINGS.get(field.maps_to)
    return target.label if target else field.maps_to


def autocomplete_in_words(field: Field) -> str:
    """What the browser may fill in, unless it goes without saying."""
    target = MAPPINGS.get(field.maps_to)
    usual = target.autocomplete if target else ""
    token = field.autocomplete
    return "" if token == usual else AUTOCOMPLETE.get(token, token)


def length_in_words(field: Field) -> str:
    return f"{count(field.max_length)} caractères" if field.max_length else ""


def files_in_words(field: Field) -> str:
    number = field.max_files
    return f"{number} fichier{'s' if number > 1 else ''}" if number else ""


def weight_in_words(field: Field) -> str:
    return sentence("{n} Mo", n=field.max_weight) if field.max_weight else ""


def file_types_in_words(field: Field) -> str:
    """In the order of our list, whatever the one in which they were ticked."""
    names = [name for key, name in FILE_TYPES.items() if key in field.file_types]
    others = [key for key in field.file_types if key not in FILE_TYPES]
    return ", ".join(names + others) or "tous"


def rows_in_words(field: Field) -> str:
    return str(field.max_rows or "")


def choices_in_words(field: Field) -> str:
    return ", ".join(choice.label for choice in field.choices if field.kind in WITH_CHOICES)


def seers_in_words(field: Field, roles: Mapping[str, str]) -> str:
    """The roles that read its answer; "" when it is for all who read the dossier."""
    return ", ".join(sorted({roles.get(key, key) for key in field.seen_by}))
