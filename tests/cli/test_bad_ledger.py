"""Ledgers that cannot be used: every command says why in one line, with a code, and ends with 3."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")
COMMANDS = {
    "add": ("add", "x.txt"),
    "verify": ("verify",),
    "versions": ("versions", "ferry"),
    "backup": ("backup", "kept.db"),
    "remove": ("remove", "ferry", "--by", "Ida Brook", "--note", "asked for", "--yes"),
    "upgrade": ("upgrade",),
}


def letter() -> None:
    Path("l.db").write_text("a letter", encoding="utf8")


def letters() -> None:
    with closing(sqlite3.connect("l.db")) as connection:
        connection.execute("CREATE TABLE letters (text)")


def folder() -> None:
    Path("l.db").mkdir()


def newer() -> None:
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article())
    with closing(sqlite3.connect("l.db")) as connection:
        connection.execute("UPDATE ledger_version SET version_num = '0999'")
        connection.commit()


CASES: list[tuple[str, Callable[[], None], str, str, Collection[str]]] = [
    ("a letter", letter, "l.db", "ledger.not_a_ledger", COMMANDS),
    ("letters", letters, "l.db", "ledger.not_a_ledger", COMMANDS),
    ("a folder", folder, "l.db", "ledger.not_a_ledger", COMMANDS),
    ("a newer version", newer, "l.db", "ledger.newer", COMMANDS.keys() - {"backup"}),
    ("nothing", lambda: None, "l.db", "ledger.missing", COMMANDS.keys() - {"add"}),
    ("nobody there", lambda: None, "postgresql://127.0.0.1:9/news", "ledger.not_reached", COMMANDS),
    ("another kind", lambda: None, "mysql://127.0.0.1:9/news", "ledger.bad_url", COMMANDS),
]


PAIRS = [(make, where, code, command) for _, make, where, code, commands in CASES for command in COMMANDS if command in commands]
NAMES = [f"{name}, {command}" for name, _, _, _, commands in CASES for command in COMMANDS if command in commands]


@pytest.mark.parametrize(("make", "where", "code", "command"), PAIRS, ids=NAMES)
def test_a_command_says_why_it_cannot_use_the_ledger(run: Run, make: Callable[[], None], where: str, code: str, command: str) -> None:

    Path("x.txt").write_text("date 2031-03-04\nMara Quill said so.\n", encoding="utf8")
    make()
    result = run(*COMMANDS[command], "--ledger", where)
    assert result.exit_code == 3
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert code == (json.loads(line)["code"] if line.startswith("{") else line.rpartition("[")[2].rstrip("]"))


def test_a_locked_ledger_is_told_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    newer()
    monkeypatch.setattr("onrecord.record.connect.SCHEMA", "0999")
    monkeypatch.setattr("onrecord.record.connect.PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect("l.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("remove", "ferry", "--by", "Ida Brook", "--note", "asked for", "--yes", "--ledger", "l.db")
    assert result.exit_code == 3
    assert result.stderr.endswith("[ledger.locked]\n")
