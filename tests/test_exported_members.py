"""What `import onrecord` offers is what it says it offers."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import onrecord


def test_everything_named_is_there_and_sorted() -> None:
    assert sorted(onrecord.__all__) == list(onrecord.__all__)
    assert [name for name in onrecord.__all__ if not hasattr(onrecord, name)] == []


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf8"))["project"]
    assert onrecord.__version__ == project["version"]


def test_importing_loads_no_model_and_no_runtime() -> None:
    code = "import sys, onrecord; print([m for m in ('onnxruntime', 'tokenizers', 'numpy', 'rich') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
