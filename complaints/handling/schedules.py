"""What Django-Q does by itself, and when; written again at each migrate, never doubled."""

from datetime import timedelta

from django.utils import timezone
from django_q.models import Failure, Schedule

CLOCK = "complaints.handling.schedules"
SCHEDULES = {
    "Échéances": (f"{CLOCK}.scan", "*/5 * * * *"),
    "Envois en attente": ("complaints.handling.dispatch.send_waiting", "* * * * *"),
    "Effacement": (f"{CLOCK}.purge", "20 * * * *"),
    "Fichiers orphelins": (f"{CLOCK}.tidy", "50 3 * * *"),
    "Calendriers": (f"{CLOCK}.extend_calendars", "40 3 1 * *"),
}
# A scan ends by itself before Django-Q's own limit (120 s) cuts a dossier in the middle.
SCAN_SECONDS = 90
FAILURES_KEPT = timedelta(days=90)


def install_schedules() -> None:
    """One row a task, updated in place; the next run of an unchanged one is kept."""
    for name, (function, cron) in SCHEDULES.items():
        wanted = {"func": function, "schedule_type": Schedule.CRON, "cron": cron, "repeats": -1}
        rows = Schedule.objects.filter(name=name).order_by("pk")
        kept = rows.first() or Schedule.objects.create(name=name, **wanted)
        # Django-Q's table allows doubles: two machines may have been installed at once.
        rows.exclude(pk=kept.pk).delete()
        rows.update(**wanted)


def scan() -> str:
    """Check what is due; what Django-Q's table shows is the report."""
    from complaints.handling.clock import check_deadlines

    return str(check_deadlines(timezone.now(), SCAN_SECONDS))


def purge() -> int:
    """Erase what has come to its term; old failures of tasks may quote it, and go too."""
    from complaints.handling.erasure import erase_expired

    now = timezone.now()
    Failure.objects.filter(stopped__lt=now - FAILURES_KEPT).delete()
    return erase_expired(now)


def tidy() -> int:
    """Delete the private files that nothing names any more."""
    from complaints.handling.strays import delete_strays

    return delete_strays(timezone.now())


def extend_calendars() -> int:
    """Keep every region's calendar years ahead."""
    from complaints.handling.calendars import refresh_calendars

    return len(refresh_calendars(timezone.now()))
