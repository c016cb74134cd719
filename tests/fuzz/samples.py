"""Small invented files of every kind that is read, and what is done to them, which leaves enough of their structure to come far."""

# ruff: noqa: E501  # lines of files and lists of tokens
from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile

from hypothesis import strategies as st
from tests.read.invented_feeds import rss
from tests.read.pdfs import paragraphs_at, pdf

STORY = "Mara Quill, the mayor of Lesk, said on Tuesday that the old bridge is safe. Otto Brandt denied it on March 3."
TEXT = f"date 2031-03-04\n{STORY}\n\nMS. QUILL: We will open it in May.\nQ When?\nMR. BRANDT: Never."
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge safe</title>'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-04T10:00:00Z", "author": {"name": "Ida Brook"}}</script>'
    f"</head><body><article><h1>Bridge safe</h1><p>{STORY}</p><blockquote><p>{STORY}</p></blockquote><ul><li>{STORY}</ul></article></body></html>"
)
FEED = rss(("1", STORY), ("2", f"<p>{STORY}</p>"), links={"1": "https://lesk.example/1"})
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lesk Courier</title><entry><id>urn:1</id><title>Bridge</title>'
    f'<updated>2031-03-04T10:00:00Z</updated><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>'
)
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "Lesk", "items": [{"id": "1", "content_html": f"<p>{STORY}</p>"}]}
)
LINES = "\n".join(json.dumps({"name": f"d{n}", "text": STORY, "creation_time": "2031-03-04", "publisher": "Lesk"}) for n in range(2))
MARKDOWN = f"---\ntitle: Bridge\ndate: 2031-03-04\n---\n# Bridge\n\n> {STORY}\n\n* {STORY}\n\n[a](https://lesk.example) `b` **c**\n"
MAIL = (
    "From: Ida Brook <ida@lesk.example>\nTo: desk@lesk.example\nSubject: =?utf-8?q?Br=C3=BCcke?=\nDate: Tue, 04 Mar 2031 10:00:00 +0000\n"
    'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
    f"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{STORY}=\n\n"
    f"--b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nPHA+TWFyYTwvcD4=\n--b--\n"
)


def _warc() -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lesk.example/1\r\nWARC-Date: 2031-03-05T06:00:00Z\r\n"
    return f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _arc() -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
    version = b"1 0 Lesk\nURL IP-address Archive-date Content-type Archive-length\n\n"
    first = b"filedesc://lesk.arc 0.0.0.0 20310305060000 text/plain %d\n" % len(version) + version
    return first + b"https://lesk.example/1 127.0.0.1 20310305060000 text/html %d\n" % len(block) + block + b"\n"


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b/c.html", PAGE)
    return held.getvalue()


SAMPLES: dict[str, bytes] = {
    "txt": TEXT.encode(),
    "html": PAGE.encode(),
    "xml": FEED.encode(),
    "atom": ATOM.encode(),
    "json": JSON_FEED.encode(),
    "jsonl": LINES.encode(),
    "md": MARKDOWN.encode(),
    "eml": MAIL.encode(),
    "warc": _warc(),
    "arc": _arc(),
    "pdf": pdf(paragraphs_at(700, [STORY[:50], STORY[50:]])),
    "zip": _zip(),
    "warc.gz": gzip.compress(_warc()),
    "jsonl.gz": gzip.compress(LINES.encode()),
    "txt.bz2": bz2.compress(TEXT.encode()),
    "txt.xz": lzma.compress(TEXT.encode()),
    "utf16.txt": TEXT.encode("utf-16"),
    "cp1252.html": PAGE.replace("utf-8", "windows-1252").encode("cp1252"),
}
TOKENS = [
    *(
        b"\0",
        b"\r\n",
        b"\n\n",
        b"<",
        b">",
        b"</",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"&#x1F600;",
        b"&#xD800;",
        b"&amp",
        b'"',
        b"'",
        b"{",
        b"}",
    ),
    *(
        b"[",
        b"]",
        b"\\ud800",
        b"\\u0000",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x98\x80",
        b"\x85",
        b"-1",
        b"0",
        b"1e999",
    ),
    *(b"99999999999999999999", b"null", b"true", b"NaN", b"=?utf-8?b?////?=", b"charset=utf-7", b"charset=utf-16", b"--b", b"%00", b"../"),
    *(b"2031-02-30", b"0000-00-00", b"9999-12-31T23:59:60Z", b"March 3", b"MS. QUILL:", b"\n---\n", b"a: &a [*a]", b"/Length 0", b"stream"),
]
_PLACES = st.floats(0, 1)
_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "delete", "repeat", "token", "byte", "bytes", "move"]),
        _PLACES,
        _PLACES,
        st.integers(0, 255),
        st.binary(max_size=6),
    ),
    max_size=8,
)


def changed(data: bytes, changes: list[tuple[str, float, float, int, bytes]]) -> bytes:
    """The bytes after each of the changes."""
    for kind, first, second, number, some in changes:
        start, end = sorted((int(first * len(data)), int(second * len(data))))
        data = _changed(data, kind, (start, end), number, some)
    return data


def _changed(data: bytes, kind: str, place: tuple[int, int], number: int, some: bytes) -> bytes:
    start, end = place
    before, short, rest = data[:start], data[start : min(end, start + 64)], data[min(end, start + 64) :]
    match kind:
        case "cut":
            return data[:end]
        case "delete":
            return before + rest
        case "repeat":
            return (data[:end] + short * (number % 20) + data[end:])[: 1 << 16]
        case "token":
            return before + TOKENS[number % len(TOKENS)] + data[start + number % 3 :]
        case "byte":
            return before + bytes([number]) + data[start + 1 :]
        case "bytes":
            return before + some + data[start:]
        case _:
            return before + data[start + len(short) : end] + short + data[end:]


MUTANTS = st.builds(lambda name, changes: (name, changed(SAMPLES[name], changes)), st.sampled_from(sorted(SAMPLES)), _CHANGES)
"""A name of a file and its bytes."""

WORDS = st.sampled_from(
    [
        *(
            "Mara Quill",
            "Otto Brandt",
            "she",
            "the mayor",
            "said",
            "denied",
            "told",
            "that",
            "it",
            "is safe",
            "would open",
            '"',
            "“",
            "”",
            "'",
        ),
        *(".", ",", "?", "\n", "\n\n", "on", "Tuesday", "last", "next", "March", "3", "2031", "1", "2", "7", "hours", "ago", "from", "to"),
        *("between", "and", "the", "first", "quarter", "of", "year", "'s", "-", "/", ":", "p.m.", "noon", "a", "week", "not", "if", "Dr."),
        *(
            "\u200b",
            "\u00a0",
            "\u2028",
            "😀",
            "İ",
            "ß",
            "ﬁ",
            "é",
            "\x00",
            "\x1f",
            "()",
            "[",
            "MR. QUILL:",
            "Q",
            "Monday",
            "May",
            "00:00",
            "24:61",
        ),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=4), min_size=1, max_size=60).map(" ".join)
"""Texts of words that the rules know, in any order."""
