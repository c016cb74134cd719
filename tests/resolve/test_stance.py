"""What a holder does with a content. In the cases [..] is the source, {..} the cue and <..> the content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.marked import readings

from onrecord.data import Attribution, Document, Reading, Span, Stance
from onrecord.resolve.stance_hearing import heard
from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import words

KINDS = {"[": "source", "{": "cue", "<": "content"}
CLOSING = "]}>"


def marked(case: str) -> tuple[str, Attribution]:
    """Text and attribution of a marked sentence."""
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    text, kind, start = "", "", 0
    for letter in case:
        if letter in KINDS:
            kind, start = KINDS[letter], len(text)
        elif letter in CLOSING:
            spans[kind].append(Span(start, len(text)))
        else:
            text += letter
    return text, Attribution(tuple(spans["source"]), tuple(spans["cue"]), tuple(spans["content"]))


def reading(case: str) -> Reading:
    text, attribution = marked(case)
    return readings(Document("case", text), (attribution,))[0]


def heard_stance(case: str) -> Stance:
    """What the lexicon alone makes of the case."""
    text, attribution = marked(case)
    hearing = heard(words(text, lexicon().abbreviations), attribution)
    return hearing.clue.stance if hearing and hearing.clue else Stance.ASSERTS


CASES = {
    Stance.DECLINES: (
        "[Mara Quill] {declined to say} <whether the pier was safe>.",
        "[The Port Authority of Lesk] {refused to comment} <on the lease>.",
        "[Mara Quill] {would not discuss} <the size of the loan>.",
        "[The ministry] {would not be drawn} <on the price>.",
        "[Ottmar Brandt] {said}: <“No comment.”>",
        "[Ottmar Brandt] {said}: <“I’m not going to talk about the pier.”>",
        "[Brandt] {won’t say} <how many cranes were sold>.",
        "[Her office] {did not answer} <questions about the lease>.",
        "[Brandt] {sidestepped} <questions about the ferry>.",
    ),
    Stance.ASKS: (
        "[QUILL]{:} <Who paid for the pier?>",
        "[The reporter] {asked whether} <the pier was safe>.",
        "[Brandt] {wondered} <why nobody had painted the ferry>.",
        "“<Did you sell the cranes?>” [Quill] {asked}.",
        "[A caller] {asked if} <the ferry would sail>.",
        "[BRANDT]{:} <And the cranes, were they insured?>",
        "[The panel] {inquired} <about the lease>.",
        "[Quill] {wanted to know} <how the pier had burned>.",
    ),
    Stance.LEAVES_OPEN: (
        "[Brandt] {has not ruled out} <selling the ferry>.",
        "[Quill] {is considering} <a second pier>.",
        "[Quill] {said} <all options were on the table>.",
        "[Brandt] {said} <nothing was off the table>.",
        "[The council] {is weighing} <a toll on the bridge>.",
        "[Brandt] {said} <he might reconsider the lease>.",
        "[Quill] {said} <“we are looking at a later ferry”>.",
        "[The authority] {said} <no decision had been made>.",
        "[Brandt] {did not exclude} <a sale>.",
    ),
    Stance.REFUSES: (
        "[Brandt] {ruled out} <a sale of the ferry>.",
        "[Quill] {rejected} <the offer>.",
        "[Quill] {refused to} <sign the lease>.",
        "[Brandt] {said} <he would not sell the ferry>.",
        "[Quill] {said}: <“I will not resign.”>",
        "[The authority] {said} <it had no plans to reopen the pier>.",
        "[Brandt] {said} <a toll was out of the question>.",
        "[The council] {voted down} <the toll>.",
        "[Brandt] {said} <the lease was off the table>.",
    ),
    Stance.THREATENS: (
        "[Brandt] {threatened to} <close the ferry>.",
        "[The union] {said} <it would walk out unless the crane was mended>.",
        "[Quill] {said}: <“If they touch the pier, we will sue.”>",
        "[Lesk] {vowed to retaliate} <for the toll>.",
        "[Brandt] {said} <the council would pay a heavy price>.",
        "[The union] {issued an ultimatum} <over the night shift>.",
        "[Quill] {said} <she would withdraw the boats should the toll stand>.",
        "[Brandt] {warned of consequences} <for the harbour>.",
    ),
    Stance.COMMITS: (
        "[Quill] {promised} <a new pier>.",
        "[Brandt] {vowed} <to mend the ferry>.",
        "[Quill] {said} <she would reopen the pier in May>.",
        "[Brandt] {said}: <“We will paint every boat.”>",
        "[The authority] {plans to} <buy two cranes>.",
        "[The council] {agreed to} <pay half>.",
        "[Brandt] {said} <he intended to run again>.",
        "[Quill] {said}: <“I will never quit this harbour.”>",
        "[The union] {offered to} <work on Sunday>.",
    ),
    Stance.DEMANDS: (
        "[Quill] {urged} <the council to mend the pier>.",
        "[Brandt] {called on} <Lesk to lower the toll>.",
        "[Quill] {said} <the council should pay>.",
        "[The union] {demanded} <a second crane>.",
        "[Brandt] {said}: <“Stop the ferry now.”>",
        "[Quill] {said} <it was time to close the pier>.",
        "[The panel] {recommended} <a slower ferry>.",
        "[Brandt] {asked} <the governor> <to name a judge>.",
        "[Quill] {warned against} <swimming in the dock>.",
    ),
    Stance.DENIES: (
        "[Brandt] {denied} <that he sold the crane>.",
        "[Quill] {disputed} <the figure>.",
        "[Brandt] {said} <the report was untrue>.",
        "[Quill] {said}: <“I never met the owner of the ferry.”>",
        "[The authority] {dismissed} <talk of a sale>.",
        "[Brandt] {insisted} <that nobody had been told>.",
        "[The council] {said} <there was no truth in the story>.",
        "[Quill] {called} <the story “fiction”>.",
        "Brandt refuted the paper, {stating} <that talks are not planned>.",
        "[The port] {said} <the repair cost 31 crowns, not 38>.",
    ),
    Stance.ACCUSES: (
        "[Quill] {accused} <Brandt of greed>.",
        "[Brandt] {blamed} <the council for the fire>.",
        "[The union] {condemned} <the toll>.",
        "[Quill] {called} <the toll “a disgrace”>.",
        "[Brandt] {said}: <“The council lied to us.”>",
        "[Brandt] {lashed out at} <the owners>.",
        "[The union] {said} <the owners were reckless>.",
        "[Quill] {said} <the owners should have mended the pier>.",
        "[The union] {complained} <about the night shift>.",
    ),
    Stance.SUPPORTS: (
        "[Quill] {endorsed} <Brandt>.",
        "[Brandt] {praised} <the crew>.",
        "[The union] {backed} <the plan of the council>.",
        "[Quill] {called} <the crew “heroic”>.",
        "[Brandt] {said}: <“I congratulate the new captain.”>",
        "[Quill] {said}: <“Thank you to the crew.”>",
        "[Brandt] {said} <Quill was absolutely right>.",
        "[The union] {welcomed} <the ruling>.",
    ),
    Stance.PREDICTS: (
        "[Quill] {predicted} <a hard winter>.",
        "[The office] {forecasts} <more rain>.",
        "[Brandt] {said} <prices will rise in spring>.",
        "[Quill] {said} <the ferry could sink>.",
        "[Brandt] {said} <rain was likely>.",
        "[The bank] {expects} <lower prices>.",
        "[Quill] {said} <the storm may reach Lesk>.",
        "[Brandt] {said}: <“The tide is going to turn.”>",
    ),
    Stance.ASSERTS: (
        "[Quill] {said} <the pier opened in May>.",
        "{According to} [Brandt], <the ferry carries ninety people>.",
        "[The report] {shows} <that the crane moved>.",
        "[Brandt] {recalled} <the winter of the flood>.",
        "[Quill] {added} <that she had read the lease>.",
        "[The log] {says} <the boat left at noon>.",
        "[Quill] {admitted} <that the letter reached her>.",
        "[The crew] {told} <that the light was on>.",
        "[Brandt] {explained} <how the crane works>.",
    ),
}


@pytest.mark.parametrize(("stance", "case"), [(stance, case) for stance, cases in CASES.items() for case in cases])
def test_the_lexicon_hears_what_the_holder_does(stance: Stance, case: str) -> None:
    assert heard_stance(case) is stance


def test_the_model_agrees_but_for_one_case_in_twenty_five() -> None:
    wrong = [(stance, case) for stance, cases in CASES.items() for case in cases if reading(case).stance is not stance]
    assert 25 * len(wrong) <= sum(map(len, CASES.values())), wrong


@pytest.mark.parametrize("case", ["[Quill] {did not say} <when the pier would open>.", "[Quill] {said} <there was no need to leave>."])
def test_the_lexicon_hears_no_stance_in_a_negation_alone(case: str) -> None:
    assert heard_stance(case) is Stance.ASSERTS


TRAPS = (
    ("[Brandt] {could have said} <that the ferry sank>.", Stance.ASSERTS),
    ("[Brandt] {would not confirm} <a sale>.", Stance.DECLINES),
    ("[Brandt] {said} <he would not rule out a sale>.", Stance.LEAVES_OPEN),
)


@pytest.mark.parametrize(("case", "stance"), TRAPS)
def test_negations_and_set_phrases_do_not_mislead(case: str, stance: Stance) -> None:
    assert reading(case).stance is stance


def test_the_evidence_of_a_stance_is_a_passage_of_the_text() -> None:
    text, attribution = marked("[Brandt] {has not ruled out} <selling the ferry>.")
    evidence = readings(Document("case", text), (attribution,))[0].evidence
    assert [span.of(text) for span in evidence] == ["ruled out"]


def test_readings_are_aligned_with_the_attributions() -> None:
    assert readings(Document("empty", ""), ()) == ()


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=1, max_size=6))
def test_any_text_is_read_and_every_span_lies_in_it(text: str, places: list[tuple[int, int]]) -> None:
    spans = tuple(Span(min(start, len(text)), min(start + length, len(text))) for start, length in places)
    attributions = tuple(Attribution(spans[:1], (span,), spans) for span in spans)
    found = readings(Document("any", text), attributions)
    assert len(found) == len(attributions)
    assert all(0 <= span.start < span.end <= len(text) for one in found for span in one.evidence + one.condition)


def test_a_long_line_is_read_in_one_go() -> None:
    text = "if the crane will not move " * 20_000
    whole = Attribution((), (Span(0, 2),), (Span(3, len(text)),))
    assert len(readings(Document("long", text), (whole,) * 20)) == 20
