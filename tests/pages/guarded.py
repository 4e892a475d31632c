"""A form behind the guard, a visitor who sends it, and the sum that their browser does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import RequestFactory

from complaints.models import Form, Organisation
from pages import guard
from pages.challenges import PARTS, Challenge, Shown
from tests.factories import paris

NOON = paris("2026-03-30 12:05")
OPEN = {"honeypot": False, "minimum_seconds": 0, "hourly_limit": 0, "proof_of_work": False}
ALL = {"honeypot": True, "minimum_seconds": 3, "hourly_limit": 30, "proof_of_work": True}


def guarded(number: int = 7, **switched: Any) -> Form:
    """A form with these protections and no other."""
    ours = Organisation(
        name="Connect’Sens", phone="05 59 00 00 00", email="bonjour@connectsens.example"
    )
    return Form(pk=number, organisation=ours, **(OPEN | switched))


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def proof_of(shown: Shown) -> str:
    """The sum, as a browser does it."""

    def number(part: int) -> str:
        return next(str(n) for n in count() if shown._holds(part, str(n)))

    return ".".join(number(part) for part in range(PARTS))


@dataclass
class Sender:
    """One browser with one page open; `posted` is what its form holds of the guard's inputs."""

    form: Form
    address: str = "192.0.2.7"
    draft: str = field(default_factory=lambda: str(uuid4()))
    posted: dict[str, str] = field(default_factory=dict)

    def look(self, at: datetime = NOON) -> Challenge:
        return self.carry(guard.challenge(self.form, at))

    def carry(self, challenge: Challenge) -> Challenge:
        self.posted = {
            guard.TOKEN: challenge.token,
            guard.TRAP: challenge.filled,
            guard.PROOF: challenge.proof,
        }
        return challenge

    def prove(self, challenge: Challenge) -> None:
        self.posted[guard.PROOF] = proof_of(challenge.shown)

    def request(self, **changed: str) -> Any:
        data = {guard.DRAFT: self.draft} | self.posted | changed
        return RequestFactory().post("/", data, REMOTE_ADDR=self.address)

    def send(self, at: datetime, **changed: str) -> str:
        return guard.refusal(self.form, self.request(**changed), at)
