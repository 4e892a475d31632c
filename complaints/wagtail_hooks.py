"""Where Wagtail finds the staff’s screens."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from complaints.desk import troubles
from complaints.desk.calendars import calculator
from complaints.desk.doors import NoBulkDelete
from complaints.desk.dossiers.listing import DossierViewSet
from complaints.desk.editing import SettingsGroup
from complaints.desk.entry import screens as entry
from complaints.desk.home import add_panel
from complaints.desk.outbox import OutboxViewSet
from complaints.desk.procedures.publishing_checks import name_the_refusal
from complaints.desk.procedures.review import name_the_review
from complaints.desk.procedures.sending import name_the_sending
from complaints.desk.register.admin import RegisterAdmin

register_snippet(DossierViewSet)
register_snippet(OutboxViewSet)
register_snippet(SettingsGroup)
modeladmin_register(RegisterAdmin)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("construct_homepage_panels", troubles.add_panel)
hooks.register("register_log_actions", name_the_review)
hooks.register("register_log_actions", name_the_refusal)
hooks.register("register_log_actions", name_the_sending)
hooks.register("register_admin_urls", calculator.urls)
hooks.register("register_admin_menu_item", calculator.menu_item)
hooks.register("register_admin_urls", entry.urls)
hooks.register("register_admin_menu_item", entry.menu_item)
# After Wagtail's own, which it replaces.
hooks.register("register_bulk_action", NoBulkDelete, order=100)


@hooks.register("insert_global_admin_css")
def desk_stylesheet() -> SafeString:
    """Our few rules; everything else is Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("complaints/desk.css"))
