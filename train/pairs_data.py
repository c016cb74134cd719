"""Pairs of statements with how they stand to each other: nothing, the same, opposed.

Ours: `matters/` and `affairs/`, invented, whose statements are linked throughout; every pair counts, linked or not. Not ours, so
read from ../shared: ConjNLI's adversarial training part, counterfactual SNLI, CANNOT's negations, negation NLI (MNLI and SNLI parts),
MSRP, STS-B (data.md of that folder says where each comes from). What the gate measures on is never among them.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby, product
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evals"))

import gold
from affairs import Affair, affairs
from gold import SHARED
from onrecord.data import Document, SpeakerType, Stance, Statement
from onrecord.link.claims import Claim, in_order
from onrecord.link.matter import quotations
from onrecord.record.days import first_day

MATTERS = Path(__file__).resolve().parent / "matters"
NONE, SAME, OPPOSED = range(3)
NOT_OPPOSED = -1  # no contradiction, the rest unknown
UNLABELLED = -9  # nobody said
LINKED = {"repeats": SAME, "agrees": SAME, "contradicts": OPPOSED, "denies": OPPOSED, "revises": OPPOSED}
NLI = SHARED / "data/nli"
_HELD_EVERY = 6  # of the matters one in so many only measures
_SPLIT = 5  # of CANNOT's rows one in so many only measures


class Pair(NamedTuple):
    """Two claims, earlier first; of those of NLI sets only the words are known."""

    earlier: Claim
    later: Claim
    label: int
    set: str


def matters() -> list[dict[str, Any]]:
    """Every invented matter: `matter`, `statements`, `links`."""
    return [json.loads(line) for path in sorted(MATTERS.glob("*.jsonl")) for line in path.read_text(encoding="utf8").splitlines()]


def matter_pairs(held: bool) -> Iterator[Pair]:
    """All pairs inside the matters that are, or are not, held back."""
    for number, matter in enumerate(matters()):
        if (number % _HELD_EVERY == 0) == held:
            yield from _pairs(matter, number)


def claims(matter: dict[str, Any], number: int = 0) -> dict[str, Claim]:
    """The statements of a matter by id; rows are numbered in their order."""
    found = {}
    for row, one in enumerate(matter["statements"]):
        holder = (one["speaker"] or "").casefold() or None
        quoted = (one["content"],) if one["direct"] else ()
        day = one["day"] or f"9999-{row:02}"
        found[one["id"]] = Claim(
            1000 * number + row, row, one["content"], holder, Stance(one["stance"]), one["conditional"], one["day"], day, quoted
        )
    return found


def _pairs(matter: dict[str, Any], number: int) -> Iterator[Pair]:
    said = claims(matter, number)
    types = lifted(said, matter["links"])
    for a, b in combinations(said, 2):
        earlier, later = in_order(said[a], said[b])
        found = types.get(frozenset((a, b)), ())
        label = SAME if "repeats" in found else LINKED[found[-1]] if found else NONE
        yield Pair(earlier, later, label, "matters")


def affair_pairs(held: bool) -> Iterator[Pair]:
    """All pairs inside the affairs that are, or are not, held back."""
    for number, affair in enumerate(affairs(held)):
        yield from _told_pairs(affair_claims(affair, number), affair.links, "affairs")


def story_pairs() -> Iterator[Pair]:
    """All pairs inside the gold stories, which only measure."""
    for number, (_, some) in enumerate(groupby(gold.stories(), key=lambda one: one.document.name.partition("/")[0])):
        articles = list(some)
        yield from _told_pairs(_gold_claims(articles, number), articles[0].story_links, "stories")


def affair_claims(affair: Affair, number: int = 0) -> dict[str, Claim]:
    """The statements of an affair by their ids in its gold; rows are numbered in the order of documents and text."""
    return _gold_claims(gold.of_story(affair.name, affair.texts, affair.statements, affair.links), number)


def _gold_claims(articles: Iterable[gold.Gold], number: int) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for document, one in enumerate(sorted(articles, key=lambda one: one.document.creation_time or "")):
        for row, told in zip(one.rows, gold.statements(one), strict=True):
            found[row["id"]] = claim_of(one.document, told, 10_000 * number + len(found), 100 * number + document)
    return found


def _told_pairs(said: dict[str, Claim], links: Iterable[dict[str, Any]], name: str) -> Iterator[Pair]:
    types = lifted(said, links)
    for a, b in combinations(said, 2):
        earlier, later = in_order(said[a], said[b])
        found = types.get(frozenset((a, b)), ())
        yield Pair(earlier, later, LINKED[found[-1]] if found else NONE, name)


def claim_of(document: Document, told: Statement, number: int, of: int) -> Claim:
    """A statement as it is compared, with the numbers that its row and its document's have in a ledger."""
    words = " ... ".join(span.of(document.text) for span in told.attribution.content)
    speaker, said = told.speaker, told.said_on and told.said_on.value
    return Claim(
        number,
        of,
        words,
        speaker.key or ((speaker.name or "").casefold() or None),
        told.reading.stance,
        told.reading.conditional,
        (said and first_day(said) and said) or None,
        document.creation_time or "",
        quotations(words, told.quote_type),
        name=speaker.name or "",
        is_person=speaker.type is SpeakerType.PERSON,
        cue=" ... ".join(span.of(document.text) for span in told.attribution.cue),
        place=int(told.id.removeprefix("s")),
    )


def lifted(ids: Iterable[str], links: Iterable[dict[str, Any]]) -> dict[frozenset[str], list[str]]:
    """The types of the links between any two of these statements, lifted over groups of repeats; repeats first, else in the order given."""
    told, group = list(links), {one: one for one in ids}
    for link in told:
        if link["type"] == "repeats":
            old, new = group[link["from"]], group[link["to"]]
            group = {one: new if of == old else of for one, of in group.items()}
    members: dict[str, list[str]] = defaultdict(list)
    for one, of in group.items():
        members[of].append(one)
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    for some in members.values():
        for pair in combinations(some, 2):
            found[frozenset(pair)].append("repeats")
    for link in told:
        if link["type"] != "repeats":
            for pair in product(members[group[link["from"]]], members[group[link["to"]]]):
                found[frozenset(pair)].append(link["type"])
    return found


def _bare(words: str) -> Claim:
    return Claim(0, 0, words.strip(), None, Stance.ASSERTS, False, None, "")


def _pair(first: str, second: str, label: int, name: str) -> Pair:
    return Pair(_bare(first), _bare(second), label, name)


def _rows(path: str) -> list[list[str]]:
    with gzip.open(NLI / path, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


_NLI = {"entailment": NOT_OPPOSED, "neutral": NONE, "contradiction": OPPOSED}


def nli_train() -> Iterator[Pair]:
    """The sets that are learnt from."""
    for path, name in (
        ("ConjNLI/data__NLI__adversarial_train_15k.tsv.gz", "ConjNLI"),
        ("counterfactually-augmented-data/NLI__all_combined__train.tsv.gz", "counterfactual"),
    ):
        yield from (_pair(row[0], row[1], _NLI[row[2]], name) for row in _rows(path) if len(row) > 2 and row[2] in _NLI)
    for part in ("MNLI", "SNLI"):
        rows = _rows(f"negation-and-nli/data__new_benchmarks__clean_data__{part}.txt.gz")
        yield from (_pair(row[1], row[2], _NLI[row[3]], "negation") for row in rows if len(row) > 3 and row[3] in _NLI)
    yield from cannot(held=False)
    yield from paraphrases("train")
    with gzip.open(NLI / "stsb-multi-mt/data__stsb-en-train.csv.gz", "rt", encoding="utf8", newline="") as lines:
        for first, second, score in csv.reader(lines):
            if not 3.0 <= float(score) < 4.5:
                yield _pair(first, second, SAME if float(score) >= 4.5 else NONE, "STS-B")


def cannot(held: bool) -> Iterator[Pair]:
    """CANNOT's pairs of a sentence and its negation, and of an antonym; one in five is held back."""
    rows = [(row[0], row[1], OPPOSED) for n in range(5) for row in _rows(_WIKI.format(n)) if len(row) > 1]
    rows += [(row[0], row[1], OPPOSED if row[2] == "1" else NOT_OPPOSED) for row in _rows(_ANTONYMS) if len(row) > 2]
    yield from (_pair(*row, "CANNOT") for number, row in enumerate(rows) if (number % _SPLIT == 0) == held)


_WIKI = "cannot-dataset/datasets__wikifactcheck-english__processed__wikifactcheck_english_{}.tsv.gz"
_ANTONYMS = "cannot-dataset/datasets__antonym-substitution__processed__sem_anto_neg.tsv.gz"


def paraphrases(part: str) -> Iterator[Pair]:
    """MSRP: paraphrases, and sentences that only look like them."""
    for row in _rows(f"paraphrase_identification/dataset__msr-paraphrase-corpus__msr_paraphrase_{part}.txt.gz"):
        if len(row) > 4:
            yield _pair(row[3], row[4], SAME if row[0] == "1" else NONE, "MSRP")


def measured() -> dict[str, list[Pair]]:
    """What only measures: contradiction against the rest."""
    conj = [_pair(row[0], row[1], _NLI[row[2]], "ConjNLI") for row in _rows("ConjNLI/data__NLI__conj_dev.tsv.gz") if row[2] in _NLI]
    counter = _rows("counterfactually-augmented-data/NLI__all_combined__test.tsv.gz")
    negations = [one for one in cannot(held=True) if one.label == OPPOSED]
    same = [one for one in paraphrases("test") if one.label == SAME]
    rng = random.Random(1)
    mixed = rng.sample(negations, len(same)) + same
    return {
        "ConjNLI dev": conj,
        "counterfactual test": [_pair(row[0], row[1], _NLI[row[2]], "counterfactual") for row in counter if row[2] in _NLI],
        "CANNOT and MSRP test": mixed,
    }
