"""`onrecord backup` and `onrecord restore`: to a file and back, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture(autouse=True)
def ledger(run: Run) -> None:
    """`l.db` in the working folder, with one article, opened without the model that embeds words."""
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article())


def test_a_ledger_goes_to_a_file_and_back(run: Run) -> None:
    made = run("backup", "kept/monday.db", "--ledger", "l.db")
    assert (made.exit_code, made.stdout) == (0, "")
    assert made.stderr.startswith("kept/monday.db: ")
    Path("l.db").unlink()
    restored = run("restore", "kept/monday.db", "--ledger", "l.db")
    assert (restored.exit_code, restored.stderr) == (0, "l.db is restored\n")
    assert run("verify", "--ledger", "l.db").exit_code == 0


def test_a_backup_can_be_asked(run: Run) -> None:
    run("backup", "monday.db", "--ledger", "l.db")
    assert "ferry" in run("versions", "ferry", "--ledger", "monday.db").stdout
    assert run("verify", "--ledger", "monday.db").exit_code == 0
    assert run("restore", "monday.db", "--ledger", "again.db").exit_code == 0


def test_what_is_there_is_replaced_only_where_it_is_said(run: Run) -> None:
    run("backup", "monday.db", "--ledger", "l.db")
    for call in (("backup", "monday.db"), ("restore", "monday.db")):
        result = run(*call, "--ledger", "l.db")
        assert result.exit_code == 3
        assert "[ledger.exists]" in result.stderr
    assert run("backup", "monday.db", "--ledger", "l.db", "--replace").exit_code == 0
    restored = run("restore", "monday.db", "--ledger", "l.db", "--replace")
    assert restored.exit_code == 0
    (aside,) = Path().glob("l.db.before-*")
    assert restored.stderr == f"l.db is restored; the old ledger is {aside.absolute()}\n"


def test_the_index_of_the_old_ledger_goes_with_it(run: Run) -> None:
    run("backup", "monday.db", "--ledger", "l.db")
    Path("l.db.index").write_bytes(b"of the old ledger")
    run("restore", "monday.db", "--ledger", "l.db", "--replace")
    assert not Path("l.db.index").exists()


@pytest.mark.parametrize(("content", "code"), [(b"a letter", "ledger.not_a_ledger"), (b"", "ledger.missing")])
def test_what_is_no_backup_is_refused(run: Run, content: bytes, code: str) -> None:
    Path("monday.db").write_bytes(content)
    result = run("restore", "monday.db", "--ledger", "new.db")
    assert result.exit_code == 3
    assert f"[{code}]" in result.stderr
    assert not Path("new.db").exists()
