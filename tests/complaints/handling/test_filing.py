"""Filing: what was sent becomes one dossier, whatever happens to the network or to the server."""

from dataclasses import replace
from typing import Any

import pytest

from complaints.handling import dispatch
from complaints.handling.filing import Submission, file_dossier
from complaints.models import (
    Attachment,
    Dossier,
    Event,
    FormVersion,
    Letter,
    Notice,
    Party,
    Sequence,
)
from complaints.models.event import first_broken_event
from complaints.models.tracking import find_tracked
from tests import factories
from tests.complaints.handling.together import at_once
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture
def submission(world: Any) -> Submission:
    return factories.submission(world)


def test_what_was_written_is_in_the_dossier(submission: Submission) -> None:
    dossier = file_dossier(submission, at=AT).dossier
    assert dossier.reference == "CS-2026-0001"
    assert (dossier.stage, dossier.phase, dossier.is_open) == ("recueil", "signalled", True)
    assert dossier.subject == "Attestation jamais reçue"
    assert dossier.description == factories.ANSWERS["faits"]
    assert str(dossier.expressed_on) == "2026-03-02"
    assert (dossier.first_channel, dossier.stakeholder) == ("email", "trainee")
    assert dossier.answers == submission.answers


def test_the_complainant_is_a_party_and_no_other_fact_is_lost(submission: Submission) -> None:
    dossier = file_dossier(submission, at=AT).dossier
    party = dossier.complainant
    assert (party.name, party.email) == ("Dora Lemaire", "dora@exemple.example")
    assert party.organisation_name == "Atelier Lemaire"


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"nom": "Dora Lemaire", "accord": True}, True),
        ({"nom": "Dora Lemaire", "accord": False}, False),
        ({"nom": "Dora Lemaire"}, False),
        ({"accord": True}, None),  # a consent alone is nobody
    ],
)
def test_who_agrees_to_be_named_is_kept_so(
    world: Any, submission: Submission, answers: dict[str, Any], named: bool | None
) -> None:
    fields = [
        {"key": "nom", "kind": "text", "label": "Nom", "maps_to": "complainant.name"},
        {
            "key": "accord",
            "kind": "yes_no",
            "label": "Acceptez-vous d’être nommé ?",
            "maps_to": "complainant.consents_to_disclosure",
        },
    ]
    sections = [{"key": "vous", "title": "Vous", "fields": fields}]
    form = FormVersion(form=world.page.form, number=99, reference="F", title="F")
    form.definition, form.effective_at = {"sections": sections}, AT
    form.save()
    asked = replace(submission, form_version=form, answers=answers)
    complainant = file_dossier(asked, at=AT).dossier.complainant
    assert (complainant and complainant.consents_to_disclosure) is named


def test_the_journal_starts_with_the_reception(submission: Submission) -> None:
    dossier = file_dossier(submission, at=AT).dossier
    event = dossier.events.get()
    assert (event.number, event.kind, event.at, event.actor_label) == (
        1,
        "received",
        AT,
        "Réclamant",
    )
    assert event.personal == {"answers": submission.answers}
    assert event.data["form"].startswith("Connect’Sens – FORMULAIRE RÉCLAMATION – V1 07052024")
    assert "Lemaire" not in str(event.data)
    assert first_broken_event(dossier) is None


def test_what_a_person_of_the_staff_types_in_is_under_their_name(
    world: Any, submission: Submission
) -> None:
    typed = replace(submission, channel="post", entered_by=world.user("alice"))
    dossier = file_dossier(typed, at=AT).dossier
    assert dossier.channel == "post"
    assert dossier.events.get().actor_label == "Alice"


def test_the_code_is_known_to_the_complainant_only(world: Any, submission: Submission) -> None:
    filed = file_dossier(submission, at=AT)
    assert find_tracked(world.organisation, filed.dossier.reference, filed.code) == filed.dossier
    receipt = filed.dossier.notices.get(letter__isnull=False)
    assert receipt.secrets == {"code": filed.code}
    kept = [
        *Letter.objects.values_list("body", flat=True),
        *Notice.objects.values_list("body", flat=True),
        *map(str, Event.objects.values_list("data", "personal")),
        filed.dossier.tracking_hash,
    ]
    assert not [text for text in kept if filed.code in text]


def test_the_complainant_has_a_receipt_and_the_team_a_word(submission: Submission) -> None:
    dossier = file_dossier(submission, at=AT).dossier
    assert sorted(dossier.notices.values_list("to", flat=True)) == [
        "alice@connectsens.example",
        "diane@connectsens.example",
        "dora@exemple.example",
    ]
    receipt = dossier.letters.get()
    assert factories.ANSWERS["faits"] in receipt.body
    assert receipt.number == "RECU-CS-2026-0001"


def test_without_an_address_the_receipt_waits_to_be_printed(world: Any) -> None:
    by_post = factories.file(
        world, at=AT, reponse_par="post", courriel=None, adresse="3 rue Basse\n64600 Anglet"
    )
    assert by_post.dossier.letters.count() == 1
    assert not by_post.dossier.notices.filter(letter__isnull=False).exists()


def test_files_are_kept_with_their_digest_under_a_name_that_says_nothing(
    submission: Submission,
) -> None:
    file = factories.checked_file("Lemaire.txt", b"La preuve.")
    dossier = file_dossier(replace(submission, files=[file]), at=AT).dossier
    kept = dossier.attachments.get()
    assert (kept.original_name, kept.sha256) == ("Lemaire.txt", file.sha256)
    assert "Lemaire" not in kept.file.name
    with kept.file.open("rb") as content:
        assert content.read() == b"La preuve."
    assert dossier.events.get().data["files"] == [file.sha256]


def test_a_file_is_read_on_the_receipt_under_the_question_it_answers(
    submission: Submission,
) -> None:
    files = [
        replace(factories.checked_file(f"{number}.txt", b"%d" % number), question="pieces")
        for number in (1, 2)
    ]
    dossier = file_dossier(replace(submission, files=files), at=AT).dossier
    copied = dossier.letters.get().facts["sections"]
    said = {label: text for _, lines in copied for label, text in lines}
    assert said["Documents à joindre"] == "1.txt\n2.txt"


def test_the_same_submission_sent_again_is_the_same_dossier_and_code(
    submission: Submission,
) -> None:
    first, second = (file_dossier(submission, at=AT) for _ in range(2))
    assert (first.dossier, first.code) == (second.dossier, second.code)
    assert Dossier.objects.count() == 1
    assert Notice.objects.filter(letter__isnull=False).count() == 1


def test_the_same_page_sent_again_with_other_words_is_another_dossier(
    submission: Submission,
) -> None:
    first = file_dossier(submission, at=AT)
    changed = replace(submission, answers=submission.answers | {"objet": "Autre chose"})
    second = file_dossier(changed, at=AT)
    assert first.dossier != second.dossier
    assert first.code != second.code
    again = file_dossier(changed, at=AT)
    assert (again.dossier, again.code) == (second.dossier, second.code)


def test_the_same_page_sent_again_with_another_file_is_another_dossier(
    submission: Submission,
) -> None:
    first = file_dossier(submission, at=AT)
    with_a_file = replace(submission, files=[factories.checked_file()])
    assert file_dossier(with_a_file, at=AT).dossier != first.dossier


def test_the_same_words_under_other_questions_are_another_dossier(
    world: Any, submission: Submission
) -> None:
    """What « oui » agreed to is not what it agrees to now."""
    first = file_dossier(submission, at=AT)
    form = world.page.form
    form.reference = "Connect’Sens – NOUVEAU FORMULAIRE"
    form.save_revision().publish()
    newer = replace(submission, form_version=form.versions.get(number=2))
    second = file_dossier(newer, at=AT)
    assert (first.dossier, first.code) != (second.dossier, second.code)
    assert second.dossier.form_version == newer.form_version
    assert file_dossier(newer, at=AT).dossier == second.dossier
    assert file_dossier(submission, at=AT).dossier == first.dossier


def test_a_procedure_published_between_two_clicks_makes_no_second_dossier(
    world: Any, submission: Submission
) -> None:
    first = file_dossier(submission, at=AT)
    procedure = world.page.procedure
    procedure.reference = "PROCÉDURE NOUVELLE"
    procedure.save_revision().publish()
    newer = replace(submission, procedure_version=procedure.current)
    assert newer.procedure_version != submission.procedure_version
    assert file_dossier(newer, at=AT).dossier == first.dossier


def test_the_same_words_sent_from_another_page_are_another_dossier(world: Any) -> None:
    references = [factories.file(world, at=AT).dossier.reference for _ in range(2)]
    assert references == ["CS-2026-0001", "CS-2026-0002"]


def test_references_follow_the_organisation_and_its_year(world: Any, other_world: Any) -> None:
    # Half an hour before the new year in UTC, half an hour after in Paris.
    instants = [paris("2026-12-31 23:30"), paris("2027-01-01 00:30"), paris("2027-01-01 00:31")]
    ours = [factories.file(world, at=at).dossier.reference for at in instants]
    assert ours == ["CS-2026-0001", "CS-2027-0001", "CS-2027-0002"]
    assert factories.file(other_world, at=AT).dossier.reference == "AF-2026-0001"


def test_a_filing_that_fails_leaves_nothing_and_takes_no_number(
    submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(dispatch, "post_all", fail)
    with pytest.raises(RuntimeError):
        file_dossier(submission, at=AT)
    monkeypatch.undo()
    for model in (Dossier, Party, Event, Letter, Notice, Attachment, Sequence):
        assert model.objects.count() == 0
    assert file_dossier(submission, at=AT).dossier.reference == "CS-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_a_double_click_files_once_and_both_clicks_get_the_same_answer(world: Any) -> None:
    submission = factories.submission(world)
    clicks = at_once([lambda: file_dossier(submission, at=AT)] * 4)
    assert {(click.dossier.pk, click.code) for click in clicks} == {
        (Dossier.objects.get().pk, clicks[0].code)
    }
    assert Event.objects.count() == 1
    assert Notice.objects.filter(letter__isnull=False).count() == 1
    assert factories.file(world, at=AT).dossier.reference == "CS-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_people_who_file_at_once_have_numbers_without_gap_or_double(world: Any) -> None:
    submissions = [factories.submission(world, objet=f"Objet {n}") for n in range(6)]
    filed = at_once([lambda s=s: file_dossier(s, at=AT) for s in submissions])
    assert sorted(one.dossier.reference for one in filed) == [
        f"CS-2026-000{n}" for n in range(1, 7)
    ]
