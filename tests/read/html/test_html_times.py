"""Times as pages write them become ISO 8601 with the zone that they have."""

from __future__ import annotations

import pytest

from onrecord.read.html.shown import Shown, as_shown
from onrecord.read.html.times import address_day, iso_time, newsroom_zone, written_day

TIMES = [
    ("2031-03-04", "2031-03-04"),
    ("2031-03-04T10:20:30.123Z", "2031-03-04T10:20:30+00:00"),
    ("2031-03-04 10:20", "2031-03-04T10:20:00"),
    ("2031-03-04T10:20:30-0500", "2031-03-04T10:20:30-05:00"),
    ("20310304T102030Z", "2031-03-04T10:20:30+00:00"),
    ("Tue, 04 Mar 2031 10:20:30 GMT", "2031-03-04T10:20:30+00:00"),
    ("Tue Mar 04 2031 10:20:30 GMT+0100 (CET)", "2031-03-04T10:20:30+01:00"),
    ("March 4th, 2031", "2031-03-04"),
    ("1930386030", "2031-03-04T10:20:30+00:00"),
    ("2031-02-30", None),
    ("0001-01-01T00:00:00Z", None),
    ("yesterday", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "wanted"), TIMES)
def test_a_time_is_iso_8601_or_none(written: str, wanted: str | None) -> None:
    assert iso_time(written) == wanted


DAYS = [
    ("By Ivo Brandt | 4 March 2031, 10:20", "2031-03-04"),
    ("Published Mar. 4, 2031", "2031-03-04"),
    ("2031.3.4", "2031-03-04"),
    ("in March 2031", None),
    ("on 4 March", None),
    ("30 February 2031", None),
]


@pytest.mark.parametrize(("written", "wanted"), DAYS)
def test_a_written_day_has_its_year(written: str, wanted: str | None) -> None:
    assert written_day(written) == wanted


ADDRESSES = [
    ("https://courier.example/2031/03/04/bridge", "2031-03-04"),
    ("https://courier.example/news/2031-03-04/bridge", "2031-03-04"),
    ("https://courier.example/2031/mar/04/bridge", "2031-03-04"),
    ("https://courier.example/20310304", "2031-03-04"),
    ("https://courier.example/2031/03/bridge", None),
    ("https://courier.example/2031/13/04/bridge", None),
    ("https://courier.example/id/120310304999", None),
]


@pytest.mark.parametrize(("url", "wanted"), ADDRESSES)
def test_an_address_may_hold_the_day(url: str, wanted: str | None) -> None:
    assert address_day(url) == wanted


def test_of_two_names_of_one_instant_the_newsroom_s_zone_is_kept() -> None:
    assert newsroom_zone(["2031-03-05T01:20:00+00:00", "2031-03-04T20:20:00-05:00"]) == "2031-03-04T20:20:00-05:00"
    assert newsroom_zone(["2031-03-05T01:20:00+00:00", "2031-03-06T20:20:00-05:00"]) == "2031-03-05T01:20:00+00:00"
    assert newsroom_zone(["2031-03-05", "2031-03-04T20:20:00-05:00"]) == "2031-03-05"


SHOWN = [
    ("the shown clock gives the zone", "2031-03-05T01:50:59+00:00", [Shown("2031-03-04", 17 * 60 + 50)], "2031-03-04T17:50:59-08:00"),
    ("a zone ahead", "2031-03-04T20:00:00+00:00", [Shown("2031-03-05", 90)], "2031-03-05T01:30:00+05:30"),
    ("the day before, no clock", "2031-03-05T01:50:59+00:00", [Shown("2031-03-04", None)], "2031-03-04"),
    ("the same day", "2031-03-05T01:50:59+00:00", [Shown("2031-03-05", None)], "2031-03-05T01:50:59+00:00"),
    ("another day", "2031-03-05T01:50:59+00:00", [Shown("2030-01-01", 60)], "2031-03-05T01:50:59+00:00"),
    ("no time of day told", "2031-03-05", [Shown("2031-03-04", 60)], "2031-03-05"),
]


@pytest.mark.parametrize(("published", "shown", "wanted"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_days_are_counted_where_the_page_counts_them(published: str, shown: list[Shown], wanted: str) -> None:
    assert as_shown(published, shown) == wanted
