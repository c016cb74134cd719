"""A piece of HTML, as feeds and letters hold it -> plain text: paragraphs apart, entities decoded, nothing run or fetched."""

from __future__ import annotations

import html
import re

from lxml import etree

_LOOKS_LIKE_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#[0-9xX]|[A-Za-z][A-Za-z0-9]*;)")
_ESCAPED_MARKUP = re.compile(
    r"</?(?:p|br|a|div|span|img|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|figure|font|table)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")
_PARAGRAPHS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "center", "dl", "div", "fieldset", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    }
)
_LINES = frozenset({"br", "caption", "dd", "dt", "li", "option", "td", "th", "tr"})
_SILENT = frozenset(
    {
        *("audio", "canvas", "head", "iframe", "math", "noscript", "script", "select", "style", "svg", "template", "textarea"),
        *("title", "video"),
    }
)
_ROUNDS = 2  # feeds escape twice more often than one would think


def text_of_markup(markup: str) -> str:
    """The words of a piece of HTML. Paragraphs are a blank line apart; lines of lists and tables stand on lines of their own."""
    text = markup
    for done in range(_ROUNDS):
        if not (_LOOKS_LIKE_MARKUP.search(text) if not done else _ESCAPED_MARKUP.search(text)):
            break
        text = _laid_out(text)
    return decoded_references(text).strip()


def text_of_title(title: str) -> str:
    """The words of a heading in one line."""
    return _WHITE.sub(" ", text_of_markup(title)).strip()


def decoded_references(text: str) -> str:
    """The characters for which references such as `&#8217;` stand."""
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text) if "&" in text else text


def _laid_out(markup: str) -> str:
    data = _UNREADABLE.sub("\ufffd", markup).encode("utf8")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(b"<div>" + data + b"</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    return _tidied(_pieces(root))


def _pieces(root: etree._Element) -> list[str]:
    """The texts in order; line breaks among them stand for the ends of lines and paragraphs."""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag.rpartition(":")[2] if isinstance(element.tag, str) else ""
        edge = "\n\n" if name in _PARAGRAPHS else "\n" if name in _LINES else ""
        pieces.append(edge if not silent and not (name == "br" and event == "end") else "")
        if event == "start":
            silent += name in _SILENT
            words = element.text
        else:
            silent -= name in _SILENT
            words = element.tail
        if words and not silent:
            pieces.append(_WHITE.sub(" ", words))
    return pieces


def _tidied(pieces: list[str]) -> str:
    paragraphs = []
    for paragraph in re.split(r" ?\n ?(?:\n ?)+", "".join(pieces)):
        lines = [_WHITE.sub(" ", line).strip() for line in paragraph.split("\n")]
        if any(lines):
            paragraphs.append("\n".join(line for line in lines if line))
    return "\n\n".join(paragraphs)
