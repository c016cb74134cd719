"""Which language a text is in. Only English is read further; a text that cannot be told is taken for English.

English is known by its small words: they make a quarter of any prose and hardly occur elsewhere, so that counting them
settles most texts. What has few of them is asked of py3langid (after Lui and Baldwin 2012), and is called another language
only where that is far likelier than English. A long text is looked at in a dozen places, and the majority decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.data import Document, Rejection
from onrecord.errors import WeightsError
from onrecord.read.language_names import LANGUAGE_NAMES
from onrecord.settings import ReadOptions

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
UNKNOWN = "und"

# Small words that the neighbours of English do not have, in their spelling or at all.
_SMALL_WORDS = frozenset(
    {
        *("the", "and", "of", "with", "from", "into", "between", "during", "against", "after", "before", "about", "because", "than"),
        *("his", "her", "its", "it's", "their", "my", "your", "our", "he", "she", "they", "you", "them", "there"),
        *("this", "that", "these", "those", "which", "who", "whom", "whose", "what", "when", "where", "why", "how", "then"),
        *("is", "are", "was", "were", "been", "being", "has", "have", "had", "would", "could", "should", "don't", "not"),
        *("said", "says", "but", "other", "some", "any", "only"),
    }
)
_NEARLY_ENGLISH = frozenset({ENGLISH, "pcm", "sco", "zxx"})  # Nigerian Pidgin, Scots, and what is no language
_ENOUGH_SMALL_WORDS = 0.08
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|</?[a-zA-Z][^<>]{0,500}>")
_PLACES = 12
_PLACE = 400

# How much likelier than English another language must be, as a difference of log probabilities: on the whole, and by word.
_FAR_LIKELIER = 30.0, 4.0
_LIKELIER_AS_DECLARED = 8.0, 1.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A piece of a text, and its words."""

    text: str
    words: list[str]

    @property
    def letters(self) -> int:
        return sum(map(len, self.words))

    @property
    def small_words(self) -> int:
        return sum(word.lower().replace("’", "'") in _SMALL_WORDS for word in self.words)

    @property
    def is_english(self) -> bool:
        return bool(self.words) and self.small_words >= _ENOUGH_SMALL_WORDS * len(self.words)


def is_read(language: str) -> bool:
    """Whether statements are sought in documents of this language."""
    return language.lower().partition("-")[0] in ("", ENGLISH, UNKNOWN)


def is_evidently_english(text: str) -> bool:
    """Whether the small words of English are there, and often."""
    words = [word for place in _places(text) for word in _WORD.findall(place)]
    whole = _Place(text, words)
    return whole.small_words >= 2 and whole.is_english


def language_of(text: str, declared: str | None = None) -> str:
    """The language of most of the text: an ISO 639-1 code (639-3 where that has none), "und" where it cannot be told.

    `declared` is what the page or feed says of itself. It is believed where the text is too short to speak against it.
    """
    said = _primary(declared)
    letters: Counter[str] = Counter()
    places = [_Place(cleaned, _WORD.findall(cleaned)) for cleaned in (_ADDRESS.sub(" ", place) for place in _places(text))]
    if 2 * sum(place.letters for place in places if place.is_english) > sum(place.letters for place in places):
        return ENGLISH
    for place in places:
        letters[_language_here(place, said)] += place.letters
    decided = letters.total() - letters[UNKNOWN]
    if decided == 0:
        return said if said is not None and letters.total() else UNKNOWN
    others = [one for one in letters if one not in (ENGLISH, UNKNOWN)]
    if 2 * sum(letters[one] for one in others) <= decided:
        return ENGLISH
    return max(others, key=lambda one: letters[one])


def in_their_languages(found: Iterable[Document | Rejection], options: ReadOptions) -> Iterator[Document | Rejection]:
    """Every document with its language; before one that is not English, a warning that says so."""
    for one in found:
        if isinstance(one, Rejection):
            yield one
            continue
        told = _primary(options.language) or language_of(one.text, one.language)
        language = ENGLISH if told == UNKNOWN else told
        if not is_read(language):
            yield Rejection(one.locator, "read.not_english", _not_english(language), warning=True)
        yield one if one.language == language else replace(one, language=language)


def _not_english(language: str) -> str:
    name = LANGUAGE_NAMES.get(language, f"a language with the code {language!r}")
    return (
        f"It is in {name}, and only English is read: it is kept, and its record is empty. "
        "If it is English, say so with --language en; else translate it, or leave it out."
    )


def _primary(declared: str | None) -> str | None:
    """`de` of `de-AT`; None where nothing is declared, or no language."""
    primary = re.split("[-_]", (declared or "").strip().lower(), maxsplit=1)[0]
    return primary if re.fullmatch("[a-z]{2,3}", primary) and primary != UNKNOWN else None


def _places(text: str) -> list[str]:
    """The whole of a short text; of a long one some places, evenly spread."""
    if len(text) <= _PLACES * _PLACE:
        return [text[start : start + _PLACE] for start in range(0, len(text), _PLACE)]
    step = (len(text) - _PLACE) // (_PLACES - 1)
    return [text[start : start + _PLACE] for start in range(0, _PLACES * step, step)]


def _language_here(place: _Place, said: str | None) -> str:
    if not place.words:
        return UNKNOWN
    if place.is_english:
        return ENGLISH
    likelier: dict[str, float] = dict(_identifier().rank(place.text.lower() if _is_loud(place.text) else place.text))
    best = max(likelier, key=lambda language: likelier[language])
    if best == ENGLISH:
        return ENGLISH
    ahead = likelier[best] - likelier[ENGLISH]
    if best == said and place.small_words == 0 and _enough(ahead, place.words, _LIKELIER_AS_DECLARED):
        return best
    return best if best not in _NEARLY_ENGLISH and _enough(ahead, place.words, _FAR_LIKELIER) else UNKNOWN


def _enough(difference: float, words: list[str], least: tuple[float, float]) -> bool:
    return difference >= least[0] and difference >= least[1] * len(words)


def _is_loud(text: str) -> bool:
    """More capitals than small letters: headlines, tickers, old wire copy."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # takes half a second, and English seldom needs it

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE)
    except OSError as error:
        raise WeightsError(
            f"The model that tells languages cannot be unpacked ({error}). Make room for temporary files, or give --language en."
        ) from error
