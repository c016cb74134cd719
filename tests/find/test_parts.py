"""Lists a part at a time: all of it, each thing once, in the order of the whole, also while others add to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.find.invented import BARE, COUNCIL, JON, MARA, NEW, add, article, changed
from tests.find.linked import CONTRADICTS, DENIES, LINKS, PAPERS, REPEATS, compare, key, papers

from onrecord.find import link_parts
from onrecord.find.link_parts import links_part
from onrecord.find.links import Order, WantedLinks, links
from onrecord.find.parts import Part, Place
from onrecord.find.people import people
from onrecord.find.ranking import speakers_part
from onrecord.find.timeline import timeline, timeline_part
from onrecord.find.wanted import Wanted
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import LinkName
from onrecord.record.speakers import merge

DAYS = [f"2031-03-{day:02}" for day in range(1, 13)]


def walked(part_of: Callable[[Place | None], Part[Any]], between: Callable[[int], object] = lambda _: None) -> list[Any]:
    """All items, part after part; `between` is done after each."""
    items: list[Any] = []
    after: Place | None = None
    for number in range(100):
        one = part_of(after)
        items += one.items
        if one.following is None:
            return items
        after = one.following
        between(number)
    raise AssertionError("it never ends")


@pytest.fixture
def spoken(ledger: Ledger) -> Ledger:
    """Mara Quill speaks on twelve days, Jon Quill on two, the council once, and somebody of the bare name once."""
    add(ledger, *(article(f"day-{day}", day, (MARA, f"the bridge holds, part {n}")) for n, day in enumerate(DAYS)))
    add(
        ledger, article("two", DAYS[3], (JON, "the ferry is slow"), (COUNCIL, "it will meet")), article("three", DAYS[5], (JON, "no ferry"))
    )
    add(ledger, article("bare", DAYS[7], (BARE, "the tolls will rise")))
    return ledger


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("name", [None, "Quill"])
def test_parts_of_speakers_are_all_of_them_in_order(spoken: Ledger, size: int, name: str | None) -> None:
    assert tuple(walked(lambda after: speakers_part(spoken, name, after, size))) == people(spoken, name)


def test_speakers_are_told_as_people_judge_them(spoken: Ledger) -> None:
    correct(spoken, timeline(spoken, Wanted(by="mara-quill"))[0].id, Changes(speaker="Jon Quill"), "Ida Brook")
    not_a_statement(spoken, timeline(spoken, Wanted(by="mara-quill"))[0].id, "Ida Brook")
    merge(spoken, "jon-quill", "lesk-council", "Ida Brook")
    all_of_them = walked(lambda after: speakers_part(spoken, None, after, 1))
    assert tuple(all_of_them) == people(spoken)
    assert {one.key: one.statements for one in all_of_them}["lesk-council"] == 4


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("size", [1, 5, 50])
def test_parts_of_a_timeline_are_all_of_it_in_order(spoken: Ledger, size: int, newest_first: bool) -> None:
    correct(spoken, timeline(spoken, Wanted(by="mara-quill"))[2].id, Changes(said_on="2031-03-11"), "Ida Brook")
    correct(spoken, timeline(spoken, Wanted(by="jon-quill"))[0].id, Changes(speaker="Mara Quill"), "Ida Brook")
    not_a_statement(spoken, timeline(spoken, Wanted(by="mara-quill"))[4].id, "Ida Brook")
    told = walked(lambda after: timeline_part(spoken, Wanted(by="mara-quill"), after, size, newest_first=newest_first))
    days = [one.day for one in told]
    assert days == sorted(days, reverse=newest_first)
    assert sorted(one.id for one in told) == sorted(one.id for one in timeline(spoken, Wanted(by="mara-quill")))


@pytest.mark.parametrize(
    "wanted",
    [
        {"since": "2031-03-04"},
        {"until": "2031-03-04"},
        {"stance": "denies"},
        {"about": "part"},
        {"as_of": "2031-03-06"},
        {"since": "2031-03-02", "until": "2031-03-03"},
    ],
    ids=str,
)
def test_filters_hold_in_every_part(spoken: Ledger, wanted: dict[str, str]) -> None:
    asked = Wanted(by="mara-quill", **wanted)
    told = walked(lambda after: timeline_part(spoken, asked, after, 2))
    assert [one.id for one in told] == [one.id for one in timeline(spoken, asked)]


def test_what_is_added_meanwhile_hides_nothing_and_repeats_nothing(spoken: Ledger) -> None:
    before = [one.id for one in timeline(spoken, Wanted(by="mara-quill"))]

    def more(number: int) -> None:
        day = DAYS[number % len(DAYS)]
        add(spoken, article(f"more-{number}", day, (MARA, f"another word, part {number}")))

    told = [one.id for one in walked(lambda after: timeline_part(spoken, Wanted(by="mara-quill"), after, 3), more)]
    assert len(told) == len(set(told))
    assert set(before) <= set(told)


def test_a_reading_that_is_superseded_meanwhile_is_left_out(spoken: Ledger) -> None:
    add(spoken, changed(article(f"day-{DAYS[0]}", DAYS[0], (MARA, "the bridge holds, part 0")), stance="denies"), program=NEW)
    told = walked(lambda after: timeline_part(spoken, Wanted(by="mara-quill"), after, 4))
    assert len(told) == len(DAYS)


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_parts_of_links_are_all_of_them_in_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int, order: Order, size: int
) -> None:
    monkeypatch.setattr(link_parts, "FEW", few)
    papers(ledger)
    for wanted in (WantedLinks(order=order), WantedLinks(order=order, by="Mara Quill"), WantedLinks(order=order, about="ferry sold")):
        told = walked(lambda after, asked=wanted: links_part(ledger, asked, after, size))  # type: ignore[misc]
        assert sorted(told, key=lambda one: one.id) == sorted(links(ledger, wanted), key=lambda one: one.id)
        places = [(one.probability if order is Order.PROBABILITY else 0, max(one.source.day, one.target.day)) for one in told]
        assert places == sorted(places, reverse=True)


def test_parts_of_links_are_as_people_judge_them(ledger: Ledger) -> None:
    papers(ledger)
    for given, decision in ((DENIES, LinkDecision.REJECTED), (CONTRADICTS, LinkDecision.ACCEPTED)):
        name = LinkName(key(ledger, given[0]), key(ledger, given[1]), given[2])
        judge_link(ledger, name, decision, "Ida Brook")
    by_hand = LinkName(key(ledger, "mirror-0312 s1"), key(ledger, "weekly-0312 s1"), "agrees")
    judge_link(ledger, by_hand, LinkDecision.ACCEPTED, "Ida Brook")
    correct(ledger, key(ledger, REPEATS[0]), Changes(said_on="2031-03-30"), "Ida Brook")
    for wanted in (WantedLinks(), WantedLinks(rejected=True), WantedLinks(is_judged=True), WantedLinks(is_judged=False)):
        told = walked(lambda after, asked=wanted: links_part(ledger, asked, after, 1))  # type: ignore[misc]
        assert [one.id for one in told] == list(dict.fromkeys(one.id for one in told))
        assert {one.id for one in told} == {one.id for one in links(ledger, wanted)}
    assert walked(lambda after: links_part(ledger, WantedLinks(), after, 1))[0].type == "repeats"


def test_a_link_that_is_found_twice_comes_once(ledger: Ledger) -> None:
    add(ledger, *PAPERS)
    compare(ledger, *LINKS, (REPEATS[1], REPEATS[0], "repeats", 0.5))
    for order in Order:
        told = walked(lambda after, order=order: links_part(ledger, WantedLinks(order=order), after, 1))  # type: ignore[misc]
        assert sorted(one.id for one in told) == sorted(one.id for one in links(ledger))
        assert len(told) == len(LINKS)
