"""Names of people in parts, and how two of them go together."""

from __future__ import annotations

import pytest

from onrecord.resolve.person_names import Fit, fields_of, fit, person_name, sound


@pytest.mark.parametrize(
    ("written", "given", "surname", "generation"),
    [
        ("Mara Quill", ("mara",), "quill", ""),
        ("J. D. Vane", ("j", "d"), "vane", ""),
        ("J.D. Vane", ("j", "d"), "vane", ""),
        ("JD Vane", ("j", "d"), "vane", ""),
        ("Sen. JD Vane", ("j", "d"), "vane", ""),
        ("Dr. Mara Quill, PhD", ("mara",), "quill", ""),
        ("Joseph R. Lind Jr.", ("joseph", "r"), "lind", "jr"),
        ("Otto Lind III", ("otto",), "lind", "iii"),
        ("Łukasz Núñez", ("lukasz",), "nunez", ""),
        ("Bill de Brasko", ("bill",), "debrasko", ""),
        ("De Brasko", (), "debrasko", ""),
        ("Al Stone", ("al",), "stone", ""),
        ("Omar al-Hadan", ("omar",), "hadan", ""),
        ("Ada O’Morrow", ("ada",), "omorrow", ""),
        ("Ada Brook-Lind", ("ada",), "brooklind", ""),
        ("Pak Dong-min", ("pak", "dong"), "min", ""),
        ("MARA QUILL", ("mara",), "quill", ""),
        ("ADA “The Axe” BROOK", ("ada",), "brook", ""),
        ("Quill", (), "quill", ""),
        ("?!", (), "", ""),
        ("", (), "", ""),
    ],
)
def test_a_name_is_taken_apart(written: str, given: tuple[str, ...], surname: str, generation: str) -> None:
    found = person_name(written)
    assert (found.given, found.surname, found.generation) == (given, surname, generation)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("J. D. Vane", "JD Vane", Fit.SAME),
        ("Núria Vidal", "Nuria Vidal", Fit.SAME),
        ("Mr. Otto Lind", "Otto Lind", Fit.SAME),
        ("Otto J. Lind", "Otto Lind", Fit.MIDDLE),
        ("Otto Johann Lind", "Otto J. Lind", Fit.MIDDLE),
        ("William Lind", "Bill Lind", Fit.SHORT),
        ("Hillary Lind", "Hilary Lind", Fit.SHORT),
        ("J. Vane", "John Vane", Fit.INITIAL),
        ("JD Vane", "James David Vane", Fit.INITIAL),
        ("Oleh Borenskyy", "Oleh Borensky", Fit.SPELLING),
        ("Oleh Borenskiy", "Oleh Borensky", Fit.SPELLING),
        ("Ivan Matveyev", "Ivan Matveev", Fit.SPELLING),
        ("Karl Philips", "Karl Phillips", Fit.SPELLING),
        ("Karl Müller", "Karl Mueller", Fit.SPELLING),
        ("Otto Lind", "Otto Lind Jr.", None),
        ("Otto Lind Sr.", "Otto Lind Jr.", None),
        ("Otto Lind III", "Otto Lind", None),
        ("Mara Quill", "Jon Quill", None),
        ("Otto A. Lind", "Otto B. Lind", None),
        ("Otto W. Lind", "Otto H. W. Lind", None),
        ("O. Borensky", "Oleh Borenskyy", None),
        ("Karl Anderson", "Karl Andersen", None),
        ("Will Lind", "Bill Lind", None),
        ("Quill", "Mara Quill", None),
        ("Otto a b c Lind", "Otto Lind", None),
    ],
)
def test_two_names_go_together_or_not(one: str, other: str, how: Fit | None) -> None:
    assert fit(person_name(one), person_name(other)) is how
    assert fit(person_name(other), person_name(one)) is how


@pytest.mark.parametrize(("one", "other"), [("smith", "smyth"), ("reed", "red"), ("hansen", "hanson"), ("lee", "le")])
def test_other_surnames_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_roles_belong_to_fields() -> None:
    assert fields_of(["senator", "tall"]) == {"politics"}
    assert fields_of(["striker"]) == {"sport"}
    assert fields_of(["ferryman"]) == frozenset()
