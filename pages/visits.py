"""The dossiers that one browser session may see: opened by their code, forgotten when idle."""

from datetime import datetime, timedelta
from enum import Enum

from django.http import HttpRequest

IDLE = timedelta(minutes=30)
KEY = "dossiers"
# Writing the session at each page would cost a query each time.
PRECISION = 60


class Access(Enum):
    """What this browser session may do with a dossier."""

    NONE = "none"
    EXPIRED = "expired"
    OPEN = "open"


def open_visit(request: HttpRequest, reference: str, at: datetime, *, filed: bool = False) -> None:
    """Remember that this browser knows the code; the session changes its name, as at a login.

    `filed`: the dossier was filed from here, so its receipt, with the code, may be shown again.
    """
    if request.session.session_key:
        request.session.cycle_key()
    visits = request.session.get(KEY, {})
    visits[reference] = {"at": int(at.timestamp()), "filed": filed or was_filed(request, reference)}
    request.session[KEY] = visits


def access(request: HttpRequest, reference: str, at: datetime) -> Access:
    """Whether this session may see that dossier now; looking at it keeps the visit alive."""
    visits = request.session.get(KEY, {})
    visit = visits.get(reference)
    if visit is None:
        return Access.NONE
    elapsed = int(at.timestamp()) - visit["at"]
    if elapsed > IDLE.total_seconds():
        return Access.EXPIRED
    if elapsed > PRECISION:
        visit["at"] = int(at.timestamp())
        request.session[KEY] = visits
    return Access.OPEN


def was_filed(request: HttpRequest, reference: str) -> bool:
    """Whether that dossier was filed from this browser session."""
    return bool(request.session.get(KEY, {}).get(reference, {}).get("filed"))


def leave(request: HttpRequest) -> None:
    """Forget every dossier; the rest of the session is not ours."""
    request.session.pop(KEY, None)
