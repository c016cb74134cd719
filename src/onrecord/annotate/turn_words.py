"""What is said in a paragraph of a transcript: stage directions, clock lines and the end mark left out."""

from __future__ import annotations

import re

from onrecord.data import Span, Spans

_ASIDE = re.compile(r"\\?(?:\((?P<round>[^()\n]{1,160})\\?\)|\[(?P<square>[^\[\]\n]{1,160})\\?\])")
_DIRECTION = re.compile(
    r"(?:laugh|applau|cheer|boo(?:s|ing)?\b|inaudible|unintelligible|indiscernible|indistinct|cross[- ]?talk|pause|silence|music|audio\b"
    r"|video\b|phonetic|off[- ]?mic|as (?:interpreted|translated)|(?:through|via) (?:an )?interpreter|speaks?\b|speaking\b|in progress"
    r"|gestur|points\b|sings?\b|singing|chant|whistl|sigh|cough|sneez|nods?\b|shakes\b|break in\b"
    r"|(?:begin|end|start)s?\b.{0,20}(?:clip|tape|video|audio|soundbite)|soundbite|voice-?over|on (?:tape|camera|screen)|bell\b|gavel"
    r"|overtalk|overlapping|no (?:audible )?(?:response|answer)|moment of|a? ?(?:beat|video clip)\b"
    r"|(?:the )?(?:crowd|audience)\b|exit|enter)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:I|we|you|my|our|your|I['’]\w+)\b")
_SILENT = re.compile(
    r"\W*(?:(?:at |time: ?)?\d{1,2}[:.]\d\d ?(?:[AP]\.? ?M\.?)?(?: [A-Z]{2,5})?"
    r"|(?:END|ENDS|FIN|-30-|\d{1,2}/\d{1,2}/\d{2,4})\b(?:\W+\d{1,2}:\d\d.{0,20})?"
    r"|(?:via|by) (?:teleconference|telephone|video ?(?:conference|call)?|zoom)|\((?:[A-Z][a-z]+ \d{1,2}, \d{4})\))\W*$",
    re.IGNORECASE,
)
_LAST = re.compile(r"\W*(?:(?:END|ENDS)\b(?:\W+\d{1,2}:\d\d.{0,20})?|-30-|#\W{0,3}#\W{0,3}#)\W*$")
_ABOUT_ITSELF = re.compile(
    r"\b(?:this|the) (?:\w+ )?(?:interview|transcript|conversation|discussion|q&a)\b.{0,60}"
    r"\b(?:edited|condensed|shortened|abridged|transcribed)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W_]")
_MARKS = " \t\r\n\u00a0\u200b*_\\"


def is_silent(line: str) -> bool:
    """Whether nobody says the line: a clock time, "END", "Via Teleconference", a rule, or only stage directions."""
    return _SILENT.match(line) is not None or _ABOUT_ITSELF.search(line) is not None or not _LETTERS.search(line)


def is_last(line: str) -> bool:
    """Whether the line closes the transcript."""
    return _LAST.match(line) is not None


def said(text: str, start: int, end: int) -> Spans:
    """The words of text[start:end] that are said, in as many spans as stage directions leave."""
    found, at = [], start
    for hit in _ASIDE.finditer(text, start, end):
        if _is_direction(hit["round"] or hit["square"] or ""):
            found.append(_trimmed(text, at, hit.start()))
            at = hit.end()
    found.append(_trimmed(text, at, end))
    return tuple(span for span in found if _LETTERS.search(text, span.start, span.end))


def _is_direction(words: str) -> bool:
    words = words.strip(_MARKS)
    if _DIRECTION.match(words):
        return True
    return words[:1].isupper() and words.rstrip("”’\"'")[-1:] in (".", "!") and not _SPOKEN.search(words)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip(_MARKS)), len(words.rstrip(_MARKS))
    return Span(start + left, start + max(left, right))
