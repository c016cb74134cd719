"""People and bodies that the user knows: a file with one JSON object a line, kept in the ledger from then on.

    {"name": "Mara Quill", "aliases": ["M. Quill"], "wikidata": "Q1001", "role": "harbour minister"}

An entry with the key of an earlier one takes its place.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from onrecord.data import SpeakerType
from onrecord.errors import UsageError
from onrecord.record.gathered import bucket_of_name
from onrecord.record.stored import at_a_time
from onrecord.record.tables import known_names, known_people
from onrecord.resolve.body_names import body_name
from onrecord.resolve.keys import slug
from onrecord.resolve.person_names import Fit, fit, person_name
from onrecord.resolve.same_people import role_words

_WIKIDATA = re.compile(r"Q[1-9]\d{0,14}")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXTS = ("name", "wikidata", "key", "type", "role", "from", "to")


@dataclass(frozen=True, slots=True)
class Known:
    """A person or body of the list. `since` and `until` are days (ISO 8601): documents of other days do not mean it."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    type: SpeakerType | None = None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    role_words: frozenset[str] = field(default=frozenset(), compare=False)

    def is_named(self, name: str, *, is_person: bool) -> bool:
        """Whether a written name is one of its own, titles, initials and a middle name aside."""
        if self.type is not None and is_person != (self.type is SpeakerType.PERSON):
            return False
        return any(_is_same(own, name, is_person=is_person) for own in (self.name, *self.aliases))

    def is_within(self, first_on: str, last_on: str) -> bool:
        """Whether it may be meant on all the days."""
        return (self.since or "") <= first_on and last_on <= (self.until or "9999")


def known_people_of(path: str) -> tuple[Known, ...]:
    """What a file lists.

    Raises:
        UsageError: it cannot be read, or a line is wrong; the message names the line and says what to write.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"The list of people {path} cannot be read: {error}. Give a file of JSON Lines in UTF-8.", code=_CODE) from error
    found = tuple(_entry(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())
    keys = [one.key for one in found]
    twice = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if twice is not None:
        raise UsageError(f'{path}: two entries have the key {twice!r}. Give one of them another: {{"key": "{twice}-2", ...}}.', code=_CODE)
    return found


_CODE = "usage.bad_people"


def keep_known(connection: Connection, run: int, entries: Iterable[Known]) -> set[str]:
    """Keeps what the ledger does not know yet of the list. The buckets that are to be looked at again."""
    before = {row.key: row for row in connection.execute(_in_force())}
    touched: set[str] = set()
    for one in entries:
        old = before.get(one.key)
        if old is not None and _stored(connection, old) == one:
            continue
        touched |= {bucket for name in (one.name, *one.aliases) for bucket in bucket_of_name(name)}
        if old is not None:
            touched.update(connection.scalars(select(known_names.c.bucket).where(known_names.c.known_id == old.id)))
        _add(connection, run, one)
    return touched


def known_in(connection: Connection, buckets: Sequence[str]) -> dict[str, list[Known]]:
    """For each bucket the entries that have a name in it."""
    ids: dict[int, set[str]] = defaultdict(set)
    for some in at_a_time(list(buckets)):
        for number, bucket in connection.execute(
            select(known_names.c.known_id, known_names.c.bucket).where(known_names.c.bucket.in_(some))
        ):
            ids[number].add(bucket)
    found: dict[str, list[Known]] = defaultdict(list)
    for those in at_a_time(sorted(ids)):
        for row in connection.execute(_in_force().where(known_people.c.id.in_(those)).order_by(known_people.c.key)):
            for bucket in ids[row.id]:
                found[bucket].append(_stored(connection, row))
    return found


def wikidata_of(connection: Connection, keys: Iterable[str | None]) -> dict[str, str]:
    """The Wikidata ids of those who have one."""
    found: dict[str, str] = {}
    for some in at_a_time(sorted({key for key in keys if key})):
        asked = _in_force().where(known_people.c.key.in_(some), known_people.c.wikidata.is_not(None))
        found |= {row.key: row.wikidata for row in connection.execute(asked)}
    return found


def _in_force() -> Select[Any]:
    later = known_people.alias("later_people")
    return select(known_people).where(~exists(select(later.c.id).where(later.c.key == known_people.c.key, later.c.id > known_people.c.id)))


def _add(connection: Connection, run: int, one: Known) -> None:
    row = {"run_id": run, "key": one.key, "name": one.name, "wikidata": one.wikidata, "type": one.type and one.type.value}
    row |= {"role": one.role, "since": one.since, "until": one.until}
    number = connection.execute(known_people.insert().values(**row)).inserted_primary_key
    assert number is not None
    given = [(name, bucket) for name in dict.fromkeys((one.name, *one.aliases)) for bucket in bucket_of_name(name)]
    connection.execute(known_names.insert(), [{"known_id": number[0], "name": name, "bucket": bucket} for name, bucket in given])


def _stored(connection: Connection, row: Any) -> Known:
    asked = select(known_names.c.name).where(known_names.c.known_id == row.id).order_by(known_names.c.id)
    names = tuple(dict.fromkeys(connection.scalars(asked)))
    kind = row.type and SpeakerType(row.type)
    roles = role_words([row.role] if row.role else [])
    return Known(row.key, row.name, names[1:], row.wikidata, kind, row.role, row.since, row.until, roles)


def _is_same(own: str, name: str, *, is_person: bool) -> bool:
    if not is_person:
        return body_name(own) == body_name(name)
    mine, theirs = person_name(own), person_name(name)
    if not mine.given or not theirs.given:
        return mine == theirs
    return mine.surname == theirs.surname and fit(mine, theirs) in (Fit.SAME, Fit.MIDDLE)


def _entry(line: str, where: str) -> Known:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise _wrong(where, f"it is no JSON ({error})") from error
    if not isinstance(value, dict):
        raise _wrong(where, "it is no JSON object")
    for key in _TEXTS:
        if not isinstance(value.get(key), str | None):
            raise _wrong(where, f"its {key!r} is no text")
    others = value.get("aliases") or []
    if not isinstance(others, list) or not all(isinstance(one, str) and slug(one) for one in others):
        raise _wrong(where, "its 'aliases' are no list of names")
    return _checked(value, tuple(dict.fromkeys(one for one in others if one != value.get("name"))), where)


def _checked(value: dict[str, Any], others: tuple[str, ...], where: str) -> Known:
    name = value.get("name") or ""
    if not slug(name):
        raise _wrong(where, "it has no 'name' with a Latin letter or digit")
    for key, fits, wanted in _checks(value):
        if value.get(key) is not None and not fits:
            raise _wrong(where, f"its {key!r} is {value[key]!r}, not {wanted}")
    kind = value.get("type") and SpeakerType(value["type"])
    roles = role_words([value["role"]] if value.get("role") else [])
    days = value.get("from"), value.get("to")
    return Known(value.get("key") or slug(name), name, others, value.get("wikidata"), kind or None, value.get("role"), *days, roles)


def _checks(value: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    yield "wikidata", bool(_WIKIDATA.fullmatch(value.get("wikidata") or "")), "an id such as Q42"
    yield "key", bool(_KEY.fullmatch(value.get("key") or "")), "small letters and digits with hyphens between"
    yield "type", value.get("type") in set(SpeakerType), f"one of {', '.join(SpeakerType)}"
    for key in ("from", "to"):
        yield key, _is_day(value.get(key) or ""), "a day such as 2031-03-04"


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(f'{where}: {what}. Write {{"name": "Mara Quill", "aliases": ["M. Quill"], "wikidata": "Q1001"}}.', code=_CODE)
