"""Installing roles: three groups, each with its rights, as often as one likes."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, Page, Site

from complaints.handling.roles import DIRECTION, EDITOR, MODERATOR, install_roles
from complaints.models import Organisation, Role

pytestmark = pytest.mark.django_db


def organisation(prefix: str, name: str = "École A") -> Organisation:
    page = Page.get_first_root_node().add_child(title=name, slug=prefix.lower())
    site = Site.objects.create(hostname=f"{prefix.lower()}.example", root_page=page)
    return Organisation.objects.create(name=name, slug=prefix.lower(), prefix=prefix, site=site)


def member(role: Role) -> object:
    user = get_user_model().objects.create_user(f"{role.key}-{role.pk}")
    user.groups.add(role.group)
    return user


def test_each_role_has_its_group_and_its_half_of_the_house() -> None:
    roles = install_roles(organisation("AA"))
    assert {
        key: (role.group.name, role.label, role.sees_dossiers) for key, role in roles.items()
    } == {
        MODERATOR: ("École A – Modération", "Modérateur", True),
        EDITOR: ("École A – Rédaction", "Rédacteur", False),
        DIRECTION: ("École A – Direction", "Direction", True),
    }


def test_installing_twice_changes_nothing() -> None:
    of_a = organisation("AA")
    first = install_roles(of_a)
    before = (Group.objects.count(), Collection.objects.count(), Role.objects.count())
    assert install_roles(of_a) == first
    assert (Group.objects.count(), Collection.objects.count(), Role.objects.count()) == before


def test_a_role_renamed_by_its_organisation_keeps_its_name() -> None:
    of_a = organisation("AA")
    Role.objects.filter(pk=install_roles(of_a)[MODERATOR].pk).update(label="Référente qualité")
    assert install_roles(of_a)[MODERATOR].label == "Référente qualité"


@pytest.mark.parametrize("key", [MODERATOR, EDITOR, DIRECTION])
def test_everyone_enters_the_admin(key: str) -> None:
    assert member(install_roles(organisation("AA"))[key]).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("key", "expected"), [(MODERATOR, False), (EDITOR, True), (DIRECTION, True)]
)
@pytest.mark.parametrize(
    "right",
    ["change_procedure", "publish_procedure", "add_form", "publish_form", "change_mediator"],
)
def test_editors_and_direction_write_what_is_published(
    key: str, expected: bool, right: str
) -> None:
    user = member(install_roles(organisation("AA"))[key])
    assert user.has_perm(f"complaints.{right}") is expected


@pytest.mark.parametrize("key", [MODERATOR, EDITOR, DIRECTION])
@pytest.mark.parametrize("right", ["add", "change", "delete"])
def test_no_role_may_touch_a_dossier_by_a_generic_screen(key: str, right: str) -> None:
    user = member(install_roles(organisation("AA"))[key])
    assert not user.has_perm(f"complaints.{right}_dossier")


def test_editors_publish_pages_of_their_own_site_only() -> None:
    of_a, of_b = organisation("AA"), organisation("BB", "École B")
    editor = member(install_roles(of_a)[EDITOR])
    install_roles(of_b)
    assert of_a.site.root_page.permissions_for_user(editor).can_publish()
    assert not of_b.site.root_page.permissions_for_user(editor).can_edit()


def test_two_organisations_of_the_same_name_share_no_group_and_no_collection() -> None:
    first, second = install_roles(organisation("AA")), install_roles(organisation("BB"))
    assert {role.group_id for role in first.values()}.isdisjoint(
        role.group_id for role in second.values()
    )
    assert Collection.objects.filter(name="École A").count() == 2
