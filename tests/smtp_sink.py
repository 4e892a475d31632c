"""A mail server inside the test: it keeps what it receives, and misbehaves when told to."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

PATIENCE = 30


class SmtpSink:
    """Listens on a port of its own; `stop` and `start` make it refuse and accept connections.

    `answers` holds what to say of an address instead of « 250 OK »; `data_answer` what to say of
    any message. While `holding`, a message is read to its end and not answered. `delay` is how
    many seconds an answer takes.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        with socket.create_server((self.host, 0)) as door:
            self.port = door.getsockname()[1]
        self.messages: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answer = "250 OK"
        self.holding = False
        self.delay = 0.0
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def recipients(self) -> Counter[str]:
        """How many messages each address has received."""
        return Counter(message["To"] for message in self.messages)

    @property
    def message_ids(self) -> Counter[str]:
        """How many times each message has come."""
        return Counter(message["Message-ID"] for message in self.messages)

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The messages, when there are that many; fails if they do not come."""
        wait_until(lambda: len(self.messages) >= count)
        return self.messages

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data_answer.startswith("2"):
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        while self.holding:
            await asyncio.sleep(0.01)
        await asyncio.sleep(self.delay)
        return self.data_answer


def wait_until(becomes_true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Return as soon as it is true; fails when it does not become so in time."""
    patience = time.monotonic() + seconds
    while not becomes_true():
        assert time.monotonic() < patience, "rien n’est venu à temps"
        time.sleep(0.02)


def pdf_of(message: EmailMessage) -> bytes:
    """The PDF attached to that message."""
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    return attachment.get_content()


def text_of(message: EmailMessage) -> str:
    """What a person reads in it."""
    return message.get_body(("plain",)).get_content()


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[SmtpSink]:
    """A started mail server, to which Django's mail goes during the test."""
    sink = SmtpSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    yield sink
    sink.stop()
