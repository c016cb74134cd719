"""Which frames are kept, and which is told by which."""

from __future__ import annotations

import pytest

from onrecord.annotate.chosen import chosen
from onrecord.annotate.decode import Range
from onrecord.annotate.tagger import Frame


def frame(source: tuple[int, int] | None, cue: tuple[int, int], *contents: tuple[int, int]) -> Frame:
    return Frame(Range(*cue), (Range(*source),) if source else (), tuple(Range(*c) for c in contents), 1.0, 1.0)


OUTER = frame((0, 2), (2, 3), (3, 20))
INNER = frame((4, 6), (6, 7), (7, 20))
INNERMOST = frame((8, 9), (9, 10), (10, 20))


@pytest.mark.parametrize("order", [(0.9, 0.8, 0.7), (0.7, 0.8, 0.9), (0.8, 0.9, 0.7), (0.7, 0.9, 0.8)])
def test_what_lies_in_a_content_is_told_there_whichever_is_likelier(order: tuple[float, float, float]) -> None:
    kept = chosen(zip(order, (OUTER, INNER, INNERMOST), strict=True))
    place = {one.frame: number for number, one in enumerate(kept)}
    assert {one.frame: one.host for one in kept} == {OUTER: None, INNER: place[OUTER], INNERMOST: place[INNER]}
    assert [kept[place[one]].contents for one in (OUTER, INNER)] == [OUTER.contents, INNER.contents]


def test_of_two_that_claim_the_same_words_the_likelier_is_kept() -> None:
    other = frame((24, 25), (25, 26), (3, 20))
    assert [one.frame for one in chosen([(0.6, other), (0.9, OUTER)])] == [OUTER]


def test_a_frame_that_loses_a_small_part_keeps_the_rest() -> None:
    other = frame((24, 25), (25, 26), (15, 24))
    kept = chosen([(0.9, OUTER), (0.6, frame((26, 27), (27, 28), (15, 24), (28, 40)))])
    assert kept[1].contents == (Range(20, 24), Range(28, 40))
    assert [one.frame for one in chosen([(0.9, OUTER), (0.6, other)])] == [OUTER]


def test_a_cue_in_anothers_content_is_none_unless_all_of_its_frame_lies_there() -> None:
    crossing = frame((0, 2), (6, 7), (7, 20))
    assert [one.frame for one in chosen([(0.9, OUTER), (0.8, crossing)])] == [OUTER]


def test_without_a_source_nothing_is_told_inside() -> None:
    kept = chosen([(0.9, OUTER), (0.8, frame(None, (6, 7), (7, 20)))])
    assert [one.frame for one in kept] == [OUTER]


def test_the_same_cue_is_kept_once() -> None:
    assert len(chosen([(0.9, OUTER), (0.8, OUTER), (0.7, INNER), (0.6, INNER)])) == 2


def test_every_host_is_a_kept_frame_and_none_tells_itself() -> None:
    every = [(1 / (1 + n % 7), frame((n, n + 1), (n + 1, n + 2), (n + 2, n + 30))) for n in range(0, 400, 3)]
    kept = chosen(every)
    for one in kept:
        seen = set()
        host = one.host
        while host is not None:
            assert host not in seen
            seen.add(host)
            host = kept[host].host
