"""What the stories of a committee do again and again: file, sit, admit, answer, be refused."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Dossier
from tests.factories import World
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text

ANSWERS = {
    "nature": "complaint",
    "nom": "Victor Almeida",
    "qualite": "trainee",
    "personnel": True,
    "courriel": "victor@exemple.example",
    "represente": False,
    "objet": "Exercice dangereux",
    "prestation": "Sauveteur secouriste du travail",
    "faits": "L’exercice s’est fait sans protection, et la dirigeante l’a su.",
    "faits_le": "2026-03-02",
    "personnes": "M. Roche, intervenant",
    "direction_en_cause": True,
    "accord_nom": False,
    "attentes": "Un exercice sans danger.",
    "deja": False,
}
# What `submission` fills in for another form.
UNASKED = dict.fromkeys(
    ("qualite", "structure", "reponse_par", "formation", "operations", "tiers", "deja_le")
) | {"deja_par": None}
CRITERIA = ["recents", "concerne", "precis"]


def file(world: World, clock: Clock, at: str, **answers: Any) -> tuple[Dossier, str, Visitor]:
    """Victor fills the form of the page; his dossier, his code, his browser."""
    clock.strikes(at)
    victor = Visitor(host=world.host)
    number, code = victor.file(ANSWERS | answers)
    return Dossier.objects.get(reference=number), code, victor


def minutes(staff: Staff, dossier: Dossier, body: str, held_on: str, decision: str) -> None:
    """Keep the paper of a body that sat."""
    paper = SimpleUploadedFile("pv.txt", decision.encode())
    who = {"members": "Trois personnes sans lien avec les faits", "held_on": held_on}
    staff.press(dossier, "verser_pv", body=body, decision=decision, files=paper, **who)


def open_and_admit(staff: Staff, dossier: Dossier, severity: str, held_on: str) -> None:
    """Steps 1 to 3: opened, noticed, graded, admitted by the Commission (IH-10)."""
    staff.press(dossier, "inscrire")
    staff.press(dossier, "evaluer", severity=severity, reason="Relu.")
    staff.press(dossier, "aviser")
    minutes(staff, dossier, "commission", held_on, "Recevable : les trois critères sont remplis.")
    staff.press(dossier, "recevable", criteria=CRITERIA)


def settle(staff: Staff, dossier: Dossier, **answer: Any) -> Dossier:
    """Steps 4 to 6: analysed, decided, answered."""
    staff.press(dossier, "analyser", analysis="Les témoins concordent.", root_cause="Pas de revue.")
    staff.press(dossier, "decider", outcome="partial", decision="Le matériel manquait.")
    staff.press(dossier, "prevoir_mesure", nature="preventive", description="Revue du matériel.")
    return staff.press(dossier, "repondre", resolution="Matériel remplacé.", **answer)


def refusal(staff: Staff, dossier: Dossier, move: str, **data: Any) -> str:
    """Press a button that is refused; what the page then says."""
    staff.arrives()
    address = f"/gestion/dossiers/{dossier.pk}/action/{move}/"
    form = staff.client.get(address).context["form"]
    proposed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (proposed | data).items() if value is not None}
    seen = Dossier.objects.values_list("event_count", flat=True).get(pk=dossier.pk)
    answer = staff.client.post(address, sent | {"seen": seen})
    assert answer.status_code not in (302, 303)
    return page_text(answer)
