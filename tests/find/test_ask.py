"""A question finds what was said by words and by meaning, after its filters and as people judged it, on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.find.fake_meaning import FakeMeaning
from tests.find.invented import BARE, COUNCIL, JON, MARA, NEW, add, article, changed, key_of

from onrecord.data import Speaker, SpeakerType, Stance
from onrecord.errors import LedgerError, UsageError
from onrecord.find import full_text
from onrecord.find.ask import ask, fused
from onrecord.find.question import Question
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.record.removal import remove
from onrecord.record.speakers import merge, split

OFFICIALS = Speaker("officials", SpeakerType.GROUP)
FERRY = changed(article("ferry", "2031-03-12", (MARA, "the ferry runs on Fridays")), said_on="2031-03-10", stance="commits")
TOLLS = changed(article("tolls", "2031-04-02", (JON, "the tolls will rise"), (COUNCIL, "no bridge was closed")), 2, stance="denies")
MONTH = changed(article("month", "2031-05-20", (MARA, "bridges were checked")), said_on="2031-04", stance="asserts")
OTHER = article("other", "2031-06-01", (BARE, "the café by the bridge is shut"), (OFFICIALS, "trains are late"), publisher="Ostmark Post")
NEVER = changed(article("never", "2031-06-02", (MARA, "the ferry is sold")), hypothetical=True)


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, FERRY, TOLLS, MONTH, OTHER, NEVER)
    return ledger


def words(ledger: Ledger, text: str | None = None, **asked: object) -> list[str]:
    return [one.words for one in ask(ledger, Question(text, **asked))]  # type: ignore[arg-type]


CASES = [
    ("a word", "ferry", {}, ["the ferry runs on Fridays"]),
    ("a word in another form", "closing", {}, ["no bridge was closed"]),
    ("accents do not count", "cafe", {}, ["the café by the bridge is shut"]),
    ("other words of the same meaning", "boat sails", {}, ["the ferry runs on Fridays"]),
    ("what nobody said", "submarines", {}, []),
    ("no word at all", "?!", {}, []),
    ("the name of the speaker", "Jon", {}, ["the tolls will rise"]),
    ("a speaker by the whole name", None, {"by": "Mara Quill"}, ["bridges were checked", "the ferry runs on Fridays"]),
    ("a speaker by the key", "bridge", {"by": "lesk-council"}, ["no bridge was closed"]),
    ("speakers without a key", None, {"by": "Officials"}, ["trains are late"]),
    ("any of two stances", None, {"stances": (Stance.DENIES, Stance.COMMITS)}, ["no bridge was closed", "the ferry runs on Fridays"]),
    ("since a day", "bridge", {"since": "2031-06-01"}, ["the café by the bridge is shut"]),
    ("until a month", None, {"until": "2031-03"}, ["the ferry runs on Fridays"]),
    ("on some day of a month", None, {"since": "2031-04-10", "until": "2031-04-12"}, ["bridges were checked"]),
    (
        "as of a day before the paper came out",
        None,
        {"as_of": "2031-04"},
        ["the tolls will rise", "no bridge was closed", "the ferry runs on Fridays"],
    ),
    ("a publisher in any case", "bridge", {"publisher": "ostmark post"}, ["the café by the bridge is shut"]),
    ("nothing passes", "ferry", {"publisher": "Weekly"}, []),
    ("words that nobody said, too", "ferry", {"hypothetical": True}, ["the ferry is sold", "the ferry runs on Fridays"]),
]


@pytest.mark.parametrize(("text", "asked", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_question_is_answered(lesk: Ledger, text: str | None, asked: dict[str, object], found: list[str]) -> None:
    assert sorted(words(lesk, text, **asked)) == sorted(found)


def test_a_surname_finds_everybody_who_has_it_and_keys_tell_them_apart(lesk: Ledger) -> None:
    found = ask(lesk, Question(by="Quill"))
    assert {(one.speaker_name, one.speaker_key) for one in found} == {
        ("Mara Quill", "mara-quill"),
        ("Jon Quill", "jon-quill"),
        ("Quill", "quill"),
    }
    with pytest.raises(LedgerError) as failure:
        ask(lesk, Question("ferry", by="Ada Lorne"))
    assert failure.value.code == "ledger.not_found"


def test_the_best_answer_has_all_the_words_and_scores_highest(lesk: Ledger) -> None:
    add(lesk, article("two", "2031-02-01", (JON, "the tolls on the bridge"), (JON, "the bridge tolls will rise in May")))
    found = ask(lesk, Question("bridge tolls will rise"))
    assert found[0].words == "the bridge tolls will rise in May"
    assert found[0].score == max(one.score for one in found) == 1


def test_without_words_the_newest_come_first(lesk: Ledger) -> None:
    days = [one.day for one in ask(lesk, Question(limit=4))]
    assert days == ["2031-06-01", "2031-06-01", "2031-04-02", "2031-04-02"]
    assert words(lesk, "  ") == words(lesk)


def test_an_answer_holds_all_that_is_printed(lesk: Ledger) -> None:
    (found,) = ask(lesk, Question("ferry"))
    assert (found.document, found.locator, found.publisher, found.creation_day) == ("ferry", "news/ferry.txt", "Lesk Courier", "2031-03-12")
    assert (found.speaker_name, found.speaker_role, found.said_on, found.stance) == (
        "Mara Quill",
        "harbour minister",
        "2031-03-10",
        "commits",
    )
    assert (found.document_id, found.local_id, found.known_on, found.judged) == (key_of(FERRY), "s1", "2031-03-12", False)


def test_what_people_judged_outranks_what_was_read(lesk: Ledger) -> None:
    (ferry,), (tolls,) = ask(lesk, Question("ferry")), ask(lesk, Question("tolls"))
    correct(lesk, ferry.id, Changes(speaker="Jon Quill", stance="refuses", said_on="2031-01-05"), "Ida Brook")
    not_a_statement(lesk, tolls.id, "Ida Brook")
    (found,) = ask(lesk, Question("ferry", by="Jon Quill", stances=(Stance.REFUSES,), until="2031-01"))
    assert (found.speaker_key, found.day, found.judged) == ("jon-quill", "2031-01-05", True)
    assert words(lesk, "ferry", by="Mara Quill") == []
    assert words(lesk, "tolls") == []
    assert words(lesk, until="2031-01") == ["the ferry runs on Fridays"]


def test_merged_speakers_are_one_and_split_ones_two(lesk: Ledger) -> None:
    merge(lesk, "quill", "jon-quill", "Ida Brook")
    split(lesk, "mara-quill", [key_of(FERRY)], "mara-quill-2", "Ida Brook")
    assert sorted(words(lesk, by="jon-quill")) == ["the café by the bridge is shut", "the tolls will rise"]
    assert words(lesk, by="mara-quill") == ["bridges were checked"]
    assert words(lesk, by="mara-quill-2") == ["the ferry runs on Fridays"]
    merge(lesk, "jon-quill", "mara-quill", "Ida Brook")
    split(lesk, "mara-quill", [key_of(OTHER)], "quill-3", "Ida Brook")
    assert words(lesk, by="quill-3") == ["the café by the bridge is shut"]
    assert sorted(words(lesk, by="mara-quill")) == ["bridges were checked", "the tolls will rise"]


def test_only_the_current_reading_answers(lesk: Ledger) -> None:
    assert words(lesk, "tolls") == ["the tolls will rise"]
    add(lesk, changed(TOLLS, 1, stance="predicts"), program=NEW)
    assert [one.stance for one in ask(lesk, Question("tolls"))] == ["predicts"]


def test_what_was_added_or_removed_since_counts(lesk: Ledger) -> None:
    assert words(lesk, "tunnel") == []
    tunnel = article("tunnel", "2031-07-01", (MARA, "the tunnel leaks"))
    add(lesk, tunnel)
    assert words(lesk, "tunnel") == ["the tunnel leaks"]
    remove(lesk, key_of(tunnel), "Ida Brook", "a court order")
    assert words(lesk, "tunnel") == []
    add(lesk, article("later", "2031-07-02", (MARA, "the road is dry")))
    assert words(lesk, "tunnel") == []
    assert words(lesk, "road") == ["the road is dry"]


def test_a_filter_finds_the_old_ones_among_many_new_matches(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_text, "CANDIDATES", 3)
    monkeypatch.setattr("onrecord.find.ask.ALL_LOOKED_AT", 0)
    add(ledger, article("old", "2031-01-01", (JON, "the ferry is slow"), (MARA, "snow fell")))
    add(ledger, *(article(f"new-{n}", "2031-02-01", (MARA, f"the ferry has {n} seats")) for n in range(40)))
    assert words(ledger, "ferry", by="Jon Quill") == ["the ferry is slow"]
    assert words(ledger, "ferry", until="2031-01") == ["the ferry is slow"]


def test_without_vectors_words_alone_are_searched(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as opened:
        add(opened, FERRY, TOLLS)
        assert words(opened, "ferry") == ["the ferry runs on Fridays"]
        assert words(opened, "boat") == []
    with open_ledger(ledger_url, Options(meaning=FakeMeaning())) as opened:
        assert words(opened, "boat ferry") == ["the ferry runs on Fridays"]


WRONG = [
    ({"limit": 0}, "limit"),
    ({"limit": 100_000}, "limit"),
    ({"since": "soon"}, "since"),
    ({"until": "2031-02-30"}, "until"),
    ({"as_of": ""}, "as_of"),
    ({"stances": ("shouts",)}, "stance"),
]


@pytest.mark.parametrize(("asked", "told"), WRONG)
def test_what_cannot_be_asked_is_refused(asked: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told) as failure:
        Question("ferry", **asked)  # type: ignore[arg-type]
    assert failure.value.code == "usage.bad_question"


SIGNS = ('"', "'", "*", "^", ":", "(", ")", "-", "+", "{", "}", "&", "|", "!", "<->", "\\", "%", "\0", "\ud800", "ﬁ", "²")
OPERATORS = st.sampled_from([*SIGNS, "NEAR(", " AND ", " OR ", " NOT ", "words:", "ferry", "bridge "])
ANYTHING = st.lists(OPERATORS | st.text(max_size=6), max_size=8).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(ANYTHING, ANYTHING)
def test_no_text_or_name_breaks_the_search(lesk: Ledger, text: str, name: str) -> None:
    assert all(one.score > 0 for one in ask(lesk, Question(f"ferry {text}")))
    ask(lesk, Question(text, publisher=name))
    try:
        ask(lesk, Question(by=name))
    except LedgerError as failure:
        assert failure.code == "ledger.not_found"


def test_ranks_are_fused_and_equal_scores_share_one() -> None:
    assert fused([3.0, 3.0, 0.0], [0.2, 0.1, -1.0]) == [1.0, (1 + 61 / 62) / 2, 0.0]
    assert fused([], []) == []
