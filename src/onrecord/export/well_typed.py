"""Whether values that came from outside are of the kinds that their dataclasses name, all the way down."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from onrecord.data import Record, Span

Check = Callable[[Any, str, int], None]  # of a value: what it is called, and how long the text is that its spans lie in


def check_record(record: Record) -> None:
    """Every value in the record has its kind, and every span lies in the text.

    Raises:
        TypeError: a value is of another kind.
        ValueError: a span lies elsewhere, or a number is none.
    """
    _check_of(Record)(record, "record", len(record.document.text) if isinstance(record.document.text, str) else 0)


@cache
def _check_of(kind: Any) -> Check:
    """What checks values of a kind; made once, for kinds are looked into slowly."""
    origin, kinds = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return _of_none_or(_check_of(next(one for one in kinds if one is not type(None))))
    if origin is tuple:
        return _of_many(_check_of(kinds[0])) if kinds[1:] == (Ellipsis,) else _of_each(tuple(map(_check_of, kinds)))
    if kind is Span:
        return _check_span
    if kind is float:
        return _check_number
    return _of_fields(kind) if is_dataclass(kind) else _of_kind(kind)


def _of_kind(kind: type) -> Check:
    def check(value: Any, name: str, length: int) -> None:  # noqa: ARG001  # as all checks are called
        if type(value) is not kind and (not isinstance(value, kind) or isinstance(value, bool)):
            raise _other(value, kind, name)

    return check


def _of_none_or(inner: Check) -> Check:
    def check(value: Any, name: str, length: int) -> None:
        if value is not None:
            inner(value, name, length)

    return check


def _of_many(inner: Check) -> Check:
    def check(values: Any, name: str, length: int) -> None:
        for one in _listed(values, name):
            inner(one, name, length)

    return check


def _of_each(inner: tuple[Check, ...]) -> Check:
    def check(values: Any, name: str, length: int) -> None:
        if len(_listed(values, name)) != len(inner):
            raise ValueError(f"{name} has {len(values)} values, not {len(inner)}")
        for one, check_one in zip(values, inner, strict=True):
            check_one(one, name, length)

    return check


def _of_fields(kind: Any) -> Check:
    hints = get_type_hints(kind)
    parts = tuple((one.name, _check_of(hints[one.name])) for one in fields(kind))

    def check(value: Any, name: str, length: int) -> None:
        if not isinstance(value, kind):
            raise _other(value, kind, name)
        for part, inner in parts:
            inner(getattr(value, part), part, length)

    return check


def _check_span(value: Any, name: str, length: int) -> None:
    if not isinstance(value, Span):
        raise _other(value, Span, name)
    start, end = value
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"{name} is not two whole numbers")
    if not 0 <= start <= end <= length:
        raise ValueError(f"{name} is not in the text")


def _check_number(value: Any, name: str, length: int) -> None:  # noqa: ARG001  # as all checks are called
    if type(value) is not int and not isinstance(value, float):
        raise _other(value, float, name)
    if not math.isfinite(value):
        raise ValueError(f"{name} is no number")


def _listed(values: Any, name: str) -> tuple[Any, ...]:
    if not isinstance(values, tuple):
        raise TypeError(f"{name} is {type(values).__name__}, not a list")
    return values


def _other(value: Any, kind: type, name: str) -> TypeError:
    return TypeError(f"{name} is {type(value).__name__}, not {kind.__name__}")
