"""What a shown form carries: a signed word that says when, and the small sum asked for a proof."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer

SALT = "pages.guard"
LIFE = timedelta(hours=48)
# Sixteen short sums take nearly the same time for everyone, one long sum would not: 65 000 digests
# in all, a tenth of a second for a computer, less than two seconds for a phone that is slow.
BITS = 12
PARTS = 16
PROOF = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{{PARTS - 1}}}")


@dataclass(frozen=True)
class Shown:
    """One showing of one form. `bits`: how hard its proof is, 0 when none is asked."""

    form: int
    at: datetime
    nonce: str
    bits: int

    @classmethod
    def now(cls, form: int, at: datetime, *, proof: bool) -> "Shown":
        return cls(form, at, secrets.token_hex(16), BITS if proof else 0)

    @classmethod
    def read(cls, token: str, form: int, at: datetime) -> "Shown | None":
        """None: not a word of ours, or of another form, or too old to say much."""
        try:
            owner, instant, nonce, bits = Signer(salt=SALT).unsign(token).split(".")
        except BadSignature:
            return None
        shown = cls(int(owner), datetime.fromtimestamp(int(instant) / 1000, UTC), nonce, int(bits))
        return shown if shown.form == form and at - shown.at <= LIFE else None

    @property
    def token(self) -> str:
        """What the page carries: everyone may read it, nobody else can write it."""
        instant = int(self.at.timestamp() * 1000)
        return Signer(salt=SALT).sign(f"{self.form}.{instant}.{self.nonce}.{self.bits}")

    def proved_by(self, proof: str) -> bool:
        """Whether these numbers are the answer; always, when nothing was asked."""
        if not self.bits:
            return True
        if not PROOF.fullmatch(proof):
            return False
        return all(self._holds(part, number) for part, number in enumerate(proof.split(".")))

    def _holds(self, part: int, number: str) -> bool:
        found = sha256(f"{self.nonce}.{part}.{number}".encode()).digest()
        return int.from_bytes(found[:4]) >> (32 - self.bits) == 0


@dataclass(frozen=True)
class Challenge:
    """What the template `pages/guard.html` shows; nothing in it depends on who looks."""

    shown: Shown
    # Whether the form has a box that must stay empty, and what was found in it.
    trap: bool = True
    filled: str = ""
    # A proof that was sent with a page that comes back: not to be made again.
    proof: str = ""

    @property
    def token(self) -> str:
        return self.shown.token

    @property
    def parts(self) -> int:
        return PARTS
