"""A list of words and phrases -> one pattern that finds any of them, quick also where the list is long."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Tree = dict[str, "_Tree"]  # from a letter to what may follow it; the empty string where a phrase may end


def one_of(phrases: Iterable[str], blank: str = " +") -> str:
    """A pattern for any of the phrases, the longest that fits first; `blank` is the pattern that a blank in a phrase stands for.

    The phrases are folded into a tree by their letters, so that at a place of the text only those are tried that begin as it does.
    """
    tree: _Tree = {}
    for phrase in sorted(set(phrases)):
        at = tree
        for letter in phrase:
            at = at.setdefault(letter, {})
        at[""] = {}
    return f"(?:{_pattern(tree, blank)})"


def _pattern(tree: _Tree, blank: str) -> str:
    branches = [(blank if letter == " " else re.escape(letter)) + _pattern(then, blank) for letter, then in tree.items() if letter]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")
