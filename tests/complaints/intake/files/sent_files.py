"""Files as visitors send them: the honest ones, and those that pretend."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from struct import pack
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def dated(name: str) -> ZipInfo:
    """Always of the same day: an archive is the same bytes in every process that makes it."""
    entry = ZipInfo(name, (2026, 1, 5, 9, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(dated(name), content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return zipped(parts | more)


def swollen_docx() -> bytes:
    """A document that announces two gigabytes once unpacked."""
    buffer = BytesIO(docx())
    with ZipFile(buffer, "a") as made:
        made.writestr(dated("word/media.xml"), b"0")
        made.filelist[-1].file_size = 2**31 - 1
    return buffer.getvalue()


def xlsx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def odt() -> bytes:
    return open_document(b"text")


def ods() -> bytes:
    return open_document(b"spreadsheet")


def open_document(kind: bytes) -> bytes:
    kind = b"application/vnd.oasis.opendocument." + kind
    return zipped({"mimetype": kind, "content.xml": b"<document/>"})


def pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


def picture(kind: str, *, noise: bool = False, **options: Any) -> bytes:
    """A square of that format; `noise`: one whose every point counts."""
    drawn = Image.new("RGB", (8, 8), "white")
    if noise:
        points = b"".join(sha256(n.to_bytes(2)).digest() for n in range(288))
        drawn = Image.frombytes("RGB", (64, 48), points)
    buffer = BytesIO()
    drawn.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_image(name: str) -> bool:
    return name.lower().endswith((".jpg", ".jpeg", ".jfif", ".png", ".webp"))


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size, and holds a single byte of it."""
    size = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", b"x")


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))


def webp_header(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + pack("<I", 10) + b"\x10\0\0\0" + size
    return b"RIFF" + pack("<I", len(body)) + body


HONEST: dict[str, Callable[[], bytes]] = {
    "facture.pdf": pdf,
    "photo.jpg": lambda: picture("JPEG"),
    "photo.jpeg": lambda: picture("JPEG"),
    "PHOTO.JPG": lambda: picture("JPEG"),
    "capture.png": lambda: picture("PNG"),
    "image.webp": lambda: picture("WEBP"),
    "lettre.docx": docx,
    "lettre.odt": odt,
    "heures.xlsx": xlsx,
    "heures.ods": ods,
    "photo.jfif": lambda: picture("JPEG"),
    "récit.txt": lambda: "Le 3 mai, annulé.\n".encode(),
    "récit ancien.txt": lambda: "Annulé le 3 mai".encode("latin-1"),
    "bloc-notes.txt": lambda: "\ufeffBMW de prêt : refusée.".encode(),
}

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 200

# Name, content, and a piece of the sentence that refuses it.
HOSTILE: list[tuple[str, bytes, str]] = [
    ("page.html", HTML, "est une page web"),
    ("dessin.svg", SVG, "est une image d’un type"),
    ("virus.exe", EXE, "n’est pas d’un type accepté"),
    ("facture.pdf.exe", EXE, "n’est pas d’un type accepté"),
    ("script.sh", b"#!/bin/sh\n", "n’est pas d’un type accepté"),
    ("archive.zip", docx(), "est une archive"),
    ("macros.docm", docx(), "n’est pas d’un type accepté"),
    ("image.gif", picture("GIF"), "est une image d’un type"),
    ("sans extension", EXE, "n’est pas d’un type accepté"),
    ("sans extension", b"des mots", "n’est pas d’un type accepté"),
    ("contrat du 12.05", docx(**{"word/vbaProject.bin": b"x"}), "contient des macros"),
    (".htaccess", b"Options +ExecCGI\n", "n’est pas d’un type accepté"),
    ("facture.pdf", HTML, "n’a pas le contenu d’un fichier PDF"),
    ("photo.jpg", EXE, "n’a pas le contenu d’un fichier JPG"),
    ("dessin.png", SVG, "n’a pas le contenu d’un fichier PNG"),
    ("récit.txt", HTML, "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", SVG, "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", b"\n <script>alert(1)</script>", "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", b"Bonjour <ScRipt src=x>", "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", b"#!/bin/sh\nrm -rf /\n", "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", "Bonjour".encode("utf-16"), "n’a pas le contenu d’un fichier TXT"),
    ("récit.txt", b"Bonjour\x00", "n’a pas le contenu d’un fichier TXT"),
    ("lettre.docx", zipped({"a.txt": b"x"}), "n’a pas le contenu d’un fichier DOCX"),
    ("lettre.docx", b"PK\x03\x04 puis rien", "n’a pas le contenu d’un fichier DOCX"),
    ("lettre.docx", docx()[:-30], "n’a pas le contenu d’un fichier DOCX"),
    ("lettre.docx", picture("GIF") + docx(), "n’a pas le contenu d’un fichier DOCX"),
    ("photo.png", picture("PNG") + docx(), "cache une archive"),
    ("facture.pdf", pdf() + docx(), "cache une archive"),
    ("lettre.docx", docx(**{"word/vbaProject.bin": b"macro"}), "contient des macros"),
    (
        "lettre.docx",
        docx(**{f"word/{n}.xml": b"" for n in range(2_001)}),
        "démesuré une fois ouvert",
    ),
    ("lettre.docx", swollen_docx(), "démesuré une fois ouvert"),
    ("photo.png", png_header(6_000, 6_000), "plus de 25 millions de points"),
    ("photo.png", png_header(10_000, 10_000), "plus de 25 millions de points"),
    ("photo.png", png_header(60_000, 60_000), "plus de 25 millions de points"),
    ("image.webp", webp_header(16_000, 16_000), "plus de 25 millions de points"),
    ("photo.jpg", b"\xff\xd8\xff\xe0 puis rien", "est une image abîmée"),
    # Two things at once: what one program reads is not what another one does.
    ("facture.pdf", HTML + pdf(), "n’a pas le contenu d’un fichier PDF"),
    ("facture.pdf", b"\n" * 600 + pdf(), "n’a pas le contenu d’un fichier PDF"),
    ("facture.pdf", b"%PDF-1.4\n" + HTML + pdf(), "mêle un PDF et une page web"),
    ("photo.jpg", picture("GIF") + docx(), "n’a pas le contenu d’un fichier JPG"),
    ("photo.jpg", picture("JPEG") + docx(), "cache une archive"),
    ("photo.jpg", SVG, "n’a pas le contenu d’un fichier JPG"),
    ("récit.txt", b"PK\x03\x04", "n’a pas le contenu d’un fichier TXT"),
    # Names that would hide something, or break what shows them.
    ("facture\x00.exe.pdf", EXE, "«\u00a0facture.exe.pdf\u00a0» n’a pas le contenu"),
    ("photo_\u202egpj.exe", EXE, "«\u00a0photo_gpj.exe\u00a0» n’est pas d’un type"),
    ("é" * 300 + ".exe", EXE, "é" * 116 + ".exe\u00a0» n’est pas d’un type accepté"),
    ("...", EXE, "«\u00a0fichier\u00a0» n’est pas d’un type accepté"),
    ("😡.exe", EXE, "«\u00a0😡.exe\u00a0» n’est pas d’un type accepté"),
    ("CON.exe", EXE, "«\u00a0fichier CON.exe\u00a0» n’est pas d’un type accepté"),
    ("{name} %s {0.__class__}.exe", EXE, "«\u00a0{name} %s {0.__class__}.exe\u00a0» n’est pas"),
    ("<script>alert(1)</script>.exe", EXE, "script-.exe\u00a0» n’est pas d’un type accepté"),
    ("vide.pdf", b"", "est vide"),
    ("gros.pdf", pdf() + b"\0" * 11 * 1024 * 1024, "pèse 11,1\u00a0Mo et la limite est de 10"),
]
