"""The flow on one page: Document -> Record.

text -> attributions, time expressions -> statements -> events -> links
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from onrecord.annotate.attributions import attributions, news_of
from onrecord.annotate.layout import unwrapped
from onrecord.annotate.tagger import Seen, Tagger
from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Document, Record
from onrecord.find.check_quotations import kept_for_quotations
from onrecord.link import links
from onrecord.read.language import is_read
from onrecord.resolve.events import events
from onrecord.resolve.stance_model import shipped
from onrecord.resolve.statements import statements

_DRAFT_PROBABILITY = 0.5


class Reader:
    """Reads documents. Making one is free; the model is loaded with the first document and kept."""

    def __init__(self, *, threads: int = 0) -> None:
        """`threads`: how many the model may use, 0 for one a core."""
        self._threads = threads

    @cached_property
    def tagger(self) -> Tagger:
        return Tagger(threads=self._threads)

    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        """What the document puts on record: its statements and links of at least `min_probability`, times and events.

        The record of a document that is not in English is empty.
        """
        if not is_read(document.language):
            return Record(document, (), (), (), ())
        laid = _laid_out(document)
        seen = self.tagger.seen(news_of(laid))
        found = _likely(attributions(laid, self.tagger, seen), min_probability)
        models = (("stance", shipped().sha256), ("tagger", self.tagger.sha256))
        return record_of(document, found, seen, min_probability=min_probability, models=models)

    def draft(self, document: Document) -> Record:
        """The statements of a draft around its quotations, without times, events and links: what checking needs, and sooner."""
        if not is_read(document.language):
            return Record(document, (), (), (), ())
        laid = _laid_out(document)
        kept = replace(laid, text=kept_for_quotations(laid))
        seen = self.tagger.seen(news_of(kept))
        found = _likely(attributions(kept, self.tagger, seen), _DRAFT_PROBABILITY)
        return Record(document, statements(laid, found, (), seen), (), (), (), (("tagger", self.tagger.sha256),))

    def records(self, documents: Iterable[Document], *, min_probability: float = 0.5) -> Iterator[Record]:
        """The record of each document, as it is read."""
        for document in documents:
            yield self.record(document, min_probability=min_probability)


def record_of(
    document: Document,
    found: tuple[Attribution, ...],
    seen: Seen | None = None,
    *,
    min_probability: float = 0.5,
    models: tuple[tuple[str, str], ...] = (),
) -> Record:
    """The record that follows from attributions, wherever these come from. `seen`: the encoder's pass, where it was made already."""
    times = time_expressions(document)
    laid = _laid_out(document)
    stated = statements(laid, found, times, seen)
    announced = events(laid, stated, times)
    linked = tuple(link for link in links(laid, stated) if link.probability >= min_probability)
    return Record(document, stated, times, announced, linked, models)


def _laid_out(document: Document) -> Document:
    """The document with a blank for every line end inside a hard-wrapped paragraph: as long, so that spans hold in both."""
    text = unwrapped(document.text)
    return document if text is document.text else replace(document, text=text)


def _likely(found: tuple[Attribution, ...], least: float) -> tuple[Attribution, ...]:
    """Those of at least `least`; one whose teller is not among them is part of the next teller up, or of none."""
    kept = [i for i, one in enumerate(found) if one.probability >= least]
    places = {old: new for new, old in enumerate(kept)}
    return tuple(replace(found[i], part_of=None if (outer := _teller(found, i, places)) is None else places[outer]) for i in kept)


def _teller(found: tuple[Attribution, ...], number: int, kept: dict[int, int]) -> int | None:
    outer = found[number].part_of
    while outer is not None and outer not in kept:
        outer = found[outer].part_of
    return outer
