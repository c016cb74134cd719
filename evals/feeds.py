"""Reads feeds, web archives and entries whose contents are known, and says whether anything was lost.

    python evals/feeds.py

1. data/web/feeds.zip: the files on which feedparser is tested, well formed and not. Every file must be read or rejected with
   a known code, every entry in it read or rejected, and titles, links and authors be those that the file itself expects.
2. data/web/warc: archives of warcio's tests, among them broken ones. PAGES says how many pages each holds whole, by hand.
3. data/feeds: a month of entries. All must be read, without a tag or a reference left in their texts; the rate is printed.

The data lies beside the checkout, in ../shared (or where ONRECORD_SHARED points); where it is absent nothing is measured.
Exit status 1 where something was lost, or where a figure is under its floor in FLOORS.
"""

from __future__ import annotations

import ast
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator

from gold import SHARED
from onrecord.data import Document, Rejection
from onrecord.errors import CODES, ReadError
from onrecord.read import documents
from onrecord.read.feed.feed import feed_entries
from onrecord.read.files import Found
from onrecord.read.markup import text_of_title

FEEDS = SHARED / "data/web/feeds.zip"
ARCHIVES = SHARED / "data/web/warc"
ENTRIES = SHARED / "data/feeds/rss-2026-01.jsonl.gz"
FLOORS = {"title": 0.92, "link": 0.85, "author": 0.75}  # the files also expect feedparser's own ways, such as markup in titles
PAGES = {
    "bad.arc": 0,
    "example-bad-non-chunked.warc.gz": 1,
    "example-bad.warc.gz.bad": 1,
    "example-digest.warc": 0,
    "example-iana.org-chunked.warc": 1,
    "example-resource.warc.gz": 1,
    "example-space-in-target-uri.warc.gz": 0,
    "example-space-in-url.arc": 1,
    "example-trunc.warc": 0,
    "example-wget-bad-target-uri.warc.gz": 1,
    "example-wrong-chunks.warc.gz": 1,
    "example.arc": 1,
    "example.arc.gz": 1,
    "example.warc": 1,
    "example.warc.gz": 1,
    "post-test.warc.gz": 0,
}
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_EXPECTED = re.compile(r"entries\[0\]\['(title|link|author)'\] == (u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")")
_LEFT = re.compile(
    r"</?(?:p|br|a|div|span|img|b|i|em|strong|ul|ol|li)(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|nbsp|[lr][sd]quo);",
    re.IGNORECASE,
)


def main() -> None:
    """Measure what is there; exit with 1 where something is lost."""
    checks = [check for path, check in ((FEEDS, feeds), (ARCHIVES, archives), (ENTRIES, entries)) if path.exists()]
    if not checks:
        print(f"nothing measured: there is no data in {SHARED}")
        return
    lost = [what for check in checks for what in check()]
    for what in lost:
        print("LOST:", what)
    sys.exit(bool(lost))


def feeds() -> Iterator[str]:
    """What was lost of the test files of feedparser."""
    began = time.process_time()
    found: dict[str, list[Document | Rejection]] = {}
    for one in documents([str(FEEDS)]):
        member = one.locator.removeprefix(f"{FEEDS}/").partition("#")[0]
        found.setdefault(member, []).append(one)
    seconds = time.process_time() - began
    right: Counter[tuple[str, bool]] = Counter()
    whole = 0
    with zipfile.ZipFile(FEEDS) as archive:
        members = [name for name in archive.namelist() if not name.endswith("/")]
        for name in members:
            data = archive.read(name)
            got = found.get(name, [])
            yield from (f"{name}: unknown code {one.code}" for one in got if isinstance(one, Rejection) and one.code not in CODES)
            if not got:
                yield f"{name}: neither read nor rejected"
            held = len(_ENTRY.findall(_COMMENT.sub(b"", data.replace(b"\0", b""))))
            came = sum(1 for one in got if "#" in one.locator and not (isinstance(one, Rejection) and one.warning))
            whole += held == came
            if held != came and name.startswith("wellformed/"):
                yield f"{name}: {held} entries, of which {came} came"
            _compare(data, right)
    codes = Counter(one.code for got in found.values() for one in got if isinstance(one, Rejection))
    read = sum(isinstance(one, Document) for got in found.values() for one in got)
    rate = f"{len(members) / seconds:.0f} files a second"
    print(f"feeds     {len(members)} files: {read} entries read, all entries accounted for in {whole} files, {rate}")
    print("          " + ", ".join(f"{count} {code}" for code, count in codes.most_common()))
    for name, floor in FLOORS.items():
        share = right[name, True] / max(1, right[name, True] + right[name, False])
        print(f"          {name} as expected: {share:.1%} of {right[name, True] + right[name, False]}")
        if share < floor:
            yield f"{name} is right in {share:.1%}, under the floor of {floor:.0%}"


def _compare(data: bytes, right: Counter[tuple[str, bool]]) -> None:
    """Count what the file's own comment expects of its first entry."""
    expected = _EXPECTED.search(data[:4000].decode("utf8", "replace"))
    if expected is None:
        return
    try:
        first = next(feed_entries(data, Found("feed.xml", "feed"))[0], None)
    except ReadError:
        first = None
    value = text_of_title(str(ast.literal_eval(expected[2])))
    said = {"title": first.title, "link": first.url, "author": first.author} if first else {}
    right[expected[1], value == text_of_title(said.get(expected[1]) or "")] += 1


def archives() -> Iterator[str]:
    """What was lost of the test archives of warcio."""
    pages = 0
    for path in sorted(ARCHIVES.iterdir()):
        found = list(documents([str(path)]))
        read = sum(isinstance(one, Document) for one in found)
        pages += read
        if not found or any(isinstance(one, Rejection) and one.code not in CODES for one in found):
            yield f"{path.name}: neither read nor rejected with a known code"
        if read < PAGES.get(path.name, 0):
            yield f"{path.name}: {read} of {PAGES[path.name]} pages were read"
        told = Counter(one.code for one in found if isinstance(one, Rejection) and one.code != "read.undated")
        print(f"warc      {path.name:40} {read} pages  " + ", ".join(f"{count} {code}" for code, count in told.items()))
    print(f"          {pages} pages, {sum(PAGES.values())} expected")


def entries() -> Iterator[str]:
    """What was lost of a month of entries."""
    began = time.process_time()
    count, rejected, left = 0, Counter[str](), 0
    for one in documents([str(ENTRIES)]):
        if isinstance(one, Document):
            count += 1
            left += bool(_LEFT.search(one.text))
        elif not one.warning:
            rejected[one.code] += 1
    seconds = time.process_time() - began
    print(f"entries   {count} read, {sum(rejected.values())} rejected, {left} with a tag or reference left, {count / seconds:.0f} a second")
    if rejected:
        yield f"entries were rejected: {dict(rejected)}"
    if left > count / 1000:
        yield f"{left} entries have a tag or a reference left"


if __name__ == "__main__":
    main()
