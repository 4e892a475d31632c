"""Connect'Sens (CS-01 … CS-27): one complaint, from the page to the end of its retention."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from complaints.handling.erasure import erase_expired
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from complaints.register.columns import register_line
from pages.documents import make_document
from tests.factories import ANSWERS, World, paris
from tests.smtp_sink import pdf_of, text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text

pytestmark = pytest.mark.django_db


def read_pdf(content: bytes) -> str:
    """The text of a PDF, spaces as one."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def lines_of(message: Any) -> str:
    """What a person reads in it, line by line."""
    return "\n".join(text_of(message).splitlines())


def facts(dossier: Dossier) -> list[str]:
    return list(dossier.events.order_by("number").values_list("kind", flat=True))


def test_the_whole_life_of_a_complaint(world: World, clock: Clock, mails: Any) -> None:
    make_document(world.page.pk, paris("2026-03-30 08:00"))
    dora, alice = Visitor(), Staff("alice")

    # The page says the procedure, and the PDF says the same.
    page = page_text(dora.get("/"))
    procedure = read_pdf(_body(dora.get("/procedure.pdf")))
    for words in ("Inscription au registre", "impartialité", "7 ans", "2 mois", "indicateur 31"):
        assert words in page, words
    for words in ("Inscription au registre", "7 ans", "Connect’Sens", "CS-PROC-REC"):
        assert words in procedure, words
    assert "repère interne" not in page + procedure

    # She files from her phone, with a proof, and has everything at once.
    clock.strikes("2026-03-30 09:10")
    number, code = dora.file(ANSWERS, pieces=b"Relance du 2 mars")
    dossier = Dossier.objects.get(reference=number)
    (receipt,) = mails("dora@exemple.example")
    assert number == "CS-2026-0001"
    assert number in receipt["Subject"]
    assert receipt["Reply-To"] == "hello.connectsens@gmail.com"
    assert code in text_of(receipt)
    assert ANSWERS["faits"] in text_of(receipt)
    printed = read_pdf(pdf_of(receipt))
    assert ANSWERS["faits"] in printed
    assert dossier.attachments.get().sha256[:16] in printed
    assert code not in printed
    assert str(dossier.form_version).endswith("V1 07052024")

    # The clock warns the day before, then not again; at seven she reads what her day is made of.
    clock.strikes("2026-03-31 06:00")
    clock.strikes("2026-03-31 06:05")
    assert facts(dossier).count("deadline_warned") == 1
    assert len(mails("alice@connectsens.example")) == 1  # the new dossier
    clock.strikes("2026-03-31 07:00")
    (digest,) = mails("alice@connectsens.example")
    assert digest["Subject"] == "Vos dossiers : 1 cette semaine"
    assert f"{number}\nAccusé de réception (repère interne)\n" in lines_of(digest)
    assert "mercredi 1er avril 2026, demain" in text_of(digest)
    assert "Lemaire" not in text_of(digest)
    assert mails("diane@connectsens.example")[1:] == []  # the new dossier, nothing else

    # Acknowledged in time.
    clock.strikes("2026-03-31 10:00")
    alice.press(dossier, "accuser")
    (acknowledgement,) = mails("dora@exemple.example")
    assert "Nous avons reçu votre réclamation le 30 mars 2026" in text_of(acknowledgement)
    assert "30 mars 2026" in read_pdf(pdf_of(acknowledgement))
    assert dossier.deadlines.get(key="accuse_interne").state == "met"

    # Something is missing before the register can take it (CS-12); she answers from her page.
    clock.strikes("2026-04-01 10:00")
    question = "Bonjour, à quelle date la formation a-t-elle fini ?"
    alice.press(dossier, "demander_complement", body=question)
    assert question in text_of(mails("dora@exemple.example")[0])
    clock.strikes("2026-04-02 20:00")
    followed = dora.follow(number, code)
    assert "Nous attendons un complément" in page_text(followed)
    answer = dora.answer(followed, number, "recevoir_complement", answer="Le 20 mars 2026.")
    assert answer.status_code == 303
    dossier.refresh_from_db()
    assert dossier.stage == "recueil"

    # Registered, assessed, decided, measures planned and done.
    clock.strikes("2026-04-03 10:00")
    alice.press(dossier, "inscrire")
    alice.press(dossier, "recevable", breaches="L’envoi des attestations n’est suivi par personne.")
    clock.strikes("2026-04-10 15:00")
    alice.press(dossier, "decider", outcome="favourable", decision="L’attestation était due.")
    alice.press(
        dossier, "prevoir_mesure", nature="preventive", description="Envoi automatique à la fin."
    )
    clock.strikes("2026-04-14 15:00")
    measure = dossier.measures.get()
    dossier = alice.press(dossier, "mesure_realisee", measure=measure.pk, effect="Envois vérifiés.")
    alice.press(dossier, "preparer_reponse")

    # The internal mark passes: warned twice before, late once, told to moderator and direction.
    for person in ("alice", "diane"):
        mails(f"{person}@connectsens.example")
    for moment in ("2026-04-22 00:10", "2026-04-27 00:10", "2026-04-30 00:05", "2026-04-30 00:10"):
        clock.strikes(moment)
    assert facts(dossier).count("deadline_missed") == 1
    missed = dossier.events.get(kind="deadline_missed")
    assert missed.data["escalated_to"] == "Direction"
    assert mails("alice@connectsens.example") == []
    clock.strikes("2026-04-30 07:00")
    for person, why in (("alice", "vous avez le rôle"), ("diane", "signalé au rôle")):
        (digest,) = mails(f"{person}@connectsens.example")
        assert digest["Subject"] == "Vos dossiers : 1 en retard"
        assert "mercredi 29 avril 2026, en retard de 1 jour" in text_of(digest)
        assert why in text_of(digest)

    # Two months after her first written complaint, the way to a mediator is open (CS-26); on the
    # first of May and during the weekend nobody is disturbed, on Monday it is told.
    for moment in ("2026-05-01 07:00", "2026-05-02 07:00", "2026-05-03 00:05", "2026-05-03 07:00"):
        clock.strikes(moment)
    assert "deadline_lapsed" in facts(dossier)
    assert mails("alice@connectsens.example") == mails("diane@connectsens.example") == []
    clock.strikes("2026-05-04 07:00")
    (digest,) = mails("alice@connectsens.example")
    # A long subject is folded, and what unfolds it may keep the blank.
    assert digest["Subject"].strip() == "Vos dossiers : 1 en retard, 1 délai écoulé"
    assert "possible depuis le dimanche 3 mai 2026" in text_of(digest)

    # The numbered response names every measure (CS-15, CS-19).
    clock.strikes("2026-05-04 11:00")
    alice.press(dossier, "repondre", resolution="Attestation envoyée le 14 avril.")
    response = mails("dora@exemple.example")[-1]
    assert "Envoi automatique à la fin." in text_of(response)
    assert "médiateur" in text_of(response)
    assert "REP-2026-0001" in read_pdf(pdf_of(response))

    # Her opinion is asked and given (CS-22), then the dossier is closed.
    alice.press(dossier, "demander_avis")
    clock.strikes("2026-05-06 21:00")
    followed = dora.follow(number, code)
    dora.answer(followed, number, "donner_avis", opinion="satisfied", comment="Merci.")
    clock.strikes("2026-05-12 10:00")
    dossier = alice.press(dossier, "clore", evidence_location="Dossier électronique")
    assert dossier.phase == "closed"
    assert dossier.erase_on == paris("2033-05-12 10:00").date()
    assert not dossier.deadlines.pending().filter(is_duty=True).exists()
    assert first_broken_event(dossier) is None

    # The register line of CS-14, its seventeen columns complete, as the direction exports it.
    assert register_line(dossier) == REGISTER_LINE
    exported = Staff("diane").export_register()
    for _title, value in REGISTER_LINE:
        assert value in exported

    # Seven years later the person is forgotten; the line and the sealed journal stay.
    assert erase_expired(paris("2033-05-11 03:20")) == 0
    assert erase_expired(paris("2033-05-12 03:20")) == 1
    dossier.refresh_from_db()
    assert dossier.phase == "erased"
    assert dict(register_line(dossier))["N° de réclamation"] == "R-2026-0001"
    assert "Dora" not in str(register_line(dossier))
    assert first_broken_event(dossier) is None
    assert dora.follow(number, code).status_code == 404


def _body(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


REGISTER_LINE = [
    ("N° de réclamation", "R-2026-0001"),
    ("Date de réception du formulaire complété conforme", "02/04/2026"),
    ("Date de la réclamation initiale", "02/03/2026"),
    ("Mode de la réclamation initiale", "Courriel"),
    ("Nom du client", "Dora Lemaire, Atelier Lemaire"),
    ("Objet", "Attestation jamais reçue"),
    ("Contrat, produit ou service concerné", "Gestion du stress, session de mars 2026"),
    ("Autres personnes ou entités concernées, hors organisme", "Mon employeur"),
    ("Opération(s) concernée(s)", "Déroulement de la formation"),
    ("Description", "Je n’ai pas reçu mon attestation malgré deux relances."),
    (
        "Manquements de l’organisme identifiés",
        "L’envoi des attestations n’est suivi par personne.",
    ),
    ("Réponse apportée", "Favorable"),
    ("Actions menées et dates", "Envoi automatique à la fin. (14/04/2026)"),
    (
        "Résolution du dysfonctionnement ou de l’insatisfaction",
        "Attestation envoyée le 14 avril.",
    ),
    ("Date de la réponse", "04/05/2026"),
    ("N° du formulaire de réponse", "REP-2026-0001"),
    ("Lieu de conservation des justificatifs", "Dossier électronique"),
]
