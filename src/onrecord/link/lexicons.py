"""The word lists beside this module, read once: `lexicon/NAME.tsv`, a line an entry, `#` starts a comment."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a list, each cut at its tabs or, where it has none, at its spaces."""
    lines = files("onrecord.link").joinpath(f"lexicon/{name}.tsv").read_text(encoding="utf8").splitlines()
    kept = (line.split("#")[0].strip() for line in lines)
    return tuple(tuple(part.strip() for part in (line.split("\t") if "\t" in line else line.split())) for line in kept if line)


@cache
def words(name: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for group in groups(name) for word in group)


@cache
def phrases(name: str, label: str) -> re.Pattern[str]:
    """One pattern for all phrases that a list files under a label (`label TAB phrase`).

    A phrase is written as a pattern: `tell(s|ing)? another story`; a space stands for any white space.
    """
    found = [group[1].replace(" ", r"\s+") for group in groups(name) if group[0] == label]
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?!\w)", re.IGNORECASE)
