"""An item's key: made from its name, whatever that name is."""

import pytest

from complaints.models.key_blocks import key_from


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Déclarer recevable", "declarer_recevable"),
        ("A" * 60, "a" * 40),
        ("???", "u3f_u3f_u3f"),
        ("评估", "u8bc4_u4f30"),
    ],
)
def test_every_name_gives_a_key(label: str, key: str) -> None:
    assert key_from(label) == key
