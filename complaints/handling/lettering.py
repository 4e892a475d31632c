"""Writing to people: numbered letters, receipts, and the notices that carry them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from complaints import intake
from complaints.handling import dispatch
from complaints.handling.acting import Act
from complaints.letters.merge import facts_of, merge
from complaints.models import Attachment, Dossier, Letter, Recusal, Role
from complaints.models import Sequence as Numbering
from complaints.workflow import Move


def draft(act: Act, template_key: str) -> dict[str, str]:
    """The proposed subject and body of that letter, merged; what a move's form starts with."""
    template = act.rules.letter(template_key)
    facts = facts_of(act.dossier, act.at)
    return {"subject": merge(template.subject, facts), "body": merge(template.body, facts)}


def send_letter(act: Act, *, template: str, subject: str, body: str, prefix: str = "C") -> Letter:
    """Number the letter, keep its text, queue it by e-mail where there is an address.

    Without an address the letter waits to be printed and posted.
    """
    year = timezone.localdate(act.at).year
    organisation = act.dossier.organisation
    number = Numbering.take(organisation, f"letter-{prefix}", year)
    letter = Letter.objects.create(
        organisation=organisation,
        dossier=act.dossier,
        document=Letter.Document.LETTER,
        template=template,
        number=f"{prefix}-{year}-{number:04}",
        subject=subject,
        body=body,
        written_at=act.at,
        written_by=act.actor.user,
        signatory=act.actor.label,
        facts={"recipient": _recipient(act)},
    )
    _post(act, letter, key=f"letter:{letter.pk}", body=_with_footer(act, body))
    return letter


def _recipient(act: Act) -> dict[str, str]:
    """The address as it is today: a letter keeps saying to whom it went."""
    complainant = act.dossier.complainant
    if complainant is None:
        return {"name": "", "postal_address": ""}
    return {"name": complainant.name, "postal_address": complainant.postal_address}


def send_proposed(act: Act, move: Move, data: dict[str, Any]) -> str:
    """The move's own letter as the person edited it; returns its number, "" if it has none."""
    if not move.letter:
        return ""
    letter = send_letter(act, template=move.letter, subject=data["subject"], body=data["body"])
    return letter.number


def send_receipt(act: Act, attachments: Sequence[Attachment], code: str) -> Letter:
    """The receipt: what was filed, the dates promised; the code travels by mail only."""
    facts = receipt_facts(act, attachments)
    body = render_to_string("complaints/notices/receipt.txt", facts | {"dossier": act.dossier})
    letter = Letter.objects.create(
        organisation=act.dossier.organisation,
        dossier=act.dossier,
        document=Letter.Document.RECEIPT,
        number=f"RECU-{act.dossier.reference}",
        subject=f"Récépissé de votre réclamation {act.dossier.reference}",
        body=body,
        written_at=act.at,
        facts=facts,
    )
    _post(act, letter, key=f"receipt:{act.dossier.pk}", body=body, secrets={"code": code})
    return letter


def receipt_facts(act: Act, attachments: Sequence[Attachment]) -> dict[str, Any]:
    """What a receipt says, JSON-able, so that its PDF can be made later and say the same."""
    dossier = act.dossier
    return {
        "sections": intake.readable(dossier.form_version.parsed(), dossier.answers),
        "attachments": [
            {"original_name": file.original_name, "size": file.size, "sha256": file.sha256}
            for file in attachments
        ],
        "promises": [d.sentence for d in dossier.deadlines.filter(internal=False).order_by("id")],
    }


def tell_the_team(act: Act, topic: str, subject: str) -> None:
    """One notice to each person who sees that dossier. Names no complainant."""
    roles = Role.objects.filter(organisation=act.dossier.organisation, sees_dossiers=True)
    body = render_to_string(
        "complaints/notices/team.txt", {"dossier": act.dossier, "subject": subject}
    )
    for user in _people(roles, act.dossier):
        dispatch.post(
            act,
            key=f"{topic}:{act.dossier.pk}:{act.dossier.event_count}:{user.pk}",
            to=user.email,
            subject=subject,
            body=body,
        )


def _people(roles: QuerySet[Role], dossier: Dossier) -> list[Any]:
    """Who is recused from the dossier is never written to about it."""
    users = get_user_model().objects.filter(groups__organisation_role__in=roles, is_active=True)
    kept_out = Recusal.objects.filter(dossier=dossier.pk).values("person")
    return list(users.exclude(email="").exclude(pk__in=kept_out).distinct())


def _post(act: Act, letter: Letter, *, key: str, body: str, secrets: dict | None = None) -> None:
    complainant = act.dossier.complainant
    if not (complainant and complainant.email):
        return
    dispatch.post(
        act,
        key=key,
        to=complainant.email,
        subject=f"[{act.dossier.reference}] {letter.subject}",
        body=body,
        letter=letter,
        secrets=secrets,
    )


def _with_footer(act: Act, body: str) -> str:
    return render_to_string("complaints/notices/letter.txt", {"body": body, "dossier": act.dossier})
