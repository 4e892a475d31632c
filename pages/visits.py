"""What one browser session may see: dossiers opened by their code, drafts that it writes."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from complaints.models import Draft

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
        # As `cycle_key`, which writes the new one twice.
        known = dict(request.session.items())
        request.session.flush()
        request.session.update(known)
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
    """Forget every dossier and every draft; the rest of the session is not ours."""
    request.session.pop(KEY, None)
    request.session.pop(DRAFTS, None)


# The drafts that this browser is writing: by key, their form and when they were last touched.
DRAFTS = "drafts"
OWNED = (KEY, DRAFTS, SESSION_KEY)
# Afterwards the code is asked again: the next person at this computer may be another.
HELD = timedelta(hours=12)


def hold_draft(request: HttpRequest, draft: Draft, at: datetime) -> None:
    """Remember that this browser may go on with that draft.

    The session changes its name if it was nobody's before. One that holds something of ours, or of
    the staff, has done so: an answer that is lost on the way would take all of that with it.
    """
    held = request.session.get(DRAFTS, {})
    known = held.get(str(draft.key))
    if request.session.session_key and not any(name in request.session for name in OWNED):
        request.session.cycle_key()
    if known is None or at.timestamp() - known["at"] > PRECISION:
        touched = {"form": draft.form_version.form_id, "at": int(at.timestamp())}
        request.session[DRAFTS] = _held(request, at) | {str(draft.key): touched}


def held_draft(request: HttpRequest, key: UUID, at: datetime) -> Draft | None:
    """That draft, if this browser holds it and it is still there."""
    if str(key) not in _held(request, at):
        return None
    return Draft.objects.select_related("form_version").filter(key=key).first()


def held_drafts(request: HttpRequest, at: datetime, form_id: int | None = None) -> list[Draft]:
    """The drafts of this browser, the newest first: all of them, or those of one form."""
    held = _held(request, at)
    keys = [key for key, touched in held.items() if form_id in (None, touched["form"])]
    drafts = Draft.objects.select_related("form_version", "organisation")
    return list(drafts.filter(key__in=keys).order_by("-saved_at")) if keys else []


def release_draft(request: HttpRequest, key: UUID) -> None:
    """That draft is no more."""
    held = request.session.get(DRAFTS, {})
    if held.pop(str(key), None) is not None:
        request.session[DRAFTS] = held


def has_filed(request: HttpRequest) -> bool:
    """Whether anything was filed from this browser session."""
    return bool(filed_references(request))


def filed_references(request: HttpRequest) -> list[str]:
    """The dossiers that were filed from this browser session."""
    return [ref for ref, visit in request.session.get(KEY, {}).items() if visit.get("filed")]


def _held(request: HttpRequest, at: datetime) -> dict[str, Any]:
    since = (at - HELD).timestamp()
    held = request.session.get(DRAFTS, {})
    return {key: touched for key, touched in held.items() if touched["at"] >= since}
