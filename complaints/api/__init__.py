"""DOOR: routers on Wagtail's own v3 API."""


def mount() -> None:
    """Add our routers to Wagtail's API object, before its addresses are read."""
