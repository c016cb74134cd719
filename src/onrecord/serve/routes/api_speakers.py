"""Speakers, their statements, positions on a matter, and announced events."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from onrecord.export.people import person_json
from onrecord.export.pictures.stances import marks, marks_csv
from onrecord.find.events import Announced, WantedEvents, announced
from onrecord.find.people import Person, people
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Positions, positions
from onrecord.find.ranking import speakers_part
from onrecord.find.timeline import Entry, timeline_part
from onrecord.find.wanted import Wanted
from onrecord.find.whom import key_named, nobody
from onrecord.record import speakers as by_hand
from onrecord.record.judged import judged
from onrecord.record.named import documents_named
from onrecord.serve import shapes, takes
from onrecord.serve.desk import Desk, DeskHere, Writer
from onrecord.serve.downloads import csv_file
from onrecord.serve.paging import answer, parts_answer

router = APIRouter(tags=["speakers"])
OF_SPEAKERS, OF_STATEMENTS = (int, str), (str, int)  # what a cursor tells: statements and key; day and row


@router.get("/speakers", response_model=shapes.Page[shapes.PersonShape])
def speakers(request: Request, desk: DeskHere, asked: Annotated[takes.SpeakersAsked, Query()]) -> Any:
    """People and bodies, those who said most first."""
    return parts_answer(request, asked, OF_SPEAKERS, lambda after, limit: speakers_part(desk.ledger, asked.name, after, limit), person_json)


@router.get("/speakers/{key:path}/statements", response_model=shapes.Page[Entry])
def statements(request: Request, desk: DeskHere, key: str, asked: Annotated[takes.TimelineAsked, Query()]) -> Any:
    """What the speaker said, the earliest first."""
    wanted = Wanted(key, asked.about, asked.since, asked.until, asked.stance, asked.as_of)
    return parts_answer(request, asked, OF_STATEMENTS, lambda after, limit: timeline_part(desk.ledger, wanted, after, limit), _itself)


@router.post("/speakers/{key:path}/merge", status_code=201)
def merge(desk: DeskHere, who: Writer, key: str, given: takes.MergeGiven) -> shapes.Judged:
    """Say that a speaker is the same as another: from now on all that it said is that one's."""
    with desk.ledger.reading() as connection:
        known = judged(connection)
        mine, other = (key_named(connection, known, one) for one in (key, given.into))
    with desk.writing() as ledger:
        return shapes.Judged(judgement=by_hand.merge(ledger, mine, other, who.name, given.note))


@router.post("/speakers/{key:path}/split", status_code=201)
def split(desk: DeskHere, who: Writer, key: str, given: takes.SplitGiven) -> shapes.Judged:
    """Say that in some documents a speaker is another."""
    with desk.ledger.reading() as connection:
        mine = key_named(connection, judged(connection), key)
        of = [row["key"] for name in given.documents for row in documents_named(connection, name)]
    with desk.writing() as ledger:
        return shapes.Judged(judgement=by_hand.split(ledger, mine, of, given.into, who.name, given.note))


@router.get("/speakers/{key:path}", response_model=shapes.PersonShape)
def speaker(desk: DeskHere, key: str) -> Any:
    """One person or body by its key: names, roles, and what was decided by hand."""
    return person_json(person_named(desk, key))


@router.get("/positions", tags=["matters"])
def matter(desk: DeskHere, asked: Annotated[takes.PositionsAsked, Query()]) -> Positions:
    """Who holds what on a matter, who stands against and beside whom, and what is on and off the table."""
    return positions(desk.ledger, positions_wanted(asked))


@router.get("/positions.csv", tags=["matters"], response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def matter_csv(desk: DeskHere, asked: Annotated[takes.PositionsAsked, Query()]) -> Response:
    """The marks of the stance chart, as a table."""
    found = positions(desk.ledger, positions_wanted(asked))
    return csv_file("positions.csv", marks_csv(marks(found)))


@router.get("/events", response_model=shapes.Page[Announced], tags=["events"])
def events(request: Request, desk: DeskHere, asked: Annotated[takes.EventsAsked, Query()]) -> Any:
    """What is announced to happen, the earliest first."""
    return answer(request, asked, announced(desk.ledger, events_wanted(asked)), lambda one: one, lambda one: one.id)


def _itself(one: Entry) -> Entry:
    return one


def person_named(desk: Desk, key: str) -> Person:
    """The person or body with that key.

    Raises:
        LedgerError: there is none.
    """
    found = people(desk.ledger, key)
    if not found:
        raise nobody(key)
    return next((one for one in found if one.key == key), found[0])


def positions_wanted(asked: takes.PositionsAsked) -> WantedPositions:
    """The positions that the wire asks for."""
    return WantedPositions(asked.about, asked.by, asked.since, asked.until, asked.as_of)


def events_wanted(asked: takes.EventsAsked) -> WantedEvents:
    """The events that the wire asks for."""
    return WantedEvents(asked.by, asked.since, asked.until, asked.status, asked.as_of)
