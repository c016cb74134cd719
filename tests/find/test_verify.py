"""A ledger that nobody touched is clean; whatever is changed in it behind the program's back is found, and told where."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from tests.find.fake_meaning import FakeMeaning
from tests.record.invented import MODELS, TEXT, document, record

from onrecord.data import Attribution, Document, QuoteType, Record, Span, Speaker, Statement
from onrecord.find.verify import findings
from onrecord.find.verify_documents import Finding, Tally
from onrecord.record.identity import document_key, statement_key
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.removal import remove
from onrecord.record.searches import save
from onrecord.record.stored import inserted, now
from onrecord.record.tables import judgements

OLD, NEW = Program("onrecord 1", MODELS), Program("onrecord 2", MODELS)
OTHER = document_key(document("other"))


def link_to(key: str, of: str = OTHER) -> dict[str, object]:
    """What a review says of a link to that statement of that document."""
    return {"to": key, "to_document": of, "to_content": [[0, 1]], "to_speaker": "mara-quill", "type": "agrees", "decision": "accepted"}


def linked_to(key: str, of: str = OTHER) -> str:
    return f"UPDATE judgements SET changes = '{json.dumps(link_to(key, of))}' WHERE id = 2"


DAMAGES: list[tuple[str, str, str, str]] = [
    ("a word of the text", "UPDATE documents SET text = replace(text, 'ferry', 'barge') WHERE id = 1", "document", "another digest"),
    ("a text cut short", "UPDATE documents SET text = substr(text, 1, 30) WHERE id = 1", "document", "has 30 characters"),
    ("another publisher", "UPDATE documents SET publisher = 'Hillside Weekly' WHERE id = 1", "document", "Its id is not that"),
    ("the words of a statement", "UPDATE statements SET words = 'that it would sink' WHERE id = 1", "statement", "words are not those"),
    ("the words of a source", "UPDATE statements SET source_words = 'Otto Lind' WHERE id = 1", "statement", "source_words"),
    ("the words of a cue", "UPDATE statements SET cue_words = 'denied' WHERE id = 1", "statement", "cue_words are not"),
    ("a statement's content", "UPDATE statements SET content = '[[1, 9]]' WHERE id = 1", "statement", "Its id is not that"),
    ("a statement's key", "UPDATE statements SET key = 'f' WHERE id = 1", "statement f", "Its id is not that"),
    ("a mention beyond the text", "UPDATE statements SET mentions = '[[5, 9999]]' WHERE id = 1", "statement", "[5, 9999] is no passage"),
    ("a span without words", "UPDATE statements SET evidence = '[[5, 5]]' WHERE id = 1", "statement", "[5, 5] is no passage"),
    ("a day beyond the text", "UPDATE statements SET said_on_span = '[-4, 3]' WHERE id = 1", "statement", "[-4, 3] is no passage"),
    ("an unknown stance", "UPDATE statements SET stance = 'shrugs' WHERE id = 1", "statement", "'shrugs' is not a valid Stance"),
    ("a day for sorting", "UPDATE statements SET sorted_on = '2000-01-01' WHERE id = 1", "statement", "sorted under 2000-01-01"),
    ("part of nothing", "UPDATE statements SET part_of = 's9' WHERE id = 1", "statement", "part of s9"),
    ("two of one name", "UPDATE statements SET local_id = 's1' WHERE id = 2", "reading 1", "2 statements are called s1"),
    ("a time beyond the text", "UPDATE times SET span = '[400, 401]' WHERE id = 1", "time 1", "[400, 401] is no passage"),
    ("an unknown time", "UPDATE times SET type = 'AGE' WHERE id = 1", "time 1", "'AGE' is not a valid TimeType"),
    ("an event beyond the text", "UPDATE events SET span = '[9, 3]' WHERE id = 1", "event 1", "[9, 3] is no passage"),
    ("an event that nobody told", "UPDATE events SET statements = '[\"s7\"]' WHERE id = 1", "event 1", "s7, which says so"),
    ("a link to another reading", "UPDATE links SET to_id = 3 WHERE id = 1", "link 1", "ends is not in its reading"),
    ("evidence beyond the text", "UPDATE links SET evidence = '[[0, 999]]' WHERE id = 1", "link 1", "[0, 999] is no passage"),
    ("a reading that supersedes none", "UPDATE readings SET supersedes = NULL WHERE id = 4", "reading 4", "supersedes None"),
    ("a reading that supersedes itself", "UPDATE readings SET supersedes = 4 WHERE id = 4", "reading 4", "supersedes 4"),
    ("a reading of another's document", "UPDATE sightings SET document_id = 2 WHERE id = 1", "row 1 of sightings", "another document"),
    ("a vector cut short", "UPDATE vectors SET vector = substr(vector, 1, 5) WHERE statement_id = 1", "row 1 of vectors", "128 numbers"),
    ("a vector less", "DELETE FROM vectors WHERE statement_id = 1", "row 1 of statements", "no vector"),
    ("a judgement of nothing", "UPDATE judgements SET document_key = 'ab' WHERE id = 1", "judgement 1", "no document ab"),
    ("a judgement of no statement", "UPDATE judgements SET statement_key = 'ab' WHERE id = 1", "judgement 1", "no statement ab"),
    ("a review of a link to no statement", linked_to("ab"), "judgement 2", "no statement ab"),
    ("a review of a link to no document", linked_to("ab", "cd"), "judgement 2", "no document cd"),
    ("a judgement of no kind", "UPDATE judgements SET kind = 'wish' WHERE id = 1", "judgement 1", "'wish'"),
    ("a signature", "UPDATE signatures SET words = 3 WHERE document_id = 1", "document", "signature is not that of its text"),
    ("a band less", "DELETE FROM bands WHERE document_id = 1", "document", "bands by which its copies are found"),
    ("another share", "UPDATE copies SET share = 0.8", "document", "told to share 0.80"),
    ("a copy of a later one", "UPDATE copies SET document_id = of_id, of_id = document_id", "document", "that came later"),
    ("not compared for no end", "UPDATE links SET copied_id = 3 WHERE id = 1", "row 1 of links", "none of its ends"),
    ("a question that is none", "UPDATE searches SET question = '{\"ferry\": 1}' WHERE id = 1", "saved search", "none that can be asked"),
    ("two searches of one name", "UPDATE searches SET name = 'Guards' WHERE id = 2", "saved search 'Guards'", "2 of this name"),
    ("a search that nobody saw", "DELETE FROM looks WHERE search_id = 1", "saved search", "up to where it was seen"),
    ("a look at what is not there", "UPDATE looks SET judgement = 99 WHERE id = 1", "row 1 of looks", "not there"),
    (
        "a removed document that is there",
        "UPDATE tombstones SET document_key = (SELECT key FROM documents WHERE id = 1)",
        "document",
        "removed",
    ),
]
SQLITE_DAMAGES: list[tuple[str, str, str, str]] = [
    ("a statement that search does not find", "DELETE FROM statement_words_docsize WHERE id = 2", "row 2", "not in the full-text index"),
    ("words that search finds elsewhere", "UPDATE statements SET speaker_name = 'Otto Lind' WHERE id = 1", "full-text index", "not those"),
    ("a reference to nothing", "UPDATE sightings SET reading_id = 77 WHERE id = 1", "row 1 of sightings", "not there"),
    ("no JSON", "UPDATE statements SET cue = '[[' WHERE id = 1", "row 1 of statements", "cue is no JSON"),
    ("an index that is not there", "DROP TABLE statement_words", "the database", "damaged"),
]


def is_sqlite(ledger: Ledger) -> bool:
    return ledger.engine.dialect.name == "sqlite"


def fill(ledger: Ledger) -> None:
    run = ledger.begin(OLD, "add news")
    ledger.add(run, [record(), record(document("other")), record(document("gone"))])
    ledger.end(run)
    again = ledger.begin(NEW, "add news")
    ledger.add(again, [record()])
    ledger.end(again)
    remove(ledger, "news/gone.txt", "Ida Brook", "asked for")
    for name in ("Guards", "Tolls"):
        save(ledger, name, {"text": name}, "Ida Brook")
    with ledger.writing() as connection:
        key, other = (str(connection.scalar(text(f"SELECT key FROM statements WHERE id = {number}"))) for number in (1, 3))
        about = {"run_id": 1, "made_at": now(), "made_by": "Ida Brook", "kind": "correct", "changes": {"stance": "denies"}}
        mine = {"document_key": document_key(document()), "statement_key": key, "content": [[44, 75]], "speaker_key": "mara-quill"}
        inserted(connection, judgements, about | mine)
        inserted(connection, judgements, about | mine | {"kind": "link", "changes": link_to(other)})


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=FakeMeaning()), create=True) as opened:
        yield opened


def damaged(ledger: Ledger, statement: str) -> list[Finding]:
    """What is found after the statement."""
    fill(ledger)
    raw = ledger.engine.raw_connection()
    for line in ("PRAGMA foreign_keys = OFF", statement, "PRAGMA foreign_keys = ON") if is_sqlite(ledger) else (statement,):
        raw.cursor().execute(line)
    raw.commit()
    raw.close()
    return list(findings(ledger))


def test_a_ledger_that_nobody_touched_is_clean(ledger: Ledger) -> None:
    fill(ledger)
    tally = Tally()
    assert list(findings(ledger, tally)) == []
    assert (tally.documents, tally.statements) == (2, 6)


def test_an_empty_ledger_is_clean(ledger: Ledger) -> None:
    assert list(findings(ledger)) == []


@pytest.mark.parametrize(("statement", "where", "what"), [case[1:] for case in DAMAGES], ids=[case[0] for case in DAMAGES])
def test_what_is_changed_behind_its_back_is_found(ledger: Ledger, statement: str, where: str, what: str) -> None:
    found = damaged(ledger, statement)
    assert [one for one in found if one.where.startswith(where) and what in one.what and not one.is_note], found


@pytest.mark.parametrize(("statement", "where", "what"), [case[1:] for case in SQLITE_DAMAGES], ids=[case[0] for case in SQLITE_DAMAGES])
def test_what_only_sqlite_lets_happen_is_found(tmp_path: object, statement: str, where: str, what: str) -> None:
    with open_ledger(f"{tmp_path}/ledger.db", Options(meaning=FakeMeaning()), create=True) as ledger:
        found = damaged(ledger, statement)
    assert [one for one in found if one.where.startswith(where) and what in one.what and not one.is_note], found


def test_a_full_text_index_that_is_gone_from_postgresql_is_found(postgres_url: str) -> None:
    with open_ledger(postgres_url, Options(meaning=FakeMeaning()), create=True) as ledger:
        (found,) = damaged(ledger, "DROP INDEX ix_statement_words_searched")
    assert found.where == "full-text index"


def test_damaged_pages_are_found_and_the_other_checks_go_on(tmp_path: object) -> None:
    where = f"{tmp_path}/ledger.db"
    with open_ledger(where, Options(meaning=FakeMeaning()), create=True) as ledger:
        damaged(ledger, "DELETE FROM vectors WHERE statement_id = 1")
        with ledger.engine.connect() as connection:
            page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'times'").scalar()
    with open(where, "r+b") as file:  # noqa: PTH123
        file.seek((int(page or 0) - 1) * 4096)
        file.write(b"\xff" * 4096)
    with open_ledger(where, read_only=True) as ledger:
        found = list(findings(ledger))
    assert any("damaged" in one.what for one in found), found
    assert "It has no vector." in [one.what for one in found]


def test_letters_that_no_database_takes_make_a_digest_that_cannot_be_checked(ledger: Ledger) -> None:
    given = replace(document(text="Mara Quill said \ud800 so.\0"), publisher="Lesk \udfff")
    one = Statement("s1", Attribution((Span(0, 10),), (), (Span(16, 20),)), QuoteType.DIRECT, Speaker("Mara Quill"))
    ledger.end(run := ledger.begin(OLD, "add"))
    ledger.add(run, [Record(given, (one,), (), (), ())])
    found = list(findings(ledger))
    assert [(note.where, note.is_note) for note in found] == [(f"document {document_key(given)}", True)] * 2
    assert all("cannot be checked, for U+FFFD" in note.what for note in found)


def test_excerpts_are_compared_as_far_as_they_are_kept(ledger_url: str) -> None:
    filler = "The harbour lay still and nobody walked there. " * 20
    given = Document("long", f"{filler}Mara Quill said the berth is shut. {filler}", "long.txt")
    start = len(filler) + 16
    one = Statement("s1", Attribution((), (), (Span(start, start + 17),)), QuoteType.DIRECT, Speaker("Mara Quill"))
    elsewhere = replace(one, attribution=Attribution((), (), (Span(0, 11),)))
    with open_ledger(ledger_url, Options(excerpts=True, meaning=FakeMeaning()), create=True) as ledger:
        run, again = ledger.begin(OLD, "add"), ledger.begin(NEW, "add")
        ledger.add(run, [Record(given, (one,), (), (), ())])
        ledger.add(again, [Record(given, (elsewhere,), (), (), ())])
        ledger.end(run)
        ledger.end(again)
        (note,) = findings(ledger)
        assert (note.where, note.is_note) == ("1 documents", True)
        as_json = "" if is_sqlite(ledger) else "::json"
        with ledger.writing() as connection:
            connection.execute(text("UPDATE documents SET excerpts = replace(CAST(excerpts AS TEXT), 'berth', 'pier!')" + as_json))
        assert [found.what for found in findings(ledger) if not found.is_note] == [
            "Its words are not those of the text.",
            "The bands by which its copies are found are not those of its text.",
        ]
        with ledger.writing() as connection:
            connection.execute(text('UPDATE documents SET excerpts = \'[[900, "x"], [20, "y"]]\''))
        assert [found.what[:13] for found in findings(ledger) if not found.is_note] == ["Its excerpts ", "Its signature", "The bands by "]
        with ledger.writing() as connection:
            connection.execute(text("UPDATE documents SET excerpts = '[7]'"))
        assert [found.what[:13] for found in findings(ledger) if not found.is_note] == ["Its excerpts "]


def test_a_run_without_an_end_is_a_note(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin(OLD, "add more")
    (note,) = findings(ledger)
    assert note.is_note
    assert (note.where, "'add more'" in note.what) == (f"run {run.id}", True)


def test_a_judgement_that_lost_its_statement_is_a_note(ledger: Ledger) -> None:
    other = "(SELECT key FROM statements WHERE document_id = 2 LIMIT 1)"
    (note,) = damaged(ledger, f"UPDATE judgements SET statement_key = {other}, content = '[[0, 1]]' WHERE id = 1")
    assert (note.where, note.is_note) == ("judgement 1", True)
    assert "orphaned" in note.what


def test_a_review_of_a_link_that_lost_one_of_its_statements_is_a_note(ledger: Ledger) -> None:
    first = statement_key(document_key(document()), *(getattr(record().statements[0].attribution, one) for one in ("source", "content")))
    (note,) = damaged(ledger, linked_to(first))  # which is a statement of another document
    assert (note.where, note.is_note) == ("judgement 2", True)
    assert "both statements that it is about: it is orphaned" in note.what


@pytest.mark.parametrize("name", ["news/courier-0312.txt", "news/other.txt"])
def test_of_judgements_about_what_was_removed_nothing_is_said(ledger: Ledger, name: str) -> None:
    fill(ledger)
    remove(ledger, name, "Ida Brook", "asked for")
    assert list(findings(ledger)) == []


def test_a_ledger_without_vectors_says_so_once(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        fill(ledger)
        (note,) = findings(ledger)
    assert (note.where, note.is_note) == ("vectors", True)


def test_memory_does_not_grow_with_the_ledger(tmp_path: object) -> None:
    peaks = []
    for count in (300, 1200):
        with open_ledger(f"{tmp_path}/{count}.db", create=True) as ledger:
            run = ledger.begin(OLD, "add")
            ledger.add(run, [record(document(f"d{n}", TEXT + " It rained." * 400)) for n in range(count)])
            ledger.end(run)
            tracemalloc.start()
            assert len(list(findings(ledger))) == 1
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
