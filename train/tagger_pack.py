"""Draws everything that the taggers learn from and writes it into one file, so that training needs no text.

    python train/tagger_pack.py --out build/tagger/lessons.npz

Drawn are some passes over the gold articles (PolNeAR train with the nested statements of `nested.jsonl`, and the invented
news of `invented/`), each with other cuts, other annotators' versions where there are any, other sentences told by further
speakers and other careless typing; and news without labels.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from onrecord.annotate.tokenise import Tokeniser
from tagger_bases import minilm_folder
from tagger_data import WINDOW, Labelled, Window, articles, labelled, windows
from tagger_generated import Frames, disturbed, frames_of, wrapped
from tagger_markup import MarkupError, parsed, with_flags
from tagger_nested import with_nested

HELD_OUT = 40  # the last articles of train, by a fixed shuffle of their names, are kept for calibration
INVENTED = Path(__file__).parent / "invented"
EVERY_EIGHTH = 8  # of the invented articles one in so many is kept for calibration, too
COPIES = 2  # so often an invented article is drawn in a pass: there are few
TOLD, SHARE, CARELESS = 0.5, 0.2, 1 / 6  # articles with sentences told on, how many of their sentences, articles typed carelessly
_MARKUP = re.compile(r"<[^>]*>")


def split(path: Path) -> tuple[list[dict], list[dict]]:
    """The articles of PolNeAR train, and those held out of it."""
    everything = sorted(articles(path), key=lambda one: one["name"])
    random.Random(1).shuffle(everything)
    return everything[HELD_OUT:], everything[:HELD_OUT]


def invented() -> tuple[list[dict], list[dict]]:
    """The invented articles, and those held out."""
    found = []
    for path in sorted(INVENTED.glob("*.txt")):
        try:
            text, statements = parsed(path.read_text(encoding="utf8"))
        except MarkupError as error:
            raise SystemExit(f"{path}: {error}") from error
        found.append({"name": path.stem, "text": text, "attributions": with_flags(statements)})
    return [one for i, one in enumerate(found) if i % EVERY_EIGHTH], found[::EVERY_EIGHTH]


def drawn(article: dict, frames: Frames, tokeniser: Tokeniser, chooser: random.Random) -> Labelled:
    """The article as one pass reads it."""
    versions = [article["attributions"], *article.get("other_annotators", ())]
    if len(versions) > 1:
        nested = [one for one in article["attributions"] if one.get("nested")]
        plain = [one for one in chooser.choice(versions) if not one.get("nested")]
        article = {**article, "attributions": plain + nested}
    if chooser.random() < TOLD:
        article = wrapped(article, frames, chooser, SHARE)
    text = disturbed(article["text"], chooser) if chooser.random() < CARELESS else None
    return labelled(article, tokeniser, text=text)


def one_pass(gold: list[dict], few: list[dict], frames: Frames, tokeniser: Tokeniser, chooser: random.Random) -> Iterator[Window]:
    """All windows of one pass over the gold articles, cut anew."""
    for article in gold + few * COPIES:
        yield from windows(drawn(article, frames, tokeniser, chooser), chooser.randrange(WINDOW))


def unlabelled(shared: Path, chooser: random.Random, tokeniser: Tokeniser, briefings: int) -> Iterator[Window]:
    """News without labels: web pages, entries of feeds (four to a text) and passages of briefings."""
    texts = [one["articleBody"] for one in json.loads((shared / "web/pages/ground-truth.json").read_text(encoding="utf8")).values()]
    with gzip.open(shared / "feeds/rss-2026-01.jsonl.gz", "rt", encoding="utf8") as lines:
        entries = [json.loads(line) for line in lines]
    chooser.shuffle(entries)
    told = [f"{_plain(one['title'])}\n{_plain(one['description'])}" for one in entries if len(one.get("description") or "") > 60]
    texts += ["\n\n".join(told[i : i + 4]) for i in range(0, len(told), 4)]
    with gzip.open(shared / "briefings/white-house.jsonl.gz", "rt", encoding="utf8") as lines:
        spoken = [json.loads(line)["markdown"] for line in lines]
    for _ in range(briefings):
        text = chooser.choice(spoken)
        start = chooser.randrange(max(1, len(text) - 6000))
        texts.append(text[start : start + 6000])
    for typed in texts:
        text = disturbed(typed, chooser) if chooser.random() < CARELESS else typed
        yield from windows(Labelled("", tokeniser.tokens(text), (), marked=False), chooser.randrange(WINDOW))


def _plain(words: str | None) -> str:
    return html.unescape(_MARKUP.sub(" ", html.unescape(words or ""))).strip()


def packed(name: str, some: Iterable[Window]) -> dict[str, np.ndarray]:
    """The windows as flat arrays, for the file: pieces and tags one after the other; of every cue its window, ends and tags."""
    some = [w for w in some if len(w.ids) > 8]
    arrays = {
        "ids": np.concatenate([w.ids for w in some]).astype(np.uint16),
        "tags": np.concatenate([w.tags for w in some]).astype(np.int8),
        "sizes": np.array([len(w.ids) for w in some], np.int32),
        "cues": np.array([(i, s, e) for i, w in enumerate(some) for s, e in w.cues], np.int32).reshape(-1, 3),
        "rows": np.concatenate([w.arguments.ravel() for w in some] + [np.zeros(0)]).astype(np.int8),
    }
    print(f"{name}: {len(some)} windows, {len(arrays['ids'])} pieces, {len(arrays['cues'])} cues", flush=True)
    return {f"{name}/{key}": value for key, value in arrays.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/tagger/lessons.npz"))
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--briefings", type=int, default=500, help="passages of 6,000 characters")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    data = args.shared / "polnear/train.jsonl.gz"
    if not data.exists():
        raise SystemExit(f"{data} is missing: PolNeAR's train split as JSON Lines, one article a line (see train/README.md)")
    chooser = random.Random(args.seed)
    tokeniser = Tokeniser(minilm_folder() / "tokenizer.json")
    chosen, _ = split(data)
    frames = frames_of(chosen)
    gold, (few, _) = with_nested(chosen), invented()
    arrays: dict[str, np.ndarray] = {}
    for number in range(args.passes):
        arrays |= packed(f"gold-{number}", one_pass(gold, few, frames, tokeniser, chooser))
    arrays |= packed("free", unlabelled(args.shared, chooser, tokeniser, args.briefings))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out, **arrays)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
