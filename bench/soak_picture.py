"""The memory of programs over time, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from process_memory import Sample


def draw(samples: Sequence[Sample], path: Path) -> None:
    """Draws two curves for each program over the minutes: all that it has in memory, and what no file holds."""
    import matplotlib as mpl  # noqa: PLC0415  # only for the picture

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    mpl.rcParams.update({"svg.hashsalt": "onrecord", "svg.fonttype": "none", "font.family": "sans-serif"})
    figure, axes = plt.subplots(figsize=(7, 4))
    minutes = [one.minutes for one in samples]
    for name in samples[0].held:
        (curve,) = axes.plot(minutes, [one.held[name].all for one in samples], label=f"{name}, all")
        own = [one.held[name].anonymous for one in samples]
        axes.plot(minutes, own, linestyle="--", color=curve.get_color(), label=f"{name}, its own")
    axes.set(xlabel="minutes", ylabel="megabytes in memory, processes below included", ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
