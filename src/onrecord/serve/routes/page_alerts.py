"""Pages: saved searches, what is new of each, and its feed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.export.alerts import asked_words, counted
from onrecord.export.atom import MEDIA_TYPE, feed
from onrecord.find.alerts import Alert, alert_with_key, alerts, feed_alert
from onrecord.find.contexts import contexts
from onrecord.serve import takes
from onrecord.serve.desk import DeskHere, Writer
from onrecord.serve.pages import page, query
from onrecord.serve.paging import page as paged
from onrecord.serve.routes.api_alerts import marked, saved, stopped
from onrecord.serve.routes.forms import told
from onrecord.serve.routes.page_search import Form

router = APIRouter()
_SHOWN = 200  # of each kind on the page of one search


@router.get("/alerts")
def all_alerts(request: Request, desk: DeskHere) -> Response:
    """The saved searches, with how much is new of each."""
    asked = told(takes.AlertsAsked, request.query_params)
    found, following = paged(alerts(desk.ledger, asked.made_by), asked, lambda one: one.search.key)
    values: dict[str, Any] = {"asked_words": asked_words, "counted": counted, "search": _search_address, "given": request.query_params}
    return page(request, "alerts.html", found=found, following=following, **values)


@router.post("/alerts")
def new_alert(desk: DeskHere, who: Writer, form: Form) -> Response:
    """Saves a search, and shows all."""
    saved(desk, who, told(takes.AlertGiven, form))
    return RedirectResponse("/alerts", 303)


@router.get("/alerts/{key}.atom")
def alert_feed(request: Request, desk: DeskHere, key: str) -> Response:
    """The feed of a saved search (Atom)."""
    found = feed(feed_alert(desk.ledger, key), str(request.base_url).rstrip("/"))
    return Response(found, media_type=f"{MEDIA_TYPE}; charset=utf-8")


@router.get("/alerts/{key}")
def alert(request: Request, desk: DeskHere, key: str) -> Response:
    """What is new of one saved search."""
    found = alert_with_key(desk.ledger, key)
    said, met = found.news.statements[:_SHOWN], found.news.conflicts[:_SHOWN]
    around = contexts(desk.ledger, (end for one in met for end in (one.link.source, one.link.target)))
    values: dict[str, Any] = {"asked_words": asked_words(found.question), "counted": counted(found), "search": _search_address(found)}
    return page(request, "alert.html", one=found, said=said, met=met, around=around, **values)


@router.post("/alerts/{key}/seen")
def seen(desk: DeskHere, who: Writer, key: str, form: Form) -> Response:
    """Keeps up to where a search is seen, and shows all."""
    marked(desk, who, key, told(takes.SeenGiven, form))
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/{key}/end")
def ended(desk: DeskHere, who: Writer, key: str) -> Response:
    """Ends a saved search, and shows the others."""
    stopped(desk, who, key)
    return RedirectResponse("/alerts", 303)


def _search_address(one: Alert) -> str:
    """Where the search is run again."""
    asked = one.question
    flag = "true" if asked.hypothetical else ""
    told_days = {"since": asked.since, "until": asked.until, "as_of": asked.as_of}
    stances = [str(stance) for stance in asked.stances]
    return "/" + query(q=asked.words, by=asked.by, publisher=asked.publisher, stance=stances, hypothetical=flag, **told_days)
