"""Who acts on a dossier: a person of the staff, the complainant with their code, or the clock."""

from dataclasses import dataclass
from typing import Any

from complaints.models import Dossier
from complaints.models.access import roles_on

COMPLAINANT = "complainant"
CLOCK = "clock"


@dataclass(frozen=True)
class Actor:
    """Someone who does a deed; `label` is what the journal shows for ever."""

    label: str
    user: Any = None
    role: str = ""

    @classmethod
    def staff(cls, user: Any) -> "Actor":
        """A person of an organisation, under the name of their account."""
        return cls(label=user.get_full_name() or user.get_username(), user=user)

    @classmethod
    def complainant(cls) -> "Actor":
        """The person who filed, known by their code; unnamed, so that the journal outlives it."""
        return cls(label="Réclamant", role=COMPLAINANT)

    @classmethod
    def clock(cls) -> "Actor":
        """The scheduler."""
        return cls(label="Horloge", role=CLOCK)

    def roles_on(self, dossier: Dossier) -> frozenset[str]:
        """The role keys that a procedure’s moves are open to; none on a dossier they are out of."""
        if self.user is not None:
            return roles_on(dossier, self.user)
        return frozenset([self.role])
