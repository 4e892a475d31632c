"""Whoever builds a form is told what the procedures it feeds need, and nothing that is not true."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from complaints.handling.form_needs import form_needs
from complaints.handling.form_targets import TOLD
from complaints.intake import MAPPINGS
from complaints.models import Form, Mediator, Procedure, ProcedureVersion
from complaints.register.columns import COLUMNS
from tests.complaints.handling.rules import limit, publish, with_item
from tests.factories import World, demonstrated

Json = dict[str, Any]
EMAIL = {"key": "mail", "kind": "email", "label": "Courriel", "required": True}
EMAIL |= {"maps_to": "complainant.email"}
COLUMN = {"key": "subject", "label": "Sujet"}


def told(form: Form) -> list[str]:
    """What is said, with plain spaces."""
    problems = form_needs(form, timezone.localdate())
    assert all(problem.warning and problem.part == "sections" for problem in problems)
    return [str(problem).replace("\u00a0", " ") for problem in problems]


def asking(world: World, *fields: Json) -> Form:
    """The form of the page, as an editor is writing it: these questions and an address."""
    form = Form.objects.get(pk=world.page.form_id)
    form.write({"sections": [{"key": "s", "title": "S", "fields": [EMAIL, *fields]}]})
    return form


# Rules that need nothing of a form.
BARE: Json = {
    "register_columns": [{"key": "number", "label": "N°"}],
    "stakeholders": [],
    "time_limits": [],
    "letters": [],
    "criteria": [],
}


def needing(world: World, **changes: Any) -> ProcedureVersion:
    """Rules that need nothing of the form but what these changes need."""
    return publish(world, checked=False, **BARE | changes)


ALREADY_FED = [
    (
        {"register_columns": [COLUMN]},
        {"key": "q", "kind": "text", "label": "Q", "maps_to": "dossier.subject"},
        "Rien n’alimente la colonne « Sujet » du registre de la procédure : ajoutez une question"
        " « Texte court » qui alimente « Objet ».",
    ),
    (
        {"register_columns": [{"key": "training_dates", "label": "Quand"}]},
        {"key": "q", "kind": "date", "label": "Q", "maps_to": "dossier.training_dates"},
        "la colonne « Quand » du registre de la procédure : ajoutez une question « Période » qui"
        " alimente « Dates de la formation ».",
    ),
    (
        {"register_columns": [{"key": "third_parties", "label": "Tiers"}]},
        {"key": "q", "kind": "persons", "label": "Q", "maps_to": "dossier.persons"},
        "la colonne « Tiers » du registre de la procédure : ajoutez une question « Texte long »",
    ),
    (
        {"criteria": [{"key": "age", "label": "Récents", "amount": 2, "unit": "mois"}]},
        {"key": "q", "kind": "period", "label": "Q", "maps_to": "dossier.facts_on"},
        "Rien ne demande la date des faits, dont dépend le critère « Récents » de la procédure :"
        " ajoutez une question « Date » qui alimente « Date des faits",
    ),
    (
        {"letters": [{"key": "l", "label": "L", "subject": "Bonjour {nom}", "body": "Oui."}]},
        {"key": "q", "kind": "text", "label": "Q", "maps_to": "complainant.name"},
        "Rien ne demande le nom du réclamant, que donnent les courriers de la procédure : ajoutez"
        " une question « Texte court » qui alimente « Nom du réclamant ».",
    ),
]


@pytest.mark.parametrize(("changes", "question", "sentence"), ALREADY_FED)
def test_a_rule_says_what_it_needs_until_a_question_feeds_it(
    world: World, changes: Json, question: Json, sentence: str
) -> None:
    needing(world, **changes)
    (remark,) = told(asking(world))
    assert sentence in remark
    assert told(asking(world, question)) == []


def test_a_limit_that_counts_from_the_first_writing_needs_its_day_and_its_way(
    world: World,
) -> None:
    needing(world, time_limits=[limit(from_first_writing=True, label="Réponse")])
    day, way = told(asking(world))
    needed = "de la première réclamation, dont dépend le délai « Réponse » de la procédure"
    assert day == (
        f"Rien ne demande la date {needed} : ajoutez une question « Date » qui alimente « Date de"
        " la première réclamation »."
    )
    added = "ajoutez une question « Mode de la première réclamation »."
    assert way == f"Rien ne demande le mode {needed} : {added}"
    question = {"key": "le", "kind": "date", "label": "Le"}
    asked = asking(world, question | {"maps_to": "dossier.first_expressed_on"})
    assert told(asked) == [way]


def test_what_is_needed_twice_is_asked_for_once(world: World) -> None:
    column = {"key": "first_expressed_on", "label": "Dite le"}
    limits = [limit(from_first_writing=True), limit(key="autre", from_first_writing=True)]
    needing(world, register_columns=[column], time_limits=limits)
    assert len(told(asking(world))) == 2


@pytest.mark.parametrize("deed", ["inform_implicated", "inform_third_party"])
def test_who_may_be_named_to_others_is_asked(world: World, deed: str) -> None:
    rules = world.page.version.definition
    informing = {"key": "dire", "label": "Prévenir", "deed": deed, "letter": "l"}
    informing |= {"sources": rules["moves"][0]["sources"], "roles": rules["moves"][0]["roles"]}
    letters = [{"key": "l", "label": "L", "subject": "Bonjour", "body": "Voici."}]
    needing(world, letters=letters, moves=[*rules["moves"], informing])
    (remark,) = told(asking(world))
    assert remark == (
        "Rien ne demande au réclamant s’il accepte d’être nommé, ce dont dépend l’action"
        " « Prévenir » de la procédure : ajoutez une question « Accord » qui alimente « Accord du"
        " réclamant pour être nommé »."
    )


def test_a_mediator_is_for_consumers(world: World) -> None:
    version = needing(world)
    ProcedureVersion.objects.create(
        procedure=version.procedure,
        number=version.number + 1,
        mediator=Mediator.objects.create(name="AME CONSO"),
        definition=version.definition,
        in_force_at=version.in_force_at,
    )
    (remark,) = told(asking(world))
    assert remark.startswith("Rien ne demande au réclamant s’il écrit à titre personnel, ce dont")
    assert "le recours au médiateur de la procédure (AME CONSO)" in remark
    assert "« Oui ou non »" in remark
    question = {"key": "q", "kind": "yes_no", "label": "Q", "maps_to": "dossier.consumer"}
    assert told(asking(world, question)) == []


def test_nothing_is_said_of_what_handling_fills(world: World) -> None:
    columns = [{"key": key, "label": "C"} for key in COLUMNS if key not in TOLD]
    needing(world, register_columns=columns)
    assert told(asking(world)) == []


def test_a_question_that_no_rule_needs_is_fine(world: World) -> None:
    needing(world)
    question = {"key": "q", "kind": "text", "label": "Q", "maps_to": "dossier.trainee"}
    assert told(asking(world, question)) == []


def test_each_place_that_is_asked_for_exists() -> None:
    assert set(TOLD.values()) <= MAPPINGS.keys()
    assert TOLD.keys() <= COLUMNS.keys()


def test_without_an_address_nobody_could_be_answered(world: World) -> None:
    needing(world)
    form = asking(world)
    form.write({"sections": [{"key": "s", "title": "S", "fields": [EMAIL | {"maps_to": ""}]}]})
    assert told(form) == [
        "Rien ne demande au réclamant où lui répondre, et il ne lirait nos réponses qu’avec son"
        " code de suivi : ajoutez une question « Courriel » qui alimente « Adresse électronique »."
    ]
    form.write({"sections": [{"key": "s", "title": "S", "fields": [EMAIL | {"required": False}]}]})
    (remark,) = told(form)
    assert remark.startswith("Un réclamant peut ne laisser ni adresse électronique ni adresse")


def test_a_form_that_cannot_be_read_says_that_first(world: World) -> None:
    form = Form.objects.get(pk=world.page.form_id)
    form.write({"sections": []})
    assert told(form) == []


def another(world: World, title: str, **changes: Any) -> Procedure:
    """A second published procedure of the same organisation."""
    procedure = Procedure.objects.create(
        organisation=world.organisation, title=title, reference=title, live=True
    )
    current = world.page.version
    ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        title=title,
        definition=current.definition | BARE | changes,
        in_force_at=current.in_force_at,
    )
    return procedure


def test_only_the_procedures_whose_pages_show_the_form_count(world: World) -> None:
    another(world, "Aléas", register_columns=[COLUMN])
    needing(world)
    form = asking(world)
    assert told(form) == []
    form.pages.update(form=None)
    (remark,) = told(form)
    assert "la colonne « Sujet » du registre de la procédure « Aléas » :" in remark


def test_a_form_that_is_not_saved_yet_is_told_of_every_published_procedure(world: World) -> None:
    needing(world, register_columns=[COLUMN])
    form = Form(organisation=world.organisation)
    form.write({"sections": [{"key": "s", "title": "S", "fields": [EMAIL]}]})
    assert len(told(form)) == 1
    world.organisation.procedures.update(live=False)
    assert told(form) == []


def test_nothing_is_needed_before_the_rules_are_in_force(world: World) -> None:
    needing(world, register_columns=[COLUMN])
    assert form_needs(asking(world), date(1999, 1, 1)) == []


def test_the_questions_asked_of_the_database_are_few(
    world: World, django_assert_num_queries: Any
) -> None:
    another(world, "Aléas", register_columns=[COLUMN])
    form = asking(world)
    form.pages.update(form=None)
    with django_assert_num_queries(2):
        assert form_needs(form, timezone.localdate())


NO_ADDRESS = (
    "Un réclamant peut ne laisser ni adresse électronique ni adresse postale, et il ne lirait nos"
    " réponses qu’avec son code de suivi : rendez l’une des deux obligatoire."
)


@pytest.mark.parametrize(
    ("slug", "remarks"),
    [
        ("connectsens", []),
        ("sophroattitude", []),
        ("cafemetrie", []),
        ("cyberini", []),
        # IH-A19: whoever gives no address is asked for it, not refused.
        ("ihrm", [NO_ADDRESS]),
    ],
)
@pytest.mark.django_db
def test_the_forms_of_the_demonstration_have_what_their_procedures_need(
    slug: str, remarks: list[str]
) -> None:
    form = Form.objects.get(pk=demonstrated(slug).page.form_id)
    assert told(form) == remarks


def test_a_published_form_is_told_of_a_column_that_is_new(world: World) -> None:
    """Connect'Sens's own form, once its register has a column about the trainee (CY-02)."""
    trainee = {"key": "trainee", "label": "Apprenant"}
    publish(world, register_columns=with_item(world, "register_columns", **trainee))
    assert told(Form.objects.get(pk=world.page.form_id)) == [
        "Rien n’alimente la colonne « Apprenant » du registre de la procédure : ajoutez une"
        " question « Texte court » qui alimente « Stagiaire concerné »."
    ]
