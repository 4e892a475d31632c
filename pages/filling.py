"""A form being filled in: what was typed and joined so far, the step shown, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from complaints import intake
from complaints.handling import antivirus, drafts
from complaints.handling.drafts import Typed
from complaints.intake.files import MEGA
from complaints.intake.parts import ROWS
from complaints.intake.typography import sentence
from complaints.models import Draft, DraftFile, FormVersion
from pages import guard, salvaging, turns
from pages.turns import Order, Turn
from pages.typed import as_posted, of_post, replaced, storable, words_of

# The hidden list of the files that the page showed, and those of them that stay ticked.
SHOWN_FILES, KEPT_FILES = "shown-file", "kept-file"
NO_ROOM = (
    "« {name} » n’a pas pu être gardé : envoyez sans lui, puis joignez-le depuis la page de suivi."
)


@dataclass(frozen=True)
class Step:
    """One step as the progress names it."""

    key: str
    title: str
    number: int
    current: bool
    done: bool
    following: bool


@dataclass
class Filling:
    """One form under one person's hands; `step` is the section shown, None for the whole form."""

    version: FormVersion
    key: UUID
    step: str | None = None
    draft: Draft | None = None
    typed: Typed = field(default_factory=dict)
    # What could not be kept: the uploads that the form refuses, by question, and other reasons.
    refused: dict[str, list[Any]] = field(default_factory=dict)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    # What another page wrote in this step, when what this one sent was not written over it.
    elsewhere: salvaging.Lines = field(default_factory=list)

    @classmethod
    def of(cls, draft: Draft, step: str | None) -> "Filling":
        """The one that this draft holds."""
        return cls(draft.form_version, draft.key, step, draft, draft.typed)

    @cached_property
    def definition(self) -> intake.FormDefinition:
        """What the form asks."""
        return self.version.parsed()

    @cached_property
    def page(self) -> str:
        """The name of the page about to be shown; a first page is named by its key."""
        return uuid4().hex if self.draft else ""

    @property
    def code(self) -> str:
        """What opens the draft elsewhere; the page says it again with all that it posts."""
        return drafts.resume_code(self.key) if self.draft else ""

    @property
    def page_before(self) -> str:
        """The page that wrote what is about to be shown."""
        return turns.last_page(self.typed, self.step)

    def read(self, request: HttpRequest, *, whole: bool = False) -> None:
        """Take what was posted; what belongs to other steps stays as it was, unless `whole`."""
        names = intake.posted_names(self.definition) if whole else self._names()
        self.typed = replaced(self.typed, of_post(request.POST, names), names)

    def save(self, request: HttpRequest, at: datetime, *, automatic: bool = False) -> Order:
        """Keep it all, right or wrong, unless newer words would be covered by older ones.

        `automatic`: a script sends it, so files stay as they are. Raises Gone.
        """
        # Files first: an antivirus takes its time, and the draft is not held up meanwhile.
        sound = [] if automatic else self._sound_files(request)
        # A first page is named by the key it gives its draft.
        turn = Turn.of(request.POST, str(self.key) if guard.DRAFT in request.POST else "")
        with transaction.atomic():
            order = self._write(turn, at, automatic) if self.draft else self._begin(turn, at)
            if not automatic:
                self._join(request, sound)
        return order

    def _begin(self, turn: Turn, at: datetime) -> Order:
        self.typed |= turn.mark(self.step)
        kept = storable(self.typed)
        self.draft = drafts.begin(self.key, self.version, kept, self.step or "", at=at)
        return Order.NEXT

    def _write(self, turn: Turn, at: datetime, automatic: bool) -> Order:
        now, names = drafts.locked(self.draft), self._names()
        order = turn.order(now, self.step)
        if order is Order.ELSEWHERE:
            self.elsewhere = self._covered(now)
            order = Order.ELSEWHERE if self.elsewhere else Order.NEXT
        elif order is Order.LATE and not automatic:
            order = Order.NEXT  # a page that the browser shows again counts from nothing
        self.typed = replaced(now, self.typed, names)
        if order is Order.NEXT:
            self.typed |= turn.mark(self.step)
            drafts.write(self.draft, storable(self.typed), self.step or "", at=at)
        return order

    def _covered(self, now: Typed) -> salvaging.Lines:
        """What another page wrote in this step, that would be read no more."""
        kept = storable(self.typed)
        asked = [q for q in self._asked() if words_of(q, now) != words_of(q, kept)]
        return salvaging.lines(asked, now)

    def add_row(self, key: str) -> None:
        """Show one row more of that group of persons than the page showed."""
        rows = ROWS.format(key)
        shown = self.typed.get(rows, [""])[-1]
        known = shown.isascii() and shown.isdigit() and len(shown) < 4
        self.typed[rows] = [str(int(shown) + 1 if known else 2)]

    def _join(self, request: HttpRequest, sound: list[intake.CheckedFile]) -> None:
        drafts.take_back(self.draft, _unticked(request.POST))
        for file in drafts.join(self.draft, sound):
            self.troubles.append((file.question, sentence(NO_ROOM, name=file.name)))

    def _sound_files(self, request: HttpRequest) -> list[intake.CheckedFile]:
        sound: list[intake.CheckedFile] = []
        for question in self._asked():
            if question.kind == intake.Kind.FILES:
                sound += self._sound(question, request.FILES.getlist(question.key))
        return sound

    def _sound(self, question: intake.Field, uploads: Iterable[Any]) -> list[intake.CheckedFile]:
        """Those that may be kept; the others wait for their reason to be told."""
        sound = []
        for upload in uploads:
            weight = question.max_weight * MEGA
            try:
                file = intake.accepted(upload, types=question.file_types, max_size=weight)
            except ValidationError:  # the form itself will say why
                self.refused.setdefault(question.key, []).append(upload)
                continue
            if infected := antivirus.refusal(file):
                self.troubles.append((question.key, infected))
            else:
                sound.append(replace(file, question=question.key))
        return sound

    @cached_property
    def files(self) -> list[DraftFile]:
        """The files that the draft holds, once what was posted is joined."""
        return list(self.draft.files.all()) if self.draft else []

    @cached_property
    def form(self) -> intake.IntakeForm:
        """What was typed and joined, judged; the whole of it, whatever the step."""
        files = drafts.checked(self.files)
        for question, uploads in self.refused.items():
            files.setlist(question, files.getlist(question) + uploads)
        form = intake.build_form(self.definition)(as_posted(self.typed), files)
        form.is_valid()
        for question, trouble in self.troubles:
            if question in form.cleaned_data or question in form.errors:  # it is asked
                form.add_error(question, trouble)
        form.given = dict(form.cleaned_data)
        form.step, form.beneath = self.step, self._kept()
        return form

    def shown_form(self, at: datetime) -> intake.IntakeForm:
        """What is typed, not judged yet; a step that was never filled in has its defaults."""
        sent = turns.last_page(self.typed, self.step)
        if sent or any(name in self.typed for name in self._names()):
            return self.form.unchecked()
        day = timezone.localdate(at)
        form = intake.build_form(self.definition)(today=day)
        form.step, form.given, form.beneath = self.step, self.form.given, self.form.beneath
        return form

    @property
    def wrong(self) -> bool:
        """Whether the step that is shown, or the whole form, has something to correct."""
        return bool(self.form.wrong_keys())

    def _kept(self) -> dict[str, str]:
        """The files that need not be joined again, to be unticked under their question."""
        joined: dict[str, list[DraftFile]] = {}
        for file in self.files:
            joined.setdefault(file.question, []).append(file)
        return {
            question: render_to_string("pages/draft_files.html", {"files": files})
            for question, files in joined.items()
        }

    @cached_property
    def sections(self) -> list[intake.Section]:
        """The parts that the answers so far call for."""
        return self.definition.shown_sections(self.form.given)

    @cached_property
    def steps(self) -> list[Step]:
        """The progress: the parts, as steps; nothing for a form on one page."""
        if not self.definition.stepped:
            return []
        keys = [section.key for section in self.sections]
        here = keys.index(self.step) if self.step in keys else len(keys)
        return [
            Step(s.key, s.title, number + 1, number == here, number < here, number == here + 1)
            for number, s in enumerate(self.sections)
        ]

    def beside(self, offset: int) -> str | None:
        """The step after this one (1) or before it (-1); None at either end.

        Also from a step that is no longer asked, whose neighbours are.
        """
        asked = [section.key for section in self.sections]
        order = [section.key for section in self.definition.sections]
        if self.step not in order:
            return None
        place = order.index(self.step)
        others = order[place + 1 :] if offset > 0 else reversed(order[:place])
        return next((key for key in others if key in asked), None)

    @property
    def is_asked(self) -> bool:
        """Whether the answers so far call for the step that is shown."""
        return self.step is None or self.step in [section.key for section in self.sections]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed in other steps, while no draft keeps it yet: the page posts it along."""
        names = set(intake.posted_names(self.definition)) - set(self._names())
        if self.draft:
            return []
        return [(name, text) for name in self.typed if name in names for text in self.typed[name]]

    @property
    def has_before(self) -> bool:
        """Whether there is a step to come back to."""
        return self.beside(-1) is not None

    def _asked(self) -> list[intake.Field]:
        """The questions of the step that is shown."""
        return [
            question
            for section in self.definition.sections
            if self.step in (None, section.key)
            for question in section.fields
        ]

    def _names(self) -> list[str]:
        asked = {question.key for question in self._asked()}
        names = intake.posted_names(self.definition)
        return [name for name in names if name.partition("-")[0] in asked]


def first_step(definition: intake.FormDefinition) -> str | None:
    """Where a form in steps begins; None for a form on one page."""
    return definition.sections[0].key if definition.stepped else None


def _unticked(data: QueryDict) -> Iterable[int]:
    gone = set(data.getlist(SHOWN_FILES)) - set(data.getlist(KEPT_FILES))
    return [int(pk) for pk in gone if pk.isdecimal() and len(pk) < 18]
