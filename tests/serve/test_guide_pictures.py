"""The pages that docs/guide.md shows, on a ledger of the invented newspapers, with what the guide says of them.

With ONRECORD_SCREENSHOTS=FOLDER (`make screenshots`) their pictures go there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serve.asking import WRITER
from tests.serve.browsing import Walk, browser, listening

from onrecord.serve.app import make_app
from onrecord.serve.desk import DeskOptions, open_desk
from onrecord.serve.tokens import TokenFile

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ROOT = Path(__file__).resolve().parents[2]
PAPERS, DRAFTS = (ROOT / "examples" / name for name in ("newspapers", "drafts"))
KEPT = ROOT / "docs" / "screenshots"
LARGEST, ALL_TOGETHER = 120_000, 1_000_000  # bytes
WIDTH = 960
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the desk and what is to be seen on it. `{...}` in its address is the id of the first statement with these words."""

    name: str
    address: str
    seen: tuple[str, ...]
    height: int = 760
    first: str = ""  # what the picture begins with, where that is not the top of the page
    draft: str = ""  # the file that is checked there


PICTURES = [
    Picture("search", "/?q=night+flights", ("Answers, best first", "Ottmar Brandt", "leaves open")),
    Picture("document", "/documents/lesk-courier-0312", ("told inside another", "Radio Ostmark (interview)", "if the ferry link"), 700),
    Picture("statement", "/statements/{would not rule out a handful}", ("Stance told by", "not rule out", "Probability", "Links")),
    Picture("speaker", "/speakers/ottmar-brandt", ("Transport Minister", "statements, the newest first", "threatens")),
    Picture("matter", "/matter?about=night+flights", ("Stances by day", "On the table", "Mara Quill", "Ottmar Brandt"), 900),
    Picture("conflicts", "/conflicts?by=Brandt", ("contradicts", "The Lesk Courier", "Accept", "Reject", "Unsure"), 665, "article.link"),
    Picture("wordings", "/statements/{no meeting with the Lesk Port}/wordings", ("the fullest wording", "Ostmark Agency")),
    Picture("events", "/events?by=Quill", ("Announced events", "disputed")),
    Picture(
        "check",
        "/check",
        ("5 quotations, 5 to look at", "Line 5", "altered", "negation dropped", "if the ferry link", "On record:"),
        900,
        "#results",
        draft="night-flights-first-version.md",
    ),
    Picture("correct", "/statements/{something I could live with}", ("Correct it", "Keep the correction"), 560, "text=Correct it"),
]


def papers() -> Iterator[str]:
    """The invented newspapers with the paper and the headline beside the text, as a page of theirs would give them."""
    yield from (PAPERS / "documents.jsonl").read_text(encoding="utf8").splitlines()
    for path in sorted(PAPERS.glob("*.txt")):
        text = path.read_text(encoding="utf8")
        _, paper, title, *_ = text.splitlines()
        told = {"name": path.stem, "text": text, "publisher": paper, "title": title, "creation_time": DAY.findall(text)[0]}
        yield json.dumps(told)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A browser, signed in, at a desk on a ledger of the papers, which was made as the guide says."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "papers.jsonl").write_text("\n".join(papers()), encoding="utf8")
    adding = [sys.executable, "-m", "onrecord", "add", "papers.jsonl", "--ledger", "news.db", "--format", "table"]
    done = subprocess.run(adding, cwd=folder, capture_output=True, text=True, check=False)
    assert "4 added" in done.stderr, done.stderr
    failures: list[str] = []
    with ExitStack() as stack:
        chromium = stack.enter_context(browser())
        desk = open_desk(DeskOptions(str(folder / "news.db")), TokenFile(folder / "tokens.json", (WRITER[0],)))
        address = stack.enter_context(listening(make_app(desk, failures.append)))
        context = chromium.new_context(viewport={"width": WIDTH, "height": 760}, color_scheme="light", device_scale_factor=2)
        stack.callback(context.close)
        found = Walk(context, address)
        found.sign_in()
        yield found
        assert found.complaints == []
    assert failures == []


def address_of(walk: Walk, picture: Picture) -> str:
    """The address of the page, with the id of the statement that it names by its words."""
    before, braced, rest = picture.address.partition("{")
    if not braced:
        return before
    words, _, after = rest.partition("}")
    found = walk.page.request.get(f"{walk.address}/api/v1/statements?q={quote(words)}").json()["items"]
    return f"{before}{next(one['id'] for one in found if words in one['words'])}{after}"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.name)
def test_a_page_of_the_guide_shows_what_the_guide_says(walk: Walk, picture: Picture) -> None:
    walk.page.set_viewport_size({"width": WIDTH, "height": picture.height})
    walk.open(address_of(walk, picture))
    if picture.draft:
        walk.page.set_input_files("input[name=file]", DRAFTS / picture.draft)
        walk.page.click("text=Check it")
        walk.page.wait_for_selector("#results article")
    text = walk.page.inner_text("main").lower()
    assert [words for words in picture.seen if words.lower() not in text] == []
    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        walk.page.evaluate("document.activeElement.blur()")
        if picture.first:
            walk.page.locator(picture.first).evaluate("one => window.scrollTo(0, one.offsetTop - 16)")
        walk.page.screenshot(path=Path(folder) / f"{picture.name}.webp", type="webp", quality=42)


def test_the_guide_shows_every_picture_and_they_are_small() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf8")
    kept = {path.stem: path.stat().st_size for path in KEPT.glob("*")}
    assert sorted(kept) == sorted(picture.name for picture in PICTURES)
    assert [name for name in kept if f"](screenshots/{name}.webp)" not in guide] == []
    assert max(kept.values()) <= LARGEST
    assert sum(kept.values()) <= ALL_TOGETHER
