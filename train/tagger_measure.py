"""How good a checkpoint is before it is exported: PolNeAR dev, with probabilities fitted on the articles held out of train.

    python train/tagger_measure.py build/tagger/teacher-1.pt [MORE.pt ...]

Several checkpoints are measured one by one. What the record's own rules add behind the tagger is not in these figures.
"""

from __future__ import annotations

import argparse
import importlib.util
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from calibrate_tagger import PLAIN, fitted, rows
from export_tagger import settings
from onrecord.annotate.attributions import spans_of
from onrecord.annotate.chosen import Kept, chosen
from onrecord.annotate.tagger import Calibration, Tagger
from onrecord.annotate.tokenise import Tokeniser, Tokens
from onrecord.data import Spans
from tagger import saved_tagger
from tagger_bases import here, minilm_folder
from tagger_data import articles
from tagger_model import Tagger as Trained
from tagger_pack import split


class Asked(Tagger):
    """A trained tagger that is asked like the shipped one."""

    def __init__(self, model: Trained) -> None:
        self._model, self._device = model.to(here()), here()

    @cached_property
    def tokeniser(self) -> Tokeniser:
        return Tokeniser(minilm_folder() / "tokenizer.json")

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return settings(self._model)

    @cached_property
    def _encoder(self) -> Any:
        return _Session(self._encoded)

    @cached_property
    def _arguments(self) -> Any:
        return _Session(self._argued_of)

    def _encoded(self, inputs: dict[str, torch.Tensor]) -> list[torch.Tensor]:
        logits, states = self._model.encode(inputs["ids"], torch.ones_like(inputs["ids"]))
        logs = torch.log_softmax(logits.float(), -1)
        outside = torch.logsumexp(logs[..., [0, 1, 2, 5, 6]], -1, keepdim=True)
        return [torch.cat((outside, logs[..., 3:5]), -1), states.float(), states[..., :0].float()]

    def _argued_of(self, inputs: dict[str, torch.Tensor]) -> list[torch.Tensor]:
        emissions, real = self._model.arguments(*(inputs[key] for key in ("states", "distance", "cue_weights", "mask")))
        return [emissions.float(), real.float()]


class _Session:
    """Looks like an onnxruntime session."""

    def __init__(self, call: Any) -> None:
        self._call = call

    @torch.no_grad()
    def run(self, _names: list[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        return [one.cpu().numpy() for one in self._call({key: torch.from_numpy(value).to(here()) for key, value in inputs.items()})]


def scorer(shared: Path) -> ModuleType:
    """The module that scores attributions, from beside the data."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared.parent / "eval/score_attribution.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared.parent}/eval/score_attribution.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spans(tokens: Tokens, one: Kept) -> dict[str, Spans]:
    return {
        "source": spans_of(tokens, one.frame.sources),
        "cue": spans_of(tokens, [one.frame.cue]),
        "content": spans_of(tokens, one.contents),
    }


def measured(path: Path, shared: Path) -> str:
    model = saved_tagger(path, Path("build/bases"), Tokeniser(minilm_folder() / "tokenizer.json"))
    asked = Asked(model)
    _, held_out = split(shared / "polnear/train.jsonl.gz")
    weights = fitted(np.array([row for one in held_out for row in rows(one, asked)], float))
    calibration = Calibration(*(float(w) for w in weights))
    gold, rated = [], {}
    for one in articles(shared / "polnear/dev.jsonl.gz"):
        gold.append((one["name"], one["text"], one["attributions"]))
        seen = asked.seen(one["text"])
        tokens = seen.tokens
        kept = chosen((PLAIN.probability(f), f) for f in asked.frames(seen) if f.contents)
        rated[one["name"]] = [(calibration.probability(k.frame), spans(tokens, k)) for k in kept if k.host is None]
    module, out = scorer(shared), []
    for least in (0.5, 0.4, 0.3):
        found = module.figures(module.score(gold, {n: [s for p, s in some if p >= least] for n, some in rated.items()}))
        shown = "  ".join(f"{key} {found[key]['f1']:.3f}" for key in ("span source", "span cue", "span content", "attribution", "exact"))
        out.append(f"{path.stem}  >= {least}  {shown}  (P {found['attribution']['precision']:.3f} R {found['attribution']['recall']:.3f})")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    args = parser.parse_args()
    for path in args.checkpoints:
        print(measured(path, args.shared), flush=True)


if __name__ == "__main__":
    main()
