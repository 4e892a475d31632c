"""A page says what its procedure says, or its editor is told where it does not."""

from datetime import date
from typing import Any

import pytest

from complaints.models import FormVersion, Mediator
from complaints.workflow.problems import Problem
from pages.checking import page_findings
from pages.durations import durations_in
from pages.models import ProcedurePage
from tests.factories import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)
# Connect'Sens promises no number of days but two months and a year for the mediator, keeps 7 years.
OTHER_LENGTH = "« {} » n’est aucune durée de la procédure en vigueur"


def page_with(world: World, text: str, kind: str = "text", **value: Any) -> ProcedurePage:
    """The page of Connect'Sens with one part, and its mediation part when that is another one."""
    page = world.page
    parts: list[tuple[str, dict[str, Any]]] = [(kind, {"title": "Partie", "text": text, **value})]
    if kind != "mediation":
        parts.append(("mediation", {"title": "Médiation", "text": ""}))
    page.body = page.body.stream_block.to_python(
        [{"type": name, "value": value} for name, value in parts]
    )
    return page


def said(page: ProcedurePage) -> list[str]:
    return [str(problem).replace("\u00a0", " ") for problem in page_findings(page, TODAY)]


def test_the_demonstration_says_what_its_procedure_says(world: World) -> None:
    assert said(world.page) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Nous répondons sous 10 jours.</p>", "10 jours"),
        ("<p>Au plus tard en 45&nbsp;jours ouvrés.</p>", "45 jours ouvrés"),
        ("<p>Sous <b>trente</b> jours.</p>", "trente jours"),
        ("<p>Après trois mois,</p>", "trois mois"),
        ("<p>conservé pendant cinq ans</p>", "cinq ans"),
        ("<p>quarante-cinq jours ouvrés</p>", "quarante-cinq jours ouvrés"),
        ("<p>Dans les deux semaines.</p>", "deux semaines"),
    ],
)
def test_a_duration_of_no_time_limit_is_told_with_its_place(
    world: World, text: str, words: str
) -> None:
    (problem,) = page_findings(page_with(world, text), TODAY)
    assert problem.warning
    sentence = str(problem).replace("\u00a0", " ")
    assert sentence.startswith(f"« Partie » : {OTHER_LENGTH.format(words)} (« …")


@pytest.mark.parametrize(
    "text",
    [
        "<p>sans réponse sous deux mois</p>",
        "<p>dans l’année, soit 1 an ou 12 mois</p>",
        "<p>conservé sept ans</p>",
        "<p>Un jour, vous changerez d’avis.</p>",
        "<p>Les deux premières années</p>",
        "<p>Comptez une dizaine de minutes.</p>",
    ],
)
def test_what_the_procedure_says_too_is_left_in_peace(world: World, text: str) -> None:
    assert said(page_with(world, text)) == []


def test_a_definition_is_read_too(world: World) -> None:
    words = [{"term": "Réponse", "meaning": "Dans les 20 jours ouvrables."}]
    (sentence,) = said(page_with(world, "", "definitions", definitions=words))
    assert OTHER_LENGTH.format("20 jours ouvrables") in sentence


def test_days_of_another_kind_are_another_duration(world: World) -> None:
    def readings(text: str) -> list[str]:
        (duration,) = durations_in(text)
        return sorted(reading.unit.value for reading in duration.readings)

    assert readings("15 jours ouvrés") == ["jours_ouvres"]
    assert readings("15 jours") == ["jours_calendaires", "jours_ouvrables", "jours_ouvres"]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("<p>Le guide RNCQ.</p>", "« RNCQ » : sans doute « RNQ »."),
        ("<p>Les membres du collectif Bienrelax</p>", "« collectif Bienrelax » est le nom"),
        ("<p>Chez Autre&nbsp;Formation</p>", "« Autre Formation » est le nom"),
        ('<p><a href="https://ec.europa.eu/consumers/odr/">ici</a></p>', "est mort"),
        ("<p>Écrivez à {courriell}.</p>", "{courriell} n’est pas un repère connu"),
    ],
)
def test_what_was_copied_from_elsewhere_is_told(
    world: World, other_world: World, text: str, remark: str
) -> None:
    (sentence,) = said(page_with(world, text))
    assert remark in sentence
    assert sentence.startswith("« Partie » : ")


@pytest.fixture
def mediator(world: World) -> Mediator:
    """The one that the procedure in force names."""
    mediator = Mediator.objects.create(
        name="AME CONSO",
        website="https://www.mediationconso-ame.com",
        postal_address="197 boulevard Saint-Germain\n75007 Paris",
    )
    world.page.version.mediator = mediator
    return mediator


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (
            "<p>Médiateur : AME CONSO, 11 place Dauphine, 75001 Paris</p>",
            [
                "« 11 place Dauphine » n’est pas dans l’adresse de la fiche du médiateur.",
                "« 75001 » n’est pas dans l’adresse de la fiche du médiateur.",
            ],
        ),
        (
            "<p>Médiateur : www.mediateur-autre.fr</p>",
            [
                "« mediateur-autre.fr » n’est pas le site de la fiche du médiateur"
                " (mediationconso-ame.com)."
            ],
        ),
        (
            "<p>Médiateur : Médiation Exemple</p>",
            ["« Médiation Exemple » n’est pas le médiateur de la procédure (AME CONSO)."],
        ),
        (
            "<p>Médiateur : AME CONSO, 197, boulevard Saint-Germain, 75007 Paris,"
            " www.mediationconso-ame.com ou mediation@autre.fr</p>",
            [],
        ),
        ("<p>Notre salle est au 3 rue Neuve, 64000 Pau, www.salle.fr</p>", []),
    ],
)
def test_a_text_that_contradicts_the_mediators_record_is_told(
    world: World, mediator: Mediator, text: str, remarks: list[str]
) -> None:
    Mediator.objects.create(name="Médiation Exemple", website="https://mediation.example")
    page = page_with(world, text, "mediation")
    assert said(page) == [f"« Partie » : {remark}" for remark in remarks]


def test_a_mediator_without_a_part_that_names_them_is_told(
    world: World, mediator: Mediator
) -> None:
    page = page_with(world, "", "steps")
    del page.body[1]
    assert said(page) == [
        "La procédure nomme un médiateur (AME CONSO), et la page n’a pas de partie « Médiation »."
    ]


def test_no_page_asks_for_data_without_saying_what_becomes_of_them(world: World) -> None:
    current = world.page.form.current
    silent = current.definition | {
        "sections": [
            section | {"fields": [one for one in section["fields"] if one["kind"] != "information"]}
            for section in current.definition["sections"]
        ]
    }
    FormVersion.objects.create(
        form=current.form,
        number=current.number + 1,
        reference=current.reference,
        title=current.title,
        definition=silent,
        digest="",
        effective_at=current.effective_at,
    )
    (problem,) = page_findings(world.page, TODAY)
    assert (problem.part, problem.warning) == ("form", False)


def test_a_page_without_published_rules_has_nothing_to_contradict(world: World) -> None:
    page = page_with(world, "<p>Sous 10 jours.</p>")
    page.version = None
    assert said(page) == []


def test_a_page_whose_procedure_is_not_chosen_yet_may_be_asked_about() -> None:
    found: list[Problem] = page_findings(ProcedurePage(title="Vide"), TODAY)
    assert found == []
