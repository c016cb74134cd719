"""The published JSON Schema of one line of `--format jsonl` (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema() -> dict[str, Any]:
    """The schema of one record."""
    text = (files("onrecord.export") / "record.schema.json").read_text(encoding="utf8")
    return dict(json.loads(text))
