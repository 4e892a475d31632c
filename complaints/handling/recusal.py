"""Keeping someone out of a dossier: named in it, or too close to who is (IH-30, CM-A9)."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db.models import Prefetch, Q, QuerySet

from complaints.handling.acting import Act
from complaints.handling.assignment import handlers
from complaints.handling.forms import MoveForm, text_area
from complaints.handling.lettering import tell_the_team
from complaints.models import Dossier, Recusal
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind

NOBODY_LEFT = (
    "Plus personne ne verrait ce dossier. Faites d’abord donner à quelqu’un d’autre un rôle qui"
    " voit les dossiers (l’administration du site le peut), puis revenez ici."
)

# What someone is there who holds no role.
ADMINISTERS = "administration du site"


class PeopleField(forms.ModelMultipleChoiceField):
    """People of the team, under their name and what they are there."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user: AbstractBaseUser) -> str:
        roles = ", ".join(group.organisation_role.label for group in user.groups.all())
        return f"{name_of(user)} ({roles or ADMINISTERS})"


class RecusalForm(MoveForm):
    """Who must not handle it, and why."""

    people = PeopleField(
        label="Personnes à écarter",
        queryset=None,
        error_messages={"required": "Cochez au moins une personne."},
    )
    reason = text_area(
        "Motif",
        rows=3,
        help_text="Ces personnes ne verront plus ce dossier, ni ce motif, ni rien de ce qui"
        " suivra. Elles n’en recevront plus aucun courriel.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = _who_sees(self.act.dossier)

    def clean_people(self) -> QuerySet:
        """Somebody must be left to handle it."""
        people = self.cleaned_data["people"]
        if not handlers(self.act.dossier).exclude(pk__in=people).exists():
            raise forms.ValidationError(NOBODY_LEFT)
        return people


def recuse(act: Act, move: Move, data: dict[str, Any]) -> None:
    """From now on the dossier does not exist for them; who remains is told to take it over."""
    people = list(data["people"])
    for person in people:
        Recusal.objects.create(dossier=act.dossier, person=person, at=act.at)
    if act.dossier.assigned_to in people:
        act.dossier.assigned_to = None
    _hold_back(act.dossier, people)
    names = ", ".join(map(name_of, people))
    act.record(EventKind.RECUSED, personal={"people": names, "reason": data["reason"]})
    tell_the_team(act, "recusal", f"Dossier {act.dossier.reference} : à reprendre sans un collègue")


def _hold_back(dossier: Dossier, people: list[AbstractBaseUser]) -> None:
    """What the team was told, and has not left yet, does not reach them any more."""
    addresses = [person.email for person in people if person.email]
    told = dossier.notices.filter(letter=None, to__in=addresses)
    told.filter(next_attempt_at__isnull=False).delete()


def name_of(user: AbstractBaseUser) -> str:
    """The person’s name, or that of their account."""
    return user.get_full_name() or user.get_username()


def _who_sees(dossier: Dossier) -> QuerySet:
    """Who still sees the dossier, each with the roles they hold there.

    Whoever installs the site sees it without any role, and may be the one it is about.
    """
    groups = Group.objects.filter(organisation_role__organisation=dossier.organisation)
    held = groups.select_related("organisation_role").order_by("organisation_role__label")
    administers = Q(is_superuser=True, is_active=True)
    people = get_user_model().objects.filter(Q(pk__in=handlers(dossier).values("pk")) | administers)
    kept_out = Recusal.objects.filter(dossier=dossier.pk).values("person")
    found = people.exclude(pk__in=kept_out).order_by("username")
    return found.prefetch_related(Prefetch("groups", queryset=held))
