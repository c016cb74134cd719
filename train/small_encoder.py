"""A BERT-like encoder made from MiniLM: of its first layers the heads and inner neurons with the largest weights, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEAD = 384, 32
START = 101  # [CLS] of the vocabulary
AS_IN_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm_1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm_2": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Layers, heads of 32 numbers a layer, inner neurons a layer; the longest text in pieces, marks that follow the vocabulary, numbers a
    state."""

    layers: int
    heads: int
    inner: int
    places: int
    marks: int
    width: int = WIDTH


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        inside = sizes.heads * HEAD
        self.query, self.key, self.value = (nn.Linear(sizes.width, inside) for _ in range(3))
        self.out, self.norm_1 = nn.Linear(inside, sizes.width), nn.LayerNorm(sizes.width, 1e-12)
        self.up, self.down = nn.Linear(sizes.width, sizes.inner), nn.Linear(sizes.inner, sizes.width)
        self.norm_2 = nn.LayerNorm(sizes.width, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        count, length, _ = x.shape
        query, key, value = (part(x).view(count, length, self.heads, HEAD).transpose(1, 2) for part in (self.query, self.key, self.value))
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, mask[:, None, None, :].bool())
        x = self.norm_1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(count, length, -1))))
        return self.norm_2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """ids, mask (B, T) -> states (B, T, WIDTH)."""

    def __init__(self, vocabulary: int, sizes: Sizes) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary + sizes.marks, WIDTH)
        self.places = nn.Embedding(sizes.places, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        return x.float()

    @torch.no_grad()
    def begin(self, base: Path) -> None:
        """Takes MiniLM's embeddings and layers, thinned; marks begin near the start mark."""
        held = load_file(base / "model.safetensors")
        words = held["embeddings.word_embeddings.weight"]
        marks = len(self.words.weight) - len(words)
        self.words.weight[: len(words)] = words
        self.words.weight[len(words) :] = words[START] + 0.02 * torch.randn(marks, WIDTH)
        places = held["embeddings.position_embeddings.weight"] + held["embeddings.token_type_embeddings.weight"][0]
        self.places.weight.copy_(places[: len(self.places.weight)])
        _copied(self.norm, held, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            _thinned(layer, held, f"encoder.layer.{number}.")

    def bert_names(self) -> dict[str, Tensor]:
        """The weights under the names that BERT's have, for the export."""
        state, out = self.state_dict(), dict[str, Tensor]()
        before = "encoder.embeddings."
        out[f"{before}word_embeddings.weight"] = state["words.weight"]
        out[f"{before}position_embeddings.weight"] = state["places.weight"]
        out[f"{before}token_type_embeddings.weight"] = torch.zeros(1, WIDTH)
        for part in ("weight", "bias"):
            out[f"{before}LayerNorm.{part}"] = state[f"norm.{part}"]
        return out | layers_as_in_bert(state, len(self.layers))


def layers_as_in_bert(state: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights of `layers.N`, under the names that BERT's have."""
    return {
        f"encoder.encoder.layer.{number}.{theirs}.{part}": state[f"layers.{number}.{ours}.{part}"]
        for number in range(layers)
        for ours, theirs in AS_IN_BERT.items()
        for part in ("weight", "bias")
    }


def _copied(norm: nn.LayerNorm, held: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(held[f"{name}.weight"])
    norm.bias.copy_(held[f"{name}.bias"])


def _thinned(layer: nn.Module, held: dict[str, Tensor], name: str) -> None:
    value, out = held[f"{name}attention.self.value.weight"], held[f"{name}attention.output.dense.weight"]
    strength = value.view(-1, HEAD, WIDTH).norm(dim=(1, 2)) * out.view(WIDTH, -1, HEAD).norm(dim=(0, 2))
    heads = strength.topk(layer.heads).indices.sort().values
    rows = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
    for part in ("query", "key", "value"):
        getattr(layer, part).weight.copy_(held[f"{name}attention.self.{part}.weight"][rows])
        getattr(layer, part).bias.copy_(held[f"{name}attention.self.{part}.bias"][rows])
    layer.out.weight.copy_(out[:, rows])
    layer.out.bias.copy_(held[f"{name}attention.output.dense.bias"])
    up, down = held[f"{name}intermediate.dense.weight"], held[f"{name}output.dense.weight"]
    kept = (up.norm(dim=1) * down.norm(dim=0)).topk(layer.up.out_features).indices.sort().values
    layer.up.weight.copy_(up[kept])
    layer.up.bias.copy_(held[f"{name}intermediate.dense.bias"][kept])
    layer.down.weight.copy_(down[:, kept])
    layer.down.bias.copy_(held[f"{name}output.dense.bias"])
    _copied(layer.norm_1, held, f"{name}attention.output.LayerNorm")
    _copied(layer.norm_2, held, f"{name}output.LayerNorm")
