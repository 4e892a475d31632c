"""A Chromium that fails the test on whatever would have troubled a visitor."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from complaints.models import Form

# Playwright keeps an event loop in the main thread, where the tests read the database too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1366, "height": 768},
}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every violation is told whole; telling all that is well besides took most of the time.
AXE_OPTIONS = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium_path: str
) -> dict[str, Any]:
    return browser_type_launch_args | {
        "executable_path": chromium_path,
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # Without what slides and fades: axe would judge a colour that is on its way to another.
    calm = {"reduced_motion": "reduce"}
    return browser_context_args | calm | {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(autouse=True)
def _nobody_waits(db: None) -> None:
    """A browser that a test drives types faster than a person: its haste is not a robot's here."""
    Form.objects.update(minimum_seconds=0)


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong in the browser; a test that expects a trouble removes it from the list."""
    seen: list[str] = []
    yield seen
    assert not seen, "Le navigateur s’est plaint :\n" + "\n".join(seen)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], live_server: Any, troubles: list[str]
) -> Callable[..., BrowserContext]:
    """Every context is watched, so each person of a test is."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(base_url=live_server.url, **options)
        _watch(context, live_server.url, troubles)
        return context

    return watched


def _watch(context: BrowserContext, own_url: str, troubles: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"console : {message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        if not request.url.startswith((own_url, "data:", "blob:", "about:")):
            troubles.append(f"appel à un tiers : {request.url}")

    def on_failure(request: Request) -> None:
        # A download, or a page left before its end, is an aborted request: nobody is troubled.
        if request.failure != "net::ERR_ABORTED":
            troubles.append(f"requête échouée : {request.url} ({request.failure})")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            troubles.append(f"réponse {response.status} : {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: troubles.append(f"script : {error.error}"))
    context.on("request", on_request)
    context.on("requestfailed", on_failure)
    context.on("response", on_response)


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest, page: Page) -> dict[str, int]:
    """The test is played twice: on a phone, then on a computer."""
    page.set_viewport_size(request.param)
    return request.param


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` refuses any accessibility violation and says where it is."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        lines = [
            f"{violation['id']} : {violation['help']}\n    "
            + "\n    ".join(str(node["target"]) for node in violation["nodes"])
            for violation in found
        ]
        assert not found, f"axe, {page.url} :\n" + "\n".join(lines)

    return check
