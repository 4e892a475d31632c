"""What editors compose a procedure page with; a bound block holds no figure of its own."""

from typing import Any

from wagtail import blocks

from pages.marks import filled_deep
from pages.said import Said

UNPUBLISHED = "la procédure n’a pas encore été publiée."


class SectionBlock(blocks.StructBlock):
    """A part of the page: its title, and words around what the procedure says."""

    title = blocks.CharBlock(label="Titre", max_length=150)
    text = blocks.RichTextBlock(label="Texte", required=False)

    # Whether the part is printed in the PDF; the form is not.
    printed = True
    # What of `Said` the part shows, and what its editor is told when the rules have none of it.
    shows: str = ""
    lacks: str = ""
    # Whether the editor's own text may stand there alone.
    text_alone = True

    def hidden_because(self, said: Said | None, value: Any) -> str:
        """Why a visitor would not see that part; "" when they do.

        A part that promises what the procedure does not hold would contradict it.
        """
        if not self.shows or (self.text_alone and value["text"].source.strip()):
            return ""
        if said is None:
            return UNPUBLISHED
        return "" if getattr(said, self.shows) else self.lacks


class TextBlock(SectionBlock):
    """Free text."""

    class Meta:
        label = "Texte"
        icon = "pilcrow"
        template = "pages/blocks/text.html"


class DefinitionsBlock(SectionBlock):
    """What a complaint is, and what it is not."""

    definitions = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("term", blocks.CharBlock(label="Mot", max_length=100)),
                ("meaning", blocks.TextBlock(label="Sens")),
            ]
        ),
        label="Définitions",
    )

    class Meta:
        label = "Définitions"
        icon = "openquote"
        template = "pages/blocks/definitions.html"


class StakeholdersBlock(SectionBlock):
    """Who may complain: the list is the procedure's."""

    class Meta:
        label = "Qui peut réclamer"
        icon = "group"
        template = "pages/blocks/stakeholders.html"


class StepsBlock(SectionBlock):
    """The numbered steps: the procedure's own stages."""

    class Meta:
        label = "Les étapes"
        icon = "list-ol"
        template = "pages/blocks/steps.html"


class TimeLimitsBlock(SectionBlock):
    """The time limits the clock enforces."""

    class Meta:
        label = "Les délais"
        icon = "time"
        template = "pages/blocks/time_limits.html"


class ChannelsBlock(SectionBlock):
    """How to reach the organisation: its own contact facts."""

    class Meta:
        label = "Nous joindre"
        icon = "mail"
        template = "pages/blocks/channels.html"


class MediationBlock(SectionBlock):
    """The outside mediator, and when the way opens."""

    class Meta:
        label = "Médiation"
        icon = "user"
        template = "pages/blocks/mediation.html"


class RetentionBlock(SectionBlock):
    """Confidentiality and how long the file is kept."""

    class Meta:
        label = "Confidentialité et conservation"
        icon = "lock"
        template = "pages/blocks/retention.html"


class FormBlock(SectionBlock):
    """Where the complaint form stands in the page."""

    printed = False

    class Meta:
        label = "Formulaire"
        icon = "form"
        template = "pages/blocks/form.html"


class DocumentBlock(SectionBlock):
    """The PDF of the procedure in force."""

    printed = False

    class Meta:
        label = "Télécharger la procédure"
        icon = "doc-full"
        template = "pages/blocks/document.html"


class ScopeBlock(SectionBlock):
    """What the procedure handles: its kinds, under their French names, and for whom."""

    shows = "kinds"
    lacks = "la procédure ne traite aucune nature."

    class Meta:
        label = "Champ d’application"
        icon = "tick-inverse"
        template = "pages/blocks/scope.html"
        description = "Les natures traitées et les parties prenantes, lues dans la procédure."


class SeveritiesBlock(SectionBlock):
    """The levels of gravity and complexity, with their criteria."""

    shows = "levels"
    lacks = "la procédure ne définit ni gravité ni complexité."

    class Meta:
        label = "Gravité et complexité"
        icon = "order"
        template = "pages/blocks/severities.html"
        description = "Les niveaux et leurs critères, lus dans la procédure."


class AdmissibilityBlock(SectionBlock):
    """What makes a complaint admissible, with the age of the facts."""

    shows = "criteria"
    lacks = "la procédure n’a aucun critère de recevabilité."

    class Meta:
        label = "Recevabilité"
        icon = "check"
        template = "pages/blocks/admissibility.html"
        description = "Les critères de recevabilité, lus dans la procédure."


class BodiesBlock(SectionBlock):
    """Who handles complaints: the people’s roles, and the bodies with their members."""

    shows = "handlers"
    lacks = "la procédure ne nomme personne."

    class Meta:
        label = "Rôles et instances"
        icon = "group"
        template = "pages/blocks/bodies.html"
        description = "Qui traite les réclamations, lu dans la procédure."


class AppealBlock(SectionBlock):
    """The internal appeal, in sentences made from the rules."""

    shows = "appeal"
    lacks = "la procédure ne prévoit pas de recours (aucune étape n’est en phase de recours)."
    text_alone = False

    class Meta:
        label = "Recours interne"
        icon = "resubmit"
        template = "pages/blocks/appeal.html"
        description = (
            "Qui peut demander un réexamen, dans quel délai, qui décide. Rien ne s’affiche si la "
            "procédure ne prévoit pas de recours."
        )


class ClosureBlock(SectionBlock):
    """When a dossier is closed, and whether an opinion is asked."""

    shows = "closure"
    lacks = "la procédure ne dit pas ce qui clôt un dossier."

    class Meta:
        label = "Clôture et satisfaction"
        icon = "folder"
        template = "pages/blocks/closure.html"
        description = "Ce qui clôt un dossier, et si un avis est demandé."


class ReviewBlock(SectionBlock):
    """When the procedure was last read again, and how often it is."""

    shows = "review"
    lacks = "la procédure ne prévoit pas de relecture."

    class Meta:
        label = "Relecture de la procédure"
        icon = "history"
        template = "pages/blocks/review.html"
        description = "La dernière relecture et son rythme, lus dans la procédure."


class DocumentsBlock(SectionBlock):
    """The documents in force with their versions: procedure, form, PDF."""

    class Meta:
        label = "Documents et versions"
        icon = "doc-full"
        template = "pages/blocks/documents.html"
        description = "Références, versions, dates et empreinte du PDF."


class PageBlocks(blocks.StreamBlock):
    """The parts of a procedure page, in any order."""

    text = TextBlock()
    definitions = DefinitionsBlock()
    stakeholders = StakeholdersBlock()
    steps = StepsBlock()
    time_limits = TimeLimitsBlock()
    channels = ChannelsBlock()
    mediation = MediationBlock()
    retention = RetentionBlock()
    form = FormBlock()
    document = DocumentBlock()
    scope = ScopeBlock()
    severities = SeveritiesBlock()
    admissibility = AdmissibilityBlock()
    bodies = BodiesBlock()
    appeal = AppealBlock()
    closure = ClosureBlock()
    review = ReviewBlock()
    documents = DocumentsBlock()

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        """What programs read: the marks filled, as in the page that people read."""
        parts = super().get_api_representation(value, context)
        page = getattr(value, "page", None)
        return filled_deep(parts, page.marks) if page else parts

    class Meta:
        block_counts: dict[str, Any] = {"form": {"max_num": 1}, "steps": {"max_num": 1}}
