"""The demonstration: five organisations that publish without a problem, loaded once for all."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from complaints.handling.presets import Preset, named, read_preset
from complaints.handling.publication import findings
from complaints.models import Dossier, Organisation, Procedure
from complaints.models.procedure import procedure_problems
from pages import demonstration
from pages.marks import unknown_page_marks
from pages.models import ProcedurePage
from tests.people import everything

FILES = {slug: demonstration.read(slug) for slug in demonstration.ORGANISATIONS}


def load() -> None:
    call_command("load_demonstration", base_url="http://localhost:8000", stdout=StringIO())


@pytest.mark.django_db
def test_what_is_loaded_runs_and_a_second_time_changes_nothing() -> None:
    load()
    once = everything()
    load()
    assert everything() == once
    theirs = Organisation.objects.filter(slug__in=FILES)
    assert {organisation.slug for organisation in theirs} == {*demonstration.ORDER}
    for organisation in theirs:
        page = ProcedurePage.objects.get(procedure__organisation=organisation)
        found = findings(Procedure.objects.get(organisation=organisation), timezone.localdate())
        assert [finding.sentence for finding in found if not finding.warning] == []
        assert unknown_page_marks(page) == []
        assert Dossier.objects.filter(organisation=organisation).count() >= 1
        for person in demonstration.people_of(FILES[organisation.slug]):
            held = organisation.roles.filter(group__user__username=person.login)
            assert {role.key for role in held} == {*person.roles}


@pytest.mark.parametrize("preset", Preset)
def test_a_model_runs_as_it_is(preset: Preset) -> None:
    definition = read_preset(preset)
    assert definition.pop("title")
    assert definition.pop("help")
    assert procedure_problems(named(definition, "Autre Formation")) == []
    names = {facts["organisation"]["name"] for facts in FILES.values()}
    assert not any(name in str(definition) for name in names)


def test_an_account_belongs_to_one_organisation() -> None:
    logins = [person["login"] for facts in FILES.values() for person in facts["people"]]
    assert len(logins) == len({*logins, demonstration.ADMIN[0]}) - 1


@pytest.mark.parametrize(
    ("slug", "address"),
    [("connectsens", "http://localhost:8000"), ("ihrm", "http://ihrm.localhost:8000")],
)
def test_each_organisation_has_its_address(slug: str, address: str) -> None:
    assert demonstration.address_of(slug, "http://localhost:8000") == address
