"""Who complains is recognised in a text by whatever tells of them, and by nothing else."""

import pytest

from complaints.letters.identity import revealed
from complaints.models import Party

DORA = Party(
    role=Party.Role.COMPLAINANT,
    name="Dora Lémaire",
    organisation_name="Atelier du Port",
    email="dora@exemple.example",
    phone="06 15 41 75 17",
    postal_address="3 rue Basse\n64600 Anglet",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mme Dora Lémaire se plaint.", "Dora Lémaire"),
        ("dora lemaire se plaint.", "Dora Lémaire"),
        ("LEMAIRE Dora se plaint.", "LEMAIRE"),
        ("Madame Lemaire se plaint.", "Lemaire"),
        ("Selon Dora, la salle était froide.", "Dora"),
        ("Écrivez à DORA@exemple.example.", "dora@exemple.example"),
        ("Appelez le +33 6 15.41.75.17.", "06 15 41 75 17"),
        ("Une personne de l’atelier du port.", "Atelier du Port"),
        ("Elle habite 3, rue Basse, 64600 Anglet.", "3 rue Basse 64600 Anglet"),
        ("Une stagiaire a trouvé la salle froide.", ""),
        ("Elle adora la salle du port, le 06 15 mars.", ""),
        ("La rue Basse était fermée.", ""),
    ],
)
def test_what_tells_who_it_is_is_found(text: str, found: str) -> None:
    assert revealed(text, [DORA]) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rose Petit", "Un petit groupe a vu la rose."),
        ("Zoé de La Tour", "La tour De contrôle."),
        ("", "Personne n’est nommé."),
    ],
)
def test_a_common_word_is_no_name(name: str, text: str) -> None:
    assert revealed(text, [Party(name=name)]) == ""


def test_the_reader_may_be_told_their_own_name() -> None:
    """The implicated trainer is of the same family, the sponsor is the structure itself."""
    text = "Bonjour Paul Lemaire, de l’Atelier du Port."
    assert revealed(text, [DORA]) != ""
    assert revealed(text, [DORA], spared="Paul Lemaire, Atelier du Port") == ""
    assert (
        revealed(f"{text} Dora attend.", [DORA], spared="Paul Lemaire, Atelier du Port") == "Dora"
    )
