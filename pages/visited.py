"""Whose site a visitor is on: the organisation, its procedure page, the version in force."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from wagtail.models import Site

from complaints.models import Organisation
from complaints.models.procedure_version import ProcedureVersion
from pages.models import ProcedurePage


@dataclass
class Visited:
    """One site as a visitor finds it; each fact is read when a page asks for it, once."""

    site: Site | None

    @cached_property
    def organisation(self) -> Organisation | None:
        """Who publishes here; None on a site that no organisation has taken."""
        return Organisation.objects.filter(site=self.site).first() if self.site else None

    @cached_property
    def page(self) -> ProcedurePage | None:
        """The procedure to read and to file under: the first one published on this site."""
        if self.organisation is None:
            return None
        pages = ProcedurePage.objects.live().filter(procedure__organisation=self.organisation)
        page = pages.select_related("procedure", "form").defer("body").order_by("path").first()
        if page:
            page.procedure.organisation = self.organisation
        return page

    @property
    def version(self) -> ProcedureVersion | None:
        """The rules in force, named at the foot of each page."""
        return self.page.version if self.page else None


def visited(request: HttpRequest) -> Visited:
    """The site that this request asks for; found once a request."""
    if not hasattr(request, "_visited"):
        request._visited = Visited(Site.find_for_request(request))
    return request._visited
