"""The procedure page as any visitor gets it: drawn once, kept by the process until it changes.

What is one visitor's own is never kept: the secret of the form, its key and its challenge are put
in their places for each. Where the page says what it says is asked of the database each time: an
edit shows at once, whichever process made it.
"""

import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from threading import Lock
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from wagtail.models import Site

from complaints.models import Form
from pages import guard
from pages.challenges import Challenge
from pages.models import ProcedurePage
from pages.sources import Sources, sources_of
from pages.visits import DRAFTS

MOST = 64
# A text that links to another page, or to a document, says where that is: nobody watches it here.
LINK = "linktype="
# All that a page is drawn with: nothing in it tells who asks.
KNOWN = (
    "PATH_INFO",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "wsgi.url_scheme",
)


@dataclass(frozen=True)
class Marks:
    """What is one visitor's own in a page that shows a form."""

    csrf: str
    key: UUID
    challenge: Challenge | None

    @classmethod
    def stand_in(cls, form: Form | None) -> "Marks":
        """Words that nobody can have written in the page, each in the place of a real one."""
        challenge = guard.challenge(form, timezone.now()) if form else None
        return cls(secrets.token_hex(32), uuid4(), challenge)

    @classmethod
    def of(cls, request: HttpRequest, form: Form) -> "Marks":
        """New ones for this visitor, whose cookie goes with them."""
        return cls(get_token(request), uuid4(), guard.challenge(form, timezone.now()))

    def __iter__(self) -> Iterator[str]:
        yield from (self.csrf, str(self.key))
        if self.challenge:
            yield from (self.challenge.token, self.challenge.shown.nonce)


@dataclass(frozen=True)
class Mold:
    """A page with a place left for each mark: a text, a mark, a text and so on."""

    page: int
    day: date
    sources: Sources
    form: Form | None
    texts: list[str]
    marks: list[int]

    def fill(self, request: HttpRequest) -> HttpResponse:
        """The page for that visitor."""
        filled = self.texts[:1]
        if self.marks:
            theirs = list(Marks.of(request, self.form))
            for mark, text in zip(self.marks, self.texts[1:], strict=True):
                filled += theirs[mark], text
        return HttpResponse("".join(filled))


Draw = Callable[[HttpRequest, Marks], HttpResponse]
_molds: OrderedDict[tuple[str, ...], Mold] = OrderedDict()
_lock = Lock()


def is_for_anyone(request: HttpRequest) -> bool:
    """Whether the page has nothing to say to that visitor alone."""
    if request.method not in ("GET", "HEAD") or settings.DEBUG:
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    return not (request.session.get(DRAFTS) or SESSION_KEY in request.session)


def kept(request: HttpRequest) -> HttpResponse | None:
    """The page of that address if it is kept and still says what it said.

    The rows tell that the address still leads to it, as long as every page is for everyone.
    """
    mold = _kept_at(_place(request))
    if mold is None or mold.day != timezone.localdate() or mold.sources.is_restricted:
        return None
    return mold.fill(request) if mold.sources == sources_of(mold.page) else None


def shown(request: HttpRequest, page: ProcedurePage, draw: Draw) -> HttpResponse:
    """The page to which the address leads: drawn by `draw`, then kept, unless it is already."""
    before, day = sources_of(page.pk), timezone.localdate()
    mold = _kept_at(_place(request))
    if mold and (mold.page, mold.day, mold.sources) == (page.pk, day, before):
        return mold.fill(request)
    mold = _molded(request, page, draw, before, day)
    # What changes while it is drawn may be in it or not.
    if before == sources_of(page.pk) and not _links(page):
        with _lock:
            _molds[_place(request)] = mold
            while len(_molds) > MOST:
                _molds.popitem(last=False)
    return mold.fill(request)


def forget_all() -> None:
    """Every page is drawn anew."""
    with _lock:
        _molds.clear()


def _place(request: HttpRequest) -> tuple[str, ...]:
    return request.get_host(), request.scheme or "", request.path


def _kept_at(place: tuple[str, ...]) -> Mold | None:
    with _lock:
        if place in _molds:
            _molds.move_to_end(place)
        return _molds.get(place)


def _links(page: ProcedurePage) -> bool:
    return LINK in json.dumps(list(page.body.raw_data))


def _molded(
    request: HttpRequest, page: ProcedurePage, draw: Draw, sources: Sources, day: date
) -> Mold:
    form = page.form if page.form_id else None
    marks = Marks.stand_in(form)
    html = draw(_anybody(request), marks).content.decode()
    words = list(marks)
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", html)
    found = [words.index(piece) for piece in pieces[1::2]]
    return Mold(page.pk, day, sources, form, pieces[::2], found)


def _anybody(request: HttpRequest) -> HttpRequest:
    """The same request, without anything of who makes it."""
    known = KNOWN + (settings.SECURE_PROXY_SSL_HEADER or ())[:1]
    told = {name: request.META[name] for name in known if name in request.META}
    anybody = WSGIRequest(told | {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO()})
    anybody.user = AnonymousUser()
    anybody._wagtail_site = Site.find_for_request(request)  # Wagtail keeps it there itself
    return anybody
