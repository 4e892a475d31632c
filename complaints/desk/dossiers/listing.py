"""Dossiers in Wagtail's admin: a snippet that is listed and opened, and changed by moves only."""

from typing import Any

from django.urls import path

from complaints.desk.doors import ReadOnlyViewSet
from complaints.desk.dossiers.files import AttachmentDoor, LetterDoor
from complaints.desk.dossiers.move import MoveScreen
from complaints.desk.dossiers.notes import AssignmentScreen, NoteScreen
from complaints.desk.dossiers.queue import QueueFilters, QueueView
from complaints.desk.dossiers.screen import DossierScreen
from complaints.desk.entry.noted import CopyDoor
from complaints.models import Dossier


class DossierViewSet(ReadOnlyViewSet):
    """The queue, and the screens of one dossier."""

    model = Dossier
    icon = "clipboard-list"
    menu_label = "Dossiers"
    menu_name = "dossiers"
    menu_order = 10
    add_to_admin_menu = True
    base_url_path = "dossiers"
    admin_url_namespace = "dossiers"
    index_view_class = QueueView
    filterset_class = QueueFilters
    # Wagtail would look for pages that name each dossier; there are none.
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[Any]:
        """The list, then one address for each thing one does with a dossier."""
        see = self.construct_view
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", see(DossierScreen), name="inspect"),
            path("<int:pk>/action/<slug:move>/", see(MoveScreen), name="move"),
            path("<int:pk>/note/", see(NoteScreen), name="note"),
            path("<int:pk>/attribution/", see(AssignmentScreen), name="assign"),
            path("<int:pk>/piece/<int:attachment>/", see(AttachmentDoor), name="attachment"),
            path("<int:pk>/copie.pdf", see(CopyDoor), name="copy"),
            path("<int:pk>/courrier/<int:letter>.pdf", see(LetterDoor), name="letter"),
        ]
