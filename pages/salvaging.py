"""What was typed, in plain words under its questions: to be compared, or copied when lost."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest

from complaints import intake
from complaints.handling.drafts import Typed
from complaints.models import FormVersion, Organisation
from pages import guard, turns
from pages.typed import words_of

Lines = list[tuple[str, str]]

# Hyphens: no question of a form has one in its key.
FORM, VERSION, CODE, ACTION = "draft-form", "form-version", "draft-code", "action"
# What pages post by themselves.
OURS = guard.INPUTS | {
    *(guard.DRAFT, FORM, VERSION, CODE, ACTION, "add-row", "csrfmiddlewaretoken"),
    *(turns.PAGE, turns.AFTER, turns.NUMBER, "shown-file", "kept-file"),
}


def lines(asked: Sequence[intake.Field], typed: Typed) -> Lines:
    """Each of these questions that was answered, with what was typed, right or wrong."""
    said = [(question.label, ", ".join(_texts(question, typed))) for question in asked]
    return [(label, text) for label, text in said if text]


def posted_lines(request: HttpRequest, organisation: Organisation | None) -> Lines:
    """What a post says; without labels when nobody knows the form any more."""
    typed = {name: texts for name, texts in request.POST.lists() if name not in OURS}
    version = posted_version(request, organisation)
    if version is not None:
        return lines(version.parsed().fields, typed)
    texts = [text.strip() for name in typed for text in typed[name] if not name.endswith("-rows")]
    return [("", text) for text in texts if text not in ("", "on", "yes", "no")]


def as_text(said: Lines) -> str:
    """These lines, to be copied."""
    return "\n\n".join(f"{label}\n{text}" if label else text for label, text in said)


def posted_version(request: HttpRequest, organisation: Organisation | None) -> FormVersion | None:
    """The form that the page showed, of that organisation."""
    number, form = request.POST.get(VERSION, ""), request.POST.get(FORM, "")
    if organisation is None or not all(_is_number(text) for text in (number, form)):
        return None
    versions = FormVersion.objects.filter(form__organisation=organisation)
    return versions.filter(form=int(form), number=int(number)).select_related("form").first()


def _texts(question: intake.Field, typed: Typed) -> Iterator[str]:
    proposed = [*question.proposed, *(choice for part in question.parts for choice in part.choices)]
    labels = {choice.value: choice.label for choice in proposed}
    if question.kind == intake.Kind.CONSENT:
        labels = {"on": "oui"}
    for texts in words_of(question, typed).values():
        yield from (labels.get(text, text) for text in texts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
