"""The digest as it is read: short lines, dates in words, no complainant, at most 200 lines."""

from typing import Any

import pytest

from complaints.handling import digests, dispatch
from complaints.handling.clock import check_deadlines
from complaints.handling.digests import send_digests
from complaints.models import Dossier, Notice
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.complaints.notices.conftest import FILED_AT
from tests.complaints.register.test_agenda import copies
from tests.factories import ANSWERS, paris
from tests.smtp_sink import SmtpSink, text_of

MONDAY = paris("2026-05-04 07:00")
# Without an earlier complaint, from which the way to a mediator would count.
FIRST_TIME = {"deja": False, "deja_le": None, "deja_par": None}
ALICE, DIANE = "alice@connectsens.example", "diane@connectsens.example"

READ_BY_ALICE = """\
Bonjour,

Vos dossiers, ce lundi 4 mai 2026 :
2 en retard, 1 aujourd’hui, 1 cette semaine, 1 à venir, 1 délai écoulé.

EN RETARD

CS-2026-0001
Accusé de réception
mercredi 1er avril 2026, en retard de 33 jours
(vous suivez ce dossier\u00a0; vous avez le rôle «\u00a0Modérateur\u00a0»)
http://localhost/gestion/dossiers/{pk}/

CS-2026-0001
Réponse
vendredi 1er mai 2026, en retard de 3 jours
(vous suivez ce dossier\u00a0; vous avez le rôle «\u00a0Modérateur\u00a0»)
http://localhost/gestion/dossiers/{pk}/

AUJOURD’HUI

CS-2026-0001
Bilan
lundi 4 mai 2026, aujourd’hui
(vous suivez ce dossier\u00a0; vous avez le rôle «\u00a0Modérateur\u00a0»)
http://localhost/gestion/dossiers/{pk}/

CETTE SEMAINE

CS-2026-0001
Mesures
mardi 5 mai 2026, demain
(vous suivez ce dossier\u00a0; vous avez le rôle «\u00a0Modérateur\u00a0»)
http://localhost/gestion/dossiers/{pk}/

À VENIR

CS-2026-0001
Revue
jeudi 14 mai 2026, dans 10 jours
(vous suivez ce dossier\u00a0; vous avez le rôle «\u00a0Modérateur\u00a0»)
http://localhost/gestion/dossiers/{pk}/

DÉLAIS ÉCOULÉS

CS-2026-0001
Médiation
possible depuis le dimanche 3 mai 2026
(vous suivez ce dossier)
http://localhost/gestion/dossiers/{pk}/

Un courriel par jour travaillé au plus,
et seulement s’il y a quelque chose à dire.
"""


@pytest.fixture
def busy(world: Any) -> Dossier:
    """One dossier, followed by alice, with something to say of every kind on Monday 4 May."""
    limits = [
        limit(2, key="accuse", label="Accusé de réception", escalate_to="direction"),
        limit(32, key="reponse", label="Réponse"),
        limit(35, key="bilan", label="Bilan"),
        limit(36, key="mesures", label="Mesures"),
        limit(45, key="revue", label="Revue", warn_days=[11]),
        limit(33, key="mediation", label="Médiation", owner="", on_expiry="open_window"),
    ]
    publish(world, time_limits=limits)
    dossier = factories.file(world, at=FILED_AT).dossier
    Dossier.objects.filter(pk=dossier.pk).update(assigned_to=world.user("alice"))
    Notice.objects.all().delete()
    return dossier


def send_all(now: Any) -> None:
    check_deadlines(now.replace(hour=0, minute=5))
    send_digests(now)
    dispatch.send_waiting(now)


def mail_to(sink: SmtpSink, address: str) -> Any:
    """The only mail that came to that address."""
    (message,) = (message for message in sink.messages if message["To"] == address)
    return message


def body_of(message: Any) -> str:
    return text_of(message).replace("\r\n", "\n").strip() + "\n"


def test_a_mail_is_read_on_a_telephone(smtp_sink: SmtpSink, busy: Dossier) -> None:
    send_all(MONDAY)
    message = mail_to(smtp_sink, ALICE)
    # A long subject is folded, and what unfolds it may keep the blank.
    assert message["Subject"].strip() == (
        "Vos dossiers : 2 en retard, 1 aujourd’hui, 1 cette semaine, 1 à venir, 1 délai écoulé"
    )
    assert body_of(message) == READ_BY_ALICE.format(pk=busy.pk)
    assert message["From"] == "Connect’Sens <reclamations@connectsens.example>"
    assert max(map(len, text_of(message).splitlines())) < 80


def test_whom_a_lateness_alerts_reads_that_lateness_alone(
    smtp_sink: SmtpSink, busy: Dossier
) -> None:
    send_all(MONDAY)
    message = mail_to(smtp_sink, DIANE)
    assert message["Subject"] == "Vos dossiers : 1 en retard"
    assert "(signalé au rôle «\u00a0Direction\u00a0»)" in text_of(message)
    assert "AUJOURD’HUI" not in text_of(message)


def test_nobody_else_receives_anything(smtp_sink: SmtpSink, busy: Dossier) -> None:
    send_all(MONDAY)
    assert smtp_sink.recipients == {ALICE: 1, DIANE: 1}


def test_no_complainant_no_subject_no_word_of_theirs(smtp_sink: SmtpSink, busy: Dossier) -> None:
    send_all(MONDAY)
    for message in smtp_sink.messages:
        said = str(message["Subject"]) + text_of(message)
        for secret in ("nom", "structure", "courriel", "objet", "formation", "faits"):
            assert ANSWERS[secret] not in said


def test_one_mail_for_two_organisations_comes_from_the_site(
    world: Any, other_world: Any, smtp_sink: SmtpSink, busy: Dossier
) -> None:
    world.user("alice").groups.add(*other_world.user("charlie").groups.all())
    # Its acknowledgement is due on 5 May.
    other = factories.file(other_world, at=paris("2026-04-30 09:00"), **FIRST_TIME).dossier
    Notice.objects.all().delete()
    send_all(MONDAY)
    message, notice = mail_to(smtp_sink, ALICE), Notice.objects.get(to=ALICE)
    assert notice.organisation is None
    assert message["From"].startswith("Doléances <")
    assert "2 en retard, 1 aujourd’hui, 2 cette semaine" in message["Subject"]
    theirs, ours = body_of(message).split("--- Connect’Sens ---\n2 en retard, ")
    assert "--- Autre Formation ---\n1 cette semaine\n" in theirs
    assert f"http://autre.example/gestion/dossiers/{other.pk}/" in theirs
    assert (theirs.count("CS-2026-"), ours.count("AF-2026-")) == (0, 0)


def test_a_section_of_a_resting_organisation_is_left_out(
    world: Any, other_world: Any, smtp_sink: SmtpSink, busy: Dossier
) -> None:
    world.user("alice").groups.add(*other_world.user("charlie").groups.all())
    factories.file(other_world, at=paris("2026-04-30 09:00"), **FIRST_TIME)
    Notice.objects.all().delete()
    organisation = other_world.organisation
    type(organisation).objects.filter(pk=organisation.pk).update(working_week="0111100")
    send_all(MONDAY)
    assert Notice.objects.get(to=ALICE).organisation == world.organisation
    assert "AF-2026-" not in text_of(mail_to(smtp_sink, ALICE))


def test_beyond_two_hundred_lines_the_others_are_counted(
    world: Any, smtp_sink: SmtpSink, busy: Dossier
) -> None:
    busy.deadlines.exclude(key__in=["reponse", "bilan"]).delete()
    busy.refresh_from_db()
    copies(busy, 118)
    send_all(MONDAY)
    text = body_of(mail_to(smtp_sink, ALICE))
    assert "119 en retard, 119 aujourd’hui." in text
    assert text.count("\nCS-2026-") == digests.LINES == 200
    assert text.count("\nRéponse\n") == 119
    assert "\nEt 38 autres :\nhttp://localhost/gestion/dossiers/\n" in text


def test_one_line_too_many_is_one_other(
    smtp_sink: SmtpSink, busy: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "LINES", 5)
    send_all(MONDAY)
    assert "\nEt 1 autre :\n" in body_of(mail_to(smtp_sink, ALICE))


def test_the_most_urgent_of_all_organisations_are_shown_first(
    world: Any, other_world: Any, smtp_sink: SmtpSink, busy: Dossier, monkeypatch: Any
) -> None:
    world.user("alice").groups.add(*other_world.user("charlie").groups.all())
    factories.file(other_world, at=paris("2026-04-30 09:00"), **FIRST_TIME)
    Notice.objects.all().delete()
    monkeypatch.setattr(digests, "LINES", 2)
    send_all(MONDAY)
    theirs, ours = body_of(mail_to(smtp_sink, ALICE)).split("--- Connect’Sens ---")
    assert "Et 1 autre :\nhttp://autre.example/gestion/dossiers/" in theirs
    assert ours.count("CS-2026-") == 2
    assert "Et 4 autres :\nhttp://localhost/gestion/dossiers/" in ours
