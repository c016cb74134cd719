"""The files of the shipped models: where they lie, that they are there, and the digest by which a model is known.

paths = present(weights_folder("stance"), ("stance.onnx",))
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from onrecord.errors import WeightsError


def weights_folder(model: str) -> Path:
    """Where the package keeps the files of a model."""
    return Path(str(files("onrecord"))) / "weights" / model


def present(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """The files of these names in the folder, none of which is read.

    Raises:
        WeightsError: one is missing.
    """
    paths = tuple(folder / name for name in names)
    for path in paths:
        if not path.is_file():
            raise WeightsError(f"{path} is missing: install onrecord again", path=str(path))
    return paths


def digest(paths: Iterable[Path]) -> str:
    """Hexadecimal SHA-256 over all that the files hold, in order."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()
