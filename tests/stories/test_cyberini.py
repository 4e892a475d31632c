"""Cyberini (CY-01 … CY-16): one simple complaint answered at once, one complex that is announced.

Two dossiers of one organisation: what is waived by an early answer, what is due when it is late.
"""

from datetime import date
from typing import Any

import pytest

from complaints.handling.filing import file_dossier
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from complaints.register.columns import register_line
from complaints.workflow.vocabulary import Channel
from tests.factories import World, demonstrated, paris, submission
from tests.smtp_sink import text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text
from tests.stories.standing import deadlines, facts, words

pytestmark = pytest.mark.django_db

ANSWERS = {
    "nom": "Nora Vasseur",
    "fonction": "Responsable formation",
    "societe": "Vasseur Conseil",
    "reponse_par": "email",
    "courriel": "nora@exemple.example",
    "telephone": "06 01 02 03 04",
    "formation": "Sécurité des réseaux",
    "stagiaire": "Marc Vidal",
    "dates": {"from": "2026-05-04", "to": "2026-05-08"},
    "objet": "Travaux pratiques inaccessibles",
    "faits": "L’environnement n’a pas démarré pendant deux jours.",
    "deja": False,
}
# The same, as a browser sends them: an answer in two parts has two boxes.
SENT = {name: answer for name, answer in ANSWERS.items() if name != "dates"}
SENT |= {"dates-from": "2026-05-04", "dates-to": "2026-05-08"}


@pytest.fixture
def cyberini(db: None) -> World:
    return demonstrated("cyberini")


def visitor(world: World) -> Visitor:
    return Visitor(host=world.host)


def test_an_early_answer_is_its_own_acknowledgement(
    cyberini: World, clock: Clock, mails: Any
) -> None:
    nora, karim = visitor(cyberini), Staff("karim")

    # The page promises what the clock will enforce, and nothing that the text does not say.
    page = page_text(nora.get("/"))
    for said in ("3 jours ouvrables", "7 jours calendaires", "1 mois", "tableau de bord annuel"):
        assert said in page, said
    assert "{" not in page

    # On the eve of a public holiday, late: Friday is one, Saturday counts, Sunday does not (CY-07).
    clock.strikes("2026-05-07 17:40")
    number, code = nora.file(SENT)
    dossier = Dossier.objects.get(reference=number)
    assert deadlines(dossier) == {
        "accuse": ("running", date(2026, 5, 12)),
        "reponse_simple": ("running", date(2026, 5, 14)),
    }
    (receipt,) = mails("nora@exemple.example")
    assert "à moins de vous avoir déjà répondu" in words(text_of(receipt))

    # The answer is known: no acknowledgement is owed any more, nobody is told of one.
    clock.strikes("2026-05-11 10:00")
    karim.press(dossier, "inscrire")
    dossier = karim.press(dossier, "repondre_aussitot", resolution="Deux journées offertes.")
    (answer,) = mails("nora@exemple.example")
    assert number in answer["Subject"]
    assert {state for state, _day in deadlines(dossier).values()} == {"met"}
    assert "acknowledged" not in facts(dossier)
    mails("karim@cyberini.example")
    for moment in ("2026-05-13 00:05", "2026-05-13 07:00", "2026-05-15 07:00"):
        clock.strikes(moment)
    assert mails("karim@cyberini.example") == []
    assert "deadline_missed" not in facts(dossier)
    # The register says of the complainant and of the training what the text wants said (CY-02).
    line = dict(register_line(dossier))
    assert line["Réclamant, fonction et société"] == (
        "Nora Vasseur, Responsable formation, Vasseur Conseil"
    )
    assert line["Stagiaire concerné"] == "Marc Vidal"
    assert line["Dates de la formation"] == "du 4 au 8 mai 2026"
    assert "REP-2026-0001" in page_text(nora.follow(number, code))


def test_a_complex_complaint_is_announced_in_five_days_and_answered_in_a_month(
    cyberini: World, clock: Clock, mails: Any
) -> None:
    nora, karim = visitor(cyberini), Staff("karim")

    # A letter: the staff type what it says; it is traceable, so it opens a dossier (CY-06).
    clock.strikes("2026-06-01 09:00")
    given = submission(cyberini, **dict.fromkeys(UNASKED), **ANSWERS)
    sent = type(given)(**vars(given) | {"channel": Channel.POST})
    filed = file_dossier(sent, at=paris("2026-06-01 09:00"))
    dossier, number = filed.dossier, filed.dossier.reference
    karim.press(dossier, "accuser")
    karim.press(dossier, "inscrire")
    mails("nora@exemple.example")

    # Nobody has said that it is complex: seven days. Then someone does: five to write why, and a
    # month to answer, all from the reception (CY-A3, CY-A4, CY-A8). The risks reject nothing.
    assert dossier.deadlines.get(key="reponse_simple").due_on == date(2026, 6, 8)
    clock.strikes("2026-06-03 10:00")
    dossier = karim.press(
        dossier,
        "evaluer",
        complexity="complex",
        markers=["image", "financier"],
        reason="Il faut l’analyse de l’hébergeur.",
    )
    assert dossier.markers == ["image", "financier"]
    assert deadlines(dossier) == {
        "accuse": ("met", date(2026, 6, 4)),
        "reponse_simple": ("replaced", date(2026, 6, 8)),
        "annonce_retard": ("running", date(2026, 6, 6)),
        "reponse_complexe": ("running", date(2026, 7, 1)),
    }

    # She is called, since she wrote by post (CY-09), and reads what was understood (CY-08).
    clock.strikes("2026-06-04 14:30")
    karim.press(
        dossier,
        "noter_contact",
        channel="phone",
        hour="14:20",
        said="Elle demande deux jours de rattrapage.",
    )
    logged = dossier.events.get(kind="contact_logged")
    assert (logged.actor_label, logged.data["hour"]) == ("Karim", "14:20")
    understood = "Vous n’avez pas pu travailler pendant deux jours."
    karim.press(dossier, "reformuler", understood=understood)
    (letter,) = mails("nora@exemple.example")
    assert understood in words(text_of(letter))

    # The fifth day: the letter that says why, and the day of the answer (CY-12).
    clock.strikes("2026-06-06 11:00")
    karim.press(dossier, "annoncer_retard")
    (letter,) = mails("nora@exemple.example")
    assert "mercredi 1er juillet 2026" in words(text_of(letter))
    assert deadlines(dossier)["annonce_retard"] == ("met", date(2026, 6, 6))
    clock.strikes("2026-06-07 00:05")
    assert "deadline_missed" not in facts(dossier)

    # A realistic date, nearer: it binds (CY-13).
    clock.strikes("2026-06-10 10:00")
    karim.press(
        dossier, "fixer_date", due_on="2026-06-24", reason="L’hébergeur rend son rapport le 22."
    )
    (letter,) = mails("nora@exemple.example")
    assert "24 juin 2026" in letter["Subject"]

    # The cause, a measure, the answer in time.
    clock.strikes("2026-06-22 16:00")
    karim.press(
        dossier,
        "analyser",
        analysis="L’hébergeur a migré ses serveurs.",
        root_cause="Personne ne vérifie l’environnement la veille.",
    )
    karim.press(dossier, "decider", outcome="favourable", decision="Deux journées sont dues.")
    karim.press(
        dossier, "prevoir_mesure", nature="preventive", description="Vérification la veille."
    )
    clock.strikes("2026-06-24 17:00")
    dossier = karim.press(dossier, "repondre", resolution="Deux journées planifiées.")
    assert dossier.root_cause == "Personne ne vérifie l’environnement la veille."
    assert deadlines(dossier)["reponse_complexe"] == ("met", date(2026, 6, 24))
    assert "Vérification la veille." in words(text_of(mails("nora@exemple.example")[-1]))

    # Done, then checked (CY-16); she is told what became of it, and the dossier is closed.
    measure = dossier.measures.get()
    karim.press(dossier, "mesure_realisee", measure=measure.pk)
    clock.strikes("2026-09-15 10:00")
    karim.press(
        dossier, "verifier_effet", measure=measure.pk, effect="Trois sessions sans incident."
    )
    measure.refresh_from_db()
    assert measure.effect_checked_on == date(2026, 9, 15)
    dossier = karim.press(dossier, "clore")
    assert (dossier.phase, dossier.erase_on) == ("closed", None)  # no number in the text (CY-17)
    assert "effect_checked" in facts(dossier)
    assert first_broken_event(dossier) is None
    assert "Votre dossier est clos" in page_text(nora.follow(number, filed.code))


def test_a_complaint_found_complex_after_the_fifth_day_is_announced_late(
    cyberini: World, clock: Clock, mails: Any
) -> None:
    nora, karim = visitor(cyberini), Staff("karim")
    clock.strikes("2026-06-01 09:00")
    number, _code = nora.file(SENT)
    dossier = Dossier.objects.get(reference=number)
    karim.press(dossier, "accuser")

    # The sixth of June was the last day to write; the flag comes on the seventh (CY-A8).
    clock.strikes("2026-06-07 09:00")
    karim.press(dossier, "evaluer", complexity="complex", reason="Deux prestataires en cause.")
    clock.strikes("2026-06-07 09:05")
    missed = dossier.events.get(kind="deadline_missed")
    assert (missed.data["limit"], missed.data["due_on"]) == ("annonce_retard", "2026-06-06")
    clock.strikes("2026-06-08 07:00")
    (digest,) = [m for m in mails("lea@cyberini.example") if m["Subject"].startswith("Vos ")]
    assert "en retard" in words(text_of(digest))

    # Written late, it is written all the same, and the month to answer holds.
    karim.press(dossier, "annoncer_retard")
    assert deadlines(dossier)["annonce_retard"] == ("met", date(2026, 6, 6))
    assert deadlines(dossier)["reponse_complexe"] == ("running", date(2026, 7, 1))


# What `submission` fills in for another form.
UNASKED = ("qualite", "structure", "operations", "tiers", "attentes", "deja_le", "deja_par")
