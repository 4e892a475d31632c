"""The application `complaints`: its API and its rights join Wagtail's when Django is ready."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Dossiers, from filing to erasure."""

    name = "complaints"
    verbose_name = "Réclamations"

    def ready(self) -> None:
        """Routers must be on Wagtail's API, and policies known, before Wagtail asks for them."""
        from complaints.api import mount
        from complaints.desk.policies import install_policies

        mount()
        install_policies()
