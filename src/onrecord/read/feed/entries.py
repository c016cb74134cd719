"""The entries of a feed, in whatever form it came -> documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.data import Document, Genre, Rejection
from onrecord.errors import ReadError
from onrecord.read.facts import Facts, made
from onrecord.read.files import Found
from onrecord.settings import ReadOptions

_LONGEST_ID = 1000
_GENRES = {
    **dict.fromkeys(
        ("opinion", "opinions", "editorial", "editorials", "op-ed", "commentary", "comment", "viewpoint", "column"), Genre.OPINION
    ),
    **dict.fromkeys(("satire", "parody"), Genre.SATIRE),
}


def entry_documents(entries: Iterable[Facts], found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document an entry, called by its number; an entry without words is rejected.

    Raises:
        ReadError: there are no entries.
    """
    number = 0
    for number, facts in enumerate(entries, 1):
        inside = replace(found, name=f"{found.name}-{number}", place=f"{found.locator}#{_label(facts, number, found)}")
        try:
            yield from made(facts, inside, options)
        except ReadError as error:
            yield Rejection(inside.locator, error.code, f"Entry {number}: {error.message}")
    if not number:
        raise ReadError("The feed has no entries. It may be new, or only describe itself.", code="read.no_entries")


def _label(facts: Facts, number: int, found: Found) -> str:
    """Which entry it is: in a file its number; in a feed on the web, where newer ones push it down, what does not change."""
    if not found.url:
        return str(number)
    told = " ".join((facts.id or facts.url or "").split())
    return told[:_LONGEST_ID] or hashlib.sha256(f"{facts.title}\n{facts.text}".encode("utf8", "replace")).hexdigest()[:16]


def genre_of(categories: Iterable[str]) -> Genre | None:
    """The genre that a publisher's own category names."""
    return next((_GENRES[name] for name in (one.strip().lower() for one in categories) if name in _GENRES), None)
