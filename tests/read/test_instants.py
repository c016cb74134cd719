"""Dates in metadata become ISO 8601, and keep the zone that they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.instants import instant
from onrecord.settings import possible_time

DATES = [
    ("Tue, 4 Mar 2031 10:00:00 +0100", "2031-03-04T10:00:00+01:00"),
    ("Tue, 04 Mar 2031 10:00:00 GMT", "2031-03-04T10:00:00+00:00"),
    ("4 Mar 31 10:00 EST", "2031-03-04T10:00:00-05:00"),
    ("Tue, 04 Mar 2031 10:00:00 CEST", "2031-03-04T10:00:00+02:00"),
    ("Tue, 04 Mar 2031 10:00:00 XYZ", "2031-03-04T10:00:00"),
    ("Tue, 04 Mar 2031 10:00:00 -0000", "2031-03-04T10:00:00"),
    ("Tue, 04 Mar 2031 10:00:00", "2031-03-04T10:00:00"),
    ("Tue, 04 Mar 2031 24:00:00 GMT", "2031-03-04"),
    ("Tue Mar 04 10:00:00 +0000 2031", "2031-03-04T10:00:00+00:00"),
    ("2031-03-04", "2031-03-04"),
    ("2031-03-04T10:00:00Z", "2031-03-04T10:00:00+00:00"),
    ("2031-03-04T10:00:00.1234567Z", "2031-03-04T10:00:00.123456+00:00"),
    ("2031-03-04 10:00:00 -0400", "2031-03-04T10:00:00-04:00"),
    ("2031-03-04 10:00:00 UTC", "2031-03-04T10:00:00+00:00"),
    (" 2031-03-04T10:00 ", "2031-03-04T10:00:00"),
    ("2031-03", None),
    ("2031-02-30", None),
    ("Tuesday", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "wanted"), DATES)
def test_a_date_is_read_with_its_zone(written: str, wanted: str | None) -> None:
    assert instant(written) == wanted


@given(st.text(st.sampled_from("0123456789-:+TZ. ,JanFebMonGMT") | st.characters(), max_size=40))
def test_whatever_is_written_gives_a_time_that_there_is_or_none(written: str) -> None:
    time = instant(written)
    assert time is None or possible_time(time)
