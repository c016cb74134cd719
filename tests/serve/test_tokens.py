"""Tokens: only digests are kept, and what is revoked holds no more."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from onrecord.errors import ServeError, UsageError
from onrecord.serve.tokens import TokenFile, added, new_token, revoked, tokens_in


def test_a_token_is_known_by_its_secret_which_the_file_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "tokens.json"
    secret = added(path, " Ida Brook ", may_write=True)
    found = TokenFile(path).holder(secret)
    assert found is not None
    assert (found.name, found.may_write) == ("Ida Brook", True)
    assert secret not in path.read_text(encoding="utf8")
    assert secret.removeprefix("onr_") not in path.read_text(encoding="utf8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_revoked_holds_no_more_at_once(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    mine, other = added(path, "Ida", may_write=True), added(path, "Nils", may_write=False)
    tokens = TokenFile(path)
    assert tokens.holder(mine) is not None
    revoked(path, "Ida")
    assert tokens.holder(mine) is None
    assert tokens.holder(other) is not None


@pytest.mark.parametrize("secret", ["", "onr_", "x" * 10_000, "\ud800", "onr_é"])
def test_nobody_has_a_secret_that_was_not_given_out(secret: str, tmp_path: Path) -> None:
    added(tmp_path / "tokens.json", "Ida", may_write=True)
    assert TokenFile(tmp_path / "tokens.json").holder(secret) is None


def test_two_tokens_of_one_name_are_refused_and_so_is_revoking_none(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    added(path, "Ida", may_write=True)
    with pytest.raises(ServeError) as error:
        added(path, "Ida", may_write=False)
    assert error.value.code == "serve.token_name"
    with pytest.raises(ServeError):
        revoked(path, "Nils")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "\x1b[31m"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        new_token(name, may_write=True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"tokens": [{"name": "x"}]}', '{"tokens": 1}'])
def test_a_damaged_file_is_told_of_and_not_taken_for_empty(text: str, tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(text, encoding="utf8")
    with pytest.raises(ServeError) as error:
        tokens_in(path)
    assert error.value.code == "serve.token_file"
