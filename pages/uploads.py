"""What a visitor's browser sends: a file too heavy is forgotten while it comes, and its form kept.

Django would store it whole, then lose what was typed beside it if it ended the request. Here its
bytes are counted and thrown away: neither the disk nor the memory holds them, and the form comes
back with everything else and a sentence next to the question.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest

from complaints.intake.files import MEGA, Discarded

# Above what any question may take: what is lighter is refused later, with its own limit.
HEAVIEST = 25 * MEGA
# All the files of one post, by weight and by number.
HEAVIEST_POST = 110 * MEGA
MOST_FILES = 20
# The staff's own doors, once they are signed in: an image of the page, a document.
PRIVATE_PATHS = ("/gestion/", "/documents/", "/api/")

TOO_HEAVY_TOGETHER = (
    f"est de trop : vos fichiers dépassent {HEAVIEST_POST // MEGA} Mo à eux tous ; envoyez-le "
    "une autre fois, depuis la page de suivi de votre dossier"
)
TOO_MANY = (
    f"est de trop : vous en avez joint plus de {MOST_FILES} à la fois ; envoyez-le une autre fois, "
    "depuis la page de suivi de votre dossier"
)


class Weighing(FileUploadHandler):
    """First of the handlers: it lets through what is light enough, and Django does the rest."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.on_duty = not (request and _is_of_staff(request))
        self.files = self.weight = 0
        self.discarding, self.reason = False, ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Nobody behind hears of a file that is one too many."""
        super().new_file(*args, **kwargs)
        self.files += 1
        self.discarding, self.reason = False, ""
        if self.on_duty and self.files > MOST_FILES:
            self.discarding, self.reason = True, TOO_MANY
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The same bytes; none once there are too many."""
        if not self.on_duty:
            return raw_data
        if not self.discarding:
            self.weight += len(raw_data)
            self._weigh(start + len(raw_data))
        return None if self.discarding else raw_data

    def file_complete(self, file_size: int) -> Discarded | None:
        """What stands for a discarded file; nothing for the others: whoever holds it answers."""
        if not self.discarding:
            return None
        return Discarded(self.file_name, file_size, self.reason)

    def _weigh(self, size: int) -> None:
        if size > HEAVIEST:
            self.discarding = True
        elif self.weight > HEAVIEST_POST:
            self.discarding, self.reason = True, TOO_HEAVY_TOGETHER
        if self.discarding:
            self.weight -= size
            self._forget_its_beginning()

    def _forget_its_beginning(self) -> None:
        """What was written to the disk of that file goes at once."""
        for handler in self.request.upload_handlers:
            if handler is not self:
                handler.upload_interrupted()


def _is_of_staff(request: HttpRequest) -> bool:
    """A stranger fills no disk by the door where staff sign in."""
    user = getattr(request, "user", None)
    return request.path_info.startswith(PRIVATE_PATHS) and bool(user and user.is_authenticated)
