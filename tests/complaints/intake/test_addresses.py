"""A mistyped end of an e-mail address is guessed; an address that may be right never is."""

import pytest

from complaints.intake.addresses import ALONE, PROVIDERS, probable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gamil.con", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.cm", "gmail.com"),
        ("GMIAL.COM", "gmail.com"),
        ("orange.fe", "orange.fr"),
        ("ornage.fr", "orange.fr"),
        ("hotmial.com", "hotmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("hotmail.frr", "hotmail.fr"),
        ("wanado.fr", "wanadoo.fr"),
        ("laposte.nte", "laposte.net"),
        ("lapsote.net", "laposte.net"),
        ("outlok.fr", "outlook.fr"),
        ("outlook.rf", "outlook.fr"),
        ("yaho.fr", "yahoo.fr"),
        ("free.ft", "free.fr"),
        ("sfr.fe", "sfr.fr"),
        ("icloud.fr", "icloud.com"),
        # These no mail could reach.
        ("wanadoo.f", "wanadoo.fr"),
        ("gmail", "gmail.com"),
        ("gmail;com", "gmail.com"),
        ("orange,fr", "orange.fr"),
    ],
)
def test_a_slip_is_guessed_and_the_name_stays_as_typed(typed: str, meant: str) -> None:
    assert probable(f"Camille.Roux+x@{typed}") == f"Camille.Roux+x@{meant}"


@pytest.mark.parametrize("domain", PROVIDERS)
def test_no_alarm_on_the_address_of_a_provider(domain: str) -> None:
    assert probable(f"camille@{domain}") == ""
    assert probable(f"camille@{domain.upper()}") == ""


@pytest.mark.parametrize(
    "domain",
    [
        # Other addresses of the same houses, here and elsewhere.
        *("orange.com", "sfr.com", "laposte.fr", "free.com", "live.be", "hotmail.be", "yahoo.gr"),
        *("outlook.es", "yahoo.co.uk", "hotmail.it", "live.ca", "gmx.net", "gmx.de", "me.com"),
        *("googlemail.com", "ymail.com", "mail.com", "email.com", "proton.me", "pm.me", "mac.com"),
        *("outlook.com.br", "orange.ne", "yahoo.com.br", "mail.orange.fr", "mailo.com"),
        # Organisations a letter or two away.
        *("orage.fr", "grange.fr", "oranges.fr", "fred.fr", "tree.fr", "line.fr", "rive.fr"),
        *("cloud.fr", "gmail-conseil.fr", "outlooks-formation.fr", "neuf.com", "lapostrophe.net"),
        *("cafemetrie.fr", "connectsens.example", "exemple.fr", "ac-lyon.fr", "univ-lyon1.fr"),
        *(
            "interieur.gouv.fr",
            "pole-emploi.net",
            "francetravail.fr",
            "cnam.fr",
            "sf.fr",
            "free.fr",
        ),
    ],
)
def test_no_alarm_on_what_may_be_right(domain: str) -> None:
    assert probable(f"camille@{domain}") == ""


@pytest.mark.parametrize("typed", ["", "camille", "@", "@gmial.com", "camille@", "a@.", "a@b@c"])
def test_what_is_no_address_is_no_slip_of_one(typed: str) -> None:
    assert probable(typed) == ""


def test_what_is_guessed_is_never_doubted() -> None:
    assert {*ALONE.values()} <= {*PROVIDERS}
    assert probable(probable("camille@gmial.com")) == ""
