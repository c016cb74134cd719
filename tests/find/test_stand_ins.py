"""What stands in copies of one text is told once where that is asked for, and the outlets that carry it are named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.record.invented import MODELS
from tests.record.wires import AGAINST, CUT, EVENING, LEAD, PRINTS, QUILL, SOLD, TOLLS, WEEKLY, WHOLE, paper
from tests.run.twin import Twin

from onrecord.annotate.meaning import Meaning
from onrecord.data import Stance
from onrecord.find.ask import ask
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import outlets, positions
from onrecord.find.question import Question
from onrecord.find.timeline import timeline
from onrecord.find.wanted import Wanted
from onrecord.find.wordings import wordings
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.run.linking import LinkOptions, linked


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=Meaning()), create=True) as opened:
        run = opened.begin(Program("onrecord 1", MODELS), "add")
        opened.add(run, (*PRINTS, AGAINST))
        list(linked(opened, run, LinkOptions(Twin())))  # type: ignore[arg-type]
        opened.end(run)
        yield opened


def asked(ledger: Ledger, text: str | None, **wanted: object) -> list[tuple[str, str]]:
    return [(one.document, one.words) for one in ask(ledger, Question(text, **wanted))]  # type: ignore[arg-type]


def test_a_question_is_answered_by_every_print_or_by_the_original_alone(ledger: Ledger) -> None:
    assert len([words for _, words in asked(ledger, "northern pier sold") if words == SOLD]) == 4
    once = asked(ledger, "northern pier sold", without_copies=True)
    assert [name for name, words in once if words == SOLD] == ["courier-03-10"]


def test_the_newest_come_without_copies_too(ledger: Ledger) -> None:
    assert asked(ledger, None, limit=2, without_copies=True)[0][0] == "voice-03-14"
    assert {name for name, _ in asked(ledger, None, without_copies=True)} == {"voice-03-14", "courier-03-10"}
    assert len(asked(ledger, None, limit=3, without_copies=True)) == 3


@pytest.mark.parametrize("text", [None, "northern pier sold"])
def test_a_copy_answers_where_the_original_may_not(ledger: Ledger, text: str | None) -> None:
    found = asked(ledger, text, publisher="Lesk Weekly", without_copies=True)
    assert ("weekly-03-11", SOLD) in found


def test_a_timeline_shows_every_print_or_the_original_alone(ledger: Ledger) -> None:
    wanted = Wanted(by="Mara Quill", about="pier")
    assert len(timeline(ledger, wanted)) == 4
    assert [one.document for one in timeline(ledger, wanted, without_copies=True)] == ["courier-03-10"]
    later = Wanted(by="Mara Quill", about="pier", since="2031-03-11")
    assert [one.document for one in timeline(ledger, later, without_copies=True)] == ["weekly-03-11"]


def test_a_position_counts_once_and_names_the_outlets(ledger: Ledger) -> None:
    found = positions(ledger, WantedPositions("sale of the northern pier"))
    (quill,) = [one for one in found.speakers if one.key == "mara-quill"]
    (said,) = [one for one in quill.said if one.words == SOLD]
    assert outlets(said.carried) == ("Lesk Courier", "Lesk Weekly", "Lesk Mirror", "Lesk Evening")
    assert [(one.source.speaker_key, one.target.speaker_key) for one in found.against] == [("ottmar-brandt", "mara-quill")]


def test_copies_that_somebody_told_apart_answer_each(ledger: Ledger) -> None:
    keys = {one.document: one.id for one in timeline(ledger, Wanted(by="Mara Quill", about="pier"))}
    judge_link(ledger, LinkName(keys["weekly-03-11"], keys["courier-03-10"], "repeats"), LinkDecision.REJECTED, "Ida Brook")
    shown = timeline(ledger, Wanted(by="Mara Quill", about="pier"), without_copies=True)
    assert [one.document for one in shown] == ["courier-03-10", "weekly-03-11"]


def test_the_wordings_of_copies_are_identical_cut_or_altered(ledger: Ledger) -> None:
    cut = SOLD.removesuffix(" this summer")
    quoted = CUT.replace(SOLD, SOLD.replace("will", "is going to"))
    run = ledger.begin(Program("onrecord 1", MODELS), "add")
    ledger.add(
        run,
        [
            paper("Post", "2031-03-14", WHOLE, (QUILL, cut), stance=Stance.COMMITS),
            paper("Globe", "2031-03-14", quoted, (QUILL, SOLD.replace("will", "is going to")), stance=Stance.COMMITS),
        ],
    )
    keys = {one.document: one.id for one in timeline(ledger, Wanted(by="Mara Quill", about="pier"))}
    for name in ("post-03-14", "globe-03-14"):
        judge_link(ledger, LinkName(keys[name], keys["courier-03-10"], "repeats"), LinkDecision.ACCEPTED, "Ida Brook")
    told = {one.end.document: one.variant for one in wordings(ledger, keys["courier-03-10"])}
    assert told == {
        "globe-03-14": None,  # the fullest
        "courier-03-10": "altered",
        "weekly-03-11": "altered",
        "mirror-03-12": "altered",
        "evening-03-13": "altered",
        "post-03-14": "altered",
    }
    whole = {one.end.document: one.variant for one in wordings(ledger, _tolls(ledger))}
    assert whole == {"courier-03-10": None, WEEKLY.document.name: "identical", EVENING.document.name: "identical"}
    assert TOLLS not in LEAD


def _tolls(ledger: Ledger) -> str:
    return next(one.id for one in timeline(ledger, Wanted(by="Mara Quill", about="tolls")))
