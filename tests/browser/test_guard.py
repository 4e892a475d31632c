"""What keeps robots out, in Chromium: a person neither sees it nor waits for it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from pages import guard
from pages.views.headers import POLICY
from tests.browser.desk import COMPUTER, PHONE, TOO_WIDE
from tests.pages.guarded import ALL, Sender, guarded

Axe = Callable[[Page], None]
FORM = guarded(**ALL)
DOCUMENT = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/bootstrap/css/bootstrap.min.css">
<link rel="stylesheet" href="/static/pages/site.css">
<script src="/static/pages/site.js" defer></script></head><body><main class="wrap"><h1>Essai</h1>
<form class="sheet" method="post" data-once>
<div class="question"><label class="form-label" for="faits">Les faits</label>
<textarea class="form-control" id="faits" name="faits"></textarea></div>
{guard}<p><button class="btn btn-primary" name="geste" value="envoyer">Envoyer</button></p>
</form></main></body></html>"""


class Door:
    """A page of its own that a browser opens, and what its form posted."""

    def __init__(self, context: BrowserContext, challenge: guard.Challenge) -> None:
        self.posted: dict[str, str] = {}
        guarding = render_to_string("pages/guard.html", {"challenge": challenge})
        self.document = DOCUMENT.format(guard=guarding)
        self.page = context.new_page()
        self.page.route("**/essai/", self.answer)
        self.page.goto("/essai/")

    def answer(self, route: Route) -> None:
        if route.request.method == "POST":
            sent = parse_qs(route.request.post_data, keep_blank_values=True)
            self.posted = {name: values[0] for name, values in sent.items()}
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        said = "<title>Reçu</title><h1>Reçu</h1>" if self.posted else self.document
        route.fulfill(body=said, headers=headers)

    def press(self) -> None:
        self.page.get_by_role("button").click()

    def received(self) -> dict[str, str]:
        expect(self.page.get_by_role("heading", name="Reçu")).to_be_visible()
        return self.posted


def sound(page: Page, axe: Axe) -> None:
    """On a phone in the dark, then on a computer in daylight, no colour on its way."""
    for size, colours in ((PHONE, "dark"), (COMPUTER, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        assert page.evaluate(TOO_WIDE) == []
        axe(page)


@pytest.fixture
def challenge() -> guard.Challenge:
    return guard.challenge(FORM, timezone.now())


def proved(posted: dict[str, str], challenge: guard.Challenge) -> bool:
    return challenge.shown.proved_by(posted[guard.PROOF])


def test_the_sum_is_done_while_a_person_writes(
    context: BrowserContext, challenge: guard.Challenge, axe: Axe
) -> None:
    door = Door(context, challenge)
    sound(door.page, axe)
    assert door.page.locator(f"[name={guard.PROOF}]").input_value() == ""
    door.page.keyboard.press("Tab")
    door.page.keyboard.type("Rien reçu.")
    door.page.keyboard.press("Tab")
    expect(door.page.get_by_role("button")).to_be_focused()
    expect(door.page.locator(f"[name={guard.PROOF}]")).not_to_have_value("")
    door.page.keyboard.press("Enter")
    posted = door.received()
    assert posted["faits"] == "Rien reçu."
    assert posted[guard.TRAP] == ""
    assert posted["geste"] == "envoyer"
    assert proved(posted, challenge)


def test_who_sends_at_once_is_told_and_has_nothing_more_to_do(
    context: BrowserContext, challenge: guard.Challenge, axe: Axe
) -> None:
    held: list[Route] = []
    context.route("**/guard-worker*.js", lambda route: held.append(route))
    door = Door(context, challenge)
    door.press()
    status = door.page.get_by_role("status")
    expect(status).to_contain_text("l’envoi part tout seul")
    door.press()
    axe(door.page)
    held.pop().continue_()
    posted = door.received()
    assert posted["geste"] == "envoyer"
    assert proved(posted, challenge)


def test_a_browser_that_cannot_do_it_sends_all_the_same(
    context: BrowserContext, challenge: guard.Challenge, troubles: list[str]
) -> None:
    context.route("**/guard-worker*.js", lambda route: route.abort())
    door = Door(context, challenge)
    door.press()
    assert door.received()[guard.PROOF] == ""
    troubles.clear()


def test_without_a_script_the_form_leaves_without_the_sum(
    new_context: Callable[..., BrowserContext], challenge: guard.Challenge
) -> None:
    door = Door(new_context(java_script_enabled=False), challenge)
    door.press()
    assert door.received()[guard.PROOF] == ""


def test_a_box_that_was_filled_is_there_to_be_emptied(context: BrowserContext, axe: Axe) -> None:
    sender = Sender(guarded(honeypot=True))
    request: Any = sender.request(**{guard.TRAP: "https://exemple.example/"})
    door = Door(context, guard.challenge(sender.form, timezone.now(), request))
    sound(door.page, axe)
    door.page.get_by_label("Laissez cette case vide").fill("")
    door.press()
    assert door.received()[guard.TRAP] == ""
