"""What somebody is told of the words that we wrote down for them, and asked to confirm."""

from typing import Any

from django.utils import timezone

from complaints.letters.merge import in_words
from complaints.models import Dossier
from complaints.workflow.vocabulary import Channel

HOW = {
    Channel.ONLINE: "de ce que vous nous avez écrit en ligne le {day}",
    Channel.EMAIL: "de ce que vous nous avez écrit par courriel, reçu le {day}",
    Channel.POST: "de ce que vous nous avez écrit par courrier, reçu le {day}",
    Channel.PHONE: "de ce que vous nous avez dit au téléphone le {day}",
    Channel.ORAL: "de ce que vous nous avez dit de vive voix le {day}",
    Channel.QUESTIONNAIRE: "de ce que vous avez écrit dans un questionnaire, reçu le {day}",
    Channel.PARTNER: "de ce qu’un partenaire nous a transmis pour vous le {day}",
}
ASKED = "Voici ce que nous avons noté {how}. Dites-nous si c’est exact."


def noted_facts(dossier: Dossier) -> dict[str, Any] | None:
    """What a receipt keeps of it, JSON-able; None for what its author filed.

    Kept, because the day of reception changes when a writing comes after a call.
    """
    if not dossier.transcribed_by:
        return None
    who = dossier.complainant
    return {
        "sentence": noted_words(dossier),
        "received_at": dossier.received_at.isoformat(),
        "recipient": {
            "name": who.name if who else "",
            "postal_address": who.postal_address if who else "",
        },
    }


def noted_words(dossier: Dossier) -> str:
    """« Voici ce que nous avons noté de ce que vous nous avez dit au téléphone le … »."""
    day = in_words(timezone.localdate(dossier.received_at))
    return ASKED.format(how=HOW[Channel(dossier.channel)].format(day=day))
