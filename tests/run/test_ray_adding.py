"""A ledger that a Ray cluster filled is the one that this machine fills, row by row, whatever is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.record.dumped import dumped_whole
from tests.run.ray_readers import Slowly, Stumbling

from onrecord.annotate.meaning import Meaning
from onrecord.data import Document, Record, Rejection
from onrecord.read import documents
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.run import ray_reading
from onrecord.run.adding import AddOptions, added, shipped_program
from onrecord.run.linking import LinkOptions, linked
from onrecord.run.local import RunOptions
from onrecord.run.ray_adding import RayAddOptions, added_on, work_folder
from onrecord.run.ray_cluster import Cluster
from onrecord.run.ray_linking import RayLinkOptions, linked_on

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
NEWS = [str(ROOT / "examples")]


def invented(count: int, *, also: Sequence[tuple[int, str]] = ()) -> list[Document | Rejection]:
    """Documents of very different lengths, a rejection among them; `also` are texts for some places."""
    texts = dict(also)
    found: list[Document | Rejection] = []
    for number in range(count):
        words = texts.get(number, f"Mara Quill said berth {number} is shut. Otto Brandt said the ferry would sail at {number % 7}.")
        text = words + " It rained." * ((number * 37) % 300)
        found.append(Document(f"d{number}", text, f"d{number}.txt", "2031-03-12", publisher=f"Lesk {number % 3}"))
    return [*found[:5], Rejection("x.jsonl:3", "read.no_text", 'The document has no "text".'), *found[5:]]


def here(given: Sequence[Document | Rejection], where: str, options: RunOptions, *, link: bool = False) -> list[str]:
    """What this machine makes of the documents."""
    with open_ledger(where, Options(meaning=Meaning()), create=True) as ledger:
        run = ledger.begin(shipped_program(0.5), "add")
        added(given, ledger, run, AddOptions(options))
        if link:
            list(linked(ledger, run, LinkOptions()))
        return dumped_whole(ledger)


def there(given: Sequence[Document | Rejection], ledger: Ledger, options: RayAddOptions) -> list[str]:
    added_on(given, ledger, ledger.begin(shipped_program(0.5), "add"), options)
    return dumped_whole(ledger)


@pytest.fixture
def ledger(ledger_url: str) -> Ledger:
    return open_ledger(ledger_url, Options(meaning=Meaning()), create=True)


def test_the_examples_are_read_and_linked_as_here(ledger: Ledger, ray_cluster: Cluster, tmp_path: Path) -> None:
    given = list(documents(NEWS))
    wanted = here(given, str(tmp_path / "here.db"), RunOptions(), link=True)
    there(given, ledger, RayAddOptions(ray_cluster, RunOptions()))
    counts = list(linked_on(ledger, ledger.begin(shipped_program(0.5), "link"), RayLinkOptions(ray_cluster)))
    assert sum(counts) > 10
    assert dumped_whole(ledger) == wanted
    assert not work_folder(ledger).exists()


def test_what_fails_is_rejected_in_its_place_and_who_kills_workers_too(
    ray_cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_reading, "_SHARE_DOCUMENTS", 20)
    once = tmp_path / "stumbled"
    bad = [(7, "RAISE"), (8, "REFUSE"), (30, f"Mara Quill said STUMBLE at {once} is no word.")]
    given = invented(60, also=bad)
    once.touch()
    wanted = here(given, str(tmp_path / "here.db"), RunOptions(make_reader=Stumbling))
    once.unlink()
    options = RayAddOptions(ray_cluster, RunOptions(make_reader=Stumbling))
    with open_ledger(str(tmp_path / "there.db"), Options(meaning=Meaning()), create=True) as ledger:
        assert there(given, ledger, options) == wanted
        assert once.exists()
        killed = [*given, Document("killer", "DIE", "killer.txt"), Document("last", "Otto Brandt said so.", "last.txt")]
        told: list[str] = []
        run = ledger.begin(shipped_program(0.5), "add")
        added_on(killed, ledger, run, options, lambda one: told.append(getattr(one, "locator", "recorded")))
    assert told == ["x.jsonl:3", "d7.txt", "d8.txt", "killer.txt", "recorded"]
    assert (run.recorded, run.known, run.rejected) == (1, 58, 4)


def test_records_that_were_kept_are_not_read_again(ray_cluster: Cluster, tmp_path: Path) -> None:
    given, folder = invented(40), tmp_path / "records"
    options = RayAddOptions(ray_cluster, RunOptions(make_reader=Slowly), folder)
    with open_ledger(str(tmp_path / "one.db"), Options(meaning=Meaning()), create=True) as ledger:
        wanted = there(given, ledger, options)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf8"))
    assert [part["records"] for part in manifest["parts"]] == [40]
    dying = RayAddOptions(ray_cluster, RunOptions(make_reader=Dying), folder)
    with open_ledger(str(tmp_path / "two.db"), Options(meaning=Meaning()), create=True) as ledger:
        assert there(given, ledger, dying) == wanted
    (part,) = folder.glob("part-*")
    part.write_bytes(part.read_bytes()[:-100])
    with open_ledger(str(tmp_path / "three.db"), Options(meaning=Meaning()), create=True) as ledger:
        assert there(given, ledger, options) == wanted


class Dying(Slowly):
    def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
        assert document.name == "ready", "it was read again"
        return super().record(document, min_probability=min_probability)


COMMAND = """
import sys
from functools import partial
import onrecord.run.local as local, onrecord.run.ray_reading as reading
from tests.run.ray_readers import Slowly

reading._SHARE_DOCUMENTS = 20
local.RunOptions = partial(local.RunOptions, make_reader=Slowly)
from onrecord.cli import main
main()
"""


def test_an_add_that_is_killed_goes_on_with_what_it_kept(ledger_url: str, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    given = [one for one in invented(300) if isinstance(one, Document)]
    names = ("name", "text", "publisher", "creation_time")
    lines = [{name: getattr(one, name) for name in names} for one in given]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    wanted = here(list(documents([str(path)])), str(tmp_path / "here.db"), RunOptions(make_reader=Slowly))
    first = adding(path, ledger_url)
    waited_for(first, tmp_path / "records")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    kept = sorted((tmp_path / "records").glob("part-*"))
    second = adding(path, ledger_url)
    out, complaints = second.communicate(timeout=300)
    assert (second.returncode, out) == (0, b""), complaints
    assert complaints.decode().endswith(" 0 rejected\n")
    manifest = json.loads((tmp_path / "records" / "manifest.json").read_text(encoding="utf8"))
    assert {part.name for part in kept} <= {part["file"] for part in manifest["parts"]}
    assert sum(part["records"] for part in manifest["parts"]) == 300
    with open_ledger(ledger_url) as ledger:
        assert dumped_whole(ledger) == wanted


def adding(path: Path, ledger: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ONRECORD_LEDGER": ledger}
    options = ["--no-link", "--engine", "ray", "--jobs", "2", "--records", "records", "--format", "jsonl"]
    command = [sys.executable, "-c", COMMAND, "add", str(path), *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=path.parent)


def waited_for(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Until it has kept some parts."""
    ends_at = time.monotonic() + 200
    while time.monotonic() < ends_at and process.poll() is None and len(list(folder.glob("part-*"))) < 3:
        time.sleep(0.02)
    assert process.poll() is None, process.communicate()
