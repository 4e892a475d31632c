"""What a procedure page says that its procedure does not: told to its editor, with the place."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from django.utils.html import strip_tags

from complaints import sla
from complaints.handling.wording import Wording
from complaints.models import Mediator
from complaints.models.form import informs
from complaints.workflow import Rules
from complaints.workflow.problems import Problem
from pages.durations import Duration, durations_in, same
from pages.marks import texts_of, unknown_page_marks

if TYPE_CHECKING:
    from pages.models import ProcedurePage

# How many letters around a duration make it findable.
AROUND = 40
LINK = re.compile(r"""(?:href=["'])([^"']+)""")
HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:fr|com|org|eu|net|info)\b", re.IGNORECASE)
MAIL = re.compile(r"\S+@\S+")
STREET = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|place|boulevard|bd|avenue|av\.|quai|cours|allée|chemin)"
    r"\s+[^,.;()<\n]+",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b\d{5}\b")
# Where the law and the authorities are read: no mediator's site.
PUBLIC_HOSTS = (".gouv.fr", "cnil.fr", "service-public.fr", "europa.eu")


def page_findings(page: "ProcedurePage", today: date) -> list[Problem]:
    """All that is to be mended, or looked at, in that page; only what blocks is no warning.

    `today` is when it would be published.
    """
    if page.procedure_id is None:
        return []
    return [*_form(page), *_parts(page), *_marks(page), *_texts(page)]


def _form(page: "ProcedurePage") -> Iterator[Problem]:
    """IH-A17: nobody is asked for their data without being told what becomes of them."""
    if page.form_id is None:
        return
    version = page.form.current
    if version and not page.form.live:
        yield Problem("Le formulaire est dépublié : la page ne reçoit rien.", "form", warning=True)
    if version is None:
        yield Problem("Le formulaire n’est pas encore publié.", "form", warning=True)
    elif not informs(version.parsed()):
        yield Problem(
            "Ce formulaire ne dit pas ce que deviennent les données (RGPD, article 13) :"
            " complétez-le et publiez-le d’abord.",
            "form",
        )


def _parts(page: "ProcedurePage") -> Iterator[Problem]:
    if page.mediator and all(block.block_type != "mediation" for block in page.body):
        yield _warning(
            f"La procédure nomme un médiateur ({page.mediator.name}), et la page n’a pas de partie"
            " « Médiation »."
        )


def _marks(page: "ProcedurePage") -> Iterator[Problem]:
    for place, mark in unknown_page_marks(page):
        yield _warning(f"{place} : {{{mark}}} n’est pas un repère connu, il se lirait tel quel.")


def _texts(page: "ProcedurePage") -> Iterator[Problem]:
    wording = Wording.of(page.organisation, page.mediator)
    known = _known(page.version.rules) if page.version else None
    others = Mediator.objects.exclude(pk=page.mediator.pk) if page.mediator else ()
    for place, source in texts_of(page):
        text = _read(source)
        for remark in wording.remarks(f"{text} {' '.join(LINK.findall(source))}"):
            yield _warning(f"{place} : {remark}")
        if known is not None:
            for duration in durations_in(text):
                if known.isdisjoint(duration.readings):
                    yield _warning(f"{place} : {_unknown(duration, text)}")
        if page.mediator and "médiat" in text.casefold():
            for remark in _contradictions(page, text, source, others):
                yield _warning(f"{place} : {remark}")


def _known(rules: Rules) -> set[sla.Reading]:
    """All the durations that the public may read in these rules."""
    readings = [
        reading
        for limit in rules.time_limits
        if not limit.internal
        for reading in sla.parse_limit(limit.counting).readings
    ]
    lengths = [limit.extension for limit in rules.time_limits if not limit.internal]
    lengths += [*rules.criteria, *([rules.retention] if rules.retention else [])]
    readings += [sla.Reading(one.amount, one.unit) for one in lengths if one.amount and one.unit]
    return {*map(same, readings), sla.Reading(rules.review_months, sla.Unit.MONTHS)}


def _unknown(duration: Duration, text: str) -> str:
    before, after = text[: duration.start][-AROUND:], text[duration.end :][:AROUND]
    excerpt = f"{before}{duration.words}{after}".strip()
    return f"« {duration.words} » n’est aucune durée de la procédure en vigueur (« …{excerpt}… »)."


def _contradictions(
    page: "ProcedurePage", text: str, source: str, others: Iterable[Mediator]
) -> Iterator[str]:
    """SA-A3: the record is the only place where a mediator's name, address and site are kept."""
    mediator = page.mediator
    for other in others:
        if other.name.casefold() in text.casefold():
            yield f"« {other.name} » n’est pas le médiateur de la procédure ({mediator.name})."
    own = {_host(mediator.website), page.organisation.site.hostname}
    for host in _hosts(text, source):
        if host not in own and not host.endswith(PUBLIC_HOSTS):
            site = _host(mediator.website)
            yield f"« {host} » n’est pas le site de la fiche du médiateur ({site})."
    recorded = _plain(f"{mediator.postal_address} {page.organisation.postal_address}")
    if mediator.postal_address:
        for pattern in (STREET, POSTCODE):
            for found in pattern.findall(text):
                if _plain(found) not in recorded:
                    yield f"« {found.strip()} » n’est pas dans l’adresse de la fiche du médiateur."


def _hosts(text: str, source: str) -> list[str]:
    """The sites that are named or linked to, each once, without their « www »."""
    linked = (urlparse(link).hostname or "" for link in LINK.findall(source))
    named = HOST.findall(MAIL.sub(" ", text))
    hosts = (_host(f"https://{host}") for host in (*linked, *named) if host)
    return list(dict.fromkeys(hosts))


def _host(address: str) -> str:
    return (urlparse(address).hostname or "").casefold().removeprefix("www.")


def _read(source: str) -> str:
    """As it is read, on one line: a tag separates, a hard space is a space."""
    return " ".join(unescape(strip_tags(source.replace("<", " <"))).split())


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace(",", " ").casefold().split())


def _warning(sentence: str) -> Problem:
    return Problem(sentence, "body", warning=True)
