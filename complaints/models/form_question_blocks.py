"""One block for each kind of question, with the settings that kind has and no other."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from wagtail import blocks

from complaints.intake import MAPPINGS, Kind
from complaints.intake.definition import PARTS
from complaints.intake.naming import AUTOCOMPLETE, FILE_TYPES
from complaints.models.form_condition_blocks import ShowIfBlock
from complaints.models.form_samples import sample
from complaints.models.key_blocks import KeyOfBlock, KeysOfBlock, OwnKeyBlock, ticked
from complaints.workflow import vocabulary

Named = tuple[str, blocks.Block]

# A choice that feeds one of our closed lists proposes only values of that list.
CODES: dict[str, type[TextChoices]] = {
    "complainant.stakeholder": vocabulary.Stakeholder,
    "dossier.kind": vocabulary.Kind,
    "dossier.first_expressed_channel": vocabulary.Channel,
}
# The types of question that such a choice is for an editor.
CODED = {
    "stakeholder": "complainant.stakeholder",
    "nature": "dossier.kind",
    "first_channel": "dossier.first_expressed_channel",
}
FILLED_IN = {
    Kind.TEXT: [*AUTOCOMPLETE],
    Kind.LONG_TEXT: ["street-address", "off"],
    Kind.EMAIL: ["email", "off"],
    Kind.PHONE: ["tel", "off"],
    Kind.DATE: ["bday", "off"],
    Kind.SIGNATURE: ["name", "off"],
}
# What is typed; what is ticked shows all that may be answered.
TYPED_IN = {Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.NUMBER, Kind.AMOUNT}
WITH_EXAMPLE = TYPED_IN | {
    *(Kind.DATE, Kind.PERIOD, Kind.TRAINING, Kind.PERSONS, Kind.ADDRESS),
    *(Kind.FILES, Kind.SIGNATURE),
}


class OptionBlock(blocks.StructBlock):
    """One proposed answer: its label is enough, what is stored is made from it."""

    label = blocks.CharBlock(label="Réponse proposée", max_length=200)
    value = OwnKeyBlock(label="Valeur gardée")

    class Meta:
        label = "Réponse"
        icon = "radio-empty"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(["label"], settings=["value"])


def _coded_option(codes: type[TextChoices]) -> blocks.StructBlock:
    """One value of a closed list, in the organisation's words."""
    value = blocks.ChoiceBlock(label="Dans la liste", choices=codes.choices)
    label = blocks.CharBlock(
        label="Dans vos mots", required=False, max_length=200, help_text="Vide : comme la liste."
    )
    return blocks.StructBlock(
        [("value", value), ("label", label)], label="Réponse", icon="radio-empty"
    )


class QuestionBlock(blocks.StructBlock):
    """A question of one kind: what it asks first, then its condition, the rest folded away."""

    def get_form_layout(self) -> blocks.BlockGroup:
        """The key comes last, in what the editor of a form never needs to open."""
        seen = [name for name in self.child_blocks if name not in FOLDED and name != "key"]
        folded = [name for name in FOLDED if name in self.child_blocks]
        if folded:
            seen.append(_more(folded))
        return blocks.BlockGroup(seen, settings=["key"])

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The chooser of types shows a question of each, as a visitor would see it."""
        return (parent_context or {}) | {"form": sample(self.name, str(self.label))}

    class Meta:
        label_format = "{label}"
        preview_template = "complaints/desk/forms/question_preview.html"


# In the order of the screen.
FOLDED = (
    *("maps_to", "example", "default", "autocomplete", "max_length"),
    *("sensitive", "seen_by"),
)


def _more(names: list[str]) -> blocks.BlockGroup:
    return blocks.BlockGroup(
        names, heading="Plus de réglages", icon="sliders", classname="collapsed", label_format=""
    )


def text(label: str, help_text: str = "", **options: Any) -> blocks.CharBlock:
    """A line that may stay empty."""
    return blocks.CharBlock(label=label, required=False, help_text=help_text, **options)


def lines(label: str, help_text: str) -> blocks.TextBlock:
    """Some lines that may stay empty."""
    return blocks.TextBlock(label=label, required=False, rows=3, help_text=help_text)


def number(label: str, help_text: str, **options: Any) -> blocks.IntegerBlock:
    """A whole number that may stay empty."""
    return blocks.IntegerBlock(
        label=label, required=False, min_value=1, help_text=help_text, **options
    )


def menu(label: str, choices: Iterable[tuple[str, str]], **options: Any) -> blocks.ChoiceBlock:
    """A closed list, none of it needed."""
    return blocks.ChoiceBlock(label=label, choices=[*choices], required=False, **options)


def targets(kind: Kind) -> list[tuple[str, str]]:
    """What an answer of that kind may feed; coded lists have types of question of their own."""
    return [
        (key, target.label)
        for key, target in MAPPINGS.items()
        if kind in target.kinds and not target.coded
    ]


def default_of(kind: Kind) -> list[Named]:
    """What is filled in before anybody types, as far as that kind may have it."""
    match kind:
        case Kind.YES_NO:
            block = menu("Réponse déjà choisie", [("yes", "Oui"), ("no", "Non")])
        case Kind.DATE:
            block = menu("Date déjà remplie", [("today", "Le jour du dépôt")])
        case Kind.CHOICE | Kind.CHOICES:
            block = KeyOfBlock("own-answers", required=False, label="Réponse déjà choisie")
        case Kind.LONG_TEXT:
            block = lines("Déjà rempli avec", "La personne peut le changer.")
        case Kind.TRAINING:
            block = text("Formation déjà remplie", "La personne peut la changer.", max_length=300)
        case _ if kind in TYPED_IN:
            block = text("Déjà rempli avec", "La personne peut le changer.")
        case _:
            return []
    return [("default", block)]


def example_of(kind: Kind) -> list[Named]:
    """An example that stands beside the box, never in it."""
    if kind not in WITH_EXAMPLE:
        return []
    several = kind == Kind.LONG_TEXT or kind in PARTS
    box = lines if several else text
    return [("example", box("Exemple", "Se lit au-dessus de la case, jamais dedans."))]


def common(kind: Kind, *, mapped: bool = True) -> list[Named]:
    """The settings that every question has, those that kind takes.

    Not mapped by its editor: it feeds the dossier by itself, where nothing could close its answer.
    """
    fed = targets(kind) if mapped else []
    filled = [(token, AUTOCOMPLETE[token]) for token in FILLED_IN.get(kind, ())]
    feeds = "Ce que la réponse remplit dans le dossier et le registre."
    by = "Ce que le navigateur de la personne peut remplir seul."
    return [
        ("show_if", ShowIfBlock(label="Afficher si")),
        *([("maps_to", menu("Alimente", fed, help_text=feeds))] if fed else []),
        *example_of(kind),
        *default_of(kind),
        *([("autocomplete", menu("Remplissage automatique", filled, help_text=by))] * bool(filled)),
        *(_guards() if mapped else []),
        ("key", OwnKeyBlock(label="Clé")),
    ]


def _guards() -> list[Named]:
    """For whose eyes the answer is."""
    closed = "Absente des courriels, des listes et des exports ; repliée à l’écran."
    only = "Rien de coché : toutes les personnes qui lisent le dossier."
    readers = KeysOfBlock(
        "organisation-roles", required=False, label="Visible seulement par", help_text=only
    )
    sensitive = blocks.BooleanBlock(label="Réponse sensible", required=False, help_text=closed)
    return [("sensitive", sensitive), ("seen_by", readers)]


def asked(kind: Kind, *own: Named, mapped: bool = True, **meta: Any) -> QuestionBlock:
    """The block of a kind of question, with its own settings after what it asks."""
    asks = _agreement() if kind == Kind.CONSENT else _question()
    must = blocks.BooleanBlock(label="Réponse obligatoire", required=False)
    return QuestionBlock([*asks, ("required", must), *own, *common(kind, mapped=mapped)], **meta)


def _question() -> list[Named]:
    return [
        ("label", blocks.CharBlock(label="Question", max_length=300)),
        ("help", blocks.TextBlock(label="Aide", required=False, rows=2)),
    ]


def _agreement() -> list[Named]:
    """The text accepted is kept with each version of the form."""
    line = "La phrase à côté de la case : « J’accepte que… »."
    whole = "Le texte accepté, s’il est plus long que la phrase."
    return [
        ("label", blocks.CharBlock(label="Phrase à cocher", max_length=300, help_text=line)),
        ("help", blocks.TextBlock(label="Texte", required=False, rows=4, help_text=whole)),
    ]


def coded(target: str, **meta: Any) -> QuestionBlock:
    """A choice in one of our closed lists: it feeds the dossier by itself."""
    options = blocks.ListBlock(_coded_option(CODES[target]), label="Réponses proposées")
    return asked(Kind.CHOICE, ("choices", options), mapped=False, **meta)


def options() -> Named:
    """The answers that a choice proposes."""
    return ("choices", blocks.ListBlock(OptionBlock(), label="Réponses proposées"))


def longest(most: int, usual: str) -> Named:
    """How long a text may be."""
    words = f"En caractères. Vide : {usual}."
    return ("max_length", number("Longueur au plus", words, max_value=most))


def boxes_of_files() -> tuple[Named, ...]:
    """How many files, how heavy, of which types."""
    return (
        ("max_files", number("Nombre de fichiers au plus", "Vide : 5.", max_value=20)),
        ("max_weight", number("Poids d’un fichier au plus (Mo)", "Vide : 10.", max_value=20)),
        ("file_types", ticked("Types acceptés (aucun coché : tous)", [*FILE_TYPES.items()])),
    )
