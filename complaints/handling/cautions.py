"""What deserves a second look before publishing, and refuses nothing: law, staff, long delays."""

from collections.abc import Iterator
from datetime import date

from complaints import sla
from complaints.models import Mediator, Procedure, Role
from complaints.models.organisation import RESERVED_ROLES
from complaints.sla.counting import same_day
from complaints.sla.words import NBSP
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import EventKind, Kind, OnExpiry, RetentionStart

# Dossiers whose author may be a consumer.
CONSUMERS = frozenset({Kind.COMPLAINT, Kind.GRIEVANCE})
# Calendar days that one unit may last at most, weekends and the densest holidays counted.
LONGEST = {
    sla.Unit.WORKED_DAYS: 1.5,
    sla.Unit.WORKABLE_DAYS: 1.27,
    sla.Unit.CALENDAR_DAYS: 1,
    sla.Unit.MONTHS: 30.5,
    sla.Unit.YEARS: 366,
    sla.Unit.NONE: 0,
}
# An audit looks at what was handled 14 to 22 months before it.
AUDITED_MONTHS = 22
# After two months a consumer may turn to the mediator (L612-2).
TWO_MONTHS = 61
YEAR = 365
# The same, at least: a retention must outlast the mediator's year.
SHORTEST = {sla.Unit.CALENDAR_DAYS: 1, sla.Unit.MONTHS: 365 / 12, sla.Unit.YEARS: 365}


def cautions(procedure: Procedure, rules: Rules, today: date) -> Iterator[Problem]:
    """Warnings about these rules; the date is the one on which they would be published."""
    yield from _retention(rules)
    if not rules.review_months:
        yield _warning(
            "Aucune relecture n’est prévue : personne ne sera prévenu qu’elle vieillit.",
            "review_months",
        )
    if CONSUMERS & {*rules.kinds}:
        yield from _mediator(procedure.mediator, today)
    yield from _ungraded(rules)
    yield from _late_answers(rules)
    yield from _nobody(procedure, rules)


def _retention(rules: Rules) -> Iterator[Problem]:
    """SA-A2: the file must still be there for the mediator, asked within a year, and for audits."""
    if rules.retention is None:
        yield _warning(
            "Aucune durée de conservation : les données des dossiers clos ne seront jamais"
            " effacées.",
            "retention",
        )
        return
    days = rules.retention.amount * SHORTEST.get(rules.retention.unit, YEAR)
    soon = rules.retention.starts_on in (RetentionStart.END_OF_RELATION, RetentionStart.EARLIEST)
    if CONSUMERS & {*rules.kinds} and (days < YEAR or (soon and days <= YEAR)):
        yield _warning(
            "La conservation peut finir avant l’année pendant laquelle un consommateur peut saisir"
            " le médiateur.",
            "retention",
        )
    if days < AUDITED_MONTHS * SHORTEST[sla.Unit.MONTHS]:
        yield _warning(
            f"Un audit qualité remonte de 14 à {AUDITED_MONTHS} mois{NBSP}: les pièces des dossiers"
            " clos plus tôt seront déjà effacées, il n’en restera que la ligne du registre.",
            "retention",
        )


def _mediator(mediator: Mediator | None, today: date) -> Iterator[Problem]:
    if mediator is None or not (mediator.name and mediator.website):
        yield _warning(
            "Aucun médiateur : un consommateur doit en connaître le nom et le site (code de la"
            " consommation, L616-1 et R616-1).",
            "mediator",
        )
    elif mediator.verified_on is None:
        yield _warning(f"La fiche du médiateur « {mediator} » n’a jamais été vérifiée.", "mediator")
    elif same_day(mediator.verified_on, 12) < today:
        yield _warning(
            f"La fiche du médiateur « {mediator} » n’a pas été vérifiée depuis plus d’un an"
            f" (le {mediator.verified_on:%d/%m/%Y}).",
            "mediator",
        )


def _ungraded(rules: Rules) -> Iterator[Problem]:
    """IH-A4: a dossier graded too late is late as soon as it is graded."""
    depends = [limit for limit in rules.time_limits if limit.when.get("severity")]
    alerted = any(
        EventKind.ASSESSED in limit.met_by and limit.on_expiry == OnExpiry.LATE
        for limit in rules.time_limits
    )
    if depends and not alerted:
        limit = depends[0]
        yield _warning(
            f"Le délai « {limit.label} » dépend de la gravité, et aucun délai n’alerte d’un dossier"
            " que personne n’a évalué.",
            "time_limits",
            limit.key,
            "when",
        )


def _late_answers(rules: Rules) -> Iterator[Problem]:
    """An answer due after two months lets the mediator’s way open before anyone is late."""
    if not CONSUMERS & {*rules.kinds}:
        return
    for limit in rules.time_limits:
        answers = EventKind.RESPONSE_SENT in limit.met_by and limit.on_expiry == OnExpiry.LATE
        if answers and limit.starts_on == EventKind.RECEIVED and _longest(limit) > TWO_MONTHS:
            yield _warning(
                f"Le délai « {limit.label} » peut finir plus de deux mois après la réclamation :"
                " le recours au médiateur s’ouvrirait avant que la réponse soit due.",
                "time_limits",
                limit.key,
                "counting",
            )


def _longest(limit: TimeLimit) -> float:
    """In calendar days, at most; 0 when it cannot be counted, which is told elsewhere."""
    try:
        counting = sla.parse_limit(limit.counting)
    except sla.LimitError:
        return 0
    days = [reading.amount * LONGEST[reading.unit] for reading in counting.readings]
    return min(days) if counting.favours == sla.Favours.ORGANISATION else max(days)


def _nobody(procedure: Procedure, rules: Rules) -> Iterator[Problem]:
    if procedure.organisation_id is None:
        return
    held = Role.objects.filter(organisation=procedure.organisation, group__user__is_active=True)
    keys = RESERVED_ROLES | {*held.values_list("key", flat=True)}
    for role in rules.roles:
        if role.key not in keys:
            yield _warning(
                f"Personne n’a le rôle « {role.label} » : ce qui lui revient n’aurait personne.",
                "roles",
                role.key,
            )


def _warning(sentence: str, part: str, key: str = "", field: str = "") -> Problem:
    return Problem(sentence, part, key, field, warning=True)
