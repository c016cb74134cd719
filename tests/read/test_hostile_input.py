"""Whatever is given, through the library and through the command: no crash, no hang, a known code, and the rest is read."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest
from tests.read.hostile import PAGE, SECRET, STORY, TEXT, Read, codes, saved, texts, zip_of

from onrecord.data import Document
from onrecord.errors import CODES
from onrecord.read import documents
from onrecord.settings import ReadOptions

DEEP = [
    ("tags", "x.html", f"<html><body><article>{STORY}" + "<div>" * 100_000 + "deep" + "</div>" * 100_000 + "</article></body></html>"),
    ("open tags", "x.html", f"<html><body>{STORY}" + "<b><i>" * 50_000),
    ("lists", "x.html", f"<html><body>{STORY}" + "<ul><li>" * 50_000),
    ("tables", "x.html", f"<html><body>{STORY}" + "<table><tr><td>" * 30_000),
    ("tags that only end", "x.html", f"<html><body>{STORY}" + "</div>" * 100_000),
    ("attributes", "x.html", f"<html><body {' '.join(f'a{i}=1' for i in range(100_000))}>{STORY}"),
    ("angles", "x.html", f"<html><body>{STORY}" + "<" * 300_000),
    ("comments", "x.html", "<!--" * 100_000 + f"<html><body>{STORY}"),
    ("declarations", "x.html", "<!doctype html " + "[" * 100_000 + f"<html><body>{STORY}"),
    ("references", "x.html", f"<html><body>{STORY}<p>" + "&amp" * 100_000 + "&#0;&#xD800;&#x110000;&#99999999999999;"),
    ("elements of a feed", "x.xml", "<rss><channel><item><title>Bridge</title>" + "<a>" * 100_000),
    (
        "a feed's entities",
        "x.xml",
        "<rss><channel><item><title>Bridge</title><description>" + "&lt;div&gt;" * 100_000 + "</description></item></channel></rss>",
    ),
    ("namespaces", "x.xml", "<rss " + " ".join(f'xmlns:n{i}="u{i}"' for i in range(20_000)) + "><channel></channel></rss>"),
    ("brackets of JSON", "x.json", "[" * 100_000),
    ("objects of JSON", "x.jsonl", '{"text":' * 100_000),
    ("headers", "x.eml", "From: a@lesk.example\nSubject: b\n" + "X: y\n" * 100_000 + "\n" + TEXT),
    (
        "parts of mail",
        "x.eml",
        "From: a@lesk.example\nSubject: b\nContent-Type: multipart/mixed; boundary=b\n\n"
        + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 20_000,
    ),
    ("letters in letters", "x.eml", "From: a@lesk.example\nSubject: b\nContent-Type: message/rfc822\n\n" * 3_000),
    ("front matter", "x.md", "---\n" + "a:\n " * 20_000 + "\n---\n" + TEXT),
    (
        "front matter that refers to itself",
        "x.md",
        "---\na: &a [*a, *a]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(200)) + "---\n" + TEXT,
    ),
    ("front matter of brackets", "x.md", "---\ntitle: " + "[" * 50_000 + "\n---\n" + TEXT),
    ("block quotes", "x.md", "# Bridge\n\n" + ">" * 100_000 + " deep\n" + TEXT),
    ("stars and brackets", "x.md", "# Bridge\n\n" + "*" * 50_000 + "[" * 50_000 + "](" * 50_000 + "\n\n" + TEXT),
    ("labels of a transcript", "x.txt", "date 2031-03-04\n" + "MS. QUILL: Yes.\nQ No?\n" * 20_000),
    ("datelines", "x.txt", "LESK, March 3, 2031 (" * 50_000),
]


@pytest.mark.parametrize(("name", "content"), [one[1:] for one in DEEP], ids=[one[0] for one in DEEP])
def test_what_is_nested_or_repeated_a_hundred_thousand_times_ends(read: Read, name: str, content: str) -> None:
    assert len(read(saved(name, content), saved("z.txt", TEXT))) >= 2


# Pages and feeds that want something


SCRIPTED = f"""<!doctype html><html lang="en"><head><title>Bridge safe</title><script>var a = "{SECRET}";</script>
<style>p:before {{content: "{SECRET}"}}</style><meta http-equiv="refresh" content="0; url=file:///etc/passwd"></head>
<body onload="alert('{SECRET}')"><article><h1>Bridge safe</h1>{STORY}<script>document.write("<p>{SECRET}</p>")</script>
<noscript><img src="https://lesk.example/{SECRET}"></noscript><iframe srcdoc="<p>{SECRET}</p>"></iframe>
<p onclick="{SECRET}()">The mayor said on Wednesday that he <a href="javascript:{SECRET}">agreed</a> with her about all of it.</p>
<svg><script>{SECRET}</script></svg><template><p>{SECRET}</p></template></article></body></html>"""


def test_scripts_and_styles_of_a_page_are_no_text(read: Read) -> None:
    found = read(saved("x.html", SCRIPTED))
    assert "Mara Quill said on Tuesday" in texts(found)
    assert "The mayor said on Wednesday that he agreed with her" in texts(found)
    assert SECRET not in texts(found)


def feed(doctype: str, title: str, link: str = "https://lesk.example/1") -> str:
    return f"""<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>Lesk Courier</title><item><title>Bridge {title}</title>
<link>{link}</link><description>{title} Mara Quill said that the bridge is safe.</description></item></channel></rss>"""


LAUGHS = (
    "<!DOCTYPE rss [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
QUADRATIC = f"<!DOCTYPE rss [<!ENTITY a '{'ha' * 50_000}'>]>"


@pytest.mark.parametrize(
    ("doctype", "title"), [(LAUGHS, "&j;"), (QUADRATIC, "&a;" * 10_000), ("<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;")]
)
@pytest.mark.parametrize("name", ["x.xml", "x.html", "x"])
def test_entities_are_never_expanded_without_end(read: Read, doctype: str, title: str, name: str) -> None:
    found = read(saved(name, feed(doctype, title)), saved("z.txt", TEXT))
    assert len(texts(found)) < 2_000_000
    assert isinstance(found[-1], Document)


OUTSIDE = [
    "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file://{path}'>]>",
    "<!DOCTYPE rss [<!ENTITY a SYSTEM '{path}'>]>",
    "<!DOCTYPE rss [<!ENTITY a PUBLIC 'x' 'file://{path}'>]>",
    "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file://{path}'> %p;]>",
    "<!DOCTYPE rss SYSTEM 'file://{path}'>",
    "<?xml-stylesheet href='file://{path}'?>",
]


@pytest.mark.parametrize("doctype", OUTSIDE)
@pytest.mark.parametrize("name", ["x.xml", "x.html", "x.opml"])
def test_nothing_outside_the_file_is_ever_put_into_a_text(read: Read, doctype: str, name: str) -> None:
    path = saved("secret.txt", SECRET).resolve()
    include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{path}' parse='text'/>"
    assert SECRET not in texts(read(saved(name, feed(doctype.format(path=path), "&a;" + include))))


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "data:text/html,<p>x</p>",
        "javascript:alert(1)",
        "../../secret.txt",
        "//127.0.0.1/x",
        "http://[::1",
        "ftp://a/b",
    ],
)
def test_a_link_of_a_feed_that_leads_anywhere_but_the_web_is_not_followed(tmp_path: Path, link: str) -> None:
    saved(str(tmp_path / "secret.txt"), SECRET)
    path = saved(str(tmp_path / "in" / "x.xml"), feed("", "safe", link.replace("<", "&lt;")))
    found = list(documents([str(path)], ReadOptions(follow=True)))
    assert SECRET not in texts(found)
    assert "root:" not in texts(found)
    assert set(codes(found)) <= set(CODES) | {"read"}
    assert any(isinstance(one, Document) and "the bridge is safe" in one.text for one in found)


# Bytes that are not what they seem


ODD: list[tuple[str, str, bytes, set[str]]] = [
    ("a PDF that is none", "x.pdf", b"%PDF-1.7\nnothing", {"read.damaged", "read.not_installed"}),
    (
        "a PDF cut off",
        "x.pdf",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 9 >>\n",
        {"read.damaged", "read.not_installed"},
    ),
    ("NUL bytes", "x.txt", b"Mara\0Quill said so.", {"read.binary"}),
    ("NUL bytes in a page", "x.html", PAGE.replace("safe", "sa\0fe").encode(), {"read.undated", "read"}),
    ("NUL bytes in a feed", "x.xml", feed("", "sa\0fe").encode(), {"read.binary"}),
    (
        "a lone surrogate as UTF-8",
        "x.txt",
        b"date 2031-03-04\nMara Quill said \xed\xa0\x80 that the bridge is safe.",
        {"read.encoding", "read"},
    ),
    (
        "a lone surrogate as UTF-16",
        "x.txt",
        b"\xff\xfe" + "date 2031-03-04\nMara Quill said ".encode("utf-16-le") + b"\x00\xd8" + "yes.".encode("utf-16-le"),
        {"read.encoding", "read"},
    ),
    ("a surrogate in JSON", "x.jsonl", b'{"text": "said \\ud800 so", "name": "\\udfff", "creation_time": "2031-03-04"}', {"read"}),
    ("mixed character sets", "x.txt", TEXT.encode() + "“Ça”, ".encode() + b"Caf\xe9.", {"read.encoding", "read"}),
    (
        "a page in a set that it does not name",
        "x.html",
        PAGE.replace("Lesk", "Łesk").encode("iso8859-2"),
        {"read.undated", "read", "read.encoding"},
    ),
    (
        "a page that names a set that is none",
        "x.html",
        PAGE.replace("<head>", "<head><meta charset=rot13>").encode(),
        {"read.undated", "read"},
    ),
    (
        "a page that names a codec of bytes",
        "x.html",
        PAGE.replace("<head>", "<head><meta charset=zlib>").encode(),
        {"read.undated", "read"},
    ),
    (
        "a feed that names a codec of bytes",
        "x.xml",
        feed("", "safe").replace('"1.0"?', '"1.0" encoding="hex"?').encode(),
        {"read.undated", "read", "read.encoding"},
    ),
    ("UTF-16 without a mark", "x.txt", TEXT.encode("utf-16-be"), {"read"}),
    ("a page in UTF-16", "x.html", b"\xff\xfe" + PAGE.encode("utf-16-le"), {"read.undated", "read"}),
    (
        "WARC with an impossible length",
        "x.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx",
        {"read.damaged", "read.no_documents"},
    ),
    (
        "WARC with a vast length",
        "x.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999969999999\r\n\r\nx",
        {"read.damaged", "read.no_documents"},
    ),
    (
        "mail with an odd set",
        "x.eml",
        b"From: a@lesk.example\nSubject: =?rot13?Q?x?=\nDate: x\nContent-Type: text/plain; charset=unicode_escape\n\n" + TEXT.encode(),
        {"read.undated", "read.bad_date", "read", "read.encoding"},
    ),
    ("a page without a word", "x.html", b"<!doctype html><html><body><img src=x></body></html>", {"read.no_article", "read.empty"}),
]


@pytest.mark.parametrize(("name", "content", "wanted"), [one[1:] for one in ODD], ids=[one[0] for one in ODD])
def test_odd_bytes_are_read_or_rejected_as_what_they_are(read: Read, name: str, content: bytes, wanted: set[str]) -> None:
    found = codes(read(saved(name, content)))
    assert set(found) <= wanted
    assert found[-1] == "read" or "read" not in wanted


# Packed, and broken or without end


@pytest.mark.parametrize("name", ["x.zip", "x.gz"])
def test_things_packed_in_one_another_without_end_are_refused(read: Read, name: str) -> None:
    data = TEXT.encode()
    for _ in range(30):
        data = zip_of(("x.zip", data)) if name == "x.zip" else gzip.compress(data)
    assert codes(read(saved(name, data))) == ["read.bomb"]


def test_many_members_and_names_that_lead_out_of_the_zip_do_no_harm(read: Read) -> None:
    members = [
        ("../../out.txt", TEXT.encode()),
        ("/abs/out.txt", TEXT.encode()),
        ("a/\0b.txt", TEXT.encode()),
        ("C:\\x.txt", TEXT.encode()),
    ]
    found = read(saved("in/x.zip", zip_of(*members)))
    assert set(codes(found)) == {"read"}
    assert not list(Path().glob("**/out.txt"))
    assert codes(read(saved("y.zip", zip_of(*((f"{i}.txt", b"") for i in range(10_000)))))) == ["read.empty"] * 10_000


@pytest.mark.parametrize("cut", [10, 60, -30, -5])
@pytest.mark.parametrize(
    "packed", [gzip.compress(TEXT.encode() * 50), bz2.compress(TEXT.encode() * 50), zip_of(("a.txt", TEXT.encode() * 50))]
)
def test_what_is_packed_and_broken_is_rejected(read: Read, packed: bytes, cut: int) -> None:
    assert set(codes(read(saved("x", packed[:cut])))) <= {"read.damaged", "read.empty", "read.binary"}
    broken = bytearray(packed)
    broken[len(packed) // 2] ^= 0xFF
    assert "read" not in codes(read(saved("y", bytes(broken))))
