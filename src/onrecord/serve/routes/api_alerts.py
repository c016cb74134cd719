"""Saved searches: what is new of each, and saving, seeing and ending them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.errors import ServeError
from onrecord.export.alerts import alert_json
from onrecord.export.links import link_json
from onrecord.find.alerts import alert_with_key, alerts, kept_question
from onrecord.find.question import Answer
from onrecord.record.marks import Mark, mark_now, mark_told
from onrecord.record.searches import Search, end, look, save, search_with_key
from onrecord.serve import shapes, takes
from onrecord.serve.desk import Desk, DeskHere, Writer
from onrecord.serve.paging import answer
from onrecord.serve.routes.api_statements import question_of
from onrecord.serve.tokens import Token

router = APIRouter(tags=["alerts"])


@router.get("/alerts", response_model=shapes.Page[shapes.AlertShape])
def all_alerts(request: Request, desk: DeskHere, asked: Annotated[takes.AlertsAsked, Query()]) -> Any:
    """The saved searches of all, or of one person, with how much is new of each; by person and name."""
    return answer(request, asked, alerts(desk.ledger, asked.made_by), alert_json, lambda one: one.search.key)


@router.post("/alerts", status_code=201)
def new_alert(desk: DeskHere, who: Writer, given: takes.AlertGiven) -> shapes.AlertShape:
    """Save a search; all that the ledger holds now counts as seen."""
    return shapes.AlertShape(**alert_json(alert_with_key(desk.ledger, saved(desk, who, given))))


@router.get("/alerts/{key}", response_model=shapes.AlertShape)
def one_alert(desk: DeskHere, key: str) -> Any:
    """One saved search by its id."""
    return alert_json(alert_with_key(desk.ledger, key))


@router.get("/alerts/{key}/statements", response_model=shapes.Page[Answer])
def statements(request: Request, desk: DeskHere, key: str, asked: Annotated[takes.Paged, Query()]) -> Any:
    """The new statements that answer, the last recorded first. 1,000 at most."""
    found = [one.answer for one in alert_with_key(desk.ledger, key).news.statements]
    return answer(request, asked, found, lambda one: one, lambda one: one.id)


@router.get("/alerts/{key}/conflicts", response_model=shapes.Page[shapes.LinkShape])
def conflicts(request: Request, desk: DeskHere, key: str, asked: Annotated[takes.Paged, Query()]) -> Any:
    """The new conflicts about what answers, the most probable first."""
    found = [one.link for one in alert_with_key(desk.ledger, key).news.conflicts]
    return answer(request, asked, found, link_json, lambda one: one.id)


@router.post("/alerts/{key}/seen", status_code=201)
def seen(desk: DeskHere, who: Writer, key: str, given: takes.SeenGiven) -> shapes.AlertShape:
    """Say that what is new is seen, up to the `mark` that came with it."""
    marked(desk, who, key, given)
    return shapes.AlertShape(**alert_json(alert_with_key(desk.ledger, key)))


@router.post("/alerts/{key}/end", status_code=201)
def ended(desk: DeskHere, who: Writer, key: str) -> shapes.AlertEnded:
    """End a saved search: nobody is told of it any more."""
    stopped(desk, who, key)
    return shapes.AlertEnded(id=key)


def saved(desk: Desk, who: Token, given: takes.AlertGiven) -> str:
    """The key of the search that is saved."""
    question = question_of(given, 1, without_copies=given.without_copies)
    with desk.writing() as ledger:
        return save(ledger, given.name, kept_question(question), who.name)


def marked(desk: Desk, who: Token, key: str, given: takes.SeenGiven) -> None:
    """Keeps up to where a search is seen.

    Raises:
        ServeError: the search is another's, or the mark is none.
        LedgerError: there is no such search.
    """
    owned(desk, who, key)
    with desk.writing() as ledger:
        look(ledger, key, _mark(desk, given.mark), who.name)


def stopped(desk: Desk, who: Token, key: str) -> None:
    """Ends a search. Raises as `marked` does."""
    owned(desk, who, key)
    with desk.writing() as ledger:
        end(ledger, key, who.name)


def owned(desk: Desk, who: Token, key: str) -> Search:
    """The saved search, if it is that person's.

    Raises:
        ServeError: it is another's.
        LedgerError: there is none.
    """
    with desk.ledger.reading() as connection:
        found = search_with_key(connection, key)
    if found.made_by != who.name:
        raise ServeError(f"The saved search {found.name!r} is of {found.made_by}.", code="serve.not_yours")
    return found


def _mark(desk: Desk, told: str | None) -> Mark:
    if told is None:
        with desk.ledger.snapshot() as connection:
            return mark_now(connection)
    found = mark_told(told)
    if found is None:
        raise ServeError("The mark is none that was given out: ask for the saved search again.", code="serve.bad_request")
    return found
