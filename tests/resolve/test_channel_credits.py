"""Credit lines, bylines and agencies in datelines."""

from __future__ import annotations

import pytest

from onrecord.resolve.channel_credits import Credits


@pytest.mark.parametrize(
    "line",
    [
        "By Mara Quill",
        "BY MARA QUILL, Staff Writer",
        "By Mara Quill and Ottmar Brandt in Lesk",
        "(Reporting by Mara Quill in Lesk; editing by Ottmar Brandt)",
        "Additional reporting by the Lesk Gazette.",
        "With files from the Lesk Gazette",
        "Ottmar Brandt contributed to this report.",
        "This story was first published by the Lesk Gazette.",
        "© Lesk Herald",
    ],
)
def test_a_line_that_credits_is_found_whole(line: str) -> None:
    text = f"Quill spoke.\n{line}\nBrandt spoke."
    credit = Credits(text)
    assert all(credit.hold(at) for at in range(text.index(line), text.index(line) + len(line.rstrip(".)"))))
    assert not credit.hold(0)
    assert not credit.hold(len(text) - 1)


@pytest.mark.parametrize(
    "line", ["By Wednesday the port was open", "by the way we went", "This report, Quill said, was wrong.", "This story was written off."]
)
def test_plain_sentences_are_no_credits(line: str) -> None:
    assert Credits(line).spans == []


def test_the_agency_of_a_dateline_is_a_credit_and_the_rest_of_the_line_is_not() -> None:
    text = "LESK, Tern (Interline) - Quill said in a statement (on Monday) that the port was safe."
    assert [span.of(text) for span in Credits(text).spans] == ["(Interline)"]
