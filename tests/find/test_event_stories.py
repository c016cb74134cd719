"""Which announcements of several papers are of one event; each case is a few papers and how many events they tell of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.data import EventStatus
from onrecord.find.event_stories import groups
from onrecord.find.event_tellings import Telling, telling

MAY_14, MAY_16, MAY_21 = "2031-05-14", "2031-05-16", "2031-05-21"
Told = tuple[str, str | None, str]
LINE = ("Mayor Mara Quill will open the Lesk line on 14 May", MAY_14, "")
LINE_TOO = ("the Lesk line will open on 14 May", MAY_14, "")


def tellings(papers: list[list[Told]]) -> Iterator[Telling]:
    """The announcements, a paper a day from 1 May on: words, day, and what else is known: "status", "at Place", "with A, B", "by key"."""
    number = 0
    for reading, told in enumerate(papers):
        given = [dict(part.split(" ", 1) for part in more.split("; ") if part) for _, _, more in told]
        speakers = frozenset(parts["by"] for parts in given if "by" in parts)
        for (what, when, _), parts in zip(told, given, strict=True):
            number += 1
            row = {
                "id": number,
                "reading_id": reading,
                "known_on": f"2031-05-0{reading + 1}",
                "what": what,
                "when": when,
                "status": EventStatus(parts.get("status", "planned")),
                "place": parts.get("at"),
                "participants": parts["with"].split(", ") if "with" in parts else [],
            }
            said = [{"speaker_key": parts["by"], "speaker_name": parts["by"]}] if "by" in parts else []
            yield telling(row, parts["not"].split() if "not" in parts else (), speakers, said)


def sorted_out(papers: list[list[Told]]) -> list[list[str]]:
    return [[one.row["what"] for one in group.told] for group in groups(tellings(papers))]


TWO = {
    "two courts on one day": [
        [("a hearing opens at Lesk Court on 14 May", MAY_14, "at Lesk Court")],
        [("a hearing opens at Brenn High Court on 14 May", MAY_14, "at Brenn High Court")],
    ],
    "two trials on one day": [
        [("the trial of Nils Abram opens on 14 May", MAY_14, "with Nils Abram")],
        [("the trial of Ida Brook opens on 14 May", MAY_14, "with Ida Brook")],
    ],
    "two strikes in one town on one day": [
        [("teachers in Lesk will strike on 14 May", MAY_14, "at Lesk")],
        [("bus drivers in Lesk will walk out on 14 May", MAY_14, "at Lesk")],
    ],
    "two strikes on one day, one of which is told by the other": [
        [("teachers are to strike on 14 May", MAY_14, "")],
        [("bus drivers will walk out on the same day as the teachers, 14 May", MAY_14, "")],
    ],
    "two friendlies on one day": [
        [("Rovers play a friendly against Hartle on 14 May", MAY_14, "with Rovers, Hartle")],
        [("Union play a friendly against Brenn on 14 May", MAY_14, "with Union, Brenn")],
    ],
    "two friendlies in one town": [
        [("Rovers play a friendly against Hartle in Lesk on 14 May", MAY_14, "at Lesk; with Rovers, Hartle")],
        [("Union play a friendly against Brenn in Lesk on 14 May", MAY_14, "at Lesk; with Union, Brenn")],
    ],
    "a final and a semi-final": [
        [("Rovers play the semi-final on 14 May", MAY_14, "with Rovers")],
        [("Rovers play the final on 14 May", MAY_14, "with Rovers")],
    ],
    "a trial and the verdict of another": [
        [("the trial of Nils Abram opens on 14 May", MAY_14, "with Nils Abram")],
        [("a verdict is expected on 14 May", MAY_14, "")],
    ],
    "the same pair on two days": [
        [("Mara Quill will meet Jon Brook on 14 May", MAY_14, "with Mara Quill, Jon Brook")],
        [("Mara Quill will meet Jon Brook on 21 May", MAY_21, "with Mara Quill, Jon Brook")],
    ],
    "a second hearing beside the first": [
        [("the port hearing will be held on 14 May", MAY_14, "")],
        [("another port hearing will be held", None, "")],
    ],
    "two offices": [
        [("Ida Brook will visit Lesk on 14 May", MAY_14, "at Lesk; with Ida Brook; by her office")],
        [("Nils Abram will visit Brenn on 14 May", MAY_14, "at Brenn; with Nils Abram; by her office")],
    ],
}


@pytest.mark.parametrize("papers", TWO.values(), ids=TWO)
def test_two_events_of_a_kind_stay_two(papers: list[list[Told]]) -> None:
    assert len(sorted_out(papers)) == 2


APART = {
    "papers of other stories": [[("a referendum on 14 May", MAY_14, "")], [("the 14 May referendum", MAY_14, "")]],
    "the only hearing, but of another story": [
        [("a hearing is set for 14 May", MAY_14, ""), LINE],
        [("the hearing has been postponed", None, "status moved"), ("the ferry starts on 16 May", MAY_16, "")],
    ],
    "one of two hearings, and nobody knows which": [
        [("the trial of Nils Abram opens on 14 May", MAY_14, "with Nils Abram"), LINE],
        [("the inquest on Ida Brook opens on 14 May", MAY_14, "with Ida Brook"), LINE_TOO],
        [("the hearing on 14 May was cancelled", MAY_14, "status cancelled"), LINE_TOO],
    ],
    "a strike of one more union in the same story": [
        [("teachers are to strike on 14 May", MAY_14, ""), LINE],
        [("bus drivers will walk out on 14 May", MAY_14, ""), LINE_TOO],
    ],
    "a hearing for which another day is set": [
        [("a hearing on the port is set for 14 May", MAY_14, ""), LINE],
        [("the hearing on 21 May", MAY_21, ""), LINE_TOO],
    ],
    "what is over": [
        [("a hearing is set for 2 May", "2031-05-02", ""), LINE],
        [LINE_TOO],
        [LINE_TOO],
        [("the hearing has been postponed", None, "status moved"), LINE_TOO],
    ],
    "a new hearing": [[("a hearing is set for 14 May", MAY_14, ""), LINE], [("a hearing was agreed", None, ""), LINE_TOO]],
}


@pytest.mark.parametrize("papers", APART.values(), ids=APART)
def test_what_nothing_says_to_be_one_stays_apart(papers: list[list[Told]]) -> None:
    told = [group for group in sorted_out(papers) if not any("line" in what for what in group)]
    assert [len(group) for group in told] == [1] * len(told)
    assert len(told) > 1


ONE = {
    "the only one of its kind on the day": [
        [("a March referendum", MAY_14, ""), LINE],
        [("the 14 May referendum", MAY_14, ""), LINE_TOO],
    ],
    "a noun that says nothing beside one that says much": [
        [("a judge hears the suit of the Lesk ferry on 14 May", MAY_14, ""), LINE],
        [("the 14 May court hearing was cancelled", MAY_14, "status cancelled"), LINE_TOO],
    ],
    "the only one that may be put off": [
        [("Mara Quill will hold a press conference on 14 May", MAY_14, "with Mara Quill"), LINE],
        [("its news conference has been moved to 21 May", MAY_21, "status moved"), LINE_TOO],
    ],
    "a ceremony without a day": [
        [("a ribbon-cutting ceremony is planned", None, ""), LINE],
        [("the ribbon cutting has been pushed back", None, "status moved"), LINE_TOO],
    ],
    "a day that is told of a thing known": [
        [("Mara Quill will host a summit in Lesk on 14 May", MAY_14, "at Lesk; with Mara Quill"), LINE],
        [("the summit in Lesk will be held on 21 May", MAY_21, "at Lesk"), LINE_TOO],
    ],
    "a summit told by guest and host": [
        [("Mara Quill will host a summit in Lesk on 14 May", MAY_14, "at Lesk; with Mara Quill")],
        [("Jon Brook will attend the summit in Lesk on 14 May", MAY_14, "at Lesk; with Jon Brook")],
    ],
    "two who speak in both papers": [
        [("a referendum is set for 14 May", MAY_14, "by jon-brook")],
        [("the referendum will go ahead", None, "by jon-brook; status confirmed")],
    ],
}


@pytest.mark.parametrize("papers", ONE.values(), ids=ONE)
def test_one_event_told_twice_is_one(papers: list[list[Told]]) -> None:
    told = [group for group in sorted_out(papers) if not any("line" in what for what in group)]
    assert [len(group) for group in told] == [2]
