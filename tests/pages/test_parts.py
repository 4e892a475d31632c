"""Each bound part says what the rules hold; what they do not hold is not shown, and is told."""

import pytest

from complaints.models import Mediator, Procedure, ProcedureVersion
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.complaints.register.committee import definition
from tests.factories import World
from tests.pages.composed import compose, printed
from tests.pages.conftest import Visitor, words

FACTS = {
    "scope": ["Réclamation", "Stagiaire"],
    "severities": ["Fort", "Faible", "10 jours calendaires"],
    "admissibility": ["moins de 2 mois le jour où nous recevons", "nous vous écrivons pourquoi"],
    "bodies": ["Président(e)", "Comité d’impartialité", "au vu du dossier transmis"],
    "appeal": ["Votre recours est examiné par : Comité d’impartialité", "Un seul recours"],
    "closure": ["votre dossier est considéré comme clos"],
    "review": ["Cette procédure est relue tous les 12 mois."],
    "documents": ["CS-PROC-REC, version 2", "FORMULAIRE RÉCLAMATION – V1 07052024"],
}
PARTS = [(kind, {"title": f"Partie {kind}", "text": ""}) for kind in FACTS]


def freeze(world: World, **changes: object) -> None:
    """A version in force with the committee's rules, changed."""
    current = world.page.procedure.current
    ProcedureVersion.objects.create(
        procedure=current.procedure,
        number=current.number + 1,
        reference=current.reference,
        title=current.title,
        definition=definition() | changes,
        digest="x",
        in_force_at=current.in_force_at,
    )


@pytest.fixture
def committee_page(world: World) -> ProcedurePage:
    freeze(world)
    return compose(world.page, *PARTS)


@pytest.mark.parametrize("kind", FACTS)
def test_a_visitor_reads_what_the_rules_hold(
    committee_page: ProcedurePage, visitor: Visitor, kind: str
) -> None:
    text = words(visitor.get("/"))
    assert [fact for fact in FACTS[kind] if fact not in text] == []


def test_the_pdf_says_the_same(committee_page: ProcedurePage) -> None:
    make_document(committee_page.pk)
    text = printed(committee_page.document)
    assert [fact for facts in FACTS.values() for fact in facts if fact not in text] == []


def test_the_clock_and_the_complainant_are_no_people_who_handle_dossiers(
    committee_page: ProcedurePage,
) -> None:
    assert committee_page.said.people == ["Direction", "Président(e)"]


def test_an_appeal_that_the_rules_lack_is_not_shown_whatever_the_editor_wrote(
    world: World, visitor: Visitor
) -> None:
    page = compose(world.page, ("appeal", {"title": "Recours", "text": "<p>Faites appel.</p>"}))
    assert "Faites appel" not in words(visitor.get("/"))
    assert "Recours" not in words(visitor.get("/"))
    [(title, reason)] = page.hidden_parts
    assert title == "Recours"
    assert "ne prévoit pas de recours" in reason


@pytest.mark.parametrize("kind", ["severities", "admissibility", "review"])
def test_a_part_without_rules_shows_the_editor_s_text_if_there_is_one(
    world: World, visitor: Visitor, kind: str
) -> None:
    empty, told = {"title": "Vide", "text": ""}, {"title": "Dite", "text": "<p>Nos mots.</p>"}
    # Connect'Sens grades nothing, plans no review; its criteria are taken away.
    criteria = {"criteria": [], "severities": []}
    current = world.page.version.definition | criteria
    freeze(world, **current, review_months=0, bodies=[])
    page = compose(world.page, (kind, empty), (kind, told))
    assert [title for title, _reason in page.hidden_parts] == ["Vide"]
    assert "Nos mots." in words(visitor.get("/"))


def test_the_mediator_is_for_a_consumer_free_and_never_compulsory(
    world: World, visitor: Visitor
) -> None:
    procedure = Procedure.objects.get(pk=world.page.procedure.pk)
    procedure.mediator = Mediator.objects.create(name="AME", website="https://ame.example/")
    procedure.save_revision().publish()
    text = words(visitor.get("/"))
    assert "jamais un passage obligé" in text
    assert "Si vous êtes un consommateur, elle est gratuite pour vous." in text
    assert "AME https://ame.example/" in text


def test_an_internal_mediation_is_kept_apart_from_the_consumer_s(
    world: World, visitor: Visitor
) -> None:
    stages = [
        stage | {"label": "Médiation interne", "summary": "Menée par la directrice."}
        if stage["phase"] == "appeal"
        else stage
        for stage in definition()["stages"]
    ]
    freeze(world, stages=stages)
    compose(world.page, ("mediation", {"title": "Médiation", "text": ""}))
    text = words(visitor.get("/"))
    inner, outer = text.index("Menée par la directrice."), text.index("jamais un passage obligé")
    assert inner < text.index("Ce n’est pas la médiation de la consommation") < outer


def test_a_part_of_a_page_without_rules_is_hidden_for_that_reason(
    world: World, visitor: Visitor
) -> None:
    compose(world.page, *PARTS)
    ProcedureVersion.objects.all()._raw_delete("default")
    page = ProcedurePage.objects.get(pk=world.page.pk)
    assert {reason for _title, reason in page.hidden_parts} == {
        "la procédure n’a pas encore été publiée."
    }
    assert visitor.get("/").status_code == 200


def test_no_part_takes_a_name_that_the_site_uses(world: World) -> None:
    parts = [("text", {"title": title, "text": ""}) for title in ("Nous joindre", "Contenu", "?")]
    page = compose(world.page, *parts)
    assert [part.anchor for part in page.parts] == ["partie-1", "partie-2", "partie-3"]
