"""The memory of a process and of all that it started, as Linux tells it in /proc: a page that several mappings show counts once (PSS)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

_KILOBYTES = 1024


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes in memory; `anonymous` are those that no file holds as well."""

    all: float = 0.0
    anonymous: float = 0.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What each process held after so many minutes."""

    minutes: float
    held: Mapping[str, Held]

    def row(self) -> dict[str, float]:
        """As JSON keeps it."""
        values = {f"{name} {kind}": getattr(one, kind) for name, one in self.held.items() for kind in ("all", "anonymous")}
        return {"minutes": self.minutes, **values}


def memory_of(pid: int) -> Held:
    """The memory of the process and its descendants; none of one that has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return Held()
    told = {
        name: int(rest.split()[0]) / _KILOBYTES for name, _, rest in (one.partition(":") for one in lines) if name in ("Pss", "Pss_Anon")
    }
    below = [memory_of(child) for child in children]
    return Held(told.get("Pss", 0.0) + sum(one.all for one in below), told.get("Pss_Anon", 0.0) + sum(one.anonymous for one in below))


def slope(minutes: Sequence[float], values: Sequence[float]) -> float:
    """Megabytes a minute, by least squares."""
    return linear_regression(minutes, values).slope if len(set(minutes)) > 1 else 0.0
