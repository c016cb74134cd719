"""`onrecord alerts`: searches that are saved, and what is new of each since somebody saw it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ask import answer_lines, namesakes_of
from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import ledger_option, opened
from onrecord.cli.lines import print_each
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.cli.question_options import question_options
from onrecord.errors import EXIT_STATUS, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.find.alert_conflicts import NewConflict
    from onrecord.find.alerts import Alert, NewStatement
    from onrecord.record.ledger import Ledger
    from onrecord.record.searches import Search

_LIST = "list"
_ATOM = "atom"
_AS = click.option("--as", "owner", metavar="NAME", help="Whose it is. Default: whoever has one of that name.")
_FORMAT = click.option(
    "--format", "output_format", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal, jsonl elsewhere."
)


class _AlertsGroup(click.Group):
    """`alerts` is `alerts list`."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        own = {*self.commands, *context.help_option_names}
        return super().parse_args(context, arguments if arguments and arguments[0] in own else [_LIST, *arguments])


@click.group(cls=_AlertsGroup, subcommand_metavar="[list] | save NAME [WORDS] | show NAME | end NAME")
def alerts() -> None:
    """Save searches, and see what is new of each: statements that answer it, and conflicts about what answers.

    `onrecord alerts` lists the saved searches with how much is new of each since it was last seen. New is what the ledger recorded since,
    whenever it was said. The desk gives a feed of each (Atom).

    \b
    Exit status: 0 listed or kept, 2 wrong usage, 3 there is no such saved search or
    the ledger cannot be used.
    """


@alerts.command(_LIST)
@click.option("--as", "owner", metavar="NAME", help="Only those of this person.")
@ledger_option
@_FORMAT
def list_alerts(owner: str | None, ledger: str | None, output_format: str | None) -> None:
    """List the saved searches, with how much is new of each."""
    chosen = chosen_format(output_format)
    sys.exit(status_of(lambda: _list(owner, ledger, chosen), chosen))


def _list(owner: str | None, where: str | None, output_format: OutputFormat) -> int:
    from onrecord.export.alerts import alert_json  # noqa: PLC0415
    from onrecord.find.alerts import alerts as found_alerts  # noqa: PLC0415  # loads the database's library

    with opened(where, read_only=True) as ledger:
        found = found_alerts(ledger, owner)
    print_each(found, output_format, alert_json, _lines)
    if not found and output_format is OutputFormat.TABLE:
        click.echo("No search is saved.", err=True)
    return EXIT_STATUS["read"]


@alerts.command()
@click.argument("name")
@click.argument("words", nargs=-1)
@question_options
@click.option("--as", "owner", metavar="NAME", help="Who saves it. Default: the name of this user on this machine.")
@ledger_option
def save(name: str, words: tuple[str, ...], owner: str | None, ledger: str | None, **filters: Any) -> None:
    """Save a search under NAME; what the ledger holds now counts as seen.

    WORDS and the options are those of `onrecord ask`. A statement is new of it where all WORDS stand in it, in any form, or its meaning
    is near. Nobody need have the name of --by yet.
    """

    def kept() -> int:
        from onrecord.find.alerts import kept_question  # noqa: PLC0415  # loads the database's library
        from onrecord.find.question import Question  # noqa: PLC0415
        from onrecord.record.searches import save as keep  # noqa: PLC0415

        question = Question(" ".join(words) or None, **filters)
        with opened(ledger) as opened_ledger:
            key = keep(opened_ledger, name, kept_question(question), owner or _this_user())
        click.echo(f"saved search {key}", err=True)
        return EXIT_STATUS["read"]

    sys.exit(status_of(kept, chosen_format(None)))


@alerts.command()
@click.argument("name")
@_AS
@click.option("--mark-seen", is_flag=True, help="What is shown counts as seen from now on.")
@ledger_option
@click.option(
    "--format", "output_format", type=click.Choice(["table", "jsonl", _ATOM]), help="Default: table on a terminal, jsonl elsewhere."
)
def show(name: str, owner: str | None, mark_seen: bool, ledger: str | None, output_format: str | None) -> None:
    """Show what is new of the saved search with that NAME or id: statements, the last recorded first, then conflicts."""
    chosen = chosen_format("jsonl" if output_format == _ATOM else output_format)

    def shown() -> int:
        from onrecord.find.alerts import alert_named  # noqa: PLC0415  # loads the database's library
        from onrecord.record.searches import look  # noqa: PLC0415

        with opened(ledger, read_only=not mark_seen) as opened_ledger:
            found = alert_named(opened_ledger, name, owner)
            if output_format == _ATOM:
                _print_feed(found)
            else:
                _print_news(found, chosen)
            sys.stdout.flush()
            if mark_seen:
                look(opened_ledger, found.search.key, found.news.mark, owner or found.search.made_by)
        return EXIT_STATUS["read"]

    sys.exit(status_of(shown, chosen))


@alerts.command()
@click.argument("name")
@_AS
@ledger_option
def end(name: str, owner: str | None, ledger: str | None) -> None:
    """Nobody is told of the saved search with that NAME or id any more; the name is free again."""

    def ended() -> int:
        from onrecord.record.searches import end as keep_end  # noqa: PLC0415  # loads the database's library

        with opened(ledger) as opened_ledger:
            search = _search(opened_ledger, name, owner)
            keep_end(opened_ledger, search.key, owner or search.made_by)
        click.echo(f"saved search {search.key} has ended", err=True)
        return EXIT_STATUS["read"]

    sys.exit(status_of(ended, chosen_format(None)))


def _search(ledger: Ledger, name: str, owner: str | None) -> Search:
    from onrecord.record.searches import search_named  # noqa: PLC0415

    with ledger.reading() as connection:
        return search_named(connection, name, owner)


def _this_user() -> str:
    """The name by which this machine knows whoever calls.

    Raises:
        UsageError: it knows none.
    """
    from getpass import getuser  # noqa: PLC0415

    try:
        return getuser()
    except (KeyError, OSError, ImportError) as error:
        raise UsageError("Say who saves it: --as NAME.", code="usage.bad_question") from error


def _print_feed(found: Alert) -> None:
    from onrecord.export.atom import feed  # noqa: PLC0415

    sys.stdout.buffer.write(feed(found))


def _print_news(found: Alert, output_format: OutputFormat) -> None:
    from onrecord.export.alerts import new_json, news  # noqa: PLC0415
    from onrecord.export.links import link_lines  # noqa: PLC0415
    from onrecord.find.alerts import NewStatement  # noqa: PLC0415

    namesakes = namesakes_of([one.answer for one in found.news.statements])

    def lines(one: NewStatement | NewConflict) -> Iterator[Text]:
        if isinstance(one, NewStatement):
            return answer_lines(one.answer, is_namesake=one.answer.speaker_name in namesakes)
        return link_lines(one.link)

    if output_format is OutputFormat.TABLE:
        print_each([found], output_format, str, _lines)
    print_each(news(found), output_format, new_json, lines)


def _lines(one: Alert) -> Iterator[Text]:
    """`Bridge guards  3 new statements, 1 new conflict  Ida Brook, 2031-03-04, 3f2a91c0b1d2`, and below it what is asked."""
    from rich.text import Text  # noqa: PLC0415

    from onrecord.export.alerts import asked_words, counted  # noqa: PLC0415
    from onrecord.export.table import shown  # noqa: PLC0415

    has_news = bool(one.news.statements or one.news.conflicts)
    line = Text.assemble((shown(one.search.name), "bold"), "  ", (counted(one), "magenta" if has_news else "dim"))
    yield line.append(f"  {shown(one.search.made_by)}, {one.search.made_at[:10]}, {one.search.key[:12]}", style="dim")
    yield Text(f"    {shown(asked_words(one.question))}")
