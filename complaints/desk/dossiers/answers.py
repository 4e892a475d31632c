"""What was filed, as one person of the staff may read it: answers, and their files beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from complaints import intake
from complaints.models import Attachment, Dossier, access
from complaints.workflow.vocabulary import Phase

# In the journal, instead of the name of a file that is not for these eyes.
RESERVED_FILE = "pièce réservée"
FILE_CONSENT = "dossier.file_consent"


@dataclass(frozen=True)
class Answered:
    """One line of what was filed, with the files that answer it."""

    line: intake.Line
    files: list[Attachment]


@dataclass(frozen=True)
class Filed:
    """The answers; the files that answer no question, whether others do; their names by digest."""

    sections: list[tuple[str, list[Answered]]]
    loose: list[Attachment]
    has_placed: bool
    names: dict[str, str]


def read_filed(dossier: Dossier, attachments: Sequence[Attachment], user: Any) -> Filed:
    """The complaint under the questions of its own form version, less what is not for that person.

    An answer that is kept for others is a line that says so, and its files are not listed.
    """
    sent = [file for file in attachments if file.message_id is None]
    if dossier.form_version is None or dossier.phase == Phase.ERASED:
        return Filed([], sent, False, _names(attachments, frozenset()))
    definition, sees = dossier.form_version.parsed(), access.answers_read_by(user, dossier)
    keys = {file.question for file in sent}
    sections = [
        (title, [_answered(line, sent) for line in lines])
        for title, lines in intake.readable(definition, dossier.answers, sees=sees, files=keys)
    ]
    placed = {answered.line.field.key for _, lines in sections for answered in lines}
    hidden = frozenset(f.key for f in definition.fields if f.key in keys and not sees(f))
    loose = [file for file in sent if file.question not in placed | hidden]
    return Filed(sections, loose, len(sent) > len(loose), _names(attachments, hidden))


def file_consent(dossier: Dossier) -> bool | None:
    """Whether its author agreed that a dossier be kept; None where nothing asked them."""
    if dossier.form_version is None or dossier.phase == Phase.ERASED:
        return None
    shown = dossier.form_version.parsed().shown(dossier.answers)
    asked = next((field for field in shown if field.maps_to == FILE_CONSENT), None)
    return asked and dossier.answers.get(asked.key) is True


def _answered(line: intake.Line, sent: Sequence[Attachment]) -> Answered:
    own = [] if line.withheld else [file for file in sent if file.question == line.field.key]
    return Answered(line, own)


def _names(attachments: Sequence[Attachment], hidden: frozenset[str]) -> dict[str, str]:
    """The same file may answer two questions: who reads one of them knows its name."""
    told = {file.sha256: file.original_name for file in attachments if file.question not in hidden}
    return {file.sha256: RESERVED_FILE for file in attachments} | told
