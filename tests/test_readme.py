"""What the README shows works as shown, and the first result stands near its top."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
PYTHON = [body for language, body in BLOCKS if language == "python"]
COMMANDS = [line for language, body in BLOCKS if language == "sh" for line in body.splitlines() if ".venv/bin/onrecord" in line]


def test_the_first_result_stands_by_line_25() -> None:
    assert "make demo" in "\n".join(README.splitlines()[:25])


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_the_readme_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Mara Quill" in done.stdout


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands in for `news.db`; the commands of the README follow each other in it."""
    return tmp_path_factory.mktemp("readme") / "news.db"


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_runs(line: str, ledger: Path) -> None:
    command = line.replace(".venv/bin/onrecord", f"{shlex.quote(sys.executable)} -m onrecord").replace("news.db", shlex.quote(str(ledger)))
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "4 added" in done.stderr if " add " in line else re.search("Brandt|Quill", done.stdout)


def test_every_command_was_found() -> None:
    assert len(PYTHON) == 1
    assert len(COMMANDS) == 5


def test_linked_files_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target
