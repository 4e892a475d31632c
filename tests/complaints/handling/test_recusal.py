"""Who is recused neither sees nor handles the dossier, and is never written to about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from complaints.handling.acting import act_on
from complaints.handling.assignment import assign, handlers
from complaints.handling.clock import check_deadlines
from complaints.handling.messages import receive_message
from complaints.handling.moving import InvalidMove, blank_form, moves_for, perform
from complaints.models import Dossier, Notice, Recusal, access
from complaints.register.agenda import RECUSED, agendas_at
from complaints.workflow import MoveRefused
from tests.complaints.handling.committee import ANSWERED, RECEIVED, file_under_committee
from tests.complaints.handling.composed import do, file_with
from tests.factories import World, file, paris


@pytest.fixture
def dossier(world: World) -> Dossier:
    return file_under_committee(world)


def recuse(world: World, dossier: Dossier, *logins: str, by: str = "diane") -> Dossier:
    people = [world.user(login).pk for login in logins]
    data = {"people": people, "reason": "Mise en cause dans les faits."}
    return perform(dossier, "ecarter", data, actor=world.staff(by), at=ANSWERED)


def admin() -> Any:
    return get_user_model().objects.create_superuser("admin")


def told_since(dossier: Dossier) -> set[str]:
    found = Notice.objects.filter(dossier=dossier, created_at__gte=ANSWERED, letter=None)
    return {to.split("@")[0] for to in found.values_list("to", flat=True)}


def test_the_one_who_directs_is_named_so_the_president_handles(
    world: World, dossier: Dossier
) -> None:
    """IH-30: the director steps aside herself; what she alone could do, the president does."""
    diane, paule = world.staff("diane"), world.staff("paule")
    dossier = recuse(world, dossier, "diane")
    assert moves_for(dossier, diane, ANSWERED) == []
    with pytest.raises(MoveRefused, match="n’est pas ouvert à votre rôle"):
        perform(dossier, "ecarter", {}, actor=diane, at=ANSWERED)
    assert "ecarter" in [move.key for move in moves_for(dossier, paule, ANSWERED)]


@pytest.mark.parametrize("login", ["diane", "admin"])
def test_it_is_not_seen_any_more_and_the_others_are(
    world: World, dossier: Dossier, login: str
) -> None:
    """Whoever installs the site included."""
    user = admin() if login == "admin" else world.user(login)
    other = file(world, at=RECEIVED).dossier
    Recusal.objects.create(dossier=dossier, person=user, at=ANSWERED)
    assert list(Dossier.objects.visible_to(user)) == [other]
    assert (access.may_see(user, dossier), access.may_see(user, other)) == (False, True)
    assert access.roles_on(dossier, user) == frozenset()
    assert access.roles_on(other, user)


def test_the_journal_tells_who_and_why_and_can_forget_both(world: World, dossier: Dossier) -> None:
    dossier = recuse(world, dossier, "diane", "alice")
    event = dossier.events.get(kind="recused")
    assert (event.data, event.actor_label) == ({}, "Diane")
    assert event.personal == {"people": "Alice, Diane", "reason": "Mise en cause dans les faits."}


def test_who_remains_is_told_to_take_it_over(world: World, dossier: Dossier) -> None:
    recuse(world, dossier, "diane")
    assert told_since(dossier) == {"alice", "paule"}


def test_the_dossier_is_taken_from_its_follower_and_never_given_back(
    world: World, dossier: Dossier
) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(assigned_to=world.user("diane"))
    dossier = recuse(world, dossier, "diane")
    assert dossier.assigned_to is None
    assert [user.username for user in handlers(dossier)] == ["alice", "paule"]
    for by, to in (("alice", "diane"), ("diane", "alice")):
        with (
            pytest.raises(MoveRefused),
            act_on(dossier.pk, actor=world.staff(by), at=ANSWERED) as act,
        ):
            assign(act, world.user(to))


def test_no_mail_tells_them_of_it(world: World, dossier: Dossier) -> None:
    recuse(world, dossier, "diane")
    Notice.objects.all().delete()
    with act_on(dossier.pk, actor=world.staff("alice"), at=ANSWERED) as act:
        receive_message(act, "Où en êtes-vous ?")
    assert told_since(dossier) == {"alice", "paule"}


def test_a_mail_that_has_not_left_yet_reaches_only_those_who_remain(
    world: World, dossier: Dossier
) -> None:
    """The mail server may be away; what has left is kept."""
    Notice.objects.update(state="sent", next_attempt_at=None)
    before = Notice.objects.count()
    with act_on(dossier.pk, actor=world.staff("alice"), at=ANSWERED) as act:
        receive_message(act, "Où en êtes-vous ?")
    dossier.refresh_from_db()
    recuse(world, dossier, "diane")
    assert told_since(dossier) == {"alice", "paule"}
    assert Notice.objects.filter(created_at__lt=ANSWERED).count() == before


def reasons(at: Any) -> dict[str, list[str]]:
    """By person, why each line of their morning mail is there."""
    check_deadlines(at - timedelta(hours=6))
    return {
        agenda.email.split("@")[0]: [line.why for part in agenda.sections for line in part.lines]
        for agenda in agendas_at(at)
    }


def test_no_morning_mail_either_and_no_lateness_is_left_unread(
    world: World, dossier: Dossier
) -> None:
    """The moderator who owes the response is out: everybody else is told."""
    late = paris("2026-05-18 07:00")
    assert set(reasons(late)) == {"alice"}
    recuse(world, dossier, "alice")
    assert reasons(late) == {"diane": [RECUSED], "paule": [RECUSED]}


def test_only_people_who_handle_dossiers_there_are_proposed_with_their_roles(
    world: World, other_world: World, dossier: Dossier
) -> None:
    form = blank_form(dossier, "ecarter", actor=world.staff("diane"), at=ANSWERED)
    named = [label for _pk, label in form.fields["people"].choices]
    assert named == ["Alice (Moderator)", "Diane (Direction)", "Paule (President)"]
    recuse(world, dossier, "paule")
    form = blank_form(dossier, "ecarter", actor=world.staff("diane"), at=ANSWERED)
    assert len(form.fields["people"].choices) == 2


def test_who_installs_the_site_without_any_role_may_be_kept_out_too(
    world: World, dossier: Dossier
) -> None:
    """They read every dossier, and may be named in this one; they are not who is left."""
    user = admin()
    form = blank_form(dossier, "ecarter", actor=world.staff("diane"), at=ANSWERED)
    assert (user.pk, "admin (administration du site)") in form.fields["people"].choices
    recuse(world, dossier, "admin")
    assert not access.may_see(user, dossier)
    with pytest.raises(InvalidMove, match="Plus personne"):
        recuse(world, dossier, "alice", "diane", "paule")


@pytest.mark.parametrize(
    ("logins", "said"),
    [
        ([], "Cochez au moins une personne."),
        (["charlie"], "Sélectionnez un choix valide"),
        (["alice", "diane", "paule"], "Plus personne ne verrait ce dossier. Faites d’abord"),
    ],
    ids=["nobody", "of another organisation", "everybody"],
)
def test_a_recusal_that_cannot_be_is_refused_in_words(
    world: World, other_world: World, dossier: Dossier, logins: list[str], said: str
) -> None:
    with pytest.raises(InvalidMove) as invalid:
        recuse(world, dossier, *logins)
    assert said in invalid.value.form.errors["people"][0]
    assert not Recusal.objects.exists()


def test_an_organisation_of_one_person_cannot_lose_them(world: World) -> None:
    world.user("diane").delete()
    dossier = file_with(world, "recuse")
    with pytest.raises(InvalidMove, match="Plus personne"):
        do(world, dossier, people=[world.user("alice").pk], reason="Moi.")
