"""The blocks of an article -> its text, paragraphs apart, and its notes; lines that only serve the site are left out."""

from __future__ import annotations

import itertools
import re

from onrecord.read.html.blocks import Block, Layout
from onrecord.read.html.main import Main
from onrecord.read.html.names import name_of
from onrecord.read.html.notes import announces_note, is_note, is_stamp

_SITES = (
    r"(?:facebook|twitter|instagram|whatsapp|telegram|youtube|linkedin|tiktok|threads|bluesky|social media|google news|apple news|\bx\b)"
)
_NOTICE = re.compile(
    r"\W{0,3}(?:"
    r"advert(?:isement|orial)?s?|ads?|sponsored(?: content)?|promoted(?: content)?|loading|comments?|tags?|topics?|print|email|save"
    r"|(?:story|article) continues (?:below|after)[\w ]*|continue reading(?: .{0,60})?|scroll (?:down )?to continue.{0,40}"
    r"|(?:image|photo|slide|picture) \d+ of \d+|\d+ ?(?:of|/) ?\d+|skip (?:ad|advertisement|past .{0,40}|to .{0,40})"
    r"|share (?:this|on|via)\b.{0,60}|(?:like|enjoy(?:ed)?) (?:this|what you)\b.{0,80}|(?:click|tap|swipe) (?:here|through|to)\b.{0,100}"
    r"|(?:read|see|watch|listen|learn|find out|discover) (?:more|also|next|now)\b\W?.{0,20}|(?:see|read) also\b:?.{0,120}"
    r"|(?:image|photo|picture|photograph|video|source|credit)s?(?: (?:credit|source|by|courtesy)\b[\w ]*)?: ?[^.!?]{1,80}"
    r"|(?:copyright|©|\(c\)|all rights reserved).{0,200}"
    r")\W{0,3}",
    re.IGNORECASE,
)
_SIGN_UP = re.compile(
    r"\b(?:sign(?:ing)? up|subscrib\w+|get|join|receive|register|download)\b.{0,120}\b(?:newsletters?|inbox|e-?mails? (?:alerts?|updates?)"
    r"|(?:free )?trial|our app|(?:daily|weekly) (?:digest|briefing)|delivered (?:to|straight|directly))\b",
    re.IGNORECASE | re.DOTALL,
)
_FOLLOW = re.compile(rf"(?:^|[.!?:]\s+)(?:follow|like|join|find|connect with)\b.{{0,80}}?\b(?:on|in|via)\b.{{0,20}}{_SITES}", re.IGNORECASE)
_TIP = re.compile(
    r"\W{0,3}(?:(?:do you |got |have )+(?:a |any )?(?:news )?(?:tip|story)s?\b.{0,40}\?|(?:e-?mail|contact) .{0,60}@)", re.IGNORECASE
)
_RELATED = re.compile(
    r"\W{0,3}(?:related(?: (?:articles?|stor(?:y|ies)|content|news|posts?|links?|coverage|topics?|reading))?|recommended(?: .{0,30})?"
    r"|more (?:great |top |news |stories |from |on |in )+.{0,40}|most (?:read|popular|viewed|recent).{0,20}"
    r"|don[’']t miss.{0,20}|trending.{0,20}"
    r"|you (?:may|might) (?:also )?(?:like|be interested).{0,20}|up next|read (?:more|next|also)|see also|also (?:read|on) .{0,30}"
    r"|further reading|latest (?:news|stories|posts)|top stories|must reads?|what to read next|story timeline"
    r"|editors?[’']?s?[’']? picks?)\W{0,3}",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"[^.!?\n]{0,160}\((?:image|photo|picture|credit|source)s?\b[^()]{0,80}\)"
    r"|[^.!?\n]{2,60}(?:/|via | - |\| ?)(?:Getty Images|AFP|AP|Reuters|EPA|Shutterstock|iStock|Alamy|PA)(?:/[\w ]{2,30}| Images)?",
    re.IGNORECASE,
)
_SHORT_NOTICE = 300
_ENDS = (".", "!", "?", "”", '"', "…")
_CELL = frozenset({"td", "th"})
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AFTER_TITLE = 0.4


def text_and_notes(main: Main, page: Layout) -> tuple[str, tuple[str, ...]]:
    """The text of the article and, apart from it, what the page says of corrections and updates."""
    blocks, notes = _without_notes(_after_title(main.blocks))
    blocks = _trimmed(_without_sections([block for block in blocks if not _is_notice(block)]))
    beside = [block.text for block in _note_blocks(page, main) if is_note(block.text)]
    return _joined(blocks), tuple(dict.fromkeys([*notes, *beside]))


def _after_title(blocks: list[Block]) -> list[Block]:
    """What comes after the headline, where a headline stands among the blocks and the greater part comes after it."""
    whole = sum(block.mass for block in blocks)
    for place, block in enumerate(blocks):
        if block.tag == "h1" and sum(later.mass for later in blocks[place + 1 :]) > _AFTER_TITLE * whole:
            return blocks[place + 1 :]
    return blocks


def _without_notes(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    kept: list[Block] = []
    notes: list[str] = []
    announced: Block | None = None
    for block in blocks:
        if announced is not None and block.tag not in _TITLES:
            notes.append(f"{announced.text} {block.text}" if announced.text.endswith(":") else f"{announced.text}: {block.text}")
        elif is_note(block.text):
            if not is_stamp(block.text) or block.text.lower().startswith(("updated", "last")):
                notes.append(block.text)
        elif announces_note(block.text):
            announced = block
            continue
        else:
            kept.append(block)
        announced = None
    return kept, notes


def _note_blocks(page: Layout, main: Main) -> list[Block]:
    """Paragraphs near the article that its own blocks do not hold: in boxes that are called a correction."""
    held = {id(block) for block in main.blocks}
    boxes = [element for element in page.ranges if _is_note_box(name_of(element))]
    places = sorted({place for box in boxes for place in range(*page.ranges[box])})
    return [page.blocks[place] for place in places if id(page.blocks[place]) not in held]


def _is_note_box(name: str) -> bool:
    return "correction" in name or "editors-note" in name or "editor-note" in name or "clarification" in name


def _is_notice(block: Block) -> bool:
    """Whether a line serves the site and tells nothing: an advertisement mark, a call to sign up, a list of links."""
    length = len(block.text)
    if block.linked > 0.6 * length and length < 200 and not (block.linked < 0.9 * length and block.text.endswith(_ENDS)):
        return True
    if length > _SHORT_NOTICE:
        return False
    text = block.text
    return bool(
        _NOTICE.fullmatch(text) or _SIGN_UP.search(text) or _FOLLOW.search(text) or _TIP.match(text) or _CREDIT_LINE.fullmatch(text)
    )


def _without_sections(blocks: list[Block]) -> list[Block]:
    """Leaves out a heading such as “More stories” with the list items and links under it."""
    kept: list[Block] = []
    inside = False
    for block in blocks:
        if len(block.text) <= 80 and _RELATED.fullmatch(block.text):
            inside = True
        elif not inside or not (block.tag == "li" or block.linked > 0.3 * len(block.text)):
            inside = False
            kept.append(block)
    return kept


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Without what is no prose behind the last paragraph, and without headings over nothing."""
    end = len(blocks)
    while end and not blocks[end - 1].is_prose and not _is_sentence(blocks[end - 1]):
        end -= 1
    return blocks[:end]


def _is_sentence(block: Block) -> bool:
    return block.tag in ("p", "blockquote", "div") and not block.linked and block.text.endswith(_ENDS)


def _joined(blocks: list[Block]) -> str:
    """Paragraphs apart by a blank line; the items of a list on lines of their own, the cells of a row on one line."""
    paragraphs: list[str] = []
    for _, group in itertools.groupby(blocks, key=_belongs_to):
        some = list(group)
        paragraphs.append((" " if some[0].tag in _CELL else "\n").join(block.text for block in some))
    return "\n\n".join(paragraphs)


def _belongs_to(block: Block) -> int:
    """The list or row that a block is a part of, else itself."""
    return id(block.element.getparent()) if block.tag in _CELL or block.tag == "li" else id(block)
