"""The tree, the codes and the exit statuses are what errors.py and docs/errors.md say."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from onrecord import errors
from onrecord.errors import CODES, EXIT_STATUS, ItemError, OnRecordError, ReadError, RunError, UsageError

ROOT = Path(__file__).resolve().parents[1]
KINDS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, OnRecordError)]
FAMILIES = sorted({code.split(".")[0] for code in CODES if "." in code})
CODE = re.compile(rf"""["']((?:{"|".join(FAMILIES)})\.[a-z0-9_]+)["']""")


def used_codes() -> set[str]:
    texts = [path.read_text(encoding="utf8") for path in (ROOT / "src").rglob("*.py") if path.name != "errors.py"]
    return {code for text in texts for code in CODE.findall(text)} | {kind.code for kind in KINDS}


def test_every_code_that_is_used_has_a_meaning_and_every_meaning_a_use() -> None:
    assert used_codes() == set(CODES)


def test_every_code_is_in_the_documentation_and_no_other() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf8")
    rows = dict(re.findall(r"^\| `([a-z0-9_.]+)` \| (.+) \|$", text, re.MULTILINE))
    assert {code: rows.get(code) for code in CODES} == CODES
    assert set(rows) - set(CODES) == {str(status) for status in EXIT_STATUS.values()}


def test_the_drawn_tree_is_the_tree() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted(["OnRecordError", *drawn]) == sorted(kind.__name__ for kind in KINDS)
    assert issubclass(ReadError, ItemError)
    assert issubclass(UsageError, RunError)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_can_be_sent_to_another_process(kind: type[OnRecordError]) -> None:
    one = kind("It failed.", path="x")
    again = pickle.loads(pickle.dumps(one))
    assert (type(again), again.message, again.code, again.context, str(again)) == (
        kind,
        "It failed.",
        kind.code,
        {"path": "x"},
        "It failed.",
    )
    assert pickle.loads(pickle.dumps(kind("", code="read.empty"))).code == "read.empty"
