"""Why a file is not taken: the end of the sentence that begins with its name."""


class Unfit(Exception):
    """What is wrong, and what to do; said after « {name} », before the full stop."""

    def __init__(self, end: str) -> None:
        self.end = end
        super().__init__(end)


DAMAGED = "est abîmé : ouvrez-le, enregistrez-en une nouvelle copie, puis joignez-la"
LOCKED = (
    "est protégé par un mot de passe : enregistrez-en une copie sans mot de passe, puis joignez-la"
)
