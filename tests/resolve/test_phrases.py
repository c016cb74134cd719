from __future__ import annotations

import pytest
from tests.resolve.marked import last_name, read

LETTERS = "Harbour News\nLetters\n\n"

RELATIVES = [
    ("They met Mara Quill, [[who]] said no.", "Mara Quill"),
    ("They met Mara Quill, chief economist at the Lesk Institute, [[who]] said no.", "Mara Quill"),
    ("The talks with the Lesk Institute, [[which]] said no, failed.", "Lesk Institute"),
    ("They met two pilots, [[who]] said no.", "two pilots"),
    ("They met two pilots, [[both of whom]] said no.", "both of two pilots"),
    ("They met Mara Quill of the Lesk Institute, [[which]] said no.", "Lesk Institute"),
]


@pytest.mark.parametrize(("text", "name"), RELATIVES)
def test_who_and_which_are_whoever_stands_before_them(text: str, name: str) -> None:
    assert last_name(text) == name


LABELS = [
    ("Mara Quill met us in Lesk.\n\n[[QUILL]]: No.", "Mara Quill"),
    ("Mara Quill met us in Lesk.\n\n[[MQ]]: No.", "Mara Quill"),
    ("Mara Quill met us in Lesk.\n\n[[VILLAREAL]]: No.", "Villareal"),
    ("Mara Quill met us in Lesk.\n\n[[MODERATOR]]: No.", "MODERATOR"),
]


@pytest.mark.parametrize(("text", "name"), LABELS)
def test_a_label_is_a_surname_or_the_initials_of_somebody_named(text: str, name: str) -> None:
    assert last_name(text) == name


FAMILIES = [
    ("Ms Mara Quill left. [[Her daughter Ida]] said no.", "Ida Quill"),
    ("Ms Mara Quill left. [[Her daughter Ida]] said Ida knew.", "Ida Quill"),
    ("[[Mara Quill’s son Otto]] said no.", "Otto Quill"),
    ("Ms Mara Quill left. [[Her friend Ida]] said no.", "Ida"),
    ("Ms Mara Quill left. [[Her daughter Ida Roe]] said no.", "Ida Roe"),
    ("The pilot left. [[His son Otto]] said no.", "Otto"),
]


@pytest.mark.parametrize(("text", "name"), FAMILIES)
def test_sons_and_wives_who_are_told_by_first_name_have_the_surname(text: str, name: str) -> None:
    assert last_name(text) == name


PAIRS = [
    ("Mara Quill and Otto Brandt met in Lesk. Then Quill left and Brandt left. [[The two men]] said no.", "Mara Quill and Otto Brandt"),
    ("It rained. [[The two men]] said no.", "two men"),
    ("[[Two pilots]] said it fell. [[Both]] said why.", "Two pilots"),
    ("Mara Quill met two pilots. [[Neither of them]] said why.", "Neither of them"),
]


@pytest.mark.parametrize(("text", "name"), PAIRS)
def test_the_two_men_are_the_two_who_are_named_most(text: str, name: str) -> None:
    assert last_name(text) == name


ASIDES = [
    ("[[Sir Otto Brandt, who replaced Ilse Varga as envoy in May,]] said no.", "Otto Brandt"),
    ("[[Otto Brandt, whose brother Ivo Stell died in May,]] said no.", "Otto Brandt"),
    ("[[Otto Brandt, speaking after Ilse Varga,]] said no.", "Otto Brandt"),
    ("[[Mara Quill (once an ally of Otto Brandt)]] said no.", "Mara Quill"),
    ("[[Brask Works, which bought Lesk Motors in May,]] said no.", "Brask Works"),
    ("[[Otto Brandt at the Lesk Institute]] said no.", "Otto Brandt"),
    ("[[The mayor, who replaced Ilse Varga in May,]] said no.", "mayor"),
    ("[[A spokesman, citing Ilse Varga,]] said no.", "spokesman"),
]


@pytest.mark.parametrize(("text", "name"), ASIDES)
def test_whoever_is_named_in_an_aside_does_not_speak(text: str, name: str) -> None:
    assert last_name(text) == name


APPOSITIONS = [
    ("[[Otto Brandt, a doctor,]] said no.", "doctor"),
    ("[[Otto Brandt, 58, a doctor from Lesk,]] said no.", "doctor from Lesk"),
    ("[[Otto Brandt, a doctor who left Lesk,]] said no.", "doctor"),
    ("[[Otto Brandt, the port’s director,]] said no.", "director"),
    ("[[Its director, Otto Brandt,]] said no.", "director"),
    ("[[Mara Quill’s lawyer, Otto Brandt,]] said no.", "lawyer"),
    ("[[The head of the Lesk Institute, Otto Brandt,]] said no.", "head of the Lesk Institute"),
    ("[[Lesk’s harbour chief Otto Brandt]] said no.", "harbour chief"),
    ("They met Ida Roe and their pilot, Otto Brandt. [[Brandt]] said no.", "pilot"),
    ("He left the Harbour Partnership. [[Harbour Secretary Otto Brandt]] said it fell.", "Harbour Secretary"),
    ("[[Mr Otto Brandt]] said no.", None),
]


@pytest.mark.parametrize(("text", "role"), APPOSITIONS)
def test_a_description_beside_a_name_is_the_role_without_article_and_owner(text: str, role: str | None) -> None:
    last = read(text)[-1]
    assert (last.name, last.role) == ("Otto Brandt", role)


FIRST_PERSON = [
    ("“{[[I]] saw the lamp fall},” [[Mara Quill]] said.", ["Mara Quill", "Mara Quill"]),
    ("[[Mara Quill]] said: “{Otto Brandt came, and [[I]] told him}.”", ["Mara Quill", "Mara Quill"]),
    ("“{[[We]] know why it fell},” [[Mara Quill]] said.", ["Mara Quill", "Mara Quill"]),
    ("[[I]] think so.", ["author"]),
    ("On Monday [[I]] asked Mara Quill why it fell. [[She]] said nothing. Then [[I]] left.", ["author", "Mara Quill", "author"]),
    ("“{[[I]] fell},” [[Mara Quill]] said. [[I]] said nothing.", ["Mara Quill", "Mara Quill", "author"]),
]


@pytest.mark.parametrize(("text", "names"), FIRST_PERSON)
def test_i_is_the_one_who_is_quoted_else_the_author(text: str, names: list[str]) -> None:
    assert [one.name for one in read(text)] == names


SIGNED = [
    (LETTERS + "[[I]] said that it would fall.\n\nMara Quill, Lesk", ["Mara Quill"]),
    (LETTERS + "[[I]] said that it would fall.\n\n— Commissioner Ida Roe", ["Ida Roe"]),
    (LETTERS + "[[I]] saw it.\n\nMara Quill, Lesk\n\n[[I]] did not.\n\nOtto Brandt, Pell", ["Mara Quill", "Otto Brandt"]),
    (LETTERS + "[[I]] said that it would fall.\n\nMara Quill left early.", ["author"]),
    (LETTERS + "[[I]] said that it would fall.\n\nThe Lesk Institute", ["author"]),
]


@pytest.mark.parametrize(("text", "names"), SIGNED)
def test_a_letter_or_press_release_speaks_for_the_one_who_signs_it(text: str, names: list[str]) -> None:
    assert [one.name for one in read(text)] == names
