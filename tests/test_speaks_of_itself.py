"""The project speaks of itself alone, and reaches for data outside it only where that is said."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAY_NAME_SHARED = ("evals", "train", "bench")
TEXTS = (".py", ".md", ".toml", ".txt", ".tsv", ".json", ".sh", "")


def tracked_texts() -> list[Path]:
    skipped = {".git", ".venv", "build", "dist", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
    return [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and p.suffix in TEXTS and not skipped & set(p.relative_to(ROOT).parts) and p.stat().st_size < 400_000
    ]


def test_data_outside_the_project_is_named_only_where_it_is_measured_or_learnt_from() -> None:
    outside = re.compile(r"\.\./shared|ONRECORD_SHARED")
    found = [
        str(p.relative_to(ROOT))
        for p in tracked_texts()
        if p.relative_to(ROOT).parts[0] not in MAY_NAME_SHARED
        and p.name != Path(__file__).name
        and outside.search(p.read_text(encoding="utf8", errors="replace"))
    ]
    assert found == []


def test_python_files_stay_small() -> None:
    sizes = sorted(len(p.read_text(encoding="utf8").splitlines()) for p in (ROOT / "src").rglob("*.py"))
    assert sizes[len(sizes) // 2] <= 120
    assert sizes[len(sizes) * 9 // 10] <= 300
    assert sizes[-1] <= 350
