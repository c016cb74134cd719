"""Reading again with a newer program: what changes is listed, nothing is lost, a broken run goes on, judgements stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Record, Rejection
from onrecord.errors import LedgerError, WeightsError
from onrecord.record.changes import ChangeKind
from onrecord.record.corrections import Changes, correct
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, readings, rejections, run_ends, statements
from onrecord.run.local import RunOptions
from onrecord.run.rereading import Rereading, RereadOptions, orphans, outdated_count, rereadings

OLD, NEW = Program("onrecord 1", (("tagger", "0" * 64),)), Program("onrecord 2", (("tagger", "1" * 64),))


class OlderReader(FakeReader):
    """Misses what somebody denied, and takes a "says" for more than it is."""

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        found = super().record(document, min_probability=min_probability)
        kept = tuple(one for one in found.statements if "denied" not in one.attribution.content[0].of(document.text))
        return Record(document, kept, (), (), (), OLD.models)


def article(number: int, words: str = "the ferry would sail", **others: str) -> Document:
    given = {"publisher": "Lesk Courier", "creation_time": "2031-03-12", "locator": f"news/{number}.txt", **others}
    return Document(f"courier-{number}", f"Mara Quill said {words}. It rained.", **given)  # type: ignore[arg-type]


def stored(where: str, *given: Document, excerpts: bool = False) -> Ledger:
    """A ledger with these documents, as the older program reads them."""
    ledger = open_ledger(where, Options(excerpts), create=True)
    run = ledger.begin(OLD, "add news")
    ledger.add(run, [OlderReader().record(one) for one in given])
    ledger.end(run)
    return ledger


def options(*only: str, jobs: int = 1) -> RereadOptions:
    return RereadOptions(RunOptions(make_reader=FakeReader), jobs, only)


def again(ledger: Ledger, *only: str, jobs: int = 1) -> list[Rereading | Rejection]:
    run = ledger.begin(NEW, "reread")
    return list(rereadings(ledger, run, options(*only, jobs=jobs)))


def count(ledger: Ledger, table: object) -> int:
    with ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def changed(found: list[Rereading | Rejection]) -> dict[str, list[ChangeKind]]:
    return {one.new.document.name: [change.kind for change in one.changes] for one in found if isinstance(one, Rereading) and one.changes}


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with stored(ledger_url, article(1), article(2, "he denied it"), article(3)) as opened:
        yield opened


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_an_older_program_read_is_read_again_and_what_changes_is_told(ledger: Ledger, jobs: int) -> None:
    found = again(ledger, jobs=jobs)
    assert [one.new.document for one in found if isinstance(one, Rereading)] == [article(1), article(2, "he denied it"), article(3)]
    assert changed(found) == {"courier-2": [ChangeKind.ADDED]}
    assert (count(ledger, documents), count(ledger, readings), count(ledger, run_ends)) == (3, 6, 2)
    with ledger.reading() as connection:
        assert sorted(row.words for row in connection.execute(current_statements())) == ["he denied it", *["the ferry would sail"] * 2]
    assert count(ledger, statements) == 2 + 3


def test_what_this_program_read_is_left_alone(ledger: Ledger) -> None:
    assert outdated_count(ledger, NEW) == 3
    again(ledger)
    assert outdated_count(ledger, NEW) == 0
    assert again(ledger) == []
    assert count(ledger, readings) == 6


def test_only_the_documents_that_are_named_are_read_again(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        key = str(connection.scalar(select(documents.c.key).where(documents.c.name == "courier-3")))
    assert outdated_count(ledger, NEW, ("courier-2", key[:8])) == 2
    found = again(ledger, "courier-2", key[:8], "news/2.txt")
    assert [one.new.document.name for one in found if isinstance(one, Rereading)] == ["courier-2", "courier-3"]
    with pytest.raises(LedgerError, match="holds no document"):
        again(ledger, "courier-77")


def test_a_run_that_was_broken_off_goes_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.run.adding.BATCH_RESULTS", 1)
    monkeypatch.setattr("onrecord.run.rereading._DOCUMENTS_AT_ONCE", 2)
    run = ledger.begin(NEW, "reread")
    with closing(rereadings(ledger, run, options())) as found:  # type: ignore[type-var]  # a generator
        next(found)
    assert (outdated_count(ledger, NEW), count(ledger, run_ends)) == (2, 1)
    assert [one.new.document.name for one in again(ledger) if isinstance(one, Rereading)] == ["courier-2", "courier-3"]
    assert (count(ledger, readings), outdated_count(ledger, NEW)) == (6, 0)


def test_of_excerpts_it_is_said_that_they_cannot_be_read_again(ledger_url: str) -> None:
    with stored(ledger_url, article(1), article(2), excerpts=True) as ledger:
        found = again(ledger)
        assert [(one.locator, one.code) for one in found if isinstance(one, Rejection)] == [
            ("news/1.txt", "ledger.excerpts"),
            ("news/2.txt", "ledger.excerpts"),
        ]
        assert (count(ledger, readings), count(ledger, rejections)) == (2, 2)


def test_so_it_is_of_texts_that_no_database_keeps_as_they_are(ledger_url: str) -> None:
    with stored(ledger_url, article(1, "yes \ud800 no"), article(2, "a nul \0")) as ledger:
        assert [one.code for one in again(ledger) if isinstance(one, Rejection)] == ["ledger.excerpts"] * 2
        assert count(ledger, documents) == 2


def test_a_document_that_fails_keeps_its_older_reading(ledger_url: str) -> None:
    with stored(ledger_url, article(1), Document("x", "Mara Quill said yes.", "x.txt")) as ledger:

        class Failing(FakeReader):
            def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
                if document.name == "x":
                    raise ValueError("unforeseen")
                return super().record(document, min_probability=min_probability)

        run = ledger.begin(NEW, "reread")
        found = list(rereadings(ledger, run, RereadOptions(RunOptions(make_reader=Failing))))
        assert [one.code for one in found if isinstance(one, Rejection)] == ["read.failed"]
        assert (run.recorded, run.rejected, outdated_count(ledger, NEW)) == (1, 1, 1)


def test_a_missing_model_ends_the_run(ledger: Ledger) -> None:
    def no_reader(_: int) -> FakeReader:
        raise WeightsError("The model is not there.")

    run = ledger.begin(NEW, "reread")
    with pytest.raises(WeightsError):
        list(rereadings(ledger, run, RereadOptions(RunOptions(make_reader=no_reader))))
    assert count(ledger, readings) == 3


def test_what_another_run_was_faster_with_is_passed_over(ledger: Ledger) -> None:
    run = ledger.begin(NEW, "reread")

    class Overtaken(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            found = super().record(document, min_probability=min_probability)
            if document.name == "courier-2":
                ledger.add(ledger.begin(NEW, "reread"), [found])
            return found

    found = list(rereadings(ledger, run, RereadOptions(RunOptions(make_reader=Overtaken))))
    assert [one.new.document.name for one in found if isinstance(one, Rereading)] == ["courier-1", "courier-3"]
    assert (run.recorded, run.known, count(ledger, readings)) == (2, 1, 6)


def test_judgements_stay_and_those_that_lose_their_statement_are_known(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        kept, lost = (row.key for row in connection.execute(current_statements().order_by(statements.c.id)))
    correct(ledger, kept, Changes(stance="denies"), "Ida Brook")
    number = correct(ledger, lost, Changes(speaker="Otto Lind"), "Ida Brook")

    class Forgetful(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            found = super().record(document, min_probability=min_probability)
            return found if document.name == "courier-1" else Record(document, (), (), (), ())

    assert orphans(ledger) == {}
    found = list(rereadings(ledger, ledger.begin(NEW, "reread"), RereadOptions(RunOptions(make_reader=Forgetful))))
    assert changed(found) == {"courier-3": [ChangeKind.DROPPED]}
    assert list(orphans(ledger)) == [number]


@pytest.mark.parametrize("there", [True, False], ids=["from what is lost", "to what is lost"])
def test_what_people_said_of_links_that_lost_one_of_their_statements_is_known(ledger: Ledger, there: bool) -> None:
    with ledger.reading() as connection:
        kept, lost = (row.key for row in connection.execute(current_statements().order_by(statements.c.id)))
    ends = (lost, kept) if there else (kept, lost)
    number = judge_link(ledger, LinkName(*ends, "denies"), LinkDecision.ACCEPTED, "Ida Brook")

    class Forgetful(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            found = super().record(document, min_probability=min_probability)
            return replace(found, statements=()) if document.name == "courier-3" else found

    assert orphans(ledger) == {}
    list(rereadings(ledger, ledger.begin(NEW, "reread"), RereadOptions(RunOptions(make_reader=Forgetful))))
    assert [(key, row["kind"]) for key, row in orphans(ledger).items()] == [(number, "link")]


def test_an_empty_ledger_has_nothing_to_read_again(ledger_url: str) -> None:
    with stored(ledger_url) as ledger:
        assert (outdated_count(ledger, NEW), again(ledger)) == (0, [])


def test_many_documents_come_page_by_page_in_order(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.run.rereading._DOCUMENTS_AT_ONCE", 7)
    with stored(ledger_url, *(article(number) for number in range(40))) as ledger:
        names = [one.new.document.name for one in again(ledger) if isinstance(one, Rereading)]
        assert [int(re.sub(r"\D", "", name)) for name in names] == list(range(40))
