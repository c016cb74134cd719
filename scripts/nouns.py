"""WordNet 3.0 -> src/onrecord/resolve/lexicon/nouns.tsv: common nouns for people, for many people, and for texts.

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb build/wordnet && python scripts/nouns.py build/wordnet/usr/share/wordnet

A noun counts by its first sense, the most frequent one (Princeton University, WordNet 3.0, free to use with its notice).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/resolve/lexicon/nouns.tsv"
KINDS = {18: "person", 14: "group", 10: "text"}  # WordNet's lexicographer files noun.person, noun.group, noun.communication
HEAD = """\
# Common nouns -> what they stand for. Made by scripts/nouns.py from WordNet 3.0.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. It may be used, copied, modified and distributed for any
# purpose without fee; this notice must stay with every copy (wordnet.princeton.edu).
"""


def synsets(path: Path) -> dict[str, tuple[int, frozenset[str]]]:
    """Of every synset, by its offset: the number of its lexicographer file, and its words as they are spelt."""
    found = {}
    for line in path.read_text(encoding="utf8").splitlines():
        if not line.startswith(" "):
            fields = line.split(" ")
            count = int(fields[3], 16)
            found[fields[0]] = int(fields[1]), frozenset(fields[4 : 4 + 2 * count : 2])
    return found


def nouns(folder: Path) -> Iterator[tuple[str, str]]:
    """Each single common noun of the wanted kinds, with its kind."""
    known = synsets(folder / "data.noun")
    for line in (folder / "index.noun").read_text(encoding="utf8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        word, offsets = fields[0], fields[-int(fields[2]) :]
        number, spelt = known[offsets[0]]
        if number in KINDS and word in spelt and re.fullmatch(r"[a-z]{3,}(?:-[a-z]+)*", word):
            yield word, KINDS[number]


def main() -> None:
    rows = sorted(nouns(Path(sys.argv[1])))
    TARGET.write_text(HEAD + "".join(f"{word}\t{kind}\n" for word, kind in rows), encoding="utf8")
    sys.stdout.write(f"{len(rows)} nouns -> {TARGET}\n")


if __name__ == "__main__":
    main()
