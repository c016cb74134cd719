"""Corrections, clarifications, editor's notes and notes of updates: told by how they begin or by what they say of the article."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?"
_THING = (
    r"(?:article|story|stories|post|piece|report|column|headline|caption|version|page|item|editorial|interview|review"
    r"|transcript|essay|profile|blog|obituary|text|graphic|chart|dispatch|newsletter|feature|analysis|copy)"
)
_CHANGED = r"(?:amended|updated|corrected|edited|changed|revised|clarified|modified|republished|removed|altered|appended)"
_LABEL = (
    r"(?:corrections?(?:\s*(?:and|&|/)\s*(?:clarifications?|amplifications?))?|clarifications?|corrigend(?:um|a)|errat(?:um|a)"
    r"|(?:editor[’'`]?s?[’'`]?|editorial|publisher[’'`]?s?)\s+note|note\s+(?:to\s+readers|from\s+the\s+editors?)|retraction)"
)
_DATED = r"(?:\s*(?:added|appended|made|issued|posted|published|of|on|at|,|\(|\[)?[\w\s.,:/()\[\]–-]{0,50}?)"
_BEGINS = re.compile(rf"\W{{0,3}}{_LABEL}{_DATED}\s*[:—–]\s*\S", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"\W{{0,3}}(?:{_LABEL}|updates?){_DATED}:?", re.IGNORECASE)
_OF_ITSELF = re.compile(
    rf"\b(?:this|the|our)\s+(?:\w+[\s-]+){{0,3}}?{_THING}\s+(?:(?:above|below|originally|previously)\s+)?"
    rf"(?:(?:was|has\s+been|have\s+been|had\s+been|is\s+being|is)\s+(?:\w+\s+){{0,2}}?{_CHANGED}"
    rf"|(?:originally|incorrectly|previously|mistakenly|initially|wrongly|erroneously|misstated|misspelled|misidentified|misattributed))\b"
    rf"|\b(?:an?|the)\s+(?:earlier|previous|original|prior|initial)\s+version\s+of\s+(?:this|the|our)\b"
    rf"|\bwe\s+(?:regret|apologi[sz]e\s+for)\s+(?:the|this|any)\s+(?:error|mistake|confusion)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"\W{{0,3}}(?:(?:last\s+)?(?:updated?|modified|edited|amended)|(?:first\s+)?(?:published|posted))\b(?:\s+(?:at|on))?\s*:?\s*"
    rf"(?:{_WEEKDAY}|{_MONTH}|\d|today|yesterday|\s|[ap]\.?m\.?|[A-Z]{{2,4}}\b|[-–—,.:/|+()•]|st\b|nd\b|rd\b|th\b|ago|hours?|minutes?|days?)+",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"\W{{0,3}}(?:this\s+(?:{_THING}|is)\s+)?updated\s+(?:at|on)\s+(?:{_WEEKDAY}|{_MONTH}|\d)|\W{{0,3}}update\s+(?:at|on)\s+(?:{_MONTH}|\d)"
    rf"|\W{{0,3}}update\s*[,(\[]\s*(?:{_WEEKDAY}|{_MONTH}|\d)",
    re.IGNORECASE,
)
_LONGEST = 1500
_LONGEST_OF_ITSELF = 500


def is_note(text: str) -> bool:
    """Whether a paragraph speaks of the article's own making: "Correction: ...", "This article was amended on ..."."""
    if len(text) > _LONGEST:
        return False
    if _BEGINS.match(text) or _UPDATED.match(text) or is_stamp(text):
        return True
    return len(text) <= _LONGEST_OF_ITSELF and bool(_OF_ITSELF.search(text)) and not text.startswith(("“", '"', "‘"))


def is_stamp(text: str) -> bool:
    """Whether it is only a time: "Updated 19 November 2031, 09:01", "Published 4 hours ago"."""
    return len(text) <= 120 and bool(_STAMP.fullmatch(text))


def announces_note(text: str) -> bool:
    """Whether it is a heading over a note: "Corrections and clarifications"."""
    return len(text) <= 80 and bool(_LABEL_ALONE.fullmatch(text))
