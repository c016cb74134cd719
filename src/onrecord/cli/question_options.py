"""The options that say which statements answer, for every command that asks or saves a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from onrecord.data import Stance

_STANCES = click.Choice([one.value for one in Stance])
_OPTIONS = (
    click.option("--by", metavar="NAME", help="Who said it: a name, a surname or a key."),
    click.option("--stance", "stances", multiple=True, type=_STANCES, help="Any of these; may be repeated."),
    click.option("--since", metavar="DAY", help="Said on this day or later; 2031-03 and 2031 work too."),
    click.option("--until", metavar="DAY", help="Said on this day or before."),
    click.option("--as-of", metavar="DAY", help="Only what was published by that day."),
    click.option("--publisher", metavar="NAME", help="Who published it."),
    click.option("--without-copies", is_flag=True, help="What stands in copies of one text, in many outlets, once."),
    click.option("--hypothetical", is_flag=True, help="Words that nobody said, too."),
)


def question_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command; it takes them as keywords, by their names in `Question`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
