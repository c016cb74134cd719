"""The small vectors on invented sentences: near where the meaning is, the same each time, nothing for nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import meaning as module
from onrecord.annotate.meaning import LENGTH, SIZE, Meaning, meaning_folder
from onrecord.annotate.tagger import shipped_folder
from onrecord.annotate.tokenise import Tokeniser
from onrecord.errors import WeightsError

NEARER = [  # a sentence, one that means the like in other words, one on another matter that shares a word with the first
    ("The harbour will close in spring.", "The port is to shut down by April.", "The concert will be free of charge."),
    ("Taxes on petrol are going up.", "Drivers will pay a higher fuel duty.", "The singer is going on tour."),
    ("The mayor stepped down.", "The head of the city resigned.", "The prices of houses went down."),
    ("Nobody was hurt in the fire.", "There were no injuries in the blaze.", "He was fired last week."),
    ("The hospital needs more nurses.", "There is a shortage of medical staff.", "The stadium needs a new roof."),
    ("We will cut carbon emissions by half.", "Greenhouse gases are to fall by fifty percent.", "We will cut the ribbon at half past two."),
]
SILENT = ["", " ", "\n\t", "...", "“”", "—", "\u0007"]
ALIKE = [
    ("The port will close.", "THE PORT WILL CLOSE"),
    ("“The port will close”", '"The port will close,"'),
    ("the workers’ vote", "the workers' vote"),
    ("a café", "a cafe"),
]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning()


@pytest.mark.parametrize(("text", "like", "unlike"), NEARER)
def test_other_words_for_the_same_are_nearer_than_another_matter(meaning: Meaning, text: str, like: str, unlike: str) -> None:
    query, *others = meaning.vectors([text, like, unlike])
    near, far = meaning.scores(query, np.array(others))
    assert near > far


@pytest.mark.parametrize("text", SILENT)
def test_a_text_that_says_nothing_is_zeros_and_near_to_nothing(meaning: Meaning, text: str) -> None:
    silent, spoken = meaning.vectors([text, "The port will close."])
    assert not silent.any()
    assert meaning.scores(silent, np.array([silent, spoken])).tolist() == [0, 0]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_case_marks_and_accents_make_no_difference(meaning: Meaning, one: str, other: str) -> None:
    assert np.array_equal(*meaning.vectors([one, other]))


def test_a_vector_is_128_bytes_of_one_length(meaning: Meaning) -> None:
    found = meaning.vectors(["The port will close.", "Nobody knows."])
    assert found.shape == (2, SIZE)
    assert [len(one.tobytes()) for one in found] == [128, 128]
    assert np.linalg.norm(found.astype(float), axis=1) == pytest.approx(LENGTH, rel=0.02)
    assert np.array_equal(np.frombuffer(found[0].tobytes(), np.int8), found[0])


def test_no_texts_give_no_vectors(meaning: Meaning) -> None:
    assert meaning.vectors([]).shape == (0, SIZE)
    assert meaning.scores(np.ones(SIZE, np.int8), meaning.vectors([])).shape == (0,)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(), max_size=60), max_size=8))
def test_a_text_has_the_same_vector_alone_as_among_others(meaning: Meaning, texts: list[str]) -> None:
    together = meaning.vectors(texts)
    assert together.shape == (len(texts), SIZE)
    assert all(np.array_equal(together[i], meaning.vectors([text])[0]) for i, text in enumerate(texts))


def test_many_texts_are_read_in_parts_and_what_is_forgotten_is_learnt_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Pier {n} closes on day {n % 7}" for n in range(100)]
    whole = Meaning().vectors(texts)
    monkeypatch.setattr(module, "TEXTS_READ", 7)
    monkeypatch.setattr(module, "WORDS_KEPT", 5)
    assert np.array_equal(Meaning().vectors(texts), whole)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from("abeiou '.,-$%é€“”’\n漢"), max_size=80))
def test_words_are_cut_into_the_pieces_that_the_whole_text_is_cut_into(meaning: Meaning, text: str) -> None:
    whole = Tokeniser(shipped_folder() / "tokenizer.json").tokens(text.replace("\n", " ")).ids
    rows = meaning._rows[whole].sum(0)
    ours = meaning.vectors([text])[0].astype(float)
    assert ours == pytest.approx(rows * (LENGTH / max(1e-6, float(np.linalg.norm(rows)))), abs=1) or not rows.any()


def test_scores_are_the_cosines(meaning: Meaning) -> None:
    found = meaning.vectors([text for row in NEARER for text in row])
    exact = found.astype(float)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    got = np.array([meaning.scores(one, found) for one in found])
    assert got.dtype == np.float32
    assert got == pytest.approx(exact @ exact.T, abs=0.02)
    assert got.max() <= 1
    assert meaning.similarity(found, found[::-1]) == pytest.approx(np.diag(got[::-1]))


def test_the_weights_have_a_digest_and_making_one_reads_nothing() -> None:
    one = Meaning()
    assert len(one.sha256) == 64
    assert one.sha256 == Meaning(meaning_folder()).sha256
    assert "_rows" not in vars(one)


def test_missing_and_damaged_weights_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="install onrecord again") as missing:
        Meaning(tmp_path)
    (tmp_path / "vectors.npz").write_bytes(b"no")
    with pytest.raises(WeightsError) as damaged:
        Meaning(tmp_path).vectors(["The port will close."])
    assert (missing.value.code, damaged.value.code) == ("weights.missing", "weights.damaged")
