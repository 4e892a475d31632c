"""The door against unwanted posts: what a shown form carries, and why a post may not go on yet.

Nobody is kept out for good: each refusal is a sentence that says what to do, and passes next time.
"""

import logging
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from complaints.intake.typography import NO_BREAK, sentence
from complaints.models import Form, Organisation
from pages import rates
from pages.challenges import LIFE, Challenge, Shown

# A hyphen, and an end that is no part of an answer: no question of a form posts such names.
TOKEN, PROOF, TRAP, DRAFT = "guard-token", "guard-proof", "site-web", "submission-key"
# What the page posts for us alone, and no draft has to keep.
INPUTS = frozenset({TOKEN, PROOF, TRAP})
# Without a script nothing is proved: more time and fewer posts take the place of the sum.
UNPROVED_SECONDS = 20
UNPROVED_LIMIT = 5
# Correcting, going back, sending at last: what one draft may post after it was let in.
MORE = 5
logger = logging.getLogger(__name__)

NOTHING_LOST = "rien de ce que vous avez écrit n’est perdu"
FILLED = sentence(
    "Videz la case « Laissez cette case vide », que votre navigateur a sans doute remplie"
    f" lui-même, puis envoyez de nouveau : {NOTHING_LOST}."
)
STALE = sentence(
    "Cette page n’est plus valable, une autre prend sa place : relisez vos réponses, puis envoyez"
    f" de nouveau ; {NOTHING_LOST}."
)
TOO_FAST = "Attendez {wait}, puis envoyez de nouveau : " + NOTHING_LOST + "."
TOO_FAST_UNPROVED = (
    "Votre navigateur n’a pas pu faire le petit calcul qui écarte les robots (il demande"
    " JavaScript) : attendez {wait}, puis envoyez de nouveau ; " + NOTHING_LOST + "."
)
_LATER = (
    " : gardez cette page ouverte et envoyez de nouveau à partir de {hour}{otherwise} ; "
    + NOTHING_LOST
    + "."
)
TOO_MANY = (
    "Beaucoup de formulaires viennent d’être envoyés depuis votre connexion à Internet" + _LATER
)
TOO_MANY_UNPROVED = (
    "Sans JavaScript, peu de formulaires peuvent être envoyés en une heure depuis une même"
    " connexion à Internet" + _LATER
)


def challenge(form: Form, at: datetime, request: HttpRequest | None = None) -> Challenge:
    """What the page carries for one form shown.

    `request`: the post that this page answers, when it was refused or has errors. The time it has
    waited and the sum it has done still count, and a box to be emptied is shown.
    """
    fresh = Shown.now(form.pk or 0, at, proof=form.proof_of_work)
    if request is None:
        return Challenge(fresh, trap=form.honeypot)
    filled = request.POST.get(TRAP, "").strip() if form.honeypot else ""
    shown = Shown.read(request.POST.get(TOKEN, ""), form.pk, at)
    if shown is None or rates.taken("guard-token", shown.nonce):
        return Challenge(fresh, trap=form.honeypot, filled=filled)
    proof = request.POST.get(PROOF, "")
    proof = proof if shown.bits and shown.proved_by(proof) else ""
    return Challenge(shown, trap=form.honeypot, filled=filled, proof=proof)


def refusal(form: Form, request: HttpRequest, at: datetime, draft: UUID | str | None = None) -> str:
    """Empty when the post may go on; else one sentence to show with the form.

    `draft`: the key of what is being filed, `submission-key` of the post by default. What was let
    in once is not questioned again when it is corrected, sent twice or sent at last.
    """
    draft = str(draft or request.POST.get(DRAFT, ""))
    drafts = f"guard-draft-{form.pk}"
    more = rates.left(drafts, draft) if draft else None
    if form.honeypot and request.POST.get(TRAP, "").strip():
        said = FILLED
    elif more:
        said = ""
    else:
        # A draft that has used up its posts needs a page of its own for the next ones.
        said = _doubt(form, request, at, "" if more == 0 else draft)
    if said:
        # Nothing about the person: how often each rule stops someone is what an operator wants.
        logger.info("Formulaire %s : %s", form.pk, said)
    elif draft:
        rates.allow(drafts, draft, more - 1 if more else MORE, LIFE)
    return said


def _doubt(form: Form, request: HttpRequest, at: datetime, draft: str) -> str:
    if not form.minimum_seconds and not form.proof_of_work:
        return _too_many(form, request, at, proved=True)
    shown = Shown.read(request.POST.get(TOKEN, ""), form.pk, at)
    if shown is None:
        return STALE
    proved = not form.proof_of_work or shown.proved_by(request.POST.get(PROOF, ""))
    if said := _too_fast(form, shown, at, proved=proved):
        return said
    if form.proof_of_work and not rates.take("guard-token", shown.nonce, draft, LIFE):
        return STALE
    return _too_many(form, request, at, proved=proved)


def _too_fast(form: Form, shown: Shown, at: datetime, *, proved: bool) -> str:
    """A page of the future was shown before our clock was put back: that is nobody's haste."""
    least = timedelta(seconds=max(form.minimum_seconds, 0 if proved else UNPROVED_SECONDS))
    elapsed = at - shown.at
    if elapsed < timedelta() or elapsed >= least:
        return ""
    left = ceil((least - elapsed).total_seconds())
    wait = f"encore {left}{NO_BREAK}secondes" if left > 5 else "quelques secondes"
    return sentence(TOO_FAST if proved else TOO_FAST_UNPROVED, wait=wait)


def _too_many(form: Form, request: HttpRequest, at: datetime, *, proved: bool) -> str:
    """One count for all posts of an address, and one more for those that prove nothing."""
    few = min(UNPROVED_LIMIT, form.hourly_limit or UNPROVED_LIMIT)
    if not proved and not rates.within(few, f"guard-few-{form.pk}", request, at):
        said = TOO_MANY_UNPROVED
    elif not rates.within(form.hourly_limit, f"guard-all-{form.pk}", request, at):
        said = TOO_MANY
    else:
        return ""
    ours = form.organisation
    return sentence(said, hour=hour(rates.next_hour(at), ours), otherwise=otherwise(ours))


def hour(at: datetime, organisation: Organisation) -> str:
    """An hour as French says it: 9 h, 14 h 30."""
    local = timezone.localtime(at, organisation.clock)
    words = f"{local.hour} h {local:%M}" if local.minute else f"{local.hour} h"
    return words.replace(" ", NO_BREAK)


def otherwise(organisation: Organisation) -> str:
    """How else to reach them, for who cannot wait."""
    ways = []
    if organisation.phone:
        phone = organisation.phone.replace(" ", NO_BREAK)
        ways.append(f"appelez le {phone}")
    if organisation.email:
        ways.append(f"écrivez à {organisation.email}")
    return f", ou {' ou '.join(ways)}" if ways else ""
