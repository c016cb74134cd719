"""The stance models: who reads a statement's pieces, and one attention over them for every label.

A label's logit is read off the states that this label attends to (Mullenbach et al., 2018), so the attention of the label that wins tells
which words decided. Two more numbers a piece: whether it is an event that is told, and how factual (-3 to 3) it is.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from small_encoder import Layer, Sizes

LABELS, CLUES, ROLES = 12, 37, 4
PER_PIECE = 2  # whether an event, how factual
CLUELESS = 0.1  # how often the clue is taken away while learning


class Outcome(NamedTuple):
    """`logits` (B, LABELS), `attention` (B, 1 + T, LABELS), `event` and `factuality` (B, 1 + T): the clue stands first."""

    logits: Tensor
    attention: Tensor
    event: Tensor
    factuality: Tensor


class Heads(nn.Module):
    """states (B, T, width), mask (B, T) -> Outcome."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.pieces = nn.Linear(width, LABELS + PER_PIECE)
        self.values = nn.Linear(width, LABELS)

    def forward(self, states: Tensor, mask: Tensor) -> Outcome:
        scores, event, factuality = self.pieces(states).split((LABELS, 1, 1), -1)
        attention = torch.softmax(scores.masked_fill(~mask[..., None], -1e4), 1)
        logits = (attention * nn.functional.linear(states, self.values.weight)).sum(1) + self.values.bias
        return Outcome(logits, attention, event.squeeze(-1), factuality.squeeze(-1))


class StanceModel(nn.Module):
    """The tagger's states of a statement's pieces -> Outcome: a projection, some layers, the heads."""

    def __init__(self, given: int, sizes: Sizes) -> None:
        """`given`: numbers a state; `sizes`: of the layers, whose width they are projected to."""
        super().__init__()
        self.project = nn.Linear(given, sizes.width)
        self.roles, self.clues = nn.Embedding(ROLES, sizes.width), nn.Embedding(CLUES, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, 1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.heads = Heads(sizes.width)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, roles: Tensor, mask: Tensor, clue: Tensor) -> Outcome:
        """(B, T, given), (B, T), (B, T), (B,)."""
        x = torch.cat((self.clues(clue)[:, None], self.project(states) + self.roles(roles)), 1)
        x = self.drop(self.norm(x))
        mask = torch.cat((torch.ones_like(mask[:, :1]), mask), 1)
        for layer in self.layers:
            x = layer(x, mask)
        return self.heads(x.float(), mask)


class Teacher(nn.Module):
    """The text around a statement, with the roles of its pieces -> Outcome: a large encoder, the heads over the statement's own pieces."""

    def __init__(self, encoder: PreTrainedModel, ids: Tensor, start: int) -> None:
        """`ids` (V,): the encoder's number of every piece of BERT's vocabulary; `start`: that of its first mark."""
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.register_buffer("ids", ids, persistent=False)
        self.start = start
        self.roles, self.clues = nn.Embedding(ROLES, width), nn.Embedding(CLUES, width)
        nn.init.normal_(self.roles.weight, std=0.02)
        nn.init.normal_(self.clues.weight, std=0.02)
        self.heads = Heads(width)

    def forward(self, ids: Tensor, roles: Tensor, mask: Tensor, clue: Tensor) -> Outcome:
        """(B, T) each, (B,)."""
        embed = self.encoder.get_input_embeddings()
        first = embed(torch.full_like(clue, self.start)) + self.clues(clue)
        x = torch.cat((first[:, None], embed(self.ids[ids]) + self.roles(roles)), 1)
        whole = torch.cat((torch.ones_like(mask[:, :1]), mask), 1)
        states = self.encoder(inputs_embeds=x, attention_mask=whole.long()).last_hidden_state
        own = torch.cat((torch.ones_like(mask[:, :1]), mask & (roles > 0)), 1)
        return self.heads(states.float(), own)


def without_some_clues(clue: Tensor) -> Tensor:
    """The clues, some taken away, so that the words count."""
    return torch.where(torch.rand(clue.shape, device=clue.device) < CLUELESS, torch.zeros_like(clue), clue)
