"""Several who are named in one source: "Mara Quill, Otto Brandt (Lesk) and Ida Roe", "Quill and other ministers"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.data import Span, SpeakerType
from onrecord.resolve.holders import Holder
from onrecord.resolve.mentions import core, head, singular
from onrecord.resolve.names import Name

Inside = Sequence[tuple[Name, Holder | None]]
_BETWEEN = re.compile(
    r"(?: ?\([^)\n]*\)|, [RD]-[\w.]+)?(?:,? +(?P<and>and|&) +(?:[\w.’'-]+ ){0,5}|, (?:[A-Z][\w.’'-]* ){0,3})",
)
_OTHERS = re.compile(r",? and ((?:\w+ )?others?(?: [\w’'-]+){0,3})")


def together(text: str, whole: Span, words: str, inside: Inside) -> str | None:
    """The full names of all who are named together in text[whole], as one; None where one is named, or nobody."""
    return _with_others(text, whole, inside) or _all(text, whole, words, inside)


def _all(text: str, whole: Span, words: str, inside: Inside) -> str | None:
    many = singular(head(words)) != head(words)
    reach = whole.start + len(core(words))
    chain = (_chain(text, [one for one in inside if one[0].span.start >= reach]) if many else []) or _chain(text, inside)
    people = {one.type is SpeakerType.PERSON for _, one in chain}
    if len(chain) < 2 or len(people) > 1 or (False in people and len(chain) != len(inside)):
        return None
    return _and(str(one.name) for _, one in chain) if many or chain[0][0].outer <= reach else None


def _with_others(text: str, whole: Span, inside: Inside) -> str | None:
    known = [(name, holder) for name, holder in inside if holder is not None and holder.type is SpeakerType.PERSON]
    for name, _ in known:
        if found := _OTHERS.fullmatch(text[name.span.end : whole.end]):
            named = [str(holder.name) for one, holder in known if one.span.start <= name.span.start]
            return f"{', '.join(named)} and {found[1]}"
    return None


def _chain(text: str, inside: Inside) -> list[tuple[Name, Holder]]:
    """The first names that are joined by commas and a last "and"; those in brackets, as of parties and towns, are none of them."""
    known = [(name, holder) for name, holder in inside if holder is not None and not text.startswith("(", max(0, name.outer - 1))]
    for at, first in enumerate(known):
        chain, joined = [first], False
        for name, holder in known[at + 1 :]:
            gap = _BETWEEN.fullmatch(text, chain[-1][0].span.end, name.outer)
            if gap is None or joined or any(holder is one for _, one in chain):
                break
            chain.append((name, holder))
            joined = bool(gap["and"])
        if joined:
            return chain
    return []


def _and(those: Iterable[str]) -> str:
    *most, last = those
    return f"{', '.join(most)} and {last}"
