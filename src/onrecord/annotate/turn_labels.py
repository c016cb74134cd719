"""Speaker labels at the start of a line: "MS. LEAVITT:", "Q", "**Mara Quill:**", a name on a line of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from onrecord.data import Span

_WORDS = tomllib.loads((files("onrecord.annotate") / "label_words.toml").read_text(encoding="utf8"))
_BLANK = r"[^\S\n\r]"
_EDGE = rf"(?:{_BLANK}|[*_>])"
_CLOCK = rf"(?:\d{{1,2}}[:.h]\d\d{_BLANK}*(?:[AaPp]\.?[Mm]\.?)?{_BLANK}*(?:[A-Z]{{2,4}}(?={_BLANK}))?{_BLANK}*[-–—|]?{_BLANK}*)"
_NAMED = re.compile(
    rf"^{_EDGE}{{0,60}}(?P<clock>{_CLOCK})?{_EDGE}{{0,6}}(?P<label>[^\W\d_a-z][\w.'’&#/,\u00a0 -]{{0,70}}?)"
    rf"(?P<aside>(?:{_BLANK}*[(\[][^)\]\n]{{1,60}}[)\]]){{0,2}}){_EDGE}{{0,4}}(?P<colon>:)(?![\d/:\\]){_EDGE}{{0,60}}",
    re.MULTILINE,
)
_LETTER = re.compile(rf"^{_EDGE}{{0,60}}(?P<label>Q|A)(?P<stop>\.?)(?P<gap>{_BLANK}+)(?=\S)", re.MULTILINE)
_ALONE = re.compile(rf"^{_EDGE}{{0,20}}(?P<label>[^\W\d_a-z][\w.'’\u00a0 -]{{1,50}}){_EDGE}{{0,6}}$", re.MULTILINE)
_BESIDE_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_SMALL = frozenset(
    (
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "bin",
        "al",
        "el",
        "y",
        "of",
        "and",
        "the",
    )
)
HEADS = frozenset(_WORDS["heads"])
_FIRST_OF_HEAD = frozenset(_WORDS["first_of_heads"])
OFFICES = frozenset(_WORDS["offices"])
AREAS = frozenset(_WORDS["areas"])


class Form(StrEnum):
    """How a label is set."""

    CAPITALS = "capitals"
    LETTER = "letter"
    TITLE_CASE = "title case"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Label:
    """A label where it stands: the speaker's words in `name`, the cue, and where what is said begins."""

    name: Span
    cue: Span
    start: int
    form: Form
    words: str
    aside: str = ""
    timed: bool = False

    @property
    def key(self) -> str:
        """What two labels of the same speaker share."""
        return " ".join(self.words.casefold().split())


def labels(text: str) -> list[Label]:
    """Whatever looks like a label with a colon, or is a lone Q or A, in order."""
    found = [label for hit in _NAMED.finditer(text) if (label := _named(hit)) is not None]
    if any(hit["label"] == "Q" for hit in _LETTER.finditer(text)):
        found += _letters(text)
    return sorted(found, key=lambda label: label.name.start)


def lone_lines(text: str) -> list[Label]:
    """Lines that hold nothing but what may be a name; one beside a clock time is the author of an entry in a live blog."""
    return [
        Label(Span(*hit.span("label")), Span(*hit.span("label")), hit.end(), Form.ALONE, hit["label"].strip())
        for hit in _ALONE.finditer(text)
        if (_is_capitals(hit["label"]) or _is_title_case(hit["label"]))
        and not _BESIDE_CLOCK.search(text, max(0, hit.start() - 30), hit.end() + 30)
    ]


def is_heading(label: Label) -> bool:
    """Whether the label is the head of a note, a table or a list, and names nobody who speaks."""
    words = label.key.strip(" .#").split()
    return (
        not words or words[-1] in HEADS or words[0] in _FIRST_OF_HEAD or (words[0] == "the" and words[-1] in ("facts", "truth", "result"))
    )


def has_office(label: Label) -> bool:
    """Whether the label tells an office or has a Mr or Ms, as labels of official transcripts do."""
    return label.form is Form.LETTER or any(word.strip(".,#") in OFFICES for word in label.key.replace("-", " ").split())


def _named(hit: re.Match[str]) -> Label | None:
    words = hit["label"].rstrip(" \u00a0,")
    span = Span(hit.start("label"), hit.start("label") + len(words))
    if words in ("Q", "A") or words.casefold() in ("question", "answer"):
        form = Form.LETTER
    elif _is_capitals(words):
        form = Form.CAPITALS
    elif _is_title_case(words) and (hit.end() > hit.end("colon") or hit.end() == len(hit.string) or hit.string[hit.end()] in "\r\n"):
        form = Form.TITLE_CASE
    else:
        return None
    return Label(span, Span(*hit.span("colon")), hit.end(), form, words, hit["aside"].strip(" ()[]"), bool(hit["clock"]))


def _letters(text: str) -> Iterator[Label]:
    """A Q or an A without a colon, first in its paragraph; an A needs more than a blank behind it."""
    for hit in _LETTER.finditer(text):
        wide = len(hit["gap"]) > 1 or hit["gap"] in ("\t", "\u00a0") or hit["stop"]
        if wide or (hit["label"] == "Q" and _opens_paragraph(text, hit.start())):
            span = Span(*hit.span("label"))
            yield Label(span, span, hit.end(), Form.LETTER, hit["label"])


def _opens_paragraph(text: str, start: int) -> bool:
    """Whether the line before is blank or closes a sentence."""
    end = max(start - 1, 0)
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return not line or line[-1] in '.?!…)]"”’—–:'


def _is_capitals(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    first = words.split(maxsplit=1)[0]
    return len(words.split()) <= 9 and len(letters) > 1 and first.upper() == first and sum(map(str.isupper, letters)) >= 0.6 * len(letters)


def _is_title_case(words: str) -> bool:
    parts = words.split()
    return len(parts) <= 5 and "," not in words and all(part[0].isupper() or part.casefold() in _SMALL for part in parts)
