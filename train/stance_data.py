"""What the stance model learns from: statements with labels, statements without, sentences with the factuality of their events.

Labelled: `evals/annotated` (PolNeAR train and the invented articles, with the layers read for this project), `affairs/`, `stances.jsonl`
(stances alone of further PolNeAR train articles and feed entries; places and labels) and `stances.tsv` (invented statements written for
this). Without labels: feed entries, web pages and briefings, whose statements the program itself finds. Events: the sets of Stanovsky et
al. (2017) and CommitmentBank, one factuality from -3 to 3 an event.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evals"))

import gold
from gold import SHARED, Gold
from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Attribution, Span, Stance
from stance_sets import EVENTS, LEARNT

HERE = Path(__file__).resolve().parent
LABELS = tuple(Stance)
FACTUALITY = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0}
HELD = frozenset(("pol-1", "pol-3", "inv-1", "inv-5"))  # packs that only measure
ALL_MARKED = ("UW", "UDS_IH2", "MEANTIME")  # sets in which every event of a sentence is marked
NEUTRAL = ("said", "says", "told reporters", "according to", "wrote", "added", "said on Tuesday", ":", "said in a statement", "explained")
SOURCES = ("he", "she", "the minister", "a spokeswoman", "officials", "the report", "they", "the company", "")


class Labelled(NamedTuple):
    """An attribution with the number of its label, -1 where nobody gave one; factuality is null where unknown; doubtful ones count less."""

    attribution: Attribution
    stance: int
    factuality: float | None = None
    doubtful: bool = False


class Event(NamedTuple):
    """A sentence with the factuality of some of its words: (first character, end, value)."""

    text: str
    targets: tuple[tuple[int, int, float], ...]


def labelled_texts() -> Iterator[tuple[str, str, list[Labelled]]]:
    """Texts with their labelled statements, each with the name of its set: LEARNT, or one that only measures."""
    packs = _packs()
    for name, read in (("held PolNeAR", gold.annotated), ("held invented", gold.invented)):
        for one in read():
            yield (name if packs[one.document.name] in HELD else LEARNT), one.document.text, _of_gold(one)
    for held in (False, True):
        for one in gold.invented_affairs(held=held):
            yield ("held affairs" if held else LEARNT), one.document.text, _of_gold(one)
    for text, told in _further_texts():
        yield LEARNT, text, told
    for line in (HERE / "stances.tsv").read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            stance, _, factuality, passage = line.split("\t")
            text, attribution = _unmarked(passage)
            yield LEARNT, text, [Labelled(attribution, LABELS.index(Stance(stance)), FACTUALITY[factuality])]
    for name, found in (("layers", gold.layers()), ("stories", gold.stories())):
        for one in found:
            yield name, one.document.text, _of_gold(one)


def _of_gold(one: Gold) -> list[Labelled]:
    return [Labelled(found, LABELS.index(Stance(row["stance"]))) for found, row in zip(one.attributions, one.rows, strict=True)]


def _further_texts() -> Iterator[tuple[str, list[Labelled]]]:
    """PolNeAR train articles and feed entries of which only the stances were read; of an entry the spans stand in the file too."""
    articles, feeds = _polnear(), dict(entries())
    for line in (HERE / "stances.jsonl").read_text(encoding="utf8").splitlines():
        one = json.loads(line)
        if "entry" in one:
            text, rows = feeds[one["entry"]], one["attributions"]
        else:
            text, rows = articles[one["name"]]["text"], articles[one["name"]]["attributions"]
        told = []
        for key, found in _attributions(rows).items():
            label, *flags = one["stances"][key].split()
            if "h" not in flags:
                told.append(Labelled(found, LABELS.index(Stance(label)), None, "?" in flags))
        yield text, told


def _packs() -> dict[str, str]:
    rows = [json.loads(line) for name in ("polnear", "invented") for line in (gold.ANNOTATED / f"{name}.jsonl").open(encoding="utf8")]
    return {row["name"]: row["pack"] for row in rows}


def _polnear() -> dict[str, dict[str, Any]]:
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        return {one["name"]: one for one in map(json.loads, lines)}


def _attributions(rows: list[dict[str, Any]]) -> dict[str, Attribution]:
    """By id, but for those without content."""
    spans = {row["id"]: [tuple(Span(*pair) for pair in row[name]) for name in ("source", "cue", "content")] for row in rows}
    return {key: Attribution(source, cue, content) for key, (source, cue, content) in spans.items() if content}


_MARKED = re.compile(r"\[(?P<source>[^\]]*)\]|\{(?P<cue>[^}]*)\}|<(?P<content>[^>]*)>")


def _unmarked(passage: str) -> tuple[str, Attribution]:
    """The passage without its marks, and what they marked."""
    text, spans, last = "", dict[str, list[Span]](source=[], cue=[], content=[]), 0
    for hit in _MARKED.finditer(passage):
        text += passage[last : hit.start()]
        spans[str(hit.lastgroup)].append(Span(len(text), len(text) + len(hit[str(hit.lastgroup)])))
        text, last = text + hit[str(hit.lastgroup)], hit.end()
    return text + passage[last:], Attribution(tuple(spans["source"]), tuple(spans["cue"]), tuple(spans["content"]))


def event_sentences(rng: random.Random) -> Iterator[tuple[str, str, Attribution, list[tuple[int, float]]]]:
    """Sentences with (first character, value) of their events, each with the name of its set and part ("UW, dev"); half of those to learn
    from once more in somebody's mouth, with a cue that changes nothing of how sure he is."""
    for part in ("train", "dev"):
        for name, (text, targets) in events(part):
            values = [(start, value) for start, _, value in targets]
            yield f"{name}, {part}", text, Attribution((), (), (Span(0, len(text)),)), values
            if part == "train" and rng.random() < 0.5:
                yield f"{name}, {part}", *_in_a_mouth(text, values, rng)


def _in_a_mouth(text: str, values: list[tuple[int, float]], rng: random.Random) -> tuple[str, Attribution, list[tuple[int, float]]]:
    source, cue = rng.choice(SOURCES), rng.choice(NEUTRAL)
    before = f"{source} {cue} ".lstrip()
    start = len(before)
    who = (Span(0, len(source)),) if source else ()
    said = (Span(start - 1 - len(cue), start - 1),)
    moved = [(at + start, value) for at, value in values]
    return before + text, Attribution(who, said, (Span(start, start + len(text)),)), moved


def events(split: str, names: tuple[str, ...] = EVENTS) -> Iterator[tuple[str, Event]]:
    """Sentences with the factuality of their events, each with the name of its set."""
    for name in names:
        path = SHARED / f"data/modality/{name}/{split}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for row in map(json.loads, lines):
                yield name, _event(row["text"], row["targets"])


def _event(text: str, targets: list[dict[str, Any]]) -> Event:
    words = list(re.finditer(r"\S+", text))
    found = []
    for target in targets:
        first, last = target["span1"][0], min(target["span1"][1], len(words)) - 1
        if first <= last < len(words):
            found.append((words[first].start(), words[last].end(), float(target["label"])))
    return Event(text, tuple(found))


def free_texts(feeds: int, briefings: int, rng: random.Random) -> Iterator[str]:
    """News without labels: so many feed entries, the web pages, so many passages of briefings."""
    yield from (text for _, text in entries()[:feeds])
    pages = json.loads((SHARED / "data/web/pages/ground-truth.json").read_text(encoding="utf8"))
    yield from (one["articleBody"] for one in pages.values())
    with gzip.open(SHARED / "data/briefings/white-house.jsonl.gz", "rt", encoding="utf8") as lines:
        spoken = [json.loads(line)["markdown"] for line in lines]
    for _ in range(briefings):
        text = rng.choice(spoken)
        start = rng.randrange(max(1, len(text) - 3000))
        yield text[start : start + 3000]


def entries() -> list[tuple[int, str]]:
    """Feed entries as plain text with their line in the file, in a fixed random order."""
    with gzip.open(SHARED / "data/feeds/rss-2026-01.jsonl.gz", "rt", encoding="utf8") as lines:
        found = [(number, entry_text(json.loads(line))) for number, line in enumerate(lines)]
    random.Random(3).shuffle(found)
    return found


def entry_text(entry: dict[str, Any]) -> str:
    """Title and description without their markup."""
    parts = (html.unescape(re.sub(r"<[^>]*>", " ", entry.get(key) or "")).strip() for key in ("title", "description"))
    return "\n\n".join(parts)


def tokeniser() -> Tokeniser:
    """The word pieces of the tagger, which the others share."""
    return Tokeniser(HERE.parent / "src/onrecord/weights/tagger/tokenizer.json")
