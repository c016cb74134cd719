"""Pages: speakers, matters with the stance chart, conflicts side by side, announced events, and what people decided."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.data import EventStatus, LinkType, Stance
from onrecord.errors import OnRecordError
from onrecord.export.pictures.stances import chart, marks
from onrecord.find.contexts import contexts
from onrecord.find.events import announced
from onrecord.find.judgements import JudgementState, decisions
from onrecord.find.link_parts import links_part
from onrecord.find.links import link_named
from onrecord.find.positions import Positions, positions
from onrecord.find.ranking import speakers_part
from onrecord.find.timeline import timeline_part
from onrecord.find.wanted import Wanted
from onrecord.record.corrections import undo
from onrecord.record.link_names import CONFLICTS
from onrecord.serve import takes
from onrecord.serve.desk import DeskHere, Writer
from onrecord.serve.errors import Problem, problem_of
from onrecord.serve.pages import page, path_part
from onrecord.serve.paging import page as paged
from onrecord.serve.paging import place_cursor, place_told
from onrecord.serve.routes.api_links import conflicts_wanted, links_wanted, place_kinds, reviewed
from onrecord.serve.routes.api_speakers import OF_SPEAKERS, OF_STATEMENTS, events_wanted, person_named, positions_wanted
from onrecord.serve.routes.forms import told
from onrecord.serve.routes.page_search import Form

router = APIRouter()
_MOST_LISTED = 100  # of each list of a matter; the API has all


@router.get("/speakers")
def speakers(request: Request, desk: DeskHere) -> Response:
    """People and bodies, those who said most first."""
    asked = told(takes.SpeakersAsked, request.query_params)
    found = speakers_part(desk.ledger, asked.name, place_told(asked, *OF_SPEAKERS), asked.limit)
    following = place_cursor(found.following)
    return page(request, "speakers.html", found=found.items, following=following, given=request.query_params)


@router.get("/speakers/{key:path}")
def speaker(request: Request, desk: DeskHere, key: str) -> Response:
    """One person or body: roles, statements and positions over time."""
    found = person_named(desk, key)
    asked = told(takes.TimelineAsked, request.query_params)
    wanted = Wanted(found.key, asked.about, asked.since, asked.until, asked.stance, asked.as_of)
    said = timeline_part(desk.ledger, wanted, place_told(asked, *OF_STATEMENTS), asked.limit, newest_first=True)
    count = found.statements if wanted == Wanted(found.key) else None
    values: dict[str, Any] = {"given": request.query_params, "stances": list(Stance), "count": count}
    return page(request, "speaker.html", one=found, said=said.items, following=place_cursor(said.following), **values)


@router.get("/matter")
def matter(request: Request, desk: DeskHere) -> Response:
    """A matter: the stance chart with its table, who stands against whom, what is on and off the table."""
    found, problem = Positions(), None
    if request.query_params.get("about"):
        try:
            found = positions(desk.ledger, positions_wanted(told(takes.PositionsAsked, request.query_params)))
        except OnRecordError as error:
            problem = problem_of(error)
    status = 200 if problem is None else problem.status
    values: dict[str, Any] = {
        "given": request.query_params,
        "problem": problem,
        "marks": marks(found),
        "chart": chart(found),
        "most": _MOST_LISTED,
    }
    return page(request, "matter.html", status=status, found=found, **values)


@router.get("/conflicts")
def conflicts(request: Request, desk: DeskHere) -> Response:
    """Conflicts, both passages side by side in their context."""
    return _links_page(request, desk, is_conflicts=True)


@router.get("/links")
def all_links(request: Request, desk: DeskHere) -> Response:
    """Links of every type."""
    return _links_page(request, desk, is_conflicts=False)


@router.get("/links/{name}")
def one_link(request: Request, desk: DeskHere, name: str) -> Response:
    """One link, with when the program found it."""
    found = link_named(desk.ledger, name)
    return page(request, "link.html", one=found, around=contexts(desk.ledger, (found.source, found.target)))


@router.post("/links/{name}")
def review(desk: DeskHere, who: Writer, name: str, form: Form) -> Response:
    """Keeps what somebody says of a link, and shows the link as it is then."""
    given = told(takes.ReviewGiven, form)
    reviewed(desk, who.name, name, given.decision, given.note)
    return RedirectResponse(f"/links/{path_part(name)}", 303)


@router.get("/events")
def events(request: Request, desk: DeskHere) -> Response:
    """What is announced to happen."""
    problem: Problem | None = None
    found: Any = ()
    following = None
    try:
        asked = told(takes.EventsAsked, request.query_params)
        found, following = paged(announced(desk.ledger, events_wanted(asked)), asked, lambda one: one.id)
    except OnRecordError as error:
        problem = problem_of(error)
    values: dict[str, Any] = {"given": request.query_params, "statuses": list(EventStatus), "problem": problem}
    return page(request, "events.html", status=problem.status if problem else 200, found=found, following=following, **values)


@router.get("/judgements")
def judgements(request: Request, desk: DeskHere) -> Response:
    """What people decided, the last first."""
    asked = told(takes.JudgementsAsked, request.query_params)
    with desk.ledger.reading() as connection:
        found = list(decisions(connection, *((JudgementState(asked.state),) if asked.state else ())))[::-1]
    items, following = paged(found, asked, lambda one: one.row["id"])
    return page(request, "judgements.html", found=items, following=following, given=request.query_params)


@router.post("/judgements/{number}/undo")
def undone(desk: DeskHere, who: Writer, number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """Undoes a judgement."""
    with desk.writing() as ledger:
        undo(ledger, number, who.name)
    return RedirectResponse("/judgements", 303)


def _links_page(request: Request, desk: DeskHere, *, is_conflicts: bool) -> Response:
    found: Any = ()
    following, problem = None, None
    try:
        asked = told(takes.LinksAsked, request.query_params).model_copy(update={"limit": 20})
        wanted = conflicts_wanted(asked) if is_conflicts else links_wanted(asked)
        some = links_part(desk.ledger, wanted, place_told(asked, *place_kinds(wanted)), asked.limit)
        found, following = some.items, place_cursor(some.following)
    except OnRecordError as error:
        problem = problem_of(error)
    around = contexts(desk.ledger, (end for one in found for end in (one.source, one.target)))
    types = list(CONFLICTS if is_conflicts else LinkType)
    values: dict[str, Any] = {"given": request.query_params, "types": types, "around": around, "is_conflicts": is_conflicts}
    return page(
        request, "links.html", status=problem.status if problem else 200, found=found, following=following, problem=problem, **values
    )
