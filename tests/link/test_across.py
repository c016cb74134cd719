"""Which link two claims get, given what the pair model says of them: by who said both, when, and what each does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.data import LinkType, Stance, Variant
from onrecord.link.across import Found, across
from onrecord.link.claims import Claim, in_order

MONDAY, TUESDAY = "2031-03-10", "2031-03-11"
PIER = Claim(1, 1, "the pier will be sold", "mara-quill", Stance.COMMITS, False, MONDAY, MONDAY, name="Mara Quill", is_person=True)
SAME, OPPOSED = (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


def found(later: Claim, chances: tuple[float, float, float], earlier: Claim = PIER) -> Found | None:
    return next(across([in_order(earlier, later)], np.array([chances], np.float32)), None)


def other(**changes: object) -> Claim:
    return replace(PIER, **{"id": 2, "document": 2, **changes})  # type: ignore[arg-type]


HARBOUR = {"holder": "harbour-board", "name": "Harbour Board", "is_person": False}
SPOKESMAN = {"holder": "quill's spokesman", "name": "Quill's spokesman", "is_person": False}

CASES = [
    ("the same holder, the same day, the same: repeats", other(), SAME, LinkType.REPEATS),
    ("no day is known: repeats", other(said_on=None), SAME, LinkType.REPEATS),
    ("the same again another day is no link", other(said_on=TUESDAY), SAME, None),
    ("the same holder, later, opposed: revises", other(said_on=TUESDAY), OPPOSED, LinkType.REVISES),
    ("the same holder, the same day, opposed: no link", other(), OPPOSED, None),
    ("another holder says the like: no link", other(holder="ottmar-brandt"), SAME, None),
    ("another holder, opposed: contradicts", other(holder="ottmar-brandt"), OPPOSED, LinkType.CONTRADICTS),
    ("another holder denies it: denies", other(holder="ottmar-brandt", stance=Stance.DENIES), OPPOSED, LinkType.DENIES),
    ("nobody is named, opposed: contradicts", other(holder=None), OPPOSED, LinkType.CONTRADICTS),
    ("nobody is named, the same: no link", other(holder=None), SAME, None),
    ("who declines to comment contradicts nobody", other(holder="ottmar-brandt", stance=Stance.DECLINES), OPPOSED, None),
    ("a question contradicts nobody", other(holder="ottmar-brandt", stance=Stance.ASKS), OPPOSED, None),
    ("a body and a person say the same on one day: repeats", other(**HARBOUR), SAME, LinkType.REPEATS),
    ("a body and a person say the like, nobody knows when: no link", other(**HARBOUR, said_on=None), SAME, None),
    ("a body against a person: contradicts", other(**HARBOUR, said_on=TUESDAY), OPPOSED, LinkType.CONTRADICTS),
    ("who speaks for her says the same, nobody knows when: repeats", other(**SPOKESMAN, said_on=None), SAME, LinkType.REPEATS),
    ("who speaks for her says otherwise the next day: revises", other(**SPOKESMAN, said_on=TUESDAY), OPPOSED, LinkType.REVISES),
    ("a month holds its days", other(said_on="2031-03"), SAME, LinkType.REPEATS),
]


@pytest.mark.parametrize(("what", "later", "chances", "type_"), CASES)
def test_who_and_when_decide_the_kind(what: str, later: Claim, chances: tuple[float, float, float], type_: LinkType | None) -> None:
    link = found(later, chances)
    assert (link.type if link else None) is type_, what


def test_a_link_leads_from_the_later_claim() -> None:
    link = found(other(holder="ottmar-brandt", said_on=TUESDAY), OPPOSED)
    assert link is not None
    assert (link.source.id, link.target.id) == (2, 1)


def test_a_later_telling_of_an_earlier_saying_is_the_target() -> None:
    link = found(other(holder="ottmar-brandt", said_on="2031-03-01"), OPPOSED)
    assert link is not None
    assert (link.source.id, link.target.id) == (1, 2)


def test_like_quotations_of_one_holder_are_one_utterance_whatever_the_model_says() -> None:
    quoted = replace(PIER, quotations=("the pier will be sold to nobody",))
    link = found(other(quotations=("the pier will be sold to nobody",)), (0.9, 0.05, 0.05), quoted)
    assert link is not None
    assert (link.type, link.variant) == (LinkType.REPEATS, Variant.IDENTICAL)
    assert link.probability > 0.9


def test_the_reason_names_shared_words_figures_and_stances() -> None:
    ten = replace(PIER, words="ten cranes will be sold for 40 crowns", stance=Stance.COMMITS)
    link = found(other(words="the cranes will be sold for 90 crowns", holder="ottmar-brandt", stance=Stance.ASSERTS), OPPOSED, ten)
    assert link is not None
    assert all(part in link.why for part in ("crane", "40", "90", "commits, then asserts"))


def test_two_holders_contradict_each_other_less_surely_than_one_revises_himself() -> None:
    revised, contradicted = found(other(said_on=TUESDAY), OPPOSED), found(other(holder="ottmar-brandt"), OPPOSED)
    assert revised is not None
    assert contradicted is not None
    assert contradicted.probability < revised.probability == pytest.approx(0.8)
