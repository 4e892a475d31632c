"""How often one address may do something in an hour, and what may be done only once.

All is counted in the shared cache. When the cache does not answer, the visitor passes.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from complaints.api.throttles import address_of

HOUR = 3600
# Above the hour, so that no clock that is a little late sees a count end before its hour.
KEPT = 2 * HOUR
logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def within(limit: int, scope: str, request: HttpRequest, at: datetime) -> bool:
    """Count one more from there in this hour; whether it is within the limit, 0 for none."""
    place = _place_of(request)
    if not limit or not place:
        return True
    return _asked(lambda: _one_more(_key(scope, place, f"{_hour(at)}")) <= limit, True)


def next_hour(at: datetime) -> datetime:
    """When the count begins again."""
    return datetime.fromtimestamp((_hour(at) + 1) * HOUR, UTC)


def take(scope: str, name: str, owner: str, life: timedelta) -> bool:
    """Whether `name` is the first time of `owner`, or was; an unnamed owner takes it once."""
    key, mark = _key(scope, name), _hidden(owner)

    def ours() -> bool:
        first = cache.add(key, mark, life.total_seconds())
        return first or bool(owner and cache.get(key) == mark)

    return _asked(ours, True)


def taken(scope: str, name: str) -> bool:
    """Whether someone took it."""
    return _asked(lambda: cache.get(_key(scope, name)) is not None, False)


def left(scope: str, name: str) -> int | None:
    """How many more times were allowed; None when that was never said."""
    return _asked(lambda: cache.get(_key(scope, name)), None)


def allow(scope: str, name: str, times: int, life: timedelta) -> None:
    """So many more times from now on."""
    _asked(lambda: cache.set(_key(scope, name), times, life.total_seconds()), None)


def _one_more(key: str) -> int:
    """How many they are with this one. Two at the very same moment may count for one in files."""
    if cache.add(key, 1, KEPT):
        return 1
    count = cache.incr(key)
    cache.touch(key, KEPT)  # a cache in files forgets the time at each addition
    return count


def _hour(at: datetime) -> int:
    return int(at.timestamp() // HOUR)


def _place_of(request: HttpRequest) -> str:
    """One line's worth of addresses: one of IPv4, or the /64 that a provider gives in IPv6.

    Empty when nobody can tell visitors apart, as behind a proxy that does not say whom it serves:
    a limit would then close the form to all of them.
    """
    hidden = settings.SECURE_PROXY_SSL_HEADER and "X-Forwarded-For" not in request.headers
    address = "" if hidden else address_of(request)
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


def _key(scope: str, *parts: str) -> str:
    """No name, no address can be read in the cache."""
    return f"{scope}:{_hidden(':'.join(parts))}"


def _hidden(text: str) -> str:
    return salted_hmac("pages.rates", text, algorithm="sha256").hexdigest()[:40]


def _asked(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """The cache's answer. Each kind of cache fails in its own way, and none may stop a person."""
    try:
        return ask()
    except Exception:
        logger.warning("Le cache ne répond pas : un envoi passe sans être compté.", exc_info=True)
        return otherwise
