"""The gold sets as values: documents, attributions with the gold spans, and the gold rows beside them.

The data is not part of the project. It is looked for beside the checkout, in ../shared (see evals/README.md).
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.data import Attribution, CreationBasis, Document, Span

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True, slots=True)
class Gold:
    """One document with its gold attributions; `rows[i]` holds the gold fields of `attributions[i]`."""

    document: Document
    attributions: tuple[Attribution, ...]
    rows: tuple[dict[str, Any], ...]
    links: tuple[dict[str, Any], ...] = ()


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _attribution(row: dict[str, Any], places: dict[str, int]) -> Attribution:
    return Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]), part_of=places.get(row.get("part_of") or ""))


def layers() -> Iterator[Gold]:
    """The 24 PolNeAR dev articles with speaker, said_on, via and stance."""
    with gzip.open(SHARED / "data/polnear/dev.jsonl.gz", "rt", encoding="utf8") as lines:
        by_name = {one["name"]: one for one in map(json.loads, lines)}
    for line in (SHARED / "gold/polnear-layers.jsonl").read_text(encoding="utf8").splitlines():
        wanted = json.loads(line)
        article = by_name[wanted["name"]]
        spans = {a["id"]: a for a in article["attributions"]}
        rows = [{**spans[s["e"]], **s} for s in wanted["statements"]]
        document = Document(
            article["name"],
            article["text"],
            creation_time=article["creation_time"],
            creation_time_basis=CreationBasis.METADATA,
            publisher=article["publisher"],
            title=article["title"],
        )
        yield Gold(document, tuple(_attribution(r, {}) for r in rows), tuple(rows))


def stories() -> Iterator[Gold]:
    """The invented stories, one value a document; links are those inside the document."""
    for path in sorted((SHARED / "gold/stories").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        for text_path in sorted(path.parent.glob("*.txt")):
            text = text_path.read_text(encoding="utf8")
            date, publisher, title = (line.strip() for line in text.split("\n", 3)[:3])
            document = Document(
                f"{path.parent.name}/{text_path.stem}",
                text,
                creation_time=date.removeprefix("date ").strip(),
                creation_time_basis=CreationBasis.METADATA,
                publisher=publisher,
                title=title,
            )
            mine = [s for s in gold["statements"] if s["document"].removesuffix(".txt") == text_path.stem]
            yield _gold(document, mine, gold["links"])


def seed() -> Iterator[Gold]:
    """The article that started the project."""
    gold = json.loads((SHARED / "seed/gold.json").read_text(encoding="utf8"))
    text = (SHARED / "seed/article.txt").read_text(encoding="utf8")
    document = Document("article", text, creation_time=gold["creation_time"], creation_time_basis=CreationBasis.HEADER)
    yield _gold(document, gold["statements"], gold["links"])


def _gold(document: Document, rows: list[dict[str, Any]], links: list[dict[str, Any]]) -> Gold:
    places = {row["id"]: i for i, row in enumerate(rows)}
    inside = tuple(link for link in links if link["from"] in places and link["to"] in places)
    return Gold(document, tuple(_attribution(row, places) for row in rows), tuple(rows), inside)
