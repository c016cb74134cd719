"""An invented agency's stories as invented outlets print them: whole, cut, under another headline, revised, and another story beside it."""

from __future__ import annotations

from dataclasses import replace

from tests.record.invented import MODELS, document, person, statement

from onrecord.data import Record, Speaker, Stance

QUILL, BRANDT, LIND = person("Mara Quill"), person("Ottmar Brandt"), person("Otto Lind")
SOLD = "the harbour board will sell the northern pier this summer"
NOT_SOLD = "the harbour board will not sell the northern pier this summer"
TOLLS = "the tolls on the swing bridge are going to double in the autumn"
LEAD = (
    f"LESK (Coastwire) - Harbour minister Mara Quill said on Monday that {SOLD}, after three years in which nobody had used "
    "more than half of its berths and the repairs of its piles had cost the town more than all of its other quays together."
)
MIDDLE = (
    "The pier was built for the herring fleet, which has dwindled to eleven boats, and the last of the ice houses beside it "
    "was closed when the cannery moved inland. Two firms from Brenn have asked for the plans, according to a clerk of the "
    "land registry."
)
END = (
    f"Quill also told the council that {TOLLS}. Shopkeepers along the old town's waterfront had hoped that a smaller rise "
    "would do, and some of them stood in the rain outside the council hall with boards that showed the figures of the last "
    "ten years."
)
WHOLE = f"{LEAD}\n\n{MIDDLE}\n\n{END}"
CUT = LEAD + "\n\n" + MIDDLE
OTHER_HEADLINE = f"Northern pier to go under the hammer\n\n{WHOLE.replace('on Monday ', '')}"
REVISED = (
    f"LESK (Coastwire) - A day after harbour minister Mara Quill said that {SOLD}, dockers blocked its gates with lorries "
    "and nets. By noon the queue of cars reached the lighthouse, and the harbour master let the mail boat land at the fish "
    "market instead. The two firms from Brenn that had asked for the plans of the pier said they would wait and see, and "
    "would not come to Lesk before the council had met. Nobody was hurt. The police counted three hundred people, the union "
    "of the dockers a thousand, and both spoke of a calm day."
)
OTHER_STORY = (
    "In the council of Lesk the sale of a pier divides families. Ottmar Brandt, whose father drove its piles, said "
    f"{NOT_SOLD}, whatever the minister had announced. He wants the town to keep it for the sailing school and for the "
    "winter market, and has gathered two hundred signatures in a week. His daughter keeps the books of one of the firms "
    "that would like to buy it, and the two of them no longer talk about work at table, she said with a laugh at the door "
    "of the office."
)


def paper(outlet: str, day: str, text: str, *told: tuple[Speaker, str], **reading: object) -> Record:
    """What the outlet printed on that day, with the statements of those who said these words."""
    name = f"{outlet.casefold()}-{day[5:]}"
    of = document(name, text, publisher=f"Lesk {outlet}", creation_time=day, locator=f"news/{name}.txt", title=None)  # type: ignore[arg-type]
    made = tuple(statement(words, speaker, text, number) for number, (speaker, words) in enumerate(told, 1))
    if reading:
        made = tuple(replace(one, reading=replace(one.reading, **reading)) for one in made)  # type: ignore[arg-type]
    return Record(of, made, (), (), (), MODELS)


COURIER = paper("Courier", "2031-03-10", WHOLE, (QUILL, SOLD), (QUILL, TOLLS), stance=Stance.COMMITS)
WEEKLY = paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD), (QUILL, TOLLS), stance=Stance.COMMITS)
MIRROR = paper("Mirror", "2031-03-12", CUT, (QUILL, SOLD), stance=Stance.COMMITS)
EVENING = paper("Evening", "2031-03-13", OTHER_HEADLINE, (QUILL, SOLD), (QUILL, TOLLS), stance=Stance.COMMITS)
PRINTS = (COURIER, WEEKLY, MIRROR, EVENING)
UPDATE = paper("Herald", "2031-03-11", REVISED, (QUILL, SOLD), stance=Stance.COMMITS)
AGAINST = paper("Voice", "2031-03-14", OTHER_STORY, (BRANDT, NOT_SOLD), stance=Stance.REFUSES)
