"""Which names of one surname are one person, as far as names, roles, days and company tell."""

from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.resolve.keys import slug
from onrecord.resolve.same_people import (
    Joined,
    Seen,
    Sighting,
    clusters_of,
    full_names_joined,
    is_one_name,
    meant_in,
    role_words,
    roles_agree,
    surname_meant,
)


def seen(name: str, documents: int = 1, role: str = "", day: str = "2031-03-01", **others: object) -> Seen:
    return Seen(slug(name), name, role_words([role]), documents, day, day, **others)  # type: ignore[arg-type]


def joined(*names: Seen, apart: tuple[tuple[str, str], ...] = ()) -> dict[str, str]:
    """Which key means which, whatever the order in which they come."""
    pairs = {frozenset(pair) for pair in apart}
    found = [dict(full_names_joined(clusters_of(order, pairs))) for order in permutations(names)]
    assert all(one == found[0] for one in found)
    return {key: meant.into for key, meant in found[0].items()}


ONE_PERSON = [
    (seen("JD Vane", 5), seen("J. Vane", 1)),
    (seen("James David Vane", 2), seen("JD Vane", 9)),
    (seen("Otto J. Lind", 3), seen("Otto Lind", 5)),
    (seen("William Lind", 3, "senator"), seen("Bill Lind", 5, "Sen.")),
    (seen("William Lind", 3, "senator"), seen("Bill Lind", 5, "former governor")),
    (seen("Oleh Borenskyy", 3, "president"), seen("Oleh Borensky", 2, "Ostrian President")),
    (seen("Oleh Borenskyy", 3), seen("Oleh Borensky", 2, day="2031-09-01")),
    (seen("Otto Lind", 50), seen("Otto J. Lind", 40), seen("Otto Q. Lind", 1)),
]


@pytest.mark.parametrize("names", ONE_PERSON)
def test_one_person_has_one_key(names: tuple[Seen, ...]) -> None:
    first, *_ = sorted(names, key=lambda one: -one.documents)
    assert joined(*names)[sorted(names, key=lambda one: -one.documents)[1].key] == first.key


TWO_PEOPLE = [
    (seen("Mara Quill", 9), seen("Jon Quill", 5)),
    (seen("Otto Lind", 9), seen("Otto Lind Jr.", 5)),
    (seen("Otto A. Lind", 3), seen("Otto B. Lind", 2), seen("Otto Lind", 2)),
    (seen("Otto J. Lind", 5, "goalkeeper"), seen("Otto Lind", 3, "senator")),
    (seen("William Lind", 5, "harbour pilot"), seen("Bill Lind", 3, "senator")),
    (seen("William Lind", 5), seen("Bill Lind", 3, day="2035-03-01")),
    (seen("J. Vane", 2), seen("John Vane", 3, day="2031-06-01")),
    (seen("J. Vane", 2), seen("John Vane", 3), seen("Julia Vane", 3)),
    (seen("Tommy Lee Lind", 2), seen("Tom Lind", 3)),
    (seen("Otto Smit", 2), seen("Otto Smith", 3)),
    (seen("Will Reed", 3), seen("William Reed", 3), seen("Ada Reed"), seen("Ida Reed"), seen("Jon Reed")),
]


@pytest.mark.parametrize("names", TWO_PEOPLE)
def test_in_doubt_nobody_is_joined(names: tuple[Seen, ...]) -> None:
    assert joined(*names) == {}


def test_two_who_speak_in_one_document_are_two() -> None:
    names = seen("Otto J. Lind", 3), seen("Otto Lind", 5)
    assert joined(*names, apart=(("otto-j-lind", "otto-lind"),)) == {}


def test_whom_the_list_names_keeps_that_key() -> None:
    assert joined(seen("Otto J. Lind", 3, known="lind"), seen("Otto Lind", 5)) == {"otto-j-lind": "lind", "otto-lind": "lind"}
    assert joined(seen("Otto J. Lind", 3, known="lind"), seen("Otto Lind", 5, known="another")) == {
        "otto-j-lind": "lind",
        "otto-lind": "another",
    }


@pytest.mark.parametrize(
    ("bare", "others", "whom"),
    [
        (seen("Quill", 2), [seen("Mara Quill", 3)], "mara-quill"),
        (seen("Quill", 2), [seen("Mara Quill", 30), seen("Jon Quill", 2)], "mara-quill"),
        (seen("Quill", 2), [seen("Mara Quill", 30), seen("Jon Quill", 4)], None),
        (seen("Quill", 2), [seen("Mara Quill", 1, day="2031-09-01")], None),
        (seen("Quill", 2), [seen("Mara Quill", 9, day="2034-09-01")], None),
        (seen("Quill", 2, "ferryman"), [seen("Mara Quill", 3, "minister")], None),
        (seen("Ruth", 2), [seen("Mara Ruth", 3)], None),
        (seen("Scott", 2), [seen("Mara Scott", 3)], None),
        (seen("Scott", 2, "Gov."), [seen("Mara Scott", 3, "Governor")], "mara-scott"),
        (seen("Quill", 2), [seen("Mara Quill Jr.", 30)], None),
        (seen("Quill", 2), [], None),
    ],
)
def test_a_surname_alone_means_somebody_or_nobody(bare: Seen, others: list[Seen], whom: str | None) -> None:
    bare = Seen(bare.key, bare.name, bare.roles, bare.documents, bare.first_on, bare.last_on, None, 2 if bare.name == "Ruth" else 0)
    usual, _ = surname_meant(bare, clusters_of(others, set()))
    assert (usual and usual.into) == whom


MARA, JON = seen("Mara Quill", 3, "harbour minister"), seen("Jon Quill", 2, "ferryman")
USUAL = Joined("mara-quill", "far more often seen")


@pytest.mark.parametrize(
    ("at", "usual", "whom"),
    [
        (Sighting(1, "d", "2031-03-01", role_words(["minister"])), None, "mara-quill"),
        (Sighting(1, "d", "2031-03-01", role_words(["ferryman"])), None, "jon-quill"),
        (Sighting(1, "d", "2031-03-01", role_words(["ferryman"])), USUAL, "jon-quill"),
        (Sighting(1, "d", "2031-03-01"), USUAL, "mara-quill"),
        (Sighting(1, "d", "2031-03-01", others=frozenset(["mara-quill"])), USUAL, None),
        (Sighting(1, "d", "2031-03-01", role_words(["baker"])), USUAL, None),
        (Sighting(1, "d", "2031-03-01"), None, None),
    ],
)
def test_in_one_document_the_role_and_the_company_tell(at: Sighting, usual: Joined | None, whom: str | None) -> None:
    found = meant_in(seen("Quill"), at, clusters_of([MARA, JON], set()), usual)
    assert (found and found.into) == whom


@pytest.mark.parametrize(
    ("name", "papers", "roles", "one"),
    [
        ("Quill", ["Courier", "Courier"], ["", ""], True),
        ("Quill", ["Courier", "Post"], ["", ""], False),
        ("Quill", ["Courier", "Post"], ["minister", "harbour minister"], True),
        ("Quill", ["Courier", "Courier"], ["minister", "baker"], False),
        ("Quill", [f"Paper {n}" for n in range(10)], [""] * 10, True),
        ("Joe", ["Courier", "Courier"], ["", ""], False),
    ],
)
def test_a_single_name_is_one_person_only_with_a_reason(name: str, papers: list[str], roles: list[str], one: bool) -> None:
    at = [
        Sighting(n, f"d{n}", "2031-03-01", role_words([role]), publisher=paper)
        for n, (paper, role) in enumerate(zip(papers, roles, strict=True))
    ]
    assert is_one_name(seen(name, len(at)), at) is one


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("former Sen.", "Senator", True),
        ("senator", "former governor", None),
        ("senator", "", None),
        ("senator", "striker", False),
        ("harbour minister", "ferryman", False),
    ],
)
def test_roles_agree_conflict_or_tell_nothing(one: str, other: str, agree: bool | None) -> None:
    assert roles_agree(role_words([one]), role_words([other])) is agree
