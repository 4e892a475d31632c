"""Cafémétrie (CM-01 … CM-30): an incident that becomes a complaint, and a complaint said aloud."""

from datetime import date
from typing import Any

import pytest

from complaints.handling.erasure import erase_expired
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from complaints.register.columns import register_line
from tests.factories import World, demonstrated, paris
from tests.smtp_sink import text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text
from tests.stories.standing import deadlines, facts, words

pytestmark = pytest.mark.django_db

INCIDENT = {
    "nature": "disruption",
    "objet": "Coupure d’eau",
    "faits": "L’eau est coupée dans la rue : aucune machine ne peut servir.",
    "formation": "Barista, niveau 2",
    "session": "Lieu d’accueil, mars 2026",
    "nom": "Hugo Lambert",
    "qualite": "instructor",
    "reponse_par": "email",
    "courriel": "hugo@exemple.example",
    "redige_par": "self",
    "deja": False,
}
SAID_ALOUD = {
    "nature": "complaint",
    "objet": "Livret jamais remis",
    "faits": "Le livret annoncé au programme n’a pas été distribué.",
    "formation": "Barista, niveau 1",
    "nom": "Leïla Marchand",
    "qualite": "trainee",
    "reponse_par": "email",
    "courriel": "leila@exemple.example",
    "redige_par": "director",
    "redacteur": "La directrice",
    "deja": True,
    "deja_le": "2026-04-01",
    "deja_par": "oral",
}
CRITERIA = ["formation", "droit"]


@pytest.fixture
def cafemetrie(db: None) -> World:
    return demonstrated("cafemetrie")


def test_an_incident_told_by_a_trainer_becomes_a_complaint_answered_and_followed_to_the_end(
    cafemetrie: World, clock: Clock, mails: Any
) -> None:
    hugo, carole = Visitor(host=cafemetrie.host), Staff("carole")

    # The page says the three words, the four natures, the levels and the time limits once.
    page = page_text(hugo.get("/"))
    for said in (
        "Aléa",
        "Difficulté",
        "organisationnelle, humaine, matérielle ou environnementale",
        "mesures d’urgence",
        "15 jours ouvrés au plus",
        "30 jours calendaires",
        "3 ans",
        "médiation interne",
        "tous les 12 mois",
        "gratuit",
    ):
        assert said.casefold() in page.casefold(), said
    assert "{" not in page
    assert "repère interne" not in page

    # The trainer tells the incident: nobody owes him an acknowledgement, the director grades it.
    clock.strikes("2026-03-30 08:30")
    number, code = hugo.file(INCIDENT)
    dossier = Dossier.objects.get(reference=number)
    assert (dossier.kind, dossier.stakeholder) == ("disruption", "instructor")
    receipt = dossier.letters.get(document="receipt")
    assert receipt.subject == f"Récépissé de votre signalement d’un aléa {number}"
    assert "a bien reçu votre signalement d’un aléa le" in receipt.body
    assert deadlines(dossier) == {"evaluation_interne": ("running", date(2026, 4, 1))}
    clock.strikes("2026-03-30 09:00")
    carole.press(dossier, "inscrire")
    dossier = carole.press(
        dossier, "evaluer", severity="high", complexity="simple", markers=["environnementale"]
    )
    carole.press(dossier, "prendre_en_charge", comment="La session continue en salle de théorie.")
    carole.press(dossier, "prevoir_mesure", nature="emergency", description="Théorie le matin.")
    carole.press(
        dossier,
        "informer",
        stakeholder="sponsor",
        structure="Brûlerie du Port",
        email="commanditaire@exemple.example",
    )
    (told,) = mails("commanditaire@exemple.example")
    assert "Théorie le matin." in text_of(told)
    assert "Lambert" not in text_of(told)

    # It was known beforehand, and the trainees ask for their morning: it is a complaint after all.
    # Its time limits count from the day it was received (CM-10, CM-13, CM-14).
    clock.strikes("2026-04-01 11:00")
    dossier = carole.press(
        dossier,
        "requalifier_incident",
        kind="complaint",
        reason="La coupure était annoncée, et la matinée est demandée.",
    )
    assert dossier.stage == "qualification"
    promised = deadlines(dossier)
    assert promised["accuse"] == ("running", date(2026, 4, 21))
    assert promised["reponse"] == ("running", date(2026, 4, 29))
    carole.press(dossier, "accuser")
    acknowledgement = mails("hugo@exemple.example")[-1]
    assert "29 avril 2026" in words(text_of(acknowledgement))
    assert deadlines(dossier)["accuse"][0] == "met"
    carole.press(dossier, "recevable", criteria=CRITERIA, breaches="L’avis de coupure non lu.")
    carole.press(
        dossier,
        "analyser",
        analysis="L’avis était affiché depuis dix jours.",
        root_cause="Personne ne relève les avis du lieu d’accueil.",
    )
    carole.press(dossier, "decider", outcome="favourable", decision="La matinée est due.")

    # A mediation inside, called so; then more time, with reasons, by a letter (CM-16, CM-19).
    clock.strikes("2026-04-20 14:00")
    dossier = carole.press(dossier, "ouvrir_mediation", comment="Entre le lieu et les stagiaires.")
    assert "Médiation interne" in page_text(hugo.follow(number, code))
    carole.press(
        dossier,
        "compte_rendu",
        body="mediation_interne",
        held_on="2026-04-20",
        members="La directrice, le lieu d’accueil, deux stagiaires",
        decision="Une matinée de rattrapage, à fixer par le lieu.",
    )
    carole.press(dossier, "fin_mediation", comment="")
    mails("hugo@exemple.example")
    carole.press(
        dossier, "prolonger", due_on="2026-05-15", reason="Le lieu fixe la date le 11 mai."
    )
    (letter,) = mails("hugo@exemple.example")
    assert "15 mai 2026" in text_of(letter)
    assert "Le lieu fixe la date le 11 mai." in text_of(letter)

    # The reply closes the complaint; what is left to do goes on (CM-23, CM-A5).
    clock.strikes("2026-05-12 09:00")
    carole.press(
        dossier, "prevoir_mesure", nature="preventive", description="Relever les avis la veille."
    )
    dossier = carole.press(dossier, "repondre", resolution="Matinée de rattrapage le 18 mai.")
    assert dossier.closed_at == dossier.responded_at == paris("2026-05-12 09:00")
    assert deadlines(dossier)["reponse"] == ("met", date(2026, 5, 15))
    assert told_in_register(dossier)["Actions achevées le"] == ""
    dossier = carole.press(dossier, "demander_avis")
    assert not dossier.is_open
    clock.strikes("2026-05-13 20:00")
    hugo.answer(hugo.follow(number, code), number, "donner_avis", opinion="satisfied", comment="")

    # Long after: the measures are done, their effect is checked, the line is complete.
    clock.strikes("2026-06-08 10:00")
    for measure in dossier.measures.all():
        carole.press(dossier, "mesure_realisee", measure=measure.pk, effect="")
        carole.press(dossier, "verifier_effet", measure=measure.pk, effect="Aucun oubli depuis.")
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert facts(dossier)[-2:] == ["measure_done", "effect_checked"]
    line = told_in_register(dossier)
    assert line.items() >= COMPLETE.items()
    exported = carole.export_register()
    for title, value in COMPLETE.items():
        assert title in exported
        assert value in exported

    # Three years from the closure, whatever was done since (CM-A8).
    assert dossier.erase_on == date(2029, 5, 12)
    assert erase_expired(paris("2029-05-12 03:20")) == 1
    assert first_broken_event(Dossier.objects.get(pk=dossier.pk)) is None


def test_a_complaint_said_aloud_is_written_by_the_director_who_may_have_to_step_aside(
    cafemetrie: World, clock: Clock, mails: Any
) -> None:
    leila, carole, maxime = Visitor(host=cafemetrie.host), Staff("carole"), Staff("maxime")

    # The director fills the form herself; both dates and the spoken word are kept (CM-08, CM-A1).
    clock.strikes("2026-04-03 18:00")
    number, _code = leila.file(SAID_ALOUD)
    dossier = Dossier.objects.get(reference=number)
    assert (dossier.expressed_on, dossier.first_channel) == (date(2026, 4, 1), "oral")
    assert dossier.answers["redige_par"] == "director"
    (copy,) = mails("leila@exemple.example")
    assert "La directrice, après l’avoir entendue" in words(text_of(copy))

    # The fifteen worked days jump over Easter Monday (CM-13).
    assert deadlines(dossier)["accuse"] == ("running", date(2026, 4, 27))
    clock.strikes("2026-04-07 10:00")
    carole.press(dossier, "inscrire")
    dossier = carole.press(
        dossier, "evaluer", severity="low", complexity="simple", markers=["humaine"]
    )

    # The booklet was hers to print: she is in question, her alternate goes on alone (CM-A10).
    user = cafemetrie.user("carole")
    dossier = carole.press(dossier, "ecarter", people=[user.pk], reason="Elle l’a oublié.")
    mails("carole@cafemetrie.example")
    assert carole.client.get(f"/gestion/dossiers/{dossier.pk}/").status_code == 404
    maxime.press(dossier, "recevable", criteria=CRITERIA, breaches="Livret non imprimé.")
    maxime.press(dossier, "decider", outcome="favourable", decision="Le livret est dû.")
    dossier = maxime.press(dossier, "repondre", resolution="Livret remis.")
    assert not dossier.is_open
    assert mails("carole@cafemetrie.example") == []

    # Replied within ten days, nobody had acknowledged it: the reply does (CM-A3).
    assert "acknowledged" not in facts(dossier)
    assert deadlines(dossier)["accuse"] == ("met", date(2026, 4, 27))


def told_in_register(dossier: Dossier) -> dict[str, str]:
    return dict(register_line(Dossier.objects.get(pk=dossier.pk)))


COMPLETE = {
    "Numéro unique": "R-2026-0001",
    "Reçu le": "30/03/2026",
    "Reçu par": "Formulaire en ligne",
    "Signalé par": "Hugo Lambert",
    "Aléa, difficulté ou réclamation": "Réclamation",
    "Nature": "Nature environnementale",
    "Gravité et urgence": "Forte, urgente",
    "Accusé de réception le": "01/04/2026",
    "Réponse à donner pour le": "15/05/2026",
    "Causes profondes": "Personne ne relève les avis du lieu d’accueil.",
    "Résultats": "Matinée de rattrapage le 18 mai.",
    "Répondu le": "12/05/2026",
    "Clos le": "12/05/2026",
    "Actions achevées le": "08/06/2026",
    "Satisfaction": "Satisfait",
}
