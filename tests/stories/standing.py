"""What the stories read of a dossier: its facts, and how each of its time limits stands."""

from datetime import date

from complaints.models import Dossier


def facts(dossier: Dossier) -> list[str]:
    """The kinds of its events, in order."""
    return list(dossier.events.order_by("number").values_list("kind", flat=True))


def deadlines(dossier: Dossier) -> dict[str, tuple[str, date | None]]:
    """Each time limit’s state and day, by its key; the last one of that key."""
    return {d.key: (d.state, d.due_on) for d in dossier.deadlines.order_by("id")}


def words(text: str) -> str:
    """The text with every space as one, the non-breaking ones too."""
    return " ".join(text.split())
