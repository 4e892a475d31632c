"""What public answers tell browsers: no third party, and for dossiers no copy and no trace."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

View = Callable[..., HttpResponse]


def see_other(address: str) -> HttpResponse:
    """The post is done: read on there. A reload of what follows posts nothing again."""
    return HttpResponse(status=303, headers={"Location": address})


def public(response: HttpResponse) -> HttpResponse:
    """A page for everyone that holds a form: asked again each time, never shared by a cache."""
    response["Content-Security-Policy"] = POLICY
    patch_cache_control(response, private=True, no_cache=True)
    return response


def post_only(view: View) -> View:
    """Only a form leads here; a browser that reopens tabs asks without one: show the way back."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        response = render(request, "pages/post_only.html", kwargs, status=405)
        response["Allow"] = "POST"
        return response

    return answer


def confidential(view: View) -> View:
    """A page for one person: never stored, never indexed, its address told to no other site.

    Not « no-referrer »: a browser then posts the page's forms with « Origin: null », which the
    check against forged posts refuses.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer
