"""The people of the demonstration."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from complaints.models import Organisation, Role

PASSWORD = "doleances"  # noqa: S105  the demonstration's own, printed by the command


@dataclass(frozen=True)
class Person:
    """Someone to log in as."""

    login: str
    first_name: str
    role: str
    what: str


PEOPLE = (
    Person("alice", "Alice", "moderator", "modératrice : instruit les dossiers"),
    Person("bob", "Bob", "editor", "rédacteur : écrit la procédure, ne voit aucun dossier"),
    Person("diane", "Diane", "direction", "direction : voit tout, rouvre un dossier"),
)
ADMIN = ("admin", PASSWORD, "administration du site")


def accounts() -> list[tuple[str, str, str]]:
    """(login, password, what they are), as `manage.py demo` prints them."""
    return [*((person.login, PASSWORD, person.what) for person in PEOPLE), ADMIN]


def install_accounts(organisation: Organisation, people: tuple[Person, ...] = PEOPLE) -> None:
    """Make the accounts that are missing, each in the group of its role."""
    users = get_user_model().objects
    for person in people:
        user = users.filter(username=person.login).first()
        if user is None:
            user = users.create_user(
                person.login,
                f"{person.login}@{organisation.slug}.example",
                PASSWORD,
                first_name=person.first_name,
            )
        user.groups.add(Role.objects.get(organisation=organisation, key=person.role).group)


def install_admin() -> None:
    """The one who installs the site."""
    users = get_user_model().objects
    if not users.filter(is_superuser=True).exists():
        users.create_superuser(ADMIN[0], "admin@doleances.example", PASSWORD)
