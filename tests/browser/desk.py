"""What someone of the staff does in a browser, and what every screen of theirs must be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError

from complaints.models import Dossier
from pages.demonstration.accounts import PASSWORD

COMPUTER, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# Wagtail hides what sticks out of <main>: the page itself never grows wider.
TOO_WIDE = """[document.documentElement, ...document.querySelectorAll("main")]
    .filter((part) => part.scrollWidth > part.clientWidth)
    .map((part) => `${part.tagName} : ${part.scrollWidth} > ${part.clientWidth}`)"""
# A message that fades in has no colour to judge yet.
STILL = """document.getAnimations()
    .every((one) => !(one instanceof CSSTransition) || one.playState !== "running")"""

NewContext = Callable[..., BrowserContext]
Axe = Callable[[Page], None]


@contextmanager
def refused(troubles: list[str], status: int) -> Iterator[None]:
    """What happens inside is answered with that status, and Chromium says so."""
    before = len(troubles)
    yield
    said = troubles[before:]
    assert said, f"aucune réponse {status}"
    assert all(str(status) in trouble for trouble in said), said
    del troubles[before:]


def fits(page: Page) -> None:
    """Nothing sticks out on the side, once what slides has slid."""
    with suppress(TimeoutError):
        page.wait_for_function(f"{TOO_WIDE}.length === 0", timeout=3000)
    found = page.evaluate(TOO_WIDE)
    assert not found, f"{page.url}, {page.viewport_size} : {found}"


def sound(page: Page, axe: Axe) -> None:
    """Settled, nothing sticks out on the side, no accessibility violation."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(STILL)
    fits(page)
    axe(page)


def sound_everywhere(page: Page, axe: Axe) -> None:
    """On a phone in the dark, then on a computer in daylight."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    sound(page, axe)
    page.set_viewport_size(COMPUTER)
    page.emulate_media(color_scheme="light")
    sound(page, axe)


def press_until(button: Locator, shown: Locator) -> None:
    """What is pressed while the page still draws itself may do nothing, or close again at once."""
    for _ in range(4):
        button.click()
        with suppress(TimeoutError):
            shown.wait_for(timeout=4000)
            return
    shown.wait_for()


def unfold(panel: Locator) -> None:
    """Open it, as its chevron does."""
    press_until(
        panel.locator("[data-panel-toggle]").first,
        panel.locator("[data-panel-toggle][aria-expanded=true]").first,
    )


def press(page: Page, button: str) -> None:
    """The button of exactly that name."""
    page.get_by_role("button", name=button, exact=True).click()


def log_in(page: Page, login: str = "alice") -> Page:
    page.goto(reverse("wagtailadmin_home"))
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url(f"**{reverse('wagtailadmin_home')}")
    return page


def go_by_the_menu(page: Page, name: str) -> None:
    """On a phone the menu is folded."""
    menu = page.get_by_role("button", name="Afficher/masquer la barre latérale")
    link = page.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        menu.click()
    link.click()


def open_dossier(page: Page, dossier: Dossier) -> None:
    page.goto(reverse("dossiers:inspect", args=[dossier.pk]))


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there, as someone without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"le clavier n’atteint pas {target}")
