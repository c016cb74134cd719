"""The networks that read two statements side by side: the small one that ships, and the large one that teaches it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from pairs_lessons import Batch, Shape
from small_encoder import WIDTH, Encoder, Sizes
from tagger_bases import ids_of, mpnet_of

VOCABULARY = Path(__file__).resolve().parents[1] / "src/onrecord/weights/tagger/tokenizer.json"
OPPOSED = 2
SMOOTHING = 0.03


class Words(nn.Module):
    """Embeddings of which only those of the marks, which follow the vocabulary, are learnt."""

    known: Tensor

    def __init__(self, known: Tensor, marks: Tensor) -> None:
        super().__init__()
        self.register_buffer("known", known)
        self.marks = nn.Parameter(marks)

    def forward(self, ids: Tensor) -> Tensor:
        first = len(self.known)
        words = nn.functional.embedding(ids.clamp(max=first - 1), self.known)
        marks = nn.functional.embedding((ids - first).clamp(min=0), self.marks)
        return torch.where((ids < first)[..., None], words, marks)


class ReadingModel(nn.Module):
    """ids, mask (B, T) -> logits (B, 3) of nothing, the same, opposed."""

    def __init__(self, vocabulary: int, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, sizes)
        self.dense = nn.Linear(WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, 3)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        first = self.encoder(ids, mask)[:, 0]
        logits: Tensor = self.head(self.drop(torch.tanh(self.dense(first))))
        return logits

    def heads(self) -> list[nn.Parameter]:
        """What starts from nothing."""
        return [*self.dense.parameters(), *self.head.parameters()]

    def keep_words(self, vocabulary: int) -> None:
        """Of the embeddings only those of the marks are learnt from here on."""
        words = self.encoder.words.weight.detach()
        setattr(self.encoder, "words", Words(words[:vocabulary].clone(), words[vocabulary:].clone()))  # noqa: B010  # another class


def whole_sizes(shape: Shape) -> Sizes:
    """All of MiniLM-L6."""
    return Sizes(layers=6, heads=12, inner=1536, places=shape.longest, marks=shape.marks)


class Teacher(nn.Module):
    """The same on MPNet, which reads the same pieces under other numbers."""

    numbers: Tensor

    def __init__(self, shape: Shape, folders: list[Path], layers: int = 0) -> None:
        super().__init__()
        self.encoder, folder = mpnet_of(folders, layers)
        words: Tensor = self.encoder.get_input_embeddings().state_dict()["weight"].detach()
        start = ids_of("mpnet", folder, {"[CLS]": 0})[0]
        self.encoder.set_input_embeddings(Words(words, words[start] + 0.02 * torch.randn(shape.marks, words.shape[1])))
        pieces = json.loads(VOCABULARY.read_text(encoding="utf8"))["model"]["vocab"]
        marks = len(words) + torch.arange(shape.marks)
        self.register_buffer("numbers", torch.cat((ids_of("mpnet", folder, pieces), marks)), persistent=False)
        width = words.shape[1]
        self.dense, self.head, self.drop = nn.Linear(width, width), nn.Linear(width, 3), nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        first = self.encoder(input_ids=self.numbers[ids], attention_mask=mask.long()).last_hidden_state[:, 0]
        logits: Tensor = self.head(self.drop(torch.tanh(self.dense(first))))
        return logits

    def heads(self) -> list[nn.Parameter]:
        """What starts from nothing."""
        return [*self.dense.parameters(), *self.head.parameters()]


def logits_of(model: nn.Module, given: Batch) -> Tensor:
    """(B, 3), as numbers of full length."""
    with torch.autocast(given.ids.device.type, torch.bfloat16):
        found: Tensor = model(given.ids, given.mask)
    return found.float()


def label_losses(logits: Tensor, wanted: Tensor) -> Tensor:
    """(B,) cross entropy; where only a contradiction is known to be none, minus the log of all the rest; 0 where nothing is known."""
    logs = torch.log_softmax(logits, 1)
    picked = logs.gather(1, wanted.clamp(min=0)[:, None]).squeeze(1)
    known = -(1 - SMOOTHING) * picked - SMOOTHING * logs.mean(1)
    rest = -torch.logsumexp(logs[:, :OPPOSED], 1)
    return torch.where(wanted >= 0, known, torch.where(wanted == -1, rest, torch.zeros_like(rest)))


def whole_state(model: ReadingModel) -> dict[str, Tensor]:
    """The weights under the names that they have before `keep_words`."""
    state = model.state_dict()
    known, marks = state.pop("encoder.words.known"), state.pop("encoder.words.marks")
    return {"encoder.words.weight": torch.cat((known, marks)), **state}


def save(model: ReadingModel, sizes: Sizes, out: Path) -> None:
    """Writes a checkpoint of the small model."""
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"state": {name: value.cpu() for name, value in whole_state(model).items()}, "sizes": asdict(sizes)}, out)
