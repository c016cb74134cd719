"""GUM (Zeldes, 2017, "The GUM corpus", LRE 51): texts whose mentions are joined in chains, from WebAnno TSV 3.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gold import SHARED
from onrecord.data import Span

FOLDER = SHARED / "data/coreference/gum"
_ENTITY = re.compile(r"[\w-]+\[(\d+)\]")
_LINK = re.compile(r"(\d+-\d+)(?:\[(\d+)_(\d+)\])?")
_NO_BLANK_BEFORE = re.compile(r"(?:[.,;:!?)\]”’%]|['’](?:s|re|ve|ll|d|m)|n['’]t)$")
_NO_BLANK_AFTER = re.compile(r"[(\[“‘$£€]$")


@dataclass(frozen=True, slots=True)
class Chained:
    """A text and its mentions; `chains[i]` is the number of the chain that `mentions[i]` belongs to."""

    name: str
    text: str
    mentions: tuple[Span, ...]
    chains: tuple[int, ...]


def texts(kinds: tuple[str, ...] = ("news", "interview")) -> Iterator[Chained]:
    """The texts of these kinds, words joined as in print, one sentence a line."""
    for kind in kinds:
        for path in sorted(FOLDER.glob(f"GUM_{kind}_*.tsv")):
            yield _chained(path)


def _chained(path: Path) -> Chained:
    text, spans = "", dict[str, Span]()
    joined: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("#") or not line:
            text = text.rstrip(" ") + "\n" if line.startswith("#Text=") and text else text
            continue
        place, _, word, entities, *_, kinds, links = line.rstrip("\t").split("\t")
        text = text.rstrip(" ") if _NO_BLANK_BEFORE.match(word) else text
        here = Span(len(text), len(text) + len(word))
        text += word + ("" if _NO_BLANK_AFTER.match(word) else " ")
        for key in [f"#{number}" for number in _ENTITY.findall(entities)] or ([place] if entities != "_" else []):
            spans[key] = Span(spans[key].start, here.end) if key in spans else here
        joined += _joined(place, kinds, links)
    chain = _chains(list(spans), joined)
    return Chained(path.stem, text, tuple(spans.values()), tuple(chain[key] for key in spans))


def _joined(place: str, kinds: str, links: str) -> Iterator[tuple[str, str]]:
    """The pairs of mentions that a word's links join; bridges, which join different things, are left out."""
    if links == "_":
        return
    for kind, link in zip(kinds.split("|"), links.split("|"), strict=False):
        if (found := _LINK.fullmatch(link)) and not kind.startswith("bridge"):
            there, here = found[2] or "0", found[3] or "0"
            yield (f"#{here}" if here != "0" else place), (f"#{there}" if there != "0" else found[1])


def _chains(keys: list[str], joined: list[tuple[str, str]]) -> dict[str, int]:
    """For each mention the number of its chain (union of the pairs)."""
    up = {key: key for key in keys}

    def top(key: str) -> str:
        while up[key] != key:
            up[key] = up[up[key]]
            key = up[key]
        return key

    for one, other in joined:
        if one in up and other in up:
            up[top(one)] = top(other)
    number = {key: place for place, key in enumerate(keys)}
    return {key: number[top(key)] for key in keys}
