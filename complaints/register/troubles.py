"""What is wrong with this installation: a sentence for each trouble, and what to do about it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.status import Stat

from complaints.models import Calendar, Deadline, Notice, Organisation, Procedure
from complaints.register.antivirus import silence
from complaints.sla import Region
from complaints.workflow.vocabulary import Phase

PATIENCE = timedelta(minutes=15)
# A failure is reported for a week; the list of notices shows it for ever.
FAILURES_SHOWN = timedelta(days=7)
# A digest comes 25 hours after the last one when the clocks go back, and a little late.
SINCE_YESTERDAY = timedelta(hours=26)
# The name of the schedule that looks at the deadlines.
SCAN = "Échéances"
# A scan ends by itself after a minute and a half: beyond one, it is about to leave work behind.
SLOW = timedelta(seconds=60)
# A deadline that cannot be checked is looked at again within this time.
ASIDE = timedelta(days=1)
LONG_QUEUE, LONG_WAIT = 1000, timedelta(hours=1)
# So many kinds of tasks at most are told.
TASKS_TOLD = 10
SCAN_NOW = (
    "Relancez «\u00a0manage.py qcluster\u00a0», ou lancez «\u00a0manage.py check_deadlines\u00a0»."
)
TRACEBACK = "Traceback (most recent call last):"

Expected = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Trouble:
    """What is wrong, what to do, and the address of the screen that shows it, if one does.

    `detail` is what another machine said: it may quote someone's address, so no mail repeats it.
    """

    sentence: str
    remedy: str
    path: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} : {self.detail}" if self.detail else self.sentence


def find_troubles(now: datetime, expected: Expected) -> list[Trouble]:
    """The most urgent first; none when all is well.

    `expected`: the function and the cron of each schedule that must be there, by its name.
    The queries are as many whatever the number of rows, and none reads what is over and done.
    """
    return list(_troubles(now, expected))


def _troubles(now: datetime, expected: Expected) -> Iterator[Trouble]:
    clusters = Stat.get_all()
    if not clusters:
        yield Trouble(
            "Aucun ordonnanceur Django-Q ne tourne : ni envois, ni contrôle des échéances, ni"
            " effacement, sauf ce que cron appelle.",
            "Démarrez «\u00a0manage.py qcluster\u00a0» sur le serveur.",
        )
    yield from _schedules(expected)
    yield from _scan(now)
    yield from _overdue(now)
    yield from _undated()
    yield from _waiting_notices(now)
    yield from _failed_notices(now)
    if silent := silence(now - PATIENCE):
        yield Trouble(*silent)
    yield from _stale_documents(now)
    yield from _failed_tasks(now)
    if clusters:  # else nobody empties it, and that is told above
        yield from _queue(now)
    yield from _calendars(now)


def _schedules(expected: Expected) -> Iterator[Trouble]:
    found: dict[str, list[Schedule]] = defaultdict(list)
    for row in Schedule.objects.filter(name__in=expected):
        found[row.name].append(row)
    for name, wanted in expected.items():
        if wrong := _what_is_wrong_with(found[name], wanted):
            yield Trouble(
                f"La tâche planifiée «\u00a0{name}\u00a0» {wrong}.",
                "Lancez «\u00a0manage.py prepare\u00a0» : il remet les tâches en place.",
            )


def _what_is_wrong_with(rows: list[Schedule], wanted: tuple[str, str]) -> str:
    if not rows:
        return "manque"
    if len(rows) > 1:
        return "est en double"
    (row,) = rows
    if row.repeats == 0 or row.next_run is None:
        return "est en pause"
    kept = (row.func, row.cron, row.schedule_type, row.repeats, row.cluster)
    if kept != (*wanted, Schedule.CRON, -1, None):
        return "n’est plus celle du logiciel"
    return ""


def _scan(now: datetime) -> Iterator[Trouble]:
    """Late, or slow; where cron does it, Django-Q's table knows no last run."""
    last = Success.objects.filter(group=SCAN).only("started", "stopped").first()
    unseen = Deadline.objects.to_check(now - PATIENCE).count()
    if unseen:
        yield Trouble(
            f"{unseen} échéance(s) attendent le contrôle depuis plus de 15 minutes.", SCAN_NOW
        )
    elif last and last.stopped < now - PATIENCE and Deadline.objects.to_check(now).exists():
        yield Trouble(
            f"Le dernier contrôle des échéances date du {_moment(last.stopped)}, et il en reste"
            " à contrôler.",
            SCAN_NOW,
        )
    if last and last.stopped - last.started > SLOW:
        yield Trouble(
            f"Le dernier contrôle des échéances a duré {last.time_taken():.0f} secondes.",
            "Rien n’est perdu : ce qui reste est pris au passage suivant. Si cela dure,"
            " la base de données est trop lente.",
        )


def _overdue(now: datetime) -> Iterator[Trouble]:
    running = Deadline.objects.filter(state=Deadline.State.RUNNING, late_at=None)
    aside = running.filter(next_check_at__gt=now, next_check_at__lte=now + ASIDE)
    if overdue := aside.filter(late_from__lte=now - PATIENCE).count():
        yield Trouble(
            f"{overdue} échéance(s) dépassée(s) n’ont pas pu être traitée(s) : voir le journal.",
            "Le journal du serveur dit pourquoi, échéance par échéance ; chacune est reprise"
            " d’heure en heure.",
        )


def _undated() -> Iterator[Trouble]:
    """A number of days was promised, and the calendar could not give the day."""
    # Only duties have an index of their own here: a right without a date keeps nobody late.
    open_duties = Deadline.objects.filter(state=Deadline.State.RUNNING, is_duty=True, due_on=None)
    undated = open_duties.filter(inputs__has_key="error")
    if last := undated.select_related("dossier").order_by("-pk").first():
        yield Trouble(
            f"{undated.count()} échéance(s) promise(s) restent sans date, la dernière dans le"
            f" dossier {last.dossier.reference} : {last.inputs['error']}",
            "Vérifiez la région de l’organisme et son calendrier des jours fériés.",
            reverse("dossiers:inspect", args=[last.dossier_id]),
        )


def _waiting_notices(now: datetime) -> Iterator[Trouble]:
    waiting = Notice.objects.filter(next_attempt_at__isnull=False).order_by("created_at")
    if oldest := waiting.filter(created_at__lt=now - PATIENCE).first():
        yield Trouble(
            f"{waiting.count()} envoi(s) en attente, le plus ancien depuis le "
            f"{_moment(oldest.created_at)}",
            "Vérifiez le serveur de messagerie ; les envois partiront seuls dès qu’il répond.",
            reverse("envois:list"),
            oldest.last_error or "jamais essayé",
        )


def _failed_notices(now: datetime) -> Iterator[Trouble]:
    states = (Notice.State.FAILED, Notice.State.BOUNCED)
    failed = _written_since(now - FAILURES_SHOWN).filter(state__in=states)
    failed = failed.exclude(dossier__phase=Phase.ERASED).select_related("dossier")
    if last := failed.order_by("-created_at").first():
        yield Trouble(
            f"{failed.count()} envoi(s) en échec depuis 7 jours, le dernier pour le dossier "
            f"{last.dossier.reference if last.dossier else '(aucun)'}",
            "Une fois la cause corrigée, «\u00a0Envois\u00a0» permet de renvoyer chacun.",
            reverse("envois:list") + "?" + "&".join(f"state={state}" for state in states),
            last.last_error,
        )


def _written_since(since: datetime) -> QuerySet[Notice]:
    """Through the index of the outbox, which begins with the organisation."""
    organisations = list(Organisation.objects.order_by().values_list("pk", flat=True))
    return Notice.objects.filter(
        Q(organisation__in=organisations, created_at__gt=since)
        | Q(organisation=None, created_at__gt=since)
    )


def _stale_documents(now: datetime) -> Iterator[Trouble]:
    """Found from the rules: the pages that print them are a floor above."""
    late = Procedure.objects.filter(pages__stale_document__since__lt=now - PATIENCE)
    rows = late.order_by("pages__stale_document__since").values_list(
        "title", "pages__stale_document__since", "pages", "pages__stale_document__reason"
    )
    for title, since, page, reason in rows[:TASKS_TOLD]:
        yield Trouble(
            f"Le PDF de la procédure «\u00a0{title}\u00a0» n’est pas à jour depuis le"
            f" {_moment(since)}.",
            reason or "Il est refait toutes les dix minutes ; l’ancien reste en ligne d’ici là.",
            reverse("wagtailadmin_pages:edit", args=[page]),
        )


def _failed_tasks(now: datetime) -> Iterator[Trouble]:
    """By function, since yesterday; the kind of error only: its words may quote a dossier."""
    failed = Failure.objects.filter(stopped__gt=now - FAILURES_SHOWN).order_by()
    lately = Count("pk", filter=Q(stopped__gt=now - SINCE_YESTERDAY))
    counts = failed.values("func").annotate(
        week=Count("pk"), lately=lately, last=Max("stopped"), schedule=Max("group")
    )
    told = list(counts.filter(lately__gt=0).order_by("-lately", "func")[:TASKS_TOLD])
    lasts = failed.filter(func__in=[c["func"] for c in told], stopped__in=[c["last"] for c in told])
    results = dict(lasts.values_list("func", "result")) if told else {}
    for count in told:
        name, kind = count["schedule"] or count["func"], _kind_of_error(results.get(count["func"]))
        yield Trouble(
            f"La tâche «\u00a0{name}\u00a0» a échoué {count['lately']} fois depuis hier,"
            f" {count['week']} fois en 7 jours, la dernière le {_moment(count['last'])}"
            f"{kind and f' ({kind})'}.",
            "Le journal du serveur dit pourquoi. Une tâche planifiée est reprise à son heure.",
        )


def _kind_of_error(result: object) -> str:
    """The class of the exception, and none of its words; "" when it cannot be told.

    It stands on the first line after the frames of the last traceback, which are indented.
    """
    _before, traceback, after = str(result).rpartition(TRACEBACK)
    lines = after.lstrip("\n").splitlines()
    frames = list(takewhile(lambda line: line.startswith(" "), lines))
    if not traceback or len(frames) == len(lines):
        return ""
    name = lines[len(frames)].partition(":")[0].rpartition(".")[2]
    return name if name.isidentifier() else ""


def _queue(now: datetime) -> Iterator[Trouble]:
    remedy = "Augmentez DOLEANCES_WORKERS, ou vérifiez que «\u00a0manage.py qcluster\u00a0» avance."
    if OrmQ.objects.order_by("pk")[: LONG_QUEUE + 1].count() > LONG_QUEUE:
        yield Trouble(f"Plus de {LONG_QUEUE} tâches attendent dans la file.", remedy)
    # The lock of a task that nobody has taken is when it was queued.
    oldest = OrmQ.objects.order_by("pk").values_list("lock", flat=True).first()
    if oldest and oldest < now - LONG_WAIT:
        yield Trouble(f"Une tâche attend dans la file depuis le {_moment(oldest)}.", remedy)


def _calendars(now: datetime) -> Iterator[Trouble]:
    """A region in use needs its newest calendar to cover the whole of next year."""
    regions = Organisation.objects.order_by("region").values_list("region", flat=True).distinct()
    newest = dict(Calendar.objects.order_by("version").values_list("region", "last_year"))
    for region in regions:
        label, last_year = Region(region).label, newest.get(region)
        if last_year is None:
            said = f"La région «\u00a0{label}\u00a0» n’a aucun calendrier des jours fériés."
        elif last_year <= timezone.localtime(now).year:
            said = f"Le calendrier des jours fériés «\u00a0{label}\u00a0» s’arrête fin {last_year}."
        else:
            continue
        yield Trouble(
            said,
            "Lancez «\u00a0manage.py prepare\u00a0» : il ajoute les années qui manquent.",
            reverse("wagtailsnippets_complaints_calendar:list"),
        )


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H:%M}"
