"""What a merge, a split and an undoing may not be, and that each is a run of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from tests.find.invented import COUNCIL, JON, MARA, add, article, key_of

from onrecord.errors import LedgerError, RunError, UsageError
from onrecord.record.corrections import not_a_statement
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.speakers import merge, split, undo
from onrecord.record.tables import judgements, run_ends, runs, statements

PAPER = article("first", "2031-03-01", (MARA, "the bridge is safe"), (JON, "the ferry is slow"))
OTHER = article("second", "2031-03-05", (COUNCIL, "it will meet on Friday"))
IDA = "Ida Brook"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        add(opened, PAPER, OTHER)
        yield opened


def refused(ledger: Ledger, error: RunError, code: str) -> None:
    """The code is right, and nothing at all was written."""
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(judgements)) == 0
        assert connection.scalar(select(func.count()).select_from(runs)) == 1
    assert error.code == code


@pytest.mark.parametrize(
    ("key", "into", "by", "code"),
    [
        ("mara-quill", "mara-quill", IDA, "usage.bad_judgement"),
        ("mara-quill", "ada-brook", IDA, "ledger.not_found"),
        ("ada-brook", "mara-quill", IDA, "ledger.not_found"),
        ("Mara Quill", "jon-quill", IDA, "ledger.not_found"),
        ("mara-quill", "jon-quill", " ", "usage.bad_judgement"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(ledger: Ledger, key: str, into: str, by: str, code: str) -> None:
    with pytest.raises(RunError) as caught:
        merge(ledger, key, into, by)
    refused(ledger, caught.value, code)


@pytest.mark.parametrize(
    ("key", "of", "into", "code"),
    [
        ("mara-quill", [key_of(PAPER)], "mara-quill", "usage.bad_judgement"),
        ("mara-quill", [key_of(PAPER)], "Mara Quill!", "usage.bad_judgement"),
        ("mara-quill", [key_of(PAPER)], "", "usage.bad_judgement"),
        ("mara-quill", [], "mara-quill-2", "usage.bad_judgement"),
        ("mara-quill", [key_of(OTHER)], "mara-quill-2", "usage.bad_judgement"),
        ("mara-quill", ["0" * 32], "mara-quill-2", "ledger.not_found"),
        ("ada-brook", [key_of(PAPER)], "mara-quill-2", "ledger.not_found"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(ledger: Ledger, key: str, of: list[str], into: str, code: str) -> None:
    with pytest.raises(RunError) as caught:
        split(ledger, key, of, into, IDA)
    refused(ledger, caught.value, code)


def test_merges_in_a_circle_are_refused(ledger: Ledger) -> None:
    merge(ledger, "mara-quill", "jon-quill", IDA)
    merge(ledger, "jon-quill", "lesk-council", IDA)
    for key, into in (("lesk-council", "mara-quill"), ("jon-quill", "mara-quill"), ("mara-quill", "lesk-council")):
        with pytest.raises(UsageError, match="are one already"):
            merge(ledger, key, into, IDA)


def test_a_split_into_a_speaker_who_was_merged_is_refused(ledger: Ledger) -> None:
    merge(ledger, "jon-quill", "mara-quill", IDA)
    with pytest.raises(UsageError, match="is mara-quill itself"):
        split(ledger, "mara-quill", [key_of(PAPER)], "jon-quill", IDA)


def test_undoing_is_for_merges_and_splits_that_hold(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="No merge or split has the number 7"):
        undo(ledger, 7, IDA)
    with ledger.reading() as connection:
        key = connection.scalar(select(statements.c.key).limit(1))
    with pytest.raises(LedgerError, match="No merge or split"):
        undo(ledger, not_a_statement(ledger, str(key), IDA), IDA)
    number = merge(ledger, "mara-quill", "jon-quill", IDA)
    undo(ledger, number, IDA)
    with pytest.raises(UsageError, match="undone before"):
        undo(ledger, number, IDA)
    assert merge(ledger, "mara-quill", "jon-quill", IDA) > number


def test_undoing_one_merge_leaves_the_others(ledger: Ledger) -> None:
    first = merge(ledger, "mara-quill", "jon-quill", IDA)
    merge(ledger, "jon-quill", "lesk-council", IDA)
    undo(ledger, first, IDA)
    with ledger.reading() as connection:
        known = judged(connection)
    assert (known.speaker("mara-quill"), known.speaker("jon-quill")) == ("mara-quill", "lesk-council")


def test_every_judgement_is_a_run_of_its_own_with_a_name(ledger: Ledger) -> None:
    number = merge(ledger, "mara-quill", "jon-quill", IDA, "one column")
    with ledger.reading() as connection:
        asked = select(runs.c.command, runs.c.made_by, judgements.c.note, run_ends.c.ended_at).join_from(judgements, runs).join(run_ends)
        row = connection.execute(asked.where(judgements.c.id == number)).one()
    assert row[:3] == ("people merge mara-quill jon-quill", IDA, "one column")
    assert row[3]


def test_who_is_asked_for_by_a_merged_key_is_found_under_every_raw_key(ledger: Ledger) -> None:
    merge(ledger, "mara-quill", "jon-quill", IDA)
    split(ledger, "jon-quill", [key_of(PAPER)], "ada-quill", IDA)
    with ledger.reading() as connection:
        known = judged(connection)
    assert known.raw_keys("ada-quill") == {"ada-quill", "jon-quill", "mara-quill"}
    assert known.raw_keys("mara-quill") == {"jon-quill", "mara-quill"}
    assert known.raw_keys("lesk-council") == {"lesk-council"}
