"""When a document was made."""

from __future__ import annotations

import time

import pytest

from onrecord.read.creation import creation

HEADERS = [
    ("date 2031-03-04\nMara Quill said so.", "2031-03-04", "header"),
    (" date 2031-03-04 Mara Quill said so.", "2031-03-04", "header"),
    ("\n\n Date: 2031-03-04\nText", "2031-03-04", "header"),
    ("date 2031-03-04T18:30:00+02:00\nText", "2031-03-04T18:30:00+02:00", "header"),
    ("The date 2031-03-04 was set.", None, None),
    ("date 2031-03-041", None, None),
]
DATELINES = [
    ("LESK, March 3, 2031 (Agency) — The bridge is shut.", "2031-03-03", "dateline"),
    ("LESK, 3 March 2031 — The bridge is shut.", "2031-03-03", "dateline"),
    ("Bridge is shut\n\nLESK, Sept. 26, 2031 (AG) – The bridge is shut.", "2031-09-26", "dateline"),
    ("PORT LESK, Ostria, Tuesday, 3rd June 2031 -- The bridge is shut.", "2031-06-03", "dateline"),
    ("LESK (Agency), March 3, 2031 - The bridge is shut.", "2031-03-03", "dateline"),
    ("LESK, March 3 (Agency) — The bridge is shut.", None, None),
    ("LESK — The bridge is shut.", None, None),
    ("On Tuesday, March 3, 2031 — the day of the flood — it rained.", None, None),
    ("The bridge fell on March 3, 2031 — and was built again.", None, None),
]


@pytest.mark.parametrize(("text", "day", "basis"), HEADERS + DATELINES)
def test_a_header_or_a_dateline_with_its_year_gives_the_day(text: str, day: str | None, basis: str | None) -> None:
    found = creation(text, None, None)
    assert (found.time, found.basis) == (day, basis)
    assert (found.warning or ("",))[0] == ("" if day else "read.undated")


def test_the_argument_goes_before_metadata_and_metadata_before_the_text() -> None:
    text = "date 2031-03-01\nLESK, March 2, 2031 — Text"
    assert creation(text, "2031-03-03", "2031-03-04").time == "2031-03-04"
    assert creation(text, "2031-03-03", None).basis == "metadata"
    assert creation(text, " ", None).basis == "header"


@pytest.mark.parametrize("value", ["2031-03-04T08:00", "2031-03-04T08:00:00Z", "2031-03-04 08:00:00.123-05:00"])
def test_a_time_of_day_with_its_zone_is_kept(value: str) -> None:
    assert creation("", value, None).time == value


@pytest.mark.parametrize(
    "value", ["2031-02-30", "0000-01-01", "04/03/2031", "2031-13-01", "2031-3-4", "soon", "٢٠٣١-٠٣-٠٤", "\ud800", "20310304"]
)
def test_a_date_that_cannot_be_is_no_date(value: str) -> None:
    found = creation("date 2031-03-04\n", value, None)
    assert (found.time, found.basis) == (None, None)
    assert found.warning is not None
    assert found.warning[0] == "read.bad_date"


@pytest.mark.parametrize("text", ["date 2031-02-30\nText", "LESK, February 30, 2031 — Text"])
def test_an_impossible_date_in_the_text_is_told_of(text: str) -> None:
    found = creation(text, None, None)
    assert found.time is None
    assert found.warning is not None
    assert found.warning[0] == "read.bad_date"


def test_a_time_that_cannot_be_leaves_the_day() -> None:
    found = creation("", "2031-03-04T27:00", None)
    assert found.time == "2031-03-04"
    assert found.warning is not None
    assert found.warning[0] == "read.bad_date"


@pytest.mark.parametrize("text", ["A" * 200_000, "LESK, " * 40_000, " " * 400_000, "\n" * 400_000 + "date", "A (" * 100_000])
def test_long_texts_without_a_date_are_passed_over_quickly(text: str) -> None:
    started = time.monotonic()
    assert creation(text, None, None).time is None
    assert time.monotonic() - started < 1
