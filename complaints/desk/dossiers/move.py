"""One move: its small form, what it is about to do, and one call to do it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from complaints.desk.describing import describe
from complaints.desk.dossiers.intention import intention
from complaints.desk.dossiers.reaching import OnDossier, seen_by
from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm
from complaints.handling.moving import DEEDS, InvalidMove, blank_form, perform
from complaints.models import access
from complaints.workflow import Move, MoveRefused
from complaints.workflow.vocabulary import Deed

# These forms speak to the complainant; here it is staff who report what they said.
REPORTED = {
    Deed.RECEIVE_INFORMATION: {"answer": "Réponse du réclamant"},
    Deed.RECORD_SATISFACTION: {
        "opinion": "La réponse et les mesures conviennent-elles au réclamant ?",
        "comment": "Commentaire du réclamant",
    },
}


class MoveScreen(OnDossier, TemplateView):
    """The form of a move; posting it makes the move, or says why not and keeps what was typed."""

    template_name = "complaints/desk/dossiers/move.html"

    @cached_property
    def move(self) -> Move:
        """The move of the address; 404 if the procedure of this dossier has none of that key."""
        try:
            return self.dossier.rules.move(self.kwargs["move"])
        except KeyError:
            raise Http404 from None

    def get_page_title(self) -> str:
        return self.move.label

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        try:
            form = blank_form(self.dossier, self.move.key, actor=self.actor, at=now)
        except MoveRefused as refusal:
            return self.show(None, refusal=str(refusal), status=409)
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now, seen = timezone.now(), seen_by(request)
        try:
            perform(
                self.dossier,
                self.move.key,
                request.POST,
                actor=self.actor,
                at=now,
                seen=seen,
                files=request.FILES,
            )
        except InvalidMove as invalid:
            return self.show(invalid.form, status=422)
        except MoveRefused as refusal:
            self.dossier.refresh_from_db()
            return self.show(self.as_typed(), refusal=str(refusal), status=409)
        recusal = self.move.deed == Deed.RECUSE
        away = recusal and not access.may_see(request.user, self.dossier)
        return self.back_saying(f"«\u00a0{self.move.label}\u00a0» : c’est fait.", away=away)

    def as_typed(self) -> MoveForm:
        """The form with everything typed in it, whatever the dossier has become."""
        act = Act(self.dossier, self.actor, timezone.now())
        return DEEDS[self.move.deed].form(self.request.POST, act=act, move=self.move)

    def show(self, form: MoveForm | None, *, refusal: str = "", status: int = 200) -> HttpResponse:
        """The screen of the move."""
        for name, label in REPORTED.get(self.move.deed, {}).items():
            if form:
                form.fields[name].label = label
        if form:
            describe(form)
        context = self.get_context_data(
            form=form,
            move=self.move,
            refusal=refusal,
            intention=intention(self.dossier, self.move),
        )
        return self.render_to_response(context, status=status)
