"""Statements of links -> their words with what stands around them in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, select

from onrecord.find.link_ends import End
from onrecord.record.excerpts import text_of
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents

AROUND = 220  # characters on each side, and of a gap between two parts
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words in a row, and whether they are what was said."""

    words: str
    is_content: bool


def contexts(ledger: Ledger, ends: Iterable[End]) -> dict[str, tuple[Passage, ...]]:
    """For each statement, by its id, its words and those around them, in the order of reading. White space is one blank."""
    with ledger.reading() as connection:
        return contexts_in(connection, ends)


def contexts_in(connection: Connection, ends: Iterable[End]) -> dict[str, tuple[Passage, ...]]:
    """The same from a connection."""
    wanted = {one.id: one for one in ends}
    texts = document_texts(connection, documents.c.key, {one.document_id for one in wanted.values()})
    return {key: tuple(passages(texts[one.document_id], one.content)) for key, one in wanted.items()}


def document_texts(connection: Connection, by: Column[Any], names: Iterable[Any]) -> dict[Any, str]:
    """The texts of the documents that this column names so; blanks where only excerpts are kept."""
    of, found = documents.c, {}
    for some in at_a_time(sorted(names)):
        for row in connection.execute(select(by.label("named"), of.text, of.excerpts, of.length).where(by.in_(some))):
            found[row.named] = row.text if row.text is not None else text_of(row.excerpts or [], row.length)
    return found


def passages(text: str, content: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The words of these spans, of which there is at least one, and those around them; of a long gap between two its two ends."""
    first, last = max(0, content[0][0] - AROUND), min(len(text), content[-1][1] + AROUND)
    before = text[first : content[0][0]]
    yield from _passage("… " + before.partition(" ")[2] if first else before, is_content=False)
    for place, (start, end) in enumerate(content):
        if place:
            gap = text[content[place - 1][1] : start]
            yield from _passage(gap if len(gap) <= 2 * AROUND else f"{gap[:AROUND]} … {gap[-AROUND:]}", is_content=False)
        yield from _passage(text[start:end], is_content=True)
    after = text[content[-1][1] : last]
    yield from _passage(after.rpartition(" ")[0] + " …" if last < len(text) else after, is_content=False)


def _passage(words: str, *, is_content: bool) -> Iterator[Passage]:
    if words := _SPACE.sub(" ", words):
        yield Passage(words, is_content)
