"""What PolNeAR leaves out: the statements inside its contents, annotated by hand.

`nested.jsonl` holds places only: {"name": article, "content": [start, end], "nested": [{"source", "cue", "content"}]}, one line a
content that was read, those with nothing inside included. Where nobody has read a content, its words that may be cues are
neither taught nor refused.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ANNOTATED = Path(__file__).parent / "nested.jsonl"
AROUND = 12  # characters around a word of saying that may belong to its cue
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|ask(?:s|ed|ing)?|claim\w*|den(?:y|ied|ies|ying)|insist\w*|argu(?:e|es|ed|ing)|announc\w*|warn\w*"
    r"|promis\w*|report(?:s|ed|ing)?|call(?:s|ed|ing)?|accus\w*|suggest\w*|admit\w*|acknowledg\w*|vow\w*|pledg\w*|according|statements?|urg(?:e|es|ed|ing)"
    r"|demand\w*|refus\w*|predict\w*|estimat\w*|conclud\w*|agree[ds]?|wr(?:ote|ites|itten)|propos\w*|recommend\w*|criti\w*|complain\w*|declar\w*|expla\w*"
    r"|express\w*|threat\w*|reject\w*|want(?:s|ed|ing)?|expect\w*|believ\w*|th(?:ink|inks|ought)|hope[sd]?|fear\w*|decid\w*|plan(?:s|ned)?|support\w*"
    r"|oppos\w*|question\w*|kn[eo]w\w*|learn\w*|describ\w*|blam\w*|prais\w*|mention\w*|stat(?:es|ed|ing)|add(?:s|ed)|hear(?:d)?|view(?:s|ed)?)\b",
    re.IGNORECASE,
)


def with_nested(articles: Iterable[dict]) -> list[dict]:
    """The articles with their nested attributions, flagged `nested`, and the places where nobody knows (`unsure`)."""
    read: dict[str, dict[tuple[int, int], list[dict]]] = defaultdict(dict)
    for line in ANNOTATED.read_text(encoding="utf8").splitlines():
        one = json.loads(line)
        read[one["name"]][tuple(one["content"])] = one["nested"]
    return [_with_nested(one, read[one["name"]]) for one in articles]


def _with_nested(article: dict, read: dict[tuple[int, int], list[dict]]) -> dict:
    contents = {tuple(span) for one in article["attributions"] for span in one["content"]}
    nested = [{**one, "nested": True} for span in contents & read.keys() for one in read[span]]
    unsure = []
    for start, end in contents - read.keys():
        for hit in _SAYING.finditer(article["text"], start, end):
            unsure.append([max(start, hit.start() - AROUND), min(end, hit.end() + AROUND)])
    return {**article, "attributions": article["attributions"] + nested, "unsure": unsure}
