"""What ours is compared with: two views of a bare Django project, and its only table.

`/` renders twelve widgets with `as_p`; a post to it checks the answers and inserts them as one
row; a post to `/unchecked/` inserts what was posted as it is.
"""

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from tests.benchmarks.twelve import ANSWERS, Plain


class Row(models.Model):
    """The twelve answers as one row."""

    answers = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"{self.pk}"


def page(request: HttpRequest) -> HttpResponse:
    """The form; what is right in it is kept."""
    form = Plain(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Row.objects.create(answers={name: str(value) for name, value in form.cleaned_data.items()})
        return HttpResponseRedirect("/")
    return render(request, "bare.html", {"form": form})


def unchecked(request: HttpRequest) -> HttpResponse:
    """One row, whatever was sent."""
    Row.objects.create(answers={name: request.POST.getlist(name) for name in ANSWERS})
    return HttpResponseRedirect("/")


urlpatterns = [path("", page), path("unchecked/", unchecked)]
