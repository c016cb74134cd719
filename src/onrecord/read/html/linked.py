"""What a page says of its article in JSON-LD (schema.org): the fields of the one object that is the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.read.html.names import Element

_LONGEST = 2_000_000
_MOST_OBJECTS = 5_000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting|Posting)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|CreativeWork|Event)$")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)?\s*(.*?)\s*(?:-->|//\s*\]\]>|\]\]>)?\s*;?\s*$", re.DOTALL)

Fields = dict[str, Any]


def linked_article(root: Element) -> Fields:
    """The fields of the article; of the page where no article is described; none where nothing is."""
    articles: list[Fields] = []
    pages: list[Fields] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LONGEST:
            for one in _objects(_parsed(script.text)):
                kinds = types_of(one)
                (articles if any(map(_ARTICLE.search, kinds)) else pages if any(map(_PAGE.search, kinds)) else []).append(one)
    dated = [one for one in articles if one.get("datePublished")]
    best: Fields = next(iter(dated or articles or pages), {})
    return best


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    inside = _WRAPPED.match(text)
    try:
        return json.loads(inside[1], strict=False) if inside else None
    except (ValueError, RecursionError):
        return None


def _objects(value: object) -> Iterator[Fields]:
    """Every object in the value, outer before inner, in the order of the page."""
    waiting = [value]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(inner for inner in reversed(list(one.values())) if isinstance(inner, dict | list))
        elif isinstance(one, list):
            waiting.extend(inner for inner in reversed(one) if isinstance(inner, dict | list))


def types_of(fields: Fields) -> list[str]:
    """The names in `@type`, without the address of the vocabulary."""
    told = fields.get("@type")
    return [str(one).rsplit("/", 1)[-1] for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)]


def words_of(value: object) -> list[str]:
    """The strings of a value that may be a string, an object with a name, or a list of them."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return words_of(value.get("name") or value.get("@value"))[:1] if not isinstance(value.get("name"), dict) else []
    if isinstance(value, list):
        return [word for one in value[:20] if not isinstance(one, list) for word in words_of(one)]
    return []
