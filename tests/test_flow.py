"""The one-way flow: a stage imports the values, the errors, the settings and the stages before it, and nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "onrecord"
BASE = ("data", "errors", "settings")
FLOW = ("read", "annotate", "resolve", "record", "link", "find", "export", "pipeline", "run", "api", "serve", "cli")


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_stages(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("onrecord.")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if stage_of(path) not in ("__init__", "__main__"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_only_what_lies_before_it(path: Path) -> None:
    mine = stage_of(path)
    allowed = set(BASE) if mine in BASE else {*BASE, *FLOW[: FLOW.index(mine) + 1]}
    assert imported_stages(path) <= allowed


def test_every_stage_is_in_the_flow() -> None:
    assert {stage_of(path) for path in MODULES} <= {*BASE, *FLOW}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "helpers", "common", "misc")]
