"""What the organisation of a site has published: its procedures in force, its forms."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.models import Site

from complaints.api.problems import not_found
from complaints.models import FormVersion, Organisation, ProcedureVersion

NO_ORGANISATION = "Ce site n’est celui d’aucun organisme."
NO_PROCEDURE = "Aucune procédure en vigueur ne porte cet identifiant sur ce site."
NO_FORM = "Aucun formulaire publié ne porte cet identifiant sur ce site."


def organisation_of(request: HttpRequest) -> Organisation:
    """The organisation whose site is asked; raises Problem when it has none."""
    organisation = Organisation.objects.filter(site=Site.find_for_request(request)).first()
    if organisation is None:
        raise not_found(NO_ORGANISATION)
    return organisation


def slug_of(version: ProcedureVersion) -> str:
    """A procedure is asked by its reference: « CS-PROC-REC » is `cs-proc-rec`."""
    return slugify(version.reference)


def procedures(request: HttpRequest) -> QuerySet[ProcedureVersion]:
    """The version in force of each published procedure of this site."""
    newest = ProcedureVersion.objects.filter(procedure=OuterRef("procedure")).order_by("-number")
    return ProcedureVersion.objects.filter(
        procedure__organisation=organisation_of(request),
        procedure__live=True,
        pk=Subquery(newest.values("pk")[:1]),
    ).select_related("mediator")


def procedure(request: HttpRequest, slug: str) -> ProcedureVersion:
    """The one of that slug; raises Problem."""
    for version in procedures(request):
        if slug_of(version) == slug:
            return version
    raise not_found(NO_PROCEDURE)


def form(request: HttpRequest, slug: str) -> FormVersion:
    """The version that visitors of this site fill in today; raises Problem."""
    version = (
        FormVersion.objects.filter(
            form__organisation=organisation_of(request), form__live=True, form__slug=slug
        )
        .select_related("form")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise not_found(NO_FORM)
    return version
