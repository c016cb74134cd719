"""The sums of speakers are those of the current readings, whatever was added, read anew and removed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.find.invented import COUNCIL, JON, MARA, NEW, add, article, changed

from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.removal import remove
from onrecord.record.tables import tallies
from onrecord.record.tallies import tally_all

FIRST = article("first", "2031-03-01", (MARA, "the bridge is safe"), (MARA, "it holds"), (JON, "the ferry is slow"))
SECOND = article("second", "2031-03-05", (MARA, "the bridge is closed"), (COUNCIL, "it will meet on Friday"))
THIRD = article("third", "2031-03-09", (MARA, "the bridge is open"))


@pytest.fixture
def lesk(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as ledger:
        add(ledger, FIRST, SECOND)
        add(ledger, THIRD)
        yield ledger


def kept(ledger: Ledger) -> set[tuple[object, ...]]:
    with ledger.reading() as connection:
        return {tuple(row) for row in connection.execute(select(tallies))}


def anew(ledger: Ledger) -> set[tuple[object, ...]]:
    """The sums as they are when all are worked out from the readings."""
    with ledger.writing() as connection:
        connection.execute(delete(tallies))
        tally_all(connection)
    return kept(ledger)


def mara(ledger: Ledger, kind: str) -> list[tuple[int, str, str]]:
    return [(row[4], row[5], row[6]) for row in kept(ledger) if row[1:3] == ("mara-quill", kind)]  # type: ignore[misc]


def test_what_is_added_is_summed_up(lesk: Ledger) -> None:
    assert mara(lesk, "name") == [(3, "2031-03-01", "2031-03-09")]
    assert mara(lesk, "said") == [(4, "", "")]
    before = kept(lesk)
    assert anew(lesk) == before


def test_words_that_nobody_said_do_not_count(lesk: Ledger) -> None:
    add(lesk, changed(article("if", "2031-03-11", (MARA, "it would fall")), hypothetical=True))
    assert mara(lesk, "said") == [(4, "", "")]
    before = kept(lesk)
    assert anew(lesk) == before


def test_a_better_reading_counts_instead_of_the_one_before(lesk: Ledger) -> None:
    add(lesk, changed(THIRD, speaker=JON), program=NEW)
    assert mara(lesk, "name") == [(2, "2031-03-01", "2031-03-05")]
    before = kept(lesk)
    assert anew(lesk) == before


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_what_is_removed_does_not_count(lesk: Ledger, name: str) -> None:
    remove(lesk, name, "Ida Brook", "a court order")
    before = kept(lesk)
    assert anew(lesk) == before
    if name == "second":
        assert not any(row[1] == "lesk-council" for row in before)
