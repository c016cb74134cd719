from __future__ import annotations

import pytest

from onrecord.resolve.clauses import Part, boundaries, only_a_verb, part_of_name, part_of_pronoun

NAMES = [
    ("[Mara Quill] left early.", Part.SUBJECT),
    ("[Mara Quill], the harbour chief, left early.", Part.SUBJECT),
    ("The harbour chief, [Mara Quill], left early.", Part.SUBJECT),
    ("“It fell,” said [Mara Quill] at noon.", Part.SUBJECT),
    ("They wrote to [Mara Quill], who left.", Part.SUBJECT),
    ("They saw [Mara Quill] at noon.", Part.OBJECT),
    ("The cousin of [Mara Quill] at noon.", Part.PHRASE),
    ("Ottmar Brandt and [Mara Quill] at noon.", Part.LISTED),
    ("When [Mara Quill] at noon.", Part.TOPIC),
]
PRONOUNS = [
    ("[She] left.", Part.SUBJECT),
    ("They saw [him] leave.", Part.OBJECT),
    ("They saw [her] at noon.", Part.OBJECT),
    ("They told [her] they left.", Part.OBJECT),
    ("They saw [her].", Part.OBJECT),
    ("They saw [her] boat.", Part.OWNER),
    ("[His] boat left.", Part.OWNER),
    ("She saw [herself].", Part.OBJECT),
]


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("marked", "part"), NAMES)
def test_the_words_beside_a_name_tell_its_part(marked: str, part: Part) -> None:
    assert part_of_name(*_marked(marked), possessive=False) is part


def test_a_name_that_owns_what_follows_is_an_owner() -> None:
    assert part_of_name("Mara Quill’s boat left.", 0, 10, possessive=True) is Part.OWNER


@pytest.mark.parametrize(("marked", "part"), PRONOUNS)
def test_her_is_an_owner_where_a_noun_follows(marked: str, part: Part) -> None:
    assert part_of_pronoun(*_marked(marked)) is part


def test_commas_and_conjunctions_bound_clauses() -> None:
    assert boundaries(" left, but when she ", 0, 20) == 3


def test_a_verb_joins_its_subject_and_its_object() -> None:
    assert only_a_verb(" saw ", 0, 5)
    assert only_a_verb(" often spoke to ", 0, 16)
    assert not only_a_verb(" said that Brandt saw ", 0, 22)
