"""Makes `tests` importable, and `onrecord read` without a model."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """`onrecord` with these arguments, in an empty working folder, with a reader that needs no model."""
    from tests.run.fake_reader import FakeReader  # noqa: PLC0415

    from onrecord.cli import main  # noqa: PLC0415  # after the path is set
    from onrecord.run.local import RunOptions  # noqa: PLC0415

    monkeypatch.setattr("onrecord.cli.read.RunOptions", partial(RunOptions, make_reader=FakeReader))
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: object, **options: str | bytes) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False, **options)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def no_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger is opened without the model that embeds words."""
    from tests.find.fake_meaning import FakeMeaning  # noqa: PLC0415  # after the path is set

    monkeypatch.setattr("onrecord.annotate.meaning.Meaning", FakeMeaning)
