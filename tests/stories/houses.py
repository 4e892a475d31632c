"""An organisation of the demonstration as its file describes it, and what one may ask of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from complaints.handling.presets import named, read_preset
from complaints.register.appeals import appeal_words, deciders_of
from complaints.register.promises import promises_of, retention_words
from complaints.workflow import Move, Rules, TimeLimit
from complaints.workflow.overlay import overlay
from complaints.workflow.parsing import parse_rules
from complaints.workflow.vocabulary import WRITTEN, Deed, OnExpiry, Phase
from pages.demonstration.organisations import ORGANISATIONS, read

CS, SA, CM, CY, IH = "connectsens", "sophroattitude", "cafemetrie", "cyberini", "ihrm"


@dataclass(frozen=True)
class House:
    """An organisation as its file describes it: its rules, the questions and the page it asks."""

    slug: str

    @property
    def file(self) -> dict[str, Any]:
        return FILES[self.slug]

    @property
    def rules(self) -> Rules:
        return RULES[self.slug]

    def moves(self, deed: Deed) -> list[Move]:
        return [move for move in self.rules.moves if move.deed == deed]

    def letter(self, deed: Deed) -> str:
        """The text that this deed proposes first."""
        key = next(move.letter for move in self.moves(deed) if move.letter)
        return self.rules.letter(key).body

    def fields(self) -> Iterator[dict[str, Any]]:
        for section in self.file["form"]["sections"]:
            yield from section["fields"]

    def asked(self) -> dict[str, dict[str, Any]]:
        """Its questions, by what their answers feed."""
        return {f["maps_to"]: f for f in self.fields() if f.get("maps_to")}

    def choices(self, target: str) -> set[str]:
        return {choice["value"] for choice in self.asked()[target]["choices"]}

    def blocks(self) -> set[str]:
        return {block["type"] for block in self.file["page"]["body"]}

    def phases(self, *stages: str) -> set[Phase]:
        return {self.rules.stage(key).phase for key in stages}


FILES = {slug: read(slug) for slug in ORGANISATIONS}
RULES = {
    slug: parse_rules(
        named(
            overlay(read_preset(file["procedure"]["preset"]), file["procedure"]["changes"]),
            file["organisation"]["name"],
        )
    )
    for slug, file in FILES.items()
}


def runs(limit: TimeLimit, *lengths: str, on: str = "received") -> bool:
    """Whether it counts exactly these readings, from that event."""
    readings = [f"{r['amount']} {r['unit']}" for r in limit.counting["readings"]]
    return (readings, limit.starts_on) == ([*lengths], on)


def does(*deeds: Deed) -> Callable[[House], bool]:
    return lambda house: all(house.moves(deed) for deed in deeds)


def asks(*targets: str) -> Callable[[House], bool]:
    return lambda house: {*targets} <= {*house.asked()}


def limit(key: str, *lengths: str, **facts: Any) -> Callable[[House], bool]:
    """A time limit of that length from the receipt, which these events meet among others."""

    def holds(house: House) -> bool:
        found = house.rules.time_limit(key)
        met = {*facts.get("met_by", ())} <= {*found.met_by}
        when = {name: {*values} for name, values in facts.get("when", {}).items()}
        narrowed = all({*found.when.get(name, ())} == values for name, values in when.items())
        return runs(found, *lengths) and met and narrowed and not found.internal

    return holds


def columns(keys: list[str]) -> Callable[[House], bool]:
    return lambda house: [column.key for column in house.rules.register_columns] == keys


def kept(words: str) -> Callable[[House], bool]:
    return lambda house: retention_words(house.rules) == words


def says(deed: Deed, *marks: str) -> Callable[[House], bool]:
    """Whether the letter of that deed has these marks."""
    return lambda house: all(mark in house.letter(deed) for mark in marks)


def unnamed(deed: Deed) -> Callable[[House], bool]:
    """A letter to somebody else never names who complains."""
    return lambda house: "{nom}" not in house.letter(deed)


def sends_incomplete_back(house: House) -> bool:
    asked = [m for m in house.moves(Deed.REQUEST_INFORMATION) if m.to and m.to != m.sources[0]]
    [register] = house.moves(Deed.REGISTER)
    waits = house.phases(*(move.to for move in asked)) == {Phase.INCOMPLETE}
    return waits and not {move.to for move in asked} & {*register.sources}


def waits_for_a_writing(house: House) -> bool:
    promised = [lim for lim in house.rules.time_limits if lim.starts_on == "received"]
    told = house.rules.move("indiquer_ecrit")
    only_written = all({*lim.when["channel"]} == WRITTEN for lim in promised)
    return only_written and house.phases(told.to) == {Phase.SIGNALLED} and bool(told.letter)


def refuses_in_writing(house: House) -> bool:
    refusals = house.moves(Deed.DECLARE_INADMISSIBLE)
    closed = house.phases(*(move.to for move in refusals)) == {Phase.CLOSED}
    return closed and "{motif}" in house.letter(Deed.DECLARE_INADMISSIBLE)


def prolongs_with_reasons(house: House) -> bool:
    return house.rules.time_limit("reponse").extension.allowed and says(
        Deed.EXTEND, "{motif}", "{nouvelle_date}"
    )(house)


def replaces_who_is_named(house: House) -> bool:
    """The president may do all that the direction does, so may take its place."""
    moves = [move for move in house.rules.moves if "direction" in move.roles]
    return does(Deed.RECUSE)(house) and all("president" in move.roles for move in moves)


def appeals_once(house: House) -> bool:
    window, answer = house.rules.time_limit("silence"), house.rules.time_limit("recours")
    more = answer.extension
    return (
        runs(window, "15 jours_calendaires", on="response_sent")
        and window.counting["roll_over"]
        and runs(answer, "1 mois", on="appeal_filed")
        and (more.times, more.amount, more.unit, more.from_start) == (1, 2, "mois", True)
        and {move.within for move in house.moves(Deed.FILE_APPEAL)} == {"silence"}
        and deciders_of(house.rules) == ["Comité d’impartialité"]
        and appeal_words(house.rules)[-1].startswith("Un seul recours")
    )


def closes_on_silence(house: House) -> bool:
    [silence] = [m for m in house.moves(Deed.CLOSE) if m.roles == ("clock",)]
    return house.rules.time_limit("silence").on_expiry == OnExpiry.CLOSE and house.phases(
        *silence.sources
    ) == {Phase.ANSWERED}


def mediates_from_the_first_writing(house: House) -> bool:
    opened, lapsed = (house.rules.time_limit(f"mediation_{k}") for k in ("ouverte", "limite"))
    return (
        (runs(opened, "2 mois"), opened.on_expiry) == (True, OnExpiry.OPEN_WINDOW)
        and (runs(lapsed, "1 ans"), lapsed.on_expiry) == (True, OnExpiry.LAPSE)
        and opened.from_first_writing
        and lapsed.from_first_writing
    )


def one_person_is_enough(house: House) -> bool:
    """Whatever a moderator does, the direction may do: one account holds both."""
    moves = [move for move in house.rules.moves if "moderator" in move.roles]
    return all("direction" in move.roles for move in moves)


def approved(house: House) -> bool:
    steps = [approval["step"] for approval in house.file["procedure"]["approvals"]]
    return len(steps) == 2 and house.rules.recipients == "Direction, Responsable pédagogique"


def names_a_mediator(house: House) -> bool:
    mediator = house.file["procedure"]["mediator"]
    where = "www.mediationconso-ame.com" in mediator["website"]
    return mediator["name"] == "AME CONSO" and where and "mediation" in house.blocks()


def never_in_numbers(house: House) -> bool:
    promises = {promise.key: promise.words for promise in promises_of(house.rules)}
    return promises["reponse"] == "sans délai chiffré"


def labels(part: str, *names: str) -> Callable[[House], bool]:
    return lambda house: [item.label for item in getattr(house.rules, part)] == [*names]


def on_the_page(words: str) -> Callable[[House], bool]:
    return lambda house: words in str(house.file["page"]["body"])


def columns_of(house: House) -> list[str]:
    return [column.key for column in house.rules.register_columns]
