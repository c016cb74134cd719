"""Who holds what on a matter, who stands against whom, and what is on and off the table as of a day."""

from __future__ import annotations

import pytest
from tests.find.affair import (
    COURIER,
    DENIES,
    GAZETTE,
    IF,
    MAYBE,
    NEVER,
    NO,
    NO_AGAIN,
    PAID,
    SILENT,
    asked,
    current,
    holder,
    link,
    said,
)
from tests.find.invented import JON, MARA, add, article
from tests.record.invented import span

from onrecord.find.positions import Course, Relation
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.ledger import Ledger


def told(relations: tuple[Relation, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(one.source.speaker_name, one.type, one.target.speaker_name) for one in relations]


def courses(found: tuple[Course, ...]) -> list[tuple[str, str | None, str]]:
    return [(one.since, one.speaker_name, one.said.words) for one in found]


def test_what_a_speaker_said_stands_in_the_order_of_the_days(affair: Ledger) -> None:
    mara = holder(affair, "mara-quill")
    assert [(one.day, one.stance) for one in mara.said] == [
        ("2031-03-10", "refuses"),
        ("2031-03-14", "leaves_open"),
        ("2031-03-16", "declines"),
    ]
    assert (mara.name, mara.role, mara.type) == ("Mara Quill", "harbour minister", "person")


def test_a_revision_replaces_the_old_position(affair: Ledger) -> None:
    assert current(affair, "mara-quill") == ("leaves_open", MAYBE, "2031-03-14")
    old, new, _ = holder(affair, "mara-quill").said
    assert old.replaced is not None
    assert (old.replaced.id, old.replaced.speaker_name, old.replaced.day) == (new.id, "Mara Quill", "2031-03-14")
    assert old.replaced.why == "Another position on the same guards."
    assert new.replaced is None


@pytest.mark.parametrize("wanted", [{"as_of": "2031-03-13"}, {"until": "2031-03-13"}])
def test_before_the_revision_the_old_position_holds(affair: Ledger, wanted: dict[str, str]) -> None:
    assert current(affair, "mara-quill", **wanted) == ("refuses", NO, "2031-03-10")
    assert holder(affair, "mara-quill", **wanted).said[0].replaced is None


@pytest.mark.parametrize(
    ("stance", "negated", "takes"),
    [
        ("declines", False, False),
        ("asks", False, False),
        ("commits", True, False),
        ("leaves_open", True, True),
        ("commits", False, True),
    ],
)
def test_who_will_not_say_asks_or_did_not_say_takes_no_position(ledger: Ledger, stance: str, negated: bool, takes: bool) -> None:
    add(ledger, said(article("one", "2031-03-10", (MARA, MAYBE)), stance, negated_cue=negated))
    mara = holder(ledger, "mara-quill")
    assert mara.said[0].takes_position is takes
    assert (mara.current is not None, mara.since is not None) == (takes, takes)


def test_a_no_comment_takes_nothing_back(affair: Ledger) -> None:
    link(affair, "revises", SILENT, MAYBE)
    assert current(affair, "mara-quill") == ("leaves_open", MAYBE, "2031-03-14")


def test_a_rejected_revision_replaces_nothing(affair: Ledger) -> None:
    not_a_statement(affair, holder(affair, "mara-quill").said[1].id, by="Ida Brook")
    assert current(affair, "mara-quill") == ("refuses", NO, "2031-03-10")


def test_a_corrected_stance_goes_before_the_program(affair: Ledger) -> None:
    correct(affair, holder(affair, "mara-quill").said[2].id, Changes(stance="refuses"), by="Ida Brook")
    assert current(affair, "mara-quill") == ("refuses", SILENT, "2031-03-16")
    assert holder(affair, "mara-quill").said[2].judged


def test_two_whose_positions_contradict_stand_against_each_other_while_both_hold(affair: Ledger) -> None:
    (first,) = asked(affair, as_of="2031-03-12").against
    assert (first.type, first.source.speaker_key, first.target.speaker_key) == ("contradicts", "lesk-council", "mara-quill")
    assert (first.source.words, first.target.words, first.why) == (PAID, NO, "Both cannot hold.")
    assert told(asked(affair).against) == [("Tilde Roos", "denies", "Lesk Council")]


def test_two_who_say_the_same_stand_beside_each_other(affair: Ledger) -> None:
    assert told(asked(affair).beside) == [("Mara Quill", "agrees", "Jon Quill")]
    assert asked(affair, as_of="2031-03-13").beside == ()


def test_copies_give_one_relation_by_the_surest_link(affair: Ledger) -> None:
    link(affair, "contradicts", PAID, NO_AGAIN, probability=0.95, why="Surer.")
    assert [one.why for one in asked(affair, as_of="2031-03-12").against] == ["Surer."]


def test_the_words_that_tell_a_link_are_shown(affair: Ledger) -> None:
    link(affair, "denies", NEVER, PAID, probability=0.99, evidence=[list(span("said", DENIES.document.text))])
    (one,) = asked(affair).against
    assert one.evidence == "said"


def test_who_contradicts_himself_on_a_later_day_holds_the_later_words(ledger: Ledger) -> None:
    add(ledger, said(article("one", "2031-03-10", (MARA, NO)), "asserts", "2031-03-10"))
    add(ledger, said(article("two", "2031-03-12", (MARA, MAYBE)), "asserts", "2031-03-12"))
    link(ledger, "contradicts", MAYBE, NO)
    assert current(ledger, "mara-quill") == ("asserts", MAYBE, "2031-03-12")
    assert [one.replaced is None for one in holder(ledger, "mara-quill").said] == [False, True]
    assert asked(ledger).against == ()


def test_two_statements_that_revise_each_other_leave_one(ledger: Ledger) -> None:
    add(ledger, said(article("one", "2031-03-10", (MARA, NO)), "asserts"), said(article("two", "2031-03-10", (MARA, MAYBE)), "asserts"))
    link(ledger, "revises", MAYBE, NO)
    link(ledger, "revises", NO, MAYBE, probability=0.6)
    assert [one.replaced is None for one in holder(ledger, "mara-quill").said] == [False, True]


def test_who_speaks_for_another_can_revise_for_him(ledger: Ledger) -> None:
    add(ledger, COURIER, said(article("jon", "2031-03-12", (JON, MAYBE)), "leaves_open", "2031-03-12"))
    link(ledger, "revises", MAYBE, NO)
    (jon, mara) = asked(ledger).speakers
    assert (jon.key, mara.key, mara.current) == ("jon-quill", "mara-quill", None)
    assert mara.said[0].replaced is not None
    assert mara.said[0].replaced.speaker_name == "Jon Quill"


def test_what_is_on_and_off_the_table_is_told_as_of_the_day(affair: Ledger) -> None:
    before, now = asked(affair, as_of="2031-03-12"), asked(affair)
    assert courses(before.off_the_table) == [("2031-03-10", "Mara Quill", NO)]
    assert courses(before.on_the_table) == [("2031-03-11", "Jon Quill", IF), ("2031-03-12", "Lesk Council", PAID)]
    assert courses(now.off_the_table) == [("2031-03-13", "Tilde Roos", NEVER)]
    assert courses(now.on_the_table) == [*courses(before.on_the_table), ("2031-03-14", "Mara Quill", MAYBE)]


def test_a_course_is_told_with_its_condition_and_document(affair: Ledger) -> None:
    one = asked(affair).on_the_table[0].said
    assert (one.conditional, one.condition) == (True, "if the river rises")
    assert (one.carried[0].publisher, one.carried[0].document, one.carried[0].known_on) == ("Weekly", "river", "2031-03-11")


@pytest.mark.parametrize(("words", "is_course"), [("guards reached the bridge", False), ("guards would be sent to the bridge", True)])
def test_a_denied_plan_is_off_the_table_and_a_denied_fact_is_nothing_there(ledger: Ledger, words: str, is_course: bool) -> None:
    add(ledger, said(article("one", "2031-03-10", (MARA, words)), "denies"))
    assert bool(asked(ledger).off_the_table) is is_course
    assert current(ledger, "mara-quill") == ("denies", words, "2031-03-10")


def test_a_turn_on_the_same_course_needs_no_link(ledger: Ledger) -> None:
    add(ledger, COURIER, said(article("turn", "2031-03-12", (MARA, PAID)), "commits", "2031-03-12"))
    add(ledger, said(article("more", "2031-03-13", (MARA, "divers inspect the bridge tomorrow with guards")), "commits", "2031-03-13"))
    found = asked(ledger)
    assert found.off_the_table == ()
    assert [one.replaced is None for one in holder(ledger, "mara-quill").said] == [False, True, True]


def test_words_on_another_course_turn_nothing(ledger: Ledger) -> None:
    other = article("other", "2031-03-12", (MARA, "painters will mend the railing of the bridge"), (JON, "the guards sleep"))
    add(ledger, COURIER, said(other, "commits", "2031-03-12"))
    found = asked(ledger)
    assert [courses(each) for each in (found.off_the_table, found.on_the_table)] == [
        [("2031-03-10", "Mara Quill", NO)],
        [("2031-03-12", "Mara Quill", "painters will mend the railing of the bridge")],
    ]


def test_what_was_plainly_said_before_revises_nothing(ledger: Ledger) -> None:
    add(ledger, COURIER, said(article("late", "2031-03-14", (MARA, MAYBE)), "asserts", "2031-03-14"))
    link(ledger, "revises", NO, MAYBE)
    assert current(ledger, "mara-quill") == ("asserts", MAYBE, "2031-03-14")


def test_a_step_between_breaks_the_time_since_which_a_position_is_held(ledger: Ledger) -> None:
    stances = {"2031-03-10": "leaves_open", "2031-03-12": "commits", "2031-03-14": "leaves_open"}
    add(ledger, *(said(article(day, day, (MARA, f"guards may stay at the bridge {day}")), stance, day) for day, stance in stances.items()))
    assert holder(ledger, "mara-quill").since == "2031-03-14"


def test_a_position_is_held_since_it_was_first_taken_without_a_break(ledger: Ledger) -> None:
    again = said(article("again", "2031-03-18", (MARA, "the bridge will get no guards")), "refuses", "2031-03-18")
    add(ledger, COURIER, again)
    assert current(ledger, "mara-quill") == ("refuses", "the bridge will get no guards", "2031-03-10")
    assert courses(asked(ledger).off_the_table) == [("2031-03-10", "Mara Quill", "the bridge will get no guards")]
    add(ledger, GAZETTE)
    link(ledger, "revises", MAYBE, NO)
    assert current(ledger, "mara-quill") == ("refuses", "the bridge will get no guards", "2031-03-18")
    assert asked(ledger).on_the_table == ()


def test_with_a_name_only_what_concerns_the_one_is_told(affair: Ledger) -> None:
    found = asked(affair, by="Lesk Council")
    assert [one.key for one in found.speakers] == ["lesk-council"]
    assert told(found.against) == [("Tilde Roos", "denies", "Lesk Council")]
    assert (found.beside, len(found.on_the_table), found.off_the_table) == ((), 1, ())
