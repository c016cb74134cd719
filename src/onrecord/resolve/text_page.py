"""Where things stand in a text: its paragraphs, headlines, sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.annotate.sentences import paragraphs, sentences
from onrecord.data import Span
from onrecord.resolve.headlines import is_headline, title_lines

_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]?|(?<!\w)‘[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’")
_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")
_HEADLINES = 4  # lines at the top that may be headlines
_OPENING = 40  # characters in which a sentence names its subject, as a rule


class Page:
    """One text, to be asked about its positions (code points)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = paragraphs(text)
        self.titles = title_lines(text, self.paragraphs)
        self.sentences = sentences(text)
        self._small: frozenset[str] | None = None
        self.quoted = tuple(Span(*hit.span()) for hit in _QUOTED.finditer(text))
        self._starts = [span.start for span in self.sentences]
        self._quote_starts = [span.start for span in self.quoted]

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds the position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def has_small(self, word: str) -> bool:
        """Whether the text writes the word with a small letter somewhere."""
        if self._small is None:
            self._small = frozenset(_SMALL_WORD.findall(self.text))
        return word in self._small

    def in_title(self, position: int) -> bool:
        """Whether the position lies in a headline."""
        return len(self.paragraphs) > 1 and any(
            line.start <= position < line.end and is_headline(self.text, line, place)
            for place, line in enumerate(self.paragraphs[:_HEADLINES])
        )

    def opens(self, position: int, sentence: int) -> bool:
        """Whether a name at the position stands near the start of its sentence, as subjects do."""
        return not self._starts or position - self._starts[sentence] < _OPENING

    def in_quotation(self, position: int) -> bool:
        """Whether the position lies between quotation marks."""
        at = bisect_right(self._quote_starts, position) - 1
        return at >= 0 and self.quoted[at].start < position < self.quoted[at].end

    def quotation(self, position: int) -> Span:
        """The quoted passage that holds the position; an empty one where none does."""
        at = bisect_right(self._quote_starts, position) - 1
        return self.quoted[at] if self.in_quotation(position) else Span(position, position)
