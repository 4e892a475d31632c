"""SophroAttitude (SA-01 … SA-19): no number of days, a mediator with a last day, one year kept."""

import re
from datetime import date
from typing import Any

import pytest

from complaints.handling.erasure import erase_expired
from complaints.handling.publication import findings
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from complaints.register.columns import register_line
from tests.factories import World, demonstrated, paris
from tests.smtp_sink import text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text
from tests.stories.standing import deadlines, words

pytestmark = pytest.mark.django_db

ANSWERS = {
    "nom": "Inès Garnier",
    "qualite": "client",
    "personnel": True,
    "reponse_par": "email",
    "courriel": "ines@exemple.example",
    "objet": "Module jamais mis en ligne",
    "formation": "Sophrologie et sommeil",
    "actions": ["realisation"],
    "faits": "Le quatrième module n’est toujours pas en ligne.",
    "tiers": "Mon employeur",
    "attentes": "Être remboursée.",
    "deja": True,
    "deja_le": "2026-02-10",
    "deja_par": "email",
}
LAST_DAY = "10 février 2027"
CRITERIA = ["ecrit", "formation", "reclamation"]


@pytest.fixture
def sophroattitude(db: None) -> World:
    return demonstrated("sophroattitude")


def test_one_person_answers_without_a_promised_day_and_the_mediator_has_a_last_one(
    sophroattitude: World, clock: Clock, mails: Any
) -> None:
    ines, sophie = Visitor(host=sophroattitude.host), Staff("sophie")

    # The page names the mediator, promises no number, and keeps the team's own marks to the team.
    page = page_text(ines.get("/"))
    for said in (
        "meilleurs délais",
        "AME CONSO",
        "www.mediationconso-ame.com",
        "1 an",
        "CONTACT",
        "11 place Dauphine",
    ):
        assert said in page, said
    for unsaid in ("2 mois", "repère interne", "{", "RNCQ", "Bienrelax"):
        assert unsaid not in page, unsaid
    assert not re.search(r"\d+ jours", page)
    # One person under two roles is said once; without an address, one writes by the form.
    assert page.count("Les personnes Directrice des formations") == 1
    assert "Écrivez-nous par le formulaire" in page

    # She had written in February: what she reads gives the last day to ask the mediator (SA-10).
    clock.strikes("2026-03-30 09:00")
    number, code = ines.file(ANSWERS)
    dossier = Dossier.objects.get(reference=number)
    (receipt,) = mails("ines@exemple.example")
    assert LAST_DAY in words(text_of(receipt))
    assert dossier.consumer is True
    assert deadlines(dossier) == {
        "accuse_interne": ("running", date(2026, 4, 1)),
        "reponse_interne": ("running", date(2026, 4, 29)),
        "reponse": ("running", None),
        "mediation_ouverte": ("running", date(2026, 4, 10)),
        "mediation_limite": ("running", date(2027, 2, 10)),
    }

    # One account does it all. The acknowledgement says how it is handled (SA-07), and no day but
    # the mediator's.
    clock.strikes("2026-03-31 10:00")
    sophie.press(dossier, "accuser")
    (acknowledgement,) = mails("ines@exemple.example")
    told = words(text_of(acknowledgement))
    assert "comment nous le traitons" in told
    assert "dans les meilleurs délais" in told
    assert LAST_DAY in told
    assert "29 avril" not in told
    sophie.press(dossier, "inscrire")
    sophie.press(dossier, "recevable", criteria=CRITERIA, breaches="Aucune date de secours.")

    # Two months after her letter, only the team is told (SA-A1), on its next day of work.
    mails("sophie@sophroattitude.example")
    for moment in ("2026-04-11 00:05", "2026-04-13 07:00"):
        clock.strikes(moment)
    (digest,) = mails("sophie@sophroattitude.example")
    assert "possible depuis le samedi 11 avril 2026" in words(text_of(digest))
    assert "avril 2026" not in page_text(ines.follow(number, code))

    # Refused in part: the answer sends her to AME CONSO, the last day is on her page (SA-08).
    clock.strikes("2026-04-20 10:00")
    sophie.press(dossier, "decider", outcome="partial", decision="Le module ouvre le 4 mai.")
    sophie.press(dossier, "prevoir_mesure", nature="preventive", description="Un module d’avance.")
    dossier = sophie.press(dossier, "mesure_realisee", measure=dossier.measures.get().pk, effect="")
    sophie.press(dossier, "preparer_reponse")
    sophie.press(dossier, "repondre", resolution="Module ouvert, sans remboursement.")
    answer = words(text_of(mails("ines@exemple.example")[-1]))
    assert "AME CONSO, https://www.mediationconso-ame.com" in answer
    assert "si vous êtes un consommateur" in answer
    assert "jamais une obligation" in answer
    assert LAST_DAY in page_text(ines.follow(number, code))

    # She asks the mediator: as long as it lasts nothing is closed, so nothing is erased (SA-A2).
    clock.strikes("2026-05-04 10:00")
    dossier = sophie.press(dossier, "mediateur", mediator="AME CONSO")
    assert (dossier.phase, dossier.erase_on) == ("mediation", None)
    clock.strikes("2026-09-07 10:00")
    dossier = sophie.press(dossier, "clore", evidence_location="Classeur bleu, étagère 2")
    assert dossier.erase_on == date(2027, 9, 7)

    # Sixteen columns, two of them holding two facts (SA-15); the export has them all.
    line = register_line(dossier)
    assert line == REGISTER_LINE
    exported = sophie.export_register()
    for title, value in line:
        assert title in exported
        assert value in exported

    # One year later the person is forgotten; the line still counts.
    assert erase_expired(paris("2027-09-06 03:20")) == 0
    assert erase_expired(paris("2027-09-07 03:20")) == 1
    dossier.refresh_from_db()
    kept = dict(register_line(dossier))
    assert kept["Réponse, positive ou négative"] == "Partiellement favorable"
    assert kept["N° et date de réception du ticket complet et conforme"].startswith("R-2026-0001")
    assert "Inès" not in str(kept)
    assert first_broken_event(dossier) is None


def test_what_its_editor_is_warned_of(sophroattitude: World) -> None:
    found = findings(sophroattitude.page.procedure, date(2026, 3, 30))
    assert all(finding.warning for finding in found), found
    assert "jamais été vérifiée" in next(f for f in found if f.part == "mediator").sentence
    # A year from the closure is enough for the mediator, not for the next audit (SA-A2).
    [retention] = [finding.sentence for finding in found if finding.part == "retention"]
    assert "audit qualité remonte de 14 à 22 mois" in words(retention)


REGISTER_LINE = [
    ("N° et date de réception du ticket complet et conforme", "R-2026-0001, 30/03/2026"),
    ("Date de la réclamation initiale, s’il y a lieu", "10/02/2026"),
    ("Mode de la réclamation initiale (n° du ticket)", "Courriel, n° SA-2026-0001"),
    ("Nom du client", "Inès Garnier"),
    ("Objet", "Module jamais mis en ligne"),
    ("Contrat, produit ou service", "Sophrologie et sommeil"),
    ("Autres personnes concernées, en dehors de SophroAttitude", "Mon employeur"),
    ("Action(s) concernée(s)", "Déroulement"),
    ("Description", "Le quatrième module n’est toujours pas en ligne."),
    ("Manquements relevés", "Aucune date de secours."),
    ("Réponse, positive ou négative", "Partiellement favorable"),
    ("Actions menées et dates", "Un module d’avance. (20/04/2026)"),
    ("Résolution", "Module ouvert, sans remboursement."),
    ("Date de la réponse", "20/04/2026"),
    ("N° du formulaire de réponse", "REP-2026-0001"),
    ("Lieu des justificatifs", "Classeur bleu, étagère 2"),
]
