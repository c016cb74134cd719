"""Adding: what is added is read again as it was, twice is once, better supersedes, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from tests.record.invented import MODELS, TEXT, document, record

from onrecord.data import Attribution, Document, QuoteType, Record, Rejection, Span, Speaker, Statement
from onrecord.errors import LedgerError
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.stored import current_statements, record_of_reading
from onrecord.record.tables import documents, readings, rejections, run_ends, runs, statements

OLD, NEW = Program("onrecord 1", MODELS), Program("onrecord 2", MODELS)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened


def count(ledger: Ledger, table: object) -> int:
    with ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def add(ledger: Ledger, *results: Record | Rejection, program: Program = OLD) -> tuple[int, int, int]:
    run = ledger.begin(program, "add news")
    ledger.add(run, results)
    ledger.end(run)
    return run.recorded, run.known, run.rejected


def test_a_record_comes_out_as_it_went_in(ledger: Ledger) -> None:
    add(ledger, record())
    with ledger.reading() as connection:
        assert record_of_reading(connection, 1) == record()


def test_what_two_statements_share_of_their_speaker_is_kept_once_and_read_again_by_both(ledger: Ledger) -> None:
    mentions = (Span(0, 5), Span(9, 14))
    first, second = (replace(one, speaker=replace(record().statements[0].speaker, mentions=mentions)) for one in record().statements)
    both = replace(record(), statements=(first, second))
    add(ledger, both)
    with ledger.reading() as connection:
        kept = connection.execute(select(statements.c.mentions).order_by(statements.c.id)).scalars().all()
        assert record_of_reading(connection, 1) == both
    assert kept == [[[0, 5], [9, 14]], "s1"]


def test_a_document_read_twice_is_one(ledger: Ledger) -> None:
    assert add(ledger, record(), record()) == (1, 1, 0)
    assert add(ledger, record()) == (0, 1, 0)
    assert (count(ledger, documents), count(ledger, statements)) == (1, 2)


def test_a_wire_copy_in_another_paper_is_another_document(ledger: Ledger) -> None:
    copy = record(document(publisher="Hillside Weekly"))
    assert add(ledger, record(), copy, record(document("elsewhere"))) == (3, 0, 0)


def test_a_better_reading_supersedes_and_overwrites_nothing(ledger: Ledger) -> None:
    add(ledger, record())
    better = replace(record(), statements=record().statements[:1], links=())
    assert add(ledger, better, program=NEW) == (1, 0, 0)
    with ledger.reading() as connection:
        assert record_of_reading(connection, 1) == record()
        current = connection.execute(current_statements()).mappings().all()
    assert [(row["reading_id"], row["local_id"]) for row in current] == [(2, "s1")]
    assert count(ledger, documents) == 1


def test_the_same_statement_keeps_its_key_in_a_better_reading(ledger: Ledger) -> None:
    add(ledger, record())
    add(ledger, record(), program=NEW)
    with ledger.reading() as connection:
        keys = connection.execute(select(statements.c.local_id, statements.c.key).order_by(statements.c.id)).all()
    assert keys[:2] == keys[2:]


def test_every_row_says_which_run_and_models_made_it(ledger: Ledger) -> None:
    add(ledger, record())
    with ledger.reading() as connection:
        row = connection.execute(select(readings, runs.c.program, runs.c.command).join(runs)).mappings().one()
        end = connection.execute(select(run_ends)).mappings().one()
    assert (row["models"], row["program"], row["command"]) == (dict(MODELS), "onrecord 1", "add news")
    assert (end["recorded"], end["known"], end["rejected"]) == (1, 0, 0)


def test_rejections_are_kept_and_warnings_do_not_count(ledger: Ledger) -> None:
    bad = Rejection("a.txt", "read.empty", "There is nothing in it.")
    assert add(ledger, bad, replace(bad, warning=True)) == (0, 0, 1)
    assert count(ledger, rejections) == 2


def test_a_batch_is_added_whole_or_not_at_all(ledger: Ledger) -> None:
    run = ledger.begin(OLD, "add news")
    broken = replace(record(document("other")), links=(replace(record().links[0], to_id="s9"),))
    with pytest.raises(KeyError):
        ledger.add(run, [record(), broken])
    assert (count(ledger, documents), run.recorded) == (0, 0)


def test_what_is_read_by_this_program_is_known(ledger: Ledger) -> None:
    add(ledger, record())
    assert ledger.is_read(document(), OLD)
    assert not ledger.is_read(document(), NEW)
    assert not ledger.is_read(document("another"), OLD)


def test_excerpts_keep_the_statements_and_not_the_article(ledger_url: str) -> None:
    filler = "The harbour lay still and nobody walked there. " * 40
    text = filler + TEXT + filler
    moved = Span(text.index("that the ferry"), text.index("that the ferry") + 31)
    quill = Statement("s1", Attribution((), (), (moved,)), QuoteType.INDIRECT, Speaker(None))
    with open_ledger(ledger_url, Options(excerpts=True), create=True) as ledger:
        add(ledger, Record(document(text=text), (quill,), (), (), ()))
        with ledger.reading() as connection:
            row = connection.execute(select(documents)).mappings().one()
            kept = record_of_reading(connection, 1)
    assert row["text"] is None
    assert len(kept.document.text) == len(text)
    assert kept.words((moved,)) == "that the ferry would sail again"
    assert len(kept.document.text.split()) < 60


def test_a_ledger_that_is_not_there_is_not_made_by_asking(tmp_path: object) -> None:
    with pytest.raises(LedgerError, match="There is no ledger"):
        open_ledger(f"{tmp_path}/none.db")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1), st.text(), st.data())
def test_any_text_comes_out_as_long_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    one = Statement("s1", Attribution((), (), (span,)), QuoteType.DIRECT, Speaker(title or None))
    folder = tmp_path_factory.mktemp("any")
    with open_ledger(str(folder / "ledger.db"), create=True) as ledger:
        add(ledger, Record(Document("any", text, title=title), (one,), (), (), ()))
        with ledger.reading() as connection:
            kept = record_of_reading(connection, 1)
    assert len(kept.document.text) == len(text)
    assert kept.statements[0].attribution == one.attribution
