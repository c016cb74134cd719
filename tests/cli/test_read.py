"""`onrecord read`: formats, options, exit statuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
TEXT = "date 2031-03-04\nMara Quill said the bridge is safe.\n"
GOOD = json.dumps({"name": "d", "text": TEXT})


def complaints(result: Result) -> list[str]:
    return [json.loads(line)["code"] for line in result.stderr.splitlines()]


def test_json_lines_are_the_form_where_no_terminal_is(run: Run) -> None:
    Path("wire.txt").write_text(TEXT, encoding="utf8")
    result = run("read", "wire.txt")
    (line,) = result.stdout.splitlines()
    told = json.loads(line)
    assert (result.exit_code, result.stderr) == (0, "")
    assert told["document"]["name"] == "wire"
    assert told["statements"][0]["speaker"]["name"] == "Mara Quill"


def test_a_table_is_for_people(run: Run) -> None:
    result = run("read", "-", "--format", "table", input=TEXT)
    assert result.exit_code == 0
    assert "[Mara Quill] {said} <the bridge is safe>." in " ".join(result.stdout.split())


def test_brat_goes_to_a_folder(run: Run) -> None:
    result = run("read", "-", "--format", "brat", "--out", "out", input='{"name": "../x/one", "text": "Mara Quill said yes."}')
    assert (result.exit_code, result.stdout) == (0, "")
    assert "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n" in Path("out/x/one.ann").read_text(encoding="utf8")


def test_standard_output_holds_documents_and_standard_error_the_rest(run: Run) -> None:
    result = run("read", "-", input=f'{GOOD}\n{{}}\n{{"text": "Ottmar Brandt said no."}}\n')
    assert result.exit_code == 1
    assert [json.loads(line)["document"]["name"] for line in result.stdout.splitlines()] == ["d", "stdin-3"]
    assert complaints(result) == ["read.no_text", "read.undated"]
    assert set(json.loads(result.stderr.splitlines()[0])) == {"locator", "code", "message"}


def test_complaints_are_sentences_beside_a_table(run: Run) -> None:
    result = run("read", "-", "--format", "table", input=f"{GOOD}\n{{}}\n\x1b[2J\n")
    assert result.exit_code == 1
    assert 'rejected: -:2: Line 2: The document has no "text". Give it one. [read.no_text]\n' in result.stderr
    assert result.stderr.endswith("1 read, 2 rejected, 0 warnings\n")
    assert "\x1b" not in result.stderr


def test_options_reach_the_documents(run: Run) -> None:
    result = run("read", "-", "--date", "2031-01-01", "--publisher", "Lesk Courier", "--min-probability", "0.95", input=GOOD)
    told = json.loads(result.stdout)
    assert (told["document"]["creation_time"], told["document"]["publisher"], told["statements"]) == ("2031-01-01", "Lesk Courier", [])
    assert told["document"]["creation_time_basis"] == "argument"


def test_settings_come_from_a_file_and_the_environment_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("onrecord.toml").write_text('publisher = "P"\nlongest_document = 60\n', encoding="utf8")
    monkeypatch.setenv("ONRECORD_DATE", "2031-02-02")
    result = run("read", "-", input=f"{GOOD}\n" + json.dumps({"text": "a" * 61}))
    told = json.loads(result.stdout)["document"]
    assert (told["publisher"], told["creation_time"]) == ("P", "2031-02-02")
    assert complaints(result) == ["read.too_long"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_document_that_fails_does_not_stop_the_run(run: Run, jobs: int) -> None:
    result = run("read", "-", "--jobs", jobs, input=f'{GOOD}\n{{"text": "RAISE"}}\n{GOOD}\n')
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert complaints(result)[-1] == "read.failed"


WRONG_CALLS = [
    [],
    ["x", "--date", "2031-02-30"],
    ["x", "--date", "tomorrow"],
    ["x", "--jobs", "0"],
    ["x", "--jobs", "two"],
    ["x", "--min-probability", "2"],
    ["x", "--min-probability", "nan"],
    ["x", "--format", "xml"],
    ["x", "--format", "brat"],
    ["x", "--out", "folder"],
    ["x", "--nonsense"],
]


@pytest.mark.parametrize("arguments", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_has_status_2(run: Run, arguments: list[str]) -> None:
    result = run("read", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_run_that_cannot_go_on_has_status_3_and_says_why(run: Run) -> None:
    result = run("read", "-", "--format", "table", input="NO MODEL")
    assert result.exit_code == 3
    assert result.stderr.endswith("onrecord: The model is not there. [weights.missing]\n")
    assert complaints(run("read", "-", input="NO MODEL")) == ["read.undated", "weights.missing"]


def test_a_run_that_fails_unforeseen_has_status_3_and_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.read.RunOptions", lambda _: None)
    result = run("read", "-", input=TEXT)
    assert (result.exit_code, complaints(result)) == (3, ["run"])


def test_files_that_cannot_be_written_have_status_3(run: Run) -> None:
    Path("out").write_text("a file, no folder", encoding="utf8")
    assert run("read", "-", "--format", "brat", "--out", "out/x", input=TEXT).exit_code == 3


def test_ctrl_c_has_status_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.cli.read.documents", interrupted)
    result = run("read", "-", input=TEXT)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


PROGRAM = """
import sys
from functools import partial
sys.path.insert(0, sys.argv.pop(1))
import onrecord.cli.read
from onrecord.run.local import RunOptions
from tests.run.fake_reader import FakeReader
if __name__ == "__main__":
    onrecord.cli.read.RunOptions = partial(RunOptions, make_reader=FakeReader)
    onrecord.cli.main(prog_name="onrecord")
"""
ROOT = str(Path(__file__).resolve().parents[2])


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("output_format", ["jsonl", "table"])
def test_a_closed_output_pipe_ends_quietly(tmp_path: Path, jobs: str, output_format: str) -> None:
    (tmp_path / "in.jsonl").write_text(f"{GOOD}\n" * 5000, encoding="utf8")
    command = [sys.executable, "-c", PROGRAM, ROOT, "read", str(tmp_path / "in.jsonl"), "--jobs", jobs, "--format", output_format]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


def test_a_closed_pipe_for_complaints_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("{}\n" * 5000, encoding="utf8")
    command = f"exec {sys.executable} -c '{PROGRAM.replace(chr(39), chr(34))}' {ROOT} read {tmp_path}/in.jsonl 2>&1"
    with subprocess.Popen(["bash", "-c", command], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)], ids=["Ctrl-C", "kill"])
def test_no_worker_outlives_a_run_that_is_stopped(tmp_path: Path, jobs: str, sign: signal.Signals, status: int) -> None:
    (tmp_path / "in.jsonl").write_text(f"{GOOD}\n" * 16 + '{"text": "SLOW"}\n' * 64, encoding="utf8")
    command = [sys.executable, "-c", PROGRAM, ROOT, "read", str(tmp_path / "in.jsonl"), "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        os.killpg(process.pid, sign) if sign is signal.SIGINT else process.send_signal(sign)
        # The output ends only when every process that could write to it has ended.
        rest = process.stdout.read()
        assert process.wait(timeout=20) == status
    assert b"Traceback" not in rest


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_a_coloured_table(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415  # not on every system

    (tmp_path / "wire.txt").write_text(TEXT, encoding="utf8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", PROGRAM, ROOT, "read", str(tmp_path / "wire.txt")]
    with subprocess.Popen(command, stdout=theirs, env={**os.environ, "TERM": "xterm-256color"}) as process:
        os.close(theirs)
        assert process.wait(timeout=20) == 0
    told = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Mara Quill" in told
    assert "\x1b[" in told


def test_a_name_that_is_no_utf8_and_a_narrow_character_set_do_no_harm(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9 \x1b[2J.txt"
    with open(path, "wb") as file:  # noqa: PTH123  # Path cannot take bytes
        file.write(TEXT.encode() + "“Ça”".encode())
    for output_format in ("jsonl", "table"):
        command = [sys.executable.encode(), b"-c", PROGRAM.encode(), ROOT.encode(), b"read", path, b"--format", output_format.encode()]
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
        assert done.stderr == b""
        assert b"\x1b" not in done.stdout
        done.stdout.decode("ascii" if output_format == "table" else "utf8")


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    heavy = "[m for m in ('numpy', 'onnxruntime', 'tokenizers', 'rich', 'multiprocessing.pool') if m in sys.modules]"
    started = time.monotonic()
    told = subprocess.check_output([sys.executable, "-c", f"import sys, onrecord.cli; print({heavy})"], text=True)
    assert told.strip() == "[]"
    assert time.monotonic() - started < 3
