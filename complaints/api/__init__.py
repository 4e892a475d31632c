"""DOOR: routers on Wagtail's own v3 API."""


def mount() -> None:
    """Add our routers to Wagtail's API object, before its addresses are read."""
    from ninja.errors import Throttled
    from wagtail.api.v3.api import api

    from complaints.api import problems
    from complaints.api.public import router

    api.add_exception_handler(problems.Problem, problems.answer)
    api.add_exception_handler(Throttled, problems.answer_throttled)
    api.add_router("/complaints/", router)
