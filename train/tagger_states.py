"""The tagger's states of word pieces, as its encoder gives them while it reads: what the stance model is built on.

    python train/tagger_states.py build/stance/lessons.npz --tagger build/stance/encoder.onnx --out build/stance/states.npy

The command asks the shipped file itself, in eight bits, which must give its `layers` (`export_stance.py`); `states` asks the network that
the file came from, on a GPU where there is one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.sessions import session
from onrecord.annotate.windows import Window, windows
from shipped_weights import Shipped
from small_encoder import START, WIDTH, Encoder, Sizes

END = 102
WINDOW, OVERLAP = 254, 48
TAGGER = Sizes(layers=6, heads=12, inner=1536, places=512, marks=0)


class Cut(NamedTuple):
    """A window of the text that starts at piece `start` of all."""

    start: int
    window: Window

    @property
    def kept(self) -> slice:
        """Its part of all pieces."""
        return slice(self.start + self.window.keep_start, self.start + self.window.keep_end)

    @property
    def inside(self) -> slice:
        """That part in the window, behind the first mark."""
        return slice(self.window.keep_start - self.window.start + 1, self.window.keep_end - self.window.start + 1)


def cuts(lengths: Sequence[int]) -> Iterator[Cut]:
    """The windows of texts that lie one after the other."""
    starts = [0, *np.cumsum(lengths)[:-1].tolist()]
    for start, length in zip(starts, lengths, strict=True):
        yield from (Cut(start, window) for window in windows(length, WINDOW, OVERLAP))


def tagger_encoder(path: Path) -> Encoder:
    """The encoder of the shipped file, ready to be asked."""
    held = Shipped(path)
    model = Encoder(len(held.array("words.int8")), TAGGER)
    model.load_state_dict(held.encoder(TAGGER.layers))
    return model.eval()


@torch.no_grad()
def states(model: Encoder, ids: Tensor, lengths: Sequence[int], layers: Sequence[int], size: int = 64) -> Tensor:
    """(N, WIDTH * layers) in half precision: of every piece of texts one after the other the states behind these layers, counted from 1."""
    found = torch.zeros(len(ids), WIDTH * len(layers), dtype=torch.half, device=ids.device)
    order = sorted(cuts(lengths), key=lambda one: one.window.end - one.window.start)
    for begin in range(0, len(order), size):
        some = order[begin : begin + size]
        longest = max(one.window.end - one.window.start for one in some) + 2
        given, mask = (torch.zeros(len(some), longest, dtype=torch.long, device=ids.device) for _ in range(2))
        for row, (start, window) in enumerate(some):
            length = window.end - window.start
            given[row, 0], given[row, length + 1] = START, END
            given[row, 1 : length + 1] = ids[start + window.start : start + window.end]
            mask[row, : length + 2] = 1
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            read = torch.cat(_behind(model, given, mask, layers), -1).half()
        for row, one in enumerate(some):
            found[one.kept] = read[row, one.inside]
    return found


def _behind(model: Encoder, ids: Tensor, mask: Tensor, layers: Sequence[int]) -> list[Tensor]:
    x = model.norm(model.words(ids) + model.places.weight[: ids.shape[1]])
    found = {}
    for number, layer in enumerate(model.layers[: max(layers)], 1):
        x = layer(x, mask)
        found[number] = x
    return [found[number] for number in layers]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("lessons", type=Path)
    asked.add_argument("--tagger", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    with np.load(given.lessons) as held:
        ids, lengths = held["ids"].astype(np.int64), held["lengths"].tolist()
    encoder = session(given.tagger)
    width = int(encoder.get_outputs()[-1].shape[-1])
    found = np.lib.format.open_memmap(given.out, "w+", np.float16, (len(ids), width))
    for one in cuts(lengths):
        pieces = ids[one.start + one.window.start : one.start + one.window.end]
        (read,) = encoder.run(["layers"], {"ids": np.concatenate(([START], pieces, [END]))[None]})
        found[one.kept] = read[0, one.inside]
    found.flush()


if __name__ == "__main__":
    main()
