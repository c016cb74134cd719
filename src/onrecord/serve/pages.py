"""Values -> pages: the templates, and what they need to show words that nobody can be trusted to have written well.

Everything is escaped where it is printed; words of documents are set apart (`bdi`), so that their direction reaches no further.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from onrecord.export import pictures
from onrecord.serve.desk import who_of
from onrecord.serve.errors import PROBLEM, Problem

_QUOTES = ("“", '"', "‘", "'", "«", "„")


@cache
def templates() -> Environment:
    """The templates; a name that is not given is an error."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("onrecord.serve"), pictures.loader()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"web": web_address, "plain": plain, "day": shown_day, "percent": percent, "path": path_part}
    made.tests |= {"quoted": is_quoted}
    made.globals |= {"query": query, "leads_on": True}
    return made


def page(request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
    """The page."""
    given = {"who": who_of(request), "here": request.url.path, "address": _address(request), **values}
    return HTMLResponse(templates().get_template(template).render(given).encode("utf8", "replace"), status, headers)


def problem_response(request: Request, problem: Problem) -> Response:
    """Why there is no answer: a page for people, problem+json for programs."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "*/*").replace("*/*", "text/html"):
        return JSONResponse(problem.value(), problem.status, problem.headers, media_type=PROBLEM)
    return page(request, "problem.html", status=problem.status, headers=problem.headers, problem=problem)


def web_address(value: str | None) -> str | None:
    """The address if it is one of the web, else null: nothing else becomes a link."""
    try:
        parts = urlsplit(value or "")
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.netloc else None


def is_quoted(words: object) -> bool:
    """Whether the words bring a quotation mark of their own at the beginning."""
    return str(words).startswith(_QUOTES)


def plain(value: object) -> str:
    """`leaves_open` in words."""
    return str(value).replace("_", " ")


def shown_day(one: Any) -> str:
    """The day of a saying as it was told, in brackets where only the day of the document is known."""
    return one.said_on if one.said_on and getattr(one, "day_is_known", True) else f"[{one.day}]"


def percent(value: float) -> str:
    """A probability as people read it."""
    return f"{round(value * 100)}%"


def path_part(value: object) -> str:
    """The value as one part of an address."""
    return quote(str(value), safe="")


def query(**values: Any) -> str:
    """A query string of what is given."""
    told = {name: value for name, value in values.items() if value not in (None, "", [], False, ())}
    return f"?{urlencode(told, doseq=True)}" if told else ""


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
