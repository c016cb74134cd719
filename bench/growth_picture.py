"""How something grows with the size of a ledger, as a picture with both axes logarithmic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def plots() -> Any:
    """What draws: pictures in SVG that are the same for the same figures, with words that stay words."""
    import matplotlib as mpl  # noqa: PLC0415  # only for the picture

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    mpl.rcParams.update({"svg.hashsalt": "onrecord", "svg.fonttype": "none", "font.family": "sans-serif"})
    return plt


def draw(sizes: Sequence[int], curves: Mapping[str, Sequence[float]], aims: Mapping[float, str], ylabel: str, path: Path) -> None:
    """Draws a curve a name over the sizes, and a dotted line for each aim."""
    plt = plots()
    lowest = 1 if min(value for values in curves.values() for value in values) >= 1 else 0.1
    figure, axes = plt.subplots(figsize=(7, 4))
    for name, values in curves.items():
        axes.plot(sizes, values, marker="o", label=name)
        for size, value in zip(sizes, values, strict=True):
            axes.annotate(
                f"{value:.0f}" if value >= 2 else f"{value:.1f}",
                (size, value),
                textcoords="offset points",
                xytext=(0, 6),
                ha="center",
                fontsize=8,
            )
    for aim, told in aims.items():
        axes.axhline(aim, color="grey", linestyle=":", label=told)
    axes.set(xscale="log", yscale="log", xlabel="statements in the ledger", ylabel=ylabel, ylim=(lowest, 1000))
    axes.grid(which="major", alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
