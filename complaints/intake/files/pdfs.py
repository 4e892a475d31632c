"""A PDF read object by object, without drawing it: what runs by itself, or hides, is not taken.

A link is fine, and so is the XML that an electronic invoice carries (Factur-X). What a hostile file
may cost is counted, in readings and in bytes, never in seconds.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import (
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    read_object,
)

from complaints.intake.files.refused import DAMAGED, LOCKED, Unfit

MEGA = 1024 * 1024
# The library reads a character at a time: these are its seconds.
MAX_READINGS = 4_000_000
MAX_READ = 100 * MEGA
# What may come out of one compressed stream, and of all those that are looked into.
MAX_STREAM, MAX_UNPACKED = 8 * MEGA, 16 * MEGA
# Each time a file is saved over itself adds a table; what the tables may list, all together.
MAX_TABLES, MAX_ENTRIES = 50, 60_000

_COPY = "imprimez-le dans un nouveau PDF (« Imprimer », puis « Enregistrer au format PDF »), " + (
    "puis joignez cette copie"
)
RUNS = "contient des commandes qui s’exécutent à l’ouverture : " + _COPY
HOLDS = "contient un autre fichier : joignez celui-ci à part, ou " + _COPY
INTRICATE = "est trop compliqué pour être vérifié : " + _COPY
CIPHERED = "est un PDF protégé, que nous ne pouvons pas vérifier : ouvrez-le, " + _COPY
WEB_PAGE = "mêle un PDF et une page web : " + _COPY

_RUNNING_KEYS = {"/JS", "/JavaScript", "/XFA"}
_RUNNING_NAMES = {"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/RichMedia", "/3D"}
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|script|svg|iframe)\b", re.I)
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|rsm:|[A-Za-z]+:?CrossIndustry)")
_LIMITS = {
    "maximum_declared_stream_length": 30 * MEGA,
    "array_based_stream_maximum_output_length": MAX_STREAM,
    "lzw_maximum_output_length": MAX_STREAM,
    "run_length_maximum_output_length": MAX_STREAM,
    "zlib_maximum_output_length": MAX_STREAM,
    "zlib_maximum_recovery_input_length": 100_000,
    "brotli_maximum_output_length": MAX_STREAM,
    "stream_filters_maximum_length": 4,
    "stream_decoding_work_maximum_length": 4 * MAX_STREAM,
}


def examine(content: bytes) -> None:
    """Raise Unfit when this PDF is broken, locked, or holds what could run or hide."""
    if _MARKUP.search(content[:1024]):
        raise Unfit(WEB_PAGE)
    try:
        with apply_configuration(**_LIMITS):
            _examine(_Reader(content))
    except Unfit:
        raise
    except (LimitReachedError, RecursionError, _Spent) as limit:
        raise Unfit(INTRICATE) from limit
    except DependencyError as cipher:
        raise Unfit(CIPHERED) from cipher
    except FileNotDecryptedError as lock:
        raise Unfit(LOCKED) from lock
    except Exception as error:  # the library says itself that a broken file may raise anything
        raise Unfit(DAMAGED) from error


class _Spent(MemoryError):
    """Given up from inside the library: the one kind of error that it never swallows."""


class _Meter:
    """What was spent on one file so far."""

    def __init__(self) -> None:
        self.readings = self.read = self.tables = self.unpacked = 0

    def check(self) -> None:
        if (
            self.readings > MAX_READINGS
            or self.read > MAX_READ
            or self.tables > MAX_TABLES
            or self.unpacked > MAX_UNPACKED
        ):
            raise _Spent


class _Metered(BytesIO):
    """Bytes that count how they are read."""

    def __init__(self, content: bytes, meter: _Meter) -> None:
        self.meter, self.weight = meter, len(content)
        super().__init__(content)

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        meter = self.meter
        meter.readings += 1
        meter.read += len(found)
        if meter.readings > MAX_READINGS or meter.read > MAX_READ:
            raise _Spent
        return found

    def getbuffer(self) -> memoryview:
        """How the library looks for what is not where the table says: in the whole file."""
        self.meter.read += self.weight
        self.meter.check()
        return super().getbuffer()


class _Reader(PdfReader):
    """Reads each object once, and gives up on a file that makes it work for nothing."""

    def __init__(self, content: bytes) -> None:
        self.meter = _Meter()
        self.packs: dict[int, list[Any]] = {}
        super().__init__(_Metered(content, self.meter), xref_stream_maximum_entries=MAX_ENTRIES)

    def get_object(self, indirect_reference: Any) -> Any:
        reference = indirect_reference
        if isinstance(reference, int):
            reference = IndirectObject(reference, 0, self)
        key = (reference.generation, reference.idnum)
        if key in self.resolved_objects:
            return self.resolved_objects[key]
        if reference.generation == 0 and reference.idnum in self.xref_objStm:
            self.unpacked(self.xref_objStm[reference.idnum][0])
            return self.resolved_objects.get(key, NullObject())
        return super().get_object(reference)

    def data_of(self, stream: StreamObject) -> bytes:
        """What it holds, counted."""
        data = stream.get_data()
        self.meter.unpacked += len(data)
        self.meter.check()
        return data

    def unpacked(self, number: int) -> list[Any]:
        """The objects of that stream. Read once, each to where the next one begins at most."""
        if number in self.packs:
            return self.packs[number]
        self.packs[number] = []
        pack = IndirectObject(number, 0, self).get_object()
        if not isinstance(pack, StreamObject):
            return []
        data, first = self.data_of(pack), int(pack["/First"])
        index = [int(word) for word in data[:first].split()[: 2 * int(pack["/N"])]]
        places = sorted(zip(index[1::2], index[::2], strict=True))
        for (start, inner), (end, _) in pairwise([*places, (len(data), 0)]):
            piece = data[first + start : first + end] + b"\n"
            value = read_object(_Metered(piece, self.meter), self)
            self.packs[number].append(value)
            if self.xref_objStm.get(inner, (0,))[0] == number:
                self.resolved_objects[0, inner] = value
        return self.packs[number]

    def _read_pdf15_xref_stream(self, stream: Any) -> StreamObject:
        self.meter.tables += 1
        self.meter.check()
        return super()._read_pdf15_xref_stream(stream)


def _examine(reader: _Reader) -> None:
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unfit(LOCKED)
    if not isinstance(_resolved(reader.trailer.raw_get("/Root")), DictionaryObject):
        raise Unfit(DAMAGED)
    seen: set[tuple[int, int]] = set()
    left: list[Any] = [reader.trailer, *_listed(reader)]
    while left:
        value = left.pop()
        if isinstance(value, IndirectObject):
            key = (value.generation, value.idnum)
            if key in seen:
                continue
            seen.add(key)
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            _check(reader, value)
            left.extend(value.values())
            if _resolved(value.get("/Type")) == "/ObjStm" and value.indirect_reference:
                left.extend(reader.unpacked(value.indirect_reference.idnum))
        elif isinstance(value, list):
            left.extend(value)
        elif isinstance(value, NameObject) and value in _RUNNING_NAMES:
            raise Unfit(RUNS)


def _listed(reader: _Reader) -> Iterator[IndirectObject]:
    """Every object of its tables, even those that nothing leads to."""
    for generation, places in reader.xref.items():
        if generation != 65535:
            yield from (IndirectObject(number, generation, reader) for number in list(places))
    yield from (IndirectObject(number, 0, reader) for number in list(reader.xref_objStm))


def _check(reader: _Reader, value: DictionaryObject) -> None:
    if _RUNNING_KEYS & value.keys() or _resolved(value.get("/AA")):
        raise Unfit(RUNS)
    held = [value] if _resolved(value.get("/Type")) == "/EmbeddedFile" else []
    named = _resolved(value.get("/EF"))
    held += map(_resolved, named.values()) if isinstance(named, DictionaryObject) else []
    for stream in held:
        if isinstance(stream, StreamObject) and not _XML.match(reader.data_of(stream)):
            raise Unfit(HOLDS)


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
