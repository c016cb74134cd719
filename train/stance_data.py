"""What the stance model learns from: statements with labels, statements without, sentences with the factuality of their events.

Labelled: `evals/annotated` (PolNeAR train and the invented articles, with the layers read for this project), `affairs/`, `stances.jsonl`
(stances alone of further PolNeAR train articles and feed entries; places and labels) and `stances.tsv` (invented statements written for
this). Without labels: the statements of feeds, which the program itself finds. Events: the sets of Stanovsky et al. (2017) and
CommitmentBank, one factuality from -3 to 3 an event.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evals"))

import gold
from gold import SHARED, Gold
from onrecord.annotate.attributions import attributions
from onrecord.annotate.tagger import Tagger
from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Attribution, Document, Span, Stance
from onrecord.resolve.stance_hearing import heard
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.stance_pieces import Parts, parts_of
from onrecord.resolve.words import words

HERE = Path(__file__).resolve().parent
LABELS = tuple(Stance)
FACTUALITY = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0}
HELD = frozenset(("pol-1", "pol-3", "inv-1", "inv-5"))  # packs that only measure
EVENTS = ("UW", "UDS_IH2", "MEANTIME", "CB", "MV2", "RP")
NEUTRAL = ("said", "says", "told reporters", "according to", "wrote", "added", "said on Tuesday", ":", "said in a statement", "explained")
SOURCES = ("he", "she", "the minister", "a spokeswoman", "officials", "the report", "they", "the company", "")
FEED_ENTRIES, LIKELY = 12000, 0.5


class Example(NamedTuple):
    """One statement. `stance` is the number of its label; `factuality` is null where unknown; `doubtful` labels count less."""

    parts: Parts
    stance: int
    factuality: float | None = None
    doubtful: bool = False


class Event(NamedTuple):
    """A sentence with the factuality of some of its words: (first character, end, value)."""

    parts: Parts
    targets: tuple[tuple[int, int, float], ...]


def heard_parts(text: str, found: Iterable[Attribution]) -> Iterator[Parts]:
    """The words of attributions, with what the lexicon hears in each."""
    read = words(text, lexicon().abbreviations)
    for one in found:
        hearing = heard(read, one)
        yield parts_of(text, one, hearing and hearing.clue)


def _examples(found: Iterable[Gold]) -> Iterator[Example]:
    for one in found:
        for row, given in zip(one.rows, heard_parts(one.document.text, one.attributions), strict=True):
            if any(given.content):
                yield Example(given, LABELS.index(Stance(row["stance"])))


def _packs() -> dict[str, str]:
    rows = [json.loads(line) for name in ("polnear", "invented") for line in (gold.ANNOTATED / f"{name}.jsonl").open(encoding="utf8")]
    return {row["name"]: row["pack"] for row in rows}


def labelled() -> tuple[list[Example], dict[str, list[Example]]]:
    """The statements to learn from, and those that only measure, by set."""
    packs, learn = _packs(), list[Example]()
    measured: dict[str, list[Example]] = {"held PolNeAR": [], "held invented": []}
    for name, read in (("held PolNeAR", gold.annotated), ("held invented", gold.invented)):
        for one in read():
            target = measured[name] if packs[one.document.name] in HELD else learn
            target.extend(_examples((one,)))
    measured["held affairs"] = list(_examples(gold.invented_affairs(held=True)))
    learn.extend(_further())
    learn.extend(written())
    measured["layers"] = list(_examples(gold.layers()))
    measured["stories"] = list(_examples(gold.stories()))
    return learn, measured


def of_affairs() -> list[Example]:
    """The statements of the invented affairs, which no teacher was asked about."""
    return list(_examples(gold.invented_affairs(held=False)))


def _polnear() -> dict[str, dict[str, Any]]:
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        return {one["name"]: one for one in map(json.loads, lines)}


def _attributions(rows: list[dict[str, Any]]) -> dict[str, Attribution]:
    """By id, but for those without content."""
    spans = {row["id"]: [tuple(Span(*pair) for pair in row[name]) for name in ("source", "cue", "content")] for row in rows}
    return {key: Attribution(source, cue, content) for key, (source, cue, content) in spans.items() if content}


def _further() -> Iterator[Example]:
    """PolNeAR train articles and feed entries of which only the stances were read; of an entry the spans stand in the file too."""
    path = HERE / "stances.jsonl"
    if not path.exists():
        return
    articles, feeds = _polnear(), dict(entries())
    for line in path.read_text(encoding="utf8").splitlines():
        one = json.loads(line)
        if "entry" in one:
            text, rows = feeds[one["entry"]], one["attributions"]
        else:
            text, rows = articles[one["name"]]["text"], articles[one["name"]]["attributions"]
        found = _attributions(rows)
        for key, given in zip(found, heard_parts(text, found.values()), strict=True):
            label, *flags = one["stances"][key].split()
            if "h" not in flags and any(given.content):
                yield Example(given, LABELS.index(Stance(label)), None, "?" in flags)


_MARKED = re.compile(r"\[(?P<source>[^\]]*)\]|\{(?P<cue>[^}]*)\}|<(?P<content>[^>]*)>")


def written() -> Iterator[Example]:
    """The invented statements: stance, flags, factuality, and a passage with [source], {cue} and <content> marked."""
    path = HERE / "stances.tsv"
    for line in path.read_text(encoding="utf8").splitlines() if path.exists() else ():
        if line.startswith("#"):
            continue
        stance, _, factuality, passage = line.split("\t")
        text, attribution = _unmarked(passage)
        (given,) = heard_parts(text, (attribution,))
        yield Example(given, LABELS.index(Stance(stance)), FACTUALITY[factuality])


def _unmarked(passage: str) -> tuple[str, Attribution]:
    """The passage without its marks, and what they marked."""
    text, spans, last = "", dict[str, list[Span]](source=[], cue=[], content=[]), 0
    for hit in _MARKED.finditer(passage):
        text += passage[last : hit.start()]
        spans[str(hit.lastgroup)].append(Span(len(text), len(text) + len(hit[str(hit.lastgroup)])))
        text, last = text + hit[str(hit.lastgroup)], hit.end()
    return text + passage[last:], Attribution(tuple(spans["source"]), tuple(spans["cue"]), tuple(spans["content"]))


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


def unlabelled() -> list[Parts]:
    """Statements of feeds, found by the shipped tagger."""
    tagger, found = Tagger(threads=1), list[Parts]()
    for _, text in entries()[:FEED_ENTRIES]:
        found.extend(heard_parts(text, (one for one in attributions(Document("entry", text), tagger) if one.probability >= LIKELY)))
    return found


def events(split: str, names: tuple[str, ...] = EVENTS) -> Iterator[tuple[str, Event]]:
    """Sentences with the factuality of their events, each with the name of its set; the whole sentence is the content."""
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
    (given,) = heard_parts(text, (Attribution((), (), (Span(0, len(text)),)),))
    return Event(given, tuple(found))


def told(event: Event, rng: random.Random) -> Event:
    """Half of the sentences are put into somebody's mouth, with a cue that changes nothing of how sure he is."""
    if rng.random() < 0.5:
        return event
    source = rng.choice(SOURCES)
    return event._replace(parts=event.parts._replace(source=(source,) if source else (), cue=(rng.choice(NEUTRAL),)))


def tokeniser() -> Tokeniser:
    """The word pieces of the tagger, which the stance model shares."""
    return Tokeniser(HERE.parent / "src/onrecord/weights/tagger/tokenizer.json")
