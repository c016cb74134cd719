"""Builds the site: `python docs/site/make_site.py [FOLDER]`. Without a folder it goes to build/site.

The pages are the Markdown files of the project, at their places in `sources.py`, and those made from the code: commands and HTTP API. Every
warning is an error, a link that leads nowhere among them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import build_main

from commands import commands_page
from http_api import api_page
from sources import GENERATED, ROOT, WRITTEN_HERE, places, staged

HERE = Path(__file__).resolve().parent
MADE = {"commands.md": commands_page, "http-api.md": api_page}


def lay_out(folder: Path) -> None:
    """Puts the sources of all pages into the folder, in which their links hold."""
    where = places()
    for source, target in where.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(staged(source, where, folder), encoding="utf8")
    for name in WRITTEN_HERE:
        shutil.copy(HERE / name, folder / name)
    for name in GENERATED:
        (folder / name).write_text(MADE[name](), encoding="utf8")


def build(target: Path) -> int:
    """Builds the site anew and gives the exit status: 0 only where there was nothing to warn of."""
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="onrecord-site-") as made:
        source = Path(made) / "source"
        source.mkdir()
        lay_out(source)
        options = ["-q", "-W", "--keep-going", "-n", "-b", "html", "-c", str(HERE), "-d", str(Path(made) / "doctrees")]
        status = build_main([*options, str(source), str(target)])
    (target / ".buildinfo").unlink(missing_ok=True)
    return status


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"))
