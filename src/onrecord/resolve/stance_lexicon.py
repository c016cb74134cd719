"""The stance lexicon, read from `lexicon/stance.toml` into tables of phrases. A reporter extends the file, not this."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.data import Stance
from onrecord.resolve.words import PhraseTable, inflected


class Weight(StrEnum):
    """How much a phrase tells: it decides, it only leans, or it counts only when the speaker is its subject."""

    STRONG = "strong"
    LEANING = "leaning"
    OWN_ACT = "own act"
    HINT = "hint"


Sign = tuple[Stance, Weight]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of phrases, and the small closed word lists of the grammar."""

    cue: PhraseTable[Sign]
    content: PhraseTable[Sign]
    unsaid: PhraseTable[Stance]
    harm: PhraseTable[Stance]
    insisting: PhraseTable[Stance]
    describing: frozenset[str]
    vows: frozenset[str]
    imperatives: frozenset[str]
    negators: frozenset[str]
    not_negating: frozenset[str]
    passing: frozenset[str]
    whether_words: frozenset[str]
    before_no_condition: frozenset[str]
    after_no_condition: frozenset[str]
    set_phrases: PhraseTable[bool]
    condition_markers: PhraseTable[bool]
    condition_openings: frozenset[str]
    abbreviations: frozenset[str]
    bodies: frozenset[str]
    voices: frozenset[str]
    verbal: frozenset[str]
    breaks: frozenset[str]
    time_words: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    auxiliaries: frozenset[str]
    supposed_saying: frozenset[str]
    supposed_forms: frozenset[str]
    between_supposed: frozenset[str]
    denial_words: frozenset[str]
    telling: frozenset[str]
    no_person: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    read = tomllib.loads((files("onrecord.resolve") / "lexicon" / "stance.toml").read_text(encoding="utf8"))
    grammar, cue, content = read["grammar"], read["cue"], read["content"]
    forms = _Forms(grammar["irregular"], frozenset(grammar["doubling"]))
    return Lexicon(
        cue=PhraseTable(_signs(cue, forms, {"verbs": Weight.STRONG, "leaning": Weight.LEANING}, {"phrases": Weight.STRONG})),
        content=PhraseTable(
            _signs(content, forms, {"acts": Weight.OWN_ACT, "verbs": Weight.STRONG}, {"phrases": Weight.STRONG, "hints": Weight.HINT})
        ),
        unsaid=PhraseTable((phrase, Stance.DECLINES) for phrase in cue["declines"]["unsaid"]),
        harm=PhraseTable((form, Stance.THREATENS) for phrase in content["threatens"]["harm"] for form in forms.of(phrase)),
        insisting=PhraseTable((form, Stance.DENIES) for phrase in cue["denies"]["insisting"] for form in forms.of(phrase)),
        describing=frozenset(form for verb in grammar["describing"] for form in forms.of(verb)),
        supposed_forms=frozenset(form for verb in grammar["supposed_saying"] for form in forms.of(verb)),
        vows=frozenset(content["commits"]["vows"]),
        imperatives=frozenset(content["demands"]["imperatives"]),
        set_phrases=PhraseTable((phrase, True) for phrase in grammar["set_phrases"]),
        condition_markers=PhraseTable((phrase, True) for phrase in grammar["condition_markers"]),
        condition_openings=frozenset(phrase.split()[0] for phrase in grammar["condition_markers"]) | {"should", "were", "until", "when"},
        **{name: frozenset(grammar[name]) for name in _WORD_LISTS},
    )


_WORD_LISTS = (
    "negators",
    "not_negating",
    "passing",
    "whether_words",
    "before_no_condition",
    "after_no_condition",
    "abbreviations",
    "bodies",
    "voices",
    "verbal",
    "breaks",
    "time_words",
    "determiners",
    "pronouns",
    "auxiliaries",
    "supposed_saying",
    "between_supposed",
    "denial_words",
    "telling",
    "no_person",
)


@dataclass(frozen=True, slots=True)
class _Forms:
    irregular: Mapping[str, list[str]]
    doubling: frozenset[str]

    def of(self, phrase: str) -> tuple[str, ...]:
        return inflected(phrase, self.irregular, self.doubling)


def _signs(
    lists: Mapping[str, Mapping[str, Any]], forms: _Forms, inflecting: Mapping[str, Weight], literal: Mapping[str, Weight]
) -> Iterator[tuple[str, Sign]]:
    """Every phrase with its stance; of two stances that share a phrase the stronger weight, then the guide's order, wins."""
    for name, weight in {**inflecting, **literal}.items():
        for stance in Stance:
            phrases: Iterable[str] = lists.get(stance.value, {}).get(name, ())
            for phrase in phrases:
                for form in forms.of(phrase) if name in inflecting else (phrase,):
                    yield form, (stance, weight)
