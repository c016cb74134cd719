"""Whom a ledger takes for one: over documents, in whatever order they come, and never against what people said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from tests.find.invented import NEW, OLD, add, article, changed, key_of
from tests.record.invented import document, person, said
from tests.record.older import with_old_search
from tests.record.papers import body, meant, says, several

from onrecord.data import Speaker, SpeakerType
from onrecord.find.ask import ask
from onrecord.find.people import JoinedKey, people
from onrecord.find.question import Question
from onrecord.find.timeline import timeline
from onrecord.find.wanted import Wanted
from onrecord.find.whom import keys_named
from onrecord.record.corrections import Changes, correct
from onrecord.record.judged import judged
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.removal import remove
from onrecord.record.speakers import merge, split, undo
from onrecord.record.tables import aliases, names
from onrecord.resolve.keys import slug

IDA = "Ida Brook"
_numbers = itertools.count(1)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened


ONE = [
    ("J. D. Vane", "JD Vane"),
    ("J.D. Vane", "James David Vane"),
    ("Oleh Borensky", "Oleh Borenskyy"),
    ("Sen. Mara Quill", "Mara Quill"),
    ("Núria Vidal", "Nuria Vidal"),
    ("Otto J. Lind", "Otto Lind"),
    ("Bill Lind", "William Lind"),
    ("Quill", "Mara Quill"),
]


@pytest.mark.parametrize(("name", "other"), ONE)
def test_one_person_has_one_key_in_every_document(ledger: Ledger, name: str, other: str) -> None:
    first, second = says(name), says(other)
    add(ledger, first, *several(other, 2), second)
    assert meant(ledger, first) == meant(ledger, second) == slug(other)


TWO = [
    (["Mara Quill", "Jon Quill", "Quill"], {"mara-quill", "jon-quill", "quill"}),
    (["Otto Lind", "Otto Lind Jr."], {"otto-lind", "otto-lind-jr"}),
    (["Otto A. Lind", "Otto B. Lind", "Otto Lind"], {"otto-a-lind", "otto-b-lind", "otto-lind"}),
    (["Otto Smith", "Otto Smit"], {"otto-smith", "otto-smit"}),
    (["Mara Quill", "J. Quill"], {"mara-quill", "j-quill"}),
]


@pytest.mark.parametrize(("written", "keys"), TWO)
def test_who_share_a_surname_stay_apart(ledger: Ledger, written: list[str], keys: set[str]) -> None:
    add(ledger, *map(says, written))
    assert {one.key for one in people(ledger)} == keys


def test_namesakes_with_other_roles_stay_apart(ledger: Ledger) -> None:
    senator, keeper = says("Otto Lind", role="Sen."), says("Otto J. Lind", role="goalkeeper of Lesk United")
    add(ledger, senator, keeper)
    assert (meant(ledger, senator), meant(ledger, keeper)) == ("otto-lind", "otto-j-lind")


def test_a_couple_in_one_document_is_two_and_their_surname_elsewhere_is_nobody_s(ledger: Ledger) -> None:
    couple = article("couple", "2031-03-01", (person("Mara Quill"), "yes to the bridge"), (person("Otto Quill"), "no to the bridge"))
    bare = [says("Quill"), says("Quill")]
    add(ledger, couple, *bare)
    assert {one.key for one in people(ledger)} >= {"mara-quill", "otto-quill"}
    assert len({meant(ledger, one) for one in bare}) == 2
    assert not {meant(ledger, one) for one in bare} & {"mara-quill", "otto-quill"}


def test_whoever_speaks_beside_the_full_name_is_somebody_else(ledger: Ledger) -> None:
    both = article("both", "2031-03-01", (person("Mara Quill"), "yes to the bridge"), (person("Quill"), "no to the bridge"))
    add(ledger, both, *several("Mara Quill", 3), elsewhere := says("Quill"))
    found = {one.speaker_key for one in ask(ledger, Question("bridge")) if one.document_id == key_of(both)}
    assert found == {"mara-quill", f"quill-{key_of(both)[:6]}"}
    assert meant(ledger, elsewhere) == "mara-quill"


def test_a_role_tells_who_is_meant_by_a_surname_that_several_have(ledger: Ledger) -> None:
    add(ledger, says("Mara Quill", role="harbour minister"), says("Jon Quill", role="ferryman"))
    told, untold = says("Quill", role="the ferryman"), [says("Quill"), says("Quill")]
    add(ledger, told, *untold)
    assert meant(ledger, told) == "jon-quill"
    assert sorted(meant(ledger, one) for one in untold) == sorted(f"quill-{key_of(one)[:6]}" for one in untold)


def test_a_surname_of_another_year_is_somebody_else_s(ledger: Ledger) -> None:
    add(ledger, *several("Mara Quill", 6), early := says("Quill", day="2020-03-01"))
    assert meant(ledger, early) == "quill"


@pytest.mark.parametrize(("then", "now", "one"), [("Sen.", "Senator", True), (None, None, False), ("writer", "head coach", False)])
def test_a_whole_name_of_other_years_needs_a_role_that_agrees(ledger: Ledger, then: str | None, now: str | None, one: bool) -> None:
    early, late = says("Otto Lind", day="2020-03-01", role=then), says("Otto Lind", day="2031-03-01", role=now)
    add(ledger, late, early)
    assert (meant(ledger, early) == meant(ledger, late)) is one
    assert "otto-lind" in (meant(ledger, early), meant(ledger, late))


@pytest.mark.parametrize(
    ("written", "papers", "count"),
    [
        (["The L.E.P.", "LEP"], ["Courier", "Post"], 1),
        (["Lesk & Sons", "Lesk and Sons"], ["Courier", "Post"], 1),
        (["European Union", "EU"], ["Courier", "Post"], 1),
        (["Ministry of Defense", "Ministry of Defence"], ["Courier", "Courier"], 1),
        (["Ministry of Defense", "Ministry of Defence"], ["Courier", "Post"], 2),
        (["Supreme Court", "Supreme Court"], ["Courier", "Post"], 2),
        (["Supreme Court", "Supreme Court"], ["Courier", "Courier"], 1),
        (["Police", "Police"], ["Courier", "Courier"], 2),
        (["Lesk Police", "Lesk Police"], ["Courier", "Post"], 1),
        (["Lesk Evening Post", "Lesk Evening Press"], ["Courier", "Post"], 2),
    ],
)
def test_bodies_are_one_as_far_as_their_name_tells(ledger: Ledger, written: list[str], papers: list[str], count: int) -> None:
    add(ledger, *(body(name, publisher=paper) for name, paper in zip(written, papers, strict=True)))
    assert len(people(ledger)) == count


def test_an_abbreviation_that_a_document_explains_is_the_body_in_all_others(ledger: Ledger) -> None:
    words = "The Lesk Evening Post (LEP) said it is late."
    full = Speaker("Lesk Evening Post", SpeakerType.ORGANISATION, None, "lesk-evening-post")
    explained, short, other = said(words, "it is late", full, document("explained", words)), body("LEP"), body("LEX")
    add(ledger, explained, short, other)
    assert meant(ledger, short) == meant(ledger, explained) != meant(ledger, other)


def test_all_that_finds_by_speaker_finds_every_name(ledger: Ledger) -> None:
    add(ledger, *several("JD Vane", 3), says("J. D. Vane"), says("James David Vane"), says("Vane"))
    for name in ("JD Vane", "J. D. Vane", "James David Vane", "jd-vane", "james-david-vane", "Vane"):
        assert len(ask(ledger, Question(by=name))) == 6
        assert len(timeline(ledger, Wanted(by=name))) == 6
        assert [(one.key, one.statements) for one in people(ledger, name)] == [("jd-vane", 6)]
    with ledger.reading() as connection:
        assert keys_named(connection, judged(connection), "Vane") == ("jd-vane",)


def test_each_key_that_is_joined_says_why(ledger: Ledger) -> None:
    add(ledger, *several("JD Vane", 3), says("James David Vane"), says("Vane"))
    assert people(ledger)[0].joined == (
        JoinedKey("james-david-vane", "an initial for the given name: JD Vane", None),
        JoinedKey("vane", "the only one of the surname: JD Vane", None),
    )


def test_a_single_document_may_be_asked_for_by_its_own_key(ledger: Ledger) -> None:
    add(ledger, says("Mara Quill"), says("Jon Quill"), bare := says("Quill"), says("Quill"))
    key = f"quill-{key_of(bare)[:6]}"
    assert [one.document_id for one in ask(ledger, Question(by=key))] == [key_of(bare)]
    assert [one.document_id for one in timeline(ledger, Wanted(by=key))] == [key_of(bare)]
    assert len(ask(ledger, Question(by="Quill"))) == 4


def test_what_people_merged_and_split_outranks_what_is_joined(ledger: Ledger) -> None:
    bare, other = says("Vane"), says("Vane")
    add(ledger, *several("JD Vane", 3), bare, other, says("Otto Lind"))
    number = merge(ledger, "vane", "otto-lind", IDA)
    assert (meant(ledger, bare), len(ask(ledger, Question(by="jd-vane")))) == ("otto-lind", 3)
    undo(ledger, number, IDA)
    assert meant(ledger, bare) == "jd-vane"
    split(ledger, "jd-vane", [key_of(bare)], "ada-vane", IDA)
    assert (meant(ledger, bare), meant(ledger, other)) == ("ada-vane", "jd-vane")
    assert [one.document_id for one in ask(ledger, Question(by="ada-vane"))] == [key_of(bare)]


def test_a_judgement_follows_when_another_key_comes_to_stand_for_the_person(ledger: Ledger) -> None:
    first, second = says("JD Vane"), says("James David Vane")
    add(ledger, first, says("JD Vane"), second, lind := says("Otto Lind"))
    merge(ledger, "otto-lind", "jd-vane", IDA)
    split(ledger, "jd-vane", [key_of(first)], "ada-vane", IDA)
    add(ledger, *several("James David Vane", 5))
    assert meant(ledger, first) == "ada-vane"
    assert meant(ledger, lind) == meant(ledger, second)


def test_a_corrected_speaker_stays_corrected(ledger: Ledger) -> None:
    add(ledger, *several("JD Vane", 3), bare := says("Vane"))
    statement = next(one.id for one in ask(ledger, Question(limit=500)) if one.document_id == key_of(bare))
    correct(ledger, statement, Changes(speaker="Ada Brook"), IDA)
    add(ledger, says("JD Vane"))
    assert meant(ledger, bare) == "ada-brook"


def test_a_re_run_keeps_what_is_joined_and_what_was_judged(ledger: Ledger) -> None:
    records = [*several("JD Vane", 3), says("J. D. Vane"), says("Vane")]
    add(ledger, *records)
    split(ledger, "jd-vane", [key_of(records[0])], "ada-vane", IDA)
    before = [meant(ledger, one) for one in records]
    add(ledger, *records, program=NEW)
    assert [meant(ledger, one) for one in records] == before == ["ada-vane", "jd-vane", "jd-vane", "jd-vane", "jd-vane"]


def test_nothing_new_adds_no_rows(ledger: Ledger) -> None:
    records = [*several("JD Vane", 3), says("Vane"), body("Police"), body("Police")]
    add(ledger, *records)
    before = rows(ledger)
    add(ledger, *records, program=NEW)
    add(ledger, *records, program=NEW)
    assert rows(ledger) == before == 3


def rows(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(aliases)) or 0)


def test_a_newer_reading_that_names_another_takes_the_join_back(ledger: Ledger) -> None:
    bare, full = says("Quill"), says("Mara Quill")
    add(ledger, bare, full)
    assert meant(ledger, bare) == "mara-quill"
    add(ledger, changed(full, speaker=person("Mara Brook")), program=NEW)
    assert meant(ledger, bare) == "quill"


def test_what_is_removed_is_joined_to_nobody_and_nobody_to_it(ledger: Ledger) -> None:
    bare, full = says("Quill"), says("Mara Quill")
    add(ledger, bare, full)
    remove(ledger, key_of(full), IDA, "court order")
    assert meant(ledger, bare) == "quill"
    with ledger.reading() as connection:
        assert "mara-quill" not in connection.scalars(select(names.c.speaker_key)).all()
        assert connection.scalar(select(func.count()).select_from(aliases)) == 0


LATER_TABLES = (
    *("copies", "bands", "signatures", "aliases", "names", "known_names", "known_people", "links", "linkings"),
    *("tallies", "search_ends", "looks", "searches"),
)


def test_a_ledger_of_the_first_version_is_joined_when_it_comes_up(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as older:
        add(older, full := says("JD Vane"), bare := says("Vane"))
        with older.writing() as connection:
            for table in LATER_TABLES:
                connection.execute(text(f"DROP TABLE {table}"))
            for index in ("ix_documents_name", "ix_statements_speaker_day"):
                connection.execute(text(f"DROP INDEX {index}"))
            connection.execute(text("CREATE INDEX ix_statements_speaker_key ON statements (speaker_key)"))
            connection.execute(text("ALTER TABLE statements DROP COLUMN factuality"))
            ends = "reading_id INTEGER, from_id INTEGER, to_id INTEGER"
            connection.execute(text(f"CREATE TABLE links (id INTEGER PRIMARY KEY, {ends}, type VARCHAR(16), probability FLOAT)"))
            if connection.dialect.name == "postgresql":
                with_old_search(connection)
            connection.execute(text("UPDATE ledger_version SET version_num = '0001'"))
    with open_ledger(ledger_url) as ledger:
        assert meant(ledger, bare) == meant(ledger, full) == "jd-vane"


POOL = (
    [says(name) for name in ("JD Vane", "J. D. Vane", "James David Vane", "Vane", "Vane", "Ada Vane", "Vane Brook")]
    + [says("Vane", role="Senator"), says("JD Vane", role="Sen."), says("Otto Lind"), says("Otto J. Lind"), says("Otto B. Lind")]
    + [says("Lind"), says("Oleh Borensky"), says("Oleh Borenskyy"), says("Borensky", day="2031-09-01"), says("Bill Lind")]
    + [body("Police"), body("Police"), body("EU"), body("European Union"), body("Vane"), body("Supreme Court", publisher="Post")]
    + [body("Supreme Court"), article("two", "2031-03-02", (person("JD Vane"), "yes"), (person("Vane"), "no"))]
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.permutations(range(len(POOL))), size=st.integers(2, len(POOL)), cut=st.integers(1, 6))
def test_the_order_in_which_documents_come_makes_no_difference(tmp_path: Path, chosen: list[int], size: int, cut: int) -> None:
    some = chosen[:size]
    found = []
    for order in (some, sorted(some)):
        with open_ledger(str(tmp_path / f"{next(_numbers)}.db"), create=True) as ledger:
            for first in range(0, size, cut):
                add(ledger, *(POOL[number] for number in order[first : first + cut]), program=OLD)
            found.append({(one.key, one.statements, tuple(key.key for key in one.joined)) for one in people(ledger)})
    assert found[0] == found[1]
