"""« Vérifiez avant d’enregistrer »: what was typed, what lacks, and what will happen next."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.http import QueryDict
from django.utils import timezone

from complaints import intake
from complaints.desk.entry.form import Entry
from complaints.handling.filing import Submission
from complaints.handling.mapped_facts import named_parties
from complaints.models import Dossier, Party
from complaints.register.alike import open_dossiers_of
from complaints.sla.words import full_day
from complaints.workflow.vocabulary import Channel, Kind

NO_RECEIPT = (
    "Aucun récépissé ne part et aucun accusé de réception n’est dû\u00a0: il n’y a pas de"
    " réclamant à qui répondre."
)
BY_POST = (
    "Aucun courriel n’est indiqué\u00a0: la copie à confirmer, avec le code de suivi, sera à"
    " imprimer depuis le dossier et à remettre ou à poster."
)
BY_EMAIL = (
    "Un récépissé part à {email}, avec le code de suivi\u00a0: la personne confirme ce qui a été"
    " noté, ou le corrige."
)

# Some time limits start with a writing, and this is none (IH-A6): what to do about it.
AWAITS_WRITING = (
    "Ce n’est pas encore un écrit\u00a0: des délais de la procédure ne compteront que du jour où"
    " il arrive. Expliquez comment écrire, puis enregistrez l’écrit dans ce même dossier."
)
AWAITS_SHEET = (
    "Ce n’est pas un écrit\u00a0: des délais de la procédure ne compteront pas. Si une fiche a été"
    " remplie, appuyez sur «\u00a0Corriger\u00a0» et choisissez «\u00a0Courrier postal\u00a0», même"
    " remise en main propre."
)


def reviewed(entry: Entry, typed: QueryDict, apart: set[str]) -> dict[str, Any]:
    """What the screen shows, and everything typed again, unseen; `apart`: names not sent again."""
    sent = entry.submission()
    carried = [(name, value) for name, values in typed.lists() for value in values]
    return {
        "arrival": _arrival(entry, sent),
        "sections": _said(sent),
        "files": [(file.name, file.size) for file in sent.files],
        "missing": entry.missing,
        "next": what_follows(sent),
        "carried": [(name, value) for name, value in carried if name not in apart],
    }


def what_follows(sent: Submission) -> list[str]:
    """Who will be written to, before it is; and the writing that is still to come."""
    who = _whom_to_answer(sent)
    said = [NO_RECEIPT if who is None else BY_POST if not who.email else BY_EMAIL]
    if _waits_for_a_writing(sent):
        said.append(AWAITS_WRITING if who else AWAITS_SHEET)
    return [sentence.replace("{email}", who.email if who else "") for sentence in said]


def _whom_to_answer(sent: Submission) -> Party | None:
    who, facts = _complainant(sent), intake.mapped(sent.form_version.parsed(), sent.answers)
    nobody = who is None or not who.may_be_answered
    return None if nobody or facts.get("dossier.kind") == Kind.ADVERSE_EVENT else who


def _waits_for_a_writing(sent: Submission) -> bool:
    limits = sent.procedure_version.rules.time_limits
    return any(sent.channel not in limit.when.get("channel", sent.channel) for limit in limits)


def known(sent: Submission, user: AbstractBaseUser, key: UUID) -> list[Dossier]:
    """The open dossiers of who complains; not what this very screen has filed already."""
    who = _complainant(sent)
    found = open_dossiers_of(who, sent.organisation, user) if who else []
    return [dossier for dossier in found if dossier.submission_key != key]


def _complainant(sent: Submission) -> Party | None:
    facts = intake.mapped(sent.form_version.parsed(), sent.answers)
    people = {party.role: party for party in named_parties(Dossier(), facts)}
    return people.get(Party.Role.COMPLAINANT)


def _arrival(entry: Entry, sent: Submission) -> list[tuple[str, str]]:
    at = sent.received_at.astimezone(entry.arrival.clock)
    hour = entry.arrival.cleaned_data["hour"]
    told = f"{full_day(at.date())}{f' à {at.hour} h {at.minute:02}' if hour else ''}"
    first = [f"le {sent.expressed_on:%d/%m/%Y}"] if sent.expressed_on else []
    first += [Channel(sent.first_channel).label.lower()] if sent.first_channel else []
    lines = [
        ("Reçu par", sent.channel.label),
        ("Reçu le", told.replace(" h ", "\u00a0h\u00a0")),
        ("Exprimé pour la première fois", ", ".join(first)),
        ("Noté par", sent.transcribed_by),
        ("Saisi le", full_day(timezone.localdate(entry.arrival.now, entry.arrival.clock))),
        ("Formulaire", str(sent.form_version)),
        ("Procédure", str(sent.procedure_version)),
    ]
    return [(label, text) for label, text in lines if text]


def _said(sent: Submission) -> intake.Sections:
    questions = {file.question for file in sent.files}
    return intake.readable(sent.form_version.parsed(), sent.answers, files=questions)
