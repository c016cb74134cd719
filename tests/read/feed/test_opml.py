"""Lists of feeds: OPML and plain."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.read.invented_feeds import opml

from onrecord.errors import UsageError
from onrecord.read.feed.opml import Feed, feeds

BOMB = '<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><opml><outline xmlUrl="&b;"/></opml>'
OUTSIDE = '<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="http://x/&a;"/></opml>'

LISTS = [
    ("OPML", opml("http://a.example/", "https://b.example/?c&d"), ["http://a.example/", "https://b.example/?c&d"]),
    ("twice the same", opml("http://a.example/", "http://a.example/"), ["http://a.example/"]),
    ("in UTF-16", opml("http://a.example/").replace('<?xml version="1.0"?>', "\ufeff").encode("utf-16-le"), ["http://a.example/"]),
    ("one a line", "# Lesk\n\nhttp://a.example/\r\n  https://b.example/  \n", ["http://a.example/", "https://b.example/"]),
    ("behind a mark", b"\xef\xbb\xbfhttp://a.example/", ["http://a.example/"]),
]


def saved(folder: Path, content: str | bytes) -> str:
    (folder / "feeds.opml").write_bytes(content.encode() if isinstance(content, str) else content)
    return str(folder / "feeds.opml")


@pytest.mark.parametrize(("content", "addresses"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_the_feeds_of_a_list_are_read(tmp_path: Path, content: str | bytes, addresses: list[str]) -> None:
    assert [feed.address for feed in feeds(saved(tmp_path, content))] == addresses


def test_a_feed_has_the_title_that_the_list_gives_it(tmp_path: Path) -> None:
    path = saved(tmp_path, '<opml><outline text="Town" xmlurl=" http://a.example/ "/><outline text="Folder"/></opml>')
    assert feeds(path) == [Feed("http://a.example/", "Town")]


NO_LISTS = [
    *(("empty", ""), ("no feed", "<opml><outline text='a'/></opml>"), ("broken", "<opml><outline xmlUrl='http://a.example/'>")),
    *(
        ("a bomb", BOMB),
        ("an entity from outside", OUTSIDE),
        ("no addresses", "a\nb\n"),
        ("binary", b"\0\1\2"),
        ("an unknown set", "<?xml version='1.0' encoding='klingon'?><a/>"),
    ),
]


@pytest.mark.parametrize("content", [case[1] for case in NO_LISTS], ids=[case[0] for case in NO_LISTS])
def test_what_is_no_list_is_refused(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(UsageError):
        feeds(saved(tmp_path, content))


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        feeds(str(tmp_path / "gone.opml"))
