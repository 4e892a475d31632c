"""One way from a template and its facts to the bytes of a PDF."""

from io import BytesIO

from django.template.loader import render_to_string

from complaints.letters.embedding import drop_idle_fonts
from complaints.letters.printing import font_folder
from complaints.letters.typography import Unprintable, for_print

CREATOR = "Doléances"
MAX_SECONDS = 30


class PdfError(Exception):
    """The document could not be laid out; the sentence is for the person who asked for it."""


def render_pdf(template: str, context: dict) -> bytes:
    """The finished PDF. Equal contents give equal bytes, so that its SHA-256 means something.

    Raises PdfError when the page cannot be laid out: never a half file. What the engine says goes
    in the cause, not in the sentence, since it may quote the text of a complaint.
    """
    html = render_to_string(template, context)
    try:
        return _finish(_lay_out(for_print(html)))
    except PdfError:
        raise
    except Unprintable as reason:
        raise PdfError(f"Le PDF n’a pas pu être produit. {reason}") from reason
    except Exception as failure:  # the engine fails in as many ways as a page can be wrong
        raise PdfError(
            "Le PDF n’a pas pu être produit : la mise en page n’a pas abouti. "
            "Vérifiez les tableaux et les images du document."
        ) from failure


def _lay_out(html: str) -> bytes:
    # Imported at the first document: the engine takes close to a second.
    from reportlab import rl_config
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    rl_config.invariant = 1
    folder = font_folder()
    written = BytesIO()
    outcome = pisa.CreatePDF(
        html,
        dest=written,
        path=str(folder / "document.html"),  # font addresses start from there
        encoding="utf-8",
        capacity=-1,  # in memory: a long complaint is not left in a temporary file
        resource_policy=ResourceAccessPolicy.server(
            folder, allow_remote=False, max_render_seconds=MAX_SECONDS
        ),
    )
    if outcome.err:
        raise PdfError("Le PDF n’a pas pu être produit : le document contient des erreurs.")
    return written.getvalue()


def _finish(pdf: bytes) -> bytes:
    """Readers show the title of the document, not the name of the file."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.create_viewer_preferences().display_doctitle = True
    writer.add_metadata({"/Creator": CREATOR})
    drop_idle_fonts(writer)
    finished = BytesIO()
    writer.write(finished)
    return finished.getvalue()
