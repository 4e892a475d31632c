"""One organisation from its file: site, rules, form, page; loaded once, left alone afterwards."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from complaints.handling.approval import install_approval
from complaints.handling.presets import drafted, read_preset
from complaints.handling.roles import install_roles
from complaints.models import (
    Form,
    FormVersion,
    Mediator,
    Organisation,
    Procedure,
    ProcedureVersion,
)
from complaints.workflow.overlay import overlay
from pages.models import ProcedurePage

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demonstration"
# In the order in which they are told; the first one answers at the address itself.
ORDER = ("connectsens", "sophroattitude", "cafemetrie", "cyberini", "ihrm")
ORGANISATIONS = tuple(slug for slug in ORDER if (FOLDER / f"{slug}.json").exists())


def read(slug: str) -> dict[str, Any]:
    """The file of that organisation."""
    return json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))


def address_of(slug: str, base_url: str) -> str:
    """Where that organisation answers: http://localhost:8000, http://cafemetrie.localhost:8000."""
    if slug == ORDER[0]:
        return base_url
    address = urlsplit(base_url)
    return urlunsplit(address._replace(netloc=f"{slug}.{address.netloc}"))


@transaction.atomic
def load_organisation(data: dict[str, Any], base_url: str) -> ProcedurePage:
    """The published page of that organisation, made if it is not there yet."""
    organisation = Organisation.objects.filter(slug=data["organisation"]["slug"]).first()
    if organisation is None:
        site = _site(data["organisation"]["name"], base_url)
        organisation = Organisation.objects.create(site=site, **data["organisation"])
        page = _publish_page(organisation, data)
        _stand_on(site, page)
        install_roles(organisation)
        if "approvals" in data["procedure"]:
            install_approval(organisation)
    return ProcedurePage.objects.get(procedure__organisation=organisation)


def _site(name: str, base_url: str) -> Site:
    """The address of the organisation; the first one takes the site that Wagtail installed."""
    address = urlsplit(base_url)
    where = {"hostname": address.hostname, "port": address.port or 80}
    site = Site.objects.filter(is_default_site=True, organisation=None).first() or Site()
    site.hostname, site.port, site.site_name = where["hostname"], where["port"], name
    if site.pk is None:
        site.root_page = Page.get_first_root_node()
    site.save()
    return site


def _stand_on(site: Site, page: Page) -> None:
    """The procedure is the site's first page; Wagtail's own greeting is not needed any more."""
    welcome, site.root_page = site.root_page, page
    site.save()
    if welcome.depth == 2 and type(welcome.specific) is Page:
        Page.objects.get(pk=welcome.pk).delete()


def _publish_page(organisation: Organisation, data: dict[str, Any]) -> ProcedurePage:
    page = Page.get_first_root_node().add_child(
        instance=ProcedurePage(
            **data["page"],
            procedure=_publish_procedure(organisation, data["procedure"]),
            form=_publish_form(organisation, data["form"]),
        )
    )
    page.save_revision().publish()
    return page


def _publish_procedure(organisation: Organisation, data: dict[str, Any]) -> Procedure:
    """A preset with what the organisation does otherwise, as its editors would have made it."""
    procedure = drafted(
        organisation,
        overlay(read_preset(data["preset"]), data["changes"]),
        title=data["title"],
        reference=data["reference"],
        mediator=_mediator(data.get("mediator")),
    )
    procedure.full_clean()
    procedure.save()
    ProcedureVersion.freeze(
        Procedure.objects.get(pk=procedure.pk),
        at=_noon(data["in_force_on"]),
        approvals=data.get("approvals", []),
    )
    procedure.save_revision().publish()
    return procedure


def _mediator(facts: dict[str, Any] | None) -> Mediator | None:
    """The record of that name, shared by those who name the same mediator."""
    if facts is None:
        return None
    return Mediator.objects.get_or_create(name=facts["name"], defaults=facts)[0]


def _publish_form(organisation: Organisation, data: dict[str, Any]) -> Form:
    form = Form(
        organisation=organisation,
        title=data["title"],
        slug=data["slug"],
        reference=data["reference"],
    )
    form.write(data)
    form.full_clean()
    form.save()
    FormVersion.freeze(Form.objects.get(pk=form.pk), at=_noon(data["effective_on"]))
    form.save_revision().publish()
    return form


def _noon(day: str) -> datetime:
    """A day as an instant of that day in Paris."""
    zone = timezone.get_default_timezone()
    return datetime.combine(date.fromisoformat(day), time(12), zone)
