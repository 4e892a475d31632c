"""A consumer mediator: one shared record, so that no page prints an address of its own."""

from django.db import models


class Mediator(models.Model):
    """Who a consumer may turn to (L616-1, R616-1: name and website at least)."""

    name = models.CharField("nom", max_length=200)
    website = models.URLField(
        "site", help_text="Obligatoire : c’est là que l’on saisit le médiateur."
    )
    postal_address = models.TextField("adresse postale", blank=True)
    conditions = models.TextField("conditions", blank=True)
    verified_on = models.DateField("vérifié le", null=True, blank=True)

    class Meta:
        verbose_name = "médiateur"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
