"""Text -> word pieces with their places in the text, quotation marks made alike for the model.

The record keeps the text as it came. What the tagger sees is a copy of the same length in which every kind of
quotation mark has become one of four characters, so that an offset in the copy is an offset in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

PARAGRAPH_TOKEN = "[unused1]"  # stands between two paragraphs; the pretrained vocabulary keeps it free
LONGEST_PIECE_CHARACTERS = 4000  # a longer line is cut at white space, which bounds the memory of one call

_ALIKE = str.maketrans(
    {"«": "“", "»": "”", "„": "“", "‟": "“", "″": "”", "‚": "‘", "‛": "‘", "‹": "‘", "›": "’", "´": "’", "`": "‘", "\u00a0": " "}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRAIGHT = re.compile('"')
_SINGLE_OPEN = re.compile(r"(?<![\w.,!?…”’'])['‘](?=[\w“$£€\[(…])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…;:%)\]”—-])['’](?![\w])")
_SURE_CLOSE = re.compile(r"(?<=[.,!?…])['’](?!\w)")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces of one document: `ids`, `starts` and `ends` are int32 arrays of the same length N.

    `starts` and `ends` are code point offsets in the document's text. A paragraph mark (`paragraph_id`) has `starts == ends`.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    paragraph_id: int

    def __len__(self) -> int:
        return len(self.ids)


def level_quotes(text: str) -> str:
    """Returns `text` with all quotation marks as “ ” ‘ ’, character for character (same length).

    Single marks that enclose a quotation outside double ones become double: British and American papers then look
    alike to the tagger. Apostrophes become ’. Lone surrogates, which no tokeniser takes, become U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", text).translate(_ALIKE)
    return "".join(_level_paragraph(part) for part in re.split(r"(\n+)", text))


def _level_paragraph(text: str) -> str:
    text = _STRAIGHT.sub(lambda hit: "“" if _opens(text, hit.start()) else "”", text)
    if "'" not in text and "‘" not in text:
        return text
    letters = list(text)
    position = 0
    while opened := _SINGLE_OPEN.search(text, position):
        closed = _closing(text, opened.end())
        position = opened.end()
        if closed is None:
            continue
        if not _inside_double(text, opened.start()):
            letters[opened.start()], letters[closed] = "“", "”"
        else:
            letters[opened.start()], letters[closed] = "‘", "’"
        position = closed + 1
    return "".join("’" if letter == "'" else letter for letter in letters)


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([{—–-‘'/:“"


def _closing(text: str, start: int) -> int | None:
    """Where the single quotation that opened before `start` ends: at a mark after punctuation, else at the next candidate."""
    sure = _SURE_CLOSE.search(text, start)
    first = _SINGLE_CLOSE.search(text, start)
    if first is None:
        return None
    if sure is not None and text[first.start() - 1] in "sS" and not re.search(r"(?<!\w)['‘]\w", text[first.end() : sure.start()]):
        return sure.start()  # "the workers' vote," he said: the first mark is a possessive
    return first.start()


def _inside_double(text: str, at: int) -> bool:
    return text.rfind("“", 0, at) > text.rfind("”", 0, at)


@cache
def tokeniser(path: Path) -> Tokeniser:
    """The tokeniser of the file, loaded once for all models that cut texts with it. Several threads may share one."""
    return Tokeniser(path)


class Tokeniser:
    """WordPiece with paragraph marks. Holds the vocabulary: `tokeniser` gives the one that is loaded already."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.paragraph_id = self._id(PARAGRAPH_TOKEN)
        self.size = self._tokenizer.get_vocab_size()
        self.start_id = self._id("[CLS]")
        self.end_id = self._id("[SEP]")

    def vocabulary(self) -> dict[str, int]:
        """Every piece and its number."""
        return dict(self._tokenizer.get_vocab())

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the vocabulary has no {token}")
        return int(found)

    def bare(self, texts: list[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """The ids of each text's pieces and their places in it."""
        encodings = self._tokenizer.encode_batch([level_quotes(text) for text in texts], add_special_tokens=False)
        return [(one.ids, one.offsets) for one in encodings]

    def ids(self, words: list[str]) -> list[list[int]]:
        """The ids of each word's pieces, quotation marks as they are."""
        return [one.ids for one in self._tokenizer.encode_batch_fast(words, add_special_tokens=False)]

    def tokens(self, text: str) -> Tokens:
        """The word pieces of `text`, with a paragraph mark before every paragraph but the first."""
        pieces = list(_pieces(level_quotes(text)))
        encodings = self._tokenizer.encode_batch([piece for _, _, piece in pieces], add_special_tokens=False)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for (offset, opens_paragraph, _), encoding in zip(pieces, encodings, strict=True):
            if opens_paragraph and ids:
                ids.append(self.paragraph_id)
                starts.append(offset)
                ends.append(offset)
            ids.extend(encoding.ids)
            for start, end in encoding.offsets:
                starts.append(offset + start)
                ends.append(offset + end)
        return Tokens(np.asarray(ids, np.int32), np.asarray(starts, np.int32), np.asarray(ends, np.int32), self.paragraph_id)


def _pieces(text: str) -> Iterator[tuple[int, bool, str]]:
    """(offset, whether a paragraph starts here, piece) of every paragraph that is not blank."""
    for hit in _PARAGRAPH.finditer(text):
        if hit.group().isspace():
            continue
        start, first = hit.start(), True
        while start < hit.end():
            end = min(start + LONGEST_PIECE_CHARACTERS, hit.end())
            if end < hit.end():
                space = text.rfind(" ", start + 1, end)
                end = space if space > start else end
            yield start, first, text[start:end]
            start, first = end, False
