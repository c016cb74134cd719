"""Invented papers in each of which somebody says something, and whom a ledger takes for its speaker."""

from __future__ import annotations

import itertools

from tests.find.invented import article, key_of
from tests.record.invented import person

from onrecord.data import Record, Speaker, SpeakerType
from onrecord.find.ask import ask
from onrecord.find.question import Question
from onrecord.record.ledger import Ledger
from onrecord.resolve.keys import slug

_numbers = itertools.count(1)


def says(name: str, day: str = "2031-03-01", role: str | None = None, **others: str) -> Record:
    """An article of its own in which somebody says something."""
    number = next(_numbers)
    return article(f"paper-{number}", day, (person(name, slug(name), role), f"word {number} is out"), **others)


def body(name: str, **others: str) -> Record:
    number = next(_numbers)
    speaker = Speaker(name, SpeakerType.ORGANISATION, None, slug(name))
    return article(f"paper-{number}", "2031-03-01", (speaker, f"word {number} is out"), **others)


def meant(ledger: Ledger, record: Record) -> str:
    """The key of the document's speaker, as everything that finds by speaker has it."""
    shown = {one.speaker_key for one in ask(ledger, Question(limit=500)) if one.document_id == key_of(record)}
    assert len(shown) == 1
    return str(shown.pop())


def several(name: str, number: int, **others: str) -> list[Record]:
    return [says(name, **others) for _ in range(number)]
