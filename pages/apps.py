"""The application `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The public face."""

    name = "pages"
    verbose_name = "Pages publiques"
