"""Whose site a visitor is on: the organisation, its procedure page, the version in force."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from complaints.models import Organisation
from complaints.models.procedure import STREAMS
from complaints.models.procedure_version import ProcedureVersion
from pages.models import ProcedurePage
from pages.sources import sites_now

# What its editors wrote: long to read, and no other page of the site shows it.
UNREAD = ("body", "form__sections", *(f"procedure__{stream}" for stream in STREAMS))
# Which site answers there, and all the sites as they were when Wagtail said so.
_answers: dict[tuple[str, str], tuple[Any, Site | None]] = {}
MOST_HOSTS = 64


@dataclass
class Visited:
    """One site as a visitor finds it; each fact is read when a page asks for it, once."""

    site: Site | None

    @cached_property
    def organisation(self) -> Organisation | None:
        """Who publishes here; None on a site that no organisation has taken."""
        ours = Organisation.objects.filter(site=self.site).first() if self.site else None
        if ours:
            ours.site = self.site
        return ours

    @cached_property
    def page(self) -> ProcedurePage | None:
        """The procedure to read and to file under: the first one published on this site."""
        if self.organisation is None:
            return None
        pages = ProcedurePage.objects.live().filter(procedure__organisation=self.organisation)
        pages = pages.select_related("procedure", "form").defer(*UNREAD)
        page = pages.order_by("path").first()
        if page:
            page.procedure.organisation = self.organisation
        return page

    def rules_for(self, form_id: int) -> ProcedureVersion | None:
        """Those under which that form is filed today: of the first page that takes it."""
        if "page" in self.__dict__ and self.page and self.page.form_id == form_id:
            return self.page.version
        versions = ProcedureVersion.objects.filter(
            procedure__organisation=self.organisation,
            procedure__pages__live=True,
            procedure__pages__form=form_id,
        )
        return versions.order_by("procedure__pages__path", "-number").first()

    @property
    def version(self) -> ProcedureVersion | None:
        """The rules in force, named at the foot of each page."""
        return self.page.version if self.page else None


def visited(request: HttpRequest) -> Visited:
    """The site that this request asks for; found once a request."""
    if not hasattr(request, "_visited"):
        request._visited = Visited(_site_of(request))
    return request._visited


def _site_of(request: HttpRequest) -> Site | None:
    """Wagtail's own answer, which it is asked again as soon as any site has changed."""
    if hasattr(request, "_wagtail_site"):
        return request._wagtail_site
    asked, sites = (request.get_host(), request.get_port()), sites_now()
    known = _answers.get(asked)
    if known is None or known[0] != sites:
        if len(_answers) >= MOST_HOSTS:
            _answers.clear()
        known = _answers[asked] = sites, Site.find_for_request(request)
    request._wagtail_site = copy(known[1])  # where Wagtail keeps it itself
    return request._wagtail_site
