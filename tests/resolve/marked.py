"""Texts with marks -> what the resolver reads: [[ ]] around each source, { } around what it says; [ ] around one passage."""

from __future__ import annotations

import re

from onrecord.annotate.tagger import shipped
from onrecord.data import Attribution, Document, Reading, Span, Speaker
from onrecord.resolve import stance
from onrecord.resolve.coreference import Cast
from onrecord.resolve.speakers import speakers

_MARK = re.compile(r"\[\[|\]\]|[{}]")


def passage(marked: str) -> tuple[str, Span]:
    """The text without its brackets, and where the one passage in brackets stands."""
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), Span(start, end)


def cast_of(text: str) -> Cast:
    """The people and bodies of a text."""
    return Cast(Document("d", text))


def attributions(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """The text without marks, and an attribution for each source, in order; its cue is the word after it.

    What stands in { } is said by the last source before it that has said nothing yet and stands in the same words, else by the next,
    else by the last; a source of which nothing is marked says the next character.
    """
    text, sources, contents = _spans(marked)
    said: dict[Span, list[Span]] = {one: [] for one in sources}
    for content in contents:
        able = [one for one in sources if not content.holds(one) and _around(one, contents) == _around(content, contents)]
        before = [one for one in able if one.end <= content.start]
        silent = [one for one in before if not said[one]][::-1] + [one for one in able if one not in before and not said[one]]
        said[(silent or before[::-1])[0]].append(content)
    return text, tuple(_attribution(text, source, tuple(said[source])) for source in sources)


def read(marked: str, publisher: str | None = None) -> list[Speaker]:
    """The speakers of a marked text, in the order of its sources."""
    text, found = attributions(marked)
    return list(speakers(Document("d", text, publisher=publisher), found))


def readings(document: Document, found: tuple[Attribution, ...]) -> tuple[Reading, ...]:
    """How each attribution of a document is meant."""
    return stance.readings(document, found, shipped().seen(document.text))


def last_name(marked: str) -> str | None:
    """Who is the last source of a marked text."""
    return read(marked)[-1].name


def _spans(marked: str) -> tuple[str, list[Span], list[Span]]:
    text, at = "", 0
    opened: list[int] = []
    found: dict[str, list[Span]] = {"]]": [], "}": []}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0] in found:
            found[mark[0]].append(Span(opened.pop(), len(text)))
        else:
            opened.append(len(text))
    return text + marked[at:], sorted(found["]]"]), sorted(found["}"])


def _around(span: Span, contents: list[Span]) -> Span | None:
    """The words in which the span stands."""
    return next((one for one in reversed(contents) if one != span and one.holds(span)), None)


def _attribution(text: str, source: Span, content: tuple[Span, ...]) -> Attribution:
    cue = source.end + (text[source.end : source.end + 1] == " ")
    end = cue + len(text[cue:].split(None, 1)[0]) if text[cue:].split() else cue
    return Attribution((source,), (Span(cue, end),), content or (Span(end, min(len(text), end + 1)),))
