"""How much one address may ask: a site that is read too fast answers nobody."""

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


class PerAddress(SimpleRateThrottle):
    """So many requests from one address; Ninja's own throttle lets every visitor of ours pass."""

    def __init__(self, scope: str, rate: str) -> None:
        self.scope = scope
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        return self.cache_format % {"scope": self.scope, "ident": address_of(request)}


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what our own proxy says, never what the visitor claims.

    A proxy writes the address it sees at the end of the header; what stands before was sent.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and settings.SECURE_PROXY_SSL_HEADER:
        return forwarded.rpartition(",")[2].strip()
    return request.META["REMOTE_ADDR"]
