"""A post made as it is sent: its bytes exist nowhere before they are read, nor after."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse

from tests.pages.conftest import Visitor

BOUNDARY = b"----un-formulaire"
STEP = 64 * 1024


class Stream:
    """What a server gives Django to read; `watch` is called at each reading."""

    def __init__(self, parts: list[bytes | int], watch: Callable[[], None]) -> None:
        self.length = sum(part if isinstance(part, int) else len(part) for part in parts)
        self._left, self._ready, self._watch = self._bytes(parts), b"", watch

    def read(self, size: int = -1) -> bytes:
        self._watch()
        size = self.length if size < 0 else size
        while len(self._ready) < size and (more := next(self._left, b"")):
            self._ready += more
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def readline(self, size: int = -1) -> bytes:
        """Asked for by Django, which reads no post in lines."""
        raise NotImplementedError

    @staticmethod
    def _bytes(parts: list[bytes | int]) -> Iterator[bytes]:
        zeros = bytes(STEP)
        for part in parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from (zeros[: min(STEP, part - at)] for at in range(0, part, STEP))


def form_parts(
    fields: dict[str, Any], files: list[tuple[str, str, bytes | int]]
) -> list[bytes | int]:
    """A multipart body in pieces; a number stands for so many null bytes."""
    parts: list[bytes | int] = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            head = b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n'
            parts += [head % (BOUNDARY, name.encode()), str(one).encode(), b"\r\n"]
    for name, filename, content in files:
        head = b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n'
        parts += [head % (BOUNDARY, name.encode(), filename.encode()), content, b"\r\n"]
    return [*parts, b"--" + BOUNDARY + b"--\r\n"]


def post(
    visitor: Visitor,
    path: str,
    fields: dict[str, Any],
    files: list[tuple[str, str, bytes | int]],
    watch: Callable[[], None] = lambda: None,
) -> HttpResponse:
    """Send them through Django's own handler."""
    stream = Stream(form_parts(fields, files), watch)
    return visitor.client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "HTTP_HOST": visitor.host,
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY.decode()}",
            "CONTENT_LENGTH": str(stream.length),
            "wsgi.input": stream,
        }
    )
