"""An editor's part in Chromium: a procedure from a model, three changes, published, and it runs."""

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from complaints.models import Dossier, Procedure, ProcedureVersion
from complaints.workflow.vocabulary import Phase
from pages.models import ProcedurePage
from tests.browser.desk import COMPUTER, Axe, NewContext, log_in, press_until, unfold
from tests.factories import World, file, play

REFERENCE = "ESSAI-SIX"
# Every button from the filing to the closed dossier, with what its form asks.
LIFE = [
    "accuser",
    "inscrire",
    ("reformuler", {"understood": "L’attestation manque.", "analysis": "Envoi oublié."}),
    ("decider", {"outcome": "favourable", "decision": "L’attestation était due."}),
    ("repondre", {"resolution": "Attestation envoyée."}),
    ("clore", {"evidence_location": "Dossier électronique", "reason": ""}),
]


def tab(page: Page, name: str) -> Locator:
    """Open that tab of the editor."""
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def item(panel: Locator, title: str) -> Locator:
    """The item of that name, open."""
    found = panel.locator("section").filter(
        has=panel.page.locator(f":scope > .w-panel__header .c-sf-block__title:text-is('{title}')")
    )
    unfold(found)
    return found


def publish(page: Page) -> None:
    """By the menu next to « Enregistrer le brouillon »."""
    button = page.get_by_role("button", name="Publier").last
    press_until(page.get_by_role("button", name="Plus d'actions").last, button)
    # What is still saving itself would arrive after what is published, and be refused aloud.
    page.locator(".w-autosave-indicator__state--saving").wait_for(state="hidden")
    button.click()


def start(page: Page) -> None:
    page.goto(reverse("wagtailsnippets_complaints_procedure:list"))
    page.get_by_role("link", name="Ajouter").first.click()
    page.get_by_label("Court").check()
    page.get_by_label("Référence").fill(REFERENCE)
    page.get_by_role("button", name="Créer le brouillon").click()
    expect(page.get_by_text("est un brouillon")).to_be_visible()


def change_three_things(page: Page) -> None:
    """A shorter answer, a stage by another name, one more role who may decide."""
    limit = item(tab(page, "Délais"), "Réponse à une réclamation simple")
    limit.get_by_role("spinbutton", name="Durée").first.fill("5")
    stage = item(tab(page, "Étapes"), "Analyse des causes")
    stage.get_by_label("Nom de l’étape").fill("Enquête")
    roles = tab(page, "Rôles et instances")
    roles.get_by_role("button", name="Insérer un bloc").first.click()
    roles.get_by_label("Intitulé").first.fill("Référente qualité")
    move = item(tab(page, "Actions"), "Décider")
    expect(move.get_by_role("checkbox", name="Enquête")).to_be_checked()
    move.get_by_role("checkbox", name="Référente qualité").check()


def test_a_sixth_procedure_is_made_from_a_model_and_handles_a_dossier(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    start(page)
    change_three_things(page)
    axe(page)  # with one item of each list unfolded
    publish(page)
    expect(page.locator(".messages .success")).to_contain_text("publié")
    rules = Procedure.objects.get(reference=REFERENCE).current.rules
    assert rules.time_limit("reponse_simple").counting["readings"][0]["amount"] == 5
    assert rules.stage("analyse").label == "Enquête"
    assert "referente_qualite" in rules.move("decider").roles
    assert world.organisation.roles.filter(key="referente_qualite").exists()
    put_on_the_page(page, world.page)
    handle_a_dossier(world)


def put_on_the_page(page: Page, shown: ProcedurePage) -> None:
    """The page shows the new procedure, and files under it."""
    page.goto(reverse("wagtailadmin_pages:edit", args=[shown.pk]))
    chosen = page.locator("select[name=procedure]")
    chosen.select_option(label=str(Procedure.objects.get(reference=REFERENCE)))
    publish(page)
    expect(page.locator(".messages .success")).to_contain_text("publiée")
    page.goto("/")
    expect(page.get_by_text("dans un délai de 5 jours").first).to_be_visible()
    expect(page.get_by_text("Enquête").first).to_be_visible()


def handle_a_dossier(world: World) -> None:
    """Filed from the page as it is now, handled to its end by who moderates."""
    now = timezone.now()
    page = ProcedurePage.objects.get(pk=world.page.pk)
    dossier = file(World(page), at=now).dossier
    assert dossier.procedure_version.reference == REFERENCE
    closed = play(World(page), dossier, *LIFE, at=now)
    assert (closed.phase, closed.stage) == (Phase.CLOSED, "clos")
    assert Dossier.objects.get(pk=closed.pk).closed_at == now
    assert ProcedureVersion.objects.get(reference=REFERENCE).dossiers.count() == 1


def test_a_duplicate_is_an_item_of_its_own_and_a_new_name_detaches_nothing(
    new_context: NewContext, world: World
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_procedure:edit", args=[world.page.procedure.pk]))
    stages = tab(page, "Étapes")
    stages.get_by_role("button", name="Dupliquer").nth(1).click()
    copy = page.locator("[name='stages-12-value-key']")
    expect(copy).to_have_value("a_completer")
    name = page.locator("[name='stages-12-value-label']")
    name.fill("Enquête")
    expect(copy).to_have_value("enquete")
    move = item(tab(page, "Actions"), "Inscrire au registre")
    move.get_by_role("checkbox", name="Enquête").check()
    tab(page, "Étapes")
    name.fill("Enquête interne")
    name.blur()
    tab(page, "Actions")
    expect(move.get_by_role("checkbox", name="Enquête interne")).to_be_checked()
    expect(move.get_by_text("n’existe plus")).to_have_count(0)
