"""A real browser checks a draft: pasted and uploaded, with scripts and without, kept as a file, for every eye and every width.

With ONRECORD_SCREENSHOTS=FOLDER it leaves pictures there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.run.fake_reader import FakeReader
from tests.serve.asking import WRITER
from tests.serve.browsing import Walk, browser, listening
from tests.serve.quoting import DRAFT, VERDICTS, add_quotations

from onrecord.serve.app import make_app
from onrecord.serve.desk import DeskOptions, open_desk
from onrecord.serve.tokens import TokenFile

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
WITHOUT_SCRIPTS = ("wide", "light", False)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a desk on papers that quote answers."""
    folder = tmp_path_factory.mktemp("quotes")
    options = DeskOptions(add_quotations(str(folder / "quotes.db")), make_reader=FakeReader, meaning=None)
    failures: list[str] = []
    with listening(make_app(open_desk(options, TokenFile(folder / "tokens.json", (WRITER[0],))), failures.append)) as found:
        yield found
    assert failures == []


@pytest.fixture
def walk(request: pytest.FixtureRequest, chromium: Any, address: str) -> Iterator[Walk]:
    """A browser of the size and with the colours that the test asks for."""
    size, colours, scripts = getattr(request, "param", ("wide", "light", True))
    width, height = SIZES[size]
    with ExitStack() as stack:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours, java_script_enabled=scripts)
        stack.callback(context.close)
        found = Walk(context, address)
        yield found
        assert found.complaints == []


def told(walk: Walk) -> list[str]:
    walk.page.wait_for_selector("#results article")
    return [one.removeprefix("! ").removeprefix("✓ ").replace(" ", "_") for one in walk.page.locator(".verdict").all_inner_texts()]


@pytest.mark.parametrize("walk", [("wide", "light", True), ("phone", "dark", True)], indirect=True, ids=["wide", "phone-dark"])
def test_a_checked_draft_is_without_a_complaint_of_the_console_or_of_axe(walk: Walk, request: pytest.FixtureRequest) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    walk.open("/check")
    walk.page.evaluate("window.stays = true")
    walk.page.fill("textarea", DRAFT)
    walk.page.click("text=Check it")
    assert told(walk) == [verdict for _, verdict, _ in VERDICTS]
    assert walk.page.evaluate("window.stays") is True
    found = Axe().run(walk.page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    width = walk.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        walk.page.screenshot(path=Path(folder) / f"{request.node.callspec.id}-check.png", full_page=True)
    walk.page.locator("#results article a:has-text('in context')").first.click()
    walk.page.wait_for_url("**/statements/*")


def test_a_file_is_checked_and_its_result_kept_without_choosing_it_again(walk: Walk, tmp_path: Path) -> None:
    draft = tmp_path / "ferries.md"
    draft.write_text(DRAFT, encoding="utf8")
    walk.open("/check")
    walk.page.set_input_files("input[name=file]", draft)
    walk.page.click("text=Check it")
    assert told(walk) == [verdict for _, verdict, _ in VERDICTS]
    with walk.page.expect_download() as kept:
        walk.page.click("text=JSON Lines")
    lines = Path(kept.value.path()).read_text(encoding="utf8").splitlines()
    assert [(one["file"], one["verdict"]) for one in map(json.loads, lines)] == [("ferries.md", verdict) for _, verdict, _ in VERDICTS]
    with walk.page.expect_download() as kept:
        walk.page.click("text=SARIF")
    assert kept.value.suggested_filename == "check.sarif"
    assert json.loads(Path(kept.value.path()).read_text(encoding="utf8"))["version"] == "2.1.0"


def test_what_is_wrong_is_told_where_the_result_would_stand(walk: Walk) -> None:
    walk.open("/check")
    walk.page.click("text=Check it")
    walk.page.wait_for_selector("#results .problem")
    walk.complaints.remove("Failed to load resource: the server responded with a status of 400 (Bad Request)")
    walk.page.fill("textarea", DRAFT)
    walk.page.click("text=Check it")
    assert len(told(walk)) == len(VERDICTS)
    assert walk.page.locator(".problem").count() == 0


@pytest.mark.parametrize("walk", [WITHOUT_SCRIPTS], indirect=True)
def test_a_draft_is_checked_without_scripts(walk: Walk) -> None:
    walk.open("/check")
    walk.page.fill("textarea", DRAFT)
    walk.page.focus("textarea")
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Enter")
    assert told(walk) == [verdict for _, verdict, _ in VERDICTS]
    assert walk.page.input_value("textarea") == DRAFT
    assert walk.page.url.endswith("/check#results")
