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

from affairs import affairs, write
from onrecord.annotate.quotes import quote_type, quoted_passages
from onrecord.data import (
    Attribution,
    Channel,
    CreationBasis,
    Document,
    QuoteType,
    Reading,
    SaidOn,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    Via,
)
from onrecord.resolve.keys import slug
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
    """One document with its gold attributions; `rows[i]` holds the gold fields of `attributions[i]`.

    `links` are those inside the document, `story_links` those of the whole story that it is of.
    """

    document: Document
    attributions: tuple[Attribution, ...]
    rows: tuple[dict[str, Any], ...]
    links: tuple[dict[str, Any], ...] = ()
    story_links: tuple[dict[str, Any], ...] = ()


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
        yield Gold(document_of(article, article["text"]), tuple(_attribution(r, {}) for r in rows), tuple(rows))


def document_of(about: dict[str, Any], text: str) -> Document:
    """The document of an article, whose name, time, publisher and title are told."""
    return Document(
        about["name"],
        text,
        creation_time=about["creation_time"],
        creation_time_basis=CreationBasis.METADATA,
        publisher=about["publisher"],
        title=about["title"],
    )


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
    return Gold(document_of(about, text), tuple(_attribution(row, {}) for row in full), tuple(full))


def stories() -> Iterator[Gold]:
    """The invented stories, one value a document; links are those inside the document."""
    for path in sorted((SHARED / "gold/stories").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        texts = {text.stem: text.read_text(encoding="utf8") for text in sorted(path.parent.glob("*.txt"))}
        yield from of_story(path.parent.name, texts, gold["statements"], gold["links"])


def invented_affairs(held: bool | None = None) -> Iterator[Gold]:
    """The invented affairs of `train/affairs` in the form of the stories."""
    for one in affairs(held):
        yield from of_story(one.name, one.texts, one.statements, one.links)


def write_held_affairs(folder: Path) -> None:
    """Writes the affairs that only measure into a folder as the stories are written, for the scorer."""
    write(folder, held=True)


def of_story(name: str, texts: dict[str, str], rows: list[dict[str, Any]], links: list[dict[str, Any]]) -> Iterator[Gold]:
    """The articles of a story with their gold statements; links are those inside one article."""
    for stem, text in texts.items():
        date, publisher, title = (line.strip() for line in text.split("\n", 3)[:3])
        document = Document(
            f"{name}/{stem}",
            text,
            creation_time=date.removeprefix("date ").strip(),
            creation_time_basis=CreationBasis.METADATA,
            publisher=publisher,
            title=title,
        )
        yield _gold(document, [row for row in rows if row["document"].removesuffix(".txt") == stem], links)


def seed() -> Iterator[Gold]:
    """The article that started the project."""
    gold = json.loads((SHARED / "seed/gold.json").read_text(encoding="utf8"))
    text = (SHARED / "seed/article.txt").read_text(encoding="utf8")
    document = Document("article", text, creation_time=gold["creation_time"], creation_time_basis=CreationBasis.HEADER)
    yield _gold(document, gold["statements"], gold["links"])


def _gold(document: Document, rows: list[dict[str, Any]], links: list[dict[str, Any]]) -> Gold:
    places = {row["id"]: i for i, row in enumerate(rows)}
    inside = tuple(link for link in links if link["from"] in places and link["to"] in places)
    return Gold(document, tuple(_attribution(row, places) for row in rows), tuple(rows), inside, tuple(links))


_NAMED = frozenset({SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.DOCUMENT})


def statements(one: Gold) -> tuple[Statement, ...]:
    """The gold rows as the statements that a perfect reader would make of them."""
    places = {row["id"]: f"s{number}" for number, row in enumerate(one.rows, 1)}
    passages = quoted_passages(one.document.text)
    return tuple(
        _statement(one, number, quote_type(one.document.text, given.content, passages), places)
        for number, given in enumerate(one.attributions)
    )


def _statement(one: Gold, number: int, quoted: QuoteType, places: dict[str, str]) -> Statement:
    attribution, row = one.attributions[number], one.rows[number]
    name, kind = row["speaker"], SpeakerType(row["speaker_type"])
    at = Span(attribution.content[0].start, attribution.content[0].start)
    return Statement(
        f"s{number + 1}",
        attribution,
        quoted,
        Speaker(name, kind, None, slug(name) if name and kind in _NAMED else None),
        Reading(Stance(row["stance"]), row["negated_cue"], (), row["conditional"]),
        via=tuple(Via(via["name"], Channel(via["channel"]), at) for via in row["via"]),
        said_on=None if row["said_on"] is None else SaidOn(row["said_on"], at, "gold"),
        part_of=places.get(row.get("part_of") or ""),
    )
