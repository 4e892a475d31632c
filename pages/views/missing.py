"""An address that leads nowhere: a page that was closed while somebody filled in its form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from pages import guard, salvaging
from pages.views.headers import confidential
from pages.visited import visited


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of the status 404; what was written is shown, to be copied."""
    if request.method != "POST" or guard.DRAFT not in request.POST:
        return page_not_found(request, exception)
    return closed(request, 404)


@confidential
def closed(request: HttpRequest, status: int = 409) -> HttpResponse:
    """There is no form any more to hold what was written."""
    said = salvaging.posted_lines(request, visited(request).organisation)
    context = {"typed": salvaging.as_text(said)}
    return render(request, "pages/closed.html", context, status=status)
