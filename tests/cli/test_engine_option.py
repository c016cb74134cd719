"""Where the work is to be done is told by one option."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from onrecord.cli import main


@pytest.mark.parametrize("engine", ["spark", "ray=", "local=here", ""])
def test_an_engine_that_is_none_is_wrong_usage(engine: str) -> None:
    for command in (["add", "x.txt"], ["link"]):
        told = CliRunner().invoke(main, [*command, "--engine", engine])
        assert told.exit_code == 2
        assert "ray=ADDRESS" in told.output


def test_records_are_kept_by_a_cluster_only() -> None:
    told = CliRunner().invoke(main, ["add", "x.txt", "--records", "there"])
    assert told.exit_code == 2
    assert "--engine ray" in told.output


def test_without_ray_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    told = CliRunner().invoke(main, ["add", "x.txt", "--engine", "ray=auto"])
    assert told.exit_code == 2
    assert "pip install 'onrecord[ray]'" in told.output
