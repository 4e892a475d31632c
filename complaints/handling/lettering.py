"""Writing to people: numbered letters, receipts, and the notices that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from complaints import intake
from complaints.handling import deadlines, dispatch
from complaints.handling.acting import Act
from complaints.letters.merge import (
    facts_of,
    for_third_party,
    listed_promises,
    merge,
    subject_line,
)
from complaints.letters.noted import noted_facts
from complaints.models import Attachment, Dossier, FormVersion, Letter, Party, Recusal, Role, access
from complaints.models import Sequence as Numbering
from complaints.notices.outbox import Mail
from complaints.workflow import Move
from complaints.workflow.marks import marks
from complaints.workflow.vocabulary import EventKind, Kind

# What its author filed, by its own word.
FILED = {
    Kind.COMPLAINT: "votre réclamation",
    Kind.GRIEVANCE: "votre plainte",
    Kind.DIFFICULTY: "votre signalement d’une difficulté",
    Kind.DISRUPTION: "votre signalement d’un aléa",
    Kind.ADVERSE_EVENT: "votre signalement d’un événement indésirable",
}
# What a receipt says of an answer that is not for all eyes.
IN_THE_DOSSIER = "réponse donnée, lisible dans votre dossier"
FILE_IN_THE_DOSSIER = "Pièce jointe, au nom lisible dans votre dossier"
ACCEPTED = "Texte accepté\u00a0:"
Copied = tuple[str, str]
# What a deed that moves dates leaves in its letter until it is done.
PROMISES = "echeances"


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes; without an e-mail address it waits to be printed."""

    name: str
    email: str = ""
    postal_address: str = ""


def draft(
    act: Act, template_key: str, *, later: Sequence[str] = (), third_party: bool = False
) -> dict[str, str]:
    """The proposed subject and body of that letter, merged; what a move's form starts with.

    `later`: marks that stay until the deed is done, because it changes what they stand for.
    `third_party`: it goes to someone else than the complainant, who stays unnamed (IH-31).
    """
    template = act.rules.letter(template_key)
    facts = facts_of(act.dossier, act.at)
    facts = {name: fact for name, fact in facts.items() if name not in later}
    if third_party:
        facts = for_third_party(facts, named=may_be_named(act.dossier.complainant))
    return {"subject": merge(template.subject, facts), "body": merge(template.body, facts)}


def may_be_named(complainant: Party | None) -> bool:
    """Whether other people may be told who complains: only with a recorded consent."""
    return complainant is not None and complainant.consents_to_disclosure


def send_letter(
    act: Act,
    *,
    template: str,
    subject: str,
    body: str,
    prefix: str = "C",
    recipient: Recipient | None = None,
) -> Letter:
    """Number the letter, keep its text, queue it by e-mail where there is an address.

    It goes to the complainant, or else to `recipient`: that one the complainant never sees.
    Without an address the letter waits to be printed and posted.
    """
    year = timezone.localdate(act.at).year
    organisation = act.dossier.organisation
    number = Numbering.take(organisation, f"letter-{prefix}", year)
    addressee = recipient or _complainant(act)
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
        to_complainant=recipient is None,
        signatory=act.actor.label,
        facts={
            # As it is today: a letter keeps saying to whom it went.
            "recipient": {"name": addressee.name, "postal_address": addressee.postal_address}
        },
    )
    _post(act, letter, addressee, key=f"letter:{letter.pk}", body=_with_footer(letter))
    return letter


def send_proposed(
    act: Act, move: Move, data: Mapping[str, Any], facts: Mapping[str, str] | None = None
) -> str:
    """The move's own letter as the person edited it; returns its number, "" if it has none.

    `facts`: what only the filled form knows, for the marks that are still in the text.
    """
    if not move.letter:
        return ""
    text = merged(data, facts or {})
    return send_letter(act, template=move.letter, **text).number


def merged(data: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    """The letter that was typed, with these facts in place of their marks."""
    return {
        "subject": subject_line(merge(data["subject"], facts)),
        "body": merge(data["body"], facts),
    }


def dates_after(act: Act, fact: EventKind, data: Mapping[str, Any]) -> dict[str, str]:
    """The dates as that fact will leave them (IH-27), for a letter that tells them.

    A deed that starts or meets limits writes its letter before its fact, which gives the number.
    """
    if PROMISES not in marks(f"{data['subject']} {data['body']}"):
        return {}
    touched = deadlines.foretold(act.dossier, fact, act.at)
    return {PROMISES: listed_promises(act.dossier, touched)}


def announce(
    act: Act, attachments: Sequence[Attachment], code: str, complainant: Party | None
) -> None:
    """A new dossier: its receipt to whoever complains, if anybody does, and a word to the team."""
    told = _team_mails(act, "new", f"Nouveau dossier {act.dossier.reference}")
    if act.dossier.has_somebody_to_answer:
        told = [*_receipt_mails(act, attachments, code, complainant), *told]
    dispatch.post_all(act, told)


def _receipt_mails(
    act: Act, attachments: Sequence[Attachment], code: str, complainant: Party | None
) -> list[Mail]:
    """The receipt: what was filed, the dates promised; the code travels by mail only."""
    facts, filed = receipt_facts(act, attachments), FILED[Kind(act.dossier.kind)]
    context = facts | {"dossier": act.dossier, "filed": filed}
    body = render_to_string("complaints/notices/receipt.txt", context)
    letter = Letter.objects.create(
        organisation=act.dossier.organisation,
        dossier=act.dossier,
        document=Letter.Document.RECEIPT,
        number=f"RECU-{act.dossier.reference}",
        subject=f"Récépissé de {filed} {act.dossier.reference}",
        body=body,
        written_at=act.at,
        facts=facts,
    )
    if complainant is None or not complainant.email:
        return []
    subject = f"[{act.dossier.reference}] {letter.subject}"
    key, to = f"receipt:{act.dossier.pk}", complainant.email
    return [Mail(key, to, subject, body, letter, {"code": code})]


def receipt_facts(act: Act, attachments: Sequence[Attachment]) -> dict[str, Any]:
    """What a receipt says, JSON-able, so that its PDF can be made later and say the same."""
    dossier, form = act.dossier, act.dossier.form_version
    return {
        "sections": _copied(dossier, form, attachments) if form else [],
        "attachments": [
            {"original_name": _name(dossier, file), "size": file.size, "sha256": file.sha256}
            for file in attachments
        ],
        "promises": [deadline.sentence for deadline in act.begun if not deadline.internal],
        "noted": noted_facts(dossier),
    }


def _copied(
    dossier: Dossier, form: FormVersion, attachments: Sequence[Attachment]
) -> list[tuple[str, list[Copied]]]:
    """The answers for a paper that mails carry and the whole team opens: (label, text) lines."""
    names: dict[str, list[str]] = {}
    for file in attachments:
        names.setdefault(file.question, []).append(file.original_name)
    sections = intake.readable(
        form.parsed(), dossier.answers, sees=_is_for_all, instead=IN_THE_DOSSIER, files=names
    )
    return [
        (title, [(line.label, _said(line, names.get(line.field.key, ()))) for line in lines])
        for title, lines in sections
    ]


def _is_for_all(question: intake.Field) -> bool:
    return not question.guarded


def _said(line: intake.Line, names: Sequence[str]) -> str:
    """A consent with what it was given to; files by their names."""
    if line.accepted:
        return f"{line.text}\n{ACCEPTED}\n{line.accepted}"
    return line.text or "\n".join(names)


def _name(dossier: Dossier, file: Attachment) -> str:
    """A name may tell what its file is about."""
    told = access.is_for_all(dossier, file.question)
    return file.original_name if told else FILE_IN_THE_DOSSIER


def tell_the_team(act: Act, topic: str, subject: str) -> None:
    """One notice to each person who sees that dossier. Names no complainant."""
    dispatch.post_all(act, _team_mails(act, topic, subject))


def _team_mails(act: Act, topic: str, subject: str) -> list[Mail]:
    roles = Role.objects.filter(organisation=act.dossier.organisation, sees_dossiers=True)
    body = render_to_string(
        "complaints/notices/team.txt", {"dossier": act.dossier, "subject": subject}
    )
    key = f"{topic}:{act.dossier.pk}:{act.dossier.event_count}"
    people = _people(roles, act.dossier)
    return [Mail(f"{key}:{user}", email, subject, body) for user, email in people]


def _people(roles: QuerySet[Role], dossier: Dossier) -> QuerySet:
    """The keys and addresses of these persons. Who is recused from the dossier is never written to
    about it.
    """
    users = get_user_model().objects.filter(groups__organisation_role__in=roles, is_active=True)
    kept_out = Recusal.objects.filter(dossier=dossier.pk).values("person")
    told = users.exclude(email="").exclude(pk__in=kept_out).order_by("pk")
    return told.values_list("pk", "email").distinct()


def _complainant(act: Act) -> Recipient:
    """Whoever complains; nobody when staff reported what happened."""
    complainant = act.dossier.complainant
    if complainant is None:
        return Recipient(name="")
    return Recipient(complainant.name, complainant.email, complainant.postal_address)


def _post(
    act: Act,
    letter: Letter,
    addressee: Recipient,
    *,
    key: str,
    body: str,
    secrets: dict | None = None,
) -> None:
    if not addressee.email:
        return
    dispatch.post(
        act,
        key=key,
        to=addressee.email,
        subject=f"[{act.dossier.reference}] {letter.subject}",
        body=body,
        letter=letter,
        secrets=secrets,
    )


def _with_footer(letter: Letter) -> str:
    return render_to_string("complaints/notices/letter.txt", {"letter": letter})
