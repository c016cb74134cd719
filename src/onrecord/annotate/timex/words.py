"""The words of time, read once from the lexicons beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A lexicon beside this module: "words", "rules", "holidays", "names" or "tense"."""
    parsed: dict[str, Any] = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf8"))
    return parsed


@cache
def words(table: str) -> dict[str, Any]:
    """One table of the lexicon `words.toml`: months, weekdays, numbers and so on."""
    found: dict[str, Any] = lexicon("words")[table]
    return found


@cache
def modifiers() -> dict[str, str]:
    """From a word such as "early" or "about" to the TIMEX3 `mod` that it stands for."""
    return {phrase: mod for mod, phrases in words("about").items() for phrase in phrases}


def number(phrase: str) -> float | None:
    """The number that digits or words such as "twenty-five" or "2 1/2" stand for; null for "several"."""
    phrase = " ".join(phrase.replace(",", "").split())
    if phrase in words("quantities")["vague"]:
        return None
    if phrase in words("quantities")["pair"]:
        return 2.0
    if (digits := re.fullmatch(r"(\d{1,9}(?:\.\d{1,4})?)(?: (\d)/(\d))?", phrase)) is not None:
        whole, above, below = digits.groups()
        return float(whole) + (int(above) / max(int(below), 1) if above else 0.0)
    return _spelt(phrase)


def _spelt(phrase: str) -> float | None:
    total = 0.0
    current = 0.5 if re.search(r"[ -]and[ -]a[ -]half$", phrase) else 0.0
    phrase = re.sub(r"[ -]and[ -]a[ -]half$", "", phrase)
    for word in re.findall(r"[a-z]+", phrase):
        value = words("numbers").get(word)
        if word in ("half", "and", "of"):
            current += 0.5 if word == "half" else 0.0
        elif value is None:
            return None
        elif word in ("dozen", "hundred", "thousand"):
            total, current = total + max(current, 1.0) * value, 0.0
        elif word in ("a", "an") and phrase.startswith("half"):
            continue
        else:
            current += value
    return total + current
