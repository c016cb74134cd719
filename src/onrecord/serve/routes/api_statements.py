"""Statements, documents and their versions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from onrecord.errors import LedgerError
from onrecord.export.links import telling_json
from onrecord.export.pictures.ties import ties_csv
from onrecord.export.showing import shown_document_json, shown_statement_json
from onrecord.export.versions import version_values
from onrecord.find.ask import ask
from onrecord.find.links import WantedLinks, links
from onrecord.find.question import MOST_ANSWERS, Answer, Question
from onrecord.find.show import ShownDocument, ShownStatement, shown
from onrecord.find.versions import articles
from onrecord.find.wordings import wordings
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.serve import shapes, takes
from onrecord.serve.desk import Desk, DeskHere, Writer
from onrecord.serve.downloads import csv_file
from onrecord.serve.paging import answer, start_of, wants_lines

router = APIRouter(tags=["statements"])


@router.get("/statements", response_model=shapes.Page[Answer])
def search(request: Request, desk: DeskHere, asked: Annotated[takes.SearchAsked, Query()]) -> Any:
    """Statements that answer a question, best first; without words the newest first. 1,000 at most."""
    count = MOST_ANSWERS if wants_lines(request, asked) else min(MOST_ANSWERS, start_of(asked) + asked.limit + 1)
    return answer(request, asked, ask(desk.ledger, question_of(asked, count)), lambda one: one, lambda one: one.id)


@router.get("/statements/{name}", response_model=shapes.ShownStatementShape)
def statement(desk: DeskHere, name: str) -> Any:
    """One statement by its id, or six or more of its first digits."""
    return shown_statement_json(statement_named(desk, name))


@router.get("/statements/{name}/wordings", response_model=list[shapes.TellingShape])
def tellings(desk: DeskHere, name: str) -> Any:
    """How each outlet words the utterance; the fullest wording first."""
    return [telling_json(one) for one in wordings(desk.ledger, name)]


@router.post("/statements/{name}/corrections", status_code=201)
def correction(desk: DeskHere, who: Writer, name: str, given: takes.CorrectionGiven) -> shapes.Judged:
    """Say what is right about a statement."""
    return shapes.Judged(judgement=corrected(desk, who.name, name, given))


@router.get("/documents/{name:path}/versions", response_model=list[shapes.VersionShape])
def versions(desk: DeskHere, name: str) -> Any:
    """The versions of the articles that an id, URL or locator means, and what changed in each."""
    with desk.ledger.reading() as connection:
        return [value for article in articles(connection, name) for value in version_values(article)]


@router.get("/documents/{name:path}/links.csv", tags=["links"], response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def document_links_csv(desk: DeskHere, name: str) -> Response:
    """The links of a document's statements, within it and to others, as a table."""
    found = links(desk.ledger, WantedLinks(document=document_named(desk, name).id))
    return csv_file("links.csv", ties_csv(found))


@router.get("/documents/{name:path}", response_model=shapes.ShownDocumentShape)
def document(desk: DeskHere, name: str) -> Any:
    """One document by its id, URL, locator or name, with its text and its statements."""
    return shown_document_json(document_named(desk, name))


def question_of(asked: takes.QuestionAsked, count: int, *, without_copies: bool = False) -> Question:
    """The question that the wire asks."""
    return Question(
        text=asked.q or None,
        by=asked.by,
        stances=tuple(asked.stance),
        since=asked.since,
        until=asked.until,
        as_of=asked.as_of,
        publisher=asked.publisher,
        limit=count,
        hypothetical=asked.hypothetical,
        without_copies=without_copies,
    )


def statement_named(desk: Desk, name: str) -> ShownStatement:
    """The statement with that id.

    Raises:
        LedgerError: there is none, or several begin so.
    """
    found = shown(desk.ledger, name)
    if isinstance(found, ShownDocument):
        raise LedgerError(f"{name!r} is a document, no statement.", code="ledger.not_found")
    return found


def document_named(desk: Desk, name: str) -> ShownDocument:
    """The document that is called so.

    Raises:
        LedgerError: there is none, or several begin so.
    """
    found = shown(desk.ledger, name)
    if isinstance(found, ShownStatement):
        raise LedgerError(f"{name!r} is a statement, no document.", code="ledger.not_found")
    return found


def corrected(desk: Desk, by: str, name: str, given: takes.CorrectionGiven) -> int:
    """The number of the judgement that keeps the correction."""
    with desk.writing() as ledger:
        if given.not_a_statement:
            return not_a_statement(ledger, name, by, given.note)
        told = given.model_dump(exclude={"not_a_statement", "note"}, mode="json")
        return correct(ledger, name, Changes(**told), by, given.note)
