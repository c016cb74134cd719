"""File, environment, argument: the last one wins, and what cannot be is refused by name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.settings import ReadOptions, Settings, possible_time, settings


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_told_gives_the_defaults() -> None:
    assert settings({"jobs": None}, {}) == Settings()


def test_the_environment_goes_before_the_file_and_arguments_before_both() -> None:
    Path("onrecord.toml").write_text('jobs = 2\npublisher = "file"\nmin_probability = 0.1\ndate = 2031-03-04', encoding="utf8")
    told = settings(
        {"publisher": "argument"}, {"ONRECORD_PUBLISHER": "environment", "ONRECORD_MIN_PROBABILITY": "0.2", "ONRECORD_JOBS": ""}
    )
    assert told == Settings(jobs=2, min_probability=0.2, publisher="argument", date="2031-03-04")


def test_the_environment_may_name_the_file() -> None:
    Path("other.toml").write_text("longest_document = 7", encoding="utf8")
    assert settings({}, {"ONRECORD_SETTINGS": "other.toml"}).read_options == ReadOptions(longest_document=7)


BAD = [
    {"jobs": "0"},
    {"jobs": "many"},
    {"jobs": 1.5},
    {"jobs": True},
    {"min_probability": "1.01"},
    {"min_probability": "nan"},
    {"longest_document": -1},
    {"date": "2031-02-30"},
    {"date": "yesterday"},
    {"publishre": "x"},
    {"follow": "perhaps"},
    {"allow_private": 2},
    {"follow": ["yes"]},
    {"language": "English"},
    {"language": ""},
    {"language": "e\n"},
]


@pytest.mark.parametrize("arguments", BAD, ids=str)
def test_what_cannot_be_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        settings(arguments, {})
    assert refused.value.code == "usage.bad_setting"
    assert refused.value.exit_status == 2
    assert next(iter(arguments)) in refused.value.message


@pytest.mark.parametrize("content", ["jobs = ", "jobbs = 1", 'jobs = "two"', "jobs = [1]", b"\xff"])
def test_a_bad_file_is_refused(content: str | bytes) -> None:
    Path("onrecord.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UsageError):
        settings({}, {})


def test_a_file_that_is_named_has_to_be_there() -> None:
    with pytest.raises(UsageError, match=r"gone\.toml"):
        settings({}, {"ONRECORD_SETTINGS": "gone.toml"})


def test_every_field_can_be_told() -> None:
    values = {
        "jobs": 3,
        "min_probability": 0.3,
        "publisher": "P",
        "date": "2031-03-04",
        "longest_document": 9,
        "follow": True,
        "allow_private": True,
        "language": "en",
        "ledger": "news.db",
        "people": "people.jsonl",
        "tokens": "tokens.json",
        "pool_size": 2,
        "pool_overflow": 1,
        "pool_timeout_seconds": 3,
        "pool_recycle_seconds": 60,
        "statement_seconds": 9,
    }
    assert asdict(settings({}, {f"ONRECORD_{name.upper()}": str(value) for name, value in values.items()})) == values


@pytest.mark.parametrize(
    ("name", "value"), [("pool_size", 0), ("pool_overflow", -1), ("pool_timeout_seconds", 0), ("statement_seconds", -1), ("pool_size", "x")]
)
def test_a_pool_that_cannot_be_is_refused(name: str, value: object) -> None:
    with pytest.raises(UsageError, match=name):
        settings({name: value}, {})


@pytest.mark.parametrize(
    ("value", "switched"),
    [("true", True), ("1", True), ("Yes", True), ("ON", True), ("false", False), ("0", False), ("no", False), ("Off", False), (True, True)],
)
def test_a_switch_is_told_in_words(value: object, switched: bool) -> None:
    assert settings({"follow": value}, {}).read_options == ReadOptions(follow=switched)
    assert settings({}, {"ONRECORD_ALLOW_PRIVATE": str(value)}).allow_private is switched


def test_a_switch_in_the_file_is_a_switch() -> None:
    Path("onrecord.toml").write_text("follow = true\nallow_private = false", encoding="utf8")
    assert settings({}, {}) == Settings(follow=True)


@pytest.mark.parametrize(
    ("value", "possible"), [("2031-03-04", True), ("2031-03-04T10:00Z", True), ("2031-02-29", False), ("20310304", False), ("", False)]
)
def test_a_time_is_iso_8601_and_on_the_calendar(value: str, possible: bool) -> None:
    assert possible_time(value) is possible
