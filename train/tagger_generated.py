"""Training text that PolNeAR does not have: statements inside statements, and pages with careless quotation marks.

PolNeAR nests nothing. So a sentence that holds an attribution is put into the mouth of one more speaker ("Ms. Lind said
that the ministry had denied ..."), with sources and cues that stood in such places elsewhere in the train articles.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

import numpy as np

from onrecord.annotate.sentences import sentences
from onrecord.data import Span

ROLES = ("source", "cue", "content")
DOUBLE = re.compile('["“”«»„]')
SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})


class Frame(NamedTuple):
    """A source and a cue that stood next to each other in a train article."""

    source: str
    cue: str


class Frames(NamedTuple):
    """Frames by where they stand: before "that", behind a quotation, behind plain words, behind "according to"."""

    before: list[Frame]
    behind_quote: list[Frame]
    behind: list[Frame]
    according: list[Frame]


def frames_of(articles: list[dict]) -> Frames:
    """The frames of the train articles."""
    out = Frames([], [], [], [])
    for article in articles:
        text = article["text"]
        for one in article["attributions"]:
            if any(len(one[role]) != 1 for role in ROLES):
                continue
            (source,), (cue,), (content,) = (one[role] for role in ROLES)
            frame = Frame(text[slice(*source)], text[slice(*cue)])
            if "\n" in frame.source + frame.cue or len(frame.source) > 90:
                continue
            if source[1] + 1 == cue[0] and cue[1] + 1 == content[0] and text[content[0] :].startswith("that "):
                out.before.append(frame)
            elif content[1] <= source[0] < cue[0] == source[1] + 1 and text[cue[1] : cue[1] + 1] == ".":
                (out.behind_quote if DOUBLE.match(text[content[1] - 1]) else out.behind).append(frame)
            elif frame.cue.casefold() == "according to" and cue[1] + 1 == source[0] and text[source[1] : content[0]] == ", ":
                out.according.append(frame)
    return out


def wrapped(article: dict, frames: Frames, chooser: random.Random, share: float) -> dict:
    """The article with about `share` of the sentences that wholly hold an attribution told by one more speaker."""
    text, every = article["text"], article["attributions"]
    extents = [_extent(one) for one in every]
    parts: list[str] = []
    moves: list[tuple[int, int]] = []  # from this old offset on, spans move by so much
    outer: list[dict] = []
    done, moved = 0, 0
    for sentence in sentences(text):
        touching = [e for e in extents if e.start < sentence.end and sentence.start < e.end]
        if not touching or any(not (sentence.start <= e.start and e.end <= sentence.end) for e in touching):
            continue
        words = text[sentence.start : sentence.end]
        if len(words) < 30 or not words.endswith(".") or chooser.random() >= share:
            continue
        head, body, tail, source, cue, content = _framed(words[:-1], frames, chooser)
        at = sentence.start + moved
        outer.append({role: [[at + s, at + e]] for role, (s, e) in zip(ROLES, (source, cue, content), strict=True)})
        parts += [text[done : sentence.start], head, body, tail]
        moves.append((sentence.start, moved + len(head)))
        moved += len(head) + len(tail) - 1
        moves.append((sentence.end, moved))
        done = sentence.end
    if not outer:
        return article
    parts.append(text[done:])
    limits = dict(zip([m[0] for m in moves[::2]], [m[0] - 1 for m in moves[1::2]], strict=True))
    starts = np.array([m[0] for m in moves])

    def shifted(span: list[int]) -> list[int]:
        place = int(np.searchsorted(starts, span[0], side="right")) - 1
        if place < 0:
            return list(span)
        end = min(span[1], limits.get(moves[place][0], span[1]))  # the full stop of a wrapped sentence is gone
        return [span[0] + moves[place][1], end + moves[place][1]]

    inner = []
    for one, extent in zip(every, extents, strict=True):
        nested = bool(one.get("nested")) or any(start <= extent.start < limit for start, limit in limits.items())
        inner.append({"nested": nested, **{role: [shifted(s) for s in one[role]] for role in ROLES}})
    unsure = [shifted(span) for span in article.get("unsure", ())]
    return {**article, "text": "".join(parts), "attributions": outer + inner, "unsure": unsure}


def _framed(words: str, frames: Frames, chooser: random.Random) -> tuple[str, str, str, tuple[int, int], tuple[int, int], tuple[int, int]]:
    """(head, words, tail, source, cue, content) of a sentence that somebody says `words`; spans from its start."""
    kind = chooser.random()
    if kind < 0.4:
        frame = chooser.choice(frames.before)
        that = "that " if chooser.random() < 0.75 else ""
        head = f"{frame.source} {frame.cue} {that}"
        cue = (len(frame.source) + 1, len(frame.source) + 1 + len(frame.cue))
        return head, words, ".", (0, len(frame.source)), cue, (len(head) - len(that), len(head) + len(words))
    if kind < 0.5 and frames.according:
        frame = chooser.choice(frames.according)
        head = f"According to {frame.source}, "
        return head, words, ".", (13, 13 + len(frame.source)), (0, 12), (len(head), len(head) + len(words))
    quoted = kind < 0.85
    frame = chooser.choice(frames.behind_quote if quoted else frames.behind)
    head, tail = ("“", ",” ") if quoted else ("", ", ")
    body = words.translate(SINGLE) if quoted else words
    first = len(head) + len(words) + len(tail)
    source, cue = (first, first + len(frame.source)), (first + len(frame.source) + 1, first + len(frame.source) + 1 + len(frame.cue))
    return head, body, f"{tail}{frame.source} {frame.cue}.", source, cue, (0, first - 1 if quoted else len(words))


def _extent(one: dict) -> Span:
    every = [s for role in ROLES for s in one[role]]
    return Span(min(s[0] for s in every), max(s[1] for s in every))


def disturbed(text: str, chooser: random.Random) -> str:
    """The text, same length, as careless pages have it: marks gone, some gone, single ones, or no paragraphs."""
    kind = chooser.random()
    if kind < 0.3:
        return DOUBLE.sub(" ", text)
    if kind < 0.55:
        return DOUBLE.sub(lambda hit: " " if chooser.random() < 0.35 else hit.group(), text)
    if kind < 0.75:
        return text.translate(SINGLE)
    return text.replace("\n", " ") if kind < 0.9 else text.translate({ord("“"): '"', ord("”"): '"'})
