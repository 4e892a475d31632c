"""The shape of a procedure in force; what a class says of itself is printed in the API's pages."""

from datetime import date, datetime

from ninja import Field, Schema

from complaints.api.published import slug_of
from complaints.models import ProcedureVersion
from complaints.register.promises import Promise, promises_of, retention_words
from complaints.workflow import Stage
from complaints.workflow.vocabulary import Stakeholder


class StepOut(Schema):
    """Une étape numérotée, telle que la page la montre."""

    number: int = Field(examples=[1])
    title: str = Field(examples=["Recueil"])
    text: str = Field(examples=["Vous remplissez le formulaire de réclamation."])

    @staticmethod
    def resolve_number(stage: Stage) -> int | None:
        return stage.step

    @staticmethod
    def resolve_title(stage: Stage) -> str:
        return stage.label

    @staticmethod
    def resolve_text(stage: Stage) -> str:
        return stage.summary


class TimeLimitOut(Schema):
    """Un délai annoncé, en toutes lettres : un programme n’a pas à compter de jours."""

    key: str = Field(examples=["mediation_ouverte"])
    label: str = Field(examples=["Recours à un médiateur extérieur"])
    words: str = Field(examples=["2 mois"])
    starts: str = Field(examples=["à compter de l’envoi de votre réclamation écrite"])
    sentence: str = Field(
        examples=[
            "Vous pouvez saisir un médiateur au bout de 2 mois"
            " à compter de l’envoi de votre réclamation écrite."
        ]
    )
    opens: bool = Field(description="Vrai si la fin du délai ouvre une voie au réclamant.")


class StakeholderOut(Schema):
    """Une partie prenante qui peut réclamer."""

    key: str = Field(examples=["trainee"])
    label: str = Field(examples=["Stagiaire"])

    @staticmethod
    def resolve_key(stakeholder: Stakeholder) -> str:
        return stakeholder.value


class MediatorOut(Schema):
    """Le médiateur qu’un consommateur peut saisir."""

    name: str = Field(examples=["Médiateur de la consommation"])
    website: str = Field(examples=["https://mediateur.example/"])
    postal_address: str = Field(examples=["1 place de la Mairie, 64600 Anglet"])
    conditions: str = Field(examples=["Après une réclamation écrite restée sans solution."])
    verified_on: date | None = Field(None, examples=["2026-01-15"])


class ProcedureOut(Schema):
    """Une procédure en vigueur."""

    slug: str = Field(examples=["cs-proc-rec"])
    title: str = Field(examples=["Procédure de traitement des réclamations"])
    reference: str = Field(examples=["CS-PROC-REC"])
    version: int = Field(examples=[1])
    in_force_at: datetime
    steps: list[StepOut]
    time_limits: list[TimeLimitOut]
    stakeholders: list[StakeholderOut]
    mediator: MediatorOut | None = None
    retention: str = Field(examples=["7 ans à compter de la clôture du dossier"])

    @staticmethod
    def resolve_slug(version: ProcedureVersion) -> str:
        return slug_of(version)

    @staticmethod
    def resolve_version(version: ProcedureVersion) -> int:
        return version.number

    @staticmethod
    def resolve_steps(version: ProcedureVersion) -> list[Stage]:
        return version.rules.public_steps

    @staticmethod
    def resolve_time_limits(version: ProcedureVersion) -> list[Promise]:
        return promises_of(version.rules)

    @staticmethod
    def resolve_stakeholders(version: ProcedureVersion) -> list[Stakeholder]:
        return [Stakeholder(key) for key in version.rules.stakeholders]

    @staticmethod
    def resolve_retention(version: ProcedureVersion) -> str:
        return retention_words(version.rules)


class ProceduresOut(Schema):
    """Les procédures en vigueur sur ce site."""

    count: int = Field(examples=[1])
    items: list[ProcedureOut]
