"""What a procedure promises, in words, as the page, the PDF and the API show it."""

from dataclasses import asdict, dataclass

from complaints import sla
from complaints.register.provisos import conditioned, names_what_arrives, provisos
from complaints.sla.words import listed, of
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.vocabulary import EventKind, OnExpiry, RetentionStart

# How a reader is told from when a time limit runs.
FROM = {
    EventKind.RECEIVED: "à compter de la réception de votre réclamation",
    EventKind.ACKNOWLEDGED: "à compter de l’envoi de l’accusé de réception",
    EventKind.INFORMATION_REQUESTED: "à compter de notre demande de complément",
    EventKind.INFORMATION_RECEIVED: "à compter de la réception du complément demandé",
    EventKind.REGISTERED: "à compter de l’inscription au registre",
    EventKind.NOTICE_GIVEN: "à compter de l’envoi de l’avis de réception",
    EventKind.ASSESSED: "à compter de l’évaluation de votre dossier",
    EventKind.DECLARED_ADMISSIBLE: "à compter du jour où votre réclamation est jugée recevable",
    EventKind.DECLARED_INADMISSIBLE: "à compter du jour où elle est jugée irrecevable",
    EventKind.DELAY_NOTIFIED: "à compter de l’annonce du retard",
    EventKind.DECIDED: "à compter de la décision",
    EventKind.RESPONSE_SENT: "à compter de l’envoi de notre réponse",
    EventKind.MEASURE_PLANNED: "à compter du jour où la mesure est prévue",
    EventKind.MEASURE_DONE: "à compter du jour où la mesure est réalisée",
    EventKind.CLOSED: "à compter de la clôture du dossier",
    EventKind.REOPENED: "à compter de la réouverture du dossier",
    EventKind.APPEAL_FILED: "à compter du dépôt du recours",
    EventKind.APPEAL_EXTENDED: "à compter de l’annonce de la prolongation",
    EventKind.APPEAL_DECIDED: "à compter de la décision sur le recours",
    EventKind.MEDIATION_REFERRED: "à compter de la saisine du médiateur",
    EventKind.SATISFACTION_ASKED: "à compter du jour où nous vous demandons votre avis",
    EventKind.RELATION_ENDED: "à compter de la fin de notre relation",
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
    words, starts = sla.phrase(counting), "" if counting.is_none else starts_words(limit)
    said = f"{limit.promise or limit.label}{_length(counting, _from(limit, rules), opens)}."
    sentence = " ".join([conditioned(said, limit, rules), *provisos(limit)])
    return Promise(limit.key, limit.label, words, starts, sentence, opens)


def _from(limit: TimeLimit, rules: Rules) -> str:
    """« sa réception » once the sentence has said what is received: it is short, and exact."""
    received = limit.starts_on == EventKind.RECEIVED and not limit.from_first_writing
    if received and names_what_arrives(limit, rules):
        return "à compter de sa réception"
    return starts_words(limit)


def _length(counting: sla.Limit, starts: str, opens: bool) -> str:
    """« 2 mois » is a wait or a chance, according to what its end means."""
    if counting.is_none:
        return f", {sla.phrase(counting)}"
    if not counting.readings[0].amount:
        return f", {sla.phrase(counting)} {starts}"
    return (
        f" au bout {span(counting, starts)}"
        if opens
        else f" dans un délai {span(counting, starts)}"
    )


def span(counting: sla.Limit, starts: str) -> str:
    """« d’un mois à compter de … », « de 10 jours … ou 10 jours … à compter de …, la date … »."""
    lengths = listed([sla.phrase_reading(reading) for reading in counting.readings], "ou")
    several = f", {sla.which_date(counting)}" if len(counting.readings) > 1 else ""
    return f"{of(lengths)} {starts}{several}"


def starts_words(limit: TimeLimit) -> str:
    """« à compter de la réception de votre réclamation »: the event that it runs from."""
    if limit.from_first_writing:
        return "à compter de l’envoi de votre réclamation écrite"
    return FROM.get(limit.starts_on, f"à compter de : {limit.starts_on.label.lower()}")


def retention_words(rules: Rules) -> str:
    """« 7 ans à compter de la clôture du dossier »; empty when the procedure fixes none."""
    if rules.retention is None:
        return ""
    length = sla.Reading(rules.retention.amount, rules.retention.unit)
    return f"{sla.phrase_reading(length)} {KEPT_FROM[rules.retention.starts_on]}"
