"""The register, with wagtail-modeladmin: read, searched, exported; never written."""

from io import BytesIO
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView, WMABaseView

from complaints.desk.doors import rows_for
from complaints.desk.paging import CappedPaginator
from complaints.desk.policies import within
from complaints.desk.register.filters import NumberSearch, OrganisationFilter, YearFilter
from complaints.models import RegisterEntry, access
from complaints.register.columns import COLUMNS, register_line
from complaints.register.lines import columns_of, entries_with_dossiers, lines
from complaints.register.spreadsheets import csv_lines, write_xlsx

# What the list shows; the line itself has every column.
SHOWN = {
    "received_on": "Reçue le",
    "client": "Réclamant",
    "subject": "Objet",
    "outcome": "Sens",
    "responded_on": "Répondu le",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReadersOnly(PermissionHelper):
    """Who sees dossiers reads the register; nobody writes it."""

    def user_can_list(self, user: Any) -> bool:
        return bool(within(user, access.organisations_seen_by))

    def user_can_inspect_obj(self, user: Any, obj: RegisterEntry) -> bool:
        return rows_for(user, RegisterEntry).filter(pk=obj.pk).exists()

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: RegisterEntry) -> bool:
        return False

    user_can_delete_obj = user_can_edit_obj


class RegisterPaginator(CappedPaginator):
    """Counts lines."""

    verbose_name = "ligne"
    verbose_name_plural = "lignes"


class RegisterView(IndexView):
    """The list, and its exports."""

    paginator_class = RegisterPaginator

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """Only the filters shown: another lookup in the address could ask for anything."""
        specs, has_filters, _unknown, distinct = super().get_filters(request)
        return specs, has_filters, {}, distinct

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponse:
        """What the list shows, with the columns that the procedures name."""
        columns = columns_of(within(self.request.user, access.organisations_seen_by))
        titles, rows = [column.title for column in columns], lines(queryset, columns)
        name = f"registre-{timezone.localdate():%Y-%m-%d}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_CSV:
            response = StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv")
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        else:
            output = BytesIO()
            write_xlsx(titles, rows, output)
            output.seek(0)
            response = FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In Wagtail's own dress; counted once and up to a cap, where modeladmin counts thrice."""
        paginator = self.paginator_class(self.queryset, self.items_per_page)
        page = paginator.get_page(self.page_num or 1)
        return WMABaseView.get_context_data(
            self,
            **header(),
            header_buttons=self.export_buttons(),
            filters=[list(spec.choices(self)) for spec in self.filter_specs],
            table=Table(self.columns(), page.object_list),
            paginator=paginator,
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            **kwargs,
        )

    def columns(self) -> list[Column]:
        """Enough to find a line; the line itself has them all."""
        number = TitleColumn(
            "number",
            label="Numéro",
            accessor=str,
            url_name=self.url_helper.get_action_url_name("inspect"),
            classname="desk-nowrap",
        )
        return [number, *(_column(key, title) for key, title in SHOWN.items())]

    def export_buttons(self) -> list[HeaderButton]:
        """The two files."""
        return [
            HeaderButton("Exporter en XLSX", url=self.xlsx_export_url, icon_name="download"),
            HeaderButton("Exporter en CSV", url=self.csv_export_url, icon_name="download"),
        ]


class LineView(InspectView):
    """One line, with the columns of the dossier's own procedure."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """404 about the lines of others: modeladmin itself looks among all."""
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_fields_dict(self) -> list[dict[str, str]]:
        line = register_line(self.instance.dossier)
        return [{"label": title, "value": value} for title, value in line]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **header(str(self.instance)))


def header(line: str = "") -> dict[str, Any]:
    """The title of Wagtail's own pages, and the way back."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": reverse("registre_modeladmin_index") if line else "", "label": "Registre"},
    ]
    if line:
        trail.append({"url": "", "label": line})
    return {
        "breadcrumbs_items": trail,
        "header_title": f"Registre : {line}" if line else "Registre",
        "header_icon": "table",
    }


def _column(key: str, title: str) -> Column:
    return Column(key, label=title, accessor=lambda entry: COLUMNS[key](entry.dossier) or "—")


class RegisterAdmin(ModelAdmin):
    """« Registre »."""

    model = RegisterEntry
    base_url_path = "registre"
    menu_label = "Registre"
    menu_item_name = "registre"
    menu_icon = "table"
    menu_order = 20
    list_filter = (YearFilter, OrganisationFilter)
    list_per_page = 25
    ordering = ("-year", "-number")
    inspect_view_enabled = True
    history_view_enabled = False
    index_view_class = RegisterView
    inspect_view_class = LineView
    permission_helper_class = ReadersOnly
    search_handler_class = NumberSearch
    inspect_template_name = "complaints/desk/register/line.html"
    index_template_name = "complaints/desk/register/register.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        mine = rows_for(request.user, RegisterEntry).order_by(*self.ordering)
        return entries_with_dossiers(mine)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """Only the addresses that read."""
        reading = tuple(self.url_helper.get_action_url_name(name) for name in ("index", "inspect"))
        return tuple(
            url for url in super().get_admin_urls_for_registration() if url.name in reading
        )

    def get_permissions_for_registration(self) -> QuerySet:
        """Nothing to tick in a group: the right to read follows the roles."""
        return Permission.objects.none()

    def register_indexing(self) -> None:
        """Wagtail would look for pages that name a line; there are none."""
