"""The options of how news is read, the same for every command that reads some; the settings of the same names hold else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_Command = Callable[..., Any]

jobs_option = click.option("--jobs", type=int, metavar="NUMBER", help="Processes to read with. Default: 1.")
probability_option = click.option(
    "--min-probability", type=float, metavar="NUMBER", help="Only statements and links this probable. Default: 0.5."
)
_OF_DOCUMENTS = (
    click.option("--date", metavar="YYYY-MM-DD", help="The creation time of every document, before all that it says itself."),
    click.option("--publisher", metavar="NAME", help="The publisher of every document, before all that it says itself."),
    click.option("--language", metavar="CODE", help="The language of every document, such as en. Default: told by the text."),
)
_OF_THE_WEB = (
    click.option("--follow", is_flag=True, default=None, help="Fetch and read the pages behind the entries of feeds."),
    click.option("--allow-private", is_flag=True, default=None, help="Fetch from this machine and this network too."),
)


def web_options(command: _Command) -> _Command:
    """Adds the options of what is fetched."""
    return _with(command, _OF_THE_WEB)


def reading_options(command: _Command) -> _Command:
    """Adds all options of reading."""
    return _with(command, (*_OF_DOCUMENTS, probability_option, jobs_option, *_OF_THE_WEB))


def _with(command: _Command, options: tuple[Callable[[_Command], _Command], ...]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command
