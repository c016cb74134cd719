"""A time as pages write it -> ISO 8601, its zone kept where it has one."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NAMED = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?{_MONTH}[\s,.-]+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-./](?P<number>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)"),
)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T\s]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*(?:GMT|UTC)?\s*([+-]\d{2}):?(\d{2})|\s*(GMT|UTC|Z))", re.IGNORECASE)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_LONGEST = 100
_FIRST_YEAR = 1980  # before it no page was made: 0001-01-01 and 1970-01-01 stand where nothing was filled in
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?([0-3]\d)(?:[/_-]|$)")


def iso_time(value: str) -> str | None:
    """`2031-03-04T10:20:00+01:00` or `2031-03-04`; None where the value names no day that there is."""
    value = value.strip()[:_LONGEST]
    if hit := _ISO.match(value):
        return _made(hit["day"], hit["clock"], hit["zone"])
    if _EPOCH.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()
    if hit := _COMPACT.fullmatch(value):
        clock = f"{hit[4]}:{hit[5]}:{hit[6] or '00'}" if hit[4] else None
        return _made(f"{hit[1]}-{hit[2]}-{hit[3]}", clock, hit[7])
    day = written_day(value)
    if day is None:
        return None
    clock_hit = _CLOCK.search(value)
    if clock_hit is None:
        return day
    zone = f"{clock_hit[4]}:{clock_hit[5]}" if clock_hit[4] else "Z"
    return _made(day, f"{clock_hit[1]}:{clock_hit[2]}:{clock_hit[3] or '00'}", zone) or day


def written_day(text: str) -> str | None:
    """The first day that the text names with its year: "4 March 2031", "March 4th, 2031", "2031.3.4"."""
    hits = sorted((hit for pattern in _NAMED if (hit := pattern.search(text))), key=lambda hit: hit.start())
    for hit in hits:
        named = hit.groupdict()
        month = int(named["number"]) if "number" in named else 1 + _MONTHS.index(named["month"][:3].lower())
        if day := _made(f"{named['year']}-{month:02}-{int(named['day']):02}", None, None):
            return day
    return None


def address_day(url: str) -> str | None:
    """The day in the path of an address: `/2031/03/04/`."""
    if not (hit := _ADDRESS_DAY.search(url.lower())):
        return None
    month = hit[2] if hit[2].isdigit() else f"{1 + _MONTHS.index(hit[2]):02}"
    return _made(f"{hit[1]}-{month}-{hit[3]}", None, None)


def _made(day: str, clock: str | None, zone: str | None) -> str | None:
    try:
        if datetime.fromisoformat(day).year < _FIRST_YEAR:
            return None
    except ValueError:
        return None
    if clock is None:
        return day
    hours, rest = clock.split(":", 1)
    seconds = rest if rest.count(":") else f"{rest}:00"
    whole = f"{day}T{int(hours):02}:{seconds}{_zone(zone)}"
    try:
        datetime.fromisoformat(whole)
    except ValueError:
        return day
    return whole


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def newsroom_zone(times: list[str]) -> str:
    """The first time; or, where a later one names the same instant in a zone other than UTC, that one: days are counted in it."""
    first = datetime.fromisoformat(times[0])
    if first.tzinfo is None:
        return times[0]
    for other in times[1:]:
        told = datetime.fromisoformat(other)
        if told.tzinfo is not None and told.utcoffset() and abs((told - first).total_seconds()) < 60:
            return other
    return times[0]
