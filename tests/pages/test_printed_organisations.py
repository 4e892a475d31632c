"""The procedure of each organisation of the demonstration, printed and read back."""

import pytest

from pages import demonstration
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.factories import connectsens, demonstrated, paris
from tests.pages.composed import reader
from tests.pages.inspected import (
    each_page_is_numbered_and_headed,
    it_is_described,
    its_fonts_travel_with_it,
    its_qr_code_says,
    lines,
    no_number_is_torn_from_its_unit,
    plain,
)

DAY = paris("2026-05-04 09:00")
FIRST = demonstration.ORDER[0]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", demonstration.ORDER)
def test_what_each_organisation_prints_can_be_read_and_trusted(slug: str) -> None:
    world = connectsens() if slug == FIRST else demonstrated(slug)
    make_document(world.page.pk, DAY)
    page = ProcedurePage.objects.get(pk=world.page.pk)
    pdf = reader(page.document)
    title, name = plain(page.title), world.organisation.name
    it_is_described(pdf, title, name)
    each_page_is_numbered_and_headed(pdf, title, f"{page.version.reference}, n° 1")
    its_fonts_travel_with_it(pdf)
    no_number_is_torn_from_its_unit(pdf)
    address = page.full_url
    its_qr_code_says(pdf, address)
    targets = {
        annotation.get_object().get("/A", {}).get("/URI")
        for leaf in pdf.pages
        for annotation in leaf.get("/Annots", [])
    }
    assert address in targets
    text = " ".join(lines(pdf, number) for number in range(len(pdf.pages)))
    for part in page.parts:
        if part.block.block.printed:
            assert plain(part.title) in text, part.title
    for promise in page.promises:
        assert plain(promise.sentence) in text, promise.key
    assert "{" not in text
