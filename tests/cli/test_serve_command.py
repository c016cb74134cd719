"""`onrecord serve` opens, answers and ends in good order; `onrecord token` makes tokens, lists and revokes them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.kept import article, kept

pytest.importorskip("fastapi", reason="the desk needs the packages of the extra serve")

Run = Callable[..., Result]


@contextmanager
def served(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The command as a process of its own, its address, and the lines that it wrote before it was open."""
    command = [sys.executable, "-m", "onrecord", "serve", *map(str, arguments), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+?/", line)
        assert found, line
        yield process, found.group(), [line]
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_desk_opens_answers_and_stops_quietly(tmp_path: Path, number: signal.Signals) -> None:
    kept(tmp_path / "news.db", article())
    with served(tmp_path / "news.db", "--as", "Ida Brook", "--tokens", tmp_path / "none.json") as (process, address, _):
        assert process.stderr is not None
        assert f"{address}sign-in?token=onr_" in process.stderr.readline()
        with urllib.request.urlopen(f"{address}api/v1/statements") as answer:
            assert [one["speaker_name"] for one in json.load(answer)["items"]] == ["Mara Quill"]
        process.send_signal(number)
        assert process.wait(120) == 0
        assert process.stderr.read() == ""


def test_beyond_this_machine_the_desk_asks_for_tokens(run: Run, tmp_path: Path) -> None:
    kept(tmp_path / "news.db", article())
    result = run("serve", tmp_path / "news.db", "--host", "0.0.0.0", "--tokens", tmp_path / "none.json")
    assert result.exit_code == 3
    assert "serve.unprotected" in result.stderr


def test_a_ledger_that_is_not_there_and_a_port_that_is_taken_are_told(run: Run, tmp_path: Path) -> None:
    import socket  # noqa: PLC0415

    assert "ledger.missing" in run("serve", tmp_path / "none.db", "--port", "0").stderr
    kept(tmp_path / "news.db", article())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", tmp_path / "news.db", "--port", taken.getsockname()[1])
    assert (result.exit_code, "serve.port" in result.stderr) == (3, True)


def test_tokens_are_made_listed_and_revoked(run: Run, tmp_path: Path) -> None:
    file = ("--tokens", tmp_path / "tokens.json")
    secret = run("token", "add", "Ida Brook", "--write", *file).stdout.strip()
    assert secret.startswith("onr_")
    run("token", "add", "Nils Fell", *file)
    listed = [json.loads(line) for line in run("token", "list", *file).stdout.splitlines()]
    assert [(one["name"], one["may_write"]) for one in listed] == [("Ida Brook", True), ("Nils Fell", False)]
    assert secret not in run("token", "list", *file).stdout
    assert run("token", "revoke", "Ida Brook", *file).exit_code == 0
    again = run("token", "revoke", "Ida Brook", *file)
    assert (again.exit_code, "serve.token_name" in again.stderr) == (3, True)
    assert run("token", "add", "", *file).exit_code == 2
