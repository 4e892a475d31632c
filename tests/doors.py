"""The matrix: what each person gets at each address of ours, about a dossier of A. One row a name.

alice moderates A, bob writes what A publishes, diane directs A, charlie moderates B, fred directs
B, dora is the complainant and has opened the dossier with her code, eve is anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone
from wagtail.models import Task

from complaints.handling.drafts import resume_code
from complaints.handling.presets import Preset
from complaints.models.procedure import STREAMS
from tests.factories import ANSWERS, let_in
from tests.people import PEOPLE, Scene
from tests.posted import as_posted

Facts = Callable[[Scene], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What a reading and a post give, in the order of PEOPLE; a single word is everyone's.

    « done » is the deed itself. `writes`: the deed changes something that we keep.
    """

    get: str
    post: str
    where: Facts = lambda scene: {}
    data: Facts = lambda scene: {}
    writes: bool = True

    def expected(self) -> dict[str, dict[str, str]]:
        """By verb, by person."""
        return {"GET": _by_person(self.get), "POST": _by_person(self.post)}


def _by_person(words: str) -> dict[str, str]:
    found = words.split()
    return dict(zip(PEOPLE, found if len(found) > 1 else found * len(PEOPLE), strict=True))


def followed(scene: Scene) -> dict[str, Any]:
    return {"reference": scene.dossier.reference}


def moved(scene: Scene) -> dict[str, Any]:
    return followed(scene) | {"move": "recevoir_precisions"}


def lettered(scene: Scene) -> dict[str, Any]:
    return followed(scene) | {"number": scene.dossier.letters.first().number}


def handled(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.dossier.pk}


def looking(**data: Any) -> Facts:
    """What is typed, by a person who has just looked at the dossier."""
    return lambda scene: data | {"seen": scene.seen}


def drafted(scene: Scene) -> dict[str, Any]:
    return {"key": scene.draft.key}


def coded(scene: Scene) -> dict[str, Any]:
    return {"code": resume_code(scene.draft.key)}


# alice bob diane charlie fred dora eve
HOLDER = "code code code code code {} code"
DORA = "absent absent absent absent absent {} absent"
SEERS = "{0} absent {0} absent absent login login"
ENTERERS = "{0} home {0} absent absent login login"
LISTS = "{0} home {0} {0} {0} login login"
EDITORS = "absent {0} {0} absent absent login login"
SHELVES = "home {0} {0} home {0} login login"
SHARED = "absent {0} {0} absent {0} login login"
STAFF = "{0} {0} {0} {0} {0} login login"
HOUSE = "{0} {0} {0} absent absent login login"
DIRECTION = "absent absent {0} absent absent login login"

PUBLIC = {
    "wagtail_serve": Row(
        "ok",
        "done",
        where=lambda scene: {"args": [""]},
        data=lambda scene: ANSWERS | {"deja": "yes", "form-version": "1"} | let_in(),
    ),
    # Dora began a draft from her browser; whoever else comes is asked for its code.
    "pages:draft": Row(
        HOLDER.format("ok"), HOLDER.format("done"), where=drafted, data=lambda s: {"action": "save"}
    ),
    "pages:step": Row(
        HOLDER.format("ok"),
        HOLDER.format("done"),
        where=lambda scene: drafted(scene) | {"step": "vous"},
        data=lambda scene: {"action": "save", "nom": "Dora"},
    ),
    "pages:draft_saved": Row(HOLDER.format("ok"), "readonly", where=drafted),
    "pages:review": Row(HOLDER.format("ok"), HOLDER.format("done"), where=drafted),
    "pages:forget": Row(HOLDER.format("ok"), HOLDER.format("done"), where=drafted),
    "pages:resume": Row("ok", "done", data=coded, writes=False),
    "pages:resume_link": Row("ok", "done", where=coded, writes=False),
    "pages:icon": Row("ok", "readonly"),
    "pages:procedure": Row("ok", "readonly"),
    # Dora followed her dossier from here; she did not file it from here.
    "pages:receipt": Row("absent", "absent", where=followed),
    "pages:tracking": Row(
        "ok", "done", data=lambda s: followed(s) | {"code": s.code}, writes=False
    ),
    "pages:leave": Row("readonly", "done", writes=False),
    "pages:dossier": Row(DORA.format("ok"), "readonly", where=followed),
    "pages:message": Row(
        "readonly", DORA.format("done"), where=followed, data=looking(body="Où en êtes-vous ?")
    ),
    # Its author wrote it: there is nothing to confirm.
    "pages:confirm": Row(
        "readonly", DORA.format("conflict"), where=followed, data=looking(answer="exact")
    ),
    "pages:move": Row(
        "readonly", DORA.format("done"), where=moved, data=looking(answer="Le 2 mars, à 10 h.")
    ),
    "pages:letter": Row(DORA.format("ok"), "readonly", where=lettered),
    # Programs, without a key.
    "wagtailapi_v3:complaints_procedures": Row("ok", "readonly"),
    "wagtailapi_v3:complaints_procedure": Row(
        "ok", "readonly", where=lambda scene: {"slug": "cs-proc-rec"}
    ),
    "wagtailapi_v3:complaints_form": Row(
        "ok", "readonly", where=lambda scene: {"slug": "reclamation"}
    ),
}

DESK = {
    # Each has one form to fill in, so is led to it.
    "entry": Row(LISTS.format("done"), LISTS.format("readonly"), writes=False),
    "entry_form": Row(
        ENTERERS.format("ok"),
        ENTERERS.format("done"),
        where=lambda scene: {"form": scene.world.page.form_id},
        data=lambda scene: {
            "arrival-channel": "phone",
            "arrival-on": f"{timezone.localdate():%Y-%m-%d}",
            "objet": "Salle fermée",
            "step": "file",
        },
    ),
    "calculator": Row(STAFF.format("ok"), STAFF.format("readonly")),
    "dossiers:list": Row(LISTS.format("ok"), LISTS.format("readonly")),
    "dossiers:list_results": Row(LISTS.format("ok"), LISTS.format("readonly")),
    "dossiers:inspect": Row(SEERS.format("ok"), SEERS.format("readonly"), where=handled),
    "dossiers:move": Row(
        SEERS.format("ok"),
        SEERS.format("done"),
        where=lambda scene: handled(scene) | {"move": "decider"},
        data=looking(outcome="favourable", decision="L’attestation était due."),
    ),
    "dossiers:note": Row(
        SEERS.format("ok"), SEERS.format("done"), where=handled, data=looking(body="Rappeler.")
    ),
    "dossiers:assign": Row(
        SEERS.format("ok"),
        SEERS.format("done"),
        where=handled,
        data=lambda s: {"user": s.world.user("diane").pk, "seen": s.seen},
    ),
    "dossiers:attachment": Row(
        SEERS.format("ok"),
        SEERS.format("readonly"),
        where=lambda scene: handled(scene) | {"attachment": scene.dossier.attachments.get().pk},
    ),
    "dossiers:copy": Row(SEERS.format("absent"), SEERS.format("readonly"), where=handled),
    "dossiers:letter": Row(
        SEERS.format("ok"),
        SEERS.format("readonly"),
        where=lambda scene: handled(scene) | {"letter": scene.dossier.letters.first().pk},
    ),
    "envois:list": Row(LISTS.format("ok"), LISTS.format("readonly")),
    "envois:list_results": Row(LISTS.format("ok"), LISTS.format("readonly")),
    "envois:retry": Row(
        SEERS.format("readonly"), SEERS.format("done"), where=lambda s: {"pk": s.notice.pk}
    ),
    "registre_modeladmin_index": Row(LISTS.format("ok"), LISTS.format("readonly")),
    "registre_modeladmin_inspect": Row(
        SEERS.format("ok"),
        SEERS.format("readonly"),
        where=lambda scene: {"args": [scene.dossier.register_entry.pk]},
    ),
}


def screens(kind: str, one: Callable[[Scene], Any], data: Facts, new: Facts) -> dict[str, Row]:
    """Wagtail's screens of a kind that editors publish: each to the editors of its organisation."""

    def pk(scene: Scene) -> dict[str, Any]:
        return {"pk": one(scene).pk}

    def revision(scene: Scene) -> dict[str, Any]:
        return pk(scene) | {"revision_id": one(scene).latest_revision_id}

    def task(scene: Scene) -> dict[str, Any]:
        return pk(scene) | {"action_name": "approve", "task_state_id": 1}

    ends = {"revision_id_a": "earliest", "revision_id_b": "latest"}
    ok, done, readonly = (EDITORS.format(word) for word in ("ok", "done", "readonly"))
    nothing = EDITORS.format("absent")
    rows = {
        "list": Row(SHELVES.format("ok"), SHELVES.format("readonly")),
        "list_results": Row(SHELVES.format("ok"), SHELVES.format("readonly")),
        "add": Row(SHELVES.format("ok"), "home done done home ok login login", data=new),
        "edit": Row(ok, done, pk, data),
        "delete": Row(EDITORS.format("home"), EDITORS.format("home"), pk),
        "usage": Row(ok, readonly, pk),
        "history": Row(ok, readonly, pk),
        "history_results": Row(ok, readonly, pk),
        "revisions_revert": Row(ok, done, revision, data),
        "revisions_compare": Row(ok, readonly, lambda scene: pk(scene) | ends),
        "revisions_unschedule": Row(ok, done, revision, writes=False),
        "unpublish": Row(ok, done, pk),
        "lock": Row(readonly, done, pk),
        "unlock": Row(readonly, done, pk, writes=False),
        "workflow_action": Row(nothing, nothing, task),
        "collect_workflow_action_data": Row(nothing, nothing, task),
        "confirm_workflow_cancellation": Row(ok, ok, pk),
        "workflow_history": Row(ok, readonly, pk),
        "workflow_history_detail": Row(
            nothing, readonly, lambda scene: pk(scene) | {"workflow_state_id": 1}
        ),
    }
    choices = {
        "choose": Row(STAFF.format("ok"), STAFF.format("readonly")),
        "choose_results": Row(STAFF.format("ok"), STAFF.format("readonly")),
        "chosen": Row(ok, STAFF.format("readonly"), pk),
        "chosen_multiple": Row(STAFF.format("ok"), STAFF.format("readonly")),
    }
    return {f"wagtailsnippets_complaints_{kind}:{name}": row for name, row in rows.items()} | {
        f"wagtailsnippetchoosers_complaints_{kind}:{name}": row for name, row in choices.items()
    }


PROCEDURE = (
    "organisation",
    "title",
    "reference",
    "kinds",
    "stakeholders",
    "mediator",
    "response_prefix",
    "retention_amount",
    "retention_unit",
    "retention_starts_on",
    *STREAMS,
)
FORM = (
    *("organisation", "title", "slug", "reference", "stepped", "sections"),
    *("honeypot", "minimum_seconds", "hourly_limit", "proof_of_work"),
)
MEDIATOR = ("name", "website", "postal_address", "conditions", "verified_on")
ORGANISATION = (
    "name",
    "legal_name",
    "email",
    "email_subject",
    "phone",
    "postal_address",
    "sending_address",
    "region",
    "draft_days",
)
MONDAY_AND_PHONE = {"working_week": ["0"], "phone": "0102030405"}


def procedure(scene: Scene) -> dict[str, Any]:
    return as_posted(scene.world.page.procedure, *PROCEDURE) | {"title": "Relue"}


def new_procedure(scene: Scene) -> dict[str, Any]:
    """It starts from a model; a reference names one procedure."""
    chosen = {"preset": Preset.SIMPLE, "organisation": str(scene.world.organisation.pk)}
    return chosen | {"title": "", "reference": "CS-PROC-BIS"}


def new_form(scene: Scene) -> dict[str, Any]:
    """It starts from a model."""
    return {"source": "simple", "organisation": str(scene.world.organisation.pk)}


def form(scene: Scene) -> dict[str, Any]:
    return as_posted(scene.world.page.form, *FORM) | {"title": "Relu"}


def shared(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.mediator.pk}


def own(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.world.organisation.pk}


def rules(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.world.page.procedure.pk}


def version(scene: Scene) -> dict[str, Any]:
    return rules(scene) | {"number": scene.world.page.version.number}


def asked(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.world.page.form.pk}


def form_version(scene: Scene) -> dict[str, Any]:
    return asked(scene) | {"number": scene.world.page.form.current.number}


def calendar(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.calendar.pk}


LIST = Row(SHELVES.format("ok"), SHELVES.format("readonly"))
SETTINGS = (
    screens("procedure", lambda scene: scene.world.page.procedure, procedure, new_procedure)
    | screens("form", lambda scene: scene.world.page.form, form, new_form)
    | {
        f"wagtailsnippets_complaints_{name}": row
        for name, row in {
            "mediator:list": LIST,
            "mediator:list_results": LIST,
            "mediator:add": Row(
                SHELVES.format("ok"),
                SHELVES.format("done"),
                data=lambda scene: as_posted(scene.mediator, *MEDIATOR),
            ),
            "mediator:edit": Row(
                SHARED.format("ok"),
                SHARED.format("done"),
                shared,
                lambda scene: as_posted(scene.mediator, *MEDIATOR) | {"name": "Relu"},
            ),
            "mediator:delete": Row(SHARED.format("home"), SHARED.format("home"), shared),
            "mediator:usage": Row(SHARED.format("ok"), SHARED.format("readonly"), shared),
            "mediator:history": Row(SHARED.format("ok"), SHARED.format("readonly"), shared),
            "mediator:history_results": Row(SHARED.format("ok"), SHARED.format("readonly"), shared),
            "organisation:list": LIST,
            "organisation:list_results": LIST,
            "organisation:edit": Row(
                EDITORS.format("ok"),
                EDITORS.format("done"),
                own,
                lambda s: as_posted(s.world.organisation, *ORGANISATION) | MONDAY_AND_PHONE,
            ),
            "organisation:usage": Row(EDITORS.format("ok"), EDITORS.format("readonly"), own),
            "organisation:history": Row(EDITORS.format("ok"), EDITORS.format("readonly"), own),
            "organisation:history_results": Row(
                EDITORS.format("ok"), EDITORS.format("readonly"), own
            ),
            "calendar:list": Row(STAFF.format("ok"), STAFF.format("readonly")),
            "calendar:list_results": Row(STAFF.format("ok"), STAFF.format("readonly")),
            "calendar:inspect": Row(STAFF.format("ok"), STAFF.format("readonly"), calendar),
            # For who installs the site: tests/complaints/desk/test_calendars.py.
            "calendar:correct": Row(STAFF.format("home"), STAFF.format("home"), calendar),
            "form:versions": Row(HOUSE.format("ok"), HOUSE.format("readonly"), asked),
            "form:compare": Row(HOUSE.format("ok"), HOUSE.format("readonly"), asked),
            "form:version": Row(HOUSE.format("ok"), HOUSE.format("readonly"), form_version),
            "procedure:review": Row(
                EDITORS.format("ok"),
                EDITORS.format("done"),
                lambda scene: {"pk": scene.world.page.procedure.pk},
                lambda scene: {"seen": scene.world.page.version.number},
            ),
            "procedure:rehearsal": Row(HOUSE.format("ok"), HOUSE.format("readonly"), rules),
            "procedure:preview_on_add": Row(SHELVES.format("ok"), SHELVES.format("ok")),
            "procedure:preview_on_edit": Row(EDITORS.format("ok"), EDITORS.format("ok"), rules),
            "procedure:revisions_view": Row(
                EDITORS.format("ok"),
                EDITORS.format("readonly"),
                lambda s: rules(s) | {"revision_id": s.world.page.procedure.latest_revision_id},
            ),
            # When it is somebody’s turn: tests/complaints/desk/test_rehearsal.py.
            "procedure:workflow_preview": Row(
                EDITORS.format("home"),
                EDITORS.format("readonly"),
                lambda scene: rules(scene) | {"task_id": Task.objects.earliest("pk").pk},
            ),
            "form:preview_on_add": Row(SHELVES.format("ok"), SHELVES.format("ok")),
            "form:preview_on_edit": Row(EDITORS.format("ok"), EDITORS.format("ok"), asked),
            "form:revisions_view": Row(
                EDITORS.format("ok"),
                EDITORS.format("readonly"),
                lambda s: asked(s) | {"revision_id": s.world.page.form.latest_revision_id},
            ),
            "form:workflow_preview": Row(
                EDITORS.format("home"),
                EDITORS.format("readonly"),
                lambda scene: asked(scene) | {"task_id": Task.objects.earliest("pk").pk},
            ),
            # Step by step: tests/complaints/desk/test_form_trial.py.
            "form:trial": Row(EDITORS.format("ok"), EDITORS.format("ok"), asked, writes=False),
            "procedure:versions": Row(HOUSE.format("ok"), HOUSE.format("readonly"), rules),
            "procedure:compare": Row(HOUSE.format("ok"), HOUSE.format("readonly"), rules),
            "procedure:version": Row(HOUSE.format("ok"), HOUSE.format("readonly"), version),
            # What is chosen, and what is then done: tests/complaints/desk/test_migration_screen.py.
            "procedure:migrate": Row(DIRECTION.format("ok"), DIRECTION.format("invalid"), version),
            "procedure:document": Row(
                HOUSE.format("ok"),
                HOUSE.format("readonly"),
                lambda scene: rules(scene) | {"number": 1},
            ),
            "procedure:send": Row(
                HOUSE.format("ok"),
                HOUSE.format("done"),
                rules,
                lambda scene: {"email": "eve@exemple.example", "key": uuid4().hex},
            ),
            # For who installs the site: tests/complaints/desk/test_versions.py.
            "procedure:approval": Row(
                HOUSE.format("readonly"), "home home home absent absent login login", rules
            ),
        }.items()
    }
)

MATRIX = PUBLIC | DESK | SETTINGS
