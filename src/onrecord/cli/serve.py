"""`onrecord serve`: the desk, a ledger in the browser and over HTTP; `onrecord token`: who may use it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.ending import status_of
from onrecord.cli.ledger_option import place_of
from onrecord.cli.output import OutputFormat, chosen_format
from onrecord.cli.stopping import ended_by_signals
from onrecord.errors import EXIT_STATUS, ServeError, UsageError
from onrecord.settings import settings

if TYPE_CHECKING:
    from onrecord.serve.tokens import Token

_FILE = "tokens.json"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TOKENS = click.option("--tokens", metavar="FILE", help="The file of tokens. Default: ONRECORD_TOKENS, else a file of this user's.")


@click.command()
@click.argument("ledger", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="At which port; 0 for any that is free.")
@click.option("--reading", type=click.Choice(["open", "token"]), help="Who may read. Default: open on this machine, token beyond it.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another host name under which the desk is reached.")
@click.option("--as", "by", metavar="NAME", help="Print a link that signs NAME in, to judge and write, for this run.")
@_TOKENS
def serve(ledger: str | None, **given: Any) -> None:
    """Open the desk: the ledger in the browser, and over HTTP at /api/v1.

    LEDGER is a file, or postgresql://HOST/DATABASE. Without it: the setting ledger, else a file of this user's.

    Without more, only this machine can reach the desk, everybody on it may read, and nobody may write. `onrecord token add NAME --write`
    makes a token to sign in with; what is judged is kept under that name. The desk never fetches anything.

    \b
    Exit status: 0 stopped by Ctrl-C or SIGTERM, 2 wrong usage, 3 the ledger or
    the port cannot be used.
    """
    sys.exit(status_of(lambda: _serve(ledger, given), chosen_format(None)))


@click.group()
def token() -> None:
    """Say who may use the desk: each by a token with a name.

    Only a digest of a token is kept; it is shown once, when it is made. What is revoked is refused at once.

    \b
    Exit status: 0 done, 2 wrong usage, 3 there is no such token, or one already,
    or the file of tokens cannot be used.
    """


@token.command("add")
@click.argument("name")
@click.option("--write", is_flag=True, help="It may judge, correct and keep texts too.")
@_TOKENS
def add_token(name: str, write: bool, tokens: str | None) -> None:
    """Make a token for NAME and print it, this once."""
    sys.exit(status_of(lambda: _add(name, write, tokens), chosen_format(None)))


@token.command("list")
@_TOKENS
def list_tokens(tokens: str | None) -> None:
    """List the names that have a token, and whether they may write."""
    sys.exit(status_of(lambda: _list(tokens), chosen_format(None)))


@token.command("revoke")
@click.argument("name")
@_TOKENS
def revoke_token(name: str, tokens: str | None) -> None:
    """The token of NAME no longer holds."""
    sys.exit(status_of(lambda: _revoke(name, tokens), chosen_format(None)))


def _serve(ledger: str | None, given: dict[str, Any]) -> int:
    _check_installed()
    from onrecord.serve.app import make_app  # noqa: PLC0415  # needs the packages of the extra
    from onrecord.serve.arenas import share_arenas  # noqa: PLC0415
    from onrecord.serve.desk import DeskOptions, open_desk  # noqa: PLC0415
    from onrecord.serve.listen import bound, listen  # noqa: PLC0415
    from onrecord.serve.tokens import TokenFile  # noqa: PLC0415

    secret, more = _signed_in(given["by"])
    tokens = TokenFile(_path(given["tokens"]), more)
    host, is_here = given["host"], given["host"] in _LOOPBACK
    by_token = given["reading"] == "token" or (given["reading"] is None and not is_here)
    if by_token and not tokens.all():
        raise ServeError(
            "Beyond this machine the desk asks for tokens, and there are none: make some with `onrecord token add NAME`, or say "
            "--reading open to let everybody read who can reach it.",
            code="serve.unprotected",
        )
    names = frozenset(one.lower() for one in (*_LOOPBACK, host, *given["names"]))
    share_arenas()
    with ended_by_signals():
        wanted = settings({"ledger": ledger})
        desk = open_desk(DeskOptions(place_of(wanted), by_token, names, pool=wanted.pool), tokens)
        desk.prepare()
        with bound(host, given["port"]) as listening:
            _tell(host, listening.getsockname()[1], secret)
            listen(make_app(desk), listening)
    return EXIT_STATUS["read"]


def _tell(host: str, port: int, secret: str | None) -> None:
    """The address, on standard error; then the link to sign in with."""
    at = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    click.echo(f"The desk is open at {at} (Ctrl-C stops it)", err=True)
    if secret is not None:
        click.echo(f"Sign in at {at}sign-in?token={secret}", err=True)


def _signed_in(name: str | None) -> tuple[str | None, tuple[Token, ...]]:
    """A token for this run and its secret, if one is wanted."""
    from onrecord.serve.tokens import new_token  # noqa: PLC0415

    if name is None:
        return None, ()
    made, secret = new_token(name, may_write=True)
    return secret, (made,)


def _check_installed() -> None:
    """Raises ServeError where the packages of the extra are missing."""
    try:
        import fastapi  # noqa: F401, PLC0415
        import jinja2  # noqa: F401, PLC0415
        import python_multipart  # noqa: F401, PLC0415
        import uvicorn  # noqa: F401, PLC0415
    except ImportError as error:
        raise ServeError("The desk needs some packages: pip install 'onrecord[serve]'", code="serve.not_installed") from error


def _add(name: str, may_write: bool, where: str | None) -> int:
    from onrecord.serve.tokens import added  # noqa: PLC0415

    click.echo(added(_path(where), name, may_write=may_write))
    return EXIT_STATUS["read"]


def _list(where: str | None) -> int:
    from onrecord.serve.tokens import tokens_in  # noqa: PLC0415

    as_json = chosen_format(None) is OutputFormat.JSONL
    for one in tokens_in(_path(where)):
        _print(one, as_json=as_json)
    return EXIT_STATUS["read"]


def _print(one: Token, *, as_json: bool) -> None:
    from onrecord.export.jsonl import to_line  # noqa: PLC0415

    if as_json:
        sys.stdout.buffer.write(to_line({"name": one.name, "may_write": one.may_write, "made_at": one.made_at}))
        return
    click.echo(f"{one.name}  {'reads and writes' if one.may_write else 'reads'}  since {one.made_at[:10]}")


def _revoke(name: str, where: str | None) -> int:
    from onrecord.serve.tokens import revoked  # noqa: PLC0415

    revoked(_path(where), name)
    click.echo(f"the token of {name} is revoked", err=True)
    return EXIT_STATUS["read"]


def _path(told: str | None) -> Path:
    """Where the tokens are: as told, or the file of this user."""
    wanted = settings({"tokens": told}).tokens
    if wanted is not None:
        if not wanted.strip():
            raise UsageError("The file of tokens needs a name.", code="usage.bad_setting")
        return Path(wanted)
    from platformdirs import user_config_path  # noqa: PLC0415  # needed only where no place is told

    return Path(user_config_path("onrecord")) / _FILE
