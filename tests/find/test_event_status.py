"""What several papers together make of an event."""

from __future__ import annotations

import pytest

from onrecord.data import EventStatus
from onrecord.find.event_status import combined
from onrecord.find.events import Told, Voice


def telling(number: int, account: str) -> Told:
    """One paper's account: "planned mara" is said by Mara, "disputed mara jon" said by her and denied by him, "planned" by nobody named."""
    status, *names = account.split()
    stances = ["asserts", "denies"] if status == "disputed" else ["denies" if status == "denied" else "asserts"] * 2
    voices = tuple(Voice(name, name.title(), name, stance, "", "") for name, stance in zip(names, stances, strict=False))
    return Told(f"paper-{number}", "", f"Paper {number}", f"2031-03-1{number}", "the summit", EventStatus(status), voices)


@pytest.mark.parametrize(
    ("accounts", "status", "why"),
    [
        (["planned mara"], "planned", "announced by Mara"),
        (["planned"], "planned", "announced by Paper 0"),
        (["planned mara", "planned mara"], "planned", "announced by Mara"),
        (["planned mara", "planned jon"], "confirmed", "announced by Mara, Jon"),
        (["planned mara", "confirmed"], "confirmed", "according to Paper 1, 2031-03-11"),
        (["planned mara", "denied jon"], "disputed", "announced by Mara, denied by Jon"),
        (["planned", "denied jon"], "disputed", "announced by Paper 0, denied by Jon"),
        (["denied jon"], "denied", "denied by Jon"),
        (["denied"], "denied", "denied by Paper 0"),
        (["disputed mara jon", "planned mara"], "disputed", "announced by Mara, denied by Jon"),
        (["disputed mara jon", "planned jon"], "confirmed", "announced by Mara, Jon"),
        (["disputed mara jon", "confirmed"], "confirmed", "according to Paper 1, 2031-03-11"),
        (["planned mara", "denied mara"], "cancelled", "announced and then denied by Mara"),
        (["planned mara", "moved jon"], "moved", "according to Jon, 2031-03-11"),
        (["planned mara", "moved jon", "planned mara"], "moved", "according to Jon, 2031-03-11"),
        (["planned mara", "cancelled jon"], "cancelled", "according to Jon, 2031-03-11"),
        (["planned mara", "cancelled jon", "denied jon"], "cancelled", "according to Jon, 2031-03-11"),
        (["planned mara", "cancelled jon", "planned jon"], "planned", "announced by Jon"),
    ],
)
def test_the_accounts_give_the_status_and_the_reason(accounts: list[str], status: str, why: str) -> None:
    assert combined(telling(number, account) for number, account in enumerate(accounts)) == (status, why)
