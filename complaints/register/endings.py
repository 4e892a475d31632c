"""How a dossier ends, in words: what closes it, when silence does, whether an opinion is asked."""

from collections.abc import Iterator

from complaints import sla
from complaints.register.promises import span, starts_words
from complaints.register.provisos import conditioned, provisos
from complaints.sla.words import listed
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.path import CLOCK
from complaints.workflow.vocabulary import Deed, OnExpiry, Phase

# Once what, by the phase that a dossier leaves when it is closed by hand.
ONCE = {
    Phase.ANSWERED: "une fois notre réponse envoyée",
    Phase.APPEAL: "une fois le recours tranché",
    Phase.MEDIATION: "à la fin de la médiation",
}


def closure_words(rules: Rules) -> list[str]:
    """What closes a dossier, in the order of its life."""
    return list(_sentences(rules))


def opinion_words(rules: Rules) -> str:
    """Whether the complainant is asked what they think of it; "" when nothing is planned."""
    deeds = {move.deed for move in rules.moves}
    if Deed.ASK_SATISFACTION in deeds:
        return "Nous vous demandons ensuite votre avis sur la réponse et sur ce qui a été fait."
    if Deed.RECORD_SATISFACTION in deeds:
        return "Vous pouvez nous donner votre avis sur la réponse et sur ce qui a été fait."
    return ""


def _sentences(rules: Rules) -> Iterator[str]:
    if _closes(rules, Deed.RESPOND):
        yield "Votre dossier est clos dès que notre réponse vous est envoyée."
    if moments := _moments(rules):
        yield f"Nous clôturons votre dossier {listed(moments, 'ou')}."
    for limit in rules.time_limits:
        if limit.on_expiry == OnExpiry.CLOSE:
            yield " ".join([_tacit(limit, rules), *provisos(limit)])
    if any(move.deed == Deed.WITHDRAW for move in rules.moves):
        yield "Vous pouvez aussi retirer votre réclamation pendant son examen."


def _closes(rules: Rules, deed: Deed) -> bool:
    closed = {stage.key for stage in rules.stages if stage.phase == Phase.CLOSED}
    return any(move.deed == deed and move.to in closed for move in rules.moves)


def _moments(rules: Rules) -> list[str]:
    """When people close it; what only the clock closes is a silence, and said as such."""
    phases = {stage.key: stage.phase for stage in rules.stages}
    # An appeal that is decided has been answered too: what matters is that it is decided.
    phases |= {m.to: Phase.APPEAL for m in rules.moves if m.deed == Deed.DECIDE_APPEAL and m.to}
    closing = [m for m in rules.moves if m.deed == Deed.CLOSE and {*m.roles} - {CLOCK}]
    sources = [key for move in closing for key in move.sources]
    left = {phases[key] for key in sources if key in phases}
    return [words for phase, words in ONCE.items() if phase in left]


def _tacit(limit: TimeLimit, rules: Rules) -> str:
    """Said whole even when the limit is internal: silence would close a dossier unannounced."""
    length = span(sla.parse_limit(limit.counting), starts_words(limit))
    said = (
        f"Sans réaction de votre part dans un délai {length},"
        " votre dossier est considéré comme clos."
    )
    return conditioned(said, limit, rules)
