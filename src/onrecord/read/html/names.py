"""What the class and id of an element say about it: part of the article, or something beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Element = Any

_BESIDE = (
    r"comments?|commenters?|commentlist|disqus|respond|reply|sidebar|rail|related\w*|shar(?:e|ing)\w*|social\w*|promo\w*|newsletters?"
    r"|subscri\w+|advert\w*|ads?|sponsor\w*|recommend\w*|recirc\w*|outbrain|taboola|footer|nav|navigation|navbar|menu|breadcrumbs?"
    r"|byline|author\w*|bio|tags?|taglist|captions?|credits?|widgets?|signup|popup|modal|cookies?|trending|popular|mostread"
    r"|login|register|donat\w+|toolbar|timestamp|dateline|pubdate|rating|poll|player|gallery|carousel|slideshow|teasers?|pager"
    r"|pagination|copyright|readmore|(?:print|most|also|read|up)-(?:only|read|like|more|next)|screen-reader\w*|meta"
    r"|more-(?:from|on|stories|news|in|to)|inline-?links?|topics?|follow\w*|banner|alert|disclaimer|infobox|topbar|masthead|keywords?"
    r"|cta|callout|latest\w*|headlines|livefyre|feedback|profile|avatar|flag|next-?prev|prev-?next|postnav\w*|caption-text"
)
_IS_BESIDE = re.compile(rf"(?:^|[\s_-])(?:{_BESIDE})(?=$|[\s_\-\d])")
_IS_HIDDEN = re.compile(r"(?:^|\s)(?:hidden|hide|visually-?hidden|sr-only|d-none)(?:\s|$)")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_IS_MUCH_BESIDE = re.compile(r"comment|disqus|respond|cookie|modal|popup|related|sidebar|recirc|newsletter|taboola|outbrain")
_IS_NEVER_BODY = re.compile(r"(?:^|\s)(?:comments?(?:-?(?:list|area|section|s))?|disqus\S*|respond|cookie\S*|cli-\S*)(?:\s|$)")
_IS_BODY = re.compile(
    r"(?:article|story|post|entry|news|content)[\s_-]*(?:body|content|text|copy)|articlebody|body-?copy|(?:^|\s)(?:entry|post|story)(?:\s|$)"
)
_IS_NOTE = re.compile(r"(?:^|[\s_-])(?:corrections?|clarifications?|editors?-?notes?|update-?notes?|amendments?)(?=$|[\s_-])")
_IS_POST = re.compile(r"(?:^|[\s_-])(?:tweet|twitter|embed|embedded|blockquote|quote|pullquote)(?=$|[\s_-])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KEYWORD_CLASS = re.compile(r"(?:^|\s)(?:tag|category|status|format|type)-\S+")
_LONGEST_NAME = 1000


def name_of(element: Element) -> str:
    """Class and id in small letters, words apart: `articleBody` is `article-body`. The keywords of blog software are left out."""
    return _plain_name(f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAME])


@lru_cache(4096)
def _plain_name(said: str) -> str:
    return _KEYWORD_CLASS.sub(" ", _CAMEL.sub("-", said).lower())


@lru_cache(4096)
def is_beside(name: str) -> bool:
    """Whether a name is that of comments, menus, teasers, captions and so on."""
    return bool(_IS_BESIDE.search(name)) and not _IS_NOTE.search(name) and not _IS_POST.search(name)


def is_hidden(element: Element, name: str) -> bool:
    """Whether the page does not show the element."""
    if "hidden" in element.attrib or _IS_HIDDEN.search(name):
        return True
    style = element.get("style")
    return style is not None and bool(_HIDING_STYLE.search(style[:_LONGEST_NAME]))


def is_much_beside(name: str) -> bool:
    """Whether the name is of what may be long and still is no article."""
    return bool(_IS_MUCH_BESIDE.search(name))


def is_never_body(name: str) -> bool:
    """Whether the name is of readers' comments or of a notice on cookies."""
    return bool(_IS_NEVER_BODY.search(name))


@lru_cache(4096)
def is_body(name: str) -> bool:
    """Whether the name is one that article bodies have."""
    return bool(_IS_BODY.search(name))
