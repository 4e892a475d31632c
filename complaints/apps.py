"""The application `complaints`: its API joins Wagtail's when Django is ready."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Dossiers, from filing to erasure."""

    name = "complaints"
    verbose_name = "Réclamations"

    def ready(self) -> None:
        """Routers must be on Wagtail's API before its addresses are read."""
        from complaints.api import mount

        mount()
