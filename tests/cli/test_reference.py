"""docs/reference.md names every option, setting and output field, and its examples run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from onrecord.cli import main
from onrecord.export.schema import schema
from onrecord.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf8")


def test_every_command_and_option_is_told_of() -> None:
    for name, command in main.commands.items():
        assert f"## `onrecord {name}" in REFERENCE
        options = [option for one in command.params if isinstance(one, click.Option) for option in one.opts]
        assert [option for option in options if f"`{option}" not in REFERENCE] == []


def test_every_setting_is_told_of_with_its_default_and_its_variable() -> None:
    for field in fields(Settings):
        is_count = isinstance(field.default, int) and not isinstance(field.default, bool)
        shown = "" if field.default is None else f"{field.default:,}" if is_count else str(field.default).lower()
        assert f"| `{field.name}` | `ONRECORD_{field.name.upper()}` | {shown} |" in REFERENCE


def keys(part: Any) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(keys, part)) if part else set()
    if not isinstance(part, dict):
        return set()
    own = set(part["properties"]) if isinstance(part.get("properties"), dict) else set()
    return own.union(*map(keys, part.values()))


def test_every_output_field_is_told_of() -> None:
    assert sorted(key for key in keys(schema()) if f"`{key}`" not in REFERENCE) == []


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", REFERENCE, re.DOTALL))
def test_the_examples_of_input_are_read(run: Callable[..., Result], example: str) -> None:
    result = run("read", "-", input=json.dumps(json.loads(example)))
    assert result.exit_code == 0
    assert result.stderr == ""
