"""The many ways in which a date is written in metadata -> ISO 8601, with the zone if one is named."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_tz

_LONGEST = 100
_SPACE_BEFORE_ZONE = re.compile(r"\s+(?=[+-][0-9]{2}:?[0-9]{2}$)")
_SHORT_FRACTION = re.compile(r"(:[0-9]{2}[.,][0-9]{1,6})[0-9]*")
_NAMED_ZONE = re.compile(r"\+0000\b|\b(?:UTC?|GMT|Z|WET)\b")

# Names of zones that mail standards do not know and news feeds use; those with two meanings are left out.
_ZONES = {
    **{"BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300", "WEST": "+0100", "WET": "+0000"},
    **{"JST": "+0900", "KST": "+0900", "HKT": "+0800", "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300"},
    **{"AKST": "-0900", "AKDT": "-0800", "HST": "-1000", "SAST": "+0200", "PKT": "+0500", "Z": "+0000"},
}
_ZONE_NAME = re.compile(r"\b(" + "|".join(_ZONES) + r")\b\s*$")


def instant(value: str) -> str | None:
    """`2031-03-04T10:00:00+01:00` of "Tue, 4 Mar 2031 10:00:00 +0100" (RFC 5322) or of ISO 8601; None if it is neither.

    A value of days stays one; a zone that is not named, or not known, is left open.
    """
    written = " ".join(value.split())
    if not written or len(written) > _LONGEST:
        return None
    return _iso(written) or _mail(written)


def _iso(written: str) -> str | None:
    tidied = _SPACE_BEFORE_ZONE.sub("", _SHORT_FRACTION.sub(r"\1", written.removesuffix(" UTC").removesuffix(" GMT")))
    if len(tidied) < len(written) and written.endswith(("UTC", "GMT")):
        tidied += "Z"
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tidied) and not re.fullmatch(r"[0-9]{8}(T[0-9:.,]+(Z|[+-][0-9:]+)?)?", tidied):
        return None
    try:
        moment = datetime.fromisoformat(tidied)
    except ValueError:
        return None
    return moment.date().isoformat() if len(tidied) in (8, 10) else moment.isoformat()


def _mail(written: str) -> str | None:
    parts = parsedate_tz(_ZONE_NAME.sub(lambda zone: _ZONES[zone[1]], written))
    if parts is None:
        return None
    offset = parts[9]
    try:
        zone = timezone(timedelta(seconds=offset)) if offset is not None and (offset or _NAMED_ZONE.search(written)) else None
        return datetime(*parts[:6], tzinfo=zone).isoformat()
    except (ValueError, OverflowError, TypeError):
        return _day(*parts[:3])


def _day(year: int, month: int, day: int) -> str | None:
    """The day of a date whose time of day no clock has."""
    try:
        return date(year, month, day).isoformat()
    except (ValueError, TypeError):
        return None
