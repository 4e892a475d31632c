"""The blocks with which staff build a form: parts, and in each its questions, by kind."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks

from complaints.intake import Kind
from complaints.models.form_condition_blocks import ShowIfBlock
from complaints.models.form_question_blocks import (
    CODED,
    Named,
    QuestionBlock,
    asked,
    boxes_of_files,
    coded,
    longest,
    number,
    options,
    text,
)
from complaints.models.key_blocks import OwnKeyBlock, free_key

SHORT, CHOICES, WHO = "Réponses courtes", "Choix", "Personnes et lieux"
NUMBERS, PROOFS, TEXTS = "Dates et nombres", "Fichiers et accords", "Textes"


def _meta(label: str, icon: str, group: str, description: str) -> dict[str, str]:
    return {"label": label, "icon": icon, "group": group, "description": description}


def _information() -> QuestionBlock:
    """What is only read."""
    parts: list[Named] = [
        ("label", text("Titre", max_length=300)),
        ("help", blocks.TextBlock(label="Texte", rows=6)),
        ("show_if", ShowIfBlock(label="Afficher si")),
        ("key", OwnKeyBlock(label="Clé")),
    ]
    words = "À lire, sans réponse : ce que deviennent les données, une consigne."
    return QuestionBlock(parts, **_meta("Texte d’information", "openquote", TEXTS, words))


SHORT_ONES: list[Named] = [
    ("text", asked(Kind.TEXT, longest(1000, "200"), **_meta(
        "Texte court", "title", SHORT, "Une ligne : un nom, un objet, un numéro."))),
    ("long_text", asked(Kind.LONG_TEXT, longest(100_000, "20 000"), **_meta(
        "Texte long", "pilcrow", SHORT, "Plusieurs lignes : raconter, expliquer."))),
    ("email", asked(Kind.EMAIL, **_meta(
        "Courriel", "mail", SHORT, "Une adresse électronique, vérifiée."))),
    ("phone", asked(Kind.PHONE, **_meta(
        "Téléphone", "mobile-alt", SHORT, "Un numéro français ou étranger."))),
]  # fmt: skip
CHOICE_ONES: list[Named] = [
    ("yes_no", asked(Kind.YES_NO, **_meta(
        "Oui ou non", "check", CHOICES, "Une question fermée."))),
    ("choice", asked(Kind.CHOICE, options(), **_meta(
        "Un choix", "radio-full", CHOICES, "Une réponse parmi celles que vous proposez."))),
    ("choices", asked(Kind.CHOICES, options(), **_meta(
        "Plusieurs choix", "list-ul", CHOICES, "Une ou plusieurs de vos réponses."))),
    ("nature", coded(CODED["nature"], **_meta(
        "Nature de la demande", "pick", CHOICES,
        "Réclamation, difficulté, aléa… Décide du traitement du dossier."))),
    ("first_channel", coded(CODED["first_channel"], **_meta(
        "Mode de la première réclamation", "comment", CHOICES,
        "Comment cela a été dit la première fois. Va au registre."))),
]  # fmt: skip
WHO_ONES: list[Named] = [
    ("stakeholder", coded(CODED["stakeholder"], **_meta(
        "Partie prenante", "user", WHO, "Stagiaire, client, financeur… Va au registre."))),
    ("persons", asked(
        Kind.PERSONS,
        ("max_rows", number("Personnes au plus", "Vide : 5.", max_value=20)),
        **_meta("Personnes concernées", "group", WHO,
                "Autant de personnes qu’il faut : nom, rôle, précisions."))),
    ("address", asked(Kind.ADDRESS, **_meta(
        "Adresse postale", "home", WHO, "Rue, code postal, ville, pays."))),
    ("training", asked(Kind.TRAINING, **_meta(
        "Formation et session", "doc-full", WHO, "La formation, et sa session ou ses dates."))),
]  # fmt: skip
NUMBER_ONES: list[Named] = [
    ("date", asked(Kind.DATE, **_meta(
        "Date", "date", NUMBERS, "Un jour."))),
    ("period", asked(Kind.PERIOD, **_meta(
        "Période", "calendar-alt", NUMBERS, "Du… au…, le second jour facultatif."))),
    ("number", asked(Kind.NUMBER, **_meta(
        "Nombre", "decimal", NUMBERS, "Une quantité, avec ou sans virgule."))),
    ("amount", asked(Kind.AMOUNT, **_meta(
        "Montant", "tag", NUMBERS, "Une somme en euros."))),
]  # fmt: skip
PROOF_ONES: list[Named] = [
    ("files", asked(Kind.FILES, *boxes_of_files(), **_meta(
        "Fichiers", "upload", PROOFS, "Des documents ou des photos à joindre."))),
    ("consent", asked(Kind.CONSENT, **_meta(
        "Accord", "circle-check", PROOFS,
        "Une case à cocher, avec le texte accepté, gardé dans chaque version."))),
    ("signature", asked(Kind.SIGNATURE, **_meta(
        "Signature", "edit", PROOFS, "La personne écrit son nom : il vaut signature."))),
]  # fmt: skip
QUESTIONS: list[Named] = [
    *SHORT_ONES, *CHOICE_ONES, *WHO_ONES, *NUMBER_ONES, *PROOF_ONES,
    ("information", _information()),
]  # fmt: skip


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a part: what one chooses is the kind."""

    class Meta:
        collapsed = True
        required = False


class SectionBlock(blocks.StructBlock):
    """A group of questions under one title; a step when the form is filled in steps."""

    title = blocks.CharBlock(label="Titre de la partie", max_length=200)
    help = blocks.TextBlock(label="Introduction", required=False, rows=2)
    show_if = ShowIfBlock(label="Afficher la partie si")
    fields = QuestionsBlock(QUESTIONS, label="Questions")
    key = OwnKeyBlock(made_from="title", label="Clé")

    class Meta:
        label = "Partie"
        icon = "list-ul"
        label_format = "{title}"
        form_layout = blocks.BlockGroup(["title", "help", "show_if", "fields"], settings=["key"])


class SectionsBlock(blocks.StreamBlock):
    """A whole form: each part, question and answer has a key, which its editor need not know."""

    def clean(self, value: Any) -> Any:
        """Give a key of its own to what has none."""
        cleaned = super().clean(value)
        sections = [child.value for child in cleaned]
        questions = [child.value for section in sections for child in section["fields"]]
        _give_keys(sections, "key", "title", nameless="sans_titre")
        _give_keys(questions, "key", "label", nameless="sans_nom")
        for question in questions:
            _give_keys(question.get("choices", ()), "value", "label", nameless="vide")
        return cleaned


def _give_keys(items: Iterable[Any], name: str, made_from: str, *, nameless: str) -> None:
    """To those that have none; the others keep theirs, which something may cite.

    `nameless`: what is told of a draft calls by its key what has no name yet.
    """
    items = list(items)
    taken = {item[name] for item in items if item[name]}
    for item in items:
        if not item[name]:
            item[name] = free_key(item[made_from] or nameless, taken)
            taken.add(item[name])
