"""What our addresses answer when they refuse: problem+json (RFC 9457), in French."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import Throttled
from wagtail.api.v3.errors import PROBLEM_JSON, build_problem_detail, problem_response


class Problem(Exception):
    """A refusal that a person can read."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        self.status, self.title, self.detail = status, title, detail
        super().__init__(detail)


def not_found(detail: str) -> Problem:
    """Nothing there, or nothing that this site may show: the answer never says which."""
    return Problem(404, "Introuvable", detail)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The refusal as the program receives it."""
    return problem_response(status=problem.status, title=problem.title, detail=problem.detail)


def answer_throttled(request: HttpRequest, refusal: Throttled) -> HttpResponse:
    """Too many requests from one address; `Retry-After` says how many seconds to wait."""
    return answer(request, Problem(429, *TOO_MANY))


TOO_MANY = (
    "Trop de requêtes",
    "Trop de requêtes depuis cette adresse. Attendez un peu avant de recommencer.",
)


def described(problem: Problem) -> dict[str, Any]:
    """That refusal, for the OpenAPI document."""
    example = build_problem_detail(
        status=problem.status, title=problem.title, detail=problem.detail
    ).model_dump(exclude_none=True)
    return {
        "description": problem.title,
        "content": {PROBLEM_JSON: {"schema": SCHEMA, "example": example}},
    }


SCHEMA = {
    "type": "object",
    "title": "Problème",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
