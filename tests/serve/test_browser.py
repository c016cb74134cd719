"""A real browser walks every page: no error in its console, nothing that axe-core finds serious, and what is clicked is done.

With ONRECORD_SCREENSHOTS=FOLDER it leaves a picture of each page there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.find.affair import MATTER, NO, NO_AGAIN
from tests.find.invented import MARA, add, article
from tests.serve.asking import Asker
from tests.serve.browsing import PATIENCE, Walk, browser, listening
from tests.serve.walk import pages_of

from onrecord.record.ledger import open_ledger
from onrecord.serve.app import make_app
from onrecord.serve.desk import open_desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture
def walk(request: pytest.FixtureRequest, chromium: Any, affair: str, desk: Asker) -> Iterator[Walk]:
    """A browser of the size and with the colours that the test asks for."""
    size, colours, scripts = getattr(request, "param", ("wide", "light", True))
    width, height = SIZES[size]
    served = open_desk(desk.client.app.state.desk.options, desk.client.app.state.desk.tokens)  # type: ignore[attr-defined]
    failures: list[str] = []
    with ExitStack() as stack:
        address = stack.enter_context(listening(make_app(served, failures.append)))
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours, java_script_enabled=scripts)
        stack.callback(context.close)
        found = Walk(context, address)
        yield found
        assert found.complaints == []
    assert failures == []


@pytest.mark.parametrize("walk", [("wide", "light", True), ("phone", "dark", True)], indirect=True, ids=["wide", "phone-dark"])
def test_every_page_opens_without_a_complaint_of_the_console_or_of_axe(walk: Walk, desk: Asker, request: pytest.FixtureRequest) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    axe = Axe()
    walk.sign_in()
    for path in pages_of(desk):
        walk.open(path)
        found = axe.run(walk.page).response["violations"]
        serious = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], path
        width = walk.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{path} is wider than the window"
        picture(walk, f"{request.node.callspec.id}-{path}")


def test_a_search_filters_without_loading_the_page_anew(walk: Walk) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415  # only where there is a browser

    walk.open("/")
    walk.page.evaluate("window.stays = true")
    walk.page.fill("input[name=q]", "guards")
    walk.page.fill("input[name=by]", "Mara Quill")
    walk.page.select_option("select[name=stance]", "refuses")
    expect(walk.page.locator("#results blockquote")).to_have_count(2, timeout=PATIENCE)
    assert set(walk.page.locator("#results blockquote").all_inner_texts()) == {NO, NO_AGAIN}
    assert walk.page.evaluate("window.stays") is True
    assert "stance=refuses" in walk.page.url


def test_a_conflict_is_judged_where_it_stands(walk: Walk, desk: Asker) -> None:
    walk.sign_in()
    walk.open("/conflicts")
    card = walk.page.locator("article.link").first
    name = str(card.get_attribute("id"))
    card.locator("input[name=note]").fill("another bridge")
    card.locator("button[value=rejected]").click()
    walk.page.wait_for_selector(f"#{name} .decision.rejected")
    assert walk.page.url.endswith("/conflicts")
    judged = desk.json(f"/links/{name.removeprefix('link-')}")["judgement"]
    assert (judged["decision"], judged["made_by"], judged["note"]) == ("rejected", "Ida Brook", "another bridge")


def test_focus_shows_the_record_of_a_statement_and_the_keyboard_gets_there(walk: Walk, desk: Asker) -> None:
    document = desk.json("/statements?publisher=Gazette")["items"][0]["document_id"]
    walk.open(f"/documents/{document}")
    walk.page.focus("a.reach")
    assert walk.page.locator("#card-s1.lit").count() == 1
    assert walk.page.locator(".piece.lit").count() >= 2
    walk.page.keyboard.press("Enter")
    assert walk.page.url.endswith("#card-s1")
    walk.open("/")
    walk.page.keyboard.press("Tab")


def test_a_search_is_saved_its_news_seen_and_marked(walk: Walk, affair: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # only where there is a browser

    walk.sign_in()
    walk.open("/")
    walk.page.fill("input[name=q]", "guards bridge")
    walk.page.press("input[name=q]", "Enter")
    walk.page.wait_for_selector("form.save input[type=hidden][value='guards bridge']", state="attached")
    walk.page.fill("form.save input[name=name]", "Guards")
    walk.page.click("form.save button")
    walk.page.wait_for_url(re.compile("/alerts$"))
    assert "0 new statements" in walk.page.inner_text("main")
    with open_ledger(affair) as ledger:
        add(ledger, article("newer", "2031-04-01", (MARA, "the guards are at the bridge")))
    walk.page.click("main th a")
    walk.page.wait_for_selector("blockquote:has-text('the guards are at the bridge')")
    found = [one["id"] for one in Axe().run(walk.page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert found == []
    walk.page.click("button:has-text('Mark as seen')")
    walk.page.wait_for_selector("main:has-text('0 new statements')")
    walk.page.click("button:has-text('End')")
    walk.page.wait_for_selector("main:has-text('No search is saved')")


@pytest.mark.parametrize("walk", [("wide", "light", False)], indirect=True)
def test_everything_works_without_scripts(walk: Walk) -> None:
    walk.sign_in()
    walk.open("/")
    walk.page.fill("input[name=q]", "guards")
    walk.page.click("form.search button")
    walk.page.wait_for_selector("#results blockquote")
    walk.open("/conflicts")
    walk.page.locator("article.link button[value=accepted]").first.click()
    walk.page.wait_for_selector(".decision.accepted")
    walk.open("/read")
    walk.page.fill("textarea", "Mara Quill said the ferry would sail on Friday.")
    walk.page.click("main button:has-text('Read it')")
    walk.page.wait_for_selector(".article .piece.content")


def picture(walk: Walk, name: str) -> None:
    """Leaves a picture of the page where some are wanted."""
    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        walk.page.screenshot(path=Path(folder) / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')[:60]}.png", full_page=True)


def test_the_matter_has_its_chart(walk: Walk) -> None:
    walk.open(f"/matter?about={quote(MATTER)}")
    mark = walk.page.locator(".stances a.mark").first
    mark.click()
    walk.page.wait_for_url(re.compile("/statements/"))


@pytest.mark.parametrize("walk", [("wide", "light", True), ("phone", "dark", True)], indirect=True, ids=["wide", "phone-dark"])
def test_the_picture_of_a_document_can_be_read_and_its_arrows_lead_to_links(walk: Walk, desk: Asker) -> None:
    document = desk.json("/statements?publisher=Gazette")["items"][0]["document_id"]
    walk.open(f"/documents/{document}")
    labels = walk.page.locator("svg.ties a.tie text")
    assert sorted(labels.all_text_contents()) == ["agrees", "revises"]
    boxes = [one.bounding_box() for one in walk.page.locator("svg.ties text").all()]
    assert all(box is not None and box["height"] > 11 for box in boxes), "letters are too small"
    names = [(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]) for one in boxes if one]
    for place, (left, top, right, bottom) in enumerate(names):
        for other_left, other_top, other_right, other_bottom in names[:place]:
            apart = right <= other_left + 1 or other_right <= left + 1 or bottom <= other_top + 2 or other_bottom <= top + 2
            assert apart, "words lie on each other"
    lines = walk.page.eval_on_selector_all("svg.ties .way", "all => all.map(one => getComputedStyle(one).strokeDasharray)")
    assert len(set(lines)) == 2
    walk.page.locator("svg.ties a.tie text", has_text="revises").click()
    walk.page.wait_for_url(re.compile("/links/"))
