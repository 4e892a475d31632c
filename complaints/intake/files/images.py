"""A photo or a screenshot, decoded within limits and drawn anew: only its pixels are kept.

What a phone writes beside them (place, day, name of the owner) never reaches the organisation, and
what is hidden behind or between them is gone.
"""

import re
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import get_sampling

from complaints.intake.files.refused import DAMAGED, Unfit

MAX_PIXELS = 25_000_000
# A photo has one scan, or about ten; each more costs a pass over all its pixels.
MAX_SCANS = 100
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}

TOO_BIG = "dépasse 25 millions de points : réduisez l’image, puis joignez-la de nouveau"
MOVING = "est une image animée : joignez plutôt une capture d’écran de l’instant qui compte"

_ORIENTATION = 0x0112
_QUALITY = 90
_LUMINANCE = {"1", "L", "RGB"}
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_UNREADABLE = (
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    EOFError,
    SyntaxError,
    OverflowError,
    MemoryError,
)


def redrawn(kind: str, content: bytes) -> bytes:
    """The same image, of the same kind, without anything beside it; raises Unfit.

    The same bytes give the same bytes: a file sent twice is the same file.
    """
    try:
        if kind == "jpg" and _scans(content) > MAX_SCANS:
            raise Unfit(DAMAGED)
        with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as image:
            return _redrawn(kind, image, content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unfit(TOO_BIG) from bomb
    except _UNREADABLE as error:
        raise Unfit(DAMAGED) from error


def _redrawn(kind: str, image: Image.Image, content: bytes) -> bytes:
    if image.width * image.height > MAX_PIXELS:  # as its header says: nothing is decoded yet
        raise Unfit(TOO_BIG)
    if kind != "jpg" and getattr(image, "is_animated", False):
        raise Unfit(MOVING)
    options = _OPTIONS[kind](image, content)
    image.load()
    if image.getexif().get(_ORIENTATION, 1) != 1:
        upright = ImageOps.exif_transpose(image)
        image.close()
        image = upright
    if kind == "jpg" and image.mode not in _LUMINANCE:
        image = image.convert("RGB")
    # An encoder copies what it finds here: profile, comment, dates.
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    drawn = BytesIO()
    image.save(drawn, FORMATS[kind], **options)
    return drawn.getvalue()


def _jpg(image: Any, content: bytes) -> dict[str, Any]:
    """As finely as it was: same tables, so neither a visible loss nor a heavier file."""
    if image.mode not in ("L", "RGB") or not image.quantization:
        return {"quality": _QUALITY}
    sampling = get_sampling(image)
    same = {"subsampling": sampling} if sampling >= 0 else {}
    return {"qtables": image.quantization, **same}


def _png(image: Any, content: bytes) -> dict[str, Any]:
    return {"compress_level": 3}  # beyond, twenty-five million points take six seconds


def _webp(image: Any, content: bytes) -> dict[str, Any]:
    if _lossless(content):
        return {"lossless": True, "quality": 20, "method": 2, "exact": True}
    return {"quality": _QUALITY, "method": 2}


_OPTIONS = {"jpg": _jpg, "png": _png, "webp": _webp}


def _lossless(content: bytes) -> bool:
    """Whether its picture is kept to the point: what its chunks say, in order."""
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name in (b"VP8 ", b"VP8L"):
            return name == b"VP8L"
        at += 8 + size + size % 2
    return False


def _scans(content: bytes) -> int:
    """How many times its decoder would go over the picture, counted without decoding."""
    at, scans = 2, 0
    while (marker := _MARKER.search(content, at)) and marker[0] != b"\xff\xd9":
        scans += marker[0] == b"\xff\xda"
        length = int.from_bytes(content[marker.end() : marker.end() + 2], "big")
        at = marker.end() + max(length, 2)
    return scans
