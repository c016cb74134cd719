"""How many announced events of the invented stories are found, each once, and with the right status, day, place and participants.

    python evals/events.py [--show] [STORY ...]

The stories lie in `examples/announced`, each with an `events.json` beside it: every event, the passages that tell of it, its status
after each article (`told`) and after all of them. `also` lists statuses that are right too; what is `optional` may be found or not. Needs
nothing from outside. A telling is one article's account of one event.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.annotate.meaning import Meaning
from onrecord.data import Document, Event, Record
from onrecord.find.events import Announced, WantedEvents, announced
from onrecord.pipeline import Reader
from onrecord.record.ledger import Options, Program, open_ledger

STORIES = Path(__file__).resolve().parents[1] / "examples" / "announced"
# Shares of the events after the whole story, and of the articles' accounts of them ("told").
FLOORS = {"found": 0.95, "status": 0.95, "when": 0.95, "told found": 0.95, "told status": 0.95}
Gold = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """The articles of one story as read, their events as gold and as the ledger has them."""

    name: str
    records: tuple[Record, ...]
    gold: tuple[Gold, ...]
    found: tuple[Announced, ...]


def documents(folder: Path) -> Iterator[Document]:
    """The articles: a line with the day, one with the outlet, one with the title, then the text; all of it is the text."""
    for path in sorted(folder.glob("*.txt"), key=lambda path: path.stem[-4:]):
        text = path.read_text(encoding="utf8")
        day, publisher, title = text.split("\n", 3)[:3]
        yield Document(path.stem, text, path.stem, day.removeprefix("date "), publisher=publisher, title=title)


def read(folder: Path, reader: Reader) -> Story:
    records = tuple(reader.records(documents(folder)))
    with (
        tempfile.TemporaryDirectory() as place,
        open_ledger(str(Path(place) / "news.db"), Options(False, Meaning()), create=True) as ledger,
    ):
        run = ledger.begin(Program("onrecord", ()), "add")
        ledger.add(run, records)
        ledger.end(run)
        found = announced(ledger, WantedEvents())
    return Story(folder.name, records, tuple(json.loads((folder / "events.json").read_text(encoding="utf8"))["events"]), found)


def touched(text: str, words: list[str], event: Event) -> bool:
    """Whether the event's passage shares a character with one of the gold passages."""
    starts = ((text.index(some), len(some)) for some in words)
    return any(event.span.start < start + length and start < event.span.end for start, length in starts)


def matches(gold: Gold, record: Record) -> list[Event]:
    """The events of one article that are the gold one."""
    name = record.document.name
    told = next((one for one in gold["told"] if one["document"] == name), None)
    return [one for one in record.events if told and touched(record.document.text, told["words"], one)]


def weight(gold: Gold, event: Announced, records: tuple[Record, ...]) -> int:
    """In how many articles the event of the ledger tells of the gold one."""
    at = {record.document.name: record for record in records}
    return sum(any(match.what == told.what for match in matches(gold, at[told.document])) for told in event.told)


def pairs(story: Story) -> dict[int, int]:
    """{place of a gold event: place of the event of the ledger that tells of it in most articles}, one to one."""
    ranked = sorted(
        ((weight(gold, one, story.records), -g, -f) for g, gold in enumerate(story.gold) for f, one in enumerate(story.found)), reverse=True
    )
    chosen: dict[int, int] = {}
    for shared, g, f in ranked:
        if shared and -g not in chosen and -f not in chosen.values():
            chosen[-g] = -f
    return chosen


def right(gold: Gold, status: str) -> bool:
    return status in (gold["status"], *gold.get("also", ()))


def told_counts(story: Story) -> Iterator[str]:
    """What is right article by article."""
    for gold in story.gold:
        for told in gold["told"]:
            record = next(one for one in story.records if one.document.name == told["document"])
            found = matches(gold, record)
            if told.get("optional") or gold.get("optional"):
                continue
            yield "told"
            if found:
                yield "told found"
            if any(right(told, one.status) for one in found):
                yield "told status"
            if any(one.when == told["when"] for one in found):
                yield "told when"


def event_counts(story: Story) -> Iterator[str]:
    """What is right after the whole story."""
    chosen = pairs(story)
    for number, gold in enumerate(story.gold):
        if gold.get("optional"):
            continue
        yield "events"
        if number not in chosen:
            continue
        one = story.found[chosen[number]]
        yield "found"
        yield from (name for name, is_right in judged(gold, one) if is_right)
    for place, one in enumerate(story.found):
        if place not in chosen.values():
            yield "doubled" if any(weight(gold, one, story.records) for gold in story.gold) else "others"


def judged(gold: Gold, one: Announced) -> Iterator[tuple[str, bool]]:
    yield "status", right(gold, one.status)
    yield "when", one.when == gold["when"]
    yield "place", one.place == gold["place"]
    yield "participants", set(gold["participants"]) <= set(one.participants)
    yield "who says so", set(gold["by"]) <= {voice.speaker_name for voice in one.voices}


def details(story: Story) -> Iterator[str]:
    """Each gold event with what was found of it, then what is too much."""
    chosen = pairs(story)
    for number, gold in enumerate(story.gold):
        one = story.found[chosen[number]] if number in chosen else None
        wrong = [name for name, is_right in judged(gold, one) if not is_right] if one else ["MISSED"]
        yield f"  {gold['what']}: {gold['when']} {gold['status']} | wrong: {', '.join(wrong) or 'nothing'}"
        if one:
            yield f"      {one.when} {one.status} at {one.place} by {one.participants}"
            yield f"      voices {[(voice.speaker_name, voice.stance) for voice in one.voices]}"
        for told in gold["told"]:
            record = next(each for each in story.records if each.document.name == told["document"])
            found = [f"{each.when} {each.status} “{each.what}”" for each in matches(gold, record)]
            yield f"      {told['document']}: {told['when']} {told['status']} -> {found}"
    for place, one in enumerate(story.found):
        if place not in chosen.values():
            yield f"  too much: {one.when} {one.status} “{one.what}” by {one.participants} in {[told.document for told in one.told]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*", help="only these")
    parser.add_argument("--show", action="store_true", help="print every event")
    args = parser.parse_args()
    reader, total = Reader(threads=1), Counter[str]()
    for folder in sorted(path for path in STORIES.iterdir() if not args.stories or path.name in args.stories):
        story = read(folder, reader)
        counts = Counter(told_counts(story)) + Counter(event_counts(story))
        total += counts
        print(report(folder.name, counts))
        if args.show:
            print("\n".join(details(story)))
    print(report("all", total))
    sys.exit(bool(below(total)) if not args.stories else 0)


def report(name: str, counts: Counter[str]) -> str:
    whole = ", ".join(f"{part} {counts[part]}" for part in ("found", "status", "when", "place", "participants", "who says so"))
    told = ", ".join(f"{part} {counts[f'told {part}']}" for part in ("found", "status", "when"))
    more = f"doubled {counts['doubled']}, others {counts['others']}"
    return f"{name}: of {counts['events']} events {whole}; {more}; of {counts['told']} tellings {told}"


def below(counts: Counter[str]) -> list[str]:
    """What does not reach its floor."""
    shares = {name: counts[name] / counts["told" if name.startswith("told") else "events"] for name in FLOORS}
    failed = [f"events: {name} is {share:.3f}, the floor is {FLOORS[name]}" for name, share in shares.items() if share < FLOORS[name]]
    print("\n".join(failed) or "every figure is at or above its floor")
    return failed


if __name__ == "__main__":
    main()
