"""An editor builds a form in Chromium and puts it on the page; a visitor files with it."""

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from complaints.models import Dossier, Form
from pages.models import ProcedurePage
from tests.browser.desk import (
    COMPUTER,
    PHONE,
    Axe,
    NewContext,
    fits,
    log_in,
    press_until,
    unfold,
)
from tests.browser.test_editor import publish, tab
from tests.factories import World

TITLE = "Réclamer en trois étapes"


def insert_in(within: Locator) -> Locator:
    """The last « + » of a list: what is chosen comes at its end."""
    return within.get_by_role("button", name="Insérer un bloc").last


def add_part(page: Page, number: int, title: str) -> None:
    insert_in(tab(page, "Questions")).click()
    page.locator(f"[name='sections-{number}-value-title']").fill(title)


def add_question(page: Page, part: int, kind: str, label: str) -> str:
    """A question of that kind, at the end of that part; gives how its settings’ names start."""
    count = page.locator(f"[name='sections-{part}-value-fields-count']")
    number = int(count.input_value())
    option = page.get_by_role("option", name=kind, exact=True)
    press_until(insert_in(count.locator("..")), option)
    option.click()
    prefix = f"sections-{part}-value-fields-{number}-value"
    page.locator(f"[name='{prefix}-label']").fill(label)
    return prefix


def show_if_yes(page: Page, prefix: str, question: str) -> None:
    """« Afficher si »: the menu has the question by its words, the boxes have its answers."""
    condition = page.locator(f"[name='{prefix}-show_if-tests-count']")
    panel = condition.locator("xpath=ancestor::section[1]")
    unfold(panel)
    condition.locator("..").get_by_role("button", name="Ajouter").click()
    panel.get_by_role("combobox", name="Question").select_option(label=question)
    panel.get_by_role("checkbox", name="Oui").check()


def start_from_the_empty_model(page: Page) -> None:
    page.goto(reverse("wagtailsnippets_complaints_form:list"))
    page.get_by_role("link", name="Ajouter").first.click()
    page.get_by_role("button", name="Partir du modèle « Vide, avec le minimum »").click()
    expect(page.get_by_text("est un brouillon")).to_be_visible()


def build(page: Page) -> None:
    """Three steps, a condition, a question that asks for files."""
    start_from_the_empty_model(page)
    page.locator("#id_title").fill(TITLE)
    page.get_by_role("checkbox", name="Une étape par partie").check()
    tab(page, "Questions")
    add_part(page, 1, "Les témoins")
    add_question(page, 1, "Oui ou non", "Quelqu’un a-t-il vu la scène ?")
    witness = add_question(page, 1, "Texte court", "Son nom")
    expect(page.locator(f"[name='{witness}-key']")).to_have_value("son_nom")
    show_if_yes(page, witness, "Quelqu’un a-t-il vu la scène ?")
    sentence = page.locator(".doleances-sentence:visible")
    expect(sentence).to_have_text(
        "Affiché seulement si «\u00a0Quelqu’un a-t-il vu la scène ?\u00a0» est «\u00a0Oui\u00a0»."
    )
    add_part(page, 2, "Les pièces")
    add_question(page, 2, "Fichiers", "Vos documents")


def try_it(page: Page) -> None:
    """Beside the editor, before anything is saved: the form as it is being written."""
    page.locator("[data-side-panel-toggle=preview], [data-side-panel=preview]").first.click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE, timeout=20_000)
    expect(frame.get_by_text("Étape 1 sur 3")).to_be_visible()
    frame.get_by_role("button", name="Continuer").click()
    expect(frame.get_by_role("alert")).to_contain_text("Indiquez")
    page.locator("[data-side-panel-toggle=preview], [data-side-panel=preview]").first.click()


def put_on_the_page(page: Page, shown: ProcedurePage) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[shown.pk]))
    page.locator("select[name=form]").select_option(label=str(Form.objects.get(title=TITLE)))
    publish(page)
    expect(page.locator(".messages .success")).to_contain_text("publiée")


def file_as_a_visitor(page: Page) -> None:
    """Step by step; the question of the witness comes with the answer that calls for it."""
    page.goto("/#deposer")
    expect(page.get_by_text("Étape 1 sur 4")).to_be_visible()
    page.get_by_label("Vos prénom et nom").fill("Vera Visiteuse")
    page.get_by_label("Votre adresse électronique").fill("vera@exemple.example")
    page.get_by_label("Que s’est-il passé ?").fill("La salle était fermée.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Son nom")).to_be_hidden()
    page.get_by_label("Oui").check()
    page.get_by_label("Son nom").fill("L’accueil")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Vos documents").set_input_files(
        {"name": "preuve.txt", "mimeType": "text/plain", "buffer": b"Preuve."}
    )
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("preuve.txt")).to_be_visible()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("Votre réclamation est arrivée")).to_be_visible()


def test_a_form_is_built_tried_published_and_put_on_the_page(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    build(page)
    expect(page.get_by_role("group", name="Afficher si, Fichiers")).to_be_visible()
    axe(page)
    try_it(page)
    publish(page)
    expect(page.locator(".messages .success")).to_contain_text("publié")
    definition = Form.objects.get(title=TITLE).current.definition
    assert definition["steps"] is True
    assert [part["title"] for part in definition["sections"]] == [
        "Votre demande",
        "Les témoins",
        "Les pièces",
    ]
    [seen, witness] = definition["sections"][1]["fields"]
    assert witness["show_if"] == {"field": seen["key"], "is": [True]}
    assert definition["sections"][2]["fields"][0]["kind"] == "files"
    put_on_the_page(page, world.page)
    Form.objects.update(minimum_seconds=0)  # this one is new
    visitor = new_context(viewport=PHONE).new_page()
    file_as_a_visitor(visitor)
    dossier = Dossier.objects.get()
    assert dossier.complainant.name == "Vera Visiteuse"
    assert dossier.answers[witness["key"]] == "L’accueil"
    assert dossier.form_version == Form.objects.get(title=TITLE).current
    assert dossier.attachments.get().original_name == "preuve.txt"


def test_what_a_form_starts_from_and_its_trial_are_sound(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    addresses = [
        reverse("wagtailsnippets_complaints_form:add"),
        reverse("wagtailsnippets_complaints_form:trial", args=[world.page.form.pk]),
        reverse("wagtailsnippets_complaints_form:edit", args=[world.page.form.pk]),
    ]
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        axe(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    for address in addresses[:2]:
        page.goto(address)
        fits(page)
        axe(page)


def test_a_duplicate_is_a_question_of_its_own(new_context: NewContext, world: World) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_form:edit", args=[world.page.form.pk]))
    questions = tab(page, "Questions")
    questions.get_by_role("button", name="Dupliquer").nth(1).click()
    copy = page.locator("[name='sections-0-value-fields-7-value-key']")
    expect(copy).to_have_value("vos_prenom_et_nom")
    questions.get_by_role("button", name="Dupliquer").first.click()
    section = page.locator("[name='sections-4-value-key']")
    expect(section).to_have_value("vous_2")
    # What was duplicated with the part reads what was duplicated with it.
    asked = page.locator("[name='sections-4-value-fields-4-value-key']").input_value()
    read = page.locator("[name='sections-4-value-fields-5-value-show_if-tests-0-value-field']")
    expect(read).to_have_value(asked)
    assert asked != "reponse_par"
