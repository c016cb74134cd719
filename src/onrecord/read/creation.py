"""When a document was made: told by the caller, by its metadata, by its first line or by its dateline, in this order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.data import CreationBasis
from onrecord.settings import possible_time

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_AGENCY = r"(?:[ \t]*\([^()\n]{1,60}\))?"
_DASH = r"[ \t]*(?:[\u2010-\u2015\u2212]|--?)[ \t\u00a0]"

_HEADER = re.compile(
    r"\s*date:?[ \t]+(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)(?![0-9])", re.IGNORECASE
)
_PLACE = r"^[ \t]*[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’. -]{1,40}(?:,[ \t]?[A-Z][A-Za-z. -]{1,30})?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]*[ \t]+)?"
_DATELINES = tuple(
    re.compile(rf"{_PLACE}{_AGENCY}[,;]?[ \t]+{_WEEKDAY}{date}{_AGENCY}{_DASH}", re.MULTILINE)
    for date in (rf"{_MONTH}[ \t]+{_DAY},?[ \t]+{_YEAR}", rf"{_DAY}[ \t]+{_MONTH},?[ \t]+{_YEAR}", r"(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2})")
)
_DATELINE_WITHIN = 2000

_UNDATED = "read.undated", "No creation time was found, so days like “Tuesday” stay open. Give --date, or a first line “date YYYY-MM-DD”."


@dataclass(frozen=True, slots=True)
class Creation:
    """A creation time, where it comes from, and a warning as (code, message)."""

    time: str | None
    basis: CreationBasis | None = None
    warning: tuple[str, str] | None = None


def creation(text: str, metadata: str | None, argument: str | None) -> Creation:
    """The creation time of a document; a date that cannot be is no date, and no other is sought in its place."""
    if argument is not None:
        return _checked(argument, CreationBasis.ARGUMENT)
    if metadata is not None and metadata.strip():
        return _checked(metadata.strip(), CreationBasis.METADATA)
    if header := _HEADER.match(text):
        return _checked(header["time"], CreationBasis.HEADER)
    if time := _dateline(text[:_DATELINE_WITHIN]):
        return _checked(time, CreationBasis.DATELINE)
    return Creation(None, warning=_UNDATED)


def _dateline(start: str) -> str | None:
    """The date of "LESK, March 3, 2031 (Agency) —"; one without its year settles no day."""
    hits = [hit for pattern in _DATELINES if (hit := pattern.search(start))]
    if not hits:
        return None
    named = min(hits, key=lambda hit: hit.start()).groupdict()
    if "time" in named:
        return named["time"]
    month = _MONTHS.index(named["month"][:3]) + 1
    return f"{named['year']}-{month:02}-{int(named['day']):02}"


def _checked(value: str, basis: CreationBasis) -> Creation:
    if possible_time(value):
        return Creation(value, basis)
    day = value[:10]
    if possible_time(day) and not value[10:11].isdigit():
        return Creation(
            day, basis, ("read.bad_date", f"Of the creation time {value[:40]!r} only the day can be read; the time of day is left out.")
        )
    return Creation(
        None, warning=("read.bad_date", f"The creation time {value[:40]!r} names no day (YYYY-MM-DD); the document is read without it.")
    )
