"""The list of known people and bodies: whom it means, what is wrong with it, and that the ledger keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.find.invented import OLD, add
from tests.record.papers import body, meant, says

from onrecord.errors import UsageError
from onrecord.find.ask import ask
from onrecord.find.people import people
from onrecord.find.question import Question
from onrecord.record.known_people import known_people_of
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.tables import known_people

QUILL = {"name": "Mara Quill", "aliases": ["M. J. Quill"], "wikidata": "Q1001", "key": "quill-of-lesk"}


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened


def listed(path: Path, *entries: object) -> str:
    file = path / "people.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in entries), encoding="utf8")
    return str(file)


def know(ledger: Ledger, path: Path, *entries: object) -> None:
    run = ledger.begin(OLD, "add")
    ledger.know(run, known_people_of(listed(path, *entries)))
    ledger.end(run)


@pytest.mark.parametrize("name", ["Mara Quill", "Mara J. Quill", "M. J. Quill", "Dr. Mara Quill", "Quill", "MARA QUILL"])
def test_whoever_is_on_the_list_has_its_key_and_id(ledger: Ledger, tmp_path: Path, name: str) -> None:
    know(ledger, tmp_path, QUILL)
    add(ledger, one := says(name), says("Mara Quill"))
    assert meant(ledger, one) == "quill-of-lesk"
    assert {answer.wikidata for answer in ask(ledger, Question(by="Mara Quill"))} == {"Q1001"}
    assert [(found.key, found.wikidata) for found in people(ledger)] == [("quill-of-lesk", "Q1001")]


def test_a_list_given_later_means_what_the_ledger_has(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, one := says("Mara Quill"), two := says("Quill"))
    know(ledger, tmp_path, QUILL)
    assert meant(ledger, one) == meant(ledger, two) == "quill-of-lesk"


def test_an_entry_takes_the_place_of_an_earlier_one_and_the_same_list_adds_nothing(ledger: Ledger, tmp_path: Path) -> None:
    know(ledger, tmp_path, QUILL)
    add(ledger, one := says("Mara Quill"), other := says("Mia Brook"))
    know(ledger, tmp_path, QUILL)
    know(ledger, tmp_path, QUILL)
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(known_people)) == 1
    know(ledger, tmp_path, {"name": "Mia Brook", "key": "quill-of-lesk", "wikidata": "Q7"})
    assert (meant(ledger, one), meant(ledger, other)) == ("mara-quill", "quill-of-lesk")
    assert {found.key: found.wikidata for found in people(ledger)} == {"mara-quill": None, "quill-of-lesk": "Q7"}


@pytest.mark.parametrize(
    ("role", "key"),
    [("senator", "otto-lind"), ("goalkeeper", "otto-lind-2"), (None, "lind"), ("baker", "lind")],
)
def test_two_entries_with_one_alias_settle_nothing_but_by_a_role(ledger: Ledger, tmp_path: Path, role: str | None, key: str) -> None:
    first = {"name": "Otto Lind", "aliases": ["Lind"], "role": "senator"}
    know(ledger, tmp_path, first, {"name": "Otto Karl Lind", "key": "otto-lind-2", "aliases": ["Lind"], "role": "goalkeeper"})
    add(ledger, one := says("Lind", role=role))
    assert meant(ledger, one) == key


def test_two_entries_with_one_alias_are_told_apart_by_a_full_name(ledger: Ledger, tmp_path: Path) -> None:
    know(ledger, tmp_path, {"name": "Otto Lind", "aliases": ["Ot Lind"]}, {"name": "Ot Lind", "key": "other"})
    add(ledger, one := says("Ot Lind"))
    assert meant(ledger, one) == "other"


@pytest.mark.parametrize(("day", "key"), [("2031-03-01", "lind"), ("2020-03-01", "otto-lind"), ("2035-03-01", "otto-lind")])
def test_an_entry_holds_from_day_to_day(ledger: Ledger, tmp_path: Path, day: str, key: str) -> None:
    know(ledger, tmp_path, {"name": "Otto Lind", "key": "lind", "from": "2031-01-01", "to": "2034-12-31"})
    add(ledger, one := says("Otto Lind", day=day))
    assert meant(ledger, one) == key


def test_one_name_of_two_entries_is_told_apart_document_by_document(ledger: Ledger, tmp_path: Path) -> None:
    senator = {"name": "Otto Lind", "key": "lind-senator", "role": "senator"}
    know(ledger, tmp_path, senator, {"name": "Otto Lind", "key": "lind-keeper", "role": "goalkeeper", "from": "2031-01-01"})
    papers = says("Otto Lind", role="Sen."), says("Otto Lind", role="goalkeeper"), says("Otto Lind"), says("Otto Lind", day="2030-01-01")
    add(ledger, *papers)
    assert [meant(ledger, one) for one in papers] == ["lind-senator", "lind-keeper", "otto-lind", "lind-senator"]


def test_a_person_is_no_body_and_a_junior_no_senior(ledger: Ledger, tmp_path: Path) -> None:
    know(ledger, tmp_path, {"name": "Otto Lind", "key": "known", "type": "person"})
    add(ledger, junior := says("Otto Lind Jr."), yard := body("Otto Lind"))
    assert (meant(ledger, junior), meant(ledger, yard)) == ("otto-lind-jr", "otto-lind")


def test_a_body_on_the_list_is_known_by_its_aliases(ledger: Ledger, tmp_path: Path) -> None:
    know(ledger, tmp_path, {"name": "Lesk Evening Post", "aliases": ["LEP"], "wikidata": "Q5", "type": "organisation"})
    add(ledger, full := body("The Lesk Evening Post"), short := body("L.E.P."))
    assert meant(ledger, full) == meant(ledger, short) == "lesk-evening-post"
    assert {answer.wikidata for answer in ask(ledger, Question())} == {"Q5"}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no JSON object"),
        ('{"aliases": []}', "it has no 'name'"),
        ('{"name": "?"}', "it has no 'name'"),
        ('{"name": 3}', "its 'name' is no text"),
        ('{"name": "Mara Quill", "aliases": "Quill"}', "its 'aliases' are no list"),
        ('{"name": "Mara Quill", "aliases": ["?"]}', "its 'aliases' are no list"),
        ('{"name": "Mara Quill", "wikidata": "1001"}', "its 'wikidata' is '1001', not an id such as Q42"),
        ('{"name": "Mara Quill", "key": "Mara Quill"}', "its 'key' is 'Mara Quill', not small letters"),
        ('{"name": "Mara Quill", "type": "ferry"}', "its 'type' is 'ferry', not one of person"),
        ('{"name": "Mara Quill", "from": "2031-02-30"}', "its 'from' is '2031-02-30', not a day"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_write(tmp_path: Path, entry: str, told: str) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text('{"name": "Jon Quill"}\n\n' + entry + "\n", encoding="utf8")
    with pytest.raises(UsageError) as caught:
        known_people_of(str(file))
    assert caught.value.code == "usage.bad_people"
    assert f"people.jsonl:3: {told}" in caught.value.message
    assert 'Write {"name": "Mara Quill"' in caught.value.message


def test_two_entries_with_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two entries have the key 'mara-quill'"):
        known_people_of(listed(tmp_path, {"name": "Mara Quill"}, {"name": "Mara Quill"}))


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "people.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read"):
        known_people_of(str(file))
