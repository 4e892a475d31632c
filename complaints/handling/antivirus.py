"""The antivirus, when the installation has one: clamd, asked over its own socket.

When it is down nobody is turned away: the file is kept, nobody opens it, and it is looked at as
soon as clamd answers again (`complaints.handling.scanning`).
"""

import re
import socket
from dataclasses import dataclass
from typing import BinaryIO

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from complaints.intake import CheckedFile, accepted
from complaints.intake.questions import Files
from complaints.intake.typography import sentence
from complaints.models import Attachment

Scan = Attachment.Scan

CONNECT_SECONDS, ANSWER_SECONDS = 2, 20
CHUNK = 64 * 1024
# What clamd may say at most before we stop listening.
LONGEST_ANSWER = 4096
# How long a clean verdict is good: a file joined to a draft is filed within the hour.
CLEAN_SECONDS = 3600
# People do not wait one after the other for a clamd that has just kept somebody waiting.
SILENT, SILENT_SECONDS = "antivirus-silent", 60

_TCP = re.compile(r"tcp://(?P<host>[^/]+):(?P<port>\d+)/?")


@dataclass(frozen=True)
class Verdict:
    """What was said of one file: `virus` is its name when there is one.

    `silent`: clamd did not answer at all, so it is no use asking it about the next file now.
    """

    scan: Attachment.Scan
    virus: str = ""
    silent: bool = False


def verdict(content: BinaryIO) -> Verdict:
    """Ask clamd. Never raises: what it did not say clearly is for later."""
    if not settings.CLAMD:
        return Verdict(Scan.NONE)
    try:
        answer = _asked(content)
    except (OSError, ValueError):
        return Verdict(Scan.PENDING, silent=True)
    if answer == "stream: OK":
        return Verdict(Scan.CLEAN)
    if found := re.fullmatch(r"stream: (.+) FOUND", answer):
        return Verdict(Scan.INFECTED, virus=found[1][:100])
    # Its own limits, an error of its engine, or something else that answers on that port.
    return Verdict(Scan.PENDING, silent=not answer)


def responds() -> bool:
    """Whether clamd is there and well."""
    try:
        with _connected() as clamd:
            clamd.sendall(b"zPING\0")
            return _answer(clamd) == "PONG"
    except (OSError, ValueError):
        return False


def refusal(file: CheckedFile) -> str:
    """Why this file may not be joined; "" when it is clean, not examined, or clamd is down."""
    if not settings.CLAMD or is_known_clean(file.sha256) or cache.get(SILENT):
        return ""
    file.file.seek(0)
    said = verdict(file.file)
    file.file.seek(0)
    if said.silent:
        cache.set(SILENT, True, SILENT_SECONDS)
    if said.scan == Scan.CLEAN:
        cache.set(_key(file.sha256), True, CLEAN_SECONDS)
    if said.scan != Scan.INFECTED:
        return ""
    return sentence(
        "« {name} » contient un virus ({virus}) : ne le joignez pas, et faites examiner "
        "l’appareil d’où il vient.",
        name=file.name,
        virus=said.virus,
    )


def is_known_clean(sha256: str) -> bool:
    """Whether clamd has just said so of the same bytes."""
    return bool(cache.get(_key(sha256)))


def examine(form: forms.Form) -> None:
    """Refuse the infected files of a form that is being cleaned, each next to its question."""
    if not settings.CLAMD:
        return
    for name, field in form.fields.items():
        if isinstance(field, Files):
            checked = form.cleaned_data.get(name) or []
            if said := [why for file in checked if (why := refusal(file))]:
                form.add_error(name, said)


def examined(files: MultiValueDict | None) -> dict[str, list[str]]:
    """The sentences about the infected files of a post, by input: before any row is locked.

    The photos are drawn anew here too: what takes time is done once, while nobody waits.
    """
    found: dict[str, list[str]] = {}
    for name, uploads in files.lists() if files else ():
        for upload in uploads:
            try:
                why = refusal(accepted(upload))
            except ValidationError:
                continue  # its question will say it, with its own limits
            if why:
                found.setdefault(name, []).append(why)
    return found


def _asked(content: BinaryIO) -> str:
    """One INSTREAM: chunks, each after its length, then a length of zero."""
    with _connected() as clamd:
        try:
            clamd.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
            clamd.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            return "hung up"  # it was listening: the file is beyond its own limit
        return _answer(clamd)


def _connected() -> socket.socket:
    """Raises OSError when nobody listens, ValueError when the setting is no address."""
    if settings.CLAMD.startswith("unix:"):
        clamd = socket.socket(socket.AF_UNIX)
        address: object = settings.CLAMD.removeprefix("unix:")
    elif tcp := _TCP.fullmatch(settings.CLAMD):
        clamd = socket.create_connection((tcp["host"], int(tcp["port"])), CONNECT_SECONDS)
        address = None
    else:
        raise ValueError(settings.CLAMD)
    try:
        if address:
            clamd.settimeout(CONNECT_SECONDS)
            clamd.connect(address)
        clamd.settimeout(ANSWER_SECONDS)
    except OSError:
        clamd.close()
        raise
    return clamd


def _answer(clamd: socket.socket) -> str:
    """Its answer ends with a null character, or where it hangs up."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        received = clamd.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.partition(b"\0")[0].decode(errors="replace").strip()


def _key(sha256: str) -> str:
    return f"antivirus-clean:{sha256}"
