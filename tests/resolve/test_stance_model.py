"""The shipped stance model on invented statements: plain cues whose content alone tells, the words that decided, how factual it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.resolve.test_stance import marked, reading

from onrecord.annotate.tagger import shipped as tagger
from onrecord.data import Attribution, Factuality, Span, Stance
from onrecord.errors import WeightsError
from onrecord.resolve.stance_content import Clue
from onrecord.resolve.stance_model import StanceModel, factuality, shipped
from onrecord.resolve.stance_pieces import pieces

TOLD = {  # what a plain "said" leaves to the content
    "[Ines Marrow] {said} <the harbour board had lied to every family on the quay>.": Stance.ACCUSES,
    "[Ines Marrow] {said} <the council must reopen the ferry landing at once>.": Stance.DEMANDS,
    "[Ines Marrow] {said}: <“We will rebuild the landing ourselves.”>": Stance.COMMITS,
    "[Ines Marrow] {said} <fares will probably double within a year>.": Stance.PREDICTS,
    "[Ines Marrow] {said} <the crew deserved every praise for a superb rescue>.": Stance.SUPPORTS,
    "[Ines Marrow] {said} <the landing was built in 1931 of oak>.": Stance.ASSERTS,
    "[Ines Marrow] {has not ruled out} <closing the landing>.": Stance.LEAVES_OPEN,
    "[Ottmar Brandt] {said} <that he would not rule out a handful of night flights this summer>": Stance.LEAVES_OPEN,
    "[Ines Marrow] {denied} <that she had sold the landing>.": Stance.DENIES,
}
FACTUAL = {
    "[Ines Marrow] {said} <the ferry sank on Friday>.": (Factuality.CERTAIN, Factuality.PROBABLE),
    "[Ines Marrow] {said} <the ferry might sink>.": (Factuality.POSSIBLE, Factuality.PROBABLE, Factuality.UNCOMMITTED),
    "[Ines Marrow] {said} <the ferry never sank>.": (Factuality.CERTAINLY_NOT, Factuality.PROBABLY_NOT),
}


@pytest.mark.parametrize(("case", "stance"), TOLD.items())
def test_plain_words_tell_the_stance(case: str, stance: Stance) -> None:
    assert reading(case).stance is stance


@pytest.mark.parametrize(("case", "values"), FACTUAL.items())
def test_the_content_tells_how_factual_it_is(case: str, values: tuple[Factuality, ...]) -> None:
    assert reading(case).factuality in values


def test_the_words_that_decided_stand_in_cue_or_content() -> None:
    case = "[Ines Marrow] {said} <the harbour board had lied to every family on the quay>."
    text, attribution = marked(case)
    evidence = reading(case).evidence
    assert evidence
    assert all(any(span.holds(one) for span in attribution.cue + attribution.content) for one in evidence), [
        one.of(text) for one in evidence
    ]


def test_a_statement_is_judged_alike_alone_and_among_others() -> None:
    text, one = marked("[Quill] {said} <the pier must close>. " + "Nobody heard another word that day. " * 20)
    seen = tagger().seen(text)
    others = [pieces(seen.tokens, Attribution((), one.cue, (Span(40, 40 + 9 * number),)), None) for number in range(1, 40)]
    mine = pieces(seen.tokens, one, None)
    alone, among = shipped().judged([mine], seen)[0], shipped().judged([*others, mine], seen)[-1]
    assert alone.stance is among.stance
    assert abs(alone.probabilities - among.probabilities).max() < 0.05


def test_a_content_without_pieces_is_judged_by_the_clue_alone() -> None:
    seen = tagger().seen("Quill said nothing.\n\nShe left.")
    (found,) = shipped().judged([pieces(seen.tokens, Attribution((), (), (Span(19, 21),)), Clue(Stance.DENIES, 5.0, range(1)))], seen)
    assert found.decided == ()
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("number", "value"), [(3.4, "CT+"), (2.4, "PR+"), (1.0, "PS+"), (0.2, "Uu"), (-1.2, "PS-"), (-1.9, "PR-"), (-9, "CT-")]
)
def test_a_number_is_the_nearest_value_of_factbank(number: float, value: str) -> None:
    assert factuality(number) == value


def test_a_folder_without_the_model_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="install onrecord again"):
        StanceModel(tmp_path)
