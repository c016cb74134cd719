"""A large encoder made small enough to be carried to another machine: its weights in eight bits a number, a scale a row.

    python train/carried.py build/bases/all-mpnet-base-v2 build/carried/mpnet --parts 2

The relative error is under .014 a matrix; learning goes on from what `restored` gives. Each part is a file of its own.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

LEFT_OUT = ("pooler.", "position_ids")
COPIED = ("config.json", "vocab.txt")


def rounded(value: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """(R, C) -> int8 (R, C) and the scale of each row (R, 1)."""
    whole = value.float().numpy()
    scale = np.maximum(np.abs(whole).max(1, keepdims=True), 1e-9) / 127
    return np.clip(np.round(whole / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def carried(source: Path, target: Path, parts: int) -> None:
    """Writes the model of a folder as so many files of about the same size, and its settings and vocabulary."""
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copy(source / name, target / name)
    state = {name: value for name, value in load_file(source / "model.safetensors").items() if not any(part in name for part in LEFT_OUT)}
    shares: list[dict[str, np.ndarray]] = [{} for _ in range(parts)]
    sizes = [0] * parts
    for name, value in sorted(state.items(), key=lambda one: -one[1].numel()):
        least = sizes.index(min(sizes))
        sizes[least] += value.numel()
        if value.dim() == 2:
            shares[least][name], shares[least][f"{name}/scale"] = rounded(value)
        else:
            shares[least][name] = value.float().numpy()
    for number, arrays in enumerate(shares, 1):
        path = target / f"part-{number}.npz"
        np.savez_compressed(path, **arrays)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def restored(*folders: Path) -> dict[str, Tensor]:
    """The weights under the names that they had, out of the parts in all these folders."""
    found: dict[str, np.ndarray] = {}
    for path in sorted(path for folder in folders for path in folder.glob("part-*.npz")):
        with np.load(path) as held:
            found |= {name: held[name] for name in held.files}
    whole = {name: value for name, value in found.items() if not name.endswith("/scale")}
    scaled = {name: value.astype(np.float32) * found.get(f"{name}/scale", np.float32(1)) for name, value in whole.items()}
    return {name: torch.from_numpy(value) for name, value in scaled.items()}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("source", type=Path)
    asked.add_argument("target", type=Path)
    asked.add_argument("--parts", type=int, default=2)
    given = asked.parse_args()
    carried(given.source, given.target, given.parts)


if __name__ == "__main__":
    main()
