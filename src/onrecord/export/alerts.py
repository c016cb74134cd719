"""Saved searches and what is new of them, as JSON values and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from onrecord.export.links import link_json
from onrecord.find.alert_conflicts import NewConflict
from onrecord.find.alerts import Alert, NewStatement
from onrecord.find.question import Question

_FILTERS = ("by", "since", "until", "as_of", "publisher")
_FLAGS = {"hypothetical": "words nobody said, too", "without_copies": "without copies"}


def alert_json(one: Alert) -> dict[str, Any]:
    """The saved search as JSON values, with how many statements and conflicts are new."""
    search, asked = one.search, asdict(one.question)
    asked.pop("limit")
    return {
        "id": search.key,
        "name": search.name,
        "made_by": search.made_by,
        "made_at": search.made_at,
        "seen_at": search.seen_at,
        "question": {**asked, "stances": list(one.question.stances)},
        "new_statements": len(one.news.statements),
        "new_conflicts": len(one.news.conflicts),
        "is_cut": one.news.is_cut,
        "mark": str(one.news.mark),
    }


def new_json(one: NewStatement | NewConflict) -> dict[str, Any]:
    """A new statement as `onrecord ask` prints it, or a new conflict as `onrecord conflicts` does."""
    if isinstance(one, NewStatement):
        return {"new": "statement", "recorded_at": one.recorded_at, "statement": asdict(one.answer)}
    return {"new": "conflict", "found_at": one.found_at, "conflict": link_json(one.link)}


def news(one: Alert) -> Iterator[NewStatement | NewConflict]:
    """The statements, then the conflicts."""
    yield from one.news.statements
    yield from one.news.conflicts


def asked_words(asked: Question) -> str:
    """`“guards at the bridge”, by Mara Quill, stance refuses or denies`: the question on one line."""
    told = [f"“{asked.words.strip()}”"] if asked.words else []
    told += [f"{name.replace('_', ' ')} {value}" for name in _FILTERS if (value := getattr(asked, name)) is not None]
    if asked.stances:
        told.append("stance " + " or ".join(one.replace("_", " ") for one in asked.stances))
    told += [words for name, words in _FLAGS.items() if getattr(asked, name)]
    return ", ".join(told) or "every statement"


def counted(one: Alert) -> str:
    """`3 new statements, 1 new conflict`."""
    said, found = len(one.news.statements), len(one.news.conflicts)
    more = " or more" if one.news.is_cut else ""
    return f"{said:,}{more} new statement{'' if said == 1 else 's'}, {found:,} new conflict{'' if found == 1 else 's'}"
