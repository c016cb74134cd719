"""Who has a key, and who does not: many, anybody, and whoever is only the likeliest of several."""

from __future__ import annotations

import pytest
from tests.resolve.marked import read

from onrecord.data import SpeakerType
from onrecord.resolve.keys import slug

PERSON, GROUP, GOVERNMENT = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.GOVERNMENT
ORGANISATION, DOCUMENT = SpeakerType.ORGANISATION, SpeakerType.DOCUMENT


def test_unnamed_and_collective_speakers_have_no_key() -> None:
    assert [one.key for one in read("[[Officials]] said no. [[A pilot]] said yes. [[Mara Quill and Otto Brandt]] said no.")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The vote was late. [[House Republicans]] said {it would wait}.", "House Republicans", SpeakerType.GROUP),
        ("The bridge is shut. [[Democrats]] said {it should open}.", "Democrats", SpeakerType.GROUP),
        ("The vote was late. [[Two House Committees]] said {it would wait}.", "House Committees", SpeakerType.GROUP),
        ("The vote was late. [[Some Labour MPs]] said {it would wait}.", "Labour MPs", SpeakerType.GROUP),
        ("[[Lesk, Karsovia]] said {it would wait}.", "Lesk and Karsovia", SpeakerType.GROUP),
        ("[[pilots and the Harbour Board]] said {it}.", "pilots and the Harbour Board", SpeakerType.GROUP),
        ("[[Mara Quill and the Ministry of Works]] said {it}.", "Mara Quill and Ministry of Works", SpeakerType.GROUP),
        ("It rained. [[Psychotherapist]] said {it would wait}.", "Psychotherapist", SpeakerType.PERSON),
        ("It rained. [[Footage of the fall]] shows {it}. The footage is old.", "Footage of the fall", SpeakerType.DOCUMENT),
        ("[[an anti-harbour PAC]] said {it would wait}.", "anti-harbour PAC", SpeakerType.ORGANISATION),
        ("[[Karsovian PM]] said {it would wait}.", "Karsovian PM", SpeakerType.PERSON),
        ("The vote was late. [[pilots across Lesk]] said {it would wait}.", "pilots across Lesk", SpeakerType.GROUP),
        ("The vote was late. [[pilots like Otto Brandt]] said {it would wait}.", "pilots like Otto Brandt", SpeakerType.GROUP),
        ("It rained.\n\n[[HOW THE LAMP OF LESK FELL]] said {it}.", "HOW THE LAMP OF LESK FELL", SpeakerType.UNKNOWN),
        ("Money came from [[PACs]], which said {they were small}.", "PACs", SpeakerType.GROUP),
    ],
)
def test_a_name_for_many_or_for_anybody_has_no_key(text: str, name: str, kind: SpeakerType) -> None:
    (speaker,) = read(text)
    assert (speaker.name, speaker.type, speaker.key) == (name, kind, None)


TWO_BODIES = "Brask Works met Ostrow Mills. It rained. Nobody came. "
GUESSES = [
    (TWO_BODIES + "[[The company]] said no.", "Brask Works"),
    (TWO_BODIES + "[[It]] said no.", "Brask Works"),
    ("[[Otto Brandt]] said {[[we]] warned them}.", "Otto Brandt"),
    ("The governor, Mara Quill, came. [[The Northern governor]] said no.", "Mara Quill"),
    ("[[Otto Brandt]] came. [[The email]] said no.", "Otto Brandt"),
    ("The Lesk Tribune came. [[The paper]] said no.", "Lesk Tribune"),
    ("He met Mara Quill and Ida Roe, [[who]] said no.", "Ida Roe"),
    ("Mara Quill's daughter left, as [[she]] said.", "Mara Quill"),
    ("The Republican, Otto Brandt, came. [[The Republican]] said no.", "Otto Brandt"),
    ("[[Mr Roe's group, March for Lesk at HRB,]] said no.", "Mr Roe's group"),
    ("The European Union met. [[the European]] said no.", "European"),
    ("The Democratic Party met. [[Democratic]] calls came.", "Democratic"),
    ("There were raids in the North Bank, [[which]] said no.", "North Bank"),
    ("Mara Quill and Ida Roe met Ms Varga, Ms Marrow and Ms Lindqvist. [[She]] said no.", "Marrow"),
]


@pytest.mark.parametrize(("text", "name"), GUESSES)
def test_who_is_only_the_likeliest_of_several_has_a_name_and_no_key(text: str, name: str) -> None:
    last = read(text)[-1]
    assert (last.name, last.key) == (name, None)


NO_GUESSES = [
    ("[[Brask Works]] said yes. [[The company]] said no.", "brask-works"),
    ("[[Brask Works]] said yes. [[It]] said no.", "brask-works"),
    ("[[Mara Quill]] said yes. [[She]] said no.", "mara-quill"),
    ("[[Otto Brandt]] said {[[I]] warned them}.", "otto-brandt"),
    ("The governor, Mara Quill, came. [[The governor]] said no.", "mara-quill"),
    ("[[Mara Quill]] met her lawyer. [[Quill]] said no.", "mara-quill"),
    ("[[Brask Works]] came. Internal [[Brask Works]] said no.", "brask-works"),
    ("Brask Works came. [[Internal Brask Works]] said no.", "brask-works"),
    ("It rained. Then [[Brask]] told of a lamp, the Brask Duo.", "brask"),
    ("[[UN Secretary-General Mara Quill]] said no.", "mara-quill"),
]


@pytest.mark.parametrize(("text", "key"), NO_GUESSES)
def test_who_can_only_be_one_has_a_key(text: str, key: str) -> None:
    assert read(text)[-1].key == key


@pytest.mark.parametrize(
    ("name", "key"), [("José Núñez", "jose-nunez"), ("Niamh O’Hallow", "niamh-ohallow"), ("J.P. Dell", "jp-dell"), ("☃", "")]
)
def test_a_key_is_a_slug(name: str, key: str) -> None:
    assert slug(name) == key
