"""How often a feed wishes to be asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.feed.wishes import Wishes, wishes

TUESDAY = datetime(2031, 3, 4, 10, 20, tzinfo=UTC)
SAID = [
    (b"<ttl>60</ttl>", Wishes(3600)),
    (b"<ttl> 999999 </ttl>", Wishes(86_400)),
    (b"<ttl>soon</ttl>", Wishes()),
    (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", Wishes(1800)),
    (b"<sy:updatePeriod>\n daily </sy:updatePeriod>", Wishes(86_400)),
    (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Wishes(3600)),
    (b"<skipHours><hour>1</hour><hour>24</hour></skipHours>", Wishes(0, frozenset({1, 0}))),
    (b"<skipDays><day>Sunday</day><day>Foo</day></skipDays>", Wishes(0, frozenset(), frozenset({6}))),
]


@pytest.mark.parametrize(("feed", "wished"), SAID)
def test_wishes_are_read(feed: bytes, wished: Wishes) -> None:
    assert wishes(b"<rss><channel>" + feed) == wished


PUT_OFF = [
    (Wishes(), timedelta(0)),
    (Wishes(skipped_hours=frozenset({10, 11})), timedelta(hours=1, minutes=40)),
    (Wishes(skipped_days=frozenset({1})), timedelta(hours=13, minutes=40)),
    (Wishes(skipped_hours=frozenset(range(24))), timedelta(0)),
]


@pytest.mark.parametrize(("wished", "later"), PUT_OFF)
def test_hours_and_days_that_are_skipped_are_waited_for(wished: Wishes, later: timedelta) -> None:
    assert wished.put_off(TUESDAY) == later


@given(st.binary(max_size=200))
def test_any_bytes_are_no_danger(data: bytes) -> None:
    assert wishes(data).seconds >= 0
