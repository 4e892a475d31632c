"""PDFs written by hand: honest ones, those that run or hide something, and those that never end."""

import zlib
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfWriter

MEGA = 2**20


def table(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.4") -> bytes:
    """A PDF whose table of objects is right; the first object is its root."""
    content, places = b"%PDF-" + version + b"\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = b"/Root 1 0 R/Size %d" % (len(objects) + 1)
    return content + b"trailer<<" + size + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start


def root(inside: bytes = b"") -> bytes:
    return b"<</Type/Catalog/Pages<</Type/Pages/Kids[]/Count 0>>" + inside + b">>"


def stream(data: bytes, inside: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data, inside = zlib.compress(data, 9), inside + b"/Filter/FlateDecode"
    head = b"<<" + inside + b"/Length %d>>" % len(data)
    return head + b"stream\n" + data + b"\nendstream"


def packed(inner: bytes) -> bytes:
    """That object lies in a stream of objects, which the root leads to."""
    return table(root(b"/Names 9 0 R"), stream(b"9 0 " + inner, b"/Type/ObjStm/N 1/First 4"))


def broken(body: bytes) -> bytes:
    """A PDF without a table: whoever reads it looks for the objects by itself."""
    return b"%PDF-1.4\n" + body + b"\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def written(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    """A PDF of one page as a library writes it."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


FACTUR_X = b"<?xml version='1.0'?><rsm:CrossIndustryInvoice/>"
ACTION = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"

HONEST: dict[str, bytes] = {
    "bare": table(root()),
    "written": written(),
    "no table": broken(b"1 0 obj" + root() + b"endobj"),
    "a link": table(root(b"/A<</S/URI/URI(https://exemple.fr)>>")),
    "opens at a page": table(root(b"/OpenAction[3 0 R/Fit]")),
    "goes to a page": table(root(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>")),
    "a form": table(root(b"/AcroForm<</Fields[]>>/AA<<>>")),
    "an electronic invoice": written(lambda w: w.add_attachment("factur-x.xml", FACTUR_X)),
    "words about it": table(root(b"/Title(/JavaScript et /Launch)")),
    "its own objects in a stream": packed(b"<</A 1>>"),
    "no password to open": written(
        lambda w: w.encrypt("", owner_password="x", algorithm="RC4-128")
    ),
    "loops": table(root(b"/Loop 2 0 R"), b"<</Back 1 0 R/Self 2 0 R>>"),
    "an object that is missing": table(root(b"/Gone 77 0 R")),
}

RUNS, HOLDS, LOCKED = "contient des commandes", "contient un autre fichier", "mot de passe"
REFUSED: dict[str, tuple[bytes, str]] = {
    "a script": (table(root(ACTION)), RUNS),
    "a script of an object": (table(root(b"/OpenAction 2 0 R"), b"<</JS(a)>>"), RUNS),
    "a script in disguise": (table(root(b"/OpenAction<</S/J#61vaScript/#4aS(a)>>")), RUNS),
    "scripts by name": (table(root(b"/Names<</JavaScript<</Names[]>>>>")), RUNS),
    "a program": (table(root(b"/OpenAction<</S/Launch/F(cmd.exe)>>")), RUNS),
    "a program by way of": (table(root(b"/OpenAction<</S 2 0 R>>"), b"/Launch"), RUNS),
    "a script of a page": (table(root(b"/AA<</O<</S/Named>>>>")), RUNS),
    "a script that nothing leads to": (table(root(), b"<</JS(a)>>"), RUNS),
    "a script in a stream": (packed(b"<</S/JavaScript>>"), RUNS),
    "a script in a list": (table(root(b"/K[[[<</A[<</JS(a)>>]>>]]]")), RUNS),
    "a form that runs": (table(root(b"/AcroForm<</XFA[]>>")), RUNS),
    "a film": (table(root(b"/Annots[<</Subtype/RichMedia>>]")), RUNS),
    "a script without a table": (broken(b"1 0 obj" + root(ACTION) + b"endobj"), RUNS),
    "a program inside": (written(lambda w: w.add_attachment("a.exe", b"MZ")), HOLDS),
    "a program that hides its kind": (
        table(root(b"/F<</EF<</F 2 0 R>>>>"), stream(b"MZ\x90\0")),
        HOLDS,
    ),
    "a password": (written(lambda w: w.encrypt("secret", algorithm="RC4-128")), LOCKED),
    "a cipher that we cannot read": (
        table(
            root(), b"<</Filter/Standard/V 5/R 6/Length 256/O(%b)/U(%b)/OE(%b)/UE(%b)/P -4"
            b"/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF/Perms(%b)>>"
            % (b"a" * 48, b"a" * 48, b"a" * 32, b"a" * 32, b"a" * 16),
            trailer=b"/Encrypt 2 0 R",
        ),
        "ouvrez-le, imprimez-le dans un nouveau PDF",
    ),
    "a page of the web": (b"%PDF-1.4\n<html><script>alert(1)</script>" + table(root()), "page web"),
    "a cut": (written()[:150], "est abîmé"),
    "a root that is a number": (table(b"7"), "est abîmé"),
    "no root": (b"%PDF-1.4\ntrailer<<>>\nstartxref\n0\n%%EOF\n", "est abîmé"),
    "its name alone": (b"%PDF-1.7", "est abîmé"),
}  # fmt: skip

_PACK = stream(b"1 0 " + b"(" * 7_900_000, b"/Type/ObjStm/N 1/First 4")
_BOMB = stream(b"\0" * 30 * MEGA, b"/Type/ObjStm/N 1/First 4")
_START = b"1 0 obj\n" + root() + b"endobj\n"


def many(body: bytes, count: int) -> bytes:
    return b"".join(b"%d 0 obj" % number + body + b"\nendobj\n" for number in range(2, count))


# Those of the next ones that are broken besides, as the library finds out first.
BROKEN = {"lists in lists", "a bomb"}
# Each would cost minutes, or the memory of the machine, to who believes it.
ENDLESS: dict[str, Callable[[], bytes]] = {
    "strings in strings": lambda: broken(
        _START + b"".join(b"%d 0 obj(" % n for n in range(2, 50_000)) + b")" * 50_000
    ),
    "streams in streams": lambda: broken(
        _START
        + b"".join(b"%d 0 obj<</Length %d>>stream\n" % (n, 3 * MEGA) for n in range(2, 40_000))
        + b" " * 3 * MEGA
    ),
    "lists in lists": lambda: table(root(b"/K" + b"[" * MEGA)),
    "dictionaries in dictionaries": lambda: broken(b"1 0 obj" + b"<</A" * 200_000),
    "objects without number": lambda: broken(_START + many(b"<<>>", 70_000)),
    "objects that are nowhere": lambda: table(
        root(b"/K[" + b"".join(b"%d 0 R " % n for n in range(9, 20_009)) + b"]"),
        stream(b"x" * MEGA, packed=False),
    ),
    "lines after the end": lambda: table(root()) + b"a\n" * MEGA,
    "a bomb": lambda: broken(_START + many(_BOMB, 40)),
    "streams of objects": lambda: broken(_START + many(_PACK, 40)),
    "files inside": lambda: table(
        root(), *[stream(b"<?xml " + b" " * 4 * MEGA, b"/Type/EmbeddedFile")] * 60
    ),
    "tables of tables": lambda: _chained(2_000),
}


def _chained(count: int) -> bytes:
    """Each table says that an earlier one comes before it."""
    content, before = b"%PDF-1.5\n" + _START, 0
    for number in range(2, count + 2):
        inside = b"/Type/XRef/Size 3/W[1 2 1]/Root 1 0 R" + (b"/Prev %d" % before) * bool(before)
        before = len(content)
        content += b"%d 0 obj" % number + stream(b"\0" * 12, inside) + b"\nendobj\n"
    return content + b"startxref\n%d\n%%%%EOF\n" % before
