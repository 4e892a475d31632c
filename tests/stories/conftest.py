"""What every story has: a clock that strikes, and the mail server it sends to."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from complaints.handling.clock import check_deadlines
from complaints.handling.digests import send_digests
from complaints.handling.dispatch import send_waiting
from tests.factories import paris
from tests.smtp_sink import SmtpSink, smtp_sink

__all__ = ["smtp_sink"]


class Clock:
    """The day and hour of the story; at each new moment what is due is done, what waits is sent.

    At seven the people are told of their day.
    """

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller

    def strikes(self, moment: str) -> None:
        at = paris(moment)
        self.traveller.move_to(at)
        check_deadlines(at)
        if (at.hour, at.minute) == (7, 0):
            send_digests(at)
        send_waiting(at)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(paris("2026-03-30 08:00"), tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def mails(smtp_sink: SmtpSink) -> Any:
    """The mails to one address since the last look."""
    seen: Counter[str] = Counter()

    def new_to(address: str) -> list[Any]:
        send_waiting()
        received = [message for message in smtp_sink.messages if address in message["To"]]
        fresh, seen[address] = received[seen[address] :], len(received)
        return fresh

    return new_to
