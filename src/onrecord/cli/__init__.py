"""The commands: what a reporter does, one file a command."""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.cli.add import add as add_command
from onrecord.cli.alerts import alerts as alerts_command
from onrecord.cli.ask import ask as ask_command
from onrecord.cli.backup import backup as backup_command
from onrecord.cli.backup import restore as restore_command
from onrecord.cli.check import check as check_command
from onrecord.cli.conflicts import conflicts as conflicts_command
from onrecord.cli.correct import correct as correct_command
from onrecord.cli.events import events as events_command
from onrecord.cli.export import export as export_command
from onrecord.cli.judgements import judgements as judgements_command
from onrecord.cli.link import link as link_command
from onrecord.cli.links import links as links_command
from onrecord.cli.load import load as load_command
from onrecord.cli.people import people as people_command
from onrecord.cli.positions import positions as positions_command
from onrecord.cli.read import read as read_command
from onrecord.cli.remove import remove as remove_command
from onrecord.cli.reread import reread as reread_command
from onrecord.cli.review import review as review_command
from onrecord.cli.serve import serve as serve_command
from onrecord.cli.serve import token as token_command
from onrecord.cli.show import show as show_command
from onrecord.cli.timeline import timeline as timeline_command
from onrecord.cli.upgrade import upgrade as upgrade_command
from onrecord.cli.verify import verify as verify_command
from onrecord.cli.versions import versions as versions_command
from onrecord.cli.watch import watch as watch_command
from onrecord.cli.wordings import wordings as wordings_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="onrecord %(version)s", help="Print the version and stop.")
def main() -> None:
    """Read news and keep the record: who said what, when, through whom, with which stance."""


main.add_command(read_command)
main.add_command(add_command)
main.add_command(load_command)
main.add_command(ask_command)
main.add_command(alerts_command)
main.add_command(watch_command)
main.add_command(correct_command)
main.add_command(judgements_command)
main.add_command(reread_command)
main.add_command(versions_command)
main.add_command(events_command)
main.add_command(people_command)
main.add_command(link_command)
main.add_command(links_command)
main.add_command(conflicts_command)
main.add_command(review_command)
main.add_command(wordings_command)
main.add_command(check_command)
main.add_command(positions_command)
main.add_command(export_command)
main.add_command(show_command)
main.add_command(timeline_command)
main.add_command(serve_command)
main.add_command(token_command)
main.add_command(verify_command)
main.add_command(backup_command)
main.add_command(restore_command)
main.add_command(remove_command)
main.add_command(upgrade_command)
