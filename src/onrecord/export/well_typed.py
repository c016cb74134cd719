"""Whether values that came from outside are of the kinds that their dataclasses name, all the way down."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from onrecord.data import Record, Span


def check_record(record: Record) -> None:
    """Every value in the record has its kind, and every span lies in the text.

    Raises:
        TypeError: a value is of another kind.
        ValueError: a span lies elsewhere, or a number is none.
    """
    _check(record, Record, "record", len(record.document.text) if isinstance(record.document.text, str) else 0)


def _check(value: Any, kind: Any, name: str, length: int) -> None:
    if get_origin(kind) in (UnionType, Union):
        kinds = get_args(kind)
        wanted = next((one for one in kinds if one is not type(None)), kind)
        if value is None and type(None) in kinds:
            return None
        return _check(value, wanted, name, length)
    if get_origin(kind) is tuple:
        return _check_all(value, get_args(kind), name, length)
    if kind is float and type(value) is int:
        return None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{name} is {type(value).__name__}, not {kind.__name__}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} is no number")
    if isinstance(value, Span) and any(type(one) is not int for one in value):
        raise TypeError(f"{name} is not two whole numbers")
    if isinstance(value, Span) and not 0 <= value.start <= value.end <= length:
        raise ValueError(f"{name} is not in the text")
    if is_dataclass(value):
        for one, inner in _kinds(type(value)):
            _check(getattr(value, one), inner, one, length)
    return None


def _check_all(values: Any, kinds: tuple[Any, ...], name: str, length: int) -> None:
    if not isinstance(values, tuple):
        raise TypeError(f"{name} is {type(values).__name__}, not a list")
    if kinds[1:] != (Ellipsis,) and len(kinds) != len(values):
        raise ValueError(f"{name} has {len(values)} values, not {len(kinds)}")
    for place, one in enumerate(values):
        _check(one, kinds[0] if kinds[1:] == (Ellipsis,) else kinds[place], name, length)


@cache
def _kinds(made: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, and of what kinds they are."""
    hints = get_type_hints(made)
    return tuple((one.name, hints[one.name]) for one in fields(made))
