"""What the small reader learnt, as two files of sixteen bits a number -> its checkpoint, for `export_pairs.py`.

    python train/pairs_parts.py build/pairs/parts --out build/pairs/model.pt

The embeddings of the vocabulary, which are not learnt, are taken from what it began with.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from shipped_weights import pairs_state, weights_of
from small_encoder import Sizes

SHIPPED = Path(__file__).resolve().parents[1] / "src/onrecord/weights/pairs/pairs.onnx"
WORDS = "encoder.words.weight"


def write_parts(state: dict[str, Tensor], sizes: Sizes, folder: Path) -> None:
    """Writes all but the embeddings of the vocabulary, in two files of about the same size."""
    folder.mkdir(parents=True, exist_ok=True)
    learnt = {name: (value[-sizes.marks :] if name == WORDS else value).half().cpu().clone() for name, value in state.items()}
    shares: list[dict[str, Tensor]] = [{}, {}]
    for name, value in sorted(learnt.items(), key=lambda one: -one[1].numel()):
        min(shares, key=lambda some: sum(one.numel() for one in some.values()))[name] = value
    for number, share in enumerate(shares, 1):
        path = folder / f"learnt-{number}.pt"
        torch.save({"state": share, "sizes": asdict(sizes)}, path)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB", flush=True)


def joined(folder: Path, start: Path) -> dict[str, Any]:
    """The whole checkpoint."""
    parts = [torch.load(path, map_location="cpu", weights_only=True) for path in sorted(folder.glob("learnt-*.pt"))]
    state = {name: value.float() for part in parts for name, value in part["state"].items()}
    sizes = parts[0]["sizes"]
    words = weights_of(start, sizes["layers"], pairs_state)[WORDS]
    return {"state": state | {WORDS: torch.cat((words[: -sizes["marks"]], state[WORDS]))}, "sizes": sizes}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--from", dest="start", type=Path, default=SHIPPED, help="what it began with")
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    torch.save(joined(given.folder, given.start), given.out)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
