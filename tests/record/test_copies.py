"""Which documents are copies of which earlier ones: found by look-up, whatever the order in which they come, and gone with the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import delete, event, select
from tests.record.invented import MODELS, document, person, said
from tests.record.wires import AGAINST, COURIER, EVENING, MIRROR, OTHER_STORY, PRINTS, REVISED, UPDATE, WEEKLY, WHOLE, paper

from onrecord.data import Record
from onrecord.record.backup import backup, restore
from onrecord.record.copies import story, unsigned
from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.removal import remove
from onrecord.record.tables import documents
from onrecord.run.copied import sign_rest


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened


def add(ledger: Ledger, *records: Record) -> None:
    run = ledger.begin(Program("onrecord 1", MODELS), "add")
    ledger.add(run, records)
    ledger.end(run)


def told(ledger: Ledger) -> dict[tuple[str, str], float]:
    """{(copy, of which): share} by names."""
    with ledger.reading() as connection:
        names = {row.id: row.name for row in connection.execute(select(documents.c.id, documents.c.name))}
        found = connection.execute(select(copies).order_by(copies.c.id)).mappings().all()
        return {(names[row["document_id"]], names[row["of_id"]]): round(row["share"], 2) for row in found}


def stories(ledger: Ledger) -> set[frozenset[str]]:
    with ledger.reading() as connection:
        names = {row.id: row.name for row in connection.execute(select(documents.c.id, documents.c.name))}
        return {frozenset(names[one] for one in story(connection, number)) for number in names}


ALL = frozenset(one.document.name for one in PRINTS)
APART = {frozenset({UPDATE.document.name}), frozenset({AGAINST.document.name})}


def test_whole_and_cut_prints_under_any_headline_are_copies_and_other_stories_are_not(ledger: Ledger) -> None:
    add(ledger, *PRINTS, UPDATE, AGAINST)
    found = told(ledger)
    assert {of for _, of in found} == {"courier-03-10"}
    assert found["weekly-03-11", "courier-03-10"] == 1.0
    assert found["mirror-03-12", "courier-03-10"] == 1.0
    assert 0.7 <= found["evening-03-13", "courier-03-10"] < 1.0
    assert stories(ledger) == {ALL, *APART}


@pytest.mark.parametrize("order", list(permutations((COURIER, WEEKLY, MIRROR))))
def test_the_order_in_which_they_come_does_not_matter(tmp_path: Path, order: tuple[Record, ...]) -> None:
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        add(ledger, AGAINST)
        for one in order:
            add(ledger, one)
        assert stories(ledger) == {ALL - {"evening-03-13"}, frozenset({"voice-03-14"})}
        assert all(later[-5:] > earlier[-5:] for later, earlier in told(ledger))


def test_what_came_later_and_was_published_earlier_is_the_original(ledger: Ledger) -> None:
    add(ledger, WEEKLY)
    add(ledger, COURIER)
    assert list(told(ledger)) == [("weekly-03-11", "courier-03-10")]


def test_tiny_documents_are_copies_only_where_all_their_words_are_the_same(ledger: Ledger) -> None:
    words = "The ferry to Brenn sails again on Friday, the harbour office said."
    texts = {"a": words, "b": words.upper(), "c": words + " It rained.", "d": "Live from Lesk", "e": "Live from Lesk"}
    add(ledger, *(said(text, text, person("Otto Lind"), document(name, text, publisher=name)) for name, text in texts.items()))
    assert told(ledger) == {("b", "a"): 1.0}


def test_of_one_outlet_more_is_asked_for(ledger: Ledger) -> None:
    mixed = " ".join((*WHOLE.split()[:90], *REVISED.split()[-25:]))
    add(ledger, WEEKLY, paper("Weekly", "2031-03-12", mixed), paper("Mirror", "2031-03-12", mixed))
    assert told(ledger)["mirror-03-12", "weekly-03-11"] == pytest.approx(0.78, abs=0.02)
    assert ("weekly-03-12", "weekly-03-11") not in told(ledger)


def test_excerpts_of_copies_are_compared_as_far_as_they_are_kept(ledger_url: str) -> None:
    with open_ledger(ledger_url, Options(excerpts=True), create=True) as ledger:
        add(ledger, *PRINTS, AGAINST)
        assert ALL in stories(ledger)


def test_the_copies_of_a_new_document_are_looked_up_and_no_other_text_is_read(ledger: Ledger) -> None:
    others = [paper("Voice", f"2031-04-{day:02}", " ".join(f"{word}{day}" for word in WHOLE.split())) for day in range(1, 29)]
    add(ledger, COURIER, *others)
    asked: list[str] = []
    event.listen(ledger.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    add(ledger, WEEKLY)
    texts = [one for one in asked if "documents.text" in one and one.lstrip().startswith("SELECT")]
    assert told(ledger) == {("weekly-03-11", "courier-03-10"): 1.0}
    assert len(texts) <= 4


def test_of_a_story_that_all_print_one_text_is_read_and_the_story_is_not_walked(ledger: Ledger) -> None:
    prints = [paper(f"Print{number}", "2031-03-11", WHOLE) for number in range(30)]
    add(ledger, COURIER, *prints)
    asked: list[str] = []
    event.listen(ledger.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    add(ledger, EVENING)
    selects = [one for one in asked if one.lstrip().startswith("SELECT")]
    assert len([one for one in selects if "documents.text" in one]) == 2  # its own, and the courier's
    assert len([one for one in selects if "FROM copies" in one]) <= 2
    assert told(ledger)["evening-03-13", "courier-03-10"] >= 0.7


def test_a_document_that_is_a_copy_of_two_stories_is_told_of_each(ledger: Ledger) -> None:
    both = paper("Evening", "2031-03-15", f"{WHOLE}\n\n{OTHER_STORY}")
    add(ledger, COURIER, WEEKLY, AGAINST, both)
    found = {of for copy, of in told(ledger) if copy == "evening-03-15"}
    assert found == {"courier-03-10", "voice-03-14"}
    add(ledger, paper("Herald", "2031-03-16", f"{WHOLE}\n\n{OTHER_STORY}"))
    assert {of for copy, of in told(ledger) if copy == "herald-03-16"} == {"courier-03-10"}


def test_what_was_added_before_there_were_signatures_gets_them_later(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY, AGAINST)
    with ledger.writing() as connection:
        for table in (copies, bands, signatures):
            connection.execute(delete(table))
    run = ledger.begin(Program("onrecord 1", MODELS), "link")
    sign_rest(ledger, run)
    assert told(ledger) == {("weekly-03-11", "courier-03-10"): 1.0}
    with ledger.reading() as connection:
        assert unsigned(connection, 10) == []


def test_a_document_that_is_read_again_gets_its_signature(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY)
    with ledger.writing() as connection:
        for table in (copies, bands, signatures):
            connection.execute(delete(table))
    run = ledger.begin(Program("onrecord 2", MODELS), "reread")
    ledger.add(run, [COURIER, WEEKLY])
    assert told(ledger) == {("weekly-03-11", "courier-03-10"): 1.0}


def test_with_the_original_removed_the_others_are_copies_of_one_another(ledger: Ledger) -> None:
    add(ledger, *PRINTS)
    remove(ledger, "news/courier-03-10.txt", "Ida Brook", "asked for")
    assert stories(ledger) == {ALL - {"courier-03-10"}}
    assert {of for _, of in told(ledger)} == {"weekly-03-11"}
    with ledger.reading() as connection:
        for table in (bands, signatures):
            assert set(connection.scalars(select(table.c.document_id))) == set(connection.scalars(select(documents.c.id)))


def test_a_backup_carries_them(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, *PRINTS, EVENING)
    backup(ledger.where, tmp_path / "kept.db")
    restore(tmp_path / "kept.db", str(tmp_path / "again.db"))
    with open_ledger(str(tmp_path / "again.db")) as again:
        assert told(again) == told(ledger)
        add(again, replace(MIRROR, document=replace(MIRROR.document, name="late", locator="late", publisher="Hillside Late")))
        assert ("late", "courier-03-10") in told(again)
