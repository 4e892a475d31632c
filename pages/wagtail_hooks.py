"""Where Wagtail tells the editor of a page what it says that its procedure does not."""

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from complaints.desk.procedures.publishing_checks import tell
from pages.checking import page_findings
from pages.models import ProcedurePage


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Page) -> None:
    """Once saved, or published; what Wagtail saves by itself while one types says nothing."""
    if isinstance(page, ProcedurePage) and request.accepts("text/html"):
        tell(request, page_findings(page, timezone.localdate()))
