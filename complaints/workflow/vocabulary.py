"""The closed lists of the product: the words the law, the register and the figures depend on."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a dossier is about (indicateur 31: aléas, difficultés, réclamations)."""

    COMPLAINT = "complaint", "Réclamation"
    GRIEVANCE = "grievance", "Plainte"
    DIFFICULTY = "difficulty", "Difficulté"
    DISRUPTION = "disruption", "Aléa"
    ADVERSE_EVENT = "adverse_event", "Événement indésirable"


class Phase(TextChoices):
    """Where a dossier stands whatever an organisation calls its stages."""

    SIGNALLED = "signalled", "Signalé"
    INCOMPLETE = "incomplete", "À compléter"
    OPEN = "open", "En cours"
    ANSWERED = "answered", "Répondu"
    APPEAL = "appeal", "En recours"
    MEDIATION = "mediation", "En médiation"
    CLOSED = "closed", "Clos"
    ERASED = "erased", "Effacé"

    @property
    def is_open(self) -> bool:
        """A dossier that someone still has to do something about."""
        return self not in (Phase.CLOSED, Phase.ERASED)


class Stakeholder(TextChoices):
    """The parties prenantes that the five procedures name."""

    PROSPECT = "prospect", "Prospect"
    CLIENT = "client", "Client"
    SPONSOR = "sponsor", "Commanditaire"
    TRAINEE = "trainee", "Stagiaire"
    FUNDER = "funder", "Financeur"
    CERTIFIER = "certifier", "Certificateur"
    PRESCRIBER = "prescriber", "Prescripteur"
    SUBCONTRACTOR = "subcontractor", "Sous-traitant"
    INSTRUCTOR = "instructor", "Formateur ou intervenant"
    INSTITUTION = "institution", "Institution liée au processus"
    OTHER = "other", "Autre"


class Channel(TextChoices):
    """How a complaint reached the organisation."""

    ONLINE = "online", "Formulaire en ligne"
    EMAIL = "email", "Courriel"
    POST = "post", "Courrier postal"
    PHONE = "phone", "Téléphone"
    ORAL = "oral", "Oral"
    QUESTIONNAIRE = "questionnaire", "Questionnaire de satisfaction"
    PARTNER = "partner", "Partenaire ou tiers"


# A complaint that came so is written: some time limits start with these only (CS-A2, IH-A6).
WRITTEN = frozenset({Channel.ONLINE, Channel.EMAIL, Channel.POST, Channel.QUESTIONNAIRE})


class Severity(TextChoices):
    """Gravité; the criteria are the procedure's own text."""

    LOW = "low", "Faible"
    MEDIUM = "medium", "Moyenne"
    HIGH = "high", "Forte"


class Complexity(TextChoices):
    """A dossier is simple until someone says otherwise (CY-A8)."""

    SIMPLE = "simple", "Simple"
    COMPLEX = "complex", "Complexe"


# What a time limit’s `when` calls a dossier whose severity nobody has graded yet (IH-A3, IH-A4).
UNGRADED = "ungraded"


class Outcome(TextChoices):
    """What the organisation answers."""

    FAVOURABLE = "favourable", "Favorable"
    PARTIAL = "partial", "Partiellement favorable"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class EventKind(TextChoices):
    """A fact in a dossier's journal. Time limits start on these and are met by these."""

    RECEIVED = "received", "Réclamation reçue"
    ACKNOWLEDGED = "acknowledged", "Accusé de réception envoyé"
    INFORMATION_REQUESTED = "information_requested", "Complément demandé"
    INFORMATION_RECEIVED = "information_received", "Complément reçu"
    REGISTERED = "registered", "Inscrit au registre"
    NOTICE_GIVEN = "notice_given", "Avis de réception envoyé"
    ASSESSED = "assessed", "Évaluation faite"
    DECLARED_ADMISSIBLE = "declared_admissible", "Déclaré recevable"
    DECLARED_INADMISSIBLE = "declared_inadmissible", "Déclaré irrecevable"
    RECLASSIFIED = "reclassified", "Requalifié"
    DELAY_NOTIFIED = "delay_notified", "Retard annoncé"
    CONTACT_LOGGED = "contact_logged", "Contact noté"
    ANALYSED = "analysed", "Analyse faite"
    MINUTES_RECORDED = "minutes_recorded", "Procès-verbal versé"
    DECIDED = "decided", "Décision prise"
    RESPONSE_SENT = "response_sent", "Réponse envoyée"
    IMPLICATED_INFORMED = "implicated_informed", "Personne mise en cause informée"
    THIRD_PARTY_INFORMED = "third_party_informed", "Partie prenante informée"
    RECUSED = "recused", "Personne écartée du dossier"
    MEASURE_PLANNED = "measure_planned", "Mesure prévue"
    MEASURE_DONE = "measure_done", "Mesure réalisée"
    EFFECT_CHECKED = "effect_checked", "Effet vérifié"
    APPEAL_FILED = "appeal_filed", "Recours déposé"
    APPEAL_EXTENDED = "appeal_extended", "Recours prorogé"
    APPEAL_DECIDED = "appeal_decided", "Recours tranché"
    MEDIATION_REFERRED = "mediation_referred", "Médiateur saisi"
    SATISFACTION_ASKED = "satisfaction_asked", "Avis demandé au réclamant"
    SATISFACTION_RECEIVED = "satisfaction_received", "Avis du réclamant reçu"
    MESSAGE_RECEIVED = "message_received", "Message reçu du réclamant"
    MESSAGE_SENT = "message_sent", "Message envoyé au réclamant"
    NOTE_WRITTEN = "note_written", "Note interne"
    ASSIGNED = "assigned", "Attribué"
    STAGE_CHANGED = "stage_changed", "Étape changée"
    DEADLINE_SET = "deadline_set", "Échéance rapprochée"
    DEADLINE_WARNED = "deadline_warned", "Échéance proche"
    DEADLINE_MISSED = "deadline_missed", "Échéance dépassée"
    DEADLINE_LAPSED = "deadline_lapsed", "Délai échu"
    FILE_OPENED = "file_opened", "Pièce consultée"
    RELATION_ENDED = "relation_ended", "Fin de la relation"
    WITHDRAWN = "withdrawn", "Retirée par le réclamant"
    CLOSED = "closed", "Dossier clos"
    REOPENED = "reopened", "Dossier rouvert"
    PROCEDURE_CHANGED = "procedure_changed", "Version de la procédure changée"
    STATEMENT_CONFIRMED = "statement_confirmed", "Transcription confirmée par le réclamant"
    ERASED = "erased", "Données personnelles effacées"


class Deed(TextChoices):
    """What a move does; each one is code in `complaints.handling`."""

    ACKNOWLEDGE = "acknowledge", "Accuser réception"
    GIVE_NOTICE = "give_notice", "Envoyer l’avis de réception"
    REQUEST_INFORMATION = "request_information", "Demander un complément"
    RECEIVE_INFORMATION = "receive_information", "Enregistrer le complément"
    RECEIVE_WRITING = "receive_writing", "Enregistrer l’écrit reçu"
    REGISTER = "register", "Inscrire au registre"
    DECLARE_ADMISSIBLE = "declare_admissible", "Déclarer recevable"
    DECLARE_INADMISSIBLE = "declare_inadmissible", "Déclarer irrecevable"
    ASSESS = "assess", "Évaluer la gravité et la complexité"
    RECLASSIFY = "reclassify", "Requalifier"
    RECUSE = "recuse", "Écarter une personne du dossier"
    LOG_CONTACT = "log_contact", "Noter un contact"
    ANALYSE = "analyse", "Consigner l’analyse"
    RECORD_MINUTES = "record_minutes", "Verser un procès-verbal"
    INFORM_IMPLICATED = "inform_implicated", "Informer la personne mise en cause"
    INFORM_THIRD_PARTY = "inform_third_party", "Informer une partie prenante"
    SHORTEN = "shorten", "Rapprocher une échéance"
    EXTEND = "extend", "Prolonger un délai"
    DECIDE = "decide", "Décider"
    PLAN_MEASURE = "plan_measure", "Prévoir une mesure"
    COMPLETE_MEASURE = "complete_measure", "Constater une mesure réalisée"
    CHECK_EFFECT = "check_effect", "Vérifier l’effet d’une mesure"
    RESPOND = "respond", "Répondre"
    FILE_APPEAL = "file_appeal", "Déposer un recours"
    DECIDE_APPEAL = "decide_appeal", "Trancher le recours"
    ASK_SATISFACTION = "ask_satisfaction", "Demander son avis au réclamant"
    RECORD_SATISFACTION = "record_satisfaction", "Noter l’avis du réclamant"
    REFER_TO_MEDIATION = "refer_to_mediation", "Noter la saisine du médiateur"
    ADVANCE = "advance", "Passer à l’étape suivante"
    WITHDRAW = "withdraw", "Noter le retrait"
    CLOSE = "close", "Clore"
    REOPEN = "reopen", "Rouvrir"


class OnExpiry(TextChoices):
    """What the end of a time limit means."""

    LATE = "late", "En retard : alerter"
    LAPSE = "lapse", "Le droit s’éteint"
    OPEN_WINDOW = "open_window", "Une voie s’ouvre"
    CLOSE = "close", "Le dossier se clôt"


class RetentionStart(TextChoices):
    """From when the retention period runs (CS-25, CS-A3)."""

    CLOSURE = "closure", "La clôture du dossier"
    END_OF_RELATION = "end_of_relation", "La fin de la relation"
    EARLIEST = "earliest", "Le premier des deux"
    LATEST = "latest", "Le dernier des deux"


class Column(TextChoices):
    """What a column of the legal register may show; its title is the organisation's own."""

    NUMBER = "number", "Le numéro au registre"
    NUMBER_AND_COMPLETED_ON = (
        "number_and_completed_on",
        "Le numéro au registre et la date à laquelle le dossier est complet",
    )
    RECEIVED_ON = "received_on", "La date de réception"
    COMPLETED_ON = "completed_on", "La date à laquelle le dossier est complet"
    REGISTERED_ON = "registered_on", "La date d’inscription au registre"
    FIRST_EXPRESSED_ON = "first_expressed_on", "La date de la première réclamation"
    FIRST_CHANNEL = "first_channel", "Le mode de la première réclamation"
    FIRST_CHANNEL_AND_REFERENCE = (
        "first_channel_and_reference",
        "Le mode de la première réclamation et le numéro du dossier",
    )
    CHANNEL = "channel", "Le moyen de réception"
    KIND = "kind", "La nature du dossier (réclamation, aléa…)"
    MARKERS = "markers", "Les repères de l’évaluation"
    SEVERITY = "severity", "La gravité"
    CLIENT = "client", "Le nom du réclamant et de sa structure"
    SUBJECT = "subject", "L’objet"
    TRAINING = "training", "Le contrat, le produit ou le service"
    TRAINEE = "trainee", "Le stagiaire concerné"
    TRAINING_DATES = "training_dates", "Les dates de la formation"
    THIRD_PARTIES = "third_parties", "Les autres personnes ou entités"
    OPERATIONS = "operations", "Les opérations concernées"
    DESCRIPTION = "description", "La description des faits"
    BREACHES = "breaches", "Les manquements relevés"
    ACKNOWLEDGED_ON = "acknowledged_on", "La date de l’accusé de réception"
    RESPONSE_DUE_ON = "response_due_on", "La date à laquelle la réponse est due"
    EXCHANGES = "exchanges", "Les échanges et leurs dates"
    ROOT_CAUSE = "root_cause", "La cause profonde"
    OUTCOME = "outcome", "Le sens de la réponse"
    MEASURES = "measures", "Les mesures et leurs dates"
    RESOLUTION = "resolution", "La résolution"
    RESPONDED_ON = "responded_on", "La date de la réponse"
    RESPONSE_NUMBER = "response_number", "Le numéro de la réponse"
    CLOSED_ON = "closed_on", "La date de clôture"
    MEASURES_DONE_ON = "measures_done_on", "La date à laquelle toutes les mesures sont réalisées"
    SATISFACTION = "satisfaction", "L’avis du réclamant"
    EVIDENCE_LOCATION = "evidence_location", "Le lieu des justificatifs"
