"""Documents become records in order, in one process and in several; none is lost."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Record, Rejection
from onrecord.errors import WeightsError
from onrecord.run.local import RunOptions, records

OPTIONS = RunOptions(make_reader=FakeReader)
PLAIN = "Mara Quill said the bridge is safe."


def document(number: int, text: str = PLAIN) -> Document:
    return Document(f"d{number}", text, f"d{number}.txt")


def outcome(results: Iterator[Record | Rejection]) -> list[str]:
    return [one.document.name if isinstance(one, Record) else f"{one.locator} {one.code}" for one in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_records_come_in_the_order_of_the_documents(jobs: int) -> None:
    given = [document(number) for number in range(70)]
    assert outcome(records(given, OPTIONS, jobs)) == [f"d{number}" for number in range(70)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_rejections_keep_their_place_and_a_failure_is_one(jobs: int) -> None:
    given: list[Document | Rejection] = [
        document(1),
        Rejection("x", "read.empty", ""),
        document(2, "RAISE"),
        document(3, "REFUSE"),
        document(4),
    ]
    assert outcome(records(given, OPTIONS, jobs)) == ["d1", "x read.empty", "d2.txt read.failed", "d3.txt read.unsupported", "d4"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_model_ends_the_run(jobs: int) -> None:
    with pytest.raises(WeightsError, match="not there"):
        list(records([document(1, "NO MODEL")], OPTIONS, jobs))


def test_a_worker_that_dies_takes_only_its_own_document_along() -> None:
    given = [document(number, "DIE" if number in (3, 40) else PLAIN) for number in range(60)]
    wanted = [f"d{number}.txt read.failed" if number in (3, 40) else f"d{number}" for number in range(60)]
    assert outcome(records(given, OPTIONS, 2)) == wanted


def test_several_processes_use_one_thread_each_and_one_process_as_many_as_it_likes() -> None:
    threads = [dict(one.models)["threads"] for jobs in (1, 2) for one in records([document(1)], OPTIONS, jobs) if isinstance(one, Record)]
    assert threads == ["0", "1"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_are_taken_only_as_they_are_needed(jobs: int) -> None:
    taken = itertools.count()
    results = records((document(next(taken)) for _ in range(100_000)), OPTIONS, jobs)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert next(taken) < 1000


def test_stopping_does_not_wait_for_a_document_at_work() -> None:
    started = time.monotonic()
    results = records([document(0)] * 16 + [document(1, "SLOW")] * 16, OPTIONS, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 30
