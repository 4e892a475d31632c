"""The answers in several parts as people read them."""

from collections.abc import Mapping
from datetime import date

from complaints.intake.definition import IMPLICATED
from complaints.intake.typography import sentence

Parts = Mapping[str, str]

_ROLES = {choice.value: choice.label.lower() for choice in IMPLICATED}


def day(iso: str) -> str:
    """« 04/05/2026 »."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def period(parts: Parts) -> str:
    """« du 04/05/2026 au 07/05/2026 »; the end may not be known."""
    first, last = parts["from"], parts.get("to")
    if not last:
        return f"à partir du {day(first)}"
    return f"le {day(first)}" if first == last else f"du {day(first)} au {day(last)}"


def training(parts: Parts) -> str:
    """« CAP Cuisine (session de mars 2026) »."""
    session = parts.get("session")
    return f"{parts['training']} ({session})" if session else parts["training"]


def address(parts: Parts) -> str:
    """As on an envelope; the street may be several lines."""
    town = f"{parts.get('postal_code', '')} {parts.get('city', '')}".strip()
    lines = (parts.get("street"), town, parts.get("country"))
    return "\n".join(line for line in lines if line)


def person(parts: Parts) -> str:
    """« Paul Roux (mise en cause) : était là le premier jour », on one line."""
    role, details = _ROLES.get(parts.get("role", "")), " ".join(parts.get("details", "").split())
    who = f"{parts['name']} ({role})" if role else parts["name"]
    return sentence("{who} : {details}", who=who, details=details) if details else who
