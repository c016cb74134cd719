"""The models' runtime keeps to itself what it is used for."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/onrecord"
USE = """
import os
from onrecord.resolve.stance_model import shipped
shipped()._session
fds = [os.path.join("/proc/self/fd", one) for one in os.listdir("/proc/self/fd")]
print(*[os.readlink(one) for one in fds if os.path.islink(one)], sep="\\n")
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at open files in Linux's /proc")
def test_a_model_that_is_used_leaves_no_report_of_it_anywhere(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    given = [sys.executable, "-c", USE]
    result = subprocess.run(given, env=environment | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=True, timeout=120)
    assert "onnxruntime.db" not in result.stdout
    assert not any(tmp_path.rglob("*"))


def test_the_runtime_is_imported_in_one_place() -> None:
    def imports(path: Path) -> bool:
        for one in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            names = [each.name for each in one.names] if isinstance(one, ast.Import) else []
            names += [one.module or ""] if isinstance(one, ast.ImportFrom) else []
            if "onnxruntime" in names:
                return True
        return False

    assert [path.name for path in SOURCE.rglob("*.py") if imports(path)] == ["sessions.py"]
