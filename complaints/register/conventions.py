"""How days are counted, said to whoever reads the procedure: a convention that is published binds.

Only what the procedure's own time limits need is said (R1 to R8 of `complaints.sla`).
"""

from collections.abc import Iterator

from complaints import sla
from complaints.models import Organisation
from complaints.sla.words import NBSP, WEEKDAYS, listed
from complaints.workflow import Rules

UNITS = {
    sla.Unit.WORKABLE_DAYS: "Les jours ouvrables vont du lundi au samedi, sans les jours fériés.",
    sla.Unit.CALENDAR_DAYS: "Les jours calendaires sont tous les jours, fériés compris.",
    sla.Unit.MONTHS: "Un délai en mois ou en années finit à la même date du mois"
    " (le 12 s’il part un 12) ou, si elle n’existe pas, le dernier jour du mois.",
}
BEGINNING = (
    "Le jour de l’événement qui fait partir un délai ne compte pas."
    " Le délai court jusqu’à la fin de son dernier jour."
)
SEVERAL = (
    "Quand un délai se lit de deux façons, nous retenons la date la plus proche pour ce que nous"
    " devons, la plus lointaine pour ce que vous pouvez faire."
)
LAW = "Ce sont les règles des articles 640 à 642 du code de procédure civile, que nous appliquons."
WITH_HOLIDAYS = {sla.Unit.WORKED_DAYS, sla.Unit.WORKABLE_DAYS}


def counting_words(rules: Rules, organisation: Organisation) -> list[str]:
    """The sentences that a reader needs to count again; none when no public limit has a number."""
    public = [limit for limit in rules.time_limits if not limit.internal]
    limits = [counting for p in public if not (counting := sla.parse_limit(p.counting)).is_none]
    return list(_sentences(limits, organisation)) if limits else []


def _sentences(limits: list[sla.Limit], organisation: Organisation) -> Iterator[str]:
    units = {reading.unit for limit in limits for reading in limit.readings}
    yield BEGINNING
    if sla.Unit.WORKED_DAYS in units:
        yield f"Les jours ouvrés sont ceux où nous travaillons{NBSP}: {_week(organisation)}."
    if sla.Unit.YEARS in units:
        units.add(sla.Unit.MONTHS)
    yield from (words for unit, words in UNITS.items() if unit in units)
    if units & WITH_HOLIDAYS or any(limit.roll_over for limit in limits):
        yield f"Les jours fériés sont ceux de la région «{NBSP}{_region(organisation)}{NBSP}»."
    if any(len(limit.readings) > 1 for limit in limits):
        yield SEVERAL
    yield LAW


def _week(organisation: Organisation) -> str:
    """« du lundi au vendredi », or the days one by one when they do not follow each other."""
    days = sorted(organisation.working_days)
    names = [WEEKDAYS[day] for day in days]
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    week = f"du {names[0]} au {names[-1]}" if in_a_row else listed(names, "et")
    return f"{week}, sans les jours fériés"


def _region(organisation: Organisation) -> str:
    return organisation.get_region_display()
