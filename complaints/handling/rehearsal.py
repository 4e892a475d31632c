"""The rehearsal: a procedure played for real, on a sample dossier, then undone to the last row.

What it shows is what the engine does, because it is the engine that does it: real version, real
dossier, real moves, real clock, real letters. The transaction is always taken back, with its
notices, its tasks and its numbers.
"""

import copy
import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction

from complaints import sla
from complaints.handling.moving import InvalidMove
from complaints.handling.rehearsal_play import Play, Played, Scenario
from complaints.models import Procedure, ProcedureVersion
from complaints.workflow import DefinitionError, MoveRefused

log = logging.getLogger(__name__)


class _Undo(Exception):
    """Takes the transaction back."""


def rehearse(procedure: Procedure, scenario: Scenario) -> Played:
    """Play the procedure as it is written now, saved or not; changes nothing, raises nothing."""
    return _undone(lambda: _frozen(copy.copy(procedure), scenario), scenario)


def rehearse_version(version: ProcedureVersion, scenario: Scenario) -> Played:
    """Play a version that dossiers follow; changes nothing, raises nothing."""
    return _undone(lambda: version, scenario)


def _frozen(procedure: Procedure, scenario: Scenario) -> ProcedureVersion:
    """The version that publishing would freeze."""
    if procedure.pk is None:
        # No signal: nobody is to index what will not have been.
        Procedure.objects.bulk_create([procedure])
    return ProcedureVersion.freeze(procedure, at=scenario.received_at)


def _undone(version: Callable[[], ProcedureVersion], scenario: Scenario) -> Played:
    played = Played()
    try:
        with transaction.atomic():
            Play(version(), scenario, played).run()
            raise _Undo
    except _Undo:
        pass
    except Exception as error:
        played.stopped = _why(error)
    return played


def _why(error: Exception) -> str:
    """A sentence for the editor; what nobody foresaw is logged too."""
    match error:
        case InvalidMove():
            asked = " ".join(text for texts in error.form.errors.values() for text in texts)
            return f"«\u00a0{error.form.move.label}\u00a0» demande ce qui ne s’invente pas. {asked}"
        case MoveRefused() | sla.SlaError() | DefinitionError():
            return str(error)
        case DatabaseError():
            log.warning("Répétition : base occupée ou valeur refusée (%s).", error)
            return "La répétition n’a pas pu être jouée à cet instant. Réessayez."
    log.exception("Répétition impossible.", exc_info=error)
    return "Le moteur ne sait pas jouer cette étape avec ces règles."
