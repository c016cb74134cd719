"""Many answers -> a page of them with a cursor to the next, or all of them as a stream of lines.

A cursor names the last answer that was given and its place: where answers came or went in between, none is given twice or left out as
long as that one is still there.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import StreamingResponse

from onrecord.errors import ServeError
from onrecord.export.jsonl import to_line
from onrecord.serve.shapes import Page
from onrecord.serve.takes import Paged

JSON_LINES = "application/jsonl"
_ACCEPTED = (JSON_LINES, "application/x-ndjson", "application/x-jsonlines")
_DEEPEST = 10_000_000
Item = TypeVar("Item")


def start_of(asked: Paged) -> int:
    """At which place the page begins, as far as the cursor knows."""
    return 0 if asked.cursor is None else _told(asked.cursor)[0]


def page(found: Sequence[Item], asked: Paged, key: Callable[[Item], object]) -> tuple[Sequence[Item], str | None]:
    """The answers of the page, and the cursor of the next one.

    Args:
        found: all answers, or the first ones down to one more than the page needs.
        asked: how many, from where.
        key: what names an answer.

    Raises:
        ServeError: the cursor is none.
    """
    start = 0
    if asked.cursor is not None:
        start, last = _told(asked.cursor)
        is_there = start <= len(found) and start > 0 and _name(key(found[start - 1])) == last
        if not is_there:
            start = next((place for place, one in enumerate(found, 1) if _name(key(one)) == last), start)
    items = found[start : start + asked.limit]
    more = start + asked.limit < len(found)
    return items, _cursor(start + len(items), _name(key(items[-1]))) if more and items else None


def answer(
    request: Request, asked: Paged, found: Sequence[Item], value: Callable[[Item], Any], key: Callable[[Item], object]
) -> Page[Any] | StreamingResponse:
    """A page, or a line for every answer where that is asked for."""
    if wants_lines(request, asked):
        return StreamingResponse(_lines(value(one) for one in found), media_type=JSON_LINES)
    items, following = page(found, asked, key)
    return Page[Any](items=[value(one) for one in items], next=following)


def wants_lines(request: Request, asked: Paged) -> bool:
    """Whether all answers are wanted, one a line."""
    return asked.format == "jsonl" or (asked.format is None and any(kind in request.headers.get("accept", "") for kind in _ACCEPTED))


def _lines(values: Iterable[Any]) -> Iterator[bytes]:
    return (to_line(jsonable_encoder(value)) for value in values)


def _name(key: object) -> str:
    return str(key)[:120]


def _cursor(place: int, last: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([place, last]).encode()).decode().rstrip("=")


def _told(cursor: str) -> tuple[int, str]:
    try:
        place, last = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
        if type(place) is int and 0 < place < _DEEPEST and isinstance(last, str):
            return place, last
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise ServeError("The cursor is none that was given out: ask again without one.", code="serve.bad_cursor")
