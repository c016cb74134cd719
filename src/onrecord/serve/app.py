"""The application: the API and the pages of one desk, with the gate around them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from onrecord import __version__
from onrecord.errors import OnRecordError
from onrecord.export import pictures
from onrecord.serve.described import describe
from onrecord.serve.desk import Desk
from onrecord.serve.errors import Problem, problem_of
from onrecord.serve.gate import Gate
from onrecord.serve.pages import problem_response
from onrecord.serve.routes import (
    api_alerts,
    api_check,
    api_links,
    api_readings,
    api_speakers,
    api_statements,
    page_alerts,
    page_check,
    page_matters,
    page_read,
    page_search,
    page_sign_in,
)
from onrecord.serve.routes.fresh import NotModified, fresh

API = "/api/v1"
_CODES = {404: "serve.not_found", 405: "serve.method"}


def make_app(desk: Desk, failed: Callable[[str], object] = sys.stderr.write) -> FastAPI:
    """The application of a desk; it closes the desk when it ends. `failed` is told what nobody foresaw."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        description="Who said what, when, through whom, with which stance, and who contradicts whom.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        lifespan=life,
    )
    app.state.desk = desk
    for api in (api_statements, api_links, api_speakers, api_alerts):
        app.include_router(api.router, prefix=API, dependencies=[Depends(fresh)])
    for reading in (api_readings, api_check):
        app.include_router(reading.router, prefix=API)
    for page in (page_search, page_matters, page_alerts):
        app.include_router(page.router, dependencies=[Depends(fresh)], include_in_schema=False)
    for page in (page_read, page_check, page_sign_in):
        app.include_router(page.router, include_in_schema=False)
    app.mount("/static/pictures", StaticFiles(directory=pictures.STATIC), name="pictures")
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    describe(app)
    _handle_errors(app)
    app.add_middleware(Gate, desk=lambda: desk, failed=failed)
    return app


def _handle_errors(app: FastAPI) -> None:
    """Every failure in one shape."""

    async def told(request: Request, error: Exception) -> Response:
        return problem_response(request, _problem(error))

    async def not_modified(_: Request, error: Exception) -> Response:
        assert isinstance(error, NotModified)
        return Response(status_code=304, headers={"ETag": error.tag})

    app.add_exception_handler(NotModified, not_modified)
    for kind in (OnRecordError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, told)


def _problem(error: Exception) -> Problem:
    if isinstance(error, OnRecordError):
        return problem_of(error)
    if isinstance(error, RequestValidationError):
        return Problem("serve.bad_request", "; ".join(_wrong(one) for one in error.errors()[:5]))
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if headers.get("Allow") == "GET":
        headers["Allow"] = "GET, HEAD"
    return Problem(_CODES.get(error.status_code, "serve.bad_request"), str(error.detail), headers)


def _wrong(one: dict[str, object]) -> str:
    """`query.since: String should have at least 4 characters`."""
    where = one.get("loc", ())
    place = ".".join(str(part)[:80] for part in where) if isinstance(where, tuple) else ""
    return f"{place}: {one.get('msg')}"
