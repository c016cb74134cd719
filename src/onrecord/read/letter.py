"""The words of a letter as its writer wrote them: not the letter it answers, not the signature, lines joined to paragraphs."""

from __future__ import annotations

import re

_SIGNATURE = re.compile(r"^-- ?$")
_QUOTED = re.compile(r"^\s?[>|]")
_ANSWERS = re.compile(r"^(?:On|Am|Le|El|Il|Op)\b.{4,200}(?:wrote|schrieb|écrit|escribió|scritto|schreef)\s*:\s*$", re.DOTALL)
_ANSWER_OPENS = re.compile(r"^(?:On|Am|Le|El|Il|Op)\s.{4,120}$")
_BELOW = re.compile(r"^\s*-{3,}\s*(?:Original Message|Urspr.ngliche Nachricht)\s*-{3,}\s*$|^_{20,}\s*$", re.IGNORECASE)
_FORWARDED = re.compile(r"^\s*-{3,}\s*Forwarded message\s*-{3,}\s*$", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\s*(?:[-*•·–]|[0-9]{1,3}[.)])\s")
_FULL_LINE = 0.72  # of the longest: a line that was broken because it was full
_SHORTEST_WRAP = 50
_LONGEST_WRAP = 100


def words_of_letter(text: str) -> str:
    """The letter's own words.

    Where all of it is quoted (a letter that is passed on), the quoted words are kept: they are what there is to read.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own = _without_answered(_before_signature(lines))
    if not "".join(own).strip():
        own = [re.sub(r"^\s?(?:[>|] ?)+", "", line) for line in lines]
    return paragraphs(own)


def _before_signature(lines: list[str]) -> list[str]:
    """A signature stands below `-- ` (RFC 3676, 4.3); what is forwarded below it would be lost, so then nothing is cut."""
    place = next((number for number, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
    return lines if any(map(_FORWARDED.match, lines[place:])) else lines[:place]


def _without_answered(lines: list[str]) -> list[str]:
    """Without quoted lines, the line that says whom they quote, and all below "Original Message"."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _BELOW.match(line) and "".join(kept).strip() and _is_header_below(lines[number + 1 : number + 8]):
            break
        if _QUOTED.match(line):
            _drop_introduction(kept)
            continue
        if not _FORWARDED.match(line):
            kept.append(line)
    return kept


def _is_header_below(lines: list[str]) -> bool:
    return any(re.match(r"\s*\**(?:From|Sent|Von|Gesendet|De|Envoyé)\**\s*:", line) for line in lines)


def _drop_introduction(kept: list[str]) -> None:
    """Take back "On Tuesday Mara Quill wrote:", which may run over two lines."""
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and _ANSWERS.match(kept[-1].strip()):
        kept.pop()
    elif len(kept) > 1 and _ANSWER_OPENS.match(kept[-2].strip()) and _ANSWERS.match(f"{kept[-2].strip()} {kept[-1].strip()}"):
        del kept[-2:]
    if kept:
        kept.append("")


def paragraphs(lines: list[str]) -> str:
    """The lines as paragraphs: one that was broken because it was full is joined with the next (RFC 3676 breaks before 78)."""
    widest = max((len(line.rstrip()) for line in lines), default=0)
    wrapped = _SHORTEST_WRAP <= widest <= _LONGEST_WRAP
    out: list[str] = []
    full = False
    for line in (one.rstrip() for one in lines):
        words = line.strip()
        joins = wrapped and full and words and not _LIST_ITEM.match(line)
        if joins:
            out[-1] += " " + words
        else:
            out.append(words)
        full = bool(words) and len(line) >= _FULL_LINE * widest
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()
