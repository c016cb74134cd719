"""The stance model: a small encoder over clue, source, cue and content, and one attention over the pieces for every label.

A label's logit is read off the states that this label attends to (Mullenbach et al., 2018), so the attention of the label that wins tells
which words decided. Two more numbers a piece: whether it is an event that is told, and how factual (-3 to 3) it is.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from onrecord.resolve.stance_pieces import CLUES
from small_encoder import WIDTH, Encoder, Sizes
from stance_data import LABELS

PER_PIECE = 2  # whether an event, how factual
SHIPPED = Sizes(layers=4, heads=12, inner=1536, places=80, marks=CLUES)


class Outcome(NamedTuple):
    """`logits` (B, labels), `attention` (B, T, labels), `event` and `factuality` (B, T)."""

    logits: Tensor
    attention: Tensor
    event: Tensor
    factuality: Tensor


class StanceModel(nn.Module):
    """Encoder, label-wise attention, and what each piece tells."""

    def __init__(self, vocabulary: int, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, sizes)
        self.pieces = nn.Linear(WIDTH, len(LABELS) + PER_PIECE)
        self.values = nn.Linear(WIDTH, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor) -> Outcome:
        states = self.encoder(ids, mask)
        scores, event, factuality = self.pieces(states).split((len(LABELS), 1, 1), -1)
        attention = torch.softmax(scores.masked_fill(mask[..., None] == 0, -1e4), 1)
        logits = (attention * nn.functional.linear(states, self.values.weight)).sum(1) + self.values.bias
        return Outcome(logits, attention, event.squeeze(-1), factuality.squeeze(-1))
