"""The tagger: a BERT-like encoder, a cue tagger, and an argument tagger that looks at the text once for every cue.

The argument tagger is a small transformer over the encoder's states (projected to `width` numbers a piece) with the cue
marked; a linear-chain CRF gives the source and content of that cue. So linking needs no second model: what belongs
together comes out together.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

TAGS = 7  # outside, begin and inside of source, cue, content
ARGUMENTS = 5  # outside, begin and inside of source, content
WIDTH = 128  # of the argument tagger that ships
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
    """Linear-chain CRF (Lafferty 2001) whose forbidden transitions cost FORBIDDEN.

    A chain of L positions is written as the scores of its first tag, (N, K), and of each of its L - 1 moves, (N, L - 1, K, K).
    What is wanted may be one path or a belief over paths: the chance of every first tag and every move. The loss is the cross
    entropy between the two distributions over whole paths, less a constant.
    """

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

    def chain(self, emissions: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """`emissions` (N, L, K), `inside` (N, L) booleans -> scores of first tags and moves; moves outside change nothing."""
        first, transitions = self.scores()
        moves = transitions + emissions[:, 1:, None, :]
        still = FORBIDDEN * (1 - torch.eye(transitions.shape[0], device=emissions.device))
        return first + emissions[:, 0], torch.where(inside[:, 1:, None, None], moves, still)

    def loss(self, emissions: Tensor, inside: Tensor, wanted_first: Tensor, wanted_moves: Tensor) -> Tensor:
        """(N,) cross entropies; `wanted_moves` (N, L - 1, K, K) may hold anything at positions outside."""
        first, moves = self.chain(emissions, inside)
        count = inside[:, 1:, None, None]
        score = (wanted_first * first).sum(1) + torch.where(count, wanted_moves * moves, 0.0).sum((1, 2, 3))
        return log_partition(first, moves) - score

    @torch.enable_grad()
    def beliefs(self, emissions: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """The chance of every first tag, (N, K), and of every move, (N, L - 1, K, K): derivatives of the log partition."""
        first, moves = (part.detach().requires_grad_() for part in self.chain(emissions.detach(), inside))
        return torch.autograd.grad(log_partition(first, moves).sum(), (first, moves))


def log_partition(first: Tensor, moves: Tensor) -> Tensor:
    """(N,) log of the sum over all paths; neighbouring moves are joined two by two, so a chain of L takes log L steps."""
    still = FORBIDDEN * (1 - torch.eye(first.shape[1], device=first.device))
    while moves.shape[1] > 1:
        if moves.shape[1] % 2:
            moves = torch.cat((moves, still.expand(moves.shape[0], 1, -1, -1)), 1)
        moves = torch.logsumexp(moves[:, ::2, :, :, None] + moves[:, 1::2, None, :, :], 3)
    last = torch.logsumexp(first[:, :, None] + moves[:, 0], 1) if moves.shape[1] else first
    return torch.logsumexp(last, 1)


def path_beliefs(tags: Tensor) -> tuple[Tensor, Tensor]:
    """One path of tags, (N, L), as a belief: all on its first tag and on its moves."""
    one = nn.functional.one_hot(tags, ARGUMENTS).float()
    return one[:, 0], one[:, :-1, :, None] * one[:, 1:, None, :]


class Attending(nn.Module):
    """One transformer layer with a bias of each head toward distances from the cue."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(width, 3 * width)
        self.bias = nn.Embedding(DISTANCES, HEADS)
        self.out = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width)
        self.norm_2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, distance: Tensor, mask: Tensor) -> Tensor:
        count, length, width = x.shape
        q, k, v = self.query_key_value(self.drop(x)).view(count, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // HEADS) ** -0.5
        scores = scores + self.bias(distance).permute(0, 2, 1)[:, :, None, :] + (1 - mask)[:, None, None, :] * FORBIDDEN
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(count, length, width)
        x = self.norm_1(x + self.drop(self.out(mixed)))
        return self.norm_2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class ArgumentTagger(nn.Module):
    """(C, L, width) states around C cues -> (C, L, ARGUMENTS) emissions and (C,) logits that the cue is one."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, width)
        self.cue = nn.Linear(width, width)
        self.layers = nn.ModuleList(Attending(width) for _ in range(layers))
        self.emit = nn.Linear(width, ARGUMENTS)
        self.real = nn.Linear(2 * width, 1)

    def forward(self, states: Tensor, distance: Tensor, cue_weights: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`distance` (C, L): bucket of each piece; `cue_weights` (C, L): 1 / length on the pieces of the cue; `mask` (C, L)."""
        about = (cue_weights[:, None, :] @ states)[:, 0]
        x = states + self.distance(distance) + self.cue(about)[:, None]
        for layer in self.layers:
            x = layer(x, distance, mask)
        after = (cue_weights[:, None, :] @ x)[:, 0]
        return self.emit(x), self.real(torch.cat((after, about), -1))[:, 0]


def bucket(offset: Tensor) -> Tensor:
    """Signed distance in pieces -> 0 .. DISTANCES-1: exact to 10, then by logarithm to 200."""
    size = offset.abs().float()
    log = 10 + (torch.log(size.clamp(min=10) / 10) / 3.0 * 20).floor().clamp(max=20)
    near = torch.where(size < 10, size, log).long()
    return torch.where(offset < 0, 32 - near, 32 + near).clamp(0, DISTANCES - 1)


class Tagger(nn.Module):
    def __init__(self, encoder: PreTrainedModel, ids: Tensor, width: int = WIDTH, head_layers: int = 1) -> None:
        """`ids` (V,): the encoder's number of every piece of BERT's vocabulary."""
        super().__init__()
        self.encoder = encoder
        self.register_buffer("ids", ids, persistent=False)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(encoder.config.hidden_size, TAGS)
        self.project = nn.Linear(encoder.config.hidden_size, width)
        self.arguments = ArgumentTagger(width, head_layers)
        self.crf = Crf(ARGUMENTS)

    def encode(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T) -> tag logits (B, T, TAGS) and projected states (B, T, width)."""
        states = self.drop(self.encoder(input_ids=self.ids[ids], attention_mask=mask).last_hidden_state)
        return self.tags(states), self.project(states)
