"""Of an image only the picture is kept, upright; what is broken, moving or enormous is refused."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from struct import pack
from threading import current_thread

import pytest
from django.conf import settings
from PIL import Image

from complaints.intake.files import images
from complaints.intake.files.images import DAMAGED, MAX_PIXELS, redrawn
from complaints.intake.files.refused import Unfit
from tests.complaints.intake.files.sent_files import (
    opened,
    picture,
    png_header,
    webp_header,
)
from tests.held_memory import held_by_process

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
SECRET = b"12 rue des Lilas"


def exif() -> Image.Exif:
    """What a phone writes: who made it, that it was held upright, and where."""
    written = Image.Exif()
    written[ORIENTATION], written[MAKER] = 6, SECRET.decode()
    written.get_ifd(GPS)[1] = "N"
    return written


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")], ids=lambda v: v
)
def test_what_a_phone_writes_beside_the_picture_is_gone(kind: str, name: str) -> None:
    more = {"comment": SECRET} if kind == "jpg" else {}
    sent = picture(name, noise=True, exif=exif(), icc_profile=SECRET * 9, **more)
    assert SECRET in sent
    kept = redrawn(kind, sent)
    assert SECRET not in kept
    image = opened(kept)
    assert image.format == name
    assert not image.getexif()
    assert "icc_profile" not in image.info


@pytest.mark.parametrize(("kind", "name"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_a_photo_taken_upright_stays_upright(kind: str, name: str) -> None:
    sent = picture(name, noise=True, exif=exif())
    assert opened(sent).size == (64, 48)
    assert opened(redrawn(kind, sent)).size == (48, 64)


def test_what_follows_or_hides_in_a_photo_is_gone() -> None:
    hidden = picture("JPEG", noise=True) + b"<script>alert(1)</script>" * 9
    assert b"<script>" not in redrawn("jpg", hidden)


def test_a_photo_loses_nothing_that_can_be_seen() -> None:
    sent = saved(Image.linear_gradient("L").convert("RGB"), "JPEG", quality=80)
    before, after = opened(sent).tobytes(), opened(redrawn("jpg", sent)).tobytes()
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 3
    assert len(redrawn("jpg", sent)) < 1.1 * len(sent)


def test_a_screenshot_keeps_each_point() -> None:
    sent = picture("PNG", noise=True)
    assert opened(redrawn("png", sent)).tobytes() == opened(sent).tobytes()


def test_a_webp_to_the_point_stays_so() -> None:
    sent = picture("WEBP", noise=True, lossless=True, exif=b"Exif\0\0" + exif().tobytes()[6:])
    assert opened(sent).getexif()[MAKER] == SECRET.decode()
    plain = picture("WEBP", noise=True, lossless=True)
    assert opened(redrawn("webp", plain)).tobytes() == opened(plain).tobytes()


@pytest.mark.parametrize(
    ("kind", "sent", "mode"),
    [
        ("jpg", saved(Image.new("CMYK", (9, 9), (0, 200, 9, 0)), "JPEG"), "RGB"),
        ("jpg", saved(Image.new("L", (9, 9), 90), "JPEG"), "L"),
        ("jpg", saved(Image.new("RGB", (9, 9)), "JPEG", progressive=True), "RGB"),
        ("jpg", saved(Image.new("RGB", (9, 9)), "JPEG", subsampling=0), "RGB"),
        ("png", saved(Image.new("I;16", (9, 9), 40_000), "PNG"), "I;16"),
        ("png", saved(Image.new("LA", (9, 9), (3, 100)), "PNG"), "LA"),
        ("png", saved(Image.new("RGBA", (9, 9), (3, 4, 5, 100)), "PNG"), "RGBA"),
        ("png", saved(Image.new("1", (9, 9)), "PNG"), "1"),
        ("webp", saved(Image.new("RGBA", (9, 9), (3, 4, 5, 100)), "WEBP"), "RGBA"),
    ],
)
def test_an_unusual_image_is_an_image(kind: str, sent: bytes, mode: str) -> None:
    kept = opened(redrawn(kind, sent))
    assert (kept.mode, kept.size) == (mode, (9, 9))


def test_a_photo_in_the_format_of_a_phone_becomes_a_jpg_upright_and_alone() -> None:
    sent = picture("HEIF", noise=True, exif=exif().tobytes())
    assert SECRET in sent
    kept = redrawn("heic", sent)
    image = opened(kept)
    assert (image.format, image.size) == ("JPEG", (48, 64))
    assert SECRET not in kept
    assert redrawn("heic", sent) == kept


def test_of_several_photos_in_one_file_the_one_that_is_shown_is_kept() -> None:
    one, other = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    sent = saved(one, "HEIF", save_all=True, append_images=[other], primary_index=1)
    assert opened(redrawn("heic", sent)).getpixel((9, 9))[2] > 200


def test_a_jpg_of_more_points_than_we_hold_is_decoded_at_half_its_size() -> None:
    sent = saved(Image.new("RGB", (6_001, 5_000), "red"), "JPEG")
    with held_by_process() as held:
        kept = opened(redrawn("jpg", sent))
    assert kept.size == (3_001, 2_500)
    assert held.peak < 4 * MAX_PIXELS


@pytest.mark.parametrize(
    ("kind", "name", "side", "options"),
    [
        ("jpg", "JPEG", 5_000, {}),
        ("png", "PNG", 5_000, {"compress_level": 0}),
        ("webp", "WEBP", 3_000, {"method": 0}),
        ("webp", "WEBP", 3_000, {"lossless": True, "method": 0, "quality": 0}),
    ],
)
def test_the_largest_image_we_take_holds_a_bounded_memory(
    kind: str, name: str, side: int, options: dict[str, object]
) -> None:
    points = b"".join(sha256(n.to_bytes(2)).digest() for n in range(938))
    tile = Image.frombytes("RGB", (100, 100), points[:30_000])
    sent = saved(tile.resize((side, side)), name, **options)
    with held_by_process() as held:
        redrawn(kind, sent)
    assert held.peak < 320 * 2**20


def test_images_that_come_at_once_are_drawn_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawing, most, threads = 0, 0, set()
    real = images._redrawn

    def slow(kind: str, image: Image.Image, content: bytes) -> bytes:
        nonlocal drawing, most
        drawing += 1
        most = max(most, drawing)
        threads.add(current_thread())
        time.sleep(0.02)
        drawing -= 1
        return real(kind, image, content)

    monkeypatch.setattr(images, "_redrawn", slow)
    sent = picture("JPEG")
    with ThreadPoolExecutor(4) as pool:
        assert len({*pool.map(lambda _: redrawn("jpg", sent), range(8))}) == 1
    assert most == len(threads) == 1


def test_one_that_comes_scan_after_scan_cannot_be() -> None:
    sent = saved(Image.new("RGB", (6_001, 5_000), "red"), "JPEG", progressive=True)
    with pytest.raises(Unfit, match="capture d’écran"):
        redrawn("jpg", sent)


@pytest.mark.parametrize("clear", [1, bytes([0, 90, 255])], ids=["one colour", "each its own"])
def test_a_palette_keeps_what_shows_through(clear: int | bytes) -> None:
    drawn = Image.frombytes("P", (3, 1), bytes([0, 1, 2]))
    drawn.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    sent = saved(drawn, "PNG", transparency=clear)
    kept = opened(redrawn("png", sent))
    assert kept.convert("RGBA").tobytes() == opened(sent).convert("RGBA").tobytes()


def test_a_photo_of_two_pictures_keeps_the_one_that_is_seen() -> None:
    one, other = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    sent = saved(one, "MPO", save_all=True, append_images=[other])
    kept = opened(redrawn("jpg", sent))
    assert kept.format == "JPEG"
    assert kept.getpixel((4, 4))[0] > 200


@pytest.mark.parametrize(("kind", "name"), [("png", "PNG"), ("webp", "WEBP")])
def test_a_moving_image_is_asked_for_as_a_still_one(kind: str, name: str) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    with pytest.raises(Unfit, match="image animée"):
        redrawn(kind, saved(frames[0], name, save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize(
    ("kind", "name"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("heic", "HEIF")]
)
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_cut_image_is_damaged(kind: str, name: str, part: float) -> None:
    sent = picture(name, noise=True)
    with pytest.raises(Unfit) as unfit:
        redrawn(kind, sent[: int(len(sent) * part)])
    assert unfit.value.end == DAMAGED


@pytest.mark.parametrize(
    ("kind", "bomb"),
    [
        ("png", png_header(5_001, 5_000)),
        ("png", png_header(2**31 - 1, 2**31 - 1)),
        ("webp", webp_header(16_000, 16_000)),
        ("webp", webp_header(3_001, 3_000)),
        ("jpg", saved(Image.new("1", (9_000, 9_000)), "JPEG")),
    ],
)
def test_a_bomb_is_never_unrolled(monkeypatch: pytest.MonkeyPatch, kind: str, bomb: bytes) -> None:
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda image: 1 / 0)
    with pytest.raises(Unfit):
        redrawn(kind, bomb)


def test_a_photo_may_not_be_gone_over_a_thousand_times() -> None:
    sent = saved(Image.new("RGB", (64, 64)), "JPEG", progressive=True)
    assert images._scans(sent) > 5
    assert images._scans(picture("JPEG")) == 1
    last = sent.rindex(b"\xff\xda")
    with pytest.raises(Unfit):
        redrawn("jpg", sent[:last] + sent[last:-2] * 200 + sent[-2:])


def test_a_comment_full_of_marks_is_no_scan() -> None:
    content = picture("JPEG", noise=True)
    comment = b"\xff\xda" * 500
    longer = content[:2] + b"\xff\xfe" + pack(">H", len(comment) + 2) + comment + content[2:]
    assert images._scans(longer) == 1
    assert redrawn("jpg", longer) == redrawn("jpg", content)


def test_noise_under_a_good_head_is_an_answer_and_no_crash() -> None:
    kinds = (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("heic", "HEIF"))
    for kind, name in kinds:
        sent = picture(name, noise=True)
        for at in range(2, len(sent), max(1, len(sent) // 60)):
            broken = sent[:at] + bytes([sent[at] ^ 0xFF]) + sent[at + 1 :]
            with suppress(Unfit):
                assert redrawn(kind, broken)


FORKED = """
import multiprocessing, sys
from complaints.intake.files.images import redrawn
sent = sys.stdin.buffer.read()
redrawn("png", sent)
child = multiprocessing.get_context("fork").Process(target=redrawn, args=("png", sent))
child.start()
child.join(20)
stuck = child.is_alive()
child.kill()
raise SystemExit(stuck)
"""


def test_a_process_begun_from_one_that_drew_draws_too() -> None:
    sent = picture("PNG")
    done = subprocess.run(
        [sys.executable, "-c", FORKED], input=sent, cwd=settings.BASE_DIR, check=False
    )
    assert done.returncode == 0
