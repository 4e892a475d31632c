"""Dossiers to look at: filed and handled through the real deeds, on days just past."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from complaints.handling.actors import Actor
from complaints.handling.filing import Submission, file_dossier
from complaints.handling.moving import blank_form, perform
from complaints.models import Dossier
from pages.models import ProcedurePage


def file_samples(page: ProcedurePage, samples: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """File and handle the samples, once: an organisation that has dossiers is left alone.

    A sample says how many `days` ago who wrote what (`answers`), and which buttons (`moves`, each
    with what its form asks) the person of login `by` has pressed since, an hour apart.
    """
    if Dossier.objects.filter(organisation=page.organisation).exists():
        return
    for sample in samples:
        at = now - timedelta(days=sample["days"])
        submission = Submission(
            organisation=page.organisation,
            procedure_version=page.version,
            form_version=page.form.current,
            answers=sample["answers"],
        )
        dossier = file_dossier(submission, at=at).dossier
        actor = Actor.staff(get_user_model().objects.get(username=sample["by"]))
        for hours, (move, data) in enumerate(sample.get("moves", []), 2):
            press(dossier, move, data, actor=actor, at=at + timedelta(hours=hours))


def press(
    dossier: Dossier, move: str, data: dict[str, Any], *, actor: Actor, at: datetime
) -> Dossier:
    """Make a move as a person who leaves the proposed letter as it is."""
    dossier.refresh_from_db()
    proposed = blank_form(dossier, move, actor=actor, at=at).initial
    return perform(dossier, move, proposed | data, actor=actor, at=at)
