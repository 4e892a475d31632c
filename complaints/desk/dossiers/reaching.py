"""What every screen of one dossier has in common: the right to be there, and the way back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.desk.doors import rows_for
from complaints.handling.actors import Actor
from complaints.models import Dossier


class OnDossier(WagtailAdminTemplateMixin):
    """A view of the dossier of the address; 404 if it is not one of the person's."""

    model = Dossier
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.dossier: Dossier = get_object_or_404(self.dossiers(), pk=kwargs["pk"])

    def dossiers(self) -> QuerySet:
        """Theirs, with what each screen names."""
        named = (
            "organisation__site",
            "procedure_version__mediator",
            "form_version",
            "assigned_to",
            "register_entry",
        )
        found = rows_for(self.request.user, Dossier).select_related(*named)
        return found.prefetch_related("parties")

    @property
    def actor(self) -> Actor:
        """Who acts, for the deeds."""
        return Actor.staff(self.request.user)

    @property
    def dossier_url(self) -> str:
        """The dossier's own screen."""
        return reverse("dossiers:inspect", args=[self.dossier.pk])

    def get_header_title(self) -> str:
        title = self.get_page_title()
        return f"{self.dossier.reference} : {title}" if title else self.dossier.reference

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Dossiers › the dossier › what is being done to it."""
        trail = [
            {"url": reverse("dossiers:list"), "label": "Dossiers"},
            {"url": self.dossier_url, "label": self.dossier.reference},
        ]
        if title := self.get_page_title():
            trail.append({"url": "", "label": title})
        return super().get_breadcrumbs_items() + trail

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, dossier=self.dossier, dossier_url=self.dossier_url
        )

    def back_saying(self, sentence: str, *, away: bool = False) -> HttpResponseRedirect:
        """To the dossier, with a word on what was done; `away`: to the queue, it is theirs no more.

        Only a recusal takes a dossier from who is looking at it: the others need not ask.
        """
        messages.success(self.request, sentence)
        return redirect("dossiers:list" if away else self.dossier_url)


def seen_by(request: HttpRequest) -> int:
    """The length of the journal that the person was looking at; a post without it saw nothing."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1
