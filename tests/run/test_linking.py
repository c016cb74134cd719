"""New statements are compared with the earlier ones that are alike, once each, and their links are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.record.invented import MODELS, document, person, said, statement
from tests.run.twin import Twin

from onrecord.annotate.meaning import Meaning
from onrecord.data import Record, Stance
from onrecord.find.alike import Reach
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.linkings import not_linked
from onrecord.record.stored import record_of_reading
from onrecord.record.tables import linkings, links, readings
from onrecord.run.linking import LinkOptions, linked

QUILL, BRANDT = person("Mara Quill"), person("Ottmar Brandt")
SOLD = "The harbour board will sell the northern pier this summer."
NOT_SOLD = "The harbour board will not sell the northern pier this summer."


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=Meaning()), create=True) as opened:
        yield opened


def told(words: str, by: Any, name: str, **reading: Any) -> Record:
    """A paper of its own, not another print of one text: under each stands its name."""
    text = f"{words} {name}"
    return said(text, words, by, document(name=name, locator=name, text=text), **reading)


def add(ledger: Ledger, *records: Record, program: str = "one") -> None:
    run = ledger.begin(Program(program), "test")
    ledger.add(run, records)
    ledger.end(run)


def compare(ledger: Ledger, model: Twin, least: float = 0.5) -> list[int]:
    run = ledger.begin(Program("one"), "link")
    return list(linked(ledger, run, LinkOptions(model, min_probability=least)))  # type: ignore[arg-type]


def kept(ledger: Ledger) -> list[tuple[str, float]]:
    with ledger.reading() as connection:
        return [(row.type, round(row.probability, 2)) for row in connection.execute(select(links).order_by(links.c.id))]


def test_a_contradiction_in_another_document_is_found_and_kept(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a", stance=Stance.COMMITS), told(NOT_SOLD, BRANDT, "b", stance=Stance.REFUSES))
    assert compare(ledger, Twin()) == [0, 1]
    assert kept(ledger) == [("contradicts", 0.62)]


def test_what_was_compared_is_not_compared_again(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(NOT_SOLD, BRANDT, "b"))
    compare(ledger, Twin())
    add(ledger, told(SOLD, QUILL, "c"))
    second = Twin()
    assert compare(ledger, second) == [2]
    assert len(second.asked) == 2
    assert compare(ledger, Twin()) == []


def test_a_run_that_was_broken_off_goes_on_with_the_next_reading(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(NOT_SOLD, BRANDT, "b"), told(SOLD, QUILL, "c"))
    run = ledger.begin(Program("one"), "link")
    options = LinkOptions(Twin())  # type: ignore[arg-type]
    broken = linked(ledger, run, options)
    next(broken)
    broken.close()  # type: ignore[attr-defined]
    with ledger.reading() as connection:
        assert len(not_linked(connection, options.digest)) == 2
    compare(ledger, Twin())
    assert sorted(kind for kind, _ in kept(ledger)) == ["contradicts", "contradicts", "repeats"]


def test_another_model_compares_anew_and_its_links_hold(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(NOT_SOLD, BRANDT, "b"))
    compare(ledger, Twin())
    assert compare(ledger, Twin(sha256="another")) == [0, 1]
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(linkings)) == 4


def test_less_probable_links_are_left_out(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(NOT_SOLD, BRANDT, "b"))
    assert compare(ledger, Twin(), least=0.85) == [0, 0]


def test_words_that_nobody_said_are_compared_with_nothing(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(NOT_SOLD, BRANDT, "b", hypothetical=True))
    model = Twin()
    compare(ledger, model)
    assert model.asked == []


def test_other_matters_are_not_compared(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told("Nobody in the choir had slept for three nights.", BRANDT, "b"))
    model = Twin()
    compare(ledger, model)
    assert model.asked == []


def test_a_record_comes_back_as_it_was_added(ledger: Ledger) -> None:
    record = told(NOT_SOLD, BRANDT, "b")
    add(ledger, told(SOLD, QUILL, "a"), record)
    compare(ledger, Twin())
    with ledger.reading() as connection:
        last = connection.scalar(select(func.max(readings.c.id)))
        assert record_of_reading(connection, int(last or 0)).links == record.links


def several(name: str, by: Any, *words: str) -> Record:
    """A document in which one person says all this."""
    text = " ".join(words)
    stated = tuple(statement(one, by, text, number) for number, one in enumerate(words, 1))
    return Record(document(name=name, locator=name, text=text), stated, (), (), (), MODELS)


def test_what_a_document_on_the_same_matter_says_is_looked_at_though_no_word_is_alike(ledger: Ledger) -> None:
    hoist = "Every crane hoists crates at dawn."
    first = several("a", QUILL, SOLD, "The ferry to Lesk sails at nine.", "Nobody asked me.")
    second = several("b", BRANDT, NOT_SOLD, "The ferry to Lesk sails at ten.", hoist)
    away = told("The choir sang in the old granary until midnight.", person("Edda Brisk"), "c")
    add(ledger, away, first, second)
    seen = Twin()
    compare(ledger, seen)
    looked = {frozenset(pair) for pair in seen.glanced}
    assert frozenset((hoist, "Nobody asked me.")) in looked
    assert not any("choir" in words for pair in looked for words in pair)


def test_only_so_many_of_a_statement_are_read_and_none_that_is_hopeless(ledger: Ledger) -> None:
    add(ledger, *(told(NOT_SOLD, BRANDT, f"b{number}") for number in range(5)), told(SOLD, QUILL, "a"))
    model = Twin()
    run = ledger.begin(Program("one"), "link")
    list(linked(ledger, run, LinkOptions(model, replace(Reach(), compared=2))))  # type: ignore[arg-type]
    assert sum(SOLD in pair for pair in model.asked) == 2
