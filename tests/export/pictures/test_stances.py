"""The chart of a matter: every mark in the picture is in the table, apart from others, and no cell of the table runs."""

from __future__ import annotations

import csv
import io
from itertools import combinations

from onrecord.export.pictures.stances import Side, chart, marks, marks_csv
from onrecord.find.positions import Carried, Positions, Said, Speaker


def said(day: str, stance: str, words: str = "it is so", *, takes: bool = True) -> Said:
    carried = (Carried("1", "Lesk Courier", "courier", "d", None, day, words),)
    return Said("a" * 32, day, True, day, stance, takes, False, False, None, words, "she", "indirect", False, carried)


def speaker(name: str, *those: Said) -> Speaker:
    return Speaker(name.lower(), name, None, "person", None, those[-1], those[-1].day, those)


def test_each_statement_has_its_side() -> None:
    found = Positions((speaker("Mara", said("2031-03-01", "commits"), said("2031-03-02", "refuses"), said("2031-03-03", "asserts")),))
    assert [one.side for one in marks(found)] == [Side.ON, Side.OFF, Side.OTHER]
    assert marks(Positions((speaker("Jon", said("2031-03-01", "declines", takes=False)),)))[0].side is Side.NONE


def test_marks_stand_inside_the_picture_in_the_order_of_days_and_apart() -> None:
    days = ["2031-03-01", "2031-03-01", "2031-03-01", "2031-03-09", "2032-03-09"]
    found = chart(Positions((speaker("Mara", *(said(day, "commits") for day in days)), speaker("Jon", said("2031-03-04", "refuses")))))
    assert found is not None
    first = [one for one in found.marks if one.mark.speaker == "Mara"]
    assert [one.x for one in first] == sorted(one.x for one in first)
    assert all(found.left < one.x < found.width and 0 < one.y < found.height for one in found.marks)
    assert all(abs(one.x - other.x) >= 15 for one, other in combinations(first, 2))
    assert len({one.y for one in found.marks}) == 2


def test_one_day_alone_and_nothing_at_all_have_charts_or_none() -> None:
    found = chart(Positions((speaker("Mara", said("2031-03-01", "commits")),)))
    assert found is not None
    assert [day for _, day in found.ticks] == ["2031-03-01"]
    assert chart(Positions()) is None


def test_no_cell_of_the_table_is_a_formula() -> None:
    found = marks(Positions((speaker("=cmd()", said("2031-03-01", "commits", '+1 - @x, "y"\n=z')),)))
    (row,) = list(csv.DictReader(io.StringIO(marks_csv(found))))
    assert row["speaker"] == "'=cmd()"
    assert row["words"].startswith("'+1")
