"""The invented stories of `examples/announced`: their events.json holds, and the shipped model finds nearly all events."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.data import EventStatus

ROOT = Path(__file__).resolve().parents[1]
STORIES = sorted(path for path in (ROOT / "examples" / "announced").iterdir() if path.is_dir())


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.name)
def test_every_passage_stands_in_its_article_once(story: Path) -> None:
    gold: list[dict[str, Any]] = json.loads((story / "events.json").read_text(encoding="utf8"))["events"]
    for told in (told for event in gold for told in event["told"]):
        text = (story / f"{told['document']}.txt").read_text(encoding="utf8")
        assert [text.count(words) for words in told["words"]] == [1] * len(told["words"])
        assert EventStatus(told["status"])


@pytest.mark.slow
def test_the_figures_are_at_or_above_their_floors() -> None:
    done = subprocess.run([sys.executable, ROOT / "evals" / "events.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "every figure is at or above its floor")
