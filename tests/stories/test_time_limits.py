"""A grave complaint nobody grades in time: alert, grade, prolong, answer, silence, tacit closure.

The rules are I.H.R.M.'s in small (IH-23 to IH-28, IH-A3, IH-A4, IH-A13).
"""

from datetime import date
from typing import Any

import pytest

from complaints.models import Dossier
from complaints.models.event import first_broken_event
from tests.complaints.handling.clocked import (
    ASSESS,
    EXTEND,
    GRADE,
    GRAVE,
    LETTER,
    OTHERS,
    SEVERITIES,
    UNGRADED,
)
from tests.complaints.handling.rules import limit, publish, with_item, with_move
from tests.factories import ANSWERS, World
from tests.smtp_sink import text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text

pytestmark = pytest.mark.django_db

PROMISE = {"promise": "Nous devons vous répondre", "escalate_to": "direction"}
SILENCE = limit(
    15,
    key="silence",
    label="Silence du réclamant",
    starts_on="response_sent",
    met_by=["appeal_filed"],
    on_expiry="close",
    promise="Sans réaction de votre part, votre dossier sera clos",
    counting={
        "readings": [{"amount": 15, "unit": "jours_calendaires"}],
        "roll_over": True,
        "favours": "complainant",
    },
)


def publish_the_rules(world: World) -> None:
    """One stage from the filing to the answer is enough to tell this one."""
    moves = with_move(world, "repondre", sources=["recueil", "notification"])
    moves = [m | {"roles": ["clock", "direction"]} if m["key"] == "clore" else m for m in moves]
    publish(
        world,
        roles=with_item(world, "roles", key="clock", label="Horloge"),
        severities=SEVERITIES,
        moves=[*moves, ASSESS, EXTEND],
        letters=with_item(world, "letters", **LETTER),
        time_limits=[
            GRADE | {"escalate_to": "direction"},
            UNGRADED,
            GRAVE | PROMISE,
            OTHERS | PROMISE,
            SILENCE,
        ],
    )


def morning(clock: Clock, mails: Any, day: str, who: str = "alice") -> str:
    """The digest of that day; "" when there is none."""
    clock.strikes(f"{day} 07:00")
    found = [m for m in mails(f"{who}@connectsens.example") if m["Subject"].startswith("Vos ")]
    assert len(found) <= 1
    return " ".join(text_of(found[0]).split()) if found else ""


def test_a_grave_complaint_graded_late_prolonged_answered_and_closed_by_silence(
    world: World, clock: Clock, mails: Any
) -> None:
    publish_the_rules(world)
    dora, alice = Visitor(), Staff("alice")

    # Filed on a Monday: nothing is promised before it is graded, the team counts ten days.
    clock.strikes("2026-03-30 09:10")
    number, code = dora.file(ANSWERS)
    dossier = Dossier.objects.get(reference=number)
    (receipt,) = mails("dora@exemple.example")
    assert "Nous devons vous répondre" not in text_of(receipt)
    assert dossier.next_due_on == date(2026, 4, 2)

    # Three days pass and nobody graded it: the moderator and the direction read it in the morning.
    assert "Évaluer la gravité" in morning(clock, mails, "2026-04-01")
    clock.strikes("2026-04-03 00:05")
    assert "1 en retard" in morning(clock, mails, "2026-04-03")
    clock.strikes("2026-04-03 07:05")
    assert mails("alice@connectsens.example") == []
    assert "signalé au rôle « Direction »" in " ".join(
        " ".join(text_of(m).split()) for m in mails("diane@connectsens.example")
    )

    # Grave: ten days from the reception, not from today. Less grave: forty-five, with a reason.
    alice.press(dossier, "evaluer", severity="high", reason="Un stagiaire s’est blessé.")
    assert page_dates(dora, number, code) == ["jeudi 9 avril 2026"]
    alice.press(dossier, "evaluer", severity="medium", reason="Une égratignure, vérifiée.")
    assert page_dates(dora, number, code) == ["jeudi 14 mai 2026"]

    # The answer cannot be ready: one extension, one month at most, by a letter that says why.
    clock.strikes("2026-05-11 10:00")
    mails("dora@exemple.example")
    alice.press(
        dossier, "prolonger", due_on="2026-06-12", reason="l’expert rend son avis le 8 juin."
    )
    (letter,) = mails("dora@exemple.example")
    assert "12 juin 2026" in letter["Subject"]
    assert "l’expert rend son avis le 8 juin." in text_of(letter)
    assert morning(clock, mails, "2026-05-15") == ""
    assert page_dates(dora, number, code) == ["vendredi 12 juin 2026"]

    # Answered in time. Fifteen days of silence end on a Sunday, so on the Monday, then it closes.
    clock.strikes("2026-06-06 10:00")
    alice.press(dossier, "repondre", resolution="Le matériel est remplacé.")
    assert page_dates(dora, number, code)[-1] == "lundi 22 juin 2026"
    clock.strikes("2026-06-22 23:59")
    assert Dossier.objects.get(pk=dossier.pk).is_open
    clock.strikes("2026-06-23 00:00")
    closed = Dossier.objects.get(pk=dossier.pk)
    assert (closed.is_open, closed.stage) == (False, "dossier")
    assert closed.events.get(kind="closed").personal["reason"].startswith("Clôture tacite.")

    # Nothing more is ever said of it, and the journal holds.
    assert morning(clock, mails, "2026-06-24") == ""
    assert first_broken_event(closed) is None
    missed = closed.events.filter(kind="deadline_missed")
    assert [event.data["limit"] for event in missed] == ["evaluer"]


def page_dates(visitor: Visitor, number: str, code: str) -> list[str]:
    """The days that the tracking page still promises, as their sentences say them."""
    page = page_text(visitor.follow(number, code))
    return [words.split(" :")[0] for words in page.split("au plus tard le ")[1:]] or [
        words.split(" :")[0] for words in page.split("sera clos au plus tard le ")[1:]
    ]
