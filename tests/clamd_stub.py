"""A clamd inside the test: it speaks the real protocol, keeps what it receives, and misbehaves.

The real one is tried too, where there is one (`tests/complaints/handling/test_antivirus.py`).
"""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The harmless file that every antivirus calls a virus; in two pieces, so that this one is not.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class ClamdStub:
    """Listens on a port or a socket file of its own.

    `received` holds each file, put together from its chunks; `chunks` the length of each. `answer`
    is said instead of the verdict, after `delay` seconds; `limit` is its StreamMaxLength; `silent`:
    it never answers.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.received: list[bytes] = []
        self.chunks: list[int] = []
        self.commands: list[bytes] = []
        self.answer: bytes | None = None
        self.limit = 25 * 2**20
        self.silent = False
        self.delay = 0.0
        self._door = self._open(path)
        self.address = f"unix:{path}" if path else f"tcp://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nobody listens any more at that address."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(5)

    @staticmethod
    def _open(path: Path | None) -> socket.socket:
        if path is None:
            return socket.create_server(("127.0.0.1", 0))
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(path))
        door.listen()
        return door

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            with client:
                self._speak(client)

    def _speak(self, client: socket.socket) -> None:
        stream = client.makefile("rb")
        command = b""
        while not command.endswith(b"\0") and (letter := stream.read(1)):
            command += letter
        self.commands.append(command)
        if self.silent:
            stream.read()
        elif command == b"zPING\0":
            client.sendall(b"PONG\0")
        else:
            assert command == b"zINSTREAM\0"
            self._say(client, self._take(stream))
        stream.close()

    def _take(self, stream: Any) -> bytes:
        """The verdict on what comes, as the real one words it."""
        content = b""
        while length := int.from_bytes(stream.read(4), "big"):
            self.chunks.append(length)
            content += stream.read(length)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.received.append(content)
        found = EICAR in content
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if found else b"stream: OK\0"

    def _say(self, client: socket.socket, answer: bytes) -> None:
        time.sleep(self.delay)
        client.sendall(answer if self.answer is None else self.answer)


@pytest.fixture
def clamd(settings: Any) -> Iterator[ClamdStub]:
    """A clamd that answers, at the address of the settings."""
    stub = ClamdStub()
    settings.CLAMD = stub.address
    yield stub
    stub.stop()
