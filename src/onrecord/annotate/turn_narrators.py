"""Who narrates in a broadcast: anchors and the outlet's own reporters, whose words are no statement."""

from __future__ import annotations

import re

from onrecord.annotate.turn_labels import Label
from onrecord.annotate.turn_words import said
from onrecord.data import Span

_NARRATES = re.compile(
    r"\b(?:anchor|co-anchor|host|co-host|presenter|narrator|narration|newsreader|newscaster|announcer|voice-?over|byline)s?\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:reporter|correspondent)\b", re.IGNORECASE)
_ON_TAPE = re.compile(r"\b(?:on tape|tape|clip|soundbite|recorded|archive|recording|on screen)\b", re.IGNORECASE)
_HANDS_OVER = (
    r"[^.?!\n]*\b(?:reports?|reporter|correspondent|has (?:more|the (?:story|latest|details))|is (?:at|in|on|outside|live)"
    r"|was (?:at|in|there))\b"
)
_QUESTION = re.compile(r"[^.?!…]*\?[\"”’]?")

Turns = list[tuple[Label, tuple[Span, ...]]]


def narrators(text: str, turns: Turns) -> frozenset[str]:
    """The labels whose words are the outlet's own: anchors, hosts, and the reporters to whom they hand over."""
    found = {label.key for label, _ in turns if _NARRATES.search(f"{label.words} {label.aside}")}
    if not found:
        return frozenset()
    last_names = {key.partition(",")[0].split()[-1] for key in found if "," in key}
    found |= {label.key for label, _ in turns if label.key in last_names}
    found |= {label.key for label, _ in turns if _REPORTS.search(f"{label.words} {label.aside}")}
    taped = {label.key for label, _ in turns if _ON_TAPE.search(label.aside)}
    for number, (label, _) in enumerate(turns):
        if (
            label.key not in found | taped
            and number
            and turns[number - 1][0].key in found
            and _handed_over(text, turns[number - 1][1], label)
        ):
            found.add(label.key)
    return frozenset(found)


def questions(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """The question that a narrator's turn ends in, if it does."""
    if not paragraphs:
        return ()
    last = paragraphs[-1]
    words = said(text, last.start, last.end)
    if not words or not words[-1].of(text).rstrip('"”’').endswith("?"):
        return ()
    asked = list(_QUESTION.finditer(text, words[-1].start, words[-1].end))
    return (Span(asked[-1].start(), words[-1].end),) if asked else ()


def _handed_over(text: str, paragraphs: tuple[Span, ...], label: Label) -> bool:
    """ "Mara Quill is at the harbour": the anchor's turn just before names the one who speaks next as the outlet's reporter."""
    surname = label.key.split()[-1]
    said_before = " ".join(span.of(text) for span in paragraphs[-2:])[-600:]
    return re.search(re.escape(surname) + _HANDS_OVER, said_before, re.IGNORECASE) is not None
