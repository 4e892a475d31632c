"""The open dossiers of a person who is being written down: a letter often follows a call."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from complaints.models import Dossier, Organisation, Party
from complaints.models.access import answers_read_by

FEW = 5
NAMING = frozenset({"complainant.name", "complainant.email"})


def open_dossiers_of(
    person: Party, organisation: Organisation, user: AbstractBaseUser
) -> list[Dossier]:
    """The latest ones that this user may see, under the same name or the same address.

    Where the name of who complains is kept for some roles, nobody else learns it from here.
    """
    same = Q()
    if person.email:
        same |= Q(parties__email__iexact=person.email)
    if person.name:
        same |= Q(parties__name__iexact=person.name)
    if not same:
        return []
    found = Dossier.objects.visible_to(user).open().filter(organisation=organisation)
    found = found.filter(same, parties__role=Party.Role.COMPLAINANT)
    latest = found.select_related("form_version").order_by("-received_at", "-pk")[:FEW]
    return [dossier for dossier in latest if _is_named_to(user, dossier)]


def _is_named_to(user: AbstractBaseUser, dossier: Dossier) -> bool:
    if dossier.form_version is None:
        return True
    reads = answers_read_by(user, dossier)
    asked = dossier.form_version.parsed().fields
    return all(reads(field) for field in asked if field.maps_to in NAMING)
