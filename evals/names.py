"""How well the names of a text are found and told apart, people from bodies, over 285 marked documents.

    python evals/names.py

`annotated/names.jsonl` lists the names of 183 articles of PolNeAR train and of the 102 invented articles, by kind, each with the other
forms under which the text names the same (marked by language models working from a guide; no other words of the texts). Every place
where a form stands, the longest first, is a mention. Printed: F1 of mentions whatever their kind, and of people. Fails under its floors.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gold
from gold import INVENTED, SHARED
from onrecord.data import Document, SpeakerType
from onrecord.resolve.coreference import Cast
from tagger_markup import parsed

FLOORS = {"PolNeAR": (0.86, 0.91), "invented": (0.84, 0.82)}
Found = set[tuple[int, int]]


def documents() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(set, text, names) of every marked document."""
    with gzip.open(SHARED / "data/polnear/train.jsonl.gz", "rt", encoding="utf8") as lines:
        texts = {one["name"]: one["text"] for one in map(json.loads, lines)}
    for line in (Path(gold.__file__).parent / "annotated/names.jsonl").read_text(encoding="utf8").splitlines():
        names = json.loads(line)
        name = names["name"]
        if name in texts:
            yield "PolNeAR", texts[name], names
        else:
            yield "invented", parsed((INVENTED / f"{name}.txt").read_text(encoding="utf8"))[0], names


def places(text: str, names: dict[str, Any], skip: list[tuple[int, int]]) -> dict[str, Found]:
    """Where the names of each kind stand, outside the headlines."""
    forms = sorted(
        ((form, kind) for kind, found in names.items() if kind != "name" for one in found for form in one), key=lambda f: -len(f[0])
    )
    taken = bytearray(len(text))
    out: dict[str, Found] = {}
    for form, kind in forms:
        for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = hit.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                if not any(low <= start < high for low, high in skip):
                    out.setdefault(kind, set()).add((start, end))
    return out


def f1(right: int, said: int, wanted: int) -> float:
    return 2 * right / max(said + wanted, 1)


def main() -> None:
    if not SHARED.is_dir():
        print(f"skipped: the articles are not at {SHARED} (see evals/README.md)")
        return
    counts: dict[str, list[list[int]]] = {name: [[0, 0, 0], [0, 0, 0]] for name in FLOORS}
    for group, text, names in documents():
        cast = Cast(Document(names["name"], text))
        wanted = places(text, names, [(span.start, span.end) for span in cast.titles])
        said = {(name.span.start, name.span.end): holder.type for name, holder in cast.timeline}
        people = {span for span, kind in said.items() if kind is SpeakerType.PERSON}
        for tally, got, want in (
            (counts[group][0], set(said), set().union(*wanted.values())),
            (counts[group][1], people, wanted.get("person", set())),
        ):
            tally[:] = [tally[0] + len(got & want), tally[1] + len(got), tally[2] + len(want)]
    failed = False
    for group, (all_of, people_of) in counts.items():
        figures = f1(*all_of), f1(*people_of)
        failed |= any(figure < floor for figure, floor in zip(figures, FLOORS[group], strict=True))
        print(f"{group:9} names F1 {figures[0]:.3f} ({all_of[2]})   people F1 {figures[1]:.3f} ({people_of[2]})")
    if failed:
        sys.exit(f"under the floor: {FLOORS}")


if __name__ == "__main__":
    main()
