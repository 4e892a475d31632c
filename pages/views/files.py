"""Files that have an address of their own: the procedure in force as PDF, the site's icon."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from complaints.models import ProcedureDocument
from pages.visited import visited

ICON = Path(__file__).parent.parent / "static" / "pages" / "favicon.ico"


def document_in_force(request: HttpRequest) -> ProcedureDocument | None:
    """The newest PDF of the page this site shows; asked once a request."""
    if not hasattr(request, "_document"):
        page = visited(request).page
        request._document = page.document if page else None
    return request._document


def _etag(request: HttpRequest) -> str | None:
    document = document_in_force(request)
    return f'"{document.sha256}"' if document else None


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_etag)
def procedure(request: HttpRequest) -> HttpResponse:
    """The procedure of this site's organisation; 404 while none was made."""
    document = document_in_force(request)
    if document is None:
        raise Http404
    slug = visited(request).organisation.slug
    return FileResponse(
        document.pdf.open("rb"),
        filename=f"procedure-{slug}-{document.number}.pdf",
        content_type="application/pdf",
    )


@require_safe
@cache_control(max_age=86_400, public=True)
def icon(request: HttpRequest) -> HttpResponse:
    """What a browser asks for by itself, at the one address it knows."""
    return FileResponse(ICON.open("rb"), content_type="image/x-icon")
