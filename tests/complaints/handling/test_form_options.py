"""A form proposes what its procedure knows: no more, or a person is led astray; no less."""

from typing import Any

import pytest

from complaints.workflow.vocabulary import Kind, Stakeholder
from tests.complaints.handling.test_form_needs import Json, asking, needing, told
from tests.complaints.intake.samples import form_of
from tests.factories import World


def choice(maps_to: str, *values: str) -> Json:
    options = [{"value": value, "label": value.upper()} for value in values]
    asked = {"key": "q", "kind": "choice", "label": "Vous", "required": True}
    return asked | {"maps_to": maps_to, "choices": options}


KINDS = ["complaint", "difficulty", "disruption"]


def test_several_natures_are_asked_for(world: World) -> None:
    needing(world, kinds=KINDS)
    assert told(asking(world)) == [
        "Rien ne demande la nature du dossier (réclamation, difficulté, aléa), dont dépend la"
        " procédure : ajoutez une question « Nature de la demande »."
    ]


@pytest.mark.parametrize(
    ("kinds", "needed"), [(["complaint"], False), (["adverse_event"], True), (KINDS, True)]
)
def test_what_is_not_asked_is_a_complaint(world: World, kinds: list[str], needed: bool) -> None:
    needing(world, kinds=kinds)
    assert bool(told(asking(world))) is needed


NATURES = [
    (["complaint", "difficulty", "disruption"], []),
    (
        ["complaint", "difficulty"],
        ["À la question « Vous », il manque « Aléa », que la procédure traite : ajoutez cette"
         " réponse."],
    ),
    (
        ["complaint"],
        ["À la question « Vous », il manque « Difficulté » et « Aléa », que la procédure traite :"
         " ajoutez ces réponses."],
    ),
    (
        ["complaint", "difficulty", "disruption", "grievance"],
        ["La question « Vous » propose « GRIEVANCE », que la procédure ne traite pas : retirez"
         " cette réponse, ou complétez la procédure."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("offered", "remarks"), NATURES)
def test_each_nature_is_proposed_and_no_other(
    world: World, offered: list[str], remarks: list[str]
) -> None:
    needing(world, kinds=KINDS)
    assert told(asking(world, choice("dossier.kind", *offered))) == remarks


@pytest.mark.parametrize(
    ("admitted", "offered", "said"),
    [
        (["trainee", "client"], ["client", "trainee"], []),
        # Who is none of these may always say so.
        (["trainee", "client"], ["trainee", "client", "other"], []),
        (["trainee", "funder", "client"], ["trainee"], ["il manque « Financeur » et « Client »"]),
        (["trainee"], ["trainee", "prospect"], ["propose « PROSPECT », que la procédure n’admet"]),
        (
            ["trainee", "other"],
            ["client"],
            ["il manque « Stagiaire » et « Autre »", "propose « CLIENT »"],
        ),
        ([], ["client"], []),
    ],
)
def test_who_may_complain_finds_who_they_are(
    world: World, admitted: list[str], offered: list[str], said: list[str]
) -> None:
    needing(world, stakeholders=admitted)
    remarks: Any = told(asking(world, choice("complainant.stakeholder", *offered)))
    assert len(remarks) == len(said)
    assert all(part in remark for part, remark in zip(said, remarks, strict=True))


ASKING_MUCH = [
    {"key": "client", "label": "Client"},
    {"key": "first_expressed_on", "label": "Dit le"},
    {"key": "first_channel", "label": "Dit par"},
    {"key": "subject", "label": "Objet"},
]


def test_a_sheet_of_incidents_has_nobody_to_ask_about_themselves(world: World) -> None:
    needing(world, kinds=[*KINDS, "grievance"], register_columns=ASKING_MUCH)
    sheet = asking(world)
    sheet.write(form_of(choice("dossier.kind", "difficulty", "disruption")))
    (subject,) = told(sheet)
    assert "« Objet »" in subject
    sheet.write(form_of(choice("dossier.kind", "difficulty")))
    assert "il manque « Aléa », que" in told(sheet)[-1]
    # As soon as somebody may complain by it, everything is asked for again.
    sheet.write(form_of(choice("dossier.kind", *KINDS)))
    remarks = " ".join(told(sheet))
    for said in ("« Client »", "« Dit le »", "« Dit par »", "où lui répondre", "« Plainte »"):
        assert said in remarks


def test_nobody_has_to_be_asked_who_they_are(world: World) -> None:
    needing(world, stakeholders=["trainee"])
    assert told(asking(world)) == []


@pytest.mark.parametrize(
    ("maps_to", "part", "codes"),
    [
        ("dossier.kind", "kinds", Kind.values),
        ("complainant.stakeholder", "stakeholders", Stakeholder.values),
    ],
)
def test_a_form_that_proposes_all_our_words_suits_rules_that_know_them_all(
    world: World, maps_to: str, part: str, codes: list[str]
) -> None:
    needing(world, **{part: codes})
    assert told(asking(world, choice(maps_to, *codes))) == []
