"""A post whose token is missing or no longer good: what was written is kept, and sent again.

The token follows a cookie, which goes when cookies are deleted or refused, and changes when someone
of the staff logs in beside. A post from another site is told nothing and offered nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages import salvaging
from pages.views.headers import confidential
from pages.visited import visited

# Not of the post itself, and to be given anew.
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of an input


@confidential
def unverified(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a post that could not be told from a forged one; the status is 403."""
    ours = _is_from_here(request) and salvaging.FORM in request.POST
    said = salvaging.posted_lines(request, visited(request).organisation) if ours else []
    context = {
        "typed": salvaging.as_text(said),
        "again": _posted(request) if ours else [],
        "files": [file.name for name in request.FILES for file in request.FILES.getlist(name)],
        "refuses_cookies": settings.CSRF_COOKIE_NAME not in request.COOKIES,
    }
    return render(request, "403_csrf.html", context, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Every browser says where a post comes from; without a word of it nothing is offered."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form said, to be posted again by a person's own click."""
    return [(name, text) for name, texts in request.POST.lists() if name != TOKEN for text in texts]
