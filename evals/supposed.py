"""Whether words that nobody said are ever taken as said: the table of supposed sayings, read from raw text.

    python evals/supposed.py

Each line of tests/resolve/supposed.tsv is read as an article of one sentence. Counted are the supposed sayings of which a statement
is made that is not marked hypothetical (the aim: none), and those really said that are lost to the mark.
"""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.data import Document, Record
from onrecord.pipeline import Reader

TABLE = Path(__file__).resolve().parents[1] / "tests/resolve/supposed.tsv"
MARK = re.compile(r"[{}\[\]]")


def main() -> None:
    """Print how many of each kind are counted as said."""
    reader = Reader()
    cases = [line.split("\t") for line in TABLE.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    read = [(kind, text, reader.record(Document("case", MARK.sub("", text)))) for kind, text in cases]
    wrong = [text for kind, text, record in read if kind == "supposed" and _said(text, record)]
    lost = [text for kind, text, record in read if kind == "said" and not _said(text, record)]
    supposed = sum(kind == "supposed" for kind, _, _ in read)
    print(f"supposed sayings counted as said: {len(wrong)} of {supposed}")
    print(f"real sayings not counted: {len(lost)} of {len(read) - supposed}")
    for text in (*wrong, *lost):
        print(" ", text)


def _said(text: str, record: Record) -> bool:
    """Whether a statement with the marked cue is counted as said."""
    opens, closes = text.index("{"), text.index("}")
    start, end = (place - len(MARK.findall(text[:place])) for place in (opens, closes))
    return any(
        not one.reading.hypothetical and any(span.start < end and start < span.end for span in one.attribution.cue)
        for one in record.statements
    )


if __name__ == "__main__":
    main()
