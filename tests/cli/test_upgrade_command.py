"""`onrecord upgrade`: says what version the ledger is of now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.record.connect import SCHEMA

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


def test_a_ledger_of_this_version_stays_as_it_is(run: Run) -> None:
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article())
    result = run("upgrade", "--ledger", "l.db")
    assert (result.exit_code, result.stderr) == (0, f"l.db is of version {SCHEMA}\n")


def test_an_older_one_is_refused_by_who_reads_and_comes_up(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    from onrecord.record import connect, migrations  # noqa: PLC0415

    kept("l.db", article())

    shutil.copytree(migrations.FOLDER, tmp_path / "m")
    code = f'revision = "9001"\ndown_revision = "{connect.SCHEMA}"\n\ndef upgrade():\n    pass\n'
    (tmp_path / "m" / "versions" / "version_9001.py").write_text(code, encoding="utf8")
    monkeypatch.setattr(migrations, "FOLDER", tmp_path / "m")
    monkeypatch.setattr(connect, "SCHEMA", "9001")
    refused = run("verify", "--ledger", "l.db", "--format", "table")
    assert refused.exit_code == 3
    assert "`onrecord upgrade` brings it up" in refused.stderr
    assert run("upgrade", "--ledger", "l.db").stderr == "l.db is of version 9001\n"
    assert run("verify", "--ledger", "l.db").exit_code == 0


def test_nothing_is_made_where_there_is_none(run: Run) -> None:
    result = run("upgrade", "--ledger", "l.db")
    assert result.exit_code == 3
    assert "[ledger.missing]" in result.stderr
    assert not Path("l.db").exists()
