"""How often a feed wishes to be asked: ttl, skipHours and skipDays of RSS 2.0, and sy:updatePeriod of RSS 1.0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_LOOKED_AT = 1 << 16
_TTL = re.compile(rb"<ttl>\s*([0-9]{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency>\s*([0-9]{1,4})\s*<", re.IGNORECASE)
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,1000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*([0-9]{1,2})\s*</hour>", re.IGNORECASE)
_SKIP_DAYS = re.compile(rb"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(rb"<day>\s*(\w+)\s*</day>", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {b"hourly": 1, b"daily": 24, b"weekly": 24, b"monthly": 24, b"yearly": 24}  # news comes sooner than publishers say
_LONGEST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """The least seconds between two questions, and the hours and weekdays (0: Monday), counted in UTC, without any."""

    seconds: float = 0.0
    skipped_hours: frozenset[int] = frozenset()
    skipped_days: frozenset[int] = frozenset()

    def put_off(self, instant: datetime) -> timedelta:
        """How long after `instant` (UTC) the feed may be asked; a feed that skips everything skips nothing."""
        for hours in range(24 * 7):
            later = instant + timedelta(hours=hours)
            if later.hour not in self.skipped_hours and later.weekday() not in self.skipped_days:
                start = later.replace(minute=0, second=0, microsecond=0) if hours else later
                return start - instant
        return timedelta(0)


def wishes(data: bytes) -> Wishes:
    """What the first bytes of a feed say of it; what cannot be is taken as not said."""
    head = data[:_LOOKED_AT]
    ttl, period, frequency = _TTL.search(head), _PERIOD.search(head), _FREQUENCY.search(head)
    seconds = 60.0 * int(ttl[1]) if ttl else 0.0
    if period and not ttl:
        times = max(1, int(frequency[1])) if frequency else 1
        seconds = 3600.0 * _HOURS[period[1].lower()] / times
    hours = _SKIP_HOURS.search(head)
    days = _SKIP_DAYS.search(head)
    named = [one.decode("ascii", "replace").lower() for one in _DAY.findall(days[1])] if days else []
    return Wishes(
        min(seconds, _LONGEST_SECONDS),
        frozenset(int(one) % 24 for one in _HOUR.findall(hours[1])) if hours else frozenset(),
        frozenset(_DAYS.index(name) for name in named if name in _DAYS),
    )
