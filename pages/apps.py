"""The application `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The public face."""

    name = "pages"
    verbose_name = "Pages publiques"

    def ready(self) -> None:
        """A publication makes a document."""
        from pages.publishing import listen

        listen()
