"""Every quotation of a draft against a ledger: what became of the words, and of whom they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.find.invented import COUNCIL, JON, MARA, NEW, add
from tests.record.invented import MODELS, span, statement

from onrecord.data import Document, QuoteType, Reading, Record, Speaker
from onrecord.find.check import Checked, checked
from onrecord.find.check_verdict import Verdict
from onrecord.link.wording import ChangeKind
from onrecord.record.corrections import not_a_statement
from onrecord.record.ledger import Ledger

SAID = {
    "never": (MARA, "“We will never sell the ferry to Brenn while I hold this office.”"),
    "if": (MARA, "“If the council pays half, the northern quay will be rebuilt by autumn.”"),
    "broken": (JON, "“The old engines are worn out,” ... “and nobody in Lesk can mend them.”"),
    "two": (JON, "“The toll will rise in May. Nobody has asked the fishermen.”"),
    "might": (JON, "“We might close the upper bridge for the whole winter.”"),
    "other clause": (JON, "“I do not like the colour, but the new lamps are bright enough.”"),
    "put so": (COUNCIL, "that the harbour budget would be published in the first week of June"),
    "mixed": (COUNCIL, "it would not be “held to ransom by a shipping line”"),
}


def article(name: str, speaker: Speaker, words: str, **reading: object) -> Record:
    """A paper in which the speaker says the words; a content in two parts stands around "said NAME"."""
    parts = words.split(" ... ")
    text = f" said {speaker.name} ".join(parts) if len(parts) > 1 else f"{speaker.name} said {words}"
    document = Document(name, text, f"news/{name}.txt", "2031-03-10", publisher="Lesk Courier", url=f"https://lesk.example/{name}")
    one = statement(parts[0], speaker, text)
    content = tuple(span(part, text) for part in parts)
    kind = QuoteType.DIRECT if words.startswith("“") else QuoteType.MIXED if "“" in words else QuoteType.INDIRECT
    one = replace(one, attribution=replace(one.attribution, content=content), quote_type=kind, reading=Reading(**reading))  # type: ignore[arg-type]
    return Record(document, (one,), (), (), (), MODELS)


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, *(article(name, *said) for name, said in SAID.items()))
    return ledger


def verdict(ledger: Ledger, words: str, speaker: Speaker = MARA, content: str | None = None, **reading: object) -> Checked:
    """What is said of a quotation in a draft; `content` is all that the draft tells, where it is more."""
    told = content or f"“{words}”"
    text = f"It was a long day. {speaker.name} said {told}"
    one = statement(told, speaker, text)
    kind = QuoteType.MIXED if content else QuoteType.DIRECT
    one = replace(one, quote_type=kind, reading=Reading(**reading))  # type: ignore[arg-type]
    (found,) = checked(ledger, [Record(Document("draft", text), (one,), (), (), (), MODELS)])
    assert found.quotation.words == words
    return found


@pytest.mark.parametrize(
    ("words", "speaker", "wanted", "is_fine"),
    [
        ("We will never sell the ferry to Brenn while I hold this office.", MARA, Verdict.EXACT, True),
        ("we will NEVER sell the ferry to Brenn, while I hold this office", MARA, Verdict.EXACT, True),
        ("The toll will rise in May.", JON, Verdict.EXACT, True),
        ("Nobody has asked the fishermen.", JON, Verdict.EXACT, True),
        ("The new lamps are bright enough.", JON, Verdict.CUT, False),
        ("We will never sell the ferry [to the shipping line] while I hold this office.", MARA, Verdict.EXACT, True),
        ("We will never sell the ferry while I hold this office.", MARA, Verdict.CUT, True),
        ("We will never sell the ferry ... while I hold this office.", MARA, Verdict.CUT, True),
        ("We will never sell the ferry to Brenn.", MARA, Verdict.CUT, True),
        ("We will never sell the boat to Brenn while I hold this office.", MARA, Verdict.ALTERED, False),
        ("We will sell the ferry to Brenn while I hold this office.", MARA, Verdict.NEGATION_DROPPED, False),
        ("sell the ferry to Brenn while I hold this office", MARA, Verdict.NEGATION_DROPPED, False),
        ("We will always sell the ferry to Brenn while I hold this office.", MARA, Verdict.NEGATION_DROPPED, False),
        ("The northern quay will be rebuilt by autumn.", MARA, Verdict.CONDITION_DROPPED, False),
        ("If the council pays half, the northern quay will be rebuilt by autumn.", MARA, Verdict.EXACT, True),
        ("We close the upper bridge for the whole winter.", JON, Verdict.CUT, False),
        ("The old engines are worn out, and nobody in Lesk can mend them.", JON, Verdict.EXACT, True),
        ("The old engines are worn out.", JON, Verdict.CUT, True),
        ("We will never sell the ferry to Brenn while I hold this office.", JON, Verdict.OTHER_SPEAKER, False),
        ("The harbour budget would be published in the first week of June.", COUNCIL, Verdict.PARAPHRASE, False),
        ("The lighthouse keepers have asked for new oars.", MARA, Verdict.NOT_FOUND, False),
    ],
)
def test_what_became_of_the_words(lesk: Ledger, words: str, speaker: Speaker, wanted: Verdict, is_fine: bool) -> None:
    found = verdict(lesk, words, speaker)
    assert (found.verdict, found.is_fine) == (wanted, is_fine), found.found


@pytest.mark.parametrize(
    ("words", "content", "reading", "wanted"),
    [
        ("held to ransom", "it would not be “held to ransom”", {}, Verdict.EXACT),
        ("held to ransom", "it would be “held to ransom”", {}, Verdict.NEGATION_DROPPED),
        ("shipping line", "it feared no “shipping line”", {}, Verdict.EXACT),
        ("held to pieces", "it would not be “held to pieces”", {}, Verdict.NOT_FOUND),
    ],
)
def test_a_scrap_in_indirect_speech(lesk: Ledger, words: str, content: str, reading: dict[str, object], wanted: Verdict) -> None:
    assert verdict(lesk, words, COUNCIL, content, **reading).verdict is wanted


def test_what_a_quotation_tells_of_others_is_said_by_whoever_is_quoted(lesk: Ledger) -> None:
    add(lesk, article("told", JON, "“The council said that the pier would be mended by Easter.”"))
    text = "Jon Quill told us “The council said that the pier would be mended by Easter.”"
    outer = replace(statement(text[text.index("“") :], JON, text), quote_type=QuoteType.DIRECT)
    told = statement("that the pier would be mended by Easter", COUNCIL, text, 2)
    inner = replace(told, attribution=replace(told.attribution, source=(span("The council", text),)), part_of="s1")
    (found,) = checked(lesk, [Record(Document("draft", text), (outer, inner), (), (), (), MODELS)])
    assert (found.verdict, found.quotation.speaker) == (Verdict.EXACT, JON)


def test_a_condition_in_the_words_of_the_draft_is_kept(lesk: Ledger) -> None:
    content = "“The northern quay will be rebuilt by autumn” if the council pays half"
    words = "The northern quay will be rebuilt by autumn"
    told = f"It was a long day. Mara Quill said {content}"
    found = verdict(lesk, words, MARA, content, conditional=True, condition=(span("if the council pays half", told),))
    assert Verdict.CONDITION_DROPPED not in found.verdicts


def test_a_condition_in_the_words_of_the_article_is_told(ledger: Ledger) -> None:
    text = "If the tunnel floods, Mara Quill said “the school will move to the town hall.”"
    one = statement("“the school will move to the town hall.”", MARA, text)
    reading = Reading(conditional=True, condition=(span("If the tunnel floods", text),))
    one = replace(one, quote_type=QuoteType.DIRECT, reading=reading)
    add(ledger, Record(Document("flood", text, "news/flood.txt", "2031-03-10"), (one,), (), (), (), MODELS))
    found = verdict(ledger, "The school will move to the town hall.")
    assert (found.verdict, found.found and found.found.lost) == (Verdict.CONDITION_DROPPED, "If the tunnel floods")


def test_what_was_found_says_where_and_what_differs(lesk: Ledger) -> None:
    found = verdict(lesk, "We will never sell the boat to Brenn while I hold this office.").found
    assert found is not None
    assert (found.statement.publisher, found.statement.known_on, found.statement.url) == (
        "Lesk Courier",
        "2031-03-10",
        "https://lesk.example/never",
    )
    assert len(found.statement.id) == 32
    changed = [(one.kind, one.words) for one in found.changes if one.kind is not ChangeKind.KEPT]
    assert changed == [(ChangeKind.DROPPED, "ferry"), (ChangeKind.ADDED, "boat")]


def test_whom_the_draft_names_and_who_said_it_are_both_told(lesk: Ledger) -> None:
    found = verdict(lesk, "We will sell the ferry to Brenn while I hold this office.", JON)
    assert found.verdicts[:2] == (Verdict.OTHER_SPEAKER, Verdict.NEGATION_DROPPED)
    assert found.quotation.speaker == JON
    assert found.found and found.found.statement.speaker_key == "mara-quill"


def test_a_surname_alone_may_be_anybody_s_who_has_it(lesk: Ledger) -> None:
    bare = replace(MARA, name="Quill", key="quill")
    assert verdict(lesk, "We will never sell the ferry to Brenn while I hold this office.", bare).verdict is Verdict.EXACT


def test_a_body_may_speak_through_whoever_has_a_role_in_it(lesk: Ledger) -> None:
    add(
        lesk,
        article(
            "clerk",
            replace(JON, name="Ada Finch", key="ada-finch", role="clerk of Lesk Council"),
            "“The minutes were lost in the flood of March.”",
        ),
    )
    words = "The minutes were lost in the flood of March."
    assert verdict(lesk, words, COUNCIL).verdict is Verdict.EXACT
    assert verdict(lesk, words, replace(COUNCIL, name="Brenn", key="brenn")).verdict is Verdict.OTHER_SPEAKER


def test_a_few_words_that_anybody_may_use_are_nobody_s(lesk: Ledger) -> None:
    assert verdict(lesk, "whole winter", COUNCIL).verdict is Verdict.NOT_FOUND
    assert verdict(lesk, "whole winter", JON).verdict is Verdict.EXACT


def test_another_outlet_that_has_more_is_told_of(lesk: Ledger) -> None:
    add(lesk, article("short", MARA, "“The northern quay will be rebuilt by autumn.”"))
    found = verdict(lesk, "The northern quay will be rebuilt by autumn.")
    assert (found.verdict, found.differs_by_outlet, found.is_fine) == (Verdict.EXACT, True, False)
    assert [one.lost for one in found.others] == ["If the council pays half"]


def test_what_people_say_is_no_statement_is_not_found(lesk: Ledger) -> None:
    words = "We will never sell the ferry to Brenn while I hold this office."
    before = verdict(lesk, words)
    assert before.found is not None
    not_a_statement(lesk, before.found.statement.id, "Ida Brook")
    assert verdict(lesk, words).verdict is Verdict.NOT_FOUND


def test_what_a_newer_reading_no_longer_has_is_not_found(lesk: Ledger) -> None:
    add(lesk, replace(article("never", *SAID["never"]), statements=()), program=NEW)
    assert verdict(lesk, "We will never sell the ferry to Brenn while I hold this office.").verdict is Verdict.NOT_FOUND


def test_an_empty_ledger_has_nothing(ledger: Ledger) -> None:
    assert verdict(ledger, "We will never sell the ferry.").verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize("words", ['" OR 1 --', "NEAR(a b) AND *", "x' :wanted", "sell AND NOT ferry", "\ufffd \u202e ferry {words}"])
def test_no_sign_in_a_quotation_steers_the_database(lesk: Ledger, words: str) -> None:
    text = f"Mara Quill said “{words} is what she said to us.”"
    one = replace(statement(f"“{words} is what she said to us.”", MARA, text), quote_type=QuoteType.DIRECT)
    found = list(checked(lesk, [Record(Document("draft", text), (one,), (), (), (), MODELS)]))
    assert all(each.verdict is Verdict.NOT_FOUND for each in found)
