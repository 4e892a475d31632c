"""What five organisations need is configured, not coded: one row per need and per organisation.

The stories live those rules through; this table only says that each stands in the files, exact.
"""

import re
from collections.abc import Callable

import pytest

from complaints.register.appeals import has_appeal
from complaints.register.promises import promises_of
from complaints.workflow.vocabulary import Deed
from tests.stories.arrival import ARRIVAL
from tests.stories.houses import (
    CM,
    CS,
    CY,
    FILES,
    IH,
    SA,
    House,
    appeals_once,
    asks,
    closes_on_silence,
    columns,
    columns_of,
    does,
    kept,
    labels,
    limit,
    mediates_from_the_first_writing,
    names_a_mediator,
    never_in_numbers,
    on_the_page,
    one_person_is_enough,
    prolongs_with_reasons,
    refuses_in_writing,
    replaces_who_is_named,
    says,
    unnamed,
)

SEVENTEEN = [
    *("number", "completed_on", "first_expressed_on", "first_channel", "client", "subject"),
    *("training", "third_parties", "operations", "description", "breaches", "outcome"),
    *("measures", "resolution", "responded_on", "response_number", "evidence_location"),
]
SIXTEEN = [
    *("number_and_completed_on", "first_expressed_on", "first_channel_and_reference", "client"),
    *SEVENTEEN[5:],
]
FOLLOWED = {"exchanges", "root_cause", "measures", "resolution", "closed_on", "measures_done_on"}
NATURES = [
    f"Nature {n}" for n in ("organisationnelle", "humaine", "matérielle", "environnementale")
]

NEEDS: list[tuple[str, dict[str, Callable[[House], bool]]]] = [
    *ARRIVAL,
    (
        "acknowledged in time",
        {
            CM: limit("accuse", "15 jours_ouvres", met_by=["acknowledged", "response_sent"]),
            CY: limit("accuse", "3 jours_ouvrables", met_by=["acknowledged", "response_sent"]),
            IH: limit("accuse", "5 jours_ouvres", met_by=["acknowledged", "notice_given"]),
        },
    ),
    (
        "told when the answer is due",
        {
            CM: says(Deed.ACKNOWLEDGE, "{echeances}", "{date_reception}"),
            IH: lambda house: limit("avis", "10 jours_calendaires", met_by=["notice_given"])(house)
            and says(Deed.GIVE_NOTICE, "{echeances}", "{date_reception}")(house),
        },
    ),
    ("no number of days", dict.fromkeys((CS, SA), never_in_numbers)),
    (
        "answered in time",
        {
            CM: limit("reponse", "30 jours_calendaires", when={"kind": ["complaint"]}),
            CY: limit("reponse_simple", "7 jours_calendaires", when={"complexity": ["simple"]}),
            IH: limit(
                "reponse",
                "45 jours_calendaires",
                "45 jours_ouvres",
                when={"severity": ["medium", "low", "ungraded"]},
            ),
        },
    ),
    (
        "sooner when it is serious",
        {
            IH: limit(
                "reponse_forte",
                "10 jours_calendaires",
                "10 jours_ouvres",
                when={"severity": ["high"]},
            )
        },
    ),
    (
        "later when it is complex, and told why",
        {
            CY: lambda house: limit(
                "annonce_retard", "5 jours_calendaires", when={"complexity": ["complex"]}
            )(house)
            and limit("reponse_complexe", "1 mois", when={"complexity": ["complex"]})(house)
            and says(Deed.GIVE_NOTICE, "{echeances}")(house)
        },
    ),
    ("of two readings, the nearest day", {
        IH: lambda house: all(
            house.rules.time_limit(key).counting["favours"] == "organisation"
            for key in ("reponse", "reponse_forte")
        )
    }),
    ("a longer delay is justified in a letter", dict.fromkeys((CM, IH), prolongs_with_reasons)),
    (
        "levels of gravity under its own names",
        {
            CM: labels("severities", "Faible", "Moyenne", "Forte, urgente"),
            IH: labels("severities", "Fort", "Moyen", "Faible"),
        },
    ),
    (
        "marks of its own",
        {
            CM: labels("markers", *NATURES),
            CY: labels("markers", "Risque pour notre image", "Risque financier"),
        },
    ),
    ("a refusal is reasoned", dict.fromkeys((CS, SA, CM, IH), refuses_in_writing)),
    (
        "facts less than two months old",
        {
            IH: lambda house: [(c.amount, c.unit) for c in house.rules.criteria if c.amount]
            == [(2, "mois")]
        },
    ),
    (
        "said again in other words, and by telephone",
        {
            CY: lambda house: "{reformulation}" in house.letter(Deed.ANALYSE)
            and does(Deed.LOG_CONTACT)(house)
        },
    ),
    ("the causes are searched", dict.fromkeys((CM, CY, IH), does(Deed.ANALYSE))),
    (
        "measures, until their effect is seen",
        dict.fromkeys(FILES, does(Deed.PLAN_MEASURE, Deed.COMPLETE_MEASURE, Deed.CHECK_EFFECT)),
    ),
    (
        "an emergency does not wait for the analysis",
        {
            CM: lambda house: "qualification" in house.rules.move("prevoir_mesure").sources,
            IH: lambda house: "recevabilite" in house.rules.move("prevoir_mesure").sources,
        },
    ),
    (
        "numbered answers, favourable or not",
        dict.fromkeys((CS, SA, IH), says(Deed.RESPOND, "{sens}", "{mesures}", "{decision}")),
    ),
    ("each exchange is noted", dict.fromkeys((CS, CM, CY, IH), does(Deed.LOG_CONTACT))),
    ("who is named is told, and by whom is not said", {IH: unnamed(Deed.INFORM_IMPLICATED)}),
    ("others learn the measures", dict.fromkeys((CM, IH), unnamed(Deed.INFORM_THIRD_PARTY))),
    (
        "bodies that sit, under their own names",
        {
            IH: lambda house: labels(
                "bodies", "CTRP", "Commission d’impartialité", "Comité d’impartialité"
            )(house)
            and does(Deed.RECORD_MINUTES)(house)
        },
    ),
    ("who is named does not handle it", {IH: replaces_who_is_named}),
    ("one appeal, in time, with one more month at most", {IH: appeals_once}),
    ("silence closes", {IH: closes_on_silence}),
    (
        "satisfied or not",
        dict.fromkeys((CS, SA, CM), does(Deed.ASK_SATISFACTION, Deed.RECORD_SATISFACTION)),
    ),
    ("a mediator one may write to", {SA: names_a_mediator}),
    ("the two days of the mediation", dict.fromkeys((CS, SA), mediates_from_the_first_writing)),
    (
        "the columns of its register, in order",
        {
            CS: columns(SEVENTEEN),
            SA: columns(SIXTEEN),
            CM: lambda house: {c.key for c in house.rules.register_columns} >= FOLLOWED,
            IH: lambda house: house.rules.register_columns[0].key == "number",
        },
    ),
    (
        "where the papers are",
        dict.fromkeys((CS, SA), lambda house: columns_of(house)[-1] == "evidence_location"),
    ),
    (
        "kept so long",
        {
            CS: kept("7 ans à compter de la clôture du dossier"),
            SA: kept("1 an à compter de la clôture du dossier"),
            CM: kept("3 ans à compter de la clôture du dossier"),
            IH: kept("5 ans à compter de la clôture du dossier"),
        },
    ),
    (
        "nothing to others without a consent",
        {
            CS: on_the_page("sans votre accord exprès"),
            SA: on_the_page("restent confidentielles"),
            IH: asks("complainant.consents_to_disclosure"),
        },
    ),
    ("one person is enough", dict.fromkeys((CS, SA, CM), one_person_is_enough)),
]  # fmt: skip

ROWS = [
    pytest.param(slug, holds, id=f"{slug}: {need}")
    for need, held in NEEDS
    for slug, holds in held.items()
]


@pytest.mark.parametrize(("slug", "holds"), ROWS)
def test_it_is_configured(slug: str, holds: Callable[[House], bool]) -> None:
    assert holds(House(slug))


@pytest.mark.parametrize("slug", FILES)
def test_what_no_rule_says_is_not_promised(slug: str) -> None:
    house = House(slug)
    numbered = {p.key for p in promises_of(house.rules) if p.words != "sans délai chiffré"}
    assert has_appeal(house.rules) is (slug == IH)
    assert bool(house.rules.bodies) is (slug in (CM, IH))
    assert bool(house.moves(Deed.ASK_SATISFACTION)) is (slug in (CS, SA, CM))
    assert ("accuse" in numbered) is (slug in (CM, CY, IH))
    assert (house.rules.retention is None) is (slug == CY)
    assert ("mediator" in house.file["procedure"]) is (slug == SA)
    assert not any(lim.pauses_on for lim in house.rules.time_limits)


@pytest.mark.parametrize("slug", FILES)
def test_each_promise_reads_as_whole_sentences(slug: str) -> None:
    for promise in promises_of(House(slug).rules):
        assert re.fullmatch(r"[A-ZÀÉ][^{}]*[^ ,;:.]\.", promise.sentence), promise.sentence
        assert not re.search(r",,|, ,| ,|  |\.\.|, \.|un délai de 1 ", promise.sentence)
