"""Page: a text that is pasted or uploaded is read at once, and shown as a document of the ledger is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from onrecord.data import Record
from onrecord.errors import OnRecordError, ServeError
from onrecord.serve.desk import DeskHere, Who
from onrecord.serve.errors import problem_of
from onrecord.serve.marking import paragraphs
from onrecord.serve.pages import page
from onrecord.serve.reading_room import Given, Results
from onrecord.serve.routes.api_readings import read
from onrecord.serve.routes.page_search import Form

router = APIRouter()
_LONGEST_NAME = 120


@router.get("/read")
def form(request: Request) -> Response:
    """The form."""
    return page(request, "text.html", given={}, found=None, problem=None, kept=False)


@router.post("/read")
def reading(request: Request, desk: DeskHere, who: Who, form: Form) -> Response:
    """What reading the text gives."""
    keep = form.get("keep") == "on"
    found: Results | None = None
    problem = None
    try:
        found = read(desk, who, given_of(form), keep=keep)
    except OnRecordError as error:
        problem = problem_of(error)
    records = [_shown(one) for one in found or () if isinstance(one, Record)]
    complaints = [one for one in found or () if not isinstance(one, Record)]
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    values: dict[str, Any] = {"given": given, "problem": problem, "kept": keep and found is not None, "complaints": complaints}
    return page(request, "text.html", status=problem.status if problem else 200, found=None if found is None else records, **values)


def given_of(form: FormData, pasted: str = "pasted.txt") -> Given:
    """What the form gives to read: a file, or else the text, which is called `pasted`.

    Raises:
        ServeError: it gives nothing.
    """
    date, publisher = (_field(form, name) for name in ("date", "publisher"))
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return Given(file.file.read(), _file_name(file.filename), date, publisher)
    text = form.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ServeError("There is nothing to read: paste a text, or choose a file.", code="serve.bad_request")
    return Given(text.replace("\r\n", "\n").encode("utf8", "replace"), pasted, date, publisher)


def _shown(one: Record) -> tuple[Record, Any]:
    return one, paragraphs(one.document.text, one.statements)


def _field(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value.strip()[:500] or None if isinstance(value, str) else None


def _file_name(name: str) -> str:
    """The last part of what the browser calls the file, without signs that do not print."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-_LONGEST_NAME:] or "upload"
