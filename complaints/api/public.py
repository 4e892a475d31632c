"""What any program may read without a key: the procedure in force, the form in force."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from wagtail.api.v3.auth import AllowAnonymous

from complaints.api import problems, published
from complaints.api.forms import FormOut
from complaints.api.procedures import ProcedureOut, ProceduresOut
from complaints.api.throttles import PerAddress
from complaints.models import FormVersion, ProcedureVersion

router = Router(
    tags=["Réclamations"],
    auth=AllowAnonymous(),
    throttle=PerAddress("complaints-read", "120/min"),
    by_alias=True,
)


def refusals(missing: str) -> dict[str, Any]:
    """What these addresses may refuse, for the OpenAPI document."""
    refused = (problems.not_found(missing), problems.Problem(429, *problems.TOO_MANY))
    return {"responses": {problem.status: problems.described(problem) for problem in refused}}


@router.get(
    "/procedures/",
    response=ProceduresOut,
    url_name="complaints_procedures",
    operation_id="complaints_procedures_list",
    summary="Procédures en vigueur",
    description="Les procédures que l’organisme de ce site a publiées et applique aujourd’hui.",
    openapi_extra=refusals(published.NO_ORGANISATION),
)
def list_procedures(request: HttpRequest) -> dict[str, Any]:
    """Every procedure in force on this site."""
    items = list(published.procedures(request))
    return {"count": len(items), "items": items}


@router.get(
    "/procedures/{slug}/",
    response=ProcedureOut,
    url_name="complaints_procedure",
    operation_id="complaints_procedures_detail",
    summary="Une procédure en vigueur",
    description="Étapes, délais annoncés, parties prenantes, médiateur et durée de conservation, "
    "tels que la page les montre et que les échéances les appliquent.",
    openapi_extra=refusals(published.NO_PROCEDURE),
)
def read_procedure(request: HttpRequest, slug: str) -> ProcedureVersion:
    """One procedure in force on this site."""
    return published.procedure(request, slug)


@router.get(
    "/forms/{slug}/",
    response=FormOut,
    url_name="complaints_form",
    operation_id="complaints_forms_detail",
    summary="Un formulaire en vigueur",
    description="Les questions avec leurs libellés, et le schéma JSON que les réponses doivent "
    "respecter. L’empreinte change quand une question change.",
    openapi_extra=refusals(published.NO_FORM),
)
def read_form(request: HttpRequest, slug: str) -> FormVersion:
    """One form in force on this site."""
    return published.form(request, slug)
