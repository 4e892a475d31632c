"""Since when the antivirus has been silent, and which files wait for it."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min
from django.utils import timezone

from complaints.models import Attachment

# Written by the scan, every five minutes; a cache that is lost only makes it begin again.
SILENT_SINCE = "antivirus-silent-since"


def silence(before: datetime) -> tuple[str, str] | None:
    """What has been wrong with it since before then, and what to do; none when all is well."""
    if not settings.CLAMD:
        return None
    pending = Attachment.objects.filter(scan=Attachment.Scan.PENDING, erased_at=None)
    waiting = pending.order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
    closed = f"{waiting['count']} pièce(s) l’attendent, que personne ne peut ouvrir d’ici là"
    since: datetime | None = cache.get(SILENT_SINCE)
    if since and since < before:
        return (
            f"L’antivirus ne répond pas depuis le {_moment(since)} : {closed}.",
            "Redémarrez clamd, ou vérifiez DOLEANCES_CLAMD ; tout est examiné dès qu’il répond.",
        )
    if waiting["count"] and waiting["oldest"] < before:
        return (
            f"L’antivirus n’a pas pu tout examiner depuis le {_moment(waiting['oldest'])} : "
            f"{closed}.",
            "Vérifiez la tâche «\u00a0Antivirus\u00a0», et que «\u00a0StreamMaxLength\u00a0» de "
            "clamd dépasse 25 Mo.",
        )
    return None


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H:%M}"
