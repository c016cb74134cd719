"""The elements of feeds by one name each, whatever namespace their publisher took, and what stands in them."""

from __future__ import annotations

import base64
import html
import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from onrecord.read.markup import decoded_references, text_of_markup

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SHORT_NAMES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
# Of the same elements, by what they were called over the years.
_CORE = re.compile(
    r"http://(?:www\.w3\.org/2005/atom|purl\.org/(?:atom/ns#|rss/[0-9.]+/|pie/|echo/|net/rss1\.1#)|my\.netscape\.com/(?:rdf|publish)/.*|channel\.netscape\.com/rdf/.*"
    r"|backend\.userland\.com/.*|blogs\.law\.harvard\.edu/tech/rss|www\.w3\.org/1999/02/22-rdf-syntax-ns#|cyber\.law\.harvard\.edu/rss/.*)|",
    re.IGNORECASE,
)
_MARKUP_TYPES = frozenset({"html", "xhtml", "text/html", "application/xhtml+xml", "text/xhtml"})
_PLAIN_TYPES = frozenset({"text", "text/plain", "plain"})
_NAME_IN_BRACKETS = re.compile(r"[^\s()<>]+@[^\s()<>]+\s*\(([^()]+)\)")
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


class Names:
    """One feed's way of naming: `of` gives `title`, `dc:creator`, `other:title`."""

    def __init__(self, root: etree._Element) -> None:
        self._own = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""

    def of(self, element: etree._Element) -> str:
        """The name in small letters, those of RSS and Atom bare, others behind the short name of their namespace."""
        space, _, local = element.tag.rpartition("}")
        space = space[1:]
        short = _SHORT_NAMES.get(space.lower())
        if short is None and (space in (self._own, "") or _CORE.fullmatch(space)):
            return str(local).lower()
        return f"{short or 'other'}:{local.lower()}"

    def children(self, parent: etree._Element) -> dict[str, list[etree._Element]]:
        """The children of an element by their names."""
        found: dict[str, list[etree._Element]] = {}
        for child in parent.iterchildren(etree.Element):
            found.setdefault(self.of(child), []).append(child)
        return found


def words(element: etree._Element) -> str:
    """All characters in an element, its white space as single spaces."""
    return " ".join("".join(element.itertext()).split())


def text_of(element: etree._Element, *, of_atom: bool) -> str:
    """What stands in an element that may hold HTML: escaped, in CDATA, as elements, in base64, or none at all.

    RSS never says which, and HTML is meant. Atom says so (RFC 4287, 3.1.1).
    """
    told = (element.get("type") or "").split(";")[0].strip().lower()
    if len(element) or told == "xhtml":
        inner = html.escape(element.text or "", quote=False) + "".join(
            etree.tostring(one, encoding="unicode", method="html") for one in element
        )
        return text_of_markup(inner)
    raw = element.text or ""
    if element.get("mode") == "base64" or (of_atom and told and not told.startswith("text/") and told not in _MARKUP_TYPES | _PLAIN_TYPES):
        return text_of_markup(_from_base64(raw))
    if (of_atom and told not in _MARKUP_TYPES and element.get("mode") != "escaped") or told in _PLAIN_TYPES:
        return decoded_references(raw).strip()
    return text_of_markup(raw)


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, in whatever letters its name is written."""
    return next((str(value) for key, value in element.attrib.items() if str(key).lower() == name), "")


def _from_base64(raw: str) -> str:
    """The text so packed; nothing where it is a picture or a sound."""
    try:
        return base64.b64decode(raw, validate=False).decode("utf8")
    except ValueError:
        return ""


def author_of(element: etree._Element, names: Names) -> str:
    """The name in `Mara Quill`, in `quill@lesk.example (Mara Quill)` or in `<author><name>Mara Quill</name></author>`."""
    inside = names.children(element)
    named = next((words(one) for one in inside.get("name", []) + inside.get("person", []) if words(one)), "")
    written = named or (words(element) if not len(element) else "")
    bracketed = _NAME_IN_BRACKETS.search(written)
    name = bracketed[1] if bracketed else _ADDRESS.sub("", written)
    return decoded_references(name).strip(' ,;"')


def absolute(link: str, element: etree._Element, base: str) -> str | None:
    """The address, made whole against the bases around the element; None for what is no address of the web."""
    bases = [one.get(_XML_BASE) for one in [element, *element.iterancestors()]]
    try:
        whole = base
        for one in reversed([one for one in bases if one]):
            whole = urljoin(whole, one.strip())
        whole = urljoin(whole, link.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s\0-\x1f]", whole) else None
