"""Whether a page says that it is opinion or satire: in its data, its section, its address, or a label over the headline."""

from __future__ import annotations

import re

from onrecord.data import Genre
from onrecord.read.html.blocks import Layout
from onrecord.read.html.facts import Facts

_OPINION = (
    r"(?:opinions?|editorials?|op-?eds?|commentary|commentaries|comment(?: is free)?|columns?|columnists?|viewpoints?|perspectives?"
    r"|letters?(?: to the editor)?|guest (?:essay|column|opinion)s?|the conversation|contributors?)"
)
_SATIRE = r"(?:satire|satirical|parody|humou?r and satire|spoof)"
_IS_OPINION = re.compile(rf"(?:[\w &]{{0,30}}[/|>:,-]\s*)?{_OPINION}(?:\s*[/|>:,-].{{0,60}})?|opinion\b.{{0,30}}", re.IGNORECASE)
_IS_SATIRE = re.compile(rf"(?:[\w &]{{0,30}}[/|>:,-]\s*)?{_SATIRE}(?:\s*[/|>:,-].{{0,60}})?", re.IGNORECASE)
_TITLE_OPINION = re.compile(r"(?:opinion|op-ed|editorial|commentary|column|comment)\s*[|:–—]", re.IGNORECASE)
_TITLE_SATIRE = re.compile(r"(?:\[?satire\]?)\s*[|:–—]|.*[(\[]satire[)\]]\s*$", re.IGNORECASE)
_PATH_OPINION = re.compile(
    r"^https?://[^/]+/(?:[^/?#]+/){0,3}?(?:opinions?|editorials?|op-?eds?|commentisfree|commentary|columnists?|columns?|viewpoints?"
    r"|letters(?:-to-the-editor)?)(?:/|$)|^https?://opinions?\.",
    re.IGNORECASE,
)
_PATH_SATIRE = re.compile(r"^https?://[^/]+/(?:[^/?#]+/){0,3}?(?:satire|parody)(?:/|$)|^https?://satire\.", re.IGNORECASE)
_BEFORE_TITLE = 3
_BUTTONS = frozenset({"comment", "comments", "letters", "column", "columns", "contributor", "contributors"})


def genre_of(facts: Facts, page: Layout, title: str | None) -> Genre | None:
    """Opinion or satire where the page says so, else None; satire goes before opinion."""
    url = facts.url or ""
    labels = [*facts.sections, *_labels(page, title)]
    if "SatiricalArticle" in facts.types or _PATH_SATIRE.match(url) or any(map(_IS_SATIRE.fullmatch, labels)):
        return Genre.SATIRE
    if any(map(_TITLE_SATIRE.match, facts.titles)):
        return Genre.SATIRE
    if "OpinionNewsArticle" in facts.types or _PATH_OPINION.match(url) or any(map(_IS_OPINION.fullmatch, labels)):
        return Genre.OPINION
    return Genre.OPINION if any(map(_TITLE_OPINION.match, facts.titles)) else None


def _labels(page: Layout, title: str | None) -> list[str]:
    """The lines just before the headline that the page shows, menus and buttons aside."""
    place = next((place for place, block in enumerate(page.blocks) if block.tag == "h1" and " ".join(block.text.split()) == title), 0)
    before = page.blocks[max(0, place - _BEFORE_TITLE) : place]
    return [block.text for block in before if block.tag != "li" and block.text.lower() not in _BUTTONS]
