from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.places import Places
from onrecord.data import Span

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 12))


@given(st.lists(SPANS, max_size=10), SPANS)
def test_asking_gives_what_looking_at_each_gives(passages: list[Span], asked: Span) -> None:
    places = Places((span, i) for i, span in enumerate(passages))
    holding = [span for span in passages if span.holds(asked)]
    found = places.holding(asked)
    assert (found is None) == (not holding)
    assert found is None or found[0].start == max(span.start for span in holding)
    assert places.touched(asked) == any(span.touches(asked) for span in passages)
