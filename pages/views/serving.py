"""The addresses of the pages: what is kept for anyone is answered before Wagtail looks for it."""

from django.http import HttpRequest, HttpResponse
from wagtail import views

from pages import rendered
from pages.views.headers import public


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """In the place of Wagtail's own, which answers for the rest."""
    page = rendered.kept(request) if rendered.is_for_anyone(request) else None
    return public(page) if page else views.serve(request, path)
