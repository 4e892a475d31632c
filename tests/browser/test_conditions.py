"""What the page's script shows is what the server asks, whatever is answered and looked for."""

from collections.abc import Iterator
from random import Random
from typing import Any

from django.utils.datastructures import MultiValueDict
from playwright.sync_api import Page

from complaints.intake import FormDefinition, build_form, parse
from tests.factories import World

Json = dict[str, Any]

PROPOSED = [{"value": v, "label": v.upper()} for v in "abc"]
MANY = [{"value": f"v{n}", "label": f"Choix {n}"} for n in range(9)]
# The controlling questions, and what may be typed or ticked in each; none of it is an answer too.
ASKED: dict[str, tuple[Json, list[dict[str, list[str]]]]] = {
    "ferme": ({"kind": "yes_no"}, [{"ferme": ["yes"]}, {"ferme": ["no"]}]),
    "radio": ({"kind": "choice", "choices": PROPOSED}, [{"radio": ["a"]}, {"radio": ["b"]}]),
    "menu": ({"kind": "choice", "choices": MANY}, [{"menu": ["v0"]}, {"menu": ["v8"]}]),
    "cases": (
        {"kind": "choices", "choices": PROPOSED},
        [{"cases": ["a"]}, {"cases": ["b", "c"]}, {"cases": ["c"]}],
    ),
    "mots": ({"kind": "text"}, [{"mots": ["Jean"]}, {"mots": ["  "]}]),
    "jour": ({"kind": "date"}, [{"jour": ["2026-05-04"]}]),
    "somme": ({"kind": "amount"}, [{"somme": ["0"]}]),
    "periode": ({"kind": "period"}, [{"periode-from": ["2026-05-04"]}]),
    "cours": ({"kind": "training"}, [{"cours-training": ["CAP"]}]),
    "gens": ({"kind": "persons"}, [{"gens-0-name": ["Paul"]}]),
    "adresse": (
        {"kind": "address"},
        [{"adresse-street": ["1 rue"], "adresse-postal_code": ["1"], "adresse-city": ["X"]}],
    ),
}
VALUES = {"ferme": [True], "radio": ["a"], "menu": ["v0", "v1"], "cases": ["a", "b"]}
SET = """answers => {
    for (const control of document.querySelectorAll("[data-autosave] [name]")) {
        if (control.type === "hidden" || control.name.startsWith("draft")) continue;
        const given = answers[control.name] || [];
        if (["radio", "checkbox"].includes(control.type)) {
            control.checked = given.includes(control.value);
        } else if (control.type !== "submit") control.value = given[0] || "";
    }
    const form = document.querySelector("[data-autosave]");
    form.dispatchEvent(new Event("change"));
    return [...new FormData(form)].map(([name, value]) => [name, String(value)]);
}"""
SHOWN = """[...document.querySelectorAll("[id^=part-]")]
    .filter((part) => !part.closest("[hidden]")).map((part) => part.id.slice(5))"""


def _tests() -> Iterator[tuple[str, Json]]:
    for key in ASKED:
        yield f"{key}_donne", {"field": key, "answered": True}
        yield f"{key}_tu", {"field": key, "answered": False}
    for key, values in VALUES.items():
        yield f"{key}_est", {"field": key, "is": values}
        yield f"{key}_pas", {"field": key, "is_not": values}
    several = [{"field": "ferme", "is": [True]}, {"field": "cases", "is_not": ["c"]}]
    yield "toutes", {"all": several}
    yield "une", {"any": several}
    # What was answered before it was hidden is no answer any more.
    yield "suite", {"field": "ferme_est", "answered": True}


def _definition() -> Json:
    asked = [{"key": k, "label": k} | settings for k, (settings, _) in ASKED.items()]
    asking = [{"key": k, "kind": "text", "label": k, "show_if": test} for k, test in _tests()]
    read = {"key": "lire", "kind": "information", "label": "Lire", "help": "Vos données."}
    last = {"key": "fin", "kind": "text", "label": "Fin"}
    followed = {"key": "apres", "kind": "text", "label": "A"}
    followed |= {"show_if": {"field": "fin", "answered": True}}
    hidden = {"field": "ferme", "is_not": [True]}
    return {
        "sections": [
            {"key": "un", "title": "Un", "help": "", "fields": [read, *asked, *asking]},
            {"key": "deux", "title": "Deux", "help": "", "fields": [last], "show_if": hidden},
            {"key": "trois", "title": "Trois", "help": "", "fields": [followed]},
        ]
    }


def _asked_by_the_server(definition: FormDefinition, sent: list[list[str]]) -> set[str]:
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, value in sent:
        data.appendlist(name, value)
    form = build_form(definition)(data)
    assert form.is_valid(), form.errors
    return {field.key for field in definition.shown(form.cleaned_data)}


def test_the_script_and_the_server_ask_the_same(page: Page, world: World) -> None:
    form = world.page.form
    form.write(_definition())
    form.save_revision().publish()
    page.goto("/#deposer")
    definition, chance, seen = parse(_definition()), Random(7), set()  # noqa: S311
    for _ in range(40):
        answers: dict[str, list[str]] = {}
        for _, choices in ASKED.values():
            answers |= chance.choice([{}, *choices])
        for key in ("ferme_est", "fin"):
            answers |= chance.choice([{}, {key: ["x"]}])
        sent = page.evaluate(SET, answers)
        shown = set(page.evaluate(SHOWN))
        assert shown == _asked_by_the_server(definition, sent), answers
        seen.add(frozenset(shown))
    # Each of the tests was seen to hold and to fail.
    conditional = {key for key, _ in _tests()} | {"fin", "apres"}
    assert conditional <= set.union(*map(set, seen))
    assert not conditional & set.intersection(*map(set, seen))
