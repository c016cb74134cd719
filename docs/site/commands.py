"""The page of all commands, each in one line, from the commands themselves. What they take stands in docs/reference.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
from mdit_py_plugins.anchors.index import slugify

from onrecord.cli import main
from sources import ROOT

_HEAD = """# Commands

What each command does, in one line; the name leads to all that it takes. `onrecord COMMAND --help` prints it in a terminal.

| Command | Does |
| --- | --- |
"""


def commands_page() -> str:
    """The page, as Markdown."""
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf8")
    sections = {found[1]: slugify(found[0][3:].replace("`", "")) for found in re.finditer(r"^## `onrecord ([a-z]+).*$", text, re.MULTILINE)}
    rows = [f"| [`onrecord {' '.join(names)}`](reference.md#{sections[names[0]]}) | {told} |" for names, told in _told(main)]
    return _HEAD + "\n".join(rows) + "\n"


def _told(group: click.Group, *before: str) -> Iterator[tuple[list[str], str]]:
    """Every command below the group, with the first sentence of its help."""
    for name, command in group.commands.items():
        yield [*before, name], command.get_short_help_str(200).replace("|", "\\|")
        if isinstance(command, click.Group):
            yield from _told(command, *before, name)
