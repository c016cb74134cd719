"""New statements are compared with the earlier ones that are alike, once each, and their links are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select
from tests.record.invented import MODELS, document, person, said, statement
from tests.run.twin import Twin

from onrecord.annotate.meaning import Meaning
from onrecord.data import Record, Span, Stance
from onrecord.errors import LedgerError
from onrecord.find.alike import Reach
from onrecord.record.abandoned import Work, doing
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.linkings import not_linked
from onrecord.record.stored import record_of_reading
from onrecord.record.tables import documents, linkings, links, readings, statements
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


def test_what_one_run_has_read_is_compared_with_all_while_the_rest_waits(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a"), told(SOLD, QUILL, "b"))
    mine = ledger.begin(Program("one"), "serve: pasted")
    ledger.add(mine, [told(NOT_SOLD, BRANDT, "c")])
    options = LinkOptions(Twin())  # type: ignore[arg-type]
    assert list(linked(ledger, ledger.begin(Program("one"), "link"), options, made_by=mine)) == [2]
    with ledger.reading() as connection:
        assert len(not_linked(connection, options.digest)) == 2
    assert compare(ledger, Twin()) == [0, 1]


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


def answer(cue: str, words: str, by: Any, day: str, **reading: Any) -> Record:
    """A paper of that day in which somebody answers with that cue."""
    text = f"{by.name} {cue} {words}."
    at = len(by.name) + 1
    of = document(name=day, locator=day, text=text, creation_time=day, publisher="Brenn Echo")
    one = statement(words, by, text, 1)
    attribution = replace(one.attribution, cue=(Span(at, at + len(cue)),))
    one = replace(one, attribution=attribution, said_on=None, reading=replace(one.reading, **reading))
    return Record(of, (one,), (), (), (), MODELS)


class Blank(Twin):
    """A pair model to which nothing has to do with anything."""

    def glances(self, pairs: Any) -> Any:
        return np.log(np.full((len(pairs), 3), [0.99, 0.005, 0.005], np.float32))

    def chances(self, pairs: Any, glances: Any = None) -> Any:  # noqa: ARG002  # as the model has it
        return np.full((len(pairs), 3), [0.98, 0.01, 0.01], np.float32)


FIRST = "2031-03-10"
DENIED = "Mara Quill's claim that the harbour board will sell the northern pier"


def reported(ledger: Ledger) -> list[tuple[str, str, str]]:
    with ledger.reading() as connection:
        rows = connection.execute(select(links).where(links.c.linking_id.is_not(None))).mappings()
        told = connection.execute(select(statements.c.id, documents.c.text).join_from(statements, documents))
        texts = {row.id: row.text for row in told}
        return [(row["type"], row["basis"], texts[row["from_id"]][slice(*row["evidence"][0])]) for row in rows]


def test_an_answer_to_words_of_another_document_is_found_with_the_words_that_say_so(ledger: Ledger) -> None:
    add(ledger, answer("said", "the harbour board will sell the northern pier", QUILL, FIRST))
    add(ledger, answer("flatly denied", DENIED, BRANDT, "2031-03-12", stance=Stance.DENIES))
    compare(ledger, Blank())
    assert reported(ledger) == [("denies", "reported", "denied")]


def test_an_answer_is_found_though_what_it_answers_is_added_later_and_many_stand_nearer(ledger: Ledger) -> None:
    add(ledger, answer("flatly denied", DENIED, BRANDT, "2031-03-12", stance=Stance.DENIES))
    others = [answer("said", f"{DENIED} is of no use to {name}", person(name), "2031-03-11") for name in ("Edda Brisk", "Otto Lind")]
    add(ledger, *others, answer("said", "the board will sell the pier in the north", QUILL, FIRST))
    run = ledger.begin(Program("one"), "link")
    list(linked(ledger, run, LinkOptions(Blank(), replace(Reach(), nearest=1))))  # type: ignore[arg-type]
    assert ("denies", "reported", "denied") in reported(ledger)


def test_an_answer_to_nobody_who_is_named_is_left_to_what_the_contents_tell(ledger: Ledger) -> None:
    add(ledger, answer("said", "the harbour board will sell the northern pier", QUILL, FIRST))
    add(ledger, answer("denied", "that the harbour board will sell the northern pier", BRANDT, "2031-03-12", stance=Stance.DENIES))
    compare(ledger, Blank())
    assert reported(ledger) == []


def test_comparing_for_somebody_who_is_gone_stops_and_the_next_call_ends_it(ledger: Ledger) -> None:
    add(ledger, told(SOLD, QUILL, "a", stance=Stance.COMMITS), told(NOT_SOLD, BRANDT, "b", stance=Stance.REFUSES))
    run, work = ledger.begin(Program("one"), "link"), Work()
    with doing(work):
        found = iter(linked(ledger, run, LinkOptions(Twin())))  # type: ignore[arg-type]
        assert next(found) == 0
        work.stop()
        with pytest.raises(LedgerError) as failed:
            next(found)
    assert failed.value.code == "ledger.abandoned"
    assert compare(ledger, Twin()) == [1]
