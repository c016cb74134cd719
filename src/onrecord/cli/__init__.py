"""The commands: what a reporter does, one file a command."""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.cli.read import read as read_command
from onrecord.cli.watch import watch as watch_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="onrecord %(version)s", help="Print the version and stop.")
def main() -> None:
    """Read news and keep the record: who said what, when, through whom, with which stance."""


main.add_command(read_command)
main.add_command(watch_command)
