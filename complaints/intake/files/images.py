"""A photo or a screenshot, decoded within limits and drawn anew: only its pixels are kept.

What a phone writes beside them (place, day, name of the owner) never reaches the organisation, and
what is hidden behind or between them is gone. One at a time in each process, and always in the same
thread, since each thread keeps for itself some of the memory that it has used: that is what bounds
the memory of a server to which twenty photos come at once.
"""

import os
import re
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import get_sampling
from pillow_heif import register_heif_opener

from complaints.intake.files.refused import Unfit

# Four bytes a point while it is drawn; a WebP needs four times more, and comes from no camera.
MAX_PIXELS = 25_000_000
MAX_WEBP_PIXELS = 9_000_000
# A larger JPG, of a telephone set to its finest, is decoded at half its size.
MAX_HALVED_PIXELS = 80_000_000
# A photo has one scan, or about ten; each more costs a pass over all its pixels.
MAX_SCANS = 100
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}

_SMALLER = "réduisez-la ou faites-en une capture d’écran, puis joignez-la de nouveau"
DAMAGED = (
    "est une image abîmée, ou que nous ne savons pas lire : ouvrez-la, faites-en une capture "
    "d’écran, puis joignez celle-ci"
)
TOO_BIG = f"est une image de plus de 25 millions de points : {_SMALLER}"
TOO_BIG_WEBP = (
    "est une image WebP de plus de 9 millions de points : enregistrez-la en JPG, puis joignez-la "
    "de nouveau"
)
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
    RuntimeError,
)

# Without the small pictures that a phone adds, and always the one it shows.
register_heif_opener(thumbnails=False, decode_threads=1)


def redrawn(kind: str, content: bytes) -> bytes:
    """The same image, without anything beside it, of the same kind (HEIC: as JPG); raises Unfit.

    The same bytes give the same bytes: a file sent twice is the same file.
    """
    if kind == "jpg" and _scans(content) > MAX_SCANS:
        raise Unfit(DAMAGED)
    return _pen(os.getpid()).submit(_drawn, kind, content).result()


@cache
def _pen(process: int) -> ThreadPoolExecutor:
    """The thread of that process: one that was begun from another has none of the other's."""
    return ThreadPoolExecutor(1, thread_name_prefix="pen")


def _drawn(kind: str, content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as image:
            return _redrawn(kind, image, content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unfit(TOO_BIG) from bomb
    except _UNREADABLE as error:
        raise Unfit(DAMAGED) from error


def _redrawn(kind: str, image: Image.Image, content: bytes) -> bytes:
    _fit(kind, image)
    if kind in ("png", "webp") and getattr(image, "is_animated", False):
        raise Unfit(MOVING)
    options = _OPTIONS[kind](image, content)
    image.load()
    if image.getexif().get(_ORIENTATION, 1) != 1:
        upright = ImageOps.exif_transpose(image)
        image.close()
        image = upright
    if kind in ("jpg", "heic") and image.mode not in _LUMINANCE:
        image = image.convert("RGB")
    # An encoder copies what it finds here: profile, comment, dates.
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    drawn = BytesIO()
    image.save(drawn, FORMATS["jpg" if kind == "heic" else kind], **options)
    return drawn.getvalue()


def _fit(kind: str, image: Image.Image) -> None:
    """Within what may be decoded, as its header says: nothing is decoded yet. Raises Unfit."""
    points = image.width * image.height
    if kind == "webp" and points > MAX_WEBP_PIXELS:
        raise Unfit(TOO_BIG_WEBP)
    if kind == "jpg" and MAX_PIXELS < points <= MAX_HALVED_PIXELS and not _by_scans(image):
        image.draft(None, (image.width // 2, image.height // 2))
    if image.width * image.height > MAX_PIXELS:
        raise Unfit(TOO_BIG)


def _by_scans(image: Image.Image) -> bool:
    """Whether all its points are held, whatever the size it is decoded at."""
    return bool(image.info.get("progressive"))


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


def _heic(image: Any, content: bytes) -> dict[str, Any]:
    return {"quality": _QUALITY}


_OPTIONS = {"heic": _heic, "jpg": _jpg, "png": _png, "webp": _webp}


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
