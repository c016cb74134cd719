"""What a page says of itself: author, publisher, time of publication, address, language, sections."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from onrecord.read.html.linked import Fields, linked_article, types_of, words_of
from onrecord.read.html.names import Element
from onrecord.read.html.times import iso_time, newsroom_zone

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "article.published", "article:published", "og:published_time", "og:pubdate"),
    *("published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "rnews:datepublished"),
    *("pubdate", "publish-date", "publish_date", "publishdate", "published-date", "published_date", "date_published", "dateissued"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.created", "dc.date", "dcterms.date"),
    *("bt:pubdate", "article.created", "date.created", "date_created", "datecreated", "date"),
)
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "article.author")
_PUBLISHER = ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title")
_SECTION = ("article:section", "article.section", "section", "parsely-section", "og:article:section", "category", "genre")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of the page and its marks tell. `titles` are headlines without proof that the page shows them, best first."""

    titles: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    types: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    body: str | None = None


def facts_of(root: Element, url: str | None) -> Facts:
    """Reads the head, JSON-LD, microdata and time elements; nothing is fetched."""
    linked = linked_article(root)
    meta = _meta(root)
    publisher = _first([*words_of(linked.get("publisher")), *(meta.get(name, "") for name in _PUBLISHER)])
    address = _address(root, meta, linked, url)
    sites = (meta.get("og:site_name"), meta.get("application-name"), *words_of(linked.get("publisher")), *words_of(linked.get("isPartOf")))
    titles = (meta.get("og:title"), *words_of(linked.get("headline")), meta.get("twitter:title"), root.findtext(".//title"))
    sections = [*words_of(linked.get("articleSection")), *words_of(linked.get("genre")), *(meta.get(name) for name in _SECTION)]
    body = linked.get("articleBody")
    return Facts(
        tuple(dict.fromkeys(clean(one) for one in titles if one and clean(one))),
        tuple(dict.fromkeys(clean(one) for one in sites if one and clean(one))),
        _author(root, meta, linked),
        publisher,
        _published(root, meta, linked),
        address,
        _language(root, linked),
        tuple(types_of(linked)),
        tuple(clean(one) for one in sections if one and clean(one)),
        body if isinstance(body, str) else None,
    )


def clean(text: str) -> str:
    """On one line, without entities that were escaped twice."""
    return " ".join(html.unescape(text[: 4 * _LONGEST]).split())[:_LONGEST]


def _first(values: list[str]) -> str | None:
    return next((clean(value) for value in values if value and clean(value)), None)


def _meta(root: Element) -> dict[str, str]:
    """The meta elements, by their name in small letters; the first of a name is kept."""
    told: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        if content:
            for key in ("property", "name", "itemprop"):
                if name := element.get(key):
                    told.setdefault(name.lower(), content)
    return told


def _address(root: Element, meta: dict[str, str], linked: Fields, url: str | None) -> str | None:
    page = linked.get("mainEntityOfPage")
    canonical = next((link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()), None)
    for told in (canonical, meta.get("og:url"), page.get("@id") if isinstance(page, dict) else page, linked.get("url"), url):
        if isinstance(told, str) and (address := _absolute(told.strip(), url)):
            return address
    return url


def _absolute(told: str, url: str | None) -> str | None:
    try:
        address = urljoin(url, told) if url else told
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def _author(root: Element, meta: dict[str, str], linked: Fields) -> str | None:
    names = [clean(name) for name in words_of(linked.get("author"))]
    if not names:
        names = [clean(meta[name]) for name in _AUTHOR if meta.get(name)][:1]
    if not [name for name in names if _is_name(name)]:
        marked = (one for one in root.iter("a", "span", "div", "p", "address") if _marks_author(one))
        names = [clean("".join(one.itertext())) for one, _ in zip(marked, range(3), strict=False)]
    kept = [re.sub(r"^(?:by|von|por|par)[:\s]+", "", name, flags=re.IGNORECASE) for name in dict.fromkeys(names) if _is_name(name)]
    return ", ".join(kept) or None


def _marks_author(element: Element) -> bool:
    return "author" in (element.get("rel") or "").lower().split() or (element.get("itemprop") or "").lower() == "author"


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 120 and not name.startswith(("http:", "https:", "@", "//", "www.")) and any(map(str.isalpha, name))


def _published(root: Element, meta: dict[str, str], linked: Fields) -> str | None:
    told = [*words_of(linked.get("datePublished")), *(meta[name] for name in _PUBLISHED if name in meta)]
    told += [
        one.get("datetime") or one.get("content") or "".join(one.itertext())
        for one in root.iter("time", "span", "div", "p", "abbr")
        if (one.get("itemprop") or "").lower() == "datepublished" or "pubdate" in one.attrib
    ]
    told += [*words_of(linked.get("dateCreated")), *words_of(linked.get("uploadDate"))]
    times = [time for one in told if (time := iso_time(one))]
    return newsroom_zone(times) if times else None


def _language(root: Element, linked: Fields) -> str | None:
    told = root.get("lang") or next(iter(words_of(linked.get("inLanguage"))), "")
    hit = _LANGUAGE.match(told.strip())
    return hit[0].lower() if hit else None
