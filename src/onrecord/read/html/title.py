"""The headline: the heading that the page shows, proved by what its head says, else the head's own title without the site's name."""

from __future__ import annotations

import re

from onrecord.read.html.blocks import Layout
from onrecord.read.html.facts import Facts, clean

_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r"\s+(?:[|–—•·»:]|-{1,2}|::|\|\|)\s+")
_SHARED = 0.34


def title_of(facts: Facts, page: Layout) -> str | None:
    """The title of the page; None where it has none."""
    told = [_without_site(one, facts) for one in facts.titles]
    headings = [clean(block.text) for block in page.blocks if block.tag == "h1"]
    sites = {name.lower() for name in facts.site_names} | {_tail(one).lower() for one in facts.titles}
    shown = [heading for heading in dict.fromkeys(headings) if heading and (heading.lower() not in sites or heading in told)]
    if shown and not told:
        return shown[0]
    best = max(shown, key=lambda heading: _likeness(heading, told), default=None)
    if best is not None and _likeness(best, told) >= _SHARED:
        return best
    return told[0] if told else None


def _likeness(heading: str, told: list[str]) -> float:
    """The share of the heading's words that the likeliest of the told titles has too."""
    words = set(_WORD.findall(heading.lower()))
    return max((len(words & set(_WORD.findall(one.lower()))) / len(words) for one in told), default=0.0) if words else 0.0


def _without_site(title: str, facts: Facts) -> str:
    """Without the name of the site behind the last dash or bar: where it is one, or where another of the titles does without."""
    cuts = list(_SUFFIX.finditer(title))
    for cut in cuts:
        head, tail = title[: cut.start()], title[cut.end() :]
        names = {name.lower() for name in facts.site_names}
        if tail.lower() in names or (head in facts.titles):
            return head
    if cuts and title == facts.titles[-1]:
        head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
        if len(head) >= 2 * len(tail) or _is_in_address(tail, facts.url):
            return head
    if cuts and _is_in_address(title[cuts[-1].end() :], facts.url):
        return title[: cuts[-1].start()]
    return title


def _is_in_address(name: str, url: str | None) -> bool:
    """Whether a name is that of the address: "The Lesk Courier" of leskcourier.example."""
    host = re.sub(r"^https?://|/.*$", "", url or "").lower()
    plain = "".join(_WORD.findall(name.lower()))
    return len(plain) >= 3 and (plain in re.sub(r"[^a-z0-9]", "", host) or plain.removeprefix("the") in re.sub(r"[^a-z0-9]", "", host))


def _tail(title: str) -> str:
    parts = _SUFFIX.split(title)
    return parts[-1] if len(parts) > 1 else ""
