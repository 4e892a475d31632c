"""I.H.R.M.-C.I.S. Assistance (IH-01 … IH-35): commissions, a director set aside, an appeal."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.handling.erasure import erase_expired
from complaints.handling.filing import file_dossier
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import Channel
from tests.factories import World, demonstrated, paris, submission
from tests.smtp_sink import text_of
from tests.stories.committee import (
    ANSWERS,
    UNASKED,
    file,
    minutes,
    open_and_admit,
    refusal,
    settle,
)
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text
from tests.stories.standing import deadlines, facts, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ihrm(db: None) -> World:
    return demonstrated("ihrm")


def test_a_grave_complaint_against_the_direction_goes_to_the_president_and_to_appeal(
    ihrm: World, clock: Clock, mails: Any
) -> None:
    helene, simone = Staff("helene"), Staff("simone")
    dossier, code, victor = file(ihrm, clock, "2026-04-30 09:00")
    number = dossier.reference

    # A Thursday before a month of holidays: ten days come before five worked days (IH-A1).
    assert deadlines(dossier) == {
        "accuse": ("running", date(2026, 5, 11)),
        "avis": ("running", date(2026, 5, 10)),
        "evaluer": ("running", date(2026, 5, 3)),
        "reponse_prudente": ("running", date(2026, 5, 10)),
        "reponse": ("running", date(2026, 6, 14)),
    }
    (receipt,) = mails("victor@exemple.example")
    assert "14 juin 2026" in words(text_of(receipt))
    assert "tant que la gravité" not in words(text_of(receipt))
    mails("helene@ihrm.example")

    # He names the direction: its director is set aside, and for her it is gone (IH-30, IH-A10).
    clock.strikes("2026-05-04 10:00")
    director = ihrm.user("helene")
    simone.press(dossier, "recuser", people=[director.pk], reason="Elle est mise en cause.")
    helene.arrives()
    assert helene.client.get(f"/gestion/dossiers/{dossier.pk}/").status_code == 404
    assert helene.client.get(f"/gestion/dossiers/{dossier.pk}/action/inscrire/").status_code == 404
    assert number not in page_text(helene.client.get("/gestion/dossiers/"))

    # The president opens it; one letter is both acknowledgement and notice (IH-19, IH-20).
    open_and_admit(simone, dossier, "high", "2026-05-04")
    (notice,) = mails("victor@exemple.example")
    assert "30 avril 2026" in words(text_of(notice))
    assert "10 mai 2026" in words(text_of(notice))
    standing = deadlines(dossier)
    assert (standing["accuse"][0], standing["avis"][0]) == ("met", "met")

    # Grave: the earlier of ten days and ten worked days, which would be the 19th (IH-A2).
    assert standing["reponse_forte"] == ("running", date(2026, 5, 10))
    assert standing["reponse"][0] == standing["reponse_prudente"][0] == "replaced"
    page = page_text(victor.follow(number, code))
    assert "recevable" in page
    assert "les trois critères" not in page
    assert "pv.txt" not in page

    # The trainer reads the facts; who wrote did not agree to be named (IH-18, IH-A16).
    accused = {"name": "Paul Roche", "email": "roche@exemple.example"}
    slip = "Victor Almeida dit que l’exercice s’est fait sans protection."
    refused = refusal(simone, dossier, "informer_mis_en_cause", body=slip, **accused)
    assert "Victor" in refused
    plain = "Un exercice se serait fait sans gants, en mars."
    simone.press(dossier, "informer_mis_en_cause", body=plain, **accused)
    (letter,) = mails("roche@exemple.example")
    assert plain in words(text_of(letter))
    assert "Almeida" not in text_of(letter) + letter["Subject"]
    assert plain not in page_text(victor.follow(number, code))

    # Analysed, decided with minutes, answered in time.
    clock.strikes("2026-05-07 15:00")
    minutes(simone, dossier, "ctrp", "2026-05-06", "Le matériel manquait.")
    settle(simone, dossier)
    assert deadlines(dossier)["silence"] == ("running", date(2026, 5, 22))
    assert "REP-2026-0001" in page_text(victor.follow(number, code))
    answer = words(text_of(mails("victor@exemple.example")[-1]))
    assert "former un recours au plus tard le vendredi 22 mai 2026" in answer
    assert "Nous vous répondons" not in answer

    # He appeals within the fifteen days, with papers of his own (IH-27).
    clock.strikes("2026-05-20 20:00")
    page = victor.follow(number, code)
    mails("victor@exemple.example")
    paper = SimpleUploadedFile("attestation.txt", "Témoignage.".encode())
    filed = victor.answer(
        page, number, "deposer_recours", reason="La cause n’est pas dite.", files=paper
    )
    assert filed.status_code == 303, page_text(filed)
    (confirmation,) = mails("victor@exemple.example")
    assert "tous les documents du dossier" in words(text_of(confirmation))
    assert deadlines(dossier)["silence"][0] == "met"
    assert deadlines(dossier)["recours"] == ("running", date(2026, 6, 20))
    assert dossier.attachments.filter(original_name="attestation.txt").exists()

    # Another paper, an extension of a month at most, the minutes, the decision (IH-28).
    page = victor.follow(number, code)
    victor.answer(page, number, "apporter_pieces", answer="Voici le nom d’un témoin.")
    clock.strikes("2026-06-15 10:00")
    too_far = refusal(simone, dossier, "proroger", due_on="2026-07-21", reason="Un témoin.")
    assert "20 juillet 2026" in too_far
    simone.press(dossier, "proroger", due_on="2026-07-20", reason="Un témoin est absent.")
    assert "appeal_extended" in facts(dossier)
    assert "Un témoin est absent." in words(text_of(mails("victor@exemple.example")[-1]))
    again = refusal(simone, dossier, "proroger", due_on="2026-08-01", reason="Encore.")
    assert "Aucun délai de ce dossier" in again
    clock.strikes("2026-07-10 10:00")
    minutes(simone, dossier, "comite", "2026-07-09", "Le Comité réforme la réponse.")
    said = "La cause est dite dans cette lettre."
    simone.press(dossier, "trancher", outcome="favourable", decision=said)
    assert said in words(text_of(mails("victor@exemple.example")[-1]))
    assert deadlines(dossier)["recours"] == ("met", date(2026, 7, 20))

    # There is no second appeal (IH-29); the dossier is closed, what was decided goes on (IH-A14).
    assert 'action/deposer_recours/"' not in victor.follow(number, code).content.decode()
    dossier = simone.press(dossier, "clore")
    assert (dossier.phase, dossier.erase_on) == ("closed", date(2031, 7, 10))
    clock.strikes("2026-09-01 10:00")
    measure = dossier.measures.get()
    simone.press(dossier, "mesure_realisee", measure=measure.pk)
    simone.press(dossier, "verifier_effet", measure=measure.pk, effect="Aucun manque en trois mois")
    measure.refresh_from_db()
    assert measure.effect_checked_on == date(2026, 9, 1)
    assert first_broken_event(dossier) is None

    # Nothing was ever written to the director about it, nor shown in the register she exports.
    told = [text_of(mail) + mail["Subject"] for mail in mails("helene@ihrm.example")]
    assert not any(number in words(text) for text in told)
    assert "R-2026-0001" not in helene.export_register()
    assert erase_expired(paris("2031-07-09 03:20")) == 0
    assert erase_expired(paris("2031-07-10 03:20")) == 1


def test_silence_closes_the_dossier_and_ends_the_appeal(
    ihrm: World, clock: Clock, mails: Any
) -> None:
    paul = Staff("paul")
    agreed = {"direction_en_cause": False, "accord_nom": True}
    dossier, code, victor = file(ihrm, clock, "2026-03-30 09:00", **agreed)
    assert dossier.complainant.consents_to_disclosure

    # Forty-five days and not forty-five worked days, which would be the eighth of June (IH-A2).
    assert deadlines(dossier)["reponse"] == ("running", date(2026, 5, 14))

    # Three days without a grade: the direction is alerted (IH-A4).
    clock.strikes("2026-04-02 07:00")
    assert any("Évaluer la gravité" in words(text_of(m)) for m in mails("helene@ihrm.example"))
    open_and_admit(paul, dossier, "medium", "2026-04-02")
    clock.strikes("2026-04-29 18:30")
    settle(paul, dossier)

    # Fifteen days end on Ascension Day, so on the day after (IH-A13); then the clock closes.
    assert deadlines(dossier)["silence"] == ("running", date(2026, 5, 15))
    clock.strikes("2026-05-15 23:59")
    page = victor.follow(dossier.reference, code)
    assert Dossier.objects.get(pk=dossier.pk).is_open
    clock.strikes("2026-05-16 00:00")
    closed = Dossier.objects.get(pk=dossier.pk)
    assert (closed.stage, closed.erase_on) == ("cloture", date(2031, 5, 16))
    assert closed.events.get(kind="closed").personal["reason"].startswith("Clôture tacite.")
    late = victor.answer(page, dossier.reference, "deposer_recours", reason="Trop tard.")
    assert late.status_code == 409
    assert "appeal_filed" not in facts(closed)
    assert "est clos" in words(text_of(mails("victor@exemple.example")[-1]))


def test_a_sheet_filled_in_by_a_trainer_has_nobody_to_answer(
    ihrm: World, clock: Clock, mails: Any
) -> None:
    helene = Staff("helene")
    clock.strikes("2026-04-30 09:00")
    number, _code = Visitor(host=ihrm.host).file(
        {
            "nature": "adverse_event",
            "objet": "Câble dénudé en salle 2",
            "prestation": "Habilitation électrique",
            "faits": "Une rallonge était dénudée près des tables.",
            "faits_le": "2026-04-29",
        }
    )
    dossier = Dossier.objects.get(reference=number)

    # No complainant, no acknowledgement, no answer owed; its gravity is to be seen (IH-A7).
    assert (dossier.kind, dossier.complainant) == ("adverse_event", None)
    assert deadlines(dossier) == {"evaluer": ("running", date(2026, 5, 3))}

    helene.press(dossier, "inscrire_fiche")
    helene.press(
        dossier, "evaluer", severity="high", markers=["sante_securite"], reason="Choc possible."
    )
    helene.press(dossier, "prevoir_mesure", nature="emergency", description="Rallonge retirée.")
    helene.press(dossier, "analyser_fiche", root_cause="Pas de contrôle annuel.")
    helene.press(dossier, "decider_fiche", outcome="favourable", decision="Contrôle annuel.")
    dossier = helene.press(dossier, "clore_fiche")
    assert (dossier.stage, dossier.registered_at is not None) == ("cloture", True)
    measure = dossier.measures.get()
    helene.press(dossier, "mesure_realisee", measure=measure.pk)
    assert not dossier.deadlines.pending().exists()


def test_a_call_starts_no_clock_and_the_writing_continues_the_same_dossier(
    ihrm: World, clock: Clock, mails: Any
) -> None:
    helene = Staff("helene")
    clock.strikes("2026-04-01 10:00")
    given = submission(ihrm, **UNASKED | ANSWERS)
    told = file_dossier(
        type(given)(**vars(given) | {"channel": Channel.PHONE}), at=paris("2026-04-01 10:00")
    ).dossier

    # He is told how to write; no date is promised (IH-13, IH-15, IH-A6).
    assert deadlines(told) == {}
    mails("victor@exemple.example")
    told = helene.press(told, "indiquer_ecrit")
    (letter,) = mails("victor@exemple.example")
    assert "il nous faut un écrit" in words(text_of(letter))
    assert (told.phase, deadlines(told)) == ("signalled", {})

    # His letter comes a week later and is opened on the next day: the clocks count from its day.
    clock.strikes("2026-04-09 10:00")
    paper = SimpleUploadedFile("lettre.txt", b"Madame la directrice,")
    came = {"channel": "post", "on": "2026-04-08", "files": paper}
    written = helene.press(told, "ecrit_recu", **came)
    assert (written.reference, written.stage) == (told.reference, "signalement")
    assert deadlines(written)["accuse"] == ("running", date(2026, 4, 15))
    assert (written.expressed_on, written.first_channel) == (date(2026, 4, 1), "phone")
    assert Dossier.objects.count() == 1

    # Opened, graded: the answer too counts from the letter.
    helene.press(written, "inscrire")
    helene.press(written, "evaluer", severity="medium", reason="Relu.")
    helene.press(written, "aviser")
    (notice,) = mails("victor@exemple.example")
    assert "8 avril 2026" in words(text_of(notice))
    assert deadlines(written)["reponse"] == ("running", date(2026, 5, 23))


def test_facts_of_two_months_are_refused_in_writing_with_reasons(
    ihrm: World, clock: Clock, mails: Any
) -> None:
    helene = Staff("helene")
    dossier, _code, _victor = file(ihrm, clock, "2026-03-30 09:00", faits_le="2026-01-30")
    helene.press(dossier, "inscrire")
    helene.press(dossier, "aviser")
    minutes(helene, dossier, "commission", "2026-03-30", "Les faits ont deux mois.")

    # Two months on the very day: it takes a reason to admit it all the same (IH-A12).
    without = refusal(helene, dossier, "recevable", criteria=["concerne", "precis"])
    assert "Un critère n’est pas coché" in without
    reason = "Les faits datent de deux mois ou plus."
    mails("victor@exemple.example")
    dossier = helene.press(dossier, "irrecevable", criteria=["recents"], reason=reason)
    (letter,) = mails("victor@exemple.example")
    assert reason in words(text_of(letter))
    assert "médiateur de la consommation" in words(text_of(letter))
    assert dossier.phase == "closed"
    assert deadlines(dossier)["reponse"][0] == "met"
