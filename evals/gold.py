"""The gold sets as values: documents, attributions with the gold spans, and the gold rows beside them.

The data is not part of the project. It is looked for beside the checkout, in ../shared (see evals/README.md).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "train"))

from onrecord.data import Attribution, CreationBasis, Document, Span
from tagger_markup import parsed

ANNOTATED = Path(__file__).resolve().parent / "annotated"
INVENTED = Path(__file__).resolve().parents[1] / "train" / "invented"
_PLACES = frozenset(("speaker", "addressee", "time_words", "condition"))
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("speaker", "addressee", "said_on", "time_words", "condition")),
    **dict.fromkeys(("conditional", "negated_cue", "hypothetical"), False),
    "via": [],
}
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


def annotated(held: bool | None = None, packs: int = 30) -> Iterator[Gold]:
    """360 articles of PolNeAR train with the layers of `annotated/polnear.jsonl`, twelve a pack.

    `held`: only what is held out, or only the rest; `packs`: only the first so many of all.
    """
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        by_name = {one["name"]: one for one in map(json.loads, lines)}
    for wanted in _annotated("polnear.jsonl", held):
        if int(wanted["pack"].removeprefix("pol-")) >= packs:
            continue
        article = by_name[wanted["name"]]
        text = article["text"]
        rows = [_placed(text, row) for row in wanted["statements"]]
        yield _of_spans(article | {"creation_time": article["creation_time"]}, text, article["attributions"], rows)


def invented(held: bool | None = None) -> Iterator[Gold]:
    """The 102 invented articles of `train/invented` with the layers of `annotated/invented.jsonl`, nested statements among them."""
    for wanted in _annotated("invented.jsonl", held):
        text, found = parsed((INVENTED / f"{wanted['name']}.txt").read_text(encoding="utf8"))
        spans = [{"id": f"E{number}", **one} for number, one in enumerate(found, 1)]
        yield _of_spans(wanted | {"title": None}, text, spans, wanted["statements"])


def _annotated(name: str, held: bool | None) -> Iterator[dict[str, Any]]:
    for line in (ANNOTATED / name).read_text(encoding="utf8").splitlines():
        one = json.loads(line)
        if held is None or held == (int(one["pack"][-1]) % 2 == 1):
            yield one


def _placed(text: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with words for the places in the text."""
    words = {key: text[value[0] : value[1]] for key, value in row.items() if key in _PLACES and isinstance(value, list)}
    return row | words | {"via": [{"name": None, "channel": channel} for channel in row.get("via", ())]}


def _of_spans(about: dict[str, Any], text: str, spans: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Gold:
    by_id = {one["id"]: one for one in spans}
    full = [by_id[row["e"]] | _NOTHING | row for row in rows]
    full = [row for row in full if not row["hypothetical"]]
    document = Document(
        about["name"],
        text,
        creation_time=about["creation_time"],
        creation_time_basis=CreationBasis.METADATA,
        publisher=about["publisher"],
        title=about["title"],
    )
    return Gold(document, tuple(_attribution(row, {}) for row in full), tuple(full))


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
