"""Transcripts: "QUILL: We will sail." A label and what was said, one attribution a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.annotate.layout import unwrapped
from onrecord.annotate.sentences import paragraphs
from onrecord.annotate.turn_labels import Form, Label, has_office, is_heading, labels, lone_lines
from onrecord.annotate.turn_narrators import narrators, questions
from onrecord.annotate.turn_words import is_last, is_silent, said
from onrecord.data import Attribution, Span

PROBABILITY = 0.9
LEAST_TURNS = 3
LEAST_LABELS = 2
LEAST_TITLE_CASE_TURNS = 4
SPOKEN_SHARE = 0.25
OFFICIAL_SHARE = 0.5
PREAMBLE = 1500
_SPEECH = re.compile(
    r"\b(?:I|you|we|my|your|our|me|us|I['’](?:m|ve|d|ll)|we['’]\w+|you['’]\w+|let['’]s|yes|no|yeah|thanks|thank|please|well|okay|ok)\b|\?",
    re.IGNORECASE,
)
_ADDRESSING = re.compile(r"\b(?:I|[Yy]ou|[Ww]e|[Mm]y|[Yy]our|[Oo]ur|me)\b|\?")
_ANNOUNCED = re.compile(
    r"\b(?:remarks|transcript|press (?:briefing|gaggle|call|conference)|news conference|briefing|interview(?:ed)?|speech|address|testimony"
    r"|hearing|debate|conversation with|q ?& ?a|questions and answers|fireside chat|town hall|statement by|spoke to|talks? to)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]?|(?<!\w)‘[^‘’\n]*(?:’(?=\w)[^‘’\n]*)*’")
_THIRD_PERSON = re.compile(r"\b(?:said|says|told|added|asked|paused?|laughed|laughs|shrugs|nods)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|we|you|our|my|your)\b|\bI['’]|\b[Ww]e['’]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's label and the paragraphs that follow it, up to the next label."""

    label: Label
    paragraphs: tuple[Span, ...]


def turns(text: str, title: str | None = None) -> tuple[Attribution, ...]:
    """What is said in a text that is a transcript, one attribution a paragraph; nothing where it is none.

    Paragraphs of the same turn share its label as source. What an anchor or a reporter of the outlet narrates is left out.
    """
    text = unwrapped(text)
    found = transcript(text, title)
    narrating = narrators(text, [(turn.label, turn.paragraphs) for turn in found])
    spoken: list[Attribution] = []
    for place, turn in enumerate(found):
        following = found[place + 1].label.key if place + 1 < len(found) else ""
        told = turn.paragraphs
        if turn.label.key in narrating:
            told = () if following in narrating else questions(text, told)
        contents = (said(text, span.start, span.end) for span in told)
        spoken += (_attribution(turn.label, content) for content in contents if content)
    return tuple(spoken)


@lru_cache(maxsize=4)
def transcript(text: str, title: str | None = None) -> tuple[Turn, ...]:
    """The turns of a transcript; empty where the labels are too few or too unlike speech to make it one."""
    seen = labels(text)
    told = [label for label in seen if not is_heading(label)]
    strong = [label for label in told if label.form in (Form.CAPITALS, Form.LETTER)]
    if _is_transcript(text, strong, title):
        return _turns(text, _of_one_style(strong), (label for label in seen if is_heading(label) and label.form is Form.CAPITALS))
    weak = _repeated(label for label in told if not label.timed or label.form is Form.CAPITALS)
    if _is_conversation(text, weak):
        return _turns(text, weak, (label for label in seen if is_heading(label)))
    alone = _repeated(label for label in lone_lines(text) if not is_heading(label))
    if _is_conversation(text, alone) and _follow_each_other(alone) and _are_introduced(text, alone, title):
        return _turns(text, alone, ())
    return ()


def turn_labels(text: str, title: str | None = None) -> frozenset[Span]:
    """Where the labels of a transcript stand; an attribution with one of them as its source is a turn."""
    return frozenset(turn.label.name for turn in transcript(unwrapped(text), title))


def _is_transcript(text: str, found: list[Label], title: str | None) -> bool:
    """Labels in capitals: several, of several speakers, before words such as people say; fewer where the heading announces it."""
    if not found:
        return False
    counts = Counter(label.key for label in found)
    offices = sum(map(has_office, found))
    if any(map(has_office, found)) or len(counts) >= LEAST_LABELS:
        announced = _is_announced(text, found[0], title)
        if announced and offices >= OFFICIAL_SHARE * len(found) and (offices or len(found) > 1):
            return True
    if len(found) < LEAST_TURNS or len(counts) < LEAST_LABELS or _speaking(text, found) < SPOKEN_SHARE:
        return False
    return max(counts.values()) > 1 or offices >= LEAST_LABELS


def _of_one_style(found: list[Label]) -> list[Label]:
    """In an official transcript a label without Mr, Ms or office is one only where it comes again or shares a surname."""
    counts = Counter(label.key for label in found)
    surnames = {label.key.split()[-1] for label in found if has_office(label)}
    if sum(map(has_office, found)) < OFFICIAL_SHARE * len(found):
        return found
    return [label for label in found if has_office(label) or counts[label.key] > 1 or label.key.split()[-1] in surnames]


def _is_announced(text: str, first: Label, title: str | None) -> bool:
    heading = f"{title or ''}\n{text[max(0, first.name.start - PREAMBLE) : first.name.start]}"
    return _ANNOUNCED.search(heading) is not None


def _is_conversation(text: str, found: list[Label]) -> bool:
    """Names in small letters: at least two that come again, four times together, before words such as people say."""
    names = {label.key for label in found}
    if len(found) < LEAST_TITLE_CASE_TURNS or len(names) < LEAST_LABELS:
        return False
    spoken = [label for label in found if _ADDRESSING.search(text, label.start, label.start + 300)]
    return len(spoken) >= 2 * SPOKEN_SHARE * len(found) and len({label.key for label in spoken}) >= LEAST_LABELS


def _repeated(found: Iterable[Label]) -> list[Label]:
    found = list(found)
    counts = Counter(label.key for label in found)
    return [label for label in found if counts[label.key] > 1]


def _speaking(text: str, found: list[Label]) -> float:
    """The share of labels with words behind them that somebody says to somebody."""
    return sum(_SPEECH.search(text, label.start, label.start + 300) is not None for label in found) / len(found)


def _follow_each_other(found: list[Label]) -> bool:
    """Whether the names take turns."""
    return sum(one.key != other.key for one, other in pairwise(found)) >= 0.7 * (len(found) - 1)


def _are_introduced(text: str, found: list[Label], title: str | None) -> bool:
    """Whether the text above names most of those who speak below; headings of sections are named nowhere."""
    above = f"{title or ''} {text[max(0, found[0].name.start - PREAMBLE) : found[0].name.start]}".casefold()
    names = {label.key for label in found}
    return sum(name.split()[-1] in above for name in names) >= 0.5 * len(names)


def _turns(text: str, found: list[Label], headings: Iterable[Label]) -> tuple[Turn, ...]:
    """Each label with its paragraphs; a heading, or the end mark, ends a turn."""
    opens = {label.name.start: label for label in found}
    closes = {label.name.start for label in headings}
    made: list[Turn] = []
    gathered: list[Span] = []
    current: Label | None = None
    for line in paragraphs(text):
        label = next((opens[at] for at in range(line.start, min(line.end, line.start + 100)) if at in opens), None)
        if label is not None:
            if current is not None:
                made.append(Turn(current, tuple(gathered)))
            current, gathered = label, [Span(label.start, line.end)] if label.start < line.end else []
        elif current is not None:
            if is_last(line.of(text)) or any(at in closes for at in range(line.start, min(line.end, line.start + 10))):
                made.append(Turn(current, tuple(gathered)))
                current = None
            elif gathered and _goes_on(text, gathered[-1], line):
                gathered[-1] = Span(gathered[-1].start, line.end)
            elif not is_silent(line.of(text)):
                gathered.append(line)
    if current is not None:
        made.append(Turn(current, tuple(gathered)))
    official = sum(map(has_office, found)) >= OFFICIAL_SHARE * len(found)
    return tuple(_without_narration(text, made, official=official))


def _goes_on(text: str, before: Span, line: Span) -> bool:
    """Whether a line break stands in the middle of a sentence."""
    gap = text[before.end : line.start]
    return gap.count("\n") == 1 and text[before.end - 1] not in '.?!…:—-)]*"”'


def _without_narration(text: str, made: list[Turn], *, official: bool) -> Iterator[Turn]:
    """Turns without the paragraphs below them that the article tells itself; in an official transcript there are none.

    Where no turn but the last goes on over paragraphs, what follows the last is the article again, unless somebody speaks there.
    """
    goes_on = any(len(turn.paragraphs) > 1 for turn in made[:-1])
    for turn in made:
        kept = list(turn.paragraphs[:1])
        for span in turn.paragraphs[1:]:
            if not official and _is_told(span.of(text), strict=not goes_on):
                if not goes_on:
                    break
                continue
            kept.append(span)
        yield Turn(turn.label, tuple(kept))


def _is_told(words: str, *, strict: bool) -> bool:
    """Whether the article tells the paragraph: nobody says I, we or you outside quotation marks."""
    bare = _QUOTED.sub(" ", words)
    if words.startswith("#"):
        return True
    return not _FIRST_PERSON.search(bare) and (strict or _THIRD_PERSON.search(bare) is not None)


def _attribution(label: Label, content: tuple[Span, ...]) -> Attribution:
    return Attribution((label.name,), (label.cue,), content, PROBABILITY)
