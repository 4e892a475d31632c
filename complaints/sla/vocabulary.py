"""The closed lists of time limits: units, regions, whom a limit favours, parts of a count."""

from django.db.models import TextChoices


class Unit(TextChoices):
    WORKED_DAYS = "jours_ouvres", "jours ouvrés"
    WORKABLE_DAYS = "jours_ouvrables", "jours ouvrables"
    CALENDAR_DAYS = "jours_calendaires", "jours calendaires"
    MONTHS = "mois", "mois"
    YEARS = "ans", "ans"
    NONE = "aucun", "sans délai chiffré"


class Region(TextChoices):
    """Where holidays differ (L3133-1, L3134-13, L3422-2); Saint-Martin waits for a sure date."""

    METROPOLE = "metropole", "Métropole"
    ALSACE_MOSELLE = "alsace-moselle", "Alsace-Moselle"
    ALSACE_MOSELLE_NO_GOOD_FRIDAY = (
        "alsace-moselle-hors-vendredi-saint",
        "Alsace-Moselle, communes sans Vendredi saint",
    )
    REUNION = "reunion", "La Réunion"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_BARTHELEMY = "saint-barthelemy", "Saint-Barthélemy"


class Favours(TextChoices):
    """Several readings of one limit: a duty takes the earliest date, a right the latest."""

    ORGANISATION = "organisation", "obligation de l’organisme : la date la plus proche"
    COMPLAINANT = "complainant", "droit du réclamant : la date la plus lointaine"


class StepKind(TextChoices):
    START = "depart", "Jour de départ"
    SAME_DAY = "quantieme", "Même quantième"
    COUNT = "decompte", "Décompte"
    PAUSE = "suspension", "Suspension"
    ROLL_OVER = "report", "Report"
    EXTENSION = "prolongation", "Prolongation"
    SHORTENING = "rapprochement", "Date rapprochée"
    END = "echeance", "Échéance"
    NONE = "sans_delai", "Sans délai chiffré"


class SkipReason(TextChoices):
    WEEKEND = "week_end", "week-end"
    REST = "repos", "jour non travaillé"
    HOLIDAY = "ferie", "jour férié"
