"""Where the screens about a procedure's versions are, and the switch of its verification."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views import View
from wagtail.admin import messages

from complaints.desk.procedures.documents import DocumentDoor
from complaints.desk.procedures.migration import MigrationView
from complaints.desk.procedures.sending import SendingView
from complaints.desk.procedures.version_screens import ComparisonView, VersionView
from complaints.desk.procedures.versions import OnProcedure, VersionsView, address
from complaints.handling.approval import RolesMissing, install_approval


class ApprovalInstall(OnProcedure, View):
    """Whoever installs the site gives an organisation its verification and approval."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        try:
            workflow = install_approval(self.procedure.organisation)
        except RolesMissing as missing:
            messages.error(request, str(missing))
        else:
            messages.success(request, f"«\u00a0{workflow.name}\u00a0» est en place.")
        return redirect(address("versions", self.procedure))


def version_paths() -> list[Any]:
    """Under a procedure's own address; each view checks the right by itself."""
    return [
        path("<int:pk>/versions/", VersionsView.as_view(), name="versions"),
        path("<int:pk>/versions/comparer/", ComparisonView.as_view(), name="compare"),
        path("<int:pk>/versions/<int:number>/", VersionView.as_view(), name="version"),
        path("<int:pk>/versions/<int:number>/dossiers/", MigrationView.as_view(), name="migrate"),
        path("<int:pk>/documents/<int:number>/", DocumentDoor.as_view(), name="document"),
        path("<int:pk>/envoyer/", SendingView.as_view(), name="send"),
        path("<int:pk>/approbation/", ApprovalInstall.as_view(), name="approval"),
    ]
