"""Which blocks of a page are its article: the element that holds most of the prose, less what stands beside it.

No rule is for a single site. Text is weighed by its characters outside links; what elements are called (`article-body`,
`sidebar`) decides where weight alone would not, in the manner of the readability heuristics of browsers.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from onrecord.read.html.blocks import Block, Layout
from onrecord.read.html.names import Element, is_body, is_much_beside, is_never_body, name_of

_FRAME = frozenset({"body", "html", "main", "article", "form"})
_LEAVES = frozenset({"p", "li", "td", "blockquote", "h1", "h2", "pre"})
_WHOLE_PAGE = 0.4
_NEARLY_ALL = 0.7
_INNER_BODY = 0.6
_STEPS_TO_TWINS, _TWINS = 3, 0.15
_DECLARED, _WITH_TITLE, _NAMED = 0.1, 0.2, 0.3
_DESCEND, _DESCEND_IN_BODY = 0.7, 0.9


@dataclass(frozen=True, slots=True)
class Main:
    """The element of the article and its blocks, in order; `first` is the place of the first in the layout."""

    element: Element
    blocks: list[Block]
    first: int


def main_part(page: Layout) -> Main | None:
    """The article of a page; None where there is no prose."""
    kept = _kept(page)
    if not any(itertools.compress((block.mass for block in page.blocks), kept)):
        kept = [True] * len(page.blocks)
    sums = list(itertools.accumulate((block.mass if keep else 0 for block, keep in zip(page.blocks, kept, strict=True)), initial=0))
    masses = {element: sums[last] - sums[first] for element, (first, last) in page.ranges.items() if sums[last] > sums[first]}
    if not masses:
        return None
    element = _article(page, masses)
    first, last = page.ranges[element]
    return Main(element, [page.blocks[place] for place in range(first, last) if kept[place]], first)


def _kept(page: Layout) -> list[bool]:
    """For each block whether it stands in nothing that is beside the article; what holds much of the page's prose is not."""
    kept = [True] * len(page.blocks)
    sums = list(itertools.accumulate((block.mass for block in page.blocks), initial=0))
    masses = {element: sums[page.ranges[element][1]] - sums[page.ranges[element][0]] for element in page.beside if element in page.ranges}
    names = {element: name_of(element) for element in masses}
    whole = sums[-1] - sum(mass for element, mass in masses.items() if is_never_body(names[element]))
    end = 0
    for element, mass in masses.items():
        if _is_article_after_all(element, names[element], mass, whole):
            continue
        first, last = page.ranges[element]
        for place in range(max(first, end), last):
            kept[place] = False
        end = max(end, last)
    return kept


def _is_article_after_all(element: Element, name: str, mass: int, whole: int) -> bool:
    if mass <= _WHOLE_PAGE * whole:
        return False
    return element.tag in _FRAME or not is_much_beside(name) or (mass > _NEARLY_ALL * whole and not is_never_body(name))


def _article(page: Layout, masses: dict[Element, int]) -> Element:
    start, is_told = _told_article(page, masses)
    least = _DESCEND_IN_BODY if is_told else _DESCEND
    element = start
    while True:
        inner = max((child for child in element if child in masses), key=lambda child: masses[child], default=None)
        if inner is None or inner.tag in _LEAVES or masses[inner] < least * masses[element]:
            return element
        element = inner


def _told_article(page: Layout, masses: dict[Element, int]) -> tuple[Element, bool]:
    """The element that the page itself marks as the article, else its body; and whether it marked one."""
    most = max(masses.values())
    large = [element for element, mass in masses.items() if mass >= _NAMED * most]
    named = [element for element in large if element.tag not in _LEAVES and is_body(name_of(element))]
    articles = [element for element, mass in masses.items() if element.tag == "article" and mass >= _WITH_TITLE * most]
    titles = list(itertools.accumulate((block.tag == "h1" for block in page.blocks), initial=0))
    choices = (
        [element for element, mass in masses.items() if mass >= _DECLARED * most and element.get("itemprop") == "articleBody"],
        [element for element in articles if titles[page.ranges[element][0]] < titles[page.ranges[element][1]]],
        [element for element in large if element.tag == "article"],
        named,
    )
    told = next((choice for choice in choices if choice), None)
    if told is None:
        return page.body, False
    element = max(told, key=lambda one: masses[one])
    inside = [one for one in named if one is not element and _holds(page.ranges[element], page.ranges[one])]
    inner = [one for one in inside if masses[one] > _INNER_BODY * masses[element]]
    return _with_twins(max(inner, key=lambda one: masses[one], default=element), page, masses), True


def _with_twins(element: Element, page: Layout, masses: dict[Element, int]) -> Element:
    """A body in pieces, each in an element of the same class: the element a few steps up that holds them all."""
    kind = element.get("class")
    if not kind or not is_body(name_of(element)):
        return element
    outer = element
    for _ in range(_STEPS_TO_TWINS):
        outer = outer.getparent()
        if outer is None or outer not in masses or outer.tag == "body":
            return element
        first, last = page.ranges[outer]
        twins = {id(one): masses.get(one, 0) for one in outer.iter(element.tag) if one is not element and one.get("class") == kind}
        if first < last and sum(twins.values()) > _TWINS * masses[element]:
            return outer
    return element


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
