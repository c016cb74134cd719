"""What the description of the API (OpenAPI) says beyond what the framework knows: failures in the one shape, and answers as lines."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.serve.errors import PROBLEM
from onrecord.serve.paging import JSON_LINES
from onrecord.serve.shapes import ProblemShape

_FAILURE = {
    "description": "Why there is no answer; `code` is one of docs/errors.md.",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
}
_NOT_OURS = ("HTTPValidationError", "ValidationError")  # the framework's own shape of failures, which is not used


def describe(app: FastAPI) -> None:
    """Has the application describe itself so."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(
                get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            )
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way that the framework gives


def _completed(told: dict[str, Any]) -> dict[str, Any]:
    shapes = told["components"]["schemas"]
    for name in _NOT_OURS:
        shapes.pop(name, None)
    shapes["ProblemShape"] = ProblemShape.model_json_schema()
    token = {"type": "http", "scheme": "bearer", "description": "A token that `onrecord token add` made."}
    told["components"]["securitySchemes"] = {"token": token}
    for operations in told["paths"].values():
        for method, one in operations.items():
            answers = one["responses"]
            answers.pop("422", None)
            answers["default"] = _FAILURE
            one["security"] = [{"token": []}] if method != "get" else [{}, {"token": []}]
            if any(each["name"] == "cursor" for each in one.get("parameters", ())):
                answers["200"]["content"][JSON_LINES] = {"schema": {"type": "string"}}
    return told
