"""Who is on one side, and which of two claims is the earlier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.data import Stance
from onrecord.link.claims import Claim, are_allied, in_order

QUILL = Claim(1, 1, "the pier will be sold", "mara-quill", Stance.COMMITS, False, None, "2031-03-10", name="Mara Quill", is_person=True)


def holder(name: str, role: str = "", *, is_person: bool = False) -> Claim:
    return replace(QUILL, id=2, holder=name.casefold(), name=name, role=role, is_person=is_person)


@pytest.mark.parametrize(
    ("one", "other", "allied"),
    [
        (QUILL, holder("Quill's spokeswoman"), True),
        (QUILL, holder("Edda Brisk", "spokeswoman for Mara Quill", is_person=True), True),
        (holder("Ossia"), holder("Jorun Vale", "Ossian foreign minister", is_person=True), True),
        (holder("Ossia"), holder("Jorun Vale", "Ossian opposition leader", is_person=True), False),
        (holder("Ossia"), holder("Jorun Vale", "former envoy of Ossia", is_person=True), False),
        (QUILL, holder("Tam Quill", is_person=True), False),
        (holder("Ministry of Ports"), holder("Ministry of Health"), False),
        (QUILL, holder("officials"), False),
    ],
)
def test_names_and_roles_tell_who_is_on_one_side(one: Claim, other: Claim, allied: bool) -> None:
    assert are_allied(one, other) is allied
    assert are_allied(other, one) is allied


def test_the_day_of_the_saying_decides_which_is_earlier() -> None:
    told_later = replace(QUILL, id=0, document=2, said_on="2031-03-12", known_on="2031-03-12")
    assert in_order(told_later, QUILL) == (QUILL, told_later)
