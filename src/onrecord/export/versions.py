"""The versions of an article, and what changed from each to the next, as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from onrecord.export.changes import passage_json, statement_change_json
from onrecord.find.versions import Article, Version

_FACTS = ("name", "title", "publisher", "locator", "url", "creation_time", "added_at", "retrieved_at", "sha256")


def version_values(article: Article) -> Iterator[dict[str, Any]]:
    """One object a version."""
    for number, (before, one) in enumerate(with_the_one_before(article), 1):
        about = {"article": article.place, "version": number, "of": len(article.versions)}
        document = {"id": one.key, **{name: one.row[name] for name in _FACTS}}
        value: dict[str, Any] = {**about, "document": document, "passages": None, "statements": []}
        if before is not None:
            keys = before.key, one.key
            value["statements"] = [statement_change_json(change, before.record, one.record, keys) for change in one.statements]
            if one.passages is not None:
                value["passages"] = [passage_json(change, before.row["text"], one.row["text"]) for change in one.passages]
        yield value


def with_the_one_before(article: Article) -> Iterator[tuple[Version | None, Version]]:
    """Each version with the one before it, none with the first."""
    return pairwise((None, *article.versions))  # type: ignore[arg-type]  # only the first is none
