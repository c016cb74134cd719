"""How often a quotation that a person says has nobody as its speaker, over the PolNeAR dev articles with gold speakers.

    python evals/unnamed.py

Counted are the gold statements whose holder is a person and whose content has quotation marks, where `read` finds them. Fails
above 3%: it is what users of other tools complain of first.
"""

from __future__ import annotations

import sys

import gold
from gold import SHARED
from onrecord.pipeline import Reader

MOST = 0.03
MARKS = frozenset('"“”«»‘') | {"''"}


def main() -> None:
    if not SHARED.is_dir():
        print(f"skipped: the dev sets are not at {SHARED} (see evals/README.md)")
        return
    sys.path.insert(0, str(SHARED / "eval"))
    from score_record import pair  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    reader, quoted, found, nobody = Reader(), 0, 0, []
    for one in gold.layers():
        text = one.document.text
        got = reader.record(one.document).statements
        pairs = pair(text, one.rows, [{"content": statement.attribution.content} for statement in got])
        for number, row in enumerate(one.rows):
            said = " ".join(text[start:end] for start, end in row["content"])
            if row["speaker_type"] != "person" or not any(mark in said for mark in MARKS):
                continue
            quoted += 1
            if number in pairs:
                found += 1
                nobody += [f"{one.document.name} {row['e']}"] if got[pairs[number]].speaker.name is None else []
    share = len(nobody) / max(found, 1)
    print(f"{quoted} quotations of a person, {found} found, {len(nobody)} of them without a speaker ({share:.1%})", *nobody)
    if share > MOST:
        sys.exit(f"more than {MOST:.0%}")


if __name__ == "__main__":
    main()
