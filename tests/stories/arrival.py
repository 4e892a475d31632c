"""What the five organisations need until a dossier is registered: one row a need."""

from collections.abc import Callable
from datetime import date

from complaints.workflow.vocabulary import Deed, Phase
from tests.stories.houses import (
    CM,
    CS,
    CY,
    FILES,
    IH,
    SA,
    House,
    approved,
    asks,
    does,
    on_the_page,
    refuses_in_writing,
    sends_incomplete_back,
    waits_for_a_writing,
)

MINE = [
    *("prospect", "client", "sponsor", "trainee", "funder", "certifier"),
    *("prescriber", "subcontractor", "institution"),
]
THEIRS = [
    *("prospect", "client", "sponsor", "trainee", "funder", "instructor"),
    *("prescriber", "subcontractor", "institution"),
]
KINDS = {
    CM: ["complaint", "difficulty", "disruption"],
    IH: ["complaint", "grievance", "adverse_event"],
}

ARRIVAL: list[tuple[str, dict[str, Callable[[House], bool]]]] = [
    (
        "the page of a dated version, with its PDF",
        dict.fromkeys(
            FILES,
            lambda house: "document" in house.blocks()
            and date.fromisoformat(house.file["procedure"]["in_force_on"]) < date(2026, 1, 1),
        ),
    ),
    ("verified, approved, addressed to somebody", {IH: approved}),
    ("read again every year", {CM: lambda house: house.rules.review_months == 12}),
    ("the form stands in the page", dict.fromkeys(FILES, lambda house: "form" in house.blocks())),
    (
        "a form with a reference and a day",
        {
            slug: lambda house: bool(house.file["form"]["reference"])
            and bool(date.fromisoformat(house.file["form"]["effective_on"]))
            for slug in (CS, SA, IH)
        },
    ),
    (
        "questions of its own, some of them required",
        {
            CS: asks("dossier.operations", "complainant.stakeholder"),
            SA: asks("dossier.operations", "dossier.consumer"),
            CM: asks("dossier.kind", "dossier.session"),
            CY: lambda house: house.asked()["complainant.function"]["required"],
            IH: asks("dossier.facts_on", "dossier.expectations", "complainant.postal_address"),
        },
    ),
    (
        "what was first said otherwise than in the form",
        {
            CS: lambda house: {"email", "post", "phone"}
            <= house.choices("dossier.first_expressed_channel"),
            CM: lambda house: {"oral", "partner"}
            <= house.choices("dossier.first_expressed_channel"),
            CY: asks("dossier.first_expressed_on"),
            IH: asks("dossier.first_expressed_on"),
        },
    ),
    (
        "what is only spoken opens a dossier",
        {CM: lambda house: not any(lim.when.get("channel") for lim in house.rules.time_limits)},
    ),
    (
        "no dossier before a writing",
        {
            SA: lambda house: house.rules.first_stage.phase == Phase.SIGNALLED,
            IH: waits_for_a_writing,
        },
    ),
    (
        "what a satisfaction questionnaire says",
        dict.fromkeys(
            (CM, IH),
            lambda house: "questionnaire" in house.choices("dossier.first_expressed_channel"),
        ),
    ),
    (
        "the team reports too",
        {
            CM: on_the_page("formateur"),
            IH: lambda house: "adverse_event" in house.choices("dossier.kind"),
        },
    ),
    (
        "the kinds it handles",
        {slug: lambda house: [*house.rules.kinds] == KINDS[house.slug] for slug in KINDS},
    ),
    (
        "what is not what it seemed",
        {
            CS: refuses_in_writing,
            SA: refuses_in_writing,
            CM: does(Deed.RECLASSIFY, Deed.DECLARE_INADMISSIBLE),
            IH: does(Deed.RECLASSIFY, Deed.DECLARE_INADMISSIBLE),
        },
    ),
    (
        "who may complain",
        {
            CS: lambda house: [*house.rules.stakeholders] == MINE,
            SA: lambda house: [*house.rules.stakeholders] == THEIRS,
            IH: lambda house: {"trainee", "prospect"} <= {*house.rules.stakeholders},
        },
    ),
    ("somebody’s representative", {IH: asks("representative.name", "representative.email")}),
    ("nothing is registered before it is complete", dict.fromkeys((CS, SA), sends_incomplete_back)),
    (
        "a register number besides the reference",
        dict.fromkeys((CS, SA, CM, IH), does(Deed.REGISTER)),
    ),
    (
        "the day it was first said and the day it came",
        dict.fromkeys((CS, SA, CM, IH), asks("dossier.first_expressed_on")),
    ),
]  # fmt: skip
