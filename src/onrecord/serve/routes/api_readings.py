"""A text that is read at once: nothing of it is kept unless that is asked for, by whoever may write."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from fastapi import APIRouter

from onrecord.data import Record, Rejection
from onrecord.errors import ServeError
from onrecord.export.jsonl import to_json
from onrecord.run.adding import shipped_program
from onrecord.run.linking import LinkOptions, linked
from onrecord.serve import shapes, takes
from onrecord.serve.desk import Desk, DeskHere, Who
from onrecord.serve.reading_room import Given, Results
from onrecord.serve.tokens import Token
from onrecord.settings import possible_time

router = APIRouter(tags=["readings"])
_LEAST = 0.5


@router.post("/readings")
def reading(desk: DeskHere, who: Who, given: takes.TextGiven) -> shapes.ReadShape:
    """Read a text: who says what in it."""
    data = given.text.encode("utf8", "replace")
    name = given.name if given.name.endswith(".txt") else f"{given.name}.txt"
    found = read(desk, who, Given(data, name, given.date, given.publisher), keep=given.keep)
    complaints = [complaint_json(one) for one in found if isinstance(one, Rejection)]
    return shapes.ReadShape(records=[to_json(one) for one in found if isinstance(one, Record)], complaints=complaints, kept=given.keep)


def read(desk: Desk, who: Token | None, given: Given, *, keep: bool) -> Results:
    """What reading it gives; with `keep` it is added to the ledger and compared with what is there.

    Raises:
        ServeError: it is to be kept and the token may not write, a day is none, or it takes too long.
    """
    if given.date is not None and not possible_time(given.date):
        raise ServeError(f"{given.date!r} is no day: write 2031-03-04.", code="serve.bad_request")
    if keep and who is None:
        raise ServeError("Keeping a text needs a token that may write.", code="serve.token")
    if keep and who is not None and not who.may_write:
        raise ServeError(f"The token of {who.name} may read, and not write.", code="serve.not_allowed")
    found = desk.room.records(given)
    if keep and who is not None:
        _keep(desk, who, given, found)
    return found


def _keep(desk: Desk, who: Token, given: Given, found: Results) -> None:
    program = shipped_program(_LEAST)
    with desk.writing() as ledger:
        reading = ledger.begin(program, f"serve: {given.name}", who.name)
        ledger.add(reading, found)
        ledger.end(reading)
        run = ledger.begin(program, "link", who.name)
        with closing(linked(ledger, run, LinkOptions(), made_by=reading)) as links:  # type: ignore[type-var]  # a generator
            for _ in links:
                pass
        ledger.end(run)


def complaint_json(one: Rejection) -> dict[str, Any]:
    """What could not be read, or was warned of, as JSON values."""
    return {"locator": one.locator, "code": one.code, "message": one.message, "warning": one.warning}
