"""A load on the desk as a picture: how long answers took over the minutes, and what memory the desk had."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from growth_picture import plots

SLICE_SECONDS = 15.0


def draw_load(at: Sequence[tuple[float, float]], memory: Sequence[tuple[float, float, float]], aim: float, path: Path) -> None:
    """Draws median and p95 of every quarter of a minute from (second, milliseconds), and memory from (second, MiB, own MiB)."""
    plt = plots()
    figure, (times, used) = plt.subplots(2, 1, figsize=(7, 5), sharex=True)
    answers, kept = np.array(at, float), np.array(memory, float)
    slices = (answers[:, 0] // SLICE_SECONDS).astype(int)
    minutes = [(number + 0.5) * SLICE_SECONDS / 60 for number in np.unique(slices)]
    for share, name in ((95, "95 of 100 are faster (p95)"), (50, "median")):
        times.plot(minutes, [np.percentile(answers[slices == number, 1], share) for number in np.unique(slices)], label=name)
    times.axhline(aim, color="grey", linestyle=":", label=f"{aim:.0f} ms")
    times.set(ylabel="milliseconds an answer", ylim=(0, None))
    for column, name in ((1, "with mapped files"), (2, "its own")):
        used.plot(kept[:, 0] / 60, kept[:, column], label=name)
    used.set(xlabel="minutes", ylabel="MiB of the desk", ylim=(0, None))
    for axes in (times, used):
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
