"""Many answers -> a page of them with a cursor to the next, or all of them as a stream of lines.

A cursor names the last answer that was given and its place: where answers came or went in between, none is given twice or left out as
long as that one is still there. Where the ledger is read a part at a time (`parts_answer`), the cursor is the place itself.
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
from onrecord.find.parts import Part, Place
from onrecord.serve.shapes import Page
from onrecord.serve.takes import Paged

JSON_LINES = "application/jsonl"
_ACCEPTED = (JSON_LINES, "application/x-ndjson", "application/x-jsonlines")
_DEEPEST = 10_000_000
_HIGHEST = 2**53
_LINES_AT_ONCE = 500
Kinds = tuple[type, ...]
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


def parts_answer(
    request: Request, asked: Paged, kinds: Kinds, part_of: Callable[[Place | None, int], Part[Item]], value: Callable[[Item], Any]
) -> Page[Any] | StreamingResponse:
    """A page, or a line for every answer; `part_of` gives the answers after a place, whose values are of these kinds."""
    if wants_lines(request, asked):
        first = part_of(None, _LINES_AT_ONCE)
        return StreamingResponse(_all_lines(first, part_of, value) if not is_head(request) else iter(()), media_type=JSON_LINES)
    found = part_of(place_told(asked, *kinds), asked.limit)
    return Page[Any](items=[value(one) for one in found.items], next=place_cursor(found.following))


def place_told(asked: Paged, *kinds: type) -> Place | None:
    """The place that the cursor names.

    Raises:
        ServeError: it is none that was given out here.
    """
    if asked.cursor is None:
        return None
    given = _decoded(asked.cursor)
    if isinstance(given, list) and len(given) == len(kinds) and all(map(_is_of, given, kinds)):
        return tuple(given)
    raise _no_cursor()


def place_cursor(place: Place | None) -> str | None:
    """The cursor that names it."""
    return None if place is None else _encoded(list(place))


def _all_lines(first: Part[Item], part_of: Callable[[Place | None, int], Part[Item]], value: Callable[[Item], Any]) -> Iterator[bytes]:
    found = first
    while True:
        yield from _lines(value(one) for one in found.items)
        if found.following is None:
            return
        found = part_of(found.following, _LINES_AT_ONCE)


def _is_of(value: object, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str) and value.isprintable()
    return type(value) is kind and -_HIGHEST < value < _HIGHEST  # type: ignore[operator]  # numbers, none of them infinite


def is_head(request: Request) -> bool:
    """Whether only the headers of the answer are wanted."""
    return bool(request.scope.get("head"))


def wants_lines(request: Request, asked: Paged) -> bool:
    """Whether all answers are wanted, one a line."""
    return asked.format == "jsonl" or (asked.format is None and any(kind in request.headers.get("accept", "") for kind in _ACCEPTED))


def _lines(values: Iterable[Any]) -> Iterator[bytes]:
    return (to_line(jsonable_encoder(value)) for value in values)


def _name(key: object) -> str:
    return str(key)[:120]


def _cursor(place: int, last: str) -> str:
    return _encoded([place, last])


def _told(cursor: str) -> tuple[int, str]:
    given = _decoded(cursor)
    if isinstance(given, list) and len(given) == 2:
        place, last = given
        if type(place) is int and 0 < place < _DEEPEST and isinstance(last, str):
            return place, last
    raise _no_cursor()


def _encoded(value: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _decoded(cursor: str) -> Any:
    try:
        return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None


def _no_cursor() -> ServeError:
    return ServeError("The cursor is none that was given out: ask again without one.", code="serve.bad_cursor")
