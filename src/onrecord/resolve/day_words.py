"""The words that help to find the day of a saying, read once from `lexicon/days.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources

from onrecord.annotate.word_patterns import one_of

_TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (resources.files("onrecord.resolve") / "lexicon/days.toml").read_text(encoding="utf8")
)
CUE, SOURCE, TIME, AROUND = (
    {kind: frozenset(words) for kind, words in _TABLES[table].items()} for table in ("cue", "source", "time", "around")
)


def finder(words: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """Finds any of the words as a whole word, in any case, with the patterns `before` and `after` around it."""
    return re.compile(rf"\b{before}{one_of(words)}\b{after}", re.IGNORECASE)
