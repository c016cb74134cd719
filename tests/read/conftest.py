"""Makes `tests` importable, and reads hostile files in both ways."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Reads paths with the library and with the command, which have to agree; the working folder is empty."""
    from tests.read.hostile import reading_twice  # noqa: PLC0415  # after the path is set

    return reading_twice(monkeypatch, tmp_path)
