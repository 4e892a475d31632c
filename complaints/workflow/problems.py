"""What is wrong with a procedure, and where: a sentence for its editor, next to what to change."""

import re
from dataclasses import dataclass

HARD = "\u00a0"
BREAKS = re.compile(r"(?<=«) | (?=[»:;!?])")


@dataclass(frozen=True)
class Problem:
    """One thing to mend, or to look at.

    `part` names the list or the field of the definition (« moves », « retention »), `key` the item
    of that list, `field` what in it; each is empty when the sentence is about the whole.
    `warning`: said, and no reason to refuse the publication.
    """

    sentence: str
    part: str = ""
    key: str = ""
    field: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """As it is shown: with the spaces at which a line must not break."""
        return BREAKS.sub(HARD, self.sentence)
