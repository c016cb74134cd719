"""`onrecord watch`: what it prints, how it ends, and that nothing is lost when it is killed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from onrecord.read.web.fetch import Fetcher, Limits
from onrecord.record.ledger import open_ledger
from onrecord.record.tables import linkings
from onrecord.run.local import RunOptions
from onrecord.settings import ReadOptions

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.read.invented_feeds import opml, rss  # noqa: E402  # after the path is set
from tests.read.loopback import Page, Web, web  # noqa: E402
from tests.run.fake_reader import FakeReader  # noqa: E402

Run = Callable[..., Result]
QUICK = Limits(connect_seconds=2, read_seconds=2, total_seconds=3, delay_seconds=0, patience_seconds=0.2, retries=0)

# The command with a reader that needs no model, as a process of its own.
COMMAND = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from functools import partial
from onrecord.cli import main, watch
from onrecord.run.local import RunOptions
from tests.run.fake_reader import FakeReader
watch.RunOptions = partial(RunOptions, make_reader=FakeReader)
main()
"""

# The same, which dies while it keeps what the comparison of the second document gave.
DYING = (
    COMMAND.removesuffix("main()\n")
    + """
import os
from onrecord.run import linking
kept = linking.add_linking
compared = []

def add_linking(connection, run, reading, *given):
    compared.append(reading)
    if len(compared) == 2:
        os._exit(9)
    return kept(connection, run, reading, *given)

linking.add_linking = add_linking
main()
"""
)


@pytest.fixture
def lesk() -> Iterator[Web]:
    with web() as running:
        yield running


@pytest.fixture
def watch(run: Run, monkeypatch: pytest.MonkeyPatch, lesk: Web) -> Run:
    """`onrecord watch feeds.opml --once` with a reader that needs no model, and a fetcher that does not wait."""
    monkeypatch.setattr("onrecord.cli.watch.RunOptions", partial(RunOptions, make_reader=FakeReader))
    monkeypatch.setattr("onrecord.run.watch.fetcher", lambda allow: Fetcher(ReadOptions(allow_private=allow), QUICK))

    def invoke(*arguments: str) -> Result:
        return run("watch", "feeds.opml", "--once", "--allow-private", *arguments)

    return invoke


def listed(*addresses: str) -> None:
    Path("feeds.opml").write_text(opml(*addresses), encoding="utf8")


def texts(lines: str) -> list[str]:
    return [json.loads(line)["document"]["text"] for line in lines.splitlines()]


def test_new_entries_are_printed_as_read_prints_them(watch: Run, lesk: Web) -> None:
    listed(lesk.address + "/feed")
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said the bridge is safe.")))
    first, second = watch(), watch()
    record = json.loads(first.stdout)
    assert (first.exit_code, first.stderr, second.exit_code, second.stdout) == (0, "", 0, "")
    assert record["document"]["locator"] == lesk.address + "/feed#1"
    assert len(record["statements"]) == 1
    assert Path("feeds.opml.state").is_file()


def test_people_get_a_table(watch: Run, lesk: Web) -> None:
    listed(lesk.address + "/feed")
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said the bridge is safe.")))
    assert "Mara Quill" in watch("--format", "table").stdout


def test_a_feed_that_fails_is_told_of_and_the_rest_is_read(watch: Run, lesk: Web) -> None:
    listed("file:///etc/passwd", lesk.address + "/gone", lesk.address + "/feed")
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said the bridge is safe.")))
    result = watch("--state", "kept")
    told = [json.loads(line) for line in result.stderr.splitlines()]
    assert sorted((one["locator"], one["code"]) for one in told) == [
        ("file:///etc/passwd", "read.bad_address"),
        (lesk.address + "/gone", "read.http_status"),
    ]
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert Path("kept").is_file()


def test_without_leave_nothing_of_this_network_is_asked(watch: Run, run: Run, lesk: Web) -> None:
    listed(lesk.address + "/feed")
    result = run("watch", "feeds.opml", "--once")
    assert (result.exit_code, json.loads(result.stderr)["code"], lesk.asked) == (1, "read.refused_address", [])


def compared(where: str | Path = "l.db") -> int:
    """How many readings of the ledger were compared with the rest."""
    with open_ledger(str(where)) as ledger, ledger.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(linkings)) or 0)


def test_what_a_round_adds_to_a_ledger_is_compared_with_what_it_holds(watch: Run, lesk: Web) -> None:
    listed(lesk.address + "/feed", lesk.address + "/more")
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said the bridge is safe."), ("2", "Otto Lind said the bridge is shut.")))
    lesk.pages["/more"] = Page(rss(("3", "Mara Quill said the ferry is late.")))
    first, second = watch("--ledger", "l.db"), watch("--ledger", "l.db")
    assert (first.exit_code, len(first.stdout.splitlines()), compared()) == (0, 3, 3)
    assert re.fullmatch(r"3 documents compared, \d links\n", first.stderr)
    assert (second.exit_code, second.stdout, second.stderr) == (0, "", "")
    lesk.pages["/more"] = Page(rss(("4", "Mara Quill said the ferry is early.")))
    assert watch("--ledger", "l.db").stderr.startswith("1 documents compared, ")
    assert watch().stderr == ""


def test_no_link_leaves_that_to_a_later_call(watch: Run, run: Run, lesk: Web) -> None:
    listed(lesk.address + "/feed")
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said the bridge is safe.")))
    assert watch("--ledger", "l.db", "--no-link").stderr == ""
    assert compared() == 0
    assert watch("--ledger", "l.db").stderr == "1 documents compared, 0 links\n"
    assert run("link", "--ledger", "l.db").stderr == "0 documents compared, 0 links\n"


WRONG = [
    ("no list", ["watch", "gone.opml"], 2),
    ("no feed in it", ["watch", "empty.opml"], 2),
    ("too often", ["watch", "feeds.opml", "--every", "0.01"], 2),
    ("no number", ["watch", "feeds.opml", "--every", "nan"], 2),
    ("a state that is none", ["watch", "feeds.opml", "--state", "feeds.opml"], 3),
]


@pytest.mark.parametrize(("arguments", "status"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_cannot_be_is_refused(run: Run, arguments: list[str], status: int) -> None:
    listed("https://lesk.example/feed")
    Path("empty.opml").write_text("", encoding="utf8")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert json.loads(result.stderr)["message"]


def started(folder: Path, *arguments: str, command: str = COMMAND) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", command, "watch", "feeds.txt", "--allow-private", "--format", "jsonl", *arguments]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_watch_that_is_killed_loses_no_entry(lesk: Web, tmp_path: Path) -> None:
    more_than_a_pipe_holds = " She counted every stone of it by hand." * 80  # so that no watch is done before it is killed
    entries = [(str(number), f"Mara Quill said that the bridge is number {number}.{more_than_a_pipe_holds}") for number in range(60)]
    lesk.pages["/feed"] = lambda asked: (
        Page(status=304) if "if-none-match" in asked.headers else Page(rss(*entries), headers={"ETag": '"a"'})
    )
    (tmp_path / "feeds.txt").write_text(lesk.address + "/feed\n", encoding="utf8")
    printed: list[str] = []
    for lines in (1, 17):
        with started(tmp_path) as process:
            assert process.stdout is not None
            printed += [process.stdout.readline() for _ in range(lines)]
            process.kill()
            printed += process.stdout  # not communicate(), which leaves out what readline() has read ahead
    done = started(tmp_path, "--once")
    out, complaints = done.communicate(timeout=60)
    assert (done.returncode, complaints) == (0, "")
    whole = [line for line in [*printed, *out.splitlines(keepends=True)] if line.endswith("}\n")]
    given = texts("".join(whole))
    assert set(given) == {text for _, text in entries}
    assert len(given) <= len(entries) + 2


def test_a_watch_that_is_killed_while_it_compares_goes_on_with_the_next_document(lesk: Web, tmp_path: Path) -> None:
    entries = [(str(number), f"Mara Quill said that the bridge is number {number}.") for number in range(3)]
    lesk.pages["/feed"] = Page(rss(*entries))
    (tmp_path / "feeds.txt").write_text(lesk.address + "/feed\n", encoding="utf8")
    with started(tmp_path, "--once", "--ledger", "l.db", command=DYING) as dead:
        assert len(dead.communicate()[0].splitlines()) == 3
    assert (dead.returncode, compared(tmp_path / "l.db")) == (9, 1)
    with started(tmp_path, "--once", "--ledger", "l.db") as again:
        printed, told = again.communicate()
    assert (again.returncode, printed) == (0, "")
    assert told.startswith("2 documents compared, ")
    assert compared(tmp_path / "l.db") == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_that_is_stopped_ends_cleanly(lesk: Web, tmp_path: Path, number: signal.Signals) -> None:
    lesk.pages["/feed"] = Page(rss(("1", "Mara Quill said that the bridge of the town is safe.")))
    (tmp_path / "feeds.txt").write_text(lesk.address + "/feed\n", encoding="utf8")
    process = started(tmp_path)
    assert process.stdout is not None
    line = process.stdout.readline()
    process.send_signal(number)
    rest, complaints = process.communicate(timeout=30)
    assert (process.returncode, rest, complaints) == (0, "", "")
    assert len(texts(line)) == 1
    again = started(tmp_path, "--once")
    assert again.communicate(timeout=60) == ("", "")
