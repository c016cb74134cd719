"""What is new of a saved search is what the ledger recorded since: once, as people judged it, however the program reads it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from tests.find.affair import COURIER, DENIES, GAZETTE, MAYBE, NEVER, NO, NO_AGAIN, PAID, PAYS, POST, RIVER, SILENT, WEEKLY, compared, link
from tests.find.invented import JON, MARA, NEW, add, article, changed, key_of
from tests.find.linked import said_again
from tests.record.invented import person

from onrecord.data import Stance
from onrecord.errors import LedgerError, UsageError
from onrecord.find.alerts import Alert, alert_named, alert_with_key, alerts, feed_alert, kept_question, question_kept
from onrecord.find.links import WantedLinks, links
from onrecord.find.question import Question
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import LinkName
from onrecord.record.removal import remove
from onrecord.record.searches import end, look, save
from onrecord.record.stored import current_statements

IDA, NILS = "Ida Brook", "Nils Fell"
GUARDS = "guards at the bridge"


def saved(ledger: Ledger, text: str | None = GUARDS, name: str = "Guards", owner: str = IDA, **filters: Any) -> str:
    return save(ledger, name, kept_question(Question(text, **filters)), owner)


def words(one: Alert) -> list[str]:
    return [new.answer.words for new in one.news.statements]


def met(one: Alert) -> set[tuple[str, str, str]]:
    return {(new.link.source.words, str(new.link.type), new.link.target.words) for new in one.news.conflicts}


def new_words(ledger: Ledger, key: str) -> list[str]:
    return words(alert_with_key(ledger, key))


def seen(ledger: Ledger, key: str) -> None:
    look(ledger, key, alert_with_key(ledger, key).news.mark, IDA)


def key_said(ledger: Ledger, said: str) -> str:
    """The id of the current statement with these words."""
    with ledger.reading() as connection:
        return str(next(row.key for row in connection.execute(current_statements()) if row.words == said))


@pytest.fixture
def guards(ledger: Ledger) -> str:
    """A search that was saved when two papers were in the ledger."""
    add(ledger, COURIER, WEEKLY)
    return saved(ledger)


def test_what_was_there_when_it_was_saved_is_not_new(ledger: Ledger, guards: str) -> None:
    (one,) = alerts(ledger)
    assert (one.search.name, one.search.made_by, one.question.text) == ("Guards", IDA, GUARDS)
    assert (words(one), met(one)) == ([], set())


def test_what_is_added_is_new_the_last_recorded_first_whenever_it_was_said(ledger: Ledger, guards: str) -> None:
    add(ledger, POST, PAYS)
    add(ledger, article("old", "1999-01-01", (MARA, "guards were at the bridge")))
    assert new_words(ledger, guards) == ["guards were at the bridge", PAID, SILENT]
    first = alert_with_key(ledger, guards).news.statements[-1]
    assert first.recorded_at >= alerts(ledger)[0].search.made_at


def test_all_words_of_a_question_must_stand_in_a_statement_or_its_meaning_be_near(ledger: Ledger) -> None:
    key = saved(ledger, "ferry tolls", "Tolls")
    told = ["the ferry runs at night", "the tolls of the ferry will rise", "boat fees", "it rained"]
    add(ledger, *(article(f"paper-{n}", "2031-03-20", (MARA, one)) for n, one in enumerate(told)))
    assert new_words(ledger, key) == ["boat fees", "the tolls of the ferry will rise"]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"by": "Mara Quill"}, [SILENT, MAYBE]),
        ({"by": "nobody yet"}, []),
        ({"stances": (Stance.LEAVES_OPEN, Stance.COMMITS)}, ["guards at the bridge stay possible if the river rises", PAID, MAYBE]),
        ({"publisher": "gazette"}, [MAYBE]),
        ({"since": "2031-03-15"}, [SILENT]),
        ({"until": "2031-03-12"}, ["guards at the bridge stay possible if the river rises", PAID]),
        ({"as_of": "2031-03-11"}, ["guards at the bridge stay possible if the river rises"]),
    ],
)
def test_the_filters_are_those_of_ask(ledger: Ledger, filters: dict[str, Any], wanted: list[str]) -> None:
    key = saved(ledger, **filters)
    add(ledger, GAZETTE, POST, PAYS, RIVER)
    assert new_words(ledger, key) == wanted


def test_without_words_every_statement_that_passes_is_new(ledger: Ledger) -> None:
    key = saved(ledger, None, by="tilde-roos")
    add(ledger, PAYS, DENIES)
    assert new_words(ledger, key) == [NEVER]


def test_words_that_nobody_said_are_new_only_where_they_are_asked_for(ledger: Ledger) -> None:
    plain, wide = saved(ledger), saved(ledger, name="Wide", hypothetical=True)
    add(ledger, changed(GAZETTE, hypothetical=True))
    assert (new_words(ledger, plain), new_words(ledger, wide)) == ([], [MAYBE])


def test_what_was_seen_is_new_no_more_and_the_next_is(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    seen(ledger, guards)
    assert new_words(ledger, guards) == []
    add(ledger, POST)
    assert new_words(ledger, guards) == [SILENT]


def test_what_came_between_the_showing_and_the_marking_stays_new(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    shown = alert_with_key(ledger, guards).news.mark
    add(ledger, POST)
    look(ledger, guards, shown, IDA)
    assert new_words(ledger, guards) == [SILENT]


def test_an_older_mark_makes_nothing_new_again(ledger: Ledger, guards: str) -> None:
    before = alert_with_key(ledger, guards).news.mark
    add(ledger, GAZETTE)
    seen(ledger, guards)
    look(ledger, guards, before, IDA)
    assert new_words(ledger, guards) == []


def test_each_search_has_its_own_mark(ledger: Ledger, guards: str) -> None:
    other = saved(ledger, owner=NILS)
    add(ledger, GAZETTE)
    seen(ledger, guards)
    assert (new_words(ledger, guards), new_words(ledger, other)) == ([], [MAYBE])
    assert [one.search.made_by for one in alerts(ledger)] == [IDA, NILS]
    assert [one.search.key for one in alerts(ledger, NILS)] == [other]


def test_a_feed_keeps_for_two_weeks_what_was_marked_as_seen(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    seen(ledger, guards)
    add(ledger, POST)
    seen(ledger, guards)
    assert words(feed_alert(ledger, guards)) == [SILENT, MAYBE]
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE looks SET made_at = '2020-01-01T00:00:00.000+00:00' WHERE id <= 2")
    assert words(feed_alert(ledger, guards)) == [SILENT]


def test_another_reading_of_the_same_words_is_not_new(ledger: Ledger, guards: str) -> None:
    add(ledger, COURIER, WEEKLY, program=NEW)
    assert new_words(ledger, guards) == []
    add(ledger, said_again(COURIER, "guards will be sent to the bridge"), program=replace(NEW, name="onrecord 3"))
    assert new_words(ledger, guards) == []


def test_another_reading_is_new_where_the_earlier_one_did_not_pass_the_filters(ledger: Ledger) -> None:
    add(ledger, COURIER)
    key = saved(ledger, stances=(Stance.COMMITS,))
    add(ledger, changed(COURIER, stance="commits"), program=NEW)
    assert new_words(ledger, key) == [NO]
    seen(ledger, key)
    assert new_words(ledger, key) == []


def test_only_the_current_reading_of_a_new_document_counts(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    add(ledger, GAZETTE, program=NEW)
    assert new_words(ledger, guards) == [MAYBE]


def test_what_people_correct_counts_as_corrected(ledger: Ledger, guards: str) -> None:
    key = saved(ledger, name="Of Jon", by="Jon Quill")
    add(ledger, GAZETTE, article("jon", "2031-03-20", (JON, "it rained")))
    assert new_words(ledger, key) == []
    statement = key_said(ledger, MAYBE)
    correct(ledger, statement, Changes(speaker="Jon Quill"), IDA)
    assert new_words(ledger, key) == [MAYBE]
    not_a_statement(ledger, statement, IDA)
    assert (new_words(ledger, key), new_words(ledger, guards)) == ([], [])


def test_a_removed_document_is_new_no_more_and_what_takes_its_place_is(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    remove(ledger, key_of(GAZETTE), IDA, "a court order")
    assert new_words(ledger, guards) == []
    add(ledger, POST)
    seen(ledger, guards)
    remove(ledger, key_of(POST), IDA, "a court order")
    add(ledger, PAYS)  # in SQLite its rows have the numbers of those that are gone
    assert new_words(ledger, guards) == [PAID]


def conflicting(ledger: Ledger) -> None:
    add(ledger, PAYS, DENIES)
    link(ledger, "contradicts", PAID, NO, why="Both cannot hold.")
    link(ledger, "denies", NEVER, PAID)


def test_conflicts_about_what_answers_are_new_with_either_end(ledger: Ledger, guards: str) -> None:
    conflicting(ledger)
    found = alert_with_key(ledger, guards)
    assert met(found) == {(PAID, "contradicts", NO), (NEVER, "denies", PAID)}
    of_roos = saved(ledger, None, "Roos", by="Tilde Roos")
    assert met(alert_with_key(ledger, of_roos)) == set()
    seen(ledger, guards)
    assert met(alert_with_key(ledger, guards)) == set()


def test_a_conflict_about_what_was_seen_long_ago_is_new_when_it_is_found(ledger: Ledger, guards: str) -> None:
    add(ledger, PAYS)
    seen(ledger, guards)
    link(ledger, "contradicts", PAID, NO)
    found = alert_with_key(ledger, guards)
    assert (words(found), met(found)) == ([], {(PAID, "contradicts", NO)})
    assert found.news.conflicts[0].found_at > found.search.seen_at


def test_links_that_are_no_conflicts_are_not_told(ledger: Ledger, guards: str) -> None:
    add(ledger, GAZETTE)
    link(ledger, "revises", MAYBE, NO)
    assert met(alert_with_key(ledger, guards)) == set()


def test_a_conflict_inside_a_new_document_is_new(ledger: Ledger) -> None:
    from onrecord.data import Basis, Link, LinkType  # noqa: PLC0415

    key = saved(ledger, "bridge guards")
    record = article("both", "2031-03-20", (MARA, "guards stand at the bridge"), (JON, "no guards stand there"))
    inside = Link(LinkType.DENIES, "s2", "s1", Basis.INFERRED, 0.8)
    add(ledger, replace(record, links=(inside,)))
    assert met(alert_with_key(ledger, key)) == {("no guards stand there", "denies", "guards stand at the bridge")}


def test_a_rejected_conflict_is_not_told_and_one_that_is_taken_back_is(ledger: Ledger, guards: str) -> None:
    conflicting(ledger)
    (one,) = links(ledger, WantedLinks(types=("contradicts",)))
    number = judge_link(ledger, LinkName(one.source.id, one.target.id, one.type), LinkDecision.REJECTED, IDA)
    assert met(alert_with_key(ledger, guards)) == {(NEVER, "denies", PAID)}
    undo(ledger, number, IDA)
    assert (PAID, "contradicts", NO) in met(alert_with_key(ledger, guards))


def test_a_conflict_that_a_person_makes_is_new_and_one_that_a_person_accepts_is_not_new_again(ledger: Ledger, guards: str) -> None:
    conflicting(ledger)
    seen(ledger, guards)
    (one,) = links(ledger, WantedLinks(types=("contradicts",)))
    judge_link(ledger, LinkName(one.source.id, one.target.id, one.type), LinkDecision.ACCEPTED, IDA)
    assert met(alert_with_key(ledger, guards)) == set()
    judge_link(ledger, LinkName(key_said(ledger, PAID), key_said(ledger, NO_AGAIN), "denies"), LinkDecision.ACCEPTED, IDA)
    assert met(alert_with_key(ledger, guards)) == {(PAID, "denies", NO_AGAIN)}
    seen(ledger, guards)
    assert met(alert_with_key(ledger, guards)) == set()


def test_what_is_compared_again_by_another_version_is_not_new(ledger: Ledger, guards: str) -> None:
    conflicting(ledger)
    seen(ledger, guards)
    link(ledger, "contradicts", PAID, NO)
    link(ledger, "denies", NEVER, PAID)
    assert met(alert_with_key(ledger, guards)) == set()


def test_a_conflict_between_other_readings_of_the_same_words_is_not_new(ledger: Ledger, guards: str) -> None:
    conflicting(ledger)
    seen(ledger, guards)
    shorter = "the council will pay for guards at the"
    add(ledger, said_again(PAYS, shorter), program=NEW)
    link(ledger, "contradicts", shorter, NO)
    assert met(alert_with_key(ledger, guards)) == set()


def test_copies_are_told_once_where_that_is_asked_for(ledger: Ledger) -> None:
    from onrecord.data import Basis, Variant  # noqa: PLC0415

    every, once = saved(ledger, name="Every"), saved(ledger, name="Once", without_copies=True)
    add(ledger, GAZETTE, replace(GAZETTE, document=replace(GAZETTE.document, publisher="Mirror", locator="news/mirror.txt", name="mirror")))
    with ledger.reading() as connection:
        one, other = connection.execute(current_statements()).all()[-2:]
    repeats = {"type": "repeats", "basis": Basis.INFERRED, "variant": Variant.IDENTICAL, "probability": 1.0, "why": None, "evidence": []}
    compared(ledger, other.reading_id, [{"from_id": other.id, "to_id": one.id, "copied_id": other.id, **repeats}])
    assert (new_words(ledger, every), new_words(ledger, once)) == ([MAYBE, MAYBE], [MAYBE])
    seen(ledger, once)
    assert new_words(ledger, once) == []


def test_a_copy_of_what_was_seen_is_not_new_where_copies_count_once(ledger: Ledger) -> None:
    from onrecord.data import Basis, Variant  # noqa: PLC0415

    add(ledger, GAZETTE)
    once = saved(ledger, without_copies=True)
    add(ledger, replace(GAZETTE, document=replace(GAZETTE.document, publisher="Mirror", locator="news/mirror.txt", name="mirror")))
    with ledger.reading() as connection:
        one, other = connection.execute(current_statements()).all()[-2:]
    repeats = {"type": "repeats", "basis": Basis.INFERRED, "variant": Variant.IDENTICAL, "probability": 1.0, "why": None, "evidence": []}
    compared(ledger, other.reading_id, [{"from_id": other.id, "to_id": one.id, "copied_id": other.id, **repeats}])
    assert new_words(ledger, once) == []


def test_a_search_that_has_ended_is_told_no_more_and_its_name_is_free(ledger: Ledger, guards: str) -> None:
    with pytest.raises(UsageError, match="already"):
        saved(ledger)
    end(ledger, guards, IDA)
    assert alerts(ledger) == []
    for ask in (alert_with_key, feed_alert, alert_named):
        with pytest.raises(LedgerError) as failed:
            ask(ledger, guards)
        assert failed.value.code == "ledger.not_found"
    assert saved(ledger) != guards


def test_a_search_is_found_by_its_name_or_the_first_digits_of_its_id(ledger: Ledger, guards: str) -> None:
    other = saved(ledger, owner=NILS)
    assert alert_named(ledger, guards[:8]).search.key == guards
    assert alert_named(ledger, "Guards", NILS).search.key == other
    with pytest.raises(LedgerError, match=f"{IDA}, {NILS}") as failed:
        alert_named(ledger, "Guards")
    assert failed.value.code == "ledger.ambiguous"


def test_the_question_is_kept_as_it_was_asked() -> None:
    asked = Question("guards", by="Mara Quill", stances=(Stance.DENIES,), since="2031-03", hypothetical=True, without_copies=True)
    assert kept_question(asked) == {
        "text": "guards",
        "by": "Mara Quill",
        "stances": ["denies"],
        "since": "2031-03",
        "hypothetical": True,
        "without_copies": True,
    }
    assert question_kept(kept_question(asked)) == asked
    for wrong in ({"ferry": 1}, {"since": "never"}, {"stances": ["shrugs"]}, {"stances": 3}):
        with pytest.raises(LedgerError) as failed:
            question_kept(wrong)
        assert failed.value.code == "ledger.damaged"


@pytest.fixture
def asked_sql(ledger: Ledger) -> Iterator[list[str]]:
    """The statements of SQL that the ledger is asked."""
    told: list[str] = []

    def hear(*given: Any) -> None:
        told.append(str(given[2]))

    event.listen(ledger.engine, "before_cursor_execute", hear)
    yield told
    event.remove(ledger.engine, "before_cursor_execute", hear)


def test_where_nothing_is_new_no_statement_is_looked_at(ledger: Ledger, guards: str, asked_sql: list[str]) -> None:
    saved(ledger, None, "Nobody yet", by="nobody yet")
    del asked_sql[:]
    assert len(alerts(ledger)) == 2
    assert asked_sql
    assert not [one for one in asked_sql if "FROM statements" in one or "FROM links" in one or "sightings" in one]


def test_a_name_of_a_person_that_is_not_on_record_yet_is_told_once_it_is(ledger: Ledger) -> None:
    add(ledger, COURIER)
    key = saved(ledger, None, by="Otto Lind")
    add(ledger, article("lind", "2031-03-20", (person("Otto Lind"), "it rained")))
    assert new_words(ledger, key) == ["it rained"]
