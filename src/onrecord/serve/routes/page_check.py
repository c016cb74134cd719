"""Page: a draft that is pasted or uploaded is checked at once, its quotations beside what the ledger has."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.errors import OnRecordError
from onrecord.export.check import TOLD
from onrecord.export.sarif import RULES
from onrecord.find.check_verdict import Verdict
from onrecord.link.wording import ChangeKind
from onrecord.serve.checking import CheckedDraft, check
from onrecord.serve.desk import DeskHere
from onrecord.serve.errors import Problem, problem_of
from onrecord.serve.pages import page
from onrecord.serve.routes.api_check import as_file
from onrecord.serve.routes.page_read import given_of
from onrecord.serve.routes.page_search import Form

router = APIRouter()
_FILES = ("jsonl", "sarif")


@router.get("/check")
def form(request: Request) -> Response:
    """The form."""
    return _page(request, "", None, None)


@router.post("/check")
def checking(request: Request, desk: DeskHere, form: Form) -> Response:
    """What became of the quotations, as a page or as a file."""
    found, problem = None, None
    try:
        found = check(desk, given_of(form, "pasted.md"))
    except OnRecordError as error:
        problem = problem_of(error)
    wanted, text = form.get("format"), form.get("text")
    if found is not None and isinstance(wanted, str) and wanted in _FILES:
        return as_file(found, wanted)
    return _page(request, text if isinstance(text, str) else "", found, problem)


def _page(request: Request, text: str, found: CheckedDraft | None, problem: Problem | None) -> Response:
    values: dict[str, Any] = {"told": TOLD, "rules": RULES, "Kind": ChangeKind, "Verdict": Verdict}
    return page(request, "check.html", status=problem.status if problem else 200, text=text, found=found, problem=problem, **values)
