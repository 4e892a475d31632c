"""What Django-Q does by itself, and when; written again at each migrate, never doubled."""

from django.utils import timezone
from django_q.models import Schedule

CLOCK = "complaints.handling.schedules"
SCHEDULES = {
    "Échéances": (f"{CLOCK}.scan", "*/5 * * * *"),
    "Envois en attente": ("complaints.handling.dispatch.send_waiting", "* * * * *"),
    "Effacement": (f"{CLOCK}.purge", "20 3 * * *"),
    "Calendriers": (f"{CLOCK}.extend_calendars", "40 3 1 * *"),
}


def install_schedules() -> None:
    """One row a task, updated in place; the next run of an unchanged one is kept."""
    for name, (function, cron) in SCHEDULES.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.CRON,
                "cron": cron,
                "repeats": -1,
            },
        )


def scan() -> str:
    """Check what is due; what Django-Q's table shows is the report."""
    from complaints.handling.clock import check_deadlines

    return str(check_deadlines(timezone.now()))


def purge() -> int:
    """Erase what has come to its term."""
    from complaints.handling.erasure import erase_expired

    return erase_expired(timezone.now())


def extend_calendars() -> int:
    """Keep every region's calendar years ahead."""
    from complaints.handling.calendars import refresh_calendars

    return len(refresh_calendars(timezone.now()))
