"""Fault: the clock of the machine is set back between two runs, and during one. What came later still counts as later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Stance
from onrecord.find.ask import ask
from onrecord.find.question import Question
from onrecord.find.versions import articles
from onrecord.record import stored
from onrecord.record.corrections import Changes, correct
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.tables import readings
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions

NOON = datetime(2031, 3, 12, 12, tzinfo=UTC)
OPTIONS = AddOptions(RunOptions(make_reader=FakeReader))
OLD, NEW = Program("onrecord old", (("tagger", "0" * 64),)), Program("onrecord new", (("tagger", "1" * 64),))


class Clock(datetime):
    """Each time it is asked, an hour less than the time before."""

    instant = NOON

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:  # noqa: ARG003  # as datetime has it
        cls.instant -= timedelta(hours=1)
        return cls.fromisoformat(cls.instant.isoformat())


@pytest.fixture(autouse=True)
def backwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The one place that gives the ledger its instants has a clock that goes backwards."""
    Clock.instant = NOON
    monkeypatch.setattr(stored, "datetime", Clock)
    yield
    assert Clock.instant < NOON  # it was asked


def papers(words: str, count: int = 20) -> list[Document]:
    return [
        Document(f"d{n}", f"Mara Quill said berth {n} {words}.", at := f"https://lesk.example/{n}", url=at, creation_time="2031-03-10")
        for n in range(count)
    ]


def add(ledger: Ledger, program: Program, documents: list[Document]) -> None:
    added(documents, ledger, ledger.begin(program, "add"), OPTIONS)


def test_a_later_reading_supersedes_an_earlier_one_though_the_clock_says_otherwise(
    ledger_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Told
) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        add(ledger, OLD, papers("is shut"))
        add(ledger, NEW, papers("is shut"))
        add(ledger, NEW, papers("is open again"))
        with ledger.reading() as connection:
            made = connection.execute(select(readings.c.id, readings.c.supersedes, readings.c.made_at).order_by(readings.c.id)).all()
            (article,) = articles(connection, "https://lesk.example/7")
    assert [row.made_at for row in made] == sorted((row.made_at for row in made), reverse=True)
    assert [row.supersedes for row in made] == [*[None] * 20, *(row.id for row in made[:20]), *[None] * 20]
    assert [one.record.document.text for one in article.versions] == [
        "Mara Quill said berth 7 is shut.",
        "Mara Quill said berth 7 is open again.",
    ]
    monkeypatch.setattr(stored, "datetime", datetime)
    with open_ledger(str(tmp_path / "whole.db"), create=True) as ledger:
        add(ledger, OLD, papers("is shut"))
        add(ledger, NEW, papers("is shut"))
        add(ledger, NEW, papers("is open again"))
    nothing_lost(
        record_property, ledger_url, held_in(tmp_path / "whole.db"), "clock set back", "an hour at every look, in and between three runs"
    )


def test_the_last_correction_holds_though_the_clock_says_that_it_was_the_first(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        add(ledger, OLD, papers("is shut", 1))
        (one,) = ask(ledger, Question())
        for stance in (Stance.DENIES, Stance.COMMITS, Stance.REFUSES):
            correct(ledger, one.id, Changes(stance=stance), "Ida Brook")
        (now,) = ask(ledger, Question())
    assert now.stance == Stance.REFUSES
