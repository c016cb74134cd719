"""How factual the model takes events to be, against people's judgements: Pearson's r and mean absolute error on the test parts.

    python evals/factuality.py

CommitmentBank (de Marneffe, Simons and Tonhauser, 2019) and UW (Lee et al., 2015), as unified by Stanovsky et al. (2017) and Jiang and de
Marneffe (2021), -3 to 3; the place of the event is given. BERT fine-tuned on them is published at r .89 on CommitmentBank and .87 on UW.
"""

from __future__ import annotations

import sys

import numpy as np

from gold import SHARED
from onrecord.annotate.tagger import shipped as tagger
from onrecord.data import Attribution, Span
from onrecord.resolve.stance_hearing import heard
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.stance_model import shipped
from onrecord.resolve.stance_pieces import pieces
from onrecord.resolve.words import words
from stance_data import events
from stance_sets import EVENTS

PUBLISHED = {"CB": 0.89, "UW": 0.87}


def values(name: str) -> tuple[list[float], list[float]]:
    """Gold and found values of the events of a set's test part; the whole sentence is the content."""
    wanted, found = [], []
    for _, event in events("test", (name,)):
        whole = Attribution((), (), (Span(0, len(event.text)),))
        hearing = heard(words(event.text, lexicon().abbreviations), whole)
        seen = tagger().seen(event.text)
        given = pieces(seen.tokens, whole, hearing and hearing.clue)
        told, starts = shipped().events(given, seen), seen.tokens.starts[given.places]
        for start, end, value in event.targets:
            hits = np.flatnonzero((starts >= start) & (starts < end))
            if len(hits):
                wanted.append(value)
                found.append(float(told[hits[0], 1]))
    return wanted, found


def main() -> None:
    if not SHARED.is_dir():
        print(f"skipped: the sets are not at {SHARED} (see evals/README.md)")
        sys.exit(0)
    for name in EVENTS:
        wanted, found = values(name)
        r, error = np.corrcoef(wanted, found)[0, 1], np.abs(np.array(wanted) - found).mean()
        beside = f"   published (BERT) {PUBLISHED[name]:.2f}" if name in PUBLISHED else ""
        print(f"{name:10} r {r:.3f}   mean absolute error {error:.3f}   ({len(wanted)} events){beside}")


if __name__ == "__main__":
    main()
