"""Someone who must not handle a dossier: named in it, or too close to who is (IH-30)."""

from django.conf import settings
from django.db import models

from complaints.models.frozen import Frozen


class Recusal(Frozen):
    """One person kept out of one dossier; why is in the journal."""

    # By its name: the dossier’s own module asks who is kept out of it.
    dossier = models.ForeignKey("Dossier", models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recusals")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "récusation"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dossier"], name="one_recusal_per_person_and_dossier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier.reference} : {self.person}"
