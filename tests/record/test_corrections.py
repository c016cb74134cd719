"""Judgements of people: they outrank the model, survive a re-run, follow their statement or are orphaned, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from tests.record.invented import MODELS, TEXT, document, person, record, said, span, statement

from onrecord.data import Record, Speaker, SpeakerType, Stance, Statement
from onrecord.errors import LedgerError, UsageError
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.from_rows import statement_of
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.named import statement_named
from onrecord.record.stored import current_statements
from onrecord.record.tables import judgements, run_ends, runs, statements

OLD, NEW, NEWEST = (Program(f"onrecord {n}", MODELS) for n in (1, 2, 3))
FERRY = "that the ferry would sail again"
BY = "Ida Brook"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        add(opened, record())
        yield opened


def add(ledger: Ledger, *results: Record, program: Program = OLD) -> None:
    run = ledger.begin(program, "add news")
    ledger.add(run, results)
    ledger.end(run)


def reread(ledger: Ledger, words: str, speaker: Speaker, program: Program = NEW, **reading: object) -> None:
    """Another program reads the same article and finds one statement in it."""
    add(ledger, said(TEXT, words, speaker, document(), **reading), program=program)


def raw(ledger: Ledger, words: str = FERRY) -> dict[str, Any]:
    """The row of the current statement with these words, as the model made it."""
    with ledger.reading() as connection:
        return dict(connection.execute(current_statements().where(statements.c.words == words)).mappings().one())


def key(ledger: Ledger, words: str = FERRY) -> str:
    return str(raw(ledger, words)["key"])


def seen(ledger: Ledger, words: str = FERRY) -> dict[str, Any]:
    """The row as judged; empty where it is no statement."""
    return all_judged(ledger).row(raw(ledger, words)) or {}


def all_judged(ledger: Ledger) -> Judged:
    with ledger.reading() as connection:
        return judged(connection)


def orphans(ledger: Ledger) -> list[int]:
    return [one["id"] for one in all_judged(ledger).orphans]


def test_a_correction_outranks_the_model_and_overwrites_nothing(ledger: Ledger) -> None:
    before = raw(ledger)
    correct(ledger, before["key"], Changes(stance="denies", said_on="2031-03-11", conditional=True, negated=True), BY, "heard the tape")
    assert raw(ledger) == before
    wanted = {"stance": "denies", "said_on": "2031-03-11", "sorted_on": "2031-03-11", "conditional": True, "negated_cue": True}
    assert seen(ledger) == before | wanted | {"said_on_anchor": "judgement"}


def test_a_judgement_is_a_run_of_its_own_with_a_name_and_a_note(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger), Changes(stance="asks"), f" {BY} ", "heard the tape")
    with ledger.reading() as connection:
        found = connection.execute(select(judgements).where(judgements.c.id == number)).mappings().one()
        run = connection.execute(select(runs).where(runs.c.id == found["run_id"])).mappings().one()
        assert connection.scalar(select(run_ends.c.ended_at).where(run_ends.c.run_id == run["id"]))
    assert (found["made_by"], found["note"], run["made_by"]) == (BY, "heard the tape", BY)
    assert run["command"] == f"correct {key(ledger)}"


SPEAKERS = [
    ("Brenn", {"speaker_name": "Brenn", "speaker_key": "brenn", "speaker_type": "organisation", "speaker_role": None}),
    ("brenn", {"speaker_name": "Brenn", "speaker_key": "brenn", "speaker_type": "organisation", "mentions": []}),
    ("mara quill", {"speaker_name": "Mara Quill", "speaker_key": "mara-quill", "speaker_role": "Harbour minister"}),
    ("mara-quill", {"speaker_name": "Mara Quill", "speaker_key": "mara-quill", "speaker_type": "person"}),
    ("Núria Håge", {"speaker_name": "Núria Håge", "speaker_key": "nuria-hage", "speaker_type": "unknown", "speaker_role": None}),
    ("nobody", {"speaker_name": None, "speaker_key": None, "speaker_type": "unknown", "speaker_role": None}),
]


@pytest.mark.parametrize(("name", "wanted"), SPEAKERS, ids=[name for name, _ in SPEAKERS])
def test_a_speaker_is_found_among_those_the_ledger_knows_or_is_new(ledger: Ledger, name: str, wanted: dict[str, Any]) -> None:
    correct(ledger, key(ledger), Changes(speaker=name), BY)
    found = seen(ledger)
    assert {column: found[column] for column in wanted} == wanted


def test_type_and_role_go_with_a_new_speaker(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(speaker="Otto Lind", speaker_type="person", role="mate"), BY)
    found = seen(ledger)
    assert (found["speaker_name"], found["speaker_type"], found["speaker_role"]) == ("Otto Lind", "person", "mate")
    correct(ledger, key(ledger), Changes(role=""), BY)
    assert (seen(ledger)["speaker_name"], seen(ledger)["speaker_role"]) == ("Otto Lind", None)


def test_of_several_who_are_called_so_the_key_says_which(ledger: Ledger) -> None:
    text = "Quill spoke."
    add(ledger, *(said(text, "spoke", person("Quill", one), document(one, text)) for one in ("mara-quill", "jon-quill")))
    with pytest.raises(LedgerError, match="jon-quill or mara-quill") as caught:
        correct(ledger, key(ledger), Changes(speaker="Quill"), BY)
    assert caught.value.code == "ledger.ambiguous"
    correct(ledger, key(ledger), Changes(speaker="jon-quill"), BY)
    assert (seen(ledger)["speaker_name"], seen(ledger)["speaker_key"]) == ("Quill", "jon-quill")


def test_a_day_that_nobody_knows_is_cleared_and_the_statement_is_sorted_by_its_article(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(said_on="unknown"), BY)
    found = seen(ledger)
    assert (found["said_on"], found["said_on_span"], found["sorted_on"]) == (None, None, "2031-03-12")
    assert statement_of(found).said_on is None


def test_a_day_may_be_given_where_no_words_of_the_text_give_it(ledger: Ledger) -> None:
    words = "“There is no such plan,”"
    correct(ledger, key(ledger, words), Changes(said_on="2031-W10"), BY)
    said_on = statement_of(seen(ledger, words)).said_on
    assert said_on is not None
    assert (said_on.value, said_on.span.of(TEXT), said_on.anchor) == ("2031-W10", "", "judgement")
    assert seen(ledger, words)["sorted_on"] == "2031-03-03"


def test_a_condition_goes_with_the_conditional(ledger: Ledger) -> None:
    reread(ledger, FERRY, person("Mara Quill"), NEW, conditional=True, condition=(span("again"),))
    correct(ledger, key(ledger), Changes(conditional=False), BY)
    assert (seen(ledger)["conditional"], seen(ledger)["condition"]) == (False, [])


def test_later_corrections_lie_over_earlier_ones(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(speaker="Brenn", stance="denies"), BY)
    correct(ledger, key(ledger), Changes(stance="asks"), BY)
    assert (seen(ledger)["speaker_key"], seen(ledger)["stance"]) == ("brenn", "asks")


def test_what_is_no_statement_is_one_again_once_it_is_corrected(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(stance="asks"), BY)
    not_a_statement(ledger, key(ledger), BY, "a headline")
    assert seen(ledger) == {}
    correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    assert (seen(ledger)["speaker_key"], seen(ledger)["stance"]) == ("brenn", "asks")


def test_undoing_one_leaves_the_others(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    stance = correct(ledger, key(ledger), Changes(stance="asks"), BY)
    gone = not_a_statement(ledger, key(ledger), BY)
    undo(ledger, gone, "Tom Reed", "it is one")
    assert (seen(ledger)["speaker_key"], seen(ledger)["stance"]) == ("brenn", "asks")
    undo(ledger, stance, "Tom Reed")
    assert (seen(ledger)["speaker_key"], seen(ledger)["stance"]) == ("brenn", "commits")


def test_what_was_undone_or_is_not_there_cannot_be_undone(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger), Changes(stance="asks"), BY)
    undoing = undo(ledger, number, BY)
    for one in (number, undoing):
        with pytest.raises(UsageError) as caught:
            undo(ledger, one, BY)
        assert caught.value.code == "usage.bad_judgement"
    with pytest.raises(LedgerError, match="no judgement 77"):
        undo(ledger, 77, BY)


def test_a_judgement_survives_a_re_run_that_finds_the_same(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(speaker="Brenn", stance="denies"), BY)
    add(ledger, record(), program=NEW)
    assert (seen(ledger)["speaker_key"], seen(ledger)["stance"], orphans(ledger)) == ("brenn", "denies", [])


@pytest.mark.parametrize("words", ["the ferry would sail again", "said on Monday that the ferry would sail", "ferry would sail again"])
def test_after_the_speaker_was_corrected_it_follows_to_what_the_model_gives_to_the_same_as_then(ledger: Ledger, words: str) -> None:
    correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    reread(ledger, words, person("Mara Quill"))
    assert (seen(ledger, words)["speaker_key"], orphans(ledger)) == ("brenn", [])


def test_it_follows_to_a_model_that_agrees_with_the_correction(ledger: Ledger) -> None:
    words = "the ferry would sail again"
    correct(ledger, key(ledger), Changes(speaker="Brenn", stance="denies"), BY)
    not_a_statement(ledger, key(ledger), BY)
    reread(ledger, words, Speaker("Brenn", SpeakerType.ORGANISATION, key="brenn"))
    assert (seen(ledger, words), orphans(ledger)) == ({}, [])


NOT_FOLLOWED = [("the ferry would sail again", "Otto Lind"), ("ferry", "Mara Quill"), ("The council meets on Friday", "Mara Quill")]


@pytest.mark.parametrize(("words", "speaker"), NOT_FOLLOWED)
def test_without_the_same_speaker_and_half_of_the_words_it_is_orphaned(ledger: Ledger, words: str, speaker: str) -> None:
    number = correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    reread(ledger, words, person(speaker))
    assert (seen(ledger, words)["speaker_key"], orphans(ledger)) == (raw(ledger, words)["speaker_key"], [number])


def test_an_orphan_comes_back_with_a_model_that_finds_its_statement(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger), Changes(stance="denies"), BY)
    reread(ledger, "The council meets on Friday", person("Mara Quill"))
    assert orphans(ledger) == [number]
    add(ledger, record(), program=NEWEST)
    assert (seen(ledger)["stance"], orphans(ledger)) == ("denies", [])


def test_corrections_before_and_after_a_re_run_hold_together(ledger: Ledger) -> None:
    words = "the ferry would sail again"
    correct(ledger, key(ledger), Changes(speaker="Brenn", stance="denies"), BY)
    reread(ledger, words, person("Mara Quill"))
    second = correct(ledger, key(ledger, words), Changes(speaker="Otto Lind"), BY)
    assert (seen(ledger, words)["speaker_key"], seen(ledger, words)["stance"]) == ("otto-lind", "denies")
    reread(ledger, "ferry would sail again", person("Mara Quill"), NEWEST)
    found = seen(ledger, "ferry would sail again")
    assert (found["speaker_key"], found["stance"], orphans(ledger)) == ("otto-lind", "denies", [])
    undo(ledger, second, BY)
    assert seen(ledger, "ferry would sail again")["speaker_key"] == "brenn"


def test_no_statement_then_a_correction_hold_after_a_re_run_too(ledger: Ledger) -> None:
    words = "the ferry would sail again"
    not_a_statement(ledger, key(ledger), BY)
    later = correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    reread(ledger, words, person("Mara Quill"))
    assert (seen(ledger, words)["speaker_key"], orphans(ledger)) == ("brenn", [])
    undo(ledger, later, BY)
    assert seen(ledger, words) == {}


def test_of_two_that_overlap_it_follows_to_the_nearer(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(stance="denies"), BY)
    quill = person("Mara Quill")
    both = tuple(statement(words, quill, TEXT, n) for n, words in enumerate(("ferry would sail again", "the ferry would sail again"), 1))
    add(ledger, Record(document(), both, (), (), (), MODELS), program=NEW)
    assert seen(ledger, "the ferry would sail again")["stance"] == "denies"
    assert seen(ledger, "ferry would sail again")["stance"] == "asserts"


def test_nobody_s_words_are_found_again_as_nobody_s(ledger: Ledger) -> None:
    reread(ledger, FERRY, Speaker(None))
    correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    reread(ledger, "the ferry would sail again", Speaker(None), NEWEST)
    assert seen(ledger, "the ferry would sail again")["speaker_key"] == "brenn"


def test_the_first_digits_of_an_id_are_enough(ledger: Ledger) -> None:
    whole = key(ledger)
    for name in (whole, whole[:6], whole[:9].upper(), f" {whole} "):
        with ledger.reading() as connection:
            assert statement_named(connection, name)["key"] == whole


@pytest.mark.parametrize("name", ["", "abc", "zzzzzz", "s1", "000000000", "%", "' OR 1=1"])
def test_what_is_no_id_is_said(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="holds no statement") as caught:
        correct(ledger, name, Changes(stance="asks"), BY)
    assert caught.value.code == "ledger.not_found"


def test_a_superseded_statement_is_told_from_none(ledger: Ledger) -> None:
    old = key(ledger)
    reread(ledger, "The council meets on Friday", person("Mara Quill"))
    with pytest.raises(LedgerError, match="superseded"):
        not_a_statement(ledger, old, BY)


def test_digits_that_begin_two_ids_are_not_enough(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = {
        record().statements[0].attribution.content: "ab12cd0" + "0" * 25,
        record().statements[1].attribution.content: "ab12cd1" + "0" * 25,
    }
    monkeypatch.setattr("onrecord.record.rows.statement_key", lambda _, __, content: alike[content])
    add(ledger, record(), program=NEW)
    with pytest.raises(LedgerError, match="2 statements") as caught:
        not_a_statement(ledger, "ab12cd", BY)
    assert caught.value.code == "ledger.ambiguous"
    not_a_statement(ledger, "ab12cd1", BY)


def test_a_judgement_needs_somebody_who_makes_it(ledger: Ledger) -> None:
    for by in ("", "  "):
        with pytest.raises(UsageError):
            correct(ledger, key(ledger), Changes(stance="asks"), by)
        with pytest.raises(UsageError):
            undo(ledger, 1, by)


def test_a_statement_as_judged_is_a_statement_again(ledger: Ledger) -> None:
    correct(ledger, key(ledger), Changes(speaker="Brenn", stance="asks", said_on="2031-03"), BY)
    found: Statement = statement_of(seen(ledger))
    assert (found.speaker.name, found.reading.stance, found.said_on and found.said_on.value) == ("Brenn", Stance.ASKS, "2031-03")
    assert replace(found, id="s9").speaker.mentions == ()
