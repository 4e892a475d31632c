"""Finding a dossier again by its number and its code; the code itself is never stored."""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from complaints.models.dossier import Dossier
from complaints.models.organisation import Organisation


def tracking_hash(code: str) -> str:
    """A keyed digest of the code as a person types it: spaces, dashes and case do not matter."""
    plain = re.sub(r"[^A-Z2-7]", "", code.upper().replace("0", "O").replace("1", "I"))
    return salted_hmac("complaints.tracking", plain, algorithm="sha256").hexdigest()


def find_tracked(organisation: Organisation, reference: str, code: str) -> Dossier | None:
    """The dossier of that number and code in that organisation; None never says which is wrong."""
    dossier = Dossier.objects.filter(
        organisation=organisation, reference=reference.strip().upper()
    ).first()
    expected = dossier.tracking_hash if dossier else tracking_hash("-")
    matches = constant_time_compare(expected, tracking_hash(code))
    return dossier if dossier and matches and dossier.tracking_hash else None
