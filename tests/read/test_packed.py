"""What is packed is read like what is not, with a limit on what may come out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.data import Document, Rejection
from onrecord.read import documents

TEXT = b"date 2031-03-04\nMara Quill said the bridge is safe.\n"
LINES = b'{"text": "date 2031-03-04"}\n' * 3


def codes(found: list[Document | Rejection]) -> list[str]:
    return [one.code if isinstance(one, Rejection) else one.name for one in found]


def saved(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def packed(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), ("", gzip.compress)])
def test_a_packed_file_is_read_like_what_is_in_it(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    paths = [saved(tmp_path, f"wire.txt{suffix}", pack(TEXT)), saved(tmp_path, f"lines.jsonl{suffix}", pack(LINES))]
    found = list(documents(paths))
    assert codes(found) == ["wire", "lines-1", "lines-2", "lines-3"]
    (plain,) = documents([saved(tmp_path, "plain.txt", TEXT)])
    assert isinstance(found[0], Document)
    assert isinstance(plain, Document)
    assert (found[0].text, found[0].raw_sha256) == (plain.text, plain.raw_sha256)


def test_packed_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, wanted in ((gzip.compress(TEXT), ["stdin"]), (packed(("a/b.txt", TEXT)), ["stdin/a/b"])):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        assert codes(list(documents(["-"]))) == wanted


def test_every_file_in_a_zip_is_read_in_its_place(tmp_path: Path) -> None:
    inner = packed(("c.txt", TEXT))
    members = [
        ("a/one.txt", TEXT),
        ("a/", b""),
        (".hidden", TEXT),
        ("__MACOSX/x.txt", TEXT),
        ("p.png", b"\x89"),
        ("e.txt", b""),
        ("in.zip", inner),
    ]
    path = saved(tmp_path, "wires.zip", packed(*members, ("l.jsonl.gz", gzip.compress(LINES)), ("../../up.txt", TEXT)))
    found = list(documents([path]))
    assert codes(found) == ["wires/a/one", "read.empty", "wires/in/c", "wires/l-1", "wires/l-2", "wires/l-3", "wires/../../up"]
    assert found[0].locator == f"{path}/a/one.txt"


BOMB = (b" " * 999 + b"\n") * 3000
BOMBS = [
    ("gzip", lambda: gzip.compress(BOMB, 1)),
    ("zip", lambda: packed(("a.jsonl", BOMB), ("b.jsonl", BOMB))),
    ("gzip in gzip", lambda: gzip.compress(gzip.compress(BOMB, 1))),
    ("gzip in zip", lambda: packed(("a.jsonl.gz", gzip.compress(BOMB, 1)))),
    ("many layers", lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(TEXT))))),
    ("many layers of zip", lambda: packed(("a", packed(("a", packed(("a", packed(("a", TEXT))))))))),
]


@pytest.mark.parametrize("bomb", [one[1] for one in BOMBS], ids=[one[0] for one in BOMBS])
def test_a_bomb_is_rejected_as_one_and_nothing_behind_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: Callable[[], bytes]
) -> None:
    monkeypatch.setattr("onrecord.read.packed._HARMLESS", 1 << 20)
    assert codes(list(documents([saved(tmp_path, "x.jsonl", bomb())]))) == ["read.bomb"]


BROKEN = [
    ("cut", gzip.compress(LINES * 500)[:-20], "read.damaged"),
    ("with a wrong sum", gzip.compress(TEXT)[:-8] + b"\0" * 8, "read.damaged"),
    ("not unpackable", gzip.compress(TEXT)[:12] + b"\xff" * 30, "read.damaged"),
    ("bzip2, cut", bz2.compress(LINES * 500)[:-20], "read.damaged"),
    ("xz, cut", lzma.compress(LINES * 500)[:-20], "read.damaged"),
    ("zip, cut", packed(("a.txt", TEXT))[:-30], "read.damaged"),
    ("an empty zip", packed(), "read.no_documents"),
    ("an office document", packed(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "read.unsupported"),
    ("a book", packed(("mimetype", b"application/epub+zip")), "read.unsupported"),
    ("nothing in it", gzip.compress(b""), "read.empty"),
]


@pytest.mark.parametrize(("data", "code"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_what_is_broken_says_so(tmp_path: Path, data: bytes, code: str) -> None:
    assert codes(list(documents([saved(tmp_path, "x", data)])))[-1] == code


def test_what_came_before_the_break_is_read(tmp_path: Path) -> None:
    whole = gzip.compress(LINES)
    assert codes(list(documents([saved(tmp_path, "x.jsonl.gz", whole + whole[:-12])])))[:3] == ["x-1", "x-2", "x-3"]


def test_a_locked_member_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(packed(("a.txt", TEXT), ("b.txt", TEXT)))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    found = list(documents([saved(tmp_path, "x.zip", bytes(data))]))
    assert codes(found) == ["read.locked", "x/b"]
