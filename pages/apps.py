"""The application `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The public face."""

    name = "pages"
    verbose_name = "Pages publiques"

    def ready(self) -> None:
        """A publication makes a document; programs read the page as people do."""
        from pages.fields import describe_to_the_api
        from pages.publishing import listen

        describe_to_the_api()
        listen()
