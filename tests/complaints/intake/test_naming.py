"""A setting is called the same where it is chosen and where it is told."""

from complaints.intake import Kind, checks, files, naming
from complaints.models.form_blocks import QUESTIONS


def test_names_are_those_of_the_builder() -> None:
    built = {name: str(block.label) for name, block in QUESTIONS if name in set(Kind)}
    assert built == {kind.value: name for kind, name in naming.KINDS.items()}


def test_each_value_of_a_closed_setting_has_a_name() -> None:
    assert naming.FILE_TYPES.keys() == files.FILE_TYPES.keys()
    assert naming.AUTOCOMPLETE.keys() == checks.AUTOCOMPLETE
