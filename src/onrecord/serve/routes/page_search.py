"""Pages: the search, a statement with its wordings, a document with its statements in the text, and its versions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from onrecord.data import SpeakerType, Stance
from onrecord.errors import OnRecordError
from onrecord.export.pictures.ties import document_ties
from onrecord.export.versions import with_the_one_before
from onrecord.find.ask import ask
from onrecord.find.contexts import passages
from onrecord.find.links import WantedLinks, links
from onrecord.find.question import MOST_ANSWERS, Answer
from onrecord.find.show import ShownDocument
from onrecord.find.versions import articles
from onrecord.find.wordings import wordings
from onrecord.link.wording import ChangeKind
from onrecord.record.changes import WordKind, words
from onrecord.serve import takes
from onrecord.serve.desk import Desk, DeskHere, Writer
from onrecord.serve.errors import problem_of
from onrecord.serve.marking import MOST_SHOWN, paragraphs
from onrecord.serve.pages import page, path_part
from onrecord.serve.paging import page as paged
from onrecord.serve.paging import start_of
from onrecord.serve.routes.api_statements import corrected, document_named, question_of, statement_named
from onrecord.serve.routes.forms import told

router = APIRouter()
_A_PAGE = 25


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, until it is answered."""
    async with request.form(max_files=1, max_fields=40) as form:
        yield form


Form = Annotated[FormData, Depends(form_of)]


@router.get("/")
def search(request: Request, desk: DeskHere) -> Response:
    """The statements that answer, with the filters to ask again."""
    found: tuple[Answer, ...] = ()
    following, problem, asked = None, None, takes.SearchAsked()
    try:
        asked = told(takes.SearchAsked, request.query_params).model_copy(update={"limit": _A_PAGE})
        found, following = _answers(desk, asked)
    except OnRecordError as error:
        problem = problem_of(error)
    status = 200 if problem is None else problem.status
    values: dict[str, Any] = {"asked": asked, "given": request.query_params, "stances": list(Stance)}
    return page(request, "search.html", status=status, found=found, following=following, problem=problem, **values)


def _answers(desk: Desk, asked: takes.SearchAsked) -> tuple[tuple[Answer, ...], str | None]:
    count = min(MOST_ANSWERS, start_of(asked) + asked.limit + 1)
    items, following = paged(ask(desk.ledger, question_of(asked, count)), asked, lambda one: one.id)
    return tuple(items), following


@router.get("/statements/{name}")
def statement(request: Request, desk: DeskHere, name: str) -> Response:
    """One statement in its context, with what was read, decided and linked."""
    found = statement_named(desk, name)
    linked = [one for one in links(desk.ledger, WantedLinks(document=found.document_id)) if found.id in (one.source.id, one.target.id)]
    around = list(passages(found.document.text, found.statement.attribution.content))
    values: dict[str, Any] = {"stances": list(Stance), "types": list(SpeakerType), "around": around}
    return page(request, "statement.html", found=found, one=found.statement, linked=linked, **values)


@router.post("/statements/{name}")
def correct(desk: DeskHere, who: Writer, name: str, form: Form) -> Response:
    """Keeps a correction, and shows the statement as it is then."""
    corrected(desk, who.name, name, told(takes.CorrectionGiven, form))
    return RedirectResponse(f"/statements/{path_part(name)}", 303)


@router.get("/statements/{name}/wordings")
def tellings(request: Request, desk: DeskHere, name: str) -> Response:
    """How each outlet words the utterance, word by word."""
    return page(request, "wordings.html", found=wordings(desk.ledger, name), name=name, Kind=ChangeKind)


@router.get("/documents/{name:path}/versions")
def versions(request: Request, desk: DeskHere, name: str) -> Response:
    """How an article changed after it came out."""
    with desk.ledger.reading() as connection:
        found = [(article, list(with_the_one_before(article))) for article in articles(connection, name)]
    return page(request, "versions.html", found=found, compared=words, Kind=WordKind)


@router.get("/documents/{name:path}")
def document(request: Request, desk: DeskHere, name: str) -> Response:
    """One document, with its statements marked in the text."""
    found = document_named(desk, name)
    told_ids = {one.id: key for key, one in found.statements}
    values: dict[str, Any] = {"paragraphs": paragraphs(found.document.text, [one for _, one in found.statements]), "keys": told_ids}
    linked = links(desk.ledger, WantedLinks(document=found.id))
    values["ties"] = document_ties(found, linked)
    is_cut = len(found.document.text) > MOST_SHOWN
    return page(request, "document.html", found=found, linked=linked, is_cut=is_cut, others=_others(desk, found), **values)


def _others(desk: Desk, found: ShownDocument) -> int:
    """How many versions the article has."""
    with desk.ledger.reading() as connection:
        return max((len(one.versions) for one in articles(connection, found.id)), default=1)
