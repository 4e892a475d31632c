"""What the procedures that a form feeds need, and the form lacks: told to whoever builds it.

Each sentence says which rule needs it, and what to add:

- « Rien n’alimente la colonne « Sujet » du registre de la procédure : ajoutez une question « Texte
  court » qui alimente « Objet ». »
- « Rien ne demande la nature du dossier (réclamation, aléa), dont dépend la procédure : ajoutez une
  question « Nature de la demande ». »
- « À la question « Vous êtes », il manque « Financeur », que la procédure admet : ajoutez cette
  réponse. »
- « Un réclamant peut ne laisser ni adresse électronique ni adresse postale, et il ne lirait nos
  réponses qu’avec son code de suivi : rendez l’une des deux obligatoire. »

A form that feeds several procedures names each: « la procédure « Traitement des aléas » ». A sheet
that only tells of incidents is not asked for what a complainant would say.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery

from complaints import intake
from complaints.handling.form_options import option_remarks, tells_incidents
from complaints.handling.form_targets import OF_A_COMPLAINT, needed_targets
from complaints.intake import FormDefinition
from complaints.intake.mapping import fed
from complaints.intake.mapping.omission import may_leave_out
from complaints.intake.mapping.targets import MAPPINGS
from complaints.models import Form, Procedure, ProcedureVersion
from complaints.models.form_blocks import QUESTIONS
from complaints.models.form_definition import TYPES
from complaints.workflow.problems import Problem

ADDRESSES = ("complainant.email", "complainant.postal_address")
# What an editor chooses to ask a question of that type.
NAMES = {name: block.meta.label for name, block in QUESTIONS}


def form_needs(form: Form, today: date) -> list[Problem]:
    """Warnings for this form as it is written now, against the rules in force on that day.

    Its procedures are those of the pages that show it, or else all those its organisation has
    published. Nothing while the form itself cannot be read: its own problems come first.
    """
    try:
        definition = intake.parse(form.definition())
    except intake.DefinitionError:
        return []
    versions = list(_in_force(form, today))
    found = [
        remark
        for version in versions
        for remark in _remarks(definition, version, _called(version, alone=len(versions) == 1))
    ]
    if versions and not tells_incidents(definition):
        found += _reply_remarks(definition)
    return [Problem(remark, "sections", warning=True) for remark in dict.fromkeys(found)]


def _called(version: ProcedureVersion, *, alone: bool) -> str:
    return "la procédure" if alone else f"la procédure « {version.title} »"


def _in_force(form: Form, today: date) -> Iterator[ProcedureVersion]:
    shown_by = set(form.pages.values_list("procedure", flat=True)) if form.pk else set()
    procedures = Procedure.objects.filter(organisation=form.organisation_id)
    chosen = procedures.filter(pk__in=shown_by) if shown_by else procedures.filter(live=True)
    versions = ProcedureVersion.objects.filter(in_force_at__date__lte=today)
    newest = versions.filter(procedure=OuterRef("procedure")).order_by("-number").values("pk")[:1]
    of_each = versions.filter(procedure__in=chosen, pk=Subquery(newest))
    return of_each.select_related("mediator").iterator()


def _remarks(definition: FormDefinition, version: ProcedureVersion, called: str) -> Iterator[str]:
    spared = fed(definition) | (OF_A_COMPLAINT if tells_incidents(definition) else frozenset())
    for target, reason in needed_targets(version, called).items():
        if target not in spared:
            yield f"{reason} : {advice(target)}"
    yield from option_remarks(definition, version, called)


def advice(target: str) -> str:
    """What to add to the form so that something feeds that target."""
    if target in TYPES:
        return f"ajoutez une question « {NAMES[TYPES[target]]} »."
    place = MAPPINGS[target]
    return f"ajoutez une question « {NAMES[place.kinds[0]]} » qui alimente « {place.label} »."


def _reply_remarks(definition: FormDefinition) -> Iterator[str]:
    """Without an address nothing is lost: what we write waits behind the tracking code."""
    unread = "il ne lirait nos réponses qu’avec son code de suivi"
    if fed(definition).isdisjoint(ADDRESSES):
        asked = f"Rien ne demande au réclamant où lui répondre, et {unread}"
        yield f"{asked} : {advice(ADDRESSES[0])}"
    elif may_leave_out(definition, ADDRESSES, of="complainant.name"):
        yield (
            "Un réclamant peut ne laisser ni adresse électronique ni adresse postale, et"
            f" {unread} : rendez l’une des deux obligatoire."
        )
