"""The site builds without a warning, has every page, leads nowhere that is not there, and loads nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest
from lxml import html

from onrecord.cli import main
from onrecord.errors import CODES

pytest.importorskip("sphinx", reason="the site needs the packages of the extra docs")

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ["index", "commands", "http-api", "python", "figures", "contributing", "changelog", "search"]
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "srcset", "object": "data", "embed": "src"}
FETCHED = re.compile(r"""url\(\s*["']?(?:https?:)?//|@import""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built anew."""
    target = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, str(ROOT / "docs" / "site" / "make_site.py"), str(target)]
    done = subprocess.run(command, cwd=target.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target


@pytest.fixture(scope="module")
def trees(site: Path) -> dict[Path, html.HtmlElement]:
    """Every page of the site."""
    return {path: html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def text(trees: dict[Path, html.HtmlElement]) -> str:
    """What all pages say."""
    return "\n".join(tree.find(".//article").text_content() for tree in trees.values() if tree.find(".//article") is not None)


def leading(trees: dict[Path, html.HtmlElement]) -> Iterator[tuple[Path, str]]:
    """Every address that a page names, with the page."""
    for path, tree in trees.items():
        for one in tree.iter():
            for name in ("href", "src", "srcset", "data"):
                if address := one.get(name):
                    yield path, address


def test_every_page_is_there(trees: dict[Path, html.HtmlElement], site: Path) -> None:
    pages = [path.stem for path in (ROOT / "docs").glob("*.md")]
    models = [f"models/{card.parent.name}" for card in ROOT.glob("src/onrecord/weights/*/CARD.md")]
    assert [name for name in WRITTEN + pages + models if site / f"{name}.html" not in trees] == []
    front = {site / urlsplit(one.get("href", "")).path for one in trees[site / "index.html"].iter("a")}
    assert [name for name in WRITTEN[1:-1] + pages + models if site / f"{name}.html" not in front] == []


def test_every_address_inside_the_site_leads_somewhere(trees: dict[Path, html.HtmlElement]) -> None:
    names = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    lost = []
    for path, address in leading(trees):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
        if not target.is_file() or (parts.fragment and target in names and unquote(parts.fragment) not in names[target]):
            lost.append(f"{path.name}: {address}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(trees: dict[Path, html.HtmlElement], site: Path) -> None:
    loaded = [one.get(LOADED[one.tag], "") for tree in trees.values() for one in tree.iter(*LOADED)]
    assert len(loaded) > len(trees)
    assert [address for address in loaded if urlsplit(address).netloc or urlsplit(address).scheme not in ("", "data")] == []
    styles = {path: path.read_text(encoding="utf8") for path in site.rglob("*.css")}
    styles |= {path: "\n".join(tree.xpath("//style/text()")) for path, tree in trees.items()}
    assert [path.name for path, style in styles.items() if FETCHED.search(style)] == []


def commands(group: click.Group, *before: str) -> Iterator[str]:
    """Every command and those below it."""
    for name, command in group.commands.items():
        yield " ".join([*before, name])
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)


def test_every_command_error_code_and_path_of_the_api_is_told_of(text: str) -> None:
    from fastapi import FastAPI  # noqa: PLC0415  # the extra serve

    from onrecord.serve.routes import api_check, api_links, api_readings, api_speakers, api_statements  # noqa: PLC0415

    app = FastAPI()
    for one in (api_statements, api_links, api_speakers, api_readings, api_check):
        app.include_router(one.router, prefix="/api/v1")
    wanted = [f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods]
    assert len(wanted) > 20
    wanted += [f"onrecord {name}" for name in commands(main)] + list(CODES)
    assert [one for one in wanted if one not in text] == []


def test_the_guide_shows_its_pictures(trees: dict[Path, html.HtmlElement], site: Path) -> None:
    shown = [Path(one.get("src", "")).name for one in trees[site / "guide.html"].iter("img")]
    assert sorted(set(shown)) == sorted(path.name for path in (ROOT / "docs" / "screenshots").iterdir())
    assert [one.get("src") for tree in trees.values() for one in tree.iter("img") if not one.get("alt")] == []
