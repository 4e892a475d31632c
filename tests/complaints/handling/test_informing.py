"""Others are informed of facts; who complains is told to nobody who was not to know (IH-16, 31)."""

from typing import Any

import pytest

from complaints.handling.erasure import erase_expired
from complaints.handling.moving import InvalidMove, blank_form
from complaints.models import Dossier, Notice, Party
from tests import factories
from tests.complaints.handling.composed import do, file_with, letter
from tests.factories import World, paris

FACTS = letter(
    "mise_en_cause",
    "Bonjour {destinataire},\n\nAu sujet de : {formation}.\n"
    "De la part de [{nom}], suivi [{suivi}], dates [{echeances}].",
    "Des faits vous concernent",
)
PAUL = {"name": "Paul Martin", "email": "paul@exemple.example"}
SPONSOR = {"stakeholder": "sponsor", "structure": "Port de Bayonne", "email": "p@port.example"}
REVEALING = "La plainte de Mme Lemaire est fondée."


@pytest.fixture
def implicated(world: Any) -> Dossier:
    return file_with(world, "inform_implicated", FACTS)


@pytest.fixture
def shared(world: Any) -> Dossier:
    """Its button informs a stakeholder."""
    return file_with(world, "inform_third_party", FACTS)


def consent(dossier: Dossier) -> None:
    dossier.parties.filter(role="complainant").update(consents_to_disclosure=True)


def errors(world: World, dossier: Dossier, **data: Any) -> dict[str, list[str]]:
    with pytest.raises(InvalidMove) as refused:
        do(world, dossier, **data)
    return refused.value.form.errors


def test_the_implicated_person_is_written_to_and_is_of_the_dossier_from_then_on(
    world: Any, implicated: Dossier
) -> None:
    done = do(world, implicated, **PAUL)
    sent = done.letters.get(document="letter")
    assert not sent.to_complainant
    assert sent.facts["recipient"] == {"name": "Paul Martin", "postal_address": ""}
    assert sent.notices.get().to == "paul@exemple.example"
    party = done.parties.get(role=Party.Role.IMPLICATED)
    assert (party.name, party.email) == ("Paul Martin", "paul@exemple.example")
    event = done.events.get(kind="implicated_informed")
    assert event.data == {"letter": sent.number, "named": False}
    assert event.personal == {"recipient": "Paul Martin"}


def test_the_letter_has_facts_and_neither_the_name_nor_the_way_in(
    world: Any, implicated: Dossier
) -> None:
    """IH-A16."""
    sent = do(world, implicated, **PAUL).letters.get(document="letter")
    assert sent.body == (
        "Bonjour Paul Martin,\n\nAu sujet de : Gestion du stress, session de mars 2026.\n"
        "De la part de [], suivi [], dates []."
    )


def test_the_mail_leads_nowhere_but_to_the_organisation(world: Any, implicated: Dossier) -> None:
    do(world, implicated, **PAUL)
    mail = Notice.objects.get(letter__to_complainant=False)
    assert "/suivi/" not in mail.body
    assert f"Nous répondre : {world.organisation.email}" in mail.body
    factories.play(world, implicated, "accuser", at=paris("2026-04-02 09:00"))
    own = Notice.objects.get(letter__to_complainant=True, letter__document="letter")
    assert "Suivre votre dossier ou nous répondre : http" in own.body


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_text_that_names_the_complainant_is_refused_and_kept(
    world: Any, implicated: Dossier, field: str
) -> None:
    found = errors(world, implicated, **PAUL | {field: REVEALING})
    assert list(found) == [field]
    assert "(«\u00a0Lemaire\u00a0»), qui n’a pas accepté d’être nommé" in found[field][0]
    assert not implicated.parties.filter(role=Party.Role.IMPLICATED).exists()


def test_with_a_recorded_consent_the_complainant_is_named(world: Any, implicated: Dossier) -> None:
    consent(implicated)
    done = do(world, implicated, **PAUL)
    sent = done.letters.get(document="letter")
    assert "De la part de [Dora Lemaire], suivi []" in sent.body
    assert done.events.get(kind="implicated_informed").data["named"] is True


def test_someone_already_known_is_chosen_and_not_named_twice(
    world: Any, implicated: Dossier
) -> None:
    done = do(world, implicated, **PAUL)
    form = blank_form(done, "faire", actor=world.staff("alice"), at=paris("2026-04-02 09:00"))
    pk = str(done.parties.get(role=Party.Role.IMPLICATED).pk)
    assert form.fields["party"].choices == [
        (pk, "Paul Martin, paul@exemple.example"),
        ("new", "Une autre personne"),
    ]
    assert form.initial["party"] == pk
    again = do(world, done, name="", email="")
    assert again.parties.filter(role=Party.Role.IMPLICATED).count() == 1
    assert list(errors(world, again, name="Léa")) == ["party"]
    other = do(world, again, party="new", name="Léa", postal_address="1 rue Haute")
    assert other.parties.filter(role=Party.Role.IMPLICATED).count() == 2


def test_an_address_typed_for_someone_already_known_is_where_it_goes(
    world: Any, implicated: Dossier
) -> None:
    """Two of them, the second without e-mail until now."""
    done = do(world, implicated, **PAUL)
    done = do(world, done, party="new", name="Léa", postal_address="1 rue Haute")
    lea = done.parties.get(name="Léa")
    done = do(world, done, party=str(lea.pk), email="lea@exemple.example")
    sent = done.letters.filter(document="letter").last()
    assert sent.facts["recipient"] == {"name": "Léa", "postal_address": "1 rue Haute"}
    assert sent.notices.get().to == "lea@exemple.example"
    found = done.parties.filter(role=Party.Role.IMPLICATED).values_list("name", "email")
    assert list(found) == [("Paul Martin", "paul@exemple.example"), ("Léa", "lea@exemple.example")]
    assert list(errors(world, done, party=str(lea.pk), email="dora@exemple.example")) == ["email"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "email": "paul@exemple.example"}, "name"),
        ({"name": "Paul Martin"}, "email"),
        ({"name": "Paul Martin", "email": "paul"}, "email"),
        ({"name": "Paul Martin", "email": "Dora@exemple.example"}, "email"),
    ],
)
def test_who_it_is_and_where_they_read_are_needed(
    world: Any, implicated: Dossier, data: dict[str, str], field: str
) -> None:
    assert list(errors(world, implicated, **data)) == [field]


def test_without_an_e_mail_address_it_waits_to_be_printed(world: Any, shared: Dossier) -> None:
    person = {"name": "Ana Roy", "structure": "OPCO", "postal_address": "2 quai Bas"}
    done = do(world, shared, stakeholder="funder", **person)
    sent = done.letters.get(document="letter")
    assert sent.facts["recipient"] == {"name": "Ana Roy", "postal_address": "OPCO\n2 quai Bas"}
    assert not sent.notices.exists()


def test_a_stakeholder_is_informed_as_what_it_is(world: Any, shared: Dossier) -> None:
    done = do(world, shared, **SPONSOR)
    sent = done.letters.get(document="letter")
    assert (sent.to_complainant, sent.facts["recipient"]["name"]) == (False, "Port de Bayonne")
    event = done.events.get(kind="third_party_informed")
    assert event.data == {"letter": sent.number, "named": False, "stakeholder": "sponsor"}
    assert not done.parties.exclude(role="complainant").exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (SPONSOR | {"body": REVEALING}, "body"),
        (SPONSOR | {"structure": ""}, "name"),
        (SPONSOR | {"email": ""}, "email"),
        (SPONSOR | {"stakeholder": "instructor"}, "stakeholder"),  # not one of the procedure
    ],
)
def test_a_stakeholder_is_somebody_and_reads_no_name(
    world: Any, shared: Dossier, data: dict[str, str], field: str
) -> None:
    assert list(errors(world, shared, **data)) == [field]


def test_at_the_end_of_the_retention_nobody_is_named_any_more(world: Any, shared: Dossier) -> None:
    do(world, shared, **SPONSOR)
    at = paris("2026-04-02 09:00")
    closed = factories.play(world, shared, *factories.WHOLE_LIFE, at=at)
    erase_expired(paris(f"{closed.erase_on.year + 1}-01-01 03:20"))
    sent = closed.letters.get(template=FACTS["key"])
    assert (sent.facts, sent.body) == ({}, "")
    assert closed.events.get(kind="third_party_informed").personal is None
    assert not closed.notices.filter(to="p@port.example").exists()
