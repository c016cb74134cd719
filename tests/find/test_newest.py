"""The newest statements with some words are the same, however far back and in whatever stretches they are looked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import text
from tests.find.invented import article
from tests.record.invented import MODELS, person

from onrecord.find import newest as module
from onrecord.find.newest import among, newest
from onrecord.record.bulk import loaded
from onrecord.record.full_text_index import WINDOWS
from onrecord.record.ledger import Ledger, Program, open_ledger

QUILL = person("Mara Quill", "mara-quill", "harbour minister")
SAID = {3: "the ferry “Tern” sails", 40: "no ferry—none", 41: "the ferry’s crew is paid", 90: "«ferry» is a word", 95: "Brenn’s ferries"}


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """A hundred statements, of which few tell of a ferry."""
    given = [article(f"paper-{n}", "2031-03-01", (QUILL, SAID.get(n, f"the council {n} meets"))) for n in range(1, 101)]
    with open_ledger(ledger_url, create=True) as opened:
        loaded(opened, opened.begin(Program("onrecord 1", MODELS), "load"), given)
        yield opened


def found(ledger: Ledger, words: list[str], between: tuple[int, int] = (1, 100), limit: int = 10) -> list[int]:
    with ledger.reading() as connection:
        return [int(number) for number in newest(connection, words, between, limit)]


@pytest.mark.parametrize("stretch", [1 << 14, 1, 7])
def test_the_newest_come_first_and_no_more_than_are_asked_for(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, stretch: int) -> None:
    monkeypatch.setattr(module, "_FIRST_STRETCH", stretch)
    assert found(ledger, ["ferry"]) == [95, 90, 41, 40, 3]
    assert found(ledger, ["ferry"], limit=2) == [95, 90]
    assert found(ledger, ["ferry"], (4, 90)) == [90, 41, 40]
    assert found(ledger, ["ferry", "tern"]) == [3]
    assert found(ledger, ["ferry", "council"]) == []
    assert found(ledger, ["quill"], limit=3) == [100, 99, 98]


@pytest.mark.parametrize("share", [None, 1.0, 0.05, 0.0])
def test_one_of_the_spare_words_may_be_missing(ledger: Ledger, share: float | None) -> None:
    def holding(words: list[str], spare: list[str]) -> list[int]:
        with ledger.reading() as connection:
            return [int(number) for number in newest(connection, words, (1, 100), 10, spare, share)]

    assert holding(["ferry"], ["crew", "tern"]) == [41, 3]
    assert holding([], ["ferry", "crew", "paid"]) == [41]
    assert holding(["ferry"], ["crew", "paid", "tern"]) == [41]
    assert holding(["council"], ["crew", "tern"]) == []
    assert holding(["ferry", "tern"], []) == [3]


@pytest.mark.parametrize("share", [1.0, 0.3, 0.001])
def test_of_what_is_expected_to_be_common_a_third_fewer_may_be_found_and_never_others(ledger: Ledger, share: float) -> None:
    with ledger.reading() as connection:
        some = [int(number) for number in newest(connection, ["council"], (1, 100), 30, share=share)]
    assert 20 <= len(some) <= 30
    assert some == sorted(set(range(1, 101)) - set(SAID), reverse=True)[: len(some)]


@pytest.mark.parametrize(
    ("word", "number"), [("tern", 3), ("ferry", 40), ("none", 40), ("crew", 41), ("word", 90), ("brenn", 95), ("ferries", 95)]
)
def test_a_word_is_found_beside_signs_of_any_kind(ledger: Ledger, word: str, number: int) -> None:
    assert number in found(ledger, [word])


@pytest.mark.postgres
def test_stretches_of_any_length_are_covered_by_a_few_words(postgres_url: str) -> None:
    for low, high in ((1, 2), (8000, 9000), (5, 70_000), (123_456, 9_999_999), (1, 2**31 - 1)):
        words = list(module._windows(low, high))
        letters = {word[1] for word in words}
        assert len(letters) == 1
        bits = WINDOWS[letters.pop()]
        assert len(words) <= module._MOST_WINDOWS or bits == max(WINDOWS.values())
        numbers = {int(word[2:]) for word in words}
        assert numbers == set(range(low >> bits, (high >> bits) + 1))


@pytest.mark.postgres
def test_every_statement_holds_the_words_of_its_place(postgres_url: str) -> None:
    with open_ledger(postgres_url, create=True) as ledger:
        with ledger.writing() as connection:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('statements', 'id'), 123456788)"))
        loaded(ledger, ledger.begin(Program("onrecord 1", MODELS), "load"), [article("paper", "2031-03-01", (QUILL, "the ferry sails"))])
        with ledger.reading() as connection:
            told = connection.scalar(text("SELECT tsvector_to_array(searched) FROM statement_words"))
        assert {f"#{letter}{123456789 >> bits}" for letter, bits in WINDOWS.items()} <= set(told)


@pytest.mark.postgres
@pytest.mark.parametrize(("ids", "most", "wanted"), [([1, 2, 3, 5], 9, [2, 1]), ([1, 2, 4], 2, [2, 4]), ([3, 5], 9, []), ([], 9, [])])
def test_of_some_statements_those_with_most_of_the_words_come_first_then_the_newest(
    postgres_ledger: str, ids: list[int], most: int, wanted: list[int]
) -> None:
    said = ("the ferry sails", "the crew of the ferry sails", "nobody sails", "the ferry sails", "the council meets")
    given = [article(f"paper-{n}", "2031-03-01", (QUILL, words)) for n, words in enumerate(said)]
    with open_ledger(postgres_ledger) as opened:
        loaded(opened, opened.begin(Program("onrecord 1", MODELS), "load"), given)
        with opened.reading() as connection:
            assert among(connection, ["ferry", "crew"], np.array(ids, np.int64), most).tolist() == wanted
