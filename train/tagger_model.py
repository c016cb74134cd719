"""The tagger: a BERT encoder, a cue tagger, and an argument tagger that looks at the text once for every cue.

The argument tagger is a small transformer over the encoder's states (projected to 128 numbers a piece) with the cue
marked; a linear-chain CRF gives the source and content of that cue. So linking needs no second model: what belongs
together comes out together.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

TAGS = 7  # outside, begin and inside of source, cue, content
ARGUMENTS = 5  # outside, begin and inside of source, content
WIDTH = 128
HEADS = 4
DISTANCES = 64  # buckets of signed distance from the cue
NEAR = (64, 96)  # pieces before and after the cue that the argument tagger looks at first
FAR = (128, 240)  # ... and where the content runs out of those
FORBIDDEN = -10000.0


def allowed_transitions(tags: int) -> Tensor:
    """(tags, tags): inside tags (even numbers) follow only their own begin or inside."""
    allowed = torch.ones(tags, tags)
    for inside in range(2, tags, 2):
        allowed[:, inside] = 0
        allowed[inside, inside] = allowed[inside - 1, inside] = 1
    return allowed


class Crf(nn.Module):
    """Linear-chain CRF (Lafferty 2001) whose forbidden transitions cost FORBIDDEN."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.first = nn.Parameter(torch.zeros(tags))
        self.register_buffer("mask", (1 - allowed_transitions(tags)) * FORBIDDEN)
        first = torch.zeros(tags)
        first[2::2] = FORBIDDEN
        self.register_buffer("first_mask", first)

    def scores(self) -> tuple[Tensor, Tensor]:
        return self.first + self.first_mask, self.transitions + self.mask

    def forward(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log likelihood, (N,), of `tags` (N, L) under `emissions` (N, L, K); positions from `lengths` on are ignored."""
        first, transitions = self.scores()
        steps = torch.arange(emissions.shape[1])
        inside = steps[None] < lengths[:, None]
        gold = torch.gather(emissions, 2, tags[..., None])[..., 0] * inside
        moves = transitions[tags[:, :-1], tags[:, 1:]] * inside[:, 1:]
        path = gold.sum(1) + moves.sum(1) + first[tags[:, 0]]
        alpha = emissions[:, 0] + first
        for step in range(1, emissions.shape[1]):
            moved = torch.logsumexp(alpha[:, :, None] + transitions, 1) + emissions[:, step]
            alpha = torch.where(inside[:, step, None], moved, alpha)
        return torch.logsumexp(alpha, 1) - path


class ArgumentTagger(nn.Module):
    """(C, L, WIDTH) states around C cues -> (C, L, ARGUMENTS) emissions and (C,) logits that the cue is one."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.cue = nn.Linear(WIDTH, WIDTH)
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.bias = nn.Embedding(DISTANCES, HEADS)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)
        self.emit = nn.Linear(WIDTH, ARGUMENTS)
        self.real = nn.Linear(2 * WIDTH, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, distance: Tensor, cue_weights: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`distance` (C, L): bucket of each piece; `cue_weights` (C, L): 1 / length on the pieces of the cue; `mask` (C, L)."""
        count, length, _ = states.shape
        about = torch.einsum("cl,clw->cw", cue_weights, states)
        x = states + self.distance(distance) + self.cue(about)[:, None]
        q, k, v = self.query_key_value(self.drop(x)).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
        scores = scores + self.bias(distance).permute(0, 2, 1)[:, :, None, :] + (1 - mask)[:, None, None, :] * FORBIDDEN
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(count, length, WIDTH)
        x = self.norm_1(x + self.drop(self.out(mixed)))
        x = self.norm_2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
        after = torch.einsum("cl,clw->cw", cue_weights, x)
        return self.emit(x), self.real(torch.cat((after, about), -1))[:, 0]


def bucket(offset: Tensor) -> Tensor:
    """Signed distance in pieces -> 0 .. DISTANCES-1: exact to 10, then by logarithm to 200."""
    size = offset.abs().float()
    log = 10 + (torch.log(size.clamp(min=10) / 10) / 3.0 * 20).floor().clamp(max=20)
    near = torch.where(size < 10, size, log).long()
    return torch.where(offset < 0, 32 - near, 32 + near).clamp(0, DISTANCES - 1)


class Tagger(nn.Module):
    def __init__(self, encoder: PreTrainedModel, ids: Tensor) -> None:
        """`ids` (V,): the encoder's number of every piece of BERT's vocabulary."""
        super().__init__()
        self.encoder = encoder
        self.register_buffer("ids", ids, persistent=False)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(encoder.config.hidden_size, TAGS)
        self.project = nn.Linear(encoder.config.hidden_size, WIDTH)
        self.arguments = ArgumentTagger()
        self.crf = Crf(ARGUMENTS)

    def encode(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T) -> tag logits (B, T, TAGS) and projected states (B, T, WIDTH)."""
        states = self.drop(self.encoder(input_ids=self.ids[ids], attention_mask=mask).last_hidden_state)
        return self.tags(states), self.project(states)


def crops(
    states: Tensor, cues: list[tuple[int, int, int]], lengths: list[int], reach: tuple[int, int]
) -> tuple[Tensor, Tensor, Tensor, Tensor, list[tuple[int, int]]]:
    """States around each cue (row, start, end): padded states, distance buckets, cue weights, mask, and the ranges taken."""
    ranges = [(max(0, s - reach[0]), min(lengths[b], e + reach[1])) for b, s, e in cues]
    longest = max(hi - lo for lo, hi in ranges)
    padded = states.new_zeros(len(cues), longest, states.shape[-1])
    offset = torch.zeros(len(cues), longest, dtype=torch.long)
    weights, mask = torch.zeros(len(cues), longest), torch.zeros(len(cues), longest)
    steps = torch.arange(longest)
    for i, ((b, s, e), (lo, hi)) in enumerate(zip(cues, ranges, strict=True)):
        padded[i, : hi - lo] = states[b, lo:hi]
        place = steps + lo
        offset[i] = torch.where(place < s, place - s, torch.where(place >= e, place - e + 1, torch.zeros_like(place)))
        weights[i, s - lo : e - lo] = 1 / (e - s)
        mask[i, : hi - lo] = 1
    return padded, bucket(offset), weights, mask, ranges
