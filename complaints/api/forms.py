"""The shape of a form in force; what a class says of itself is printed in the API's pages."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from complaints import intake
from complaints.intake.definition import Operator
from complaints.models import FormVersion


class ChoiceOut(Schema):
    """Une réponse proposée : ce qui s’envoie, ce qui se lit."""

    value: str = Field(examples=["trainee"])
    label: str = Field(examples=["Stagiaire"])


class TestOut(Schema):
    """Un regard sur la réponse à une question placée plus haut."""

    field: str = Field(description="La clé de cette question.", examples=["qualite"])
    test: Operator = Field(
        description="`is` : elle vaut l’une des valeurs, ou en contient une ; `is_not` : elle en"
        " a une autre ; `answered` : elle est donnée, ou ne l’est pas."
    )
    values: list[str | bool] = Field(examples=[["trainee"]])


class ShowIfOut(Schema):
    """Quand c’est demandé ; ce qui n’est pas montré n’a pas de réponse."""

    any: bool = Field(description="Un seul de ces regards suffit ; sinon, tous.")
    tests: list[TestOut]


class QuestionOut(Schema):
    """Une question, ou un texte d’information (`kind` vaut alors `information`)."""

    key: str = Field(examples=["objet"])
    kind: intake.Kind
    label: str = Field(examples=["En une phrase, de quoi s’agit-il ?"])
    help: str = Field(examples=["Quelques mots suffisent."])
    example: str = Field(description="Un exemple de réponse.", examples=["Attestation non reçue"])
    required: bool
    choices: list[ChoiceOut]
    max_files: int = Field(description="Combien de fichiers ; 0 si ce n’en sont pas.", examples=[5])
    max_weight: int = Field(description="Le poids d’un fichier, en Mo.", examples=[10])
    file_types: list[str] = Field(description="Vide : tous.", examples=[["pdf", "image"]])
    max_rows: int = Field(description="Combien de personnes ; 0 si ce n’en sont pas.", examples=[5])
    show_if: ShowIfOut | None = Field(description="Vide : toujours demandée.")


class SectionOut(Schema):
    """Une partie du formulaire."""

    title: str = Field(examples=["Votre réclamation"])
    help: str = Field(examples=["Écrivez avec vos mots."])
    show_if: ShowIfOut | None = Field(description="Vide : toujours demandée.")
    questions: list[QuestionOut]

    @staticmethod
    def resolve_questions(section: intake.Section) -> tuple[intake.Field, ...]:
        return section.fields


class FormOut(Schema):
    """Un formulaire en vigueur : sa preuve, ses textes, et ce que doivent être les réponses."""

    slug: str = Field(examples=["reclamation"])
    title: str = Field(examples=["Déposer une réclamation"])
    reference: str = Field(examples=["Connect’Sens – FORMULAIRE RÉCLAMATION"])
    version: int = Field(examples=[1])
    effective_at: datetime
    digest: str = Field(description="L’empreinte SHA-256 des questions.", examples=["9f86d081…"])
    steps: bool = Field(description="Une étape par partie, ou une seule page.")
    sections: list[SectionOut]
    # Pydantic has a `schema` and Ninja a `json_schema` of their own: programs read `schema`.
    schema_: dict[str, Any] = Field(
        serialization_alias="schema",
        description="JSON Schema (2020-12) des réponses ; les fichiers s’envoient à part.",
        examples=[{"type": "object", "properties": {"objet": {"type": "string"}}}],
    )

    @staticmethod
    def resolve_slug(version: FormVersion) -> str:
        return version.form.slug

    @staticmethod
    def resolve_version(version: FormVersion) -> int:
        return version.number

    @staticmethod
    def resolve_steps(version: FormVersion) -> bool:
        return version.parsed().stepped

    @staticmethod
    def resolve_sections(version: FormVersion) -> tuple[intake.Section, ...]:
        return version.parsed().sections

    @staticmethod
    def resolve_schema_(version: FormVersion) -> dict[str, Any]:
        return intake.json_schema(version.parsed())
