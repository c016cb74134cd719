"""Pictures (SVG) of what the ledger holds, one look for the desk and for reports: `stances` by day, and `ties` between speakers.

A picture is laid out in Python, and drawn by the template beside it, which escapes every word. It has no style and no script of its own:
`static/pictures.css` colours it, by the colours that its page names (`--good`, `--bad`, `--mild`, `--grey`, `--line`, `--soft`, `--ink`,
`--paper`, `--focus`). No colour says what a form, a line or a word does not say too, and each picture has its data as a table.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, FileSystemLoader
from rich.cells import cell_len, set_cell_size

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def loader() -> BaseLoader:
    """Finds the templates of the pictures."""
    return FileSystemLoader(FOLDER)


def style() -> str:
    """The style sheet of the pictures."""
    return (STATIC / "pictures.css").read_text(encoding="utf8")


def short(name: str, most: int) -> str:
    """The name, cut to so many columns of a terminal, which is about how wide letters of any script are drawn."""
    if cell_len(name) <= most:
        return name
    return set_cell_size(name, most - 1).rstrip() + "…"
