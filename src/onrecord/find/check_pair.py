"""A quotation laid beside a statement: what the rules look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from onrecord.find.check_quotations import Quotation
from onrecord.find.check_words import Aligned, Change, Wording

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """What the rules look at."""

    quotation: Quotation
    quoted: Wording
    told: Wording
    found: Aligned
    row: Row

    @property
    def sentence(self) -> range:
        """The words of the sentences of which something is quoted."""
        return self._around(self.told.begins, self.told.ends)

    @property
    def passage(self) -> range:
        """The words of the sentences, no further than the quotation marks around them, of which something is quoted."""
        return self._around(self.told.opens, self.told.closes)

    def _around(self, firsts: frozenset[int], lasts: frozenset[int]) -> range:
        first, last = self.found.start, self.found.end - 1
        while first and first not in firsts:
            first -= 1
        while last + 1 < len(self.told.words) and last not in lasts:
            last += 1
        return range(first, last + 1)

    @property
    def kept(self) -> frozenset[int]:
        """The words of the statement that the quotation has."""
        return frozenset(n for start, _, size in self.found.kept for n in range(start, start + size))

    def between(self, start: int, end: int) -> str:
        """All that stands after the word before `start` and before the word `end`."""
        places = self.told.places
        return self.told.text[places[start - 1].end if start else 0 : places[end].start if end < len(places) else len(self.told.text)]

    def added(self, one: Change) -> str:
        """What the quotation has in the place of the words, its own words in brackets included."""
        if one.new_start == one.new_end and one.new_start in self.quoted.edited:
            return " ".join(re.findall(r"\[([^\[\]]*)\]", self.quoted.text))
        return self.quoted.passage(one.new_start, one.new_end)
