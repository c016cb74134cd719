"""One row a person or body, whom a name means, and what merges and splits by hand make of it."""

from __future__ import annotations

import pytest
from tests.find.invented import BARE, COUNCIL, JON, MARA, NEW, add, article, changed, key_of
from tests.record.invented import person

from onrecord.data import Speaker, SpeakerType
from onrecord.find.people import Person, Seen, people
from onrecord.find.whom import keys_named
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger
from onrecord.record.speakers import merge, split, undo

FIRST = article("first", "2031-03-01", (MARA, "the bridge is safe"), (JON, "the ferry is slow"))
SECOND = article("second", "2031-03-05", (MARA, "the bridge is closed"), (COUNCIL, "it will meet on Friday"))
THIRD = article("third", "2031-03-07", (BARE, "the tolls will rise"))


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, FIRST, SECOND, THIRD)
    return ledger


def called(ledger: Ledger, name: str) -> tuple[str, ...]:
    with ledger.reading() as connection:
        return keys_named(connection, judged(connection), name)


def by_key(ledger: Ledger, name: str | None = None) -> dict[str, Person]:
    return {one.key: one for one in people(ledger, name)}


def statement_id(ledger: Ledger, words: str) -> str:
    from onrecord.find.timeline import timeline  # noqa: PLC0415
    from onrecord.find.wanted import Wanted  # noqa: PLC0415

    return timeline(ledger, Wanted(about=words))[0].id


def test_one_row_tells_names_roles_days_and_statements(lesk: Ledger) -> None:
    mara = people(lesk)[0]
    assert (mara.key, mara.name, mara.statements) == ("mara-quill", "Mara Quill", 2)
    assert mara.names == (Seen("Mara Quill", "2031-03-01", "2031-03-05", 2),)
    assert mara.roles == (Seen("harbour minister", "2031-03-01", "2031-03-05", 2),)
    assert mara.types == (Seen("person", "2031-03-01", "2031-03-05", 2),)
    assert (mara.first_on, mara.last_on) == ("2031-03-01", "2031-03-05")


def test_two_who_share_a_surname_stay_two(lesk: Ledger) -> None:
    assert set(by_key(lesk, "Quill")) == {"mara-quill", "jon-quill", "quill"}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("mara-quill", ["mara-quill"]),
        ("Mara Quill", ["mara-quill"]),
        ("MARA QUILL", ["mara-quill"]),
        ("Quill Mara", ["mara-quill"]),
        ("Mára Quíll", ["mara-quill"]),
        ("mara", ["mara-quill"]),
        ("Quill", ["jon-quill", "mara-quill", "quill"]),
        ("Council", ["lesk-council"]),
        ("lesk", ["lesk-council"]),
        ("Ida Brook", []),
        ("Qui", []),
        ("", []),
        ("%", []),
        ("?!", []),
    ],
)
def test_whom_a_name_means(lesk: Ledger, name: str, keys: list[str]) -> None:
    assert sorted(called(lesk, name)) == keys


def test_the_whole_name_of_a_body_means_no_other_that_holds_it(lesk: Ledger) -> None:
    union, youth = (
        Speaker(name, SpeakerType.ORGANISATION, None, key) for name, key in (("Union", "union"), ("Union Youth", "union-youth"))
    )
    add(lesk, article("fourth", "2031-03-08", (union, "nobody will sail"), (youth, "everybody will sing")))
    assert called(lesk, "Union") == ("union",)
    assert called(lesk, "Youth") == ("union-youth",)


def test_a_surname_that_a_paper_gives_to_a_body_means_the_people_who_have_it_too(lesk: Ledger) -> None:
    yard, press = (Speaker(name, SpeakerType.ORGANISATION, None, key) for name, key in (("Adams", "adams"), ("Adams Press", "adams-press")))
    add(lesk, article("fourth", "2031-03-08", (yard, "it builds ships"), (press, "it prints"), (person("Ida Adams"), "it is late")))
    assert sorted(called(lesk, "Adams")) == ["adams", "ida-adams"]


def test_a_name_means_all_who_have_it_and_a_key_one_of_them(lesk: Ledger) -> None:
    add(lesk, article("fourth", "2031-03-08", (person("Mara Quill", "mara-quill-2"), "the bakery is open")))
    assert sorted(called(lesk, "Mara Quill")) == ["mara-quill", "mara-quill-2"]
    assert called(lesk, "mara-quill") == ("mara-quill",)
    assert called(lesk, "mara-quill-2") == ("mara-quill-2",)


def test_a_name_that_its_key_does_not_tell_is_found(lesk: Ledger) -> None:
    add(lesk, article("fourth", "2031-03-08", (person("Мара Квилл", "mq"), "the sea is high")))
    assert called(lesk, "мара квилл") == ("mq",)
    assert called(lesk, "Квилл") == ("mq",)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("weiss", ["one"]),
        ("WEISS", ["one"]),
        ("李娜", ["two"]),
        ("Ida", ["two"]),
        ("ida 李娜", ["two"]),
        ("50%", ["three"]),
    ],
)
def test_case_and_letters_do_not_count_where_a_key_does_not_tell_the_name(ledger: Ledger, name: str, keys: list[str]) -> None:
    named = (("Weiß", "one"), ("Ida 李娜", "two"), ("50 %", "three"), ("Otto Tarn", "four"))
    add(ledger, article("a", "2031-03-01", *((person(one, key), f"the ferry {key} sails") for one, key in named)))
    assert list(called(ledger, name)) == keys


def test_a_name_that_only_an_older_reading_had_means_nobody(lesk: Ledger) -> None:
    add(lesk, changed(THIRD, speaker=person("Quill Adams")), program=NEW)
    assert called(lesk, "quill-adams") == ("quill-adams",)
    assert set(by_key(lesk, "Quill")) == {"mara-quill", "jon-quill", "quill-adams"}


def test_words_that_nobody_said_do_not_count(ledger: Ledger) -> None:
    add(ledger, changed(FIRST, hypothetical=True))
    assert set(by_key(ledger)) == {"jon-quill"}


def test_a_merge_joins_names_and_counts(lesk: Ledger) -> None:
    number = merge(lesk, "quill", "mara-quill", by="Ida Brook", note="the same column")
    found = by_key(lesk)
    assert set(found) == {"mara-quill", "jon-quill", "lesk-council"}
    mara = found["mara-quill"]
    assert [one.value for one in mara.names] == ["Mara Quill", "Quill"]
    assert (mara.statements, mara.last_on) == (3, "2031-03-07")
    assert [(one.id, one.key, one.into, one.made_by, one.note) for one in mara.by_hand] == [
        (number, "quill", "mara-quill", "Ida Brook", "the same column")
    ]
    assert set(called(lesk, "quill")) == {"mara-quill", "jon-quill"}


def test_a_merge_survives_a_newer_reading(lesk: Ledger) -> None:
    merge(lesk, "quill", "mara-quill", by="Ida Brook")
    add(lesk, FIRST, SECOND, THIRD, program=NEW)
    assert set(by_key(lesk)) == {"mara-quill", "jon-quill", "lesk-council"}
    assert by_key(lesk)["mara-quill"].statements == 3


def test_merges_can_follow_one_another(lesk: Ledger) -> None:
    merge(lesk, "quill", "jon-quill", by="Ida Brook")
    merge(lesk, "quill", "mara-quill", by="Ida Brook")  # that is, Jon
    assert set(by_key(lesk)) == {"mara-quill", "lesk-council"}
    assert by_key(lesk, "Jon Quill").keys() == {"mara-quill"}


def test_an_undone_merge_no_longer_holds(lesk: Ledger) -> None:
    undo(lesk, merge(lesk, "quill", "mara-quill", by="Ida Brook"), by="Ida Brook", note="another Quill")
    assert set(by_key(lesk)) == {"mara-quill", "jon-quill", "quill", "lesk-council"}


def test_a_split_makes_another_of_the_speaker_in_some_documents(lesk: Ledger) -> None:
    split(lesk, "mara-quill", [key_of(SECOND)], "mara-quill-2", by="Ida Brook")
    found = by_key(lesk)
    assert (found["mara-quill"].statements, found["mara-quill-2"].statements) == (1, 1)
    assert found["mara-quill"].last_on == "2031-03-01"
    assert found["mara-quill-2"].names == (Seen("Mara Quill", "2031-03-05", "2031-03-05", 1),)
    assert found["mara-quill-2"].by_hand[0].documents == (key_of(SECOND),)


def test_a_split_survives_a_newer_reading(lesk: Ledger) -> None:
    split(lesk, "mara-quill", [key_of(SECOND)], "mara-quill-2", by="Ida Brook")
    add(lesk, FIRST, SECOND, THIRD, program=NEW)
    assert by_key(lesk)["mara-quill-2"].statements == 1
    assert by_key(lesk)["mara-quill"].statements == 1


def test_who_was_merged_can_be_split_off_again_in_one_document(lesk: Ledger) -> None:
    merge(lesk, "quill", "mara-quill", by="Ida Brook")
    split(lesk, "mara-quill", [key_of(THIRD)], "ada-quill", by="Ida Brook")
    found = by_key(lesk)
    assert (found["mara-quill"].statements, found["ada-quill"].statements) == (2, 1)
    assert called(lesk, "Ada Quill") == ("ada-quill",)
    assert sorted(called(lesk, "Quill")) == ["ada-quill", "jon-quill", "mara-quill"]
    assert set(by_key(lesk, "Ada Quill")) == {"ada-quill"}


def test_who_was_split_off_can_be_merged_again(lesk: Ledger) -> None:
    split(lesk, "mara-quill", [key_of(SECOND)], "mara-quill-2", by="Ida Brook")
    merge(lesk, "mara-quill-2", "mara-quill", by="Ida Brook")
    assert by_key(lesk)["mara-quill"].statements == 2
    assert "mara-quill-2" not in by_key(lesk)


def test_a_corrected_speaker_counts_where_the_correction_says(lesk: Ledger) -> None:
    correct(lesk, statement_id(lesk, "tolls"), Changes(speaker="Mara Quill"), by="Ida Brook")
    assert by_key(lesk)["mara-quill"].statements == 3
    assert "quill" not in by_key(lesk)


def test_what_is_no_statement_does_not_count(lesk: Ledger) -> None:
    not_a_statement(lesk, statement_id(lesk, "tolls"), by="Ida Brook")
    assert "quill" not in by_key(lesk)
