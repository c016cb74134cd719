"""`watch` and `serve` on one ledger for a long time, under use: what is lost, and whether their memory stays flat.

    python bench/soak.py [--minutes 30] [--rate 30] [--picture docs/soak.svg]

Invented newspapers on loopback (bench/soak_news.py) publish `--rate` entries a minute in ten feeds: whole ones, ones that lead to a
page, and ones without words. `onrecord watch --follow` puts them into a ledger and links them; `onrecord serve` shows that ledger to a
client that opens pages, asks the API, judges conflicts and has texts read, two requests a second. Every five seconds the memory of both
is looked at, children included: `anonymous` is what the programs hold themselves, the rest are pages of files that the system may take
back. The slope is of the least squares line after the first third. At the end publishing stops, the watch has ten minutes to fetch the
rest, and every entry that was published is looked for in the ledger: one that no answer to the watch held, since a hundred newer ones had
pushed it out of its feed, was missed by a machine that is too slow for the rate; one that an answer held is lost if it is neither recorded
nor rejected. Exit status 1: something is lost, `onrecord verify` finds a problem, the desk failed, or one did not end when told to.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from onrecord.record.ledger import open_ledger
from onrecord.record.tables import documents, judgements, links, rejections, statements
from process_memory import Sample, memory_of, slope
from soak_client import Client
from soak_news import FEED_HOST, Press, on_loopback
from soak_picture import draw

FEEDS = 10
SAMPLE_SECONDS, REQUEST_SECONDS, REST_SECONDS, END_SECONDS = 5.0, 0.5, 600.0, 120.0
WATCH, SERVE = "watch", "serve"


@dataclass(slots=True)
class Soak:
    """The processes under test and what was seen of them."""

    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    def kill(self) -> None:
        """End both, whatever they do."""
        for one in self.processes.values():
            one.kill()

    def look(self, minutes: float) -> None:
        """Take down the memory of both; fail if one has ended."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise SystemExit(f"{name} ended by itself with status {process.returncode}")
        self.samples.append(Sample(minutes, {name: memory_of(one.pid) for name, one in self.processes.items()}))


def started(folder: Path, name: str, *arguments: str) -> subprocess.Popen[str]:
    """`onrecord` as a process of its own; what it says goes to a file of its name."""
    with (folder / f"{name}.out").open("w") as out, (folder / f"{name}.err").open("w") as err:
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "onrecord", name, *arguments], cwd=folder, stdout=out, stderr=err, text=True
        )


def until(seconds: float) -> Iterator[float]:
    """The minutes that have passed, every few seconds."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        yield passed / 60
        time.sleep(SAMPLE_SECONDS)


def publishing(press: Press, port: int, rate: float, stop: threading.Event) -> None:
    while not stop.wait(60 / rate):
        press.publish(port)


def missing(where: Path, press: Press) -> list[str]:
    """The locators that were published and are neither recorded nor rejected."""
    with open_ledger(str(where), read_only=True) as ledger, ledger.reading() as connection:
        recorded = set(connection.scalars(select(documents.c.locator)))
        rejected = set(connection.scalars(select(rejections.c.locator).where(~rejections.c.warning)))
    return [one for one, has_words in list(press.published.items()) if one not in (recorded if has_words else rejected)]


def counts(where: Path) -> dict[str, int]:
    """What the ledger holds at the end."""
    with open_ledger(str(where), read_only=True) as ledger, ledger.reading() as connection:

        def rows(of: object) -> int:
            return int(connection.scalar(of) or 0)  # type: ignore[call-overload]  # a select

        from_feeds = documents.c.locator.like("http://127.%")
        return {
            "documents of the feeds recorded": rows(select(func.count()).select_from(documents).where(from_feeds)),
            "entries rejected": rows(select(func.count()).select_from(rejections).where(~rejections.c.warning)),
            "statements": rows(select(func.count()).select_from(statements)),
            "links": rows(select(func.count()).select_from(links)),
            "judgements": rows(select(func.count()).select_from(judgements)),
        }


def soak(folder: Path, minutes: float, rate: float, stack: ExitStack) -> tuple[Soak, Press, Counter[str]]:
    """Run it all for so long; the watch and the desk are ended at the end."""
    press, stop, told = Press(FEEDS), threading.Event(), Counter[str]()
    port = stack.enter_context(on_loopback(press))
    (folder / "feeds.txt").write_text("".join(f"http://{FEED_HOST}:{port}/feed/{n}\n" for n in range(FEEDS)), encoding="utf8")
    for _ in range(FEEDS):
        press.publish(port)
    stack.callback(stop.set)
    running = Soak()
    stack.callback(running.kill)
    web = ("--follow", "--allow-private", "--every", "1", "--format", "jsonl")
    running.processes[WATCH] = started(folder, WATCH, "feeds.txt", "--ledger", "soak.db", *web)
    while not (folder / "soak.db").exists() or len(missing(folder / "soak.db", press)) == FEEDS:
        time.sleep(1)
    running.processes[SERVE] = started(folder, SERVE, "soak.db", "--port", "0", "--as", "Ida Brook", "--tokens", "tokens.json")
    client = Client(folder / "serve.err", random.Random(2), told)
    threading.Thread(target=publishing, args=(press, port, rate, stop), daemon=True).start()
    threading.Thread(target=client.ask_on, args=(stop, REQUEST_SECONDS), daemon=True).start()
    for passed in until(60 * minutes):
        running.look(passed)
        if int(passed) > int(passed - SAMPLE_SECONDS / 60):
            print(f"{passed:5.1f} min  {line(running.samples[-1])}  {len(press.published)} published", flush=True)
    stop.set()
    for _ in until(REST_SECONDS):
        if not missing(folder / "soak.db", press):
            break
    for name, process in running.processes.items():
        told[f"{name} ended with {status_when_told_to_end(process)}"] += 1
    return running, press, told


def status_when_told_to_end(process: subprocess.Popen[str]) -> int:
    """Its exit status after Ctrl-C. One that does not end is aborted, and tells in its output where it stood."""
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        return process.wait()


def line(sample: Sample) -> str:
    return "  ".join(f"{name} {held.all:.0f} MB, {held.anonymous:.0f} of its own" for name, held in sample.held.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=30.0, help="entries published a minute")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--folder", type=Path, help="where to work and leave everything, in place of a temporary folder")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = args.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        running, press, told = soak(folder, args.minutes, args.rate, stack)
        (folder / "samples.json").write_text(json.dumps([one.row() for one in running.samples]), encoding="utf8")
        is_well = report(folder, press, told)
        print_slopes(running.samples, args.minutes / 3)
        if args.picture:
            draw(running.samples, args.picture)
    sys.exit(0 if is_well else 1)


def report(folder: Path, press: Press, told: Counter[str]) -> bool:
    """Print what came of it; whether all is well."""
    verify = [sys.executable, "-m", "onrecord", "verify", "--ledger", "soak.db"]
    checked = subprocess.run(verify, cwd=folder, capture_output=True, text=True, check=False)
    complaints = {name: (folder / f"{name}.err").read_text(encoding="utf8").count("Traceback") for name in (WATCH, SERVE)}
    absent = missing(folder / "soak.db", press)
    lost = [one for one in absent if one in press.given]
    print(f"\npublished: {len(press.published)}, of which {sum(not one for one in press.published.values())} say nothing")
    for name, number in counts(folder / "soak.db").items():
        print(f"{name}: {number}")
    print(f"missed: {len(absent) - len(lost)}")
    print(f"lost: {len(lost)} {lost[:5] if lost else ''}")
    print(f"verify: {checked.stderr.strip().splitlines()[-1]}")
    print(f"tracebacks: {complaints}")
    print("requests: " + ", ".join(f"{name} {number}" for name, number in sorted(told.items())))
    bad = [name for name in told if name.startswith(("status 5", "failed")) or (" ended with " in name and not name.endswith(" 0"))]
    return not (lost or checked.returncode or any(complaints.values()) or bad)


def print_slopes(samples: list[Sample], since: float) -> None:
    """How the memory of each rose after so many minutes."""
    late = [one for one in samples if one.minutes >= since]
    for name in late[0].held:
        for kind in ("all", "anonymous"):
            held = [getattr(one.held[name], kind) for one in late]
            rise = slope([one.minutes for one in late], held)
            print(f"{name}, {kind} memory since minute {since:.0f}: {held[0]:.0f} -> {held[-1]:.0f} MB, {rise:+.2f} MB a minute")


if __name__ == "__main__":
    main()
