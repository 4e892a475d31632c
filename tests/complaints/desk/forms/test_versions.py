"""The versions of a form: listed with what each changed and who used it, read, compared."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from complaints import intake
from complaints.models import Draft, Form, FormVersion
from complaints.models.organisation import Role
from tests import factories
from tests.complaints.desk.conftest import words
from tests.factories import World, paris

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_complaints_form"
Json = dict[str, Any]


def screen(form: Form, name: str = "versions", *arguments: Any, **asked: str) -> str:
    return reverse(f"{SPACE}:{name}", args=[form.pk, *arguments], query=asked or None)


def freeze(form: Form, at: datetime, edit: Callable[[Json], Any], reference: str = "") -> None:
    """The next version: the last one with this edit, as a publication would have frozen it."""
    last = form.current
    definition = deepcopy(last.definition)
    edit(definition)
    FormVersion.objects.create(
        form=form,
        number=last.number + 1,
        reference=reference or last.reference,
        title=last.title,
        definition=definition,
        digest=intake.digest(definition),
        effective_at=at,
    )


def question(definition: Json, key: str) -> Json:
    return next(f for one in definition["sections"] for f in one["fields"] if f["key"] == key)


def setting(key: str, **values: Any) -> Callable[[Json], None]:
    return lambda definition: question(definition, key).update(values)


@pytest.fixture
def form(world: World) -> Form:
    """Version 1 since the 7th of May 2024; since the 3rd of March 2026 another label and a role."""
    found = world.page.form
    QuerySet(FormVersion).filter(form=found).update(effective_at=paris("2024-05-07 12:00"))

    def changed(definition: Json) -> None:
        question(definition, "telephone")["label"] = "Téléphone"
        question(definition, "deja")["seen_by"] = ["moderator"]

    freeze(found, paris("2026-03-03 14:05"), changed)
    return found


def draft(version: FormVersion, number: int) -> None:
    at = paris("2026-03-30 09:00")
    Draft.objects.create(
        organisation=version.form.organisation,
        form_version=version,
        resume_hash=str(number),
        started_at=at,
        saved_at=at,
        purge_on=at.date(),
    )


def test_each_version_says_since_when_who_used_it_and_what_it_changed(
    alice: Client, world: World, form: Form
) -> None:
    for _ in range(3):
        factories.file(world, at=paris("2026-03-30 09:00"))
    for number in range(2):
        draft(form.versions.get(number=1), number)
    page = words(alice.get(screen(form)))
    first, second = page.partition("Version 2 Imprimée")[2], page.partition("Version 1 Imp")[2]
    assert "FORMULAIRE RÉCLAMATION – V2 03032026" in first
    assert "En vigueur depuis le 3 mars 2026, 14 h 05" in first
    assert "3 déposés avec cette version Ce qu’elle a changé" in first
    assert "« Votre téléphone » s’intitule désormais « Téléphone »." in first
    assert "n’est plus visible que par : Modérateur." in first
    assert "du 7 mai 2024, 12 h 00, au 3 mars 2026, 14 h 05" in second
    assert "Dossiers Aucun, 2 brouillons qui s’y terminent" in second
    assert "Ce qu’elle a changé" not in second


def test_a_form_never_published_says_so(bob: Client, world: World) -> None:
    new = Form.objects.create(organisation=world.organisation, title="Neuf", slug="neuf")
    assert "jamais été publié" in words(bob.get(screen(new)))
    assert bob.get(screen(new, "compare")).status_code == 200


def test_a_reference_alone_is_a_change(bob: Client, form: Form) -> None:
    freeze(form, paris("2026-03-04 09:00"), lambda definition: None, "FR-2")
    page = words(bob.get(screen(form)))
    assert "Le formulaire : la référence, « FR-2 » au lieu de « Connect’Sens" in page


def test_many_changes_are_folded(bob: Client, form: Form) -> None:
    def cut(definition: Json) -> None:
        del definition["sections"][1]

    freeze(form, paris("2026-03-04 09:00"), cut)
    page = words(bob.get(screen(form)))
    assert "La partie « Votre réclamation » n’existe plus." in page
    assert "1 autre changement La question « Qu’attendez-vous de nous" in page


def test_the_list_costs_the_same_with_more_versions_dossiers_and_drafts(
    alice: Client,
    world: World,
    form: Form,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    alice.get(screen(form))
    with django_assert_max_num_queries(14) as asked:
        alice.get(screen(form))
    before = len(asked)
    for number in range(5):
        freeze(form, paris("2026-03-04 09:00"), setting("telephone", help=str(number)))
        draft(form.current, number)
        factories.file(world, at=paris("2026-03-30 09:00"))
    with django_assert_max_num_queries(before):
        alice.get(screen(form))


def test_the_last_of_a_page_is_compared_to_the_first_of_the_next(
    alice: Client, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaints.desk.forms.versions.PER_PAGE", 1)
    page = words(alice.get(screen(form)))
    assert "s’intitule désormais" in page
    assert "Version 1 Imprimée" not in page
    assert "Version 1 Imprimée" in words(alice.get(screen(form, p="2")))


def test_one_version_reads_as_a_visitor_reads_it_and_as_its_editor_set_it(
    alice: Client, form: Form, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Role.objects.filter(key="moderator").update(label="Référente")
    with django_assert_max_num_queries(14):
        answer = alice.get(screen(form, "version", 2))
    page = words(answer)
    for told in (
        "Le visiteur la remplit sur une seule page.",
        "Pour savoir qui vous êtes et comment vous répondre.",
        "Votre adresse électronique Courriel, réponse obligatoire Affichée si la réponse à "
        "« Comment voulez-vous recevoir nos réponses ? » est « Par courriel ».",
        "Téléphone Téléphone, réponse facultative",
        "Alimente : Téléphone",
        "Visible seulement par : Référente",
        "Stagiaire Client Commanditaire",
        "Au plus : 5 fichiers de 10 Mo",
        "Ce que deviennent vos données Texte d’information",
        form.current.digest,
    ):
        assert told in page, told
    assert alice.get(screen(form, "version", 3)).status_code == 404
    assert "au 3 mars 2026, 14 h 05" in words(alice.get(screen(form, "version", 1)))


def test_what_staff_wrote_is_shown_as_text(alice: Client, form: Form) -> None:
    hostile = "<script>alert(1)</script>{{ form }}"
    freeze(form, paris("2026-03-04 09:00"), setting("telephone", label=hostile, help=hostile))
    for name, arguments in (("versions", ()), ("version", (3,)), ("compare", ())):
        asked = {"before": "2", "after": "3"} if name == "compare" else {}
        html = alice.get(screen(form, name, *arguments, **asked)).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ form }}" in html


def test_two_versions_side_by_side(bob: Client, form: Form) -> None:
    page = words(bob.get(screen(form, "compare", before="2", after="1")))
    assert "De la version 1 (7 mai 2024) à la version 2 (3 mars 2026) :" in page
    assert "Vous Ce qui change Version 1 Version 2" in page
    assert (
        "« Votre téléphone » s’intitule désormais « Téléphone ». Votre téléphone Téléphone" in page
    )
    same = words(bob.get(screen(form, "compare", before="2", after="2")))
    assert "C’est la même version." in same
    wrong = words(bob.get(screen(form, "compare", before="9", after="x")))
    assert "Choisissez deux versions" in wrong


def test_the_days_are_those_of_the_organisations_clock(bob: Client, form: Form) -> None:
    form.organisation.time_zone = "Pacific/Auckland"
    form.organisation.save()
    assert "4 mars 2026, 2 h 05" in words(bob.get(screen(form)))
    assert "2 (04/03/2026)" in words(bob.get(screen(form, "compare")))


def test_the_versions_are_one_button_away_from_the_form(bob: Client, form: Form) -> None:
    edit = bob.get(reverse(f"{SPACE}:edit", args=[form.pk])).content.decode()
    assert f'href="{screen(form)}"' in edit


def test_nobody_of_another_organisation_reads_them(charlie: Client, form: Form) -> None:
    for address in (screen(form), screen(form, "version", 1), screen(form, "compare")):
        assert charlie.get(address).status_code == 404
