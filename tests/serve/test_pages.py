"""The pages show what the ledger holds, and work without a script."""

from __future__ import annotations

import pytest
from tests.find.affair import MATTER, MAYBE, NO, NO_AGAIN
from tests.serve.asking import Asker
from tests.serve.walk import pages_of

from onrecord.serve.routes import page_matters


def test_every_page_is_there_with_one_heading_a_language_and_a_way_past_the_menu(desk: Asker) -> None:
    for path in pages_of(desk):
        tree = desk.page(path)
        assert len(tree.xpath("//h1")) == 1, path
        assert tree.get("lang") == "en"
        assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
        assert tree.xpath("string(//title)").endswith("· onrecord")
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for target in tree.xpath("//a[starts-with(@href, '#')]/@href"):
            assert target[1:] in ids, (path, target)


def test_every_link_of_every_page_leads_somewhere(desk: Asker) -> None:
    seen: set[str] = set()
    for path in pages_of(desk):
        for target in desk.page(path).xpath("//a[starts-with(@href, '/')]/@href"):
            seen.add(target.partition("#")[0])
    assert len(seen) > 20
    for target in sorted(seen):
        assert desk.get(target, Accept="text/html").status_code == 200, target


def test_every_field_of_every_form_has_a_label(desk: Asker) -> None:
    desk.sign_in()
    for path in pages_of(desk):
        tree = desk.page(path)
        for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            assert field.xpath("ancestor::label") or tree.xpath(f"//label[@for='{field.get('id')}']"), (path, field.get("name"))


def test_the_search_form_finds_and_keeps_what_was_asked(desk: Asker) -> None:
    tree = desk.page("/?q=guards&by=Mara+Quill&stance=refuses&since=&until=&as_of=&publisher=")
    assert {one.text_content() for one in tree.xpath("//blockquote")} == {NO, NO_AGAIN}
    assert tree.xpath("//input[@name='by']/@value") == ["Mara Quill"]
    assert tree.xpath("//select[@name='stance']/option[@selected]/@value") == ["refuses"]


def test_a_wrong_filter_is_told_on_the_page_with_the_form(desk: Asker) -> None:
    answer = desk.get("/?since=never&by=Mara", Accept="text/html")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'value="never"' in answer.text


def test_a_document_has_its_statements_marked_in_the_text(desk: Asker) -> None:
    document = desk.json("/statements?publisher=Gazette")["items"][0]["document_id"]
    tree = desk.page(f"/documents/{document}")
    assert ["".join(one.xpath("./text()")) for one in tree.xpath("//span[contains(@class, 'content')][@data-statements]")] == [MAYBE]
    assert tree.xpath("//a[@class='reach']/@href") == ["#card-s1"]
    assert "revises" in tree.text_content()


def test_a_document_has_a_picture_of_its_links_that_are_all_in_its_table(desk: Asker) -> None:
    document = desk.json("/statements?publisher=Gazette")["items"][0]["document_id"]
    tree = desk.page(f"/documents/{document}")
    arrows = tree.xpath("//*[local-name()='svg']//*[local-name()='a'][contains(@class, 'tie')]")
    assert {one.get("aria-label") for one in arrows} == {
        "Mara Quill revises Mara Quill (in another document): 1 link 90%",
        "Mara Quill agrees Jon Quill (in another document): 1 link 90%",
    }
    assert {one.get("href") for one in arrows} == set(tree.xpath("//table/tbody/tr//a[starts-with(@href, '/links/')]/@href"))
    (csv,) = tree.xpath("//a[@download]/@href")
    assert csv == f"/api/v1/documents/{document}/links.csv"
    other = desk.json("/statements?publisher=Post")["items"][0]["document_id"]
    assert not desk.page(f"/documents/{other}").xpath("//*[local-name()='svg']")


def test_of_the_long_lists_of_a_matter_the_first_are_shown_and_all_can_be_had(desk: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    told = desk.json(f"/positions?about={MATTER}")
    monkeypatch.setattr(page_matters, "_MOST_LISTED", 1)
    tree = desk.page(f"/matter?about={MATTER}")
    notes = tree.xpath("//li[a[starts-with(@href, '/api/v1/positions?')]]")
    lengths = [len(told[name]) for name in ("on_the_table", "off_the_table", "against", "beside")]
    assert [note.text_content() for note in notes] == [f"and {length - 1} more, in all of it as JSON" for length in lengths if length > 1]
    assert notes
    assert desk.get(notes[0].xpath("a/@href")[0]).json() == told


def test_a_matter_has_a_picture_whose_marks_are_all_in_its_table(desk: Asker) -> None:
    tree = desk.page(f"/matter?about={MATTER}")
    marks = tree.xpath("//*[local-name()='svg']//*[local-name()='a']/@href")
    rows = tree.xpath("//table/tbody/tr//a[starts-with(@href, '/statements/')]/@href")
    assert sorted(marks) == sorted(rows)
    assert "On the table" in tree.text_content()
    assert tree.xpath("//a[@download]/@href")[0].startswith("/api/v1/positions.csv?about=guards")


def test_conflicts_show_both_passages_and_only_writers_are_asked_to_judge(desk: Asker) -> None:
    tree = desk.page("/conflicts")
    assert len(tree.xpath("//article[@class='link']")) == 2
    assert len(tree.xpath("(//article[@class='link'])[1]//mark")) == 2
    assert not tree.xpath("//form[@class='review']")
    desk.sign_in()
    assert len(desk.page("/conflicts").xpath("//form[@class='review']")) == 2


@pytest.mark.parametrize("decision", ["accepted", "rejected", "unsure"])
def test_a_conflict_is_judged_by_its_form(desk: Asker, decision: str) -> None:
    desk.sign_in()
    link = desk.json("/conflicts")["items"][0]["id"]
    answer = desk.send(f"/links/{link}", {"decision": decision, "note": "heard the tape"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/links/{link}")
    text = desk.page(f"/links/{link}").text_content()
    assert f"{decision} by Ida Brook" in text
    assert "heard the tape" in text
    assert "Ida Brook" in desk.page("/judgements").text_content()


def test_a_statement_is_corrected_by_its_form_and_the_correction_undone(desk: Asker) -> None:
    desk.sign_in()
    one = desk.json("/statements?publisher=Gazette")["items"][0]["id"]
    given = {"stance": "commits", "speaker": "", "role": "", "said_on": "", "conditional": "", "negated": "", "note": "tape"}
    assert desk.send(f"/statements/{one}", given).status_code == 303
    assert "commits" in desk.page(f"/statements/{one}").text_content()
    assert desk.send("/judgements/1/undo", {}).status_code == 303
    assert desk.page(f"/statements/{one}").xpath("string(//main//span[contains(@class, 'stance')])") == "leaves open"
    assert desk.send(f"/statements/{one}", {"stance": ""}).status_code == 400


def test_wordings_are_compared_word_by_word(desk: Asker) -> None:
    one = desk.json("/statements?publisher=Weekly&by=mara-quill")["items"][0]["id"]
    tree = desk.page(f"/statements/{one}/wordings")
    assert tree.xpath("//main//article//del | //main//article//ins")
    assert "the fullest wording" in tree.text_content()
