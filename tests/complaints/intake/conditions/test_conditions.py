"""« Show if » in words, for who fills in and for who builds; and every wrong one, refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.intake import DefinitionError, FormDefinition, parse
from complaints.intake.conditions import as_rule, in_words, posted
from complaints.intake.definition import ShowIf
from tests.complaints.intake.samples import Json, form_of


def choice(key: str = "qualite", label: str = "Vous êtes", kind: str = "choice") -> Json:
    names = {"trainee": "Stagiaire", "client": "Client", "other": "Autre"}
    proposed = [{"value": value, "label": label} for value, label in names.items()]
    return {"key": key, "kind": kind, "label": label, "choices": proposed}


CLOSED: Json = {"key": "deja", "kind": "yes_no", "label": "Déjà ?"}
TICKED = choice("moments", "À quels moments ?", "choices")
TYPED: Json = {"key": "nom", "kind": "text", "label": "Votre nom"}
CONTROLS = (choice(), CLOSED, TICKED, TYPED)
LAST: Json = {"key": "suite", "kind": "text", "label": "Suite"}


def is_(field: str, *values: Any) -> Json:
    return {"field": field, "is": list(values)}


def is_not(field: str, *values: Any) -> Json:
    return {"field": field, "is_not": list(values)}


def answered(field: str, yes: bool = True) -> Json:
    return {"field": field, "answered": yes}


def shown_if(show_if: Json, *before: Json) -> FormDefinition:
    return parse(form_of(*(before or CONTROLS), LAST | {"show_if": show_if}))


def condition(definition: FormDefinition) -> ShowIf:
    found = definition.by_key["suite"].show_if
    assert found
    return found


@pytest.mark.parametrize(
    ("show_if", "visitor", "editor"),
    [
        (
            is_("deja", True),
            "si vous avez répondu « Oui » à « Déjà ? »",
            "si la réponse à « Déjà ? » est « Oui »",
        ),
        (
            is_not("deja", True),
            "si vous avez répondu « Non » à « Déjà ? »",
            "si la réponse à « Déjà ? » n’est pas « Oui »",
        ),
        (
            is_("qualite", "client", "trainee"),
            "si vous avez répondu « Stagiaire » ou « Client » à « Vous êtes »",
            "si la réponse à « Vous êtes » est « Stagiaire » ou « Client »",
        ),
        (
            is_("qualite", "other", "client", "trainee"),
            "si vous avez répondu « Stagiaire », « Client » ou « Autre » à « Vous êtes »",
            "si la réponse à « Vous êtes » est « Stagiaire », « Client » ou « Autre »",
        ),
        (
            is_not("qualite", "client", "trainee"),
            "si vous avez répondu autre chose que « Stagiaire » ou « Client » à « Vous êtes »",
            "si la réponse à « Vous êtes » n’est ni « Stagiaire » ni « Client »",
        ),
        (
            is_("moments", "client"),
            "si vous avez coché « Client » à « À quels moments ? »",
            "si la réponse à « À quels moments ? » comprend « Client »",
        ),
        (
            is_not("moments", "client", "other"),
            "si vous avez répondu à « À quels moments ? » sans cocher « Client » ni « Autre »",
            "si la réponse à « À quels moments ? » ne comprend ni « Client » ni « Autre »",
        ),
        (
            answered("nom"),
            "si vous avez répondu à « Votre nom »",
            "si la réponse à « Votre nom » est donnée",
        ),
        (
            answered("nom", False),
            "si vous n’avez pas répondu à « Votre nom »",
            "si la réponse à « Votre nom » n’est pas donnée",
        ),
        (
            {"all": [is_("deja", False), answered("nom")]},
            "si vous avez répondu « Non » à « Déjà ? » et si vous avez répondu à « Votre nom »",
            "si la réponse à « Déjà ? » est « Non » et si la réponse à « Votre nom » est donnée",
        ),
        (
            {"any": [is_("deja", False), answered("nom")]},
            "si vous avez répondu « Non » à « Déjà ? » ou si vous avez répondu à « Votre nom »",
            "si la réponse à « Déjà ? » est « Non » ou si la réponse à « Votre nom » est donnée",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(show_if: Json, visitor: str, editor: str) -> None:
    definition = shown_if(show_if)
    found = condition(definition)
    assert plain(in_words(found, definition)) == f"À remplir {visitor}."
    assert plain(in_words(found, definition, asks=False)) == f"À lire {visitor}."
    assert plain(as_rule(found, definition)) == f"Affichée {editor}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_what_always_shows_needs_no_words() -> None:
    definition = parse(form_of(TYPED))
    assert in_words(None, definition) == as_rule(None, definition) == ""


def test_the_words_of_staff_are_no_template_of_ours() -> None:
    braces = CLOSED | {"label": "{label} « Mo » {0}"}
    definition = shown_if(is_("deja", True), braces)
    assert "à «\u00a0{label} « Mo » {0}\u00a0»" in in_words(condition(definition), definition)


def test_a_script_reads_values_as_they_are_posted() -> None:
    found = condition(shown_if({"any": [is_("deja", False), answered("nom", False)]}))
    assert posted(found) == {
        "any": True,
        "tests": [
            {"field": "deja", "test": "is", "values": ["no"]},
            {"field": "nom", "test": "answered", "values": [False]},
        ],
    }


def problems(definition: Json) -> list[str]:
    with pytest.raises(DefinitionError) as refusal:
        parse(definition)
    return [plain(problem) for problem in refusal.value.problems]


def problem(show_if: Any, *before: Json, after: tuple[Json, ...] = ()) -> str:
    """The only one, without its place."""
    (only,) = problems(form_of(*(before or CONTROLS), LAST | {"show_if": show_if}, *after))
    place, _, said = only.partition(" : ")
    assert place == "Partie « Tout », question « Suite »"
    return said


@pytest.mark.parametrize(
    ("show_if", "said"),
    [
        (is_("rien", "x"), "la condition porte sur « rien », qui n’existe pas."),
        (is_("suite", "x"), "la condition porte sur la question elle-même."),
        (is_("deja"), "la condition d’affichage ne dit pas pour quelle réponse."),
        ({"is": [True]}, "la condition d’affichage ne dit pas quelle question elle lit."),
        ({"all": []}, "la condition d’affichage est vide : ajoutez un test, ou retirez-la."),
        ({"any": []}, "la condition d’affichage est vide : ajoutez un test, ou retirez-la."),
        (
            {"all": [is_("deja", True)], "any": [answered("nom")]},
            "la condition d’affichage mélange plusieurs façons de s’écrire.",
        ),
        (
            is_("deja", True) | {"all": [answered("nom")]},
            "la condition d’affichage mélange plusieurs façons de s’écrire.",
        ),
        (
            is_("deja", True) | answered("deja"),
            "un test de la condition demande plusieurs choses à la fois.",
        ),
        (
            {"any": [is_("deja", True) | is_not("deja", False)]},
            "un test de la condition demande plusieurs choses à la fois.",
        ),
        (is_("deja", True, True), "la condition d’affichage dit deux fois la même chose."),
        (
            {"any": [answered("nom"), answered("nom")]},
            "la condition d’affichage dit deux fois la même chose.",
        ),
        (
            is_not("qualite", "funder"),
            "la condition attend « funder », qui n’est pas une réponse à « Vous êtes ».",
        ),
        (is_("deja", 1), "la condition attend « 1 », qui n’est pas une réponse à « Déjà ? »."),
        (
            is_("nom", "Jean"),
            "la condition porte sur « Votre nom », qui n’est ni un choix ni une question fermée :"
            " on peut seulement lire si elle a une réponse.",
        ),
    ],
)
def test_a_wrong_condition_says_what_is_wrong(show_if: Json, said: str) -> None:
    assert problem(show_if) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("information", "un texte d’information, auquel personne ne répond."),
        ("files", "une demande de fichiers, qu’une condition ne lit pas."),
        ("consent", "un accord, dont la case vide est aussi une réponse."),
    ],
)
def test_some_answers_cannot_be_read(kind: str, said: str) -> None:
    read = {"key": "lue", "kind": kind, "label": "Lue", "help": "Lisez."}
    assert problem(answered("lue"), read) == f"la condition porte sur « Lue », {said}"


def test_a_question_placed_lower_is_to_be_moved() -> None:
    said = problem(is_("deja", True), TYPED, after=(CLOSED,))
    assert said == (
        "la condition porte sur « Déjà ? », placée plus bas : déplacez-la plus haut, ou lisez une "
        "question qui précède."
    )


def test_a_loop_names_its_questions() -> None:
    one = CLOSED | {"show_if": answered("b")}
    two = {"key": "b", "kind": "text", "label": "Bis", "show_if": answered("c")}
    three = {"key": "c", "kind": "text", "label": "Ter", "show_if": is_("deja", True)}
    told = [said for said in problems(form_of(one, two, three)) if "tourne en rond" in said]
    assert told[0].endswith(
        "la condition tourne en rond : « Déjà ? » dépend de « Bis », qui dépend de « Ter », qui "
        "dépend de « Déjà ? ». Retirez une de ces conditions."
    )
    # « Ter » reads a question above it: it is not blamed.
    assert ["question « Déjà" in said for said in told] == [True, False]


def sections(*parts: tuple[Json | None, list[Json]]) -> Json:
    return {
        "sections": [
            {"key": f"p{n}", "title": f"Partie {n}", "fields": fields}
            | ({"show_if": show_if} if show_if else {})
            for n, (show_if, fields) in enumerate(parts, start=1)
        ]
    }


def test_a_part_reads_only_the_parts_before_it() -> None:
    parse(sections((None, [CLOSED]), (is_("deja", True), [LAST])))
    (only,) = problems(sections((None, [TYPED]), (is_("deja", True), [CLOSED])))
    assert only == (
        "Partie « Partie 2 » : la condition porte sur « Déjà ? », une question de cette partie : "
        "une partie ne peut lire que les réponses des parties qui la précèdent."
    )


def test_a_loop_goes_through_parts() -> None:
    """The first question waits for one of a part that waits for it."""
    first = LAST | {"show_if": is_("deja", True)}
    (only,) = problems(sections((None, [first]), (answered("suite"), [CLOSED])))
    assert only == (
        "Partie « Partie 1 », question « Suite » : la condition tourne en rond : « Suite » dépend "
        "de « Déjà ? », qui dépend de la partie « Partie 2 », qui dépend de « Suite ». Retirez une "
        "de ces conditions."
    )


def test_a_part_in_a_loop_is_named_too() -> None:
    second = CLOSED | {"show_if": answered("suite")}
    (only,) = problems(sections((is_("deja", True), [LAST]), (None, [second])))
    assert only == (
        "Partie « Partie 1 » : la condition tourne en rond : la partie « Partie 1 » dépend de "
        "« Déjà ? », qui dépend de « Suite », qui dépend de la partie « Partie 1 ». Retirez une de "
        "ces conditions."
    )


NEVER = (
    "la condition ne peut jamais être remplie : ce qui est attendu de « {} », ici ou dans les "
    "conditions dont celle-ci dépend, se contredit."
)


@pytest.mark.parametrize(
    ("show_if", "label"),
    [
        ({"all": [is_("qualite", "client"), is_("qualite", "other")]}, "Vous êtes"),
        ({"all": [is_("qualite", "client"), is_not("qualite", "client")]}, "Vous êtes"),
        ({"all": [is_("qualite", "client"), answered("qualite", False)]}, "Vous êtes"),
        ({"all": [answered("nom"), answered("nom", False)]}, "Votre nom"),
        ({"all": [is_("deja", True), is_("deja", False)]}, "Déjà ?"),
        (is_not("deja", True, False), "Déjà ?"),
        (is_not("moments", "client", "trainee", "other"), "À quels moments ?"),
        ({"all": [is_("moments", "client"), is_not("moments", "client")]}, "À quels moments ?"),
    ],
)
def test_a_condition_that_never_holds_is_refused(show_if: Json, label: str) -> None:
    assert problem(show_if) == NEVER.format(label)


@pytest.mark.parametrize(
    "show_if",
    [
        {"any": [is_("qualite", "client"), is_("qualite", "other")]},
        {"all": [is_("qualite", "client", "other"), is_("qualite", "other", "trainee")]},
        {"all": [is_("moments", "client"), is_("moments", "other")]},
        {"any": [answered("nom"), answered("nom", False)]},
        {"all": [answered("qualite"), is_not("qualite", "client")]},
    ],
)
def test_a_condition_that_can_hold_passes(show_if: Json) -> None:
    assert condition(shown_if(show_if))


def test_a_question_reads_one_that_its_own_condition_hides() -> None:
    """« Bis » is only asked when the answer is « Oui »; nobody who answered « Non » has it."""
    hidden = {"key": "b", "kind": "text", "label": "Bis", "show_if": is_("deja", True)}
    contradiction = {"all": [is_("deja", False), answered("b")]}
    assert problem(contradiction, CLOSED, hidden) == NEVER.format("Déjà ?")
    shown_if({"all": [is_("deja", False), answered("b", False)]}, CLOSED, hidden)
    shown_if({"any": [is_("deja", False), answered("b")]}, CLOSED, hidden)


def test_a_question_contradicts_its_part() -> None:
    inside = LAST | {"show_if": is_("deja", False)}
    (only,) = problems(sections((None, [CLOSED]), (is_("deja", True), [inside])))
    assert only.endswith(NEVER.format("Déjà ?"))


def test_what_is_obligatory_is_never_without_an_answer() -> None:
    obligatory = CLOSED | {"required": True}
    assert problem(answered("deja", False), obligatory).endswith(
        "« Déjà ? » soit sans réponse, alors qu’une réponse y est obligatoire."
    )
    # Where it may not be asked at all, it may have no answer.
    parse(
        sections(
            (None, [TYPED]),
            (answered("nom"), [obligatory]),
            (None, [LAST | {"show_if": answered("deja", False)}]),
        )
    )


def test_what_reads_a_wrong_question_is_not_blamed_whatever_it_expects() -> None:
    broken = choice() | {"choices": []}
    for value in ("client", ["liste"], {"a": 1}):
        reading = {"all": [is_("qualite", value), is_("qualite", "x")]}
        (only,) = problems(form_of(broken, LAST | {"show_if": reading}))
        assert "question « Vous êtes »" in only


TESTS = st.one_of(
    st.builds(is_, st.just("qualite"), st.sampled_from(["trainee", "client", "other"])),
    st.builds(is_not, st.just("moments"), st.sampled_from(["trainee", "client", "other"])),
    st.builds(is_, st.just("deja"), st.booleans()),
    st.builds(answered, st.sampled_from(["qualite", "deja", "moments", "nom"]), st.booleans()),
)
LISTS = st.lists(TESTS, min_size=1, max_size=4, unique_by=repr)
VALUES = ["trainee", "client", "other"]
EVERY_ANSWER = [
    {"qualite": one, "deja": closed, "moments": ticked, "nom": name}
    for one in (None, *VALUES)
    for closed in (None, True, False)
    for ticked in ([v for n, v in enumerate(VALUES) if bits >> n & 1] for bits in range(8))
    for name in (None, "Jean")
]


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(["all", "any"]), LISTS, TESTS)
def test_a_condition_is_refused_when_no_answer_at_all_fulfils_it(
    name: str, tests: list[Json], part: Json
) -> None:
    """Within a part that has its own; each test is read alone, since the whole is refused."""
    alone = [condition(shown_if({"any": [test]})) for test in (part, *tests)]
    either = any if name == "any" else all
    possible = any(
        alone[0].holds(given_) and either(one.holds(given_) for one in alone[1:])
        for given_ in EVERY_ANSWER
    )
    definition = sections((None, [*CONTROLS]), (part, [LAST | {"show_if": {name: tests}}]))
    if possible:
        assert parse(definition)
    else:
        assert "ne peut jamais être remplie" in problems(definition)[0]
