"""What a procedure promises is said in words, and nothing that stays inside is said."""

from dataclasses import replace
from typing import Any

import pytest

from complaints.register.promises import promises_of, retention_words
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.definition import Extension, Retention, SeverityLevel
from complaints.workflow.vocabulary import EventKind, Kind, RetentionStart, Severity
from tests.factories import World


@pytest.fixture
def rules(world: World) -> Rules:
    return world.page.version.rules


def test_internal_targets_are_left_out(rules: Rules) -> None:
    told = {promise.key for promise in promises_of(rules)}
    assert told == {limit.key for limit in rules.time_limits if not limit.internal}
    assert told < {limit.key for limit in rules.time_limits}


def test_a_start_that_has_no_sentence_of_its_own_is_named(rules: Rules) -> None:
    limit = replace(rules.time_limits[0], starts_on=EventKind.ANALYSED, internal=False)
    [promise] = promises_of(replace(rules, time_limits=(limit,)))
    assert promise.starts == "à compter de : analyse faite"


def said(rules: Rules, **changes: Any) -> str:
    """The sentences of a response due in a month, with these changes."""
    limit = TimeLimit(
        key="reponse",
        label="Réponse",
        promise=changes.pop("promise", "Nous vous répondons"),
        starts_on=EventKind.RECEIVED,
        counting={"readings": [{"amount": 1, "unit": "mois"}]} | changes.pop("counting", {}),
        **changes,
    )
    [promise] = promises_of(replace(rules, time_limits=(limit,), severities=LEVELS))
    return promise.sentence.replace("\u00a0", " ")


WRITTEN = ("post", "online", "email", "questionnaire")
LEVELS = (SeverityLevel(Severity.HIGH, "Fort"), SeverityLevel(Severity.LOW, "Faible"))
RECEIVED = (
    "Nous vous répondons dans un délai d’un mois à compter de la réception de votre réclamation"
)
ITS = "nous vous répondons dans un délai d’un mois à compter de sa réception."


@pytest.mark.parametrize(
    ("when", "opening"),
    [
        ({"severity": ("high",)}, "une réclamation, de gravité « Fort »"),
        (
            {"severity": ("low", "ungraded"), "complexity": ("complex",)},
            "une réclamation complexe, de gravité « Faible » ou pas encore évaluée",
        ),
        ({"kind": ("complaint",)}, "une réclamation"),
        (
            {"kind": ("complaint", "grievance"), "channel": WRITTEN},
            "une réclamation ou une plainte reçue par écrit",
        ),
        (
            {"kind": ("complaint", "disruption"), "channel": WRITTEN, "severity": ("high",)},
            "une réclamation ou un aléa reçu par écrit, de gravité « Fort »",
        ),
        (
            {"kind": ("adverse_event",), "channel": WRITTEN},
            "un événement indésirable reçu par écrit",
        ),
        ({"channel": WRITTEN}, "une réclamation reçue par écrit"),
        ({"channel": ("phone", "oral")}, "une réclamation (reçu par : téléphone ou oral)"),
        ({"complexity": ("ungraded",)}, "une réclamation, de complexité pas encore évaluée"),
    ],
)
def test_a_condition_opens_the_sentence(rules: Rules, when: dict[str, Any], opening: str) -> None:
    assert said(rules, when=when) == f"Pour {opening} : {ITS}"


def test_a_procedure_of_several_kinds_names_none_that_the_limit_does_not(rules: Rules) -> None:
    rules = replace(rules, kinds=(Kind.COMPLAINT, Kind.DISRUPTION))
    told = said(rules, when={"complexity": ("simple",)})
    assert told == f"Pour un dossier simple : n{RECEIVED[1:]}."


def test_a_name_keeps_its_capital_after_a_condition(rules: Rules) -> None:
    told = said(rules, promise="AME CONSO vous répond", when={"kind": ("complaint",)})
    assert told.startswith("Pour une réclamation : AME CONSO vous répond dans un délai d’un mois")


def test_two_readings_say_first_from_when_then_which_date(rules: Rules) -> None:
    readings = [{"amount": 10, "unit": "jours_calendaires"}, {"amount": 10, "unit": "jours_ouvres"}]
    assert said(rules, counting={"readings": readings}) == (
        "Nous vous répondons dans un délai de 10 jours calendaires ou 10 jours ouvrés"
        " à compter de la réception de votre réclamation, la date la plus proche."
    )


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({}, "."),
        ({"when": {"severity": ()}}, "."),
        (
            {"counting": {"roll_over": True}},
            ". S’il finit un samedi, un dimanche ou un jour férié, il est reporté au premier jour"
            " suivant qui n’en est pas un.",
        ),
        (
            {
                "pauses_on": (EventKind.INFORMATION_REQUESTED,),
                "resumes_on": (EventKind.INFORMATION_RECEIVED,),
            },
            ". Il est suspendu tant que nous attendons les précisions que nous vous demandons.",
        ),
        (
            {"extension": Extension(allowed=True, times=1, amount=1, unit="mois")},
            ". Il peut être prolongé d’un mois au plus, une seule fois, par un courrier qui vous"
            " dit pourquoi.",
        ),
        (
            {"extension": Extension(allowed=True, times=1, amount=2, unit="mois", from_start=True)},
            ". Il peut être prolongé jusqu’à 2 mois en tout, une seule fois, par un courrier qui"
            " vous dit pourquoi.",
        ),
        (
            {"extension": Extension(allowed=True)},
            ". Il peut être prolongé, par un courrier qui vous dit pourquoi.",
        ),
        (
            {"extension": Extension(allowed=True, times=2)},
            ". Il peut être prolongé, 2 fois au plus, par un courrier qui vous dit pourquoi.",
        ),
        ({"extension": Extension(times=2)}, "."),
    ],
)
def test_all_that_may_move_the_last_day_is_published(
    rules: Rules, changes: dict[str, Any], ending: str
) -> None:
    assert said(rules, **changes) == f"{RECEIVED}{ending}"


@pytest.mark.parametrize("start", RetentionStart)
def test_every_start_of_the_retention_has_its_words(rules: Rules, start: RetentionStart) -> None:
    words = retention_words(replace(rules, retention=Retention(3, "ans", start)))
    assert words.startswith("3 ans à compter de ")


def test_no_retention_promises_nothing(rules: Rules) -> None:
    assert retention_words(replace(rules, retention=None)) == ""
