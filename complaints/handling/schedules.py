"""What Django-Q does by itself, and when; put right at each `prepare`, never doubled."""

from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_q.models import Failure, Schedule

CLOCK = "complaints.handling.schedules"
SCHEDULES = {
    "Échéances": (f"{CLOCK}.scan", "*/5 * * * *"),
    "Antivirus": (f"{CLOCK}.scan_files", "*/5 * * * *"),
    "Récapitulatifs": (f"{CLOCK}.tell_people", "0 7 * * *"),
    "Envois en attente": ("complaints.handling.dispatch.send_waiting", "* * * * *"),
    "Effacement": (f"{CLOCK}.purge", "20 * * * *"),
    # The visitors' own door knows where it keeps what they have not sent yet.
    "Fichiers gardés de côté": ("pages.pending.purge", "*/15 * * * *"),
    # The printing door's too: what a failed or killed task left undone is made without anybody.
    "PDF des procédures": ("pages.documents.make_missing", "*/10 * * * *"),
    "Fichiers orphelins": (f"{CLOCK}.tidy", "50 3 * * *"),
    "Publications programmées": (f"{CLOCK}.publish_scheduled", "*/5 * * * *"),
    "Calendriers": (f"{CLOCK}.extend_calendars", "40 3 1 * *"),
    "Pannes": (f"{CLOCK}.tell_troubles", "10 7 * * *"),
    # Each day, so that a Monday off is made up for; nobody is told twice in a week.
    "Relectures": (f"{CLOCK}.tell_reviews", "20 7 * * *"),
}
# A row as we want it: nothing that would pause it, bend it or give it to another cluster.
BARE = {
    "schedule_type": Schedule.CRON,
    "repeats": -1,
    "minutes": None,
    "args": None,
    "kwargs": None,
    "hook": None,
    "cluster": None,
    "intended_date_kwarg": None,
}
OURS = r"^(complaints|pages)\."
# A scan ends by itself before Django-Q's own limit (120 s) cuts a dossier in the middle.
SCAN_SECONDS = 90
FAILURES_KEPT = timedelta(days=90)


def install_schedules() -> None:
    """One row a task, put right in place; a cron of a former version that calls our code goes.

    A run that is already due is kept; the next one is when the cron says, whatever it was before.
    What calls no code of ours is the administrator's, and stays.
    """
    for name, (function, cron) in SCHEDULES.items():
        # One name at a time: the scheduler locks these rows too, in an order of its own.
        with transaction.atomic():
            _install(name, function, cron)
    crons = Schedule.objects.filter(schedule_type=Schedule.CRON, func__regex=OURS)
    crons.exclude(name__in=SCHEDULES).delete()


def _install(name: str, function: str, cron: str) -> None:
    rows = Schedule.objects.select_for_update().filter(name=name).order_by("pk")
    row = rows.first() or Schedule(name=name)
    # Django-Q's table allows doubles: two machines may have been installed at once.
    rows.exclude(pk=row.pk).delete()
    for field, value in (BARE | {"func": function, "cron": cron}).items():
        setattr(row, field, value)
    if row.next_run is None or row.next_run > timezone.now():
        row.next_run = row.calculate_next_run()
    row.save()


def scan() -> str:
    """Check what is due; what Django-Q's table shows is the report."""
    from complaints.handling.clock import check_deadlines

    return str(check_deadlines(timezone.now(), SCAN_SECONDS))


def scan_files() -> str:
    """Ask the antivirus about the files that wait for it."""
    from complaints.handling.scanning import scan_pending

    return str(scan_pending(timezone.now(), SCAN_SECONDS // 2))


def tell_people() -> int:
    """The mails of the morning; after a night off, what is due is noted first."""
    from complaints.handling.clock import check_deadlines
    from complaints.handling.digests import send_digests

    check_deadlines(timezone.now(), SCAN_SECONDS // 2)
    return send_digests(timezone.now())


def purge() -> int:
    """Erase what has come to its term; old failures of tasks may quote it, and go too."""
    from complaints.handling.drafts import purge_drafts
    from complaints.handling.erasure import erase_expired, forget_old_notices

    now = timezone.now()
    Failure.objects.filter(stopped__lt=now - FAILURES_KEPT).delete()
    forget_old_notices(now)
    purge_drafts(now)
    return erase_expired(now)


def tidy() -> int:
    """Delete the private files that nothing names any more."""
    from complaints.handling.strays import delete_strays

    return delete_strays(timezone.now())


def publish_scheduled() -> None:
    """Pages, procedures and forms whose day has come, or gone: Wagtail's own command."""
    call_command("publish_scheduled")


def extend_calendars() -> int:
    """Keep every region's calendar years ahead."""
    from complaints.handling.calendars import refresh_calendars

    return len(refresh_calendars(timezone.now()))


def tell_troubles() -> int:
    """Write to the administrators what is broken."""
    from complaints.handling.alarms import send_alarms

    return send_alarms(timezone.now())


def tell_reviews() -> int:
    """Tell editors which procedures are to be read again."""
    from complaints.handling import reviews

    return reviews.tell_reviews(timezone.now())
