"""What a run can be told: one frozen value, made from a file, the environment and the arguments; the last one wins.

The file is `onrecord.toml` in the working folder, or the one that ONRECORD_SETTINGS names; its keys are the names of the
fields. In the environment a field is called ONRECORD_ and its name in capitals: ONRECORD_JOBS=2.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from onrecord.errors import UsageError

LONGEST_DOCUMENT = 5_000_000
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PREFIX = "ONRECORD_"
_KINDS: dict[str, type] = {
    "jobs": int,
    "min_probability": float,
    "publisher": str,
    "date": str,
    "longest_document": int,
    "follow": bool,
    "allow_private": bool,
    "language": str,
    "ledger": str,
    "people": str,
    "tokens": str,
    "pool_size": int,
    "pool_overflow": int,
    "pool_timeout_seconds": int,
    "pool_recycle_seconds": int,
    "statement_seconds": int,
}
_LEAST = {"pool_size": 1, "pool_overflow": 0, "pool_timeout_seconds": 1, "pool_recycle_seconds": 1, "statement_seconds": 0}
_FILE_VARIABLE = "ONRECORD_SETTINGS"
_DEFAULT_FILE = "onrecord.toml"


def possible_time(value: str) -> bool:
    """Whether the value is `YYYY-MM-DD`, with or without a time and zone (ISO 8601), and names a day that there is."""
    if not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What holds for every document that is read: `publisher` and `date` go before what the document says itself.

    `follow`: fetch the pages behind the entries of a feed. `allow_private`: fetch from loopback and private addresses too.
    `language`: what all documents are in (ISO 639: `en`); without it the language of each is told by its text.
    """

    publisher: str | None = None
    date: str | None = None
    longest_document: int = LONGEST_DOCUMENT
    follow: bool = False
    allow_private: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PoolOptions:
    """How a program connects to a ledger in PostgreSQL; a file needs none of it.

    `size` connections are kept open, `overflow` more are made when all are in use, and whoever needs one waits `timeout_seconds` for it.
    One is made anew after `recycle_seconds`. What a reader asks is broken off after `statement_seconds`; 0 is never.
    """

    size: int = 5
    overflow: int = 10
    timeout_seconds: int = 30
    recycle_seconds: int = 1800
    statement_seconds: int = 300


_POOL = PoolOptions()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run; `longest_document` counts characters; `ledger` is a file, or the URL of a PostgreSQL database.

    `people` is a file of known people and bodies, `tokens` the file of those who may use the desk.
    """

    jobs: int = 1
    min_probability: float = 0.5
    publisher: str | None = None
    date: str | None = None
    longest_document: int = LONGEST_DOCUMENT
    follow: bool = False
    allow_private: bool = False
    language: str | None = None
    ledger: str | None = None
    people: str | None = None
    tokens: str | None = None
    pool_size: int = _POOL.size
    pool_overflow: int = _POOL.overflow
    pool_timeout_seconds: int = _POOL.timeout_seconds
    pool_recycle_seconds: int = _POOL.recycle_seconds
    statement_seconds: int = _POOL.statement_seconds

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise _impossible("jobs", self.jobs, "a whole number of processes, 1 or more")
        if not 0 <= self.min_probability <= 1:
            raise _impossible("min_probability", self.min_probability, "a number from 0 to 1")
        if self.longest_document < 1:
            raise _impossible("longest_document", self.longest_document, "a number of characters, 1 or more")
        if self.date is not None and not possible_time(self.date):
            raise _impossible("date", self.date, "a day that there is, such as 2031-03-04, with or without a time")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise _impossible("language", self.language, "the code of a language, such as en")
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise _impossible(name, getattr(self, name), f"a whole number, {least} or more")

    @property
    def pool(self) -> PoolOptions:
        """The part that a ledger in PostgreSQL needs."""
        return PoolOptions(self.pool_size, self.pool_overflow, self.pool_timeout_seconds, self.pool_recycle_seconds, self.statement_seconds)

    @property
    def read_options(self) -> ReadOptions:
        """The part that reading needs."""
        return ReadOptions(self.publisher, self.date, self.longest_document, self.follow, self.allow_private, self.language)


def settings(arguments: Mapping[str, object], environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this run: file < environment < arguments; an argument that is None was not given.

    Raises:
        UsageError: a name is unknown or a value impossible.
    """
    environment = os.environ if environment is None else environment
    told: dict[str, object] = {**_from_file(environment), **_from_environment(environment)}
    told.update({name: value for name, value in arguments.items() if value is not None})
    return Settings(**{name: _typed(name, value) for name, value in told.items()})  # type: ignore[arg-type]  # _typed checks each one


def _from_file(environment: Mapping[str, str]) -> dict[str, object]:
    named = environment.get(_FILE_VARIABLE)
    path = Path(named or _DEFAULT_FILE)
    if not named and not path.is_file():
        return {}
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf8")))
    except (OSError, ValueError) as error:
        raise UsageError(f"The settings file {path} cannot be read: {error}", code="usage.bad_setting", path=str(path)) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = [field.name for field in fields(Settings)]
    return {name: value for name in names if (value := environment.get(_PREFIX + name.upper()))}


def _typed(name: str, value: object) -> object:
    if name not in _KINDS:
        known = ", ".join(sorted(_KINDS))
        raise UsageError(f"There is no setting {name!r}; there are {known}.", code="usage.bad_setting", name=name)
    if _KINDS[name] is bool:
        return _switch(name, value)
    try:
        if isinstance(value, bool) or (_KINDS[name] is int and isinstance(value, float)):
            raise ValueError(value)
        return _KINDS[name](value)
    except (TypeError, ValueError) as error:
        raise _impossible(name, value, "a text" if _KINDS[name] is str else "a number") from error


def _switch(name: str, value: object) -> bool:
    known = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in known:
        raise _impossible(name, value, "true or false")
    return known[str(value).lower()]


def _impossible(name: str, value: object, wanted: str) -> UsageError:
    return UsageError(f"The setting {name} cannot be {value!r}: give {wanted}.", code="usage.bad_setting", name=name)
