"""Where names and arrows stand: nothing on anything else, everything inside, and the same every time."""

from __future__ import annotations

import random
import re
from itertools import combinations

import pytest
from rich.cells import cell_len

from onrecord.export.pictures.arrows import LONGEST_NAME, Arrow, Line, Way, plan

SMALL, LETTER = 12, 6.5  # a row of letters is so high, and a letter so wide, at least


def lines(count: int, name: str = "Speaker") -> list[Line]:
    return [Line(f"{name} {number}", None, "1 statement", "Here" if number < count // 2 else "There") for number in range(count)]


def ways(count: int, of: int, seed: int) -> list[Way]:
    rolled = random.Random(seed)
    return [Way(rolled.randrange(of), rolled.randrange(of), rolled.choice(["denies", "agrees", "contradicts ×3"])) for _ in range(count)]


def boxes(arrows: tuple[Arrow, ...], given: list[Way]) -> list[tuple[float, float, float, float]]:
    return [
        (one.x, one.x + LETTER * cell_len(way.label), one.y - SMALL / 2, one.y + SMALL / 2) for one, way in zip(arrows, given, strict=True)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_no_two_labels_lie_on_each_other_and_all_are_inside(seed: int) -> None:
    given = ways(40, 24, seed)
    found = plan(lines(24), given)
    laid = boxes(found.arrows, given)
    for (left, right, top, bottom), (other_left, other_right, other_top, other_bottom) in combinations(laid, 2):
        assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
    assert all(found.left < left and right <= found.width and top >= 0 and bottom <= found.height for left, right, top, bottom in laid)
    assert plan(lines(24), given) == found


def test_an_arrow_leads_from_the_height_of_the_one_to_that_of_the_other() -> None:
    found = plan(lines(5), [Way(0, 3, "denies"), Way(4, 1, "agrees")])
    for one, (source, target) in zip(found.arrows, [(0, 3), (4, 1)], strict=True):
        numbers = [float(number) for number in re.findall(r"[\d.]+", one.way)]
        assert (numbers[1], numbers[-1]) == (found.heights[source], found.heights[target])
        assert one.head.startswith(f"M{numbers[0]:.1f} {numbers[-1]:.1f}")


def test_arrows_that_meet_at_one_name_end_apart_and_one_to_itself_opens() -> None:
    found = plan(lines(6), [Way(number, 0, "denies") for number in range(1, 6)] + [Way(2, 2, "revises")])
    ends = [float(re.findall(r"[\d.]+", one.way)[-1]) for one in found.arrows[:5]]
    assert len(set(ends)) == 5
    loop = [float(number) for number in re.findall(r"[\d.]+", found.arrows[5].way)]
    assert loop[-1] - loop[1] >= 10


def test_a_heading_stands_above_the_first_line_of_its_part() -> None:
    found = plan(lines(4), [])
    (here, _), (there, _) = found.parts
    assert here < found.heights[0] < found.heights[1] < there < found.heights[2]
    assert plan([Line("Mara", None, "")], []).parts == ()


@pytest.mark.parametrize("name", ["x" * 5000, "漢" * 40, "אבג" * 30, "\u202e" + "evil" * 20, ""])
def test_a_name_of_any_length_and_script_is_cut_to_its_room(name: str) -> None:
    assert cell_len(Line(name, None, "").short) <= LONGEST_NAME
    assert plan([Line(name, None, "")], []).left < 230
