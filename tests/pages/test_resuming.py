"""The code and the link of a draft: what they open, what they never do, how often one may try."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from complaints.handling.drafts import begin as begin_draft
from complaints.handling.drafts import resume_code
from complaints.models import Dossier, Draft, Form
from pages.views import resuming
from tests.factories import World
from tests.pages.conftest import Visitor, words
from tests.pages.stepping import RECLAMATION, begin, kept, press, to_review


def test_codes_are_not_tried_for_ever(
    stepped: Form, visitor: Visitor, stranger: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "TRIES", 3)
    begin(visitor)
    code = resume_code(Draft.objects.get().key)
    for _ in range(2):
        assert stranger.post("/reprendre/", {"code": "AAAA"}).status_code == 404
    assert stranger.get("/reprendre/AAAA/").status_code == 404
    for refused in (
        stranger.post("/reprendre/", {"code": code}),
        stranger.get(f"/reprendre/{code}/"),
    ):
        assert refused.status_code == 429
        assert "Beaucoup de codes viennent d’être essayés" in words(refused)
        assert "Votre brouillon n’est pas touché" in words(refused)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert stranger.post("/reprendre/", {"code": code}).status_code == 303


def test_a_scanner_that_follows_the_link_opens_and_reads_nothing(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    begin(visitor)
    draft = Draft.objects.get()
    for method in ("get", "head", "options", "put"):
        response = getattr(stranger.client, method)(
            f"/reprendre/{resume_code(draft.key)}/", headers={"host": "localhost"}
        )
        assert "Dora" not in response.content.decode()
        assert stranger.get(f"/depot/{draft.key}/")["Location"] == "/reprendre/?ferme"


def test_resuming_from_the_page_says_what_is_resumed(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    draft = Draft.objects.get()
    step = visitor.get(f"/depot/{draft.key}/?reprise")["Location"]
    text = words(visitor.get(step))
    assert "Vous reprenez un brouillon de « Déposer une réclamation », commencé le" in text


def test_every_draft_of_this_browser_is_offered(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    begin(visitor)
    for draft in Draft.objects.all():
        assert f"/depot/{draft.key}/?reprise" in visitor.get("/reprendre/").content.decode()
        assert f"/depot/{draft.key}/?reprise" in visitor.get("/").content.decode()


def test_erasing_is_asked_twice(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    address = f"/depot/{Draft.objects.get().key}/effacer/"
    page = visitor.get(address)
    assert "Effacer ce brouillon ?" in words(page)
    assert Draft.objects.exists()
    visitor.post(address)
    assert not Draft.objects.exists()
    assert visitor.get(address)["Location"] == "/reprendre/?ferme"


def test_leaving_a_draft_says_that_it_is_closed_and_speaks_of_no_dossier(
    stepped: Form, visitor: Visitor
) -> None:
    begin(visitor)
    saved = visitor.get(f"/depot/{Draft.objects.get().key}/garde/")
    assert 'name="draft"' in saved.content.decode()
    page = visitor.get(visitor.post("/suivi/quitter/", {"draft": "on"})["Location"])
    assert "Votre brouillon est refermé sur cet appareil." in words(page)
    assert "dossier est refermé" not in words(page)


def test_a_wrong_code_speaks_of_opening_and_not_of_sending(visitor: Visitor, world: World) -> None:
    refused = words(visitor.post("/reprendre/", {"code": "AAAA"}))
    assert "Votre brouillon ne s’est pas ouvert." in refused
    assert "envoyé : il reste" not in refused
    assert "Votre dossier ne s’est pas ouvert." in words(visitor.post("/suivi/", {"code": "AAAA"}))


def test_leaving_forgets_the_drafts_of_this_browser(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    visitor.post("/suivi/quitter/")
    assert visitor.get(second)["Location"] == "/reprendre/?ferme"
    assert "Vous avez un brouillon" not in words(visitor.get("/"))
    assert Draft.objects.exists()


@pytest.mark.parametrize("page", ["", "etape/vous/", "etape/reclamation/", "garde/", "relire/"])
def test_no_browser_and_no_cache_keeps_a_page_of_a_draft(
    page: str, stepped: Form, visitor: Visitor
) -> None:
    begin(visitor)
    response = visitor.get(f"/depot/{Draft.objects.get().key}/{page}")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("method", ["head", "options", "put", "delete", "patch"])
def test_no_other_method_writes_or_fails(method: str, stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    key = Draft.objects.get().key
    before = Draft.objects.values().get()
    for page in ("", "etape/vous/", "garde/", "relire/", "effacer/"):
        response = getattr(visitor.client, method)(
            f"/depot/{key}/{page}", headers={"host": "localhost"}
        )
        assert response.status_code in (200, 302, 303, 405)
    assert Draft.objects.values().get() == before
    assert visitor.get(second).status_code == 200


def test_a_code_of_another_organisation_opens_nothing_here(
    stepped: Form, other_world: World, visitor: Visitor
) -> None:
    form = other_world.page.form
    draft = begin_draft(uuid4(), form.current, {"faits": ["Secret"]}, "", at=timezone.now())
    code = resume_code(draft.key)
    assert visitor.post("/reprendre/", {"code": code}).status_code == 404
    address = f"/depot/{draft.key}/"
    posted = visitor.post(address, {"draft-code": code, "faits": "Intrus", "action": "save"})
    assert posted["Location"] == "/reprendre/?ferme"
    assert kept("faits") == ["Secret"]


def test_the_key_of_a_dossier_of_somebody_else_is_worth_a_new_one(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    visitor.post(to_review(visitor, begin(visitor)))
    key = Dossier.objects.get().submission_key
    begin(stranger, **{"submission-key": str(key)})
    assert Draft.objects.get().key != key


@pytest.mark.parametrize(
    "posted",
    [
        {"action": "autre"},
        {"add-row": "nom\r\nX-Intrus: oui"},
        {"add-row": "nulle_part"},
        {"draft-page": "x" * 9000, "draft-after": "\x00", "draft-turn": "9" * 99},
        {"draft-form": "9" * 40, "form-version": "²"},
        {"shown-file": "9" * 40, "kept-file": "-1"},
    ],
)
def test_forged_buttons_and_marks_break_nothing(
    posted: dict[str, str], stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    assert visitor.post(second, RECLAMATION | posted).status_code in (303, 409)
    assert visitor.post("/", posted).status_code in (303, 409, 422, 429)
    assert visitor.post(f"/depot/{uuid4()}/etape/vous/", posted).status_code in (303, 409)


def test_a_step_called_as_the_review_is_not_found(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    assert visitor.get(f"/depot/{Draft.objects.get().key}/etape/relire/").status_code == 404


def test_a_correction_from_the_review_leads_back_to_it(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    review = to_review(visitor, second)
    assert f"{second}?relecture#section-reclamation" in visitor.get(review).content.decode()
    page = visitor.get(f"{second}?relecture")
    assert "Revenir à la relecture" in words(page)
    corrected = RECLAMATION | {"objet": "Autre objet"}
    back = press(visitor, f"{second}?relecture", page, "review", **corrected)
    assert back["Location"] == review


def test_no_screen_of_the_staff_shows_a_draft(
    world: World, stepped: Form, visitor: Visitor
) -> None:
    begin(visitor, nom="Zébulon Brouillonnet")
    staff = Visitor()
    staff.client.force_login(world.user("alice"))
    for name in ("dossiers:list", "wagtailadmin_home"):
        assert "Brouillonnet" not in words(staff.get(reverse(name)))
    assert staff.get(f"/depot/{Draft.objects.get().key}/relire/")["Location"].startswith(
        "/reprendre/"
    )


def test_a_very_long_text_is_kept_and_shown_again(stepped: Form, visitor: Visitor) -> None:
    """Above two megabytes Django would refuse the whole post; the form says its own limit."""
    second = begin(visitor)
    long = "Il pleut. " * 250_000
    kept_at = visitor.post(second, RECLAMATION | {"faits": long, "action": "auto"}).json()
    assert kept_at["saved"]
    assert kept("faits") == [long]
    refused = visitor.post(second, RECLAMATION | {"faits": long, "action": "next"})
    assert refused.status_code == 422
    assert long.strip() in refused.content.decode()


def test_a_text_beyond_all_measure_leaves_what_was_kept(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    visitor.post(second, RECLAMATION | {"action": "auto"})
    beyond = visitor.post(second, {"faits": "x" * 6_000_000, "action": "auto"})
    assert beyond.status_code == 400
    assert kept("faits") == [RECLAMATION["faits"]]


def test_a_new_session_changes_its_name_and_one_of_ours_does_not(
    world: World, stepped: Form, visitor: Visitor
) -> None:
    session = visitor.client.session
    session["planted"] = "yes"
    session.save()
    begin(visitor)
    ours = visitor.client.session.session_key
    assert ours != session.session_key
    begin(visitor)
    assert visitor.client.session.session_key == ours
    staff = Visitor()
    staff.client.force_login(world.user("alice"))
    theirs = staff.client.session.session_key
    begin(staff)
    assert staff.client.session.session_key == theirs
    assert staff.get("/gestion/").status_code == 200


def test_drafts_closed_long_ago_leave_the_session(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        begin(visitor)
        assert len(visitor.client.session["drafts"]) == 1
