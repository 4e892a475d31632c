"""Which form is filled in for somebody, by whom, in which version."""

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Dossier, Form, FormVersion
from tests.complaints.desk.entry.conftest import NOW, SAID, ask_nothing_of_before, typed
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_the_only_form_opens_by_itself_and_several_are_chosen_from(
    alice: Client, screen: str, world: World, other_world: World
) -> None:
    assert alice.get(reverse("entry"))["Location"] == screen
    form = world.page.form
    second = Form.objects.create(
        organisation=world.organisation, title="Fiche d’incident", slug="fiche", reference="FSEI"
    )
    current = form.current
    FormVersion.objects.create(
        form=second,
        number=1,
        reference="FSEI",
        title=second.title,
        definition=current.definition,
        digest=current.digest,
        effective_at=NOW,
    )
    page = alice.get(reverse("entry"))
    assert page.status_code == 200
    assert screen in page.content.decode()
    assert reverse("entry_form", args=[second.pk]) in page.content.decode()
    assert reverse("entry_form", args=[other_world.page.form_id]) not in page.content.decode()


def test_the_forms_of_others_do_not_exist(
    alice: Client, bob: Client, charlie: Client, screen: str, other_world: World
) -> None:
    theirs = reverse("entry_form", args=[other_world.page.form_id])
    for client, place in ((alice, theirs), (charlie, screen)):
        assert client.get(place).status_code == 404
        assert client.post(place, typed(step="file")).status_code == 404
    assert bob.post(screen, typed(step="file"))["Location"] == reverse("wagtailadmin_home")
    assert not Dossier.objects.exists()


def test_a_form_published_anew_meanwhile_is_finished_as_it_was_begun(
    alice: Client, screen: str, world: World
) -> None:
    begun = typed(**{"form-version": str(world.page.form.current.number)})
    ask_nothing_of_before(world)
    alice.post(screen, begun | {"step": "file"})
    dossier = Dossier.objects.get()
    assert (dossier.form_version.number, dossier.description) == (1, SAID["faits"])
    for forged in ("99", "-1", "un", "9" * 30):
        assert alice.post(screen, typed(**{"form-version": forged})).status_code == 200


def test_it_is_in_the_menu_and_on_the_queue_for_who_may(
    alice: Client, bob: Client, world: World
) -> None:
    queue = alice.get(reverse("dossiers:list")).content.decode()
    assert f'href="{reverse("entry")}"' in queue
    home = reverse("wagtailadmin_home")
    assert reverse("entry") in alice.get(home).content.decode()
    assert reverse("entry") not in bob.get(home).content.decode()
