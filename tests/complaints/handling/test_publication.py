"""What an editor is told before publishing: the law, the staff, other people’s words, models."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from complaints.handling.presets import Preset, drafted, read_preset
from complaints.handling.publication import findings
from complaints.models import Mediator, Organisation, Procedure
from complaints.models.plain import stream
from complaints.workflow.overlay import overlay
from complaints.workflow.problems import Problem
from tests.complaints.workflow.raw import letter, move, procedure, role, stage, time_limit
from tests.factories import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
ASSESS = move("evaluer", deed="assess", to="")
SEVERE = {
    "severities": [{"key": "high", "label": "Forte"}],
    "moves": [move("clore"), ASSESS],
}
RESPOND = {
    "moves": [move("repondre", deed="respond", letter="accuse")],
    "letters": [letter()],
}
SOUND = {"retention": {"amount": 5, "unit": "ans"}, "review_months": 12}


@pytest.fixture
def mediator() -> Mediator:
    return Mediator.objects.create(
        name="Médiation Exemple", website="https://mediation.example", verified_on=date(2026, 1, 5)
    )


def written(world: World, mediator: Mediator | None, **changes: Any) -> Procedure:
    """The smallest procedure that nothing is said of, changed."""
    facts = {"title": "Procédure", "reference": "ESSAI", "mediator": mediator}
    return drafted(world.organisation, procedure(**SOUND | changes), **facts)


def found(draft: Procedure) -> list[Problem]:
    return findings(draft, TODAY)


def test_of_a_sound_procedure_nothing_is_said(world: World, mediator: Mediator) -> None:
    assert found(written(world, mediator)) == []


@pytest.mark.parametrize(
    ("changes", "sentence", "place"),
    [
        (
            {"retention": None},
            "Aucune durée de conservation : les données des dossiers clos ne seront jamais"
            " effacées.",
            ("retention", "", ""),
        ),
        (
            {"review_months": 0},
            "Aucune relecture n’est prévue : personne ne sera prévenu qu’elle vieillit.",
            ("review_months", "", ""),
        ),
        (
            {"roles": [role(), role("president")]},
            "Personne n’a le rôle « President » : ce qui lui revient n’aurait personne.",
            ("roles", "president", ""),
        ),
        (
            {**SEVERE, "time_limits": [time_limit(when={"severity": ["high"]})]},
            "Le délai « Réponse » dépend de la gravité, et aucun délai n’alerte d’un dossier que"
            " personne n’a évalué.",
            ("time_limits", "reponse", "when"),
        ),
        (
            {
                **RESPOND,
                "time_limits": [
                    time_limit(
                        met_by=["response_sent"],
                        counting={"readings": [{"amount": 45, "unit": "jours_ouvres"}]},
                    )
                ],
            },
            "Le délai « Réponse » peut finir plus de deux mois après la réclamation : le recours"
            " au médiateur s’ouvrirait avant que la réponse soit due.",
            ("time_limits", "reponse", "counting"),
        ),
        (
            {
                "moves": [move("clore", letter="accuse")],
                "letters": [letter(body="Voici : {motif}")],
            },
            "Le courrier « Accuse » : l’action « Clore » ne sait pas remplir {motif}, il partirait"
            " tel quel.",
            ("letters", "accuse", "body"),
        ),
        (
            {"letters": [letter(body="Selon le guide RNCQ.")]},
            "« Accuse » : « RNCQ » : sans doute « RNQ ».",
            ("letters", "accuse", "body"),
        ),
        (
            {"letters": [letter(body="Voyez https://ec.europa.eu/consumers/odr/main.")]},
            "« Accuse » : le lien « ec.europa.eu/consumers/odr » est mort, la plateforme européenne"
            " de règlement des litiges a fermé le 20 juillet 2025.",
            ("letters", "accuse", "body"),
        ),
        (
            {"letters": [letter(subject="webgate.ec.europa.eu/odr")]},
            "« Accuse » : le lien « webgate.ec.europa.eu/odr » est mort, la plateforme européenne"
            " de règlement des litiges a fermé le 20 juillet 2025.",
            ("letters", "accuse", "subject"),
        ),
        (
            {"recipients": "Le collectif Bienrelax"},
            "« Destinataires » : « collectif Bienrelax » est le nom d’un autre organisme.",
            ("recipients", "", ""),
        ),
        (
            {
                "stages": [
                    stage("entree", summary="Chez Autre formation."),
                    stage("sortie", "closed"),
                ]
            },
            "« Entree » : « Autre Formation » est le nom d’un autre organisme.",
            ("stages", "entree", "summary"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_deserves_a_second_look_is_said_and_does_not_block(
    world: World,
    other_world: World,
    mediator: Mediator,
    changes: dict[str, Any],
    sentence: str,
    place: tuple[str, str, str],
) -> None:
    assert found(written(world, mediator, **changes)) == [Problem(sentence, *place, warning=True)]


@pytest.mark.parametrize(
    ("retention", "sentences"),
    [
        ({"amount": 11, "unit": "mois"}, ["La conservation peut finir avant", "Un audit qualité"]),
        (
            {"amount": 1, "unit": "ans", "starts_on": "earliest"},
            ["La conservation peut finir avant", "Un audit qualité"],
        ),
        ({"amount": 1, "unit": "ans"}, ["Un audit qualité remonte de 14 à 22 mois"]),
        ({"amount": 21, "unit": "mois"}, ["Un audit qualité remonte de 14 à 22 mois"]),
    ],
)
def test_a_short_retention_ends_before_the_mediator_or_the_audit(
    world: World, mediator: Mediator, retention: dict[str, Any], sentences: list[str]
) -> None:
    problems = found(written(world, mediator, retention=retention))
    assert {(problem.part, problem.warning) for problem in problems} == {("retention", True)}
    assert len(problems) == len(sentences)
    assert all(p.sentence.startswith(s) for p, s in zip(problems, sentences, strict=True))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            None,
            "Aucun médiateur : un consommateur doit en connaître le nom et le site (code de la"
            " consommation, L616-1 et R616-1).",
        ),
        (
            {"verified_on": None},
            "La fiche du médiateur « Médiation Exemple » n’a jamais été vérifiée.",
        ),
        (
            {"verified_on": date(2025, 4, 1)},
            "La fiche du médiateur « Médiation Exemple » n’a pas été vérifiée depuis plus d’un an"
            " (le 01/04/2025).",
        ),
    ],
    ids=str,
)
def test_a_consumer_needs_a_mediator_who_exists(
    world: World, mediator: Mediator, changes: dict[str, Any] | None, sentence: str
) -> None:
    for name, value in (changes or {}).items():
        setattr(mediator, name, value)
    draft = written(world, mediator if changes else None)
    assert found(draft) == [Problem(sentence, "mediator", warning=True)]
    assert found(written(world, None, kinds=["disruption"])) == []


@pytest.mark.parametrize(
    "changes",
    [
        # A year to the day after the check is still within the year.
        {"time_limits": [time_limit(when={"severity": ["high"]}),
                         time_limit(key="evaluer", met_by=["assessed"])], **SEVERE},
        # IHRM: two readings, the earliest counts.
        {**RESPOND, "time_limits": [time_limit(
            met_by=["response_sent"],
            counting={"readings": [{"amount": 45, "unit": "jours_calendaires"},
                                   {"amount": 45, "unit": "jours_ouvres"}]},
        )]},
        {**RESPOND, "time_limits": [time_limit(
            met_by=["response_sent"],
            counting={"readings": [{"amount": 2, "unit": "mois"}]},
        )]},
        {**RESPOND, "time_limits": [time_limit(
            met_by=["response_sent"],
            counting={"readings": [{"amount": 0, "unit": "aucun"}]},
        )]},
        {"retention": {"amount": 22, "unit": "mois"}},
        {"recipients": "Connect'Sens, et l’association loi 1901 qui nous loge"},
        {"recipients": "La société civile"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_right_is_left_in_peace(
    world: World, mediator: Mediator, changes: dict[str, Any]
) -> None:
    assert found(written(world, mediator, **changes)) == []


def test_ones_own_name_may_contain_the_name_of_another(
    world: World, other_world: World, mediator: Mediator
) -> None:
    Organisation.objects.filter(pk=other_world.organisation.pk).update(name="Sens")
    assert found(written(world, mediator, recipients="Connect’Sens")) == []


def test_what_blocks_comes_first_and_knows_its_place(world: World) -> None:
    draft = written(world, None, moves=[move("clore", to="")])
    problems = found(draft)
    assert [problem.warning for problem in problems] == [False, False, False, True]
    assert problems[0] == Problem(
        "« Clore » : clore mène à une étape close.", "moves", "clore", "to"
    )


def test_what_cannot_be_read_is_said_like_the_rest(world: World) -> None:
    draft = written(world, None)
    draft.moves = stream([{"key": "clore", "label": "Clore"}])
    assert {problem.part for problem in found(draft)} == {"moves"}


def test_a_procedure_that_is_nobodys_yet_may_be_asked_about() -> None:
    assert found(Procedure(title="Vide", reference="V")) != []


def blocking(draft: Procedure) -> list[str]:
    return [str(problem) for problem in found(draft) if not problem.warning]


@pytest.mark.parametrize("preset", [p.value for p in Preset])
def test_the_models_can_be_published_as_they_are(world: World, preset: str) -> None:
    if not (FIXTURES / "presets" / f"{preset}.json").exists():
        pytest.skip("ce modèle n’est pas encore écrit")
    draft = drafted(world.organisation, read_preset(preset), title="Modèle", reference="M")
    assert blocking(draft) == []


@pytest.mark.parametrize(
    "file", sorted(FIXTURES.glob("demonstration/*.json")), ids=lambda f: f.stem
)
def test_the_demonstration_can_be_published(world: World, file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))["procedure"]
    rules = overlay(read_preset(said["preset"]), said["changes"])
    draft = drafted(world.organisation, rules, title=said["title"], reference=said["reference"])
    assert blocking(draft) == []


def test_what_was_thrown_away_is_called_by_the_name_it_had(world: World) -> None:
    draft = world.page.procedure
    stages = [stage for stage in draft.definition()["stages"] if stage["key"] != "registre"]
    draft.stages = stream(stages)
    sentences = [problem.sentence for problem in found(draft) if not problem.warning]
    assert "« Inscrire au registre » : l’étape « Inscription au registre » n’existe plus." in (
        sentences
    )
    assert not [sentence for sentence in sentences if "« registre »" in sentence]
