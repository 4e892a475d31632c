"""A file of questions: what spreadsheets write, where each case begins, what is no table."""

import pytest

from complaints.sla import Case, FileError, legal_calendar, read_cases

HEADER = "id,received_at,delay_value,unit,calendar_region,roll_over,suspensions"
GOOD = "A-1,2026-04-30,5,jours_ouvres,metropole,false,"


def read(*lines: str, header: str = HEADER, end: str = "\n") -> list[Case]:
    return list(read_cases(end.join([header, *lines])))


def day(case: Case) -> str | None:
    known = legal_calendar(case.region)
    return case.question(known).answer(known).day


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(end: str) -> None:
    assert [(case.line, case.id) for case in read(GOOD, GOOD, "", end=end)] == [
        (2, "A-1"),
        (3, "A-1"),
    ]


def test_lines_that_say_nothing_are_passed_over_and_still_counted() -> None:
    assert [case.line for case in read("", GOOD, "   ", ",,,,,,", "  , ", GOOD, "", "")] == [3, 7]


def test_a_case_begins_where_its_first_value_does() -> None:
    comment = GOOD + ',"un, deux\ntrois ""quatre"""'
    found = read(comment, comment, header=HEADER + ",reason")
    assert [(case.line, case.where) for case in found] == [
        (2, "Ligne 2 (A-1)"),
        (4, "Ligne 4 (A-1)"),
    ]
    assert found[0].values["reason"] == 'un, deux\ntrois "quatre"'


def test_columns_come_in_any_order_among_others() -> None:
    header = "suspensions,note,roll_over,unit,calendar_region,delay_value,received_at,id"
    (case,) = read(",x,true,mois,reunion,1,2026-01-31,Z", header=header)
    assert (case.id, day(case)) == ("Z", "2026-03-02")


def test_spaces_around_values_are_not_part_of_them() -> None:
    line = GOOD.replace(",", " , ").replace("false", "TRUE")
    pauses = " 2026-05-04 / 2026-05-05 | 2026-05-06/2026-05-07 "
    (case,) = read(f" {line}{pauses}", header=HEADER.replace(",", " , "))
    assert (case.id, case.region, day(case)) == ("A-1", "metropole", "2026-05-13")


@pytest.mark.parametrize("amount", ["", "0", " "])
def test_no_amount_is_needed_where_there_is_no_limit(amount: str) -> None:
    (case,) = read(f"A-1,2026-04-30,{amount},aucun,metropole,true,2026-05-01/")
    assert day(case) is None


def test_values_left_out_at_the_end_of_a_line_are_empty() -> None:
    (case,) = read("A-1,2026-04-30,5,jours_ouvres,metropole,false")
    assert day(case) == "2026-05-11"


def test_a_file_of_headings_has_no_case() -> None:
    assert read() == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([GOOD, f"{GOOD},x"], "Ligne 3 (A-1) : plus de valeurs que de colonnes."),
        ([",,,,,,,x"], "Ligne 2 : plus de valeurs que de colonnes."),
        ([GOOD, f'{GOOD}"2026-05-01/', GOOD], "Ligne 3 : ce n’est pas du CSV."),
        ([GOOD, f'{GOOD}"2026-05-01/"x', GOOD], "Ligne 3 : ce n’est pas du CSV."),
        (["x" * 200_000], "Ligne 2 : ce n’est pas du CSV."),
    ],
)
def test_what_would_lose_a_value_or_a_case_is_refused(lines: list[str], said: str) -> None:
    with pytest.raises(FileError) as refused:
        read(*lines)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "il manque des colonnes, à séparer par des virgules : id, received_at"),
        (HEADER.replace(",", ";"), "il manque des colonnes, à séparer par des virgules"),
        (HEADER.replace("unit,", ""), "par des virgules : unit."),
        (f"{HEADER},unit", "des colonnes sont écrites deux fois : unit."),
    ],
)
def test_every_column_is_there_once(header: str, said: str) -> None:
    with pytest.raises(FileError, match="Ligne 1 : ") as refused:
        read(header=header)
    assert said in str(refused.value)
