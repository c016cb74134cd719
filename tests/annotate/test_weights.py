"""The files of the shipped models: one that is missing is named, a digest is over all of them, and one tokeniser serves all models."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from onrecord.annotate.meaning import Meaning
from onrecord.annotate.tagger import FILES, Tagger
from onrecord.annotate.weights import digest, present, weights_folder
from onrecord.errors import WeightsError
from onrecord.resolve.stance_model import StanceModel

Model = Tagger | Meaning | StanceModel
DIGESTS: list[tuple[type[Model], list[tuple[str, str]]]] = [
    (Tagger, [("tagger", name) for name in FILES]),
    (Meaning, [("meaning", "vectors.npz"), ("tagger", "tokenizer.json")]),
    (StanceModel, [("stance", "stance.onnx")]),
]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.bin").write_bytes(b"1")
    assert present(tmp_path, ("one.bin",)) == (tmp_path / "one.bin",)
    with pytest.raises(WeightsError, match=r"other\.bin is missing: install onrecord again") as caught:
        present(tmp_path, ("one.bin", "other.bin"))
    assert (caught.value.code, caught.value.context["path"]) == ("weights.missing", str(tmp_path / "other.bin"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "one.bin").mkdir()
    with pytest.raises(WeightsError):
        present(tmp_path, ("one.bin",))


@pytest.mark.parametrize(("model", "names"), DIGESTS, ids=["tagger", "meaning", "stance"])
def test_the_digest_of_a_model_is_that_of_all_its_files_in_order(model: type[Model], names: list[tuple[str, str]]) -> None:
    whole = b"".join((weights_folder(folder) / name).read_bytes() for folder, name in names)
    assert model().sha256 == hashlib.sha256(whole).hexdigest()


def test_the_order_of_files_counts(tmp_path: Path) -> None:
    one, other = tmp_path / "1", tmp_path / "2"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    assert digest((one, other)) != digest((other, one))


def test_all_models_cut_texts_with_one_tokeniser() -> None:
    assert Tagger().tokeniser is Tagger().tokeniser
    assert Tagger().tokeniser is Meaning()._tokeniser
