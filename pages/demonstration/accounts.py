"""The people of the demonstration: each organisation's file names its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from complaints.models import Organisation, Role

PASSWORD = "doleances"  # noqa: S105  the demonstration's own, printed by the command


@dataclass(frozen=True)
class Person:
    """Someone to log in as; whoever works alone holds several roles with one account."""

    login: str
    first_name: str
    role: str
    what: str
    more_roles: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role, the first one first."""
        return (self.role, *self.more_roles)


ADMIN = ("admin", PASSWORD, "administration du site")


def people_of(data: Mapping[str, Any]) -> tuple[Person, ...]:
    """The people that an organisation's file names, each with `role` or `roles`."""
    return tuple(_person(facts) for facts in data["people"])


def _person(facts: Mapping[str, Any]) -> Person:
    first, *more = facts.get("roles") or [facts["role"]]
    return Person(facts["login"], facts["first_name"], first, facts["what"], tuple(more))


def accounts(people: Iterable[Person]) -> list[tuple[str, str, str]]:
    """(login, password, what they are), as `manage.py demo` prints them."""
    return [(person.login, PASSWORD, person.what) for person in people]


def install_accounts(organisation: Organisation, people: Iterable[Person]) -> None:
    """Make the accounts that are missing, each in the groups of its roles."""
    users = get_user_model().objects
    groups = {role.key: role.group for role in _roles(organisation)}
    for person in people:
        user = users.filter(username=person.login).first()
        if user is None:
            user = users.create_user(
                person.login,
                f"{person.login}@{organisation.slug}.example",
                PASSWORD,
                first_name=person.first_name,
            )
        user.groups.add(*(groups[role] for role in person.roles))


def _roles(organisation: Organisation) -> Iterable[Role]:
    return Role.objects.filter(organisation=organisation).select_related("group")


def install_admin() -> None:
    """The one who installs the site."""
    users = get_user_model().objects
    if not users.filter(is_superuser=True).exists():
        users.create_superuser(ADMIN[0], "admin@doleances.example", PASSWORD)
