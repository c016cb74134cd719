"""Statements of links -> their words with what stands around them in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from onrecord.find.link_ends import End
from onrecord.record.excerpts import text_of
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time
from onrecord.record.tables import documents

AROUND = 220  # characters on each side
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words in a row, and whether they are what was said."""

    words: str
    is_content: bool


def contexts(ledger: Ledger, ends: Iterable[End]) -> dict[str, tuple[Passage, ...]]:
    """For each statement, by its id, its words and those around them, in the order of reading. White space is one blank."""
    wanted = {one.id: one for one in ends}
    texts: dict[str, str] = {}
    of = documents.c
    with ledger.reading() as connection:
        for some in at_a_time(sorted({one.document_id for one in wanted.values()})):
            for row in connection.execute(select(of.key, of.text, of.excerpts, of.length).where(of.key.in_(some))):
                texts[row.key] = row.text if row.text is not None else text_of(row.excerpts or [], row.length)
    return {key: tuple(passages(texts[one.document_id], one.content)) for key, one in wanted.items()}


def passages(text: str, content: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The words of these spans, of which there is at least one, and those around them."""
    place = first = max(0, content[0][0] - AROUND)
    last = min(len(text), content[-1][1] + AROUND)
    for start, end in content:
        yield from _passage(text[place:start], is_content=False, cut_before=place == first > 0)
        yield from _passage(text[start:end], is_content=True)
        place = end
    yield from _passage(text[place:last], is_content=False, cut_after=last < len(text))


def _passage(words: str, *, is_content: bool, cut_before: bool = False, cut_after: bool = False) -> Iterator[Passage]:
    """One passage without the halves of words at a cut."""
    if cut_before:
        words = "… " + words.partition(" ")[2]
    if cut_after:
        words = words.rpartition(" ")[0] + " …"
    if words := _SPACE.sub(" ", words):
        yield Passage(words, is_content)
