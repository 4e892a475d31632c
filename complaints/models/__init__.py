"""KEEP: the nouns, one a file; only `complaints.handling` writes a dossier."""

from complaints.models.calendar import Calendar, Holiday
from complaints.models.correspondence import Attachment, Letter, Measure, Message
from complaints.models.deadline import Deadline
from complaints.models.dossier import Dossier, Party
from complaints.models.draft import Draft, DraftFile
from complaints.models.event import Event
from complaints.models.form import Form, FormVersion
from complaints.models.mediator import Mediator
from complaints.models.notice import Notice
from complaints.models.organisation import Organisation, Role
from complaints.models.procedure import Procedure
from complaints.models.procedure_document import ProcedureDocument
from complaints.models.procedure_version import ProcedureVersion
from complaints.models.recusal import Recusal
from complaints.models.register import RegisterEntry, Sequence

__all__ = [
    "Attachment",
    "Calendar",
    "Deadline",
    "Dossier",
    "Draft",
    "DraftFile",
    "Event",
    "Form",
    "FormVersion",
    "Holiday",
    "Letter",
    "Measure",
    "Mediator",
    "Message",
    "Notice",
    "Organisation",
    "Party",
    "Procedure",
    "ProcedureDocument",
    "ProcedureVersion",
    "Recusal",
    "RegisterEntry",
    "Role",
    "Sequence",
]
