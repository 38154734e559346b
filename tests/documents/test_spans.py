from hypothesis import given
from hypothesis import strategies as st

from trucewatch.documents.spans import holding, touching, within
from trucewatch.model import Quotation

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1])), max_size=12
).map(sorted)
SPAN = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))


def marks(spans: list[tuple[int, int]]) -> list[Quotation]:
    return [Quotation(span=span, inner=span) for span in spans]


@given(SPANS, SPAN)
def test_within_finds_just_what_lies_inside(spans: list[tuple[int, int]], span: tuple[int, int]) -> None:
    inside = [s for s in spans if span[0] <= s[0] and s[1] <= span[1]]
    assert [m.span for m in within(marks(spans), span)] == inside


@given(SPANS, SPAN)
def test_touching_finds_just_what_overlaps(spans: list[tuple[int, int]], span: tuple[int, int]) -> None:
    overlapping = [s for s in spans if s[0] < span[1] and span[0] < s[1]]
    assert [m.span for m in touching(marks(spans), span)] == overlapping


def test_holding_finds_the_span_around_an_offset() -> None:
    spans = [(0, 5), (7, 9)]
    assert [holding(spans, at) for at in (0, 4, 5, 6, 7, 9)] == [(0, 5), (0, 5), None, None, (7, 9), None]
