"""The commands of the guide run as written, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf8")
COMMANDS = [line for body in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in body.splitlines() if line.startswith("onrecord ")]
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands in for the folder `build`; the commands of the guide follow each other in it."""
    return tmp_path_factory.mktemp("build")


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_guide_runs(line: str, build: Path) -> None:
    words = [re.sub(r"^build/", f"{build}/", word) for word in shlex.split(line)[1:]]
    done = subprocess.run([sys.executable, "-m", "onrecord", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or list(build.iterdir())


def test_the_guide_has_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf8")):
        assert (page.parent / target).is_file(), target
