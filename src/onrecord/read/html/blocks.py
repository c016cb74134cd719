"""A tree of elements -> its blocks of text in the order of the page, and which blocks lie in which element."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from onrecord.read.html.names import Element, is_beside, is_hidden, name_of

_UNSEEN = (
    *("script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "video", "audio", "button", "select"),
    *("textarea", "map", "math", "datalist", "dialog", "applet", "picture", "input", "frameset", "head", "title"),
)
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "div",
            "footer",
            "form",
            "header",
            "hgroup",
            "html",
            "main",
            "nav",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "section", "details", "summary", "fieldset", "figure", "figcaption"),
        *("dd", "dir", "dl", "dt", "li", "menu", "ol", "ul"),
        *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)
_BESIDE_TAGS = frozenset({"figcaption", "footer", "nav", "aside"})
_BREAK = "\x00"
_PARAGRAPH = 40


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or cell: its text, how many characters of it are links, the element it is the text of."""

    element: Element
    text: str
    linked: int

    @property
    def tag(self) -> str:
        """The name of its element: `p`."""
        return str(self.element.tag)

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a paragraph and not mostly links."""
        return len(self.text) >= _PARAGRAPH and self.linked < 0.5 * len(self.text)

    @property
    def mass(self) -> int:
        """How much it counts as text of an article: its characters outside links."""
        return len(self.text) - self.linked if self.is_prose else 0


@dataclass(slots=True)
class Layout:
    """The blocks of a page. `ranges` gives for an element the first block in it and the first behind it."""

    body: Element
    blocks: list[Block] = field(default_factory=list)
    ranges: dict[Element, tuple[int, int]] = field(default_factory=dict)
    beside: list[Element] = field(default_factory=list)


def layout(body: Element) -> Layout:
    """Walks the elements once; nothing is called for an element inside an element, so depth costs no stack."""
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    walk = _Walk(body)
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    return walk.layout


class _Walk:
    def __init__(self, body: Element) -> None:
        self.layout = Layout(body)
        self._body = body
        self._open: list[tuple[Element, int]] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._muted: Element = None

    def enter(self, element: Element) -> None:
        if self._muted is not None:
            return
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._open.append((element, len(self.layout.blocks)))
            self._note_name(element, tag)
        elif tag == "br":
            self._pieces.append(_BREAK)
        elif tag == "a":
            self._links += 1
        elif element.attrib and is_hidden(element, (element.get("class") or "").lower()):
            self._muted = element
            return
        self._add(element.text)

    def leave(self, element: Element) -> None:
        if self._muted is not None:
            if element is not self._muted:
                return
            self._muted = None
        elif element.tag in _BLOCKS:
            self._flush()
            _, first = self._open.pop()
            self.layout.ranges[element] = (first, len(self.layout.blocks))
        elif element.tag == "a":
            self._links -= 1
        if element is not self._body:
            self._add(element.tail)

    def _note_name(self, element: Element, tag: str) -> None:
        beside = tag in _BESIDE_TAGS
        if not beside and element.attrib:
            name = name_of(element)
            beside = is_beside(name) or is_hidden(element, name)
        if beside:
            self.layout.beside.append(element)

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._links:
                self._linked += len(text.strip())

    def _flush(self) -> None:
        if not self._pieces:
            return
        element = self._open[-1][0] if self._open else self._body
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split(_BREAK))
        text = "\n".join(line for line in lines if line)
        if text:
            self.layout.blocks.append(Block(element, text, min(self._linked, len(text))))
        self._pieces.clear()
        self._linked = 0
