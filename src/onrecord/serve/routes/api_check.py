"""A draft against the ledger: what became of its quotations. Nothing of it is kept."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from onrecord.export.check import checked_json
from onrecord.export.jsonl import to_line
from onrecord.export.sarif import sarif
from onrecord.serve import shapes, takes
from onrecord.serve.checking import CheckedDraft, check
from onrecord.serve.desk import DeskHere
from onrecord.serve.paging import JSON_LINES
from onrecord.serve.reading_room import Given
from onrecord.serve.routes.api_readings import complaint_json

router = APIRouter(tags=["check"])
SARIF = "application/sarif+json"
_TEXTS = (".md", ".markdown", ".txt")
_CONTENT: dict[str, Any] = {JSON_LINES: {"schema": {"type": "string"}}, SARIF: {"schema": {"type": "object"}}}


@router.post("/check", response_model=shapes.CheckShape, responses={200: {"content": _CONTENT}})
def checking(desk: DeskHere, given: takes.DraftGiven) -> Any:
    """Hold every quotation of a draft against the ledger."""
    name = given.name if given.name.lower().endswith(_TEXTS) else f"{given.name}.md"
    found = check(desk, Given(given.text.encode("utf8", "replace"), name))
    if given.format != "json":
        return as_file(found, given.format)
    complaints = [complaint_json(one) for one in found.complaints]
    told = [checked_json(*one) for one in found.found]
    return {"quotations": told, "counts": found.counts, "to_look_at": found.to_look_at, "complaints": complaints}


def as_file(found: CheckedDraft, kind: str) -> Response:
    """What `onrecord check --format KIND` prints, to be kept as a file: `jsonl` or `sarif`."""
    if kind == "sarif":
        content, media_type = json.dumps(sarif(found.found), indent=2).encode("ascii") + b"\n", SARIF
    else:
        content, media_type = b"".join(to_line(checked_json(*one)) for one in found.found), JSON_LINES
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="check.{kind}"'})
