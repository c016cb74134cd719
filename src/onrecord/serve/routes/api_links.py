"""Links, conflicts, and what people say of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request

from onrecord.export.judgements import decision_json
from onrecord.export.links import link_json
from onrecord.find.judgements import JudgementState, decisions
from onrecord.find.link_parts import links_part
from onrecord.find.links import Order, WantedLinks, link_named
from onrecord.record.corrections import undo
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.link_names import CONFLICTS, LinkName
from onrecord.serve import shapes, takes
from onrecord.serve.desk import Desk, DeskHere, Writer
from onrecord.serve.paging import answer, parts_answer

router = APIRouter(tags=["links"])


@router.get("/links", response_model=shapes.Page[shapes.LinkShape])
def all_links(request: Request, desk: DeskHere, asked: Annotated[takes.LinksAsked, Query()]) -> Any:
    """Links within and across documents, the newest first."""
    return _answer(request, desk, asked, links_wanted(asked))


@router.get("/conflicts", response_model=shapes.Page[shapes.LinkShape])
def conflicts(request: Request, desk: DeskHere, asked: Annotated[takes.LinksAsked, Query()]) -> Any:
    """Statements that contradict or deny one another, the most probable first."""
    return _answer(request, desk, asked, conflicts_wanted(asked))


@router.get("/links/{name}", response_model=shapes.LinkShape)
def one_link(desk: DeskHere, name: str) -> Any:
    """One link by its id."""
    return link_json(link_named(desk.ledger, name))


@router.post("/links/{name}/review", status_code=201)
def review(desk: DeskHere, who: Writer, name: str, given: takes.ReviewGiven) -> shapes.Judged:
    """Say whether a link holds."""
    return shapes.Judged(judgement=reviewed(desk, who.name, name, given.decision, given.note))


@router.post("/links", status_code=201)
def new_link(desk: DeskHere, who: Writer, given: takes.LinkGiven) -> shapes.Judged:
    """Say of two statements that they are linked, or not."""
    name = LinkName(given.source, given.target, given.type)
    with desk.writing() as ledger:
        return shapes.Judged(judgement=judge_link(ledger, name, given.decision, who.name, given.note))


@router.get("/judgements", response_model=shapes.Page[dict[str, Any]], tags=["judgements"])
def judgements(request: Request, desk: DeskHere, asked: Annotated[takes.JudgementsAsked, Query()]) -> Any:
    """What people decided, by whom, when and why; those that were undone only where `state` asks for them."""
    states = (JudgementState(asked.state),) if asked.state else (JudgementState.HOLDS, JudgementState.ORPHANED)
    with desk.ledger.reading() as connection:
        found = list(decisions(connection, *states))
    return answer(request, asked, found, decision_json, lambda one: one.row["id"])


@router.post("/judgements/{number}/undo", status_code=201, tags=["judgements"])
def undone(desk: DeskHere, who: Writer, number: Annotated[int, Path(ge=1, le=2**31 - 1)], given: takes.UndoGiven) -> shapes.Judged:
    """Say that a judgement no longer holds."""
    with desk.writing() as ledger:
        return shapes.Judged(judgement=undo(ledger, number, who.name, given.note))


def links_wanted(asked: takes.LinksAsked) -> WantedLinks:
    """The links that the wire asks for."""
    return WantedLinks(
        types=tuple(asked.type),
        by=asked.by,
        about=asked.about,
        since=asked.since,
        until=asked.until,
        document=asked.document,
        min_probability=asked.min_probability,
        is_judged=asked.judged,
        rejected=asked.rejected,
        order=Order(asked.order or Order.NEWEST),
    )


def conflicts_wanted(asked: takes.LinksAsked) -> WantedLinks:
    """The same for conflicts: of no other type, the most probable first."""
    types = [one for one in asked.type if one in CONFLICTS] or list(CONFLICTS)
    return links_wanted(asked.model_copy(update={"type": types, "order": asked.order or Order.PROBABILITY}))


def reviewed(desk: Desk, by: str, name: str, decision: LinkDecision, note: str | None) -> int:
    """The number of the judgement about the link with that id."""
    found = link_named(desk.ledger, name)
    with desk.writing() as ledger:
        return judge_link(ledger, LinkName(found.source.id, found.target.id, found.type), decision, by, note or None)


def place_kinds(wanted: WantedLinks) -> tuple[type, ...]:
    """What a cursor tells of a link: probability, day and row, or day and row."""
    return (float, str, int) if wanted.order is Order.PROBABILITY else (str, int)


def _answer(request: Request, desk: Desk, asked: takes.LinksAsked, wanted: WantedLinks) -> Any:
    return parts_answer(request, asked, place_kinds(wanted), lambda after, limit: links_part(desk.ledger, wanted, after, limit), link_json)
