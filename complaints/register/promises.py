"""What a procedure promises, in words, as the page, the PDF and the API show it."""

from dataclasses import asdict, dataclass

from complaints import sla
from complaints.register.provisos import condition, provisos
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.vocabulary import EventKind, OnExpiry, RetentionStart

# How a reader is told from when a time limit runs.
FROM = {
    EventKind.RECEIVED: "à compter de la réception de votre réclamation",
    EventKind.REGISTERED: "à compter de l’inscription au registre",
    EventKind.RESPONSE_SENT: "à compter de l’envoi de notre réponse",
    EventKind.CLOSED: "à compter de la clôture du dossier",
    EventKind.APPEAL_FILED: "à compter du dépôt du recours",
}

KEPT_FROM = {
    RetentionStart.CLOSURE: "à compter de la clôture du dossier",
    RetentionStart.END_OF_RELATION: "à compter de la fin de notre relation",
    RetentionStart.EARLIEST: "à compter de la clôture du dossier ou de la fin de notre relation,"
    " la première des deux dates",
    RetentionStart.LATEST: "à compter de la clôture du dossier ou de la fin de notre relation,"
    " la dernière des deux dates",
}


@dataclass(frozen=True)
class Promise:
    """One time limit: its name, how long, from when ("" without a number), all in sentences.

    They say everything that the clock will do: to which dossiers it applies, what may move its
    end. `opens`: at its end a way opens to the complainant, and nobody is late.
    """

    key: str
    label: str
    words: str
    starts: str
    sentence: str
    opens: bool

    def as_dict(self) -> dict[str, str | bool]:
        """For programs."""
        return asdict(self)


def promises_of(rules: Rules) -> list[Promise]:
    """The public time limits, in the procedure's order."""
    return [_promise(limit, rules) for limit in rules.time_limits if not limit.internal]


def _promise(limit: TimeLimit, rules: Rules) -> Promise:
    counting = sla.parse_limit(limit.counting)
    opens = limit.on_expiry == OnExpiry.OPEN_WINDOW
    words, starts = sla.phrase(counting), "" if counting.is_none else _starts(limit)
    sentence = f"{limit.promise or limit.label}{_length(counting, opens)}"
    sentence = f"{sentence} {starts}" if starts else sentence
    sentence = " ".join([f"{sentence}{condition(limit, rules)}.", *provisos(limit)])
    return Promise(limit.key, limit.label, words, starts, sentence, opens)


def _length(counting: sla.Limit, opens: bool) -> str:
    """« 2 mois » is a wait or a chance, according to what its end means."""
    words = sla.phrase(counting)
    if counting.is_none or not counting.readings[0].amount:
        return f", {words}"
    return f" au bout de {words}" if opens else f" dans un délai de {words}"


def _starts(limit: TimeLimit) -> str:
    if limit.from_first_writing:
        return "à compter de l’envoi de votre réclamation écrite"
    return FROM.get(limit.starts_on, f"à compter de : {limit.starts_on.label.lower()}")


def retention_words(rules: Rules) -> str:
    """« 7 ans à compter de la clôture du dossier »; empty when the procedure fixes none."""
    if rules.retention is None:
        return ""
    length = sla.Reading(rules.retention.amount, rules.retention.unit)
    return f"{sla.phrase_reading(length)} {KEPT_FROM[rules.retention.starts_on]}"
