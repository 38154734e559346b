"""What holds for any two texts: spans lie in them, sides swap with the accounts, nothing raises."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.readouts.writing import CALL, account
from trucewatch.model import Span
from trucewatch.situation.readouts.clauses import clauses
from trucewatch.situation.readouts.comparing import compare
from trucewatch.situation.readouts.nouns import ReadoutPoint
from trucewatch.situation.readouts.points import points

SENTENCES = (
    CALL,
    "Marc Dubois said that the arms deliveries may prolong the fighting, which Paris regrets.",
    "The two leaders agreed to step up the search for a settlement and the release of 120 captives.",
    "They discussed the grain deal, noting that the harvest was poor, as well as the port of Lerne.",
    "The leaders did not agree on a truce along the Lerne river.",
    "They agreed on a truce along the Lerne river; observers would watch it.",
    "He asked her to end strikes on energy and infrastructure.",
    "Weiss urged Paris to send no weapons and called for talks.",
    "The conversation lasted an hour and a half, the Élysée said.",
)
MARKS = st.text(alphabet="aA ,.;:\"“”'’-–()\n\u00ad\u202e1é", max_size=12)
TEXTS = st.lists(st.one_of(st.sampled_from(SENTENCES), MARKS), max_size=8).map(" ".join)
SWAPPED = {"only_a": "only_b", "only_b": "only_a"}
WHY = {"denies": "is denied", "is denied": "denies"}


def swapped(point: ReadoutPoint) -> ReadoutPoint:
    """A point with its sides exchanged."""
    why = point.why
    if why and " / " in why:
        why = " / ".join(reversed(why.split(" / ")))
    return ReadoutPoint(
        relation=SWAPPED.get(point.relation, point.relation),  # type: ignore[arg-type]
        a=point.b,
        b=point.a,
        topic=point.topic,
        differs_a=point.differs_b,
        differs_b=point.differs_a,
        voices_a=point.voices_b,
        voices_b=point.voices_a,
        why=WHY.get(why or "", why),
    )


def lie_in(text: str, spans: Iterable[Span]) -> bool:
    return all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_exchanging_the_accounts_exchanges_the_sides_of_every_point(a: str, b: str) -> None:
    one, other = compare(account(a), account(b)), compare(account(b), account(a))
    assert sorted(map(repr, one)) == sorted(repr(swapped(point)) for point in other)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.booleans())
def test_every_span_lies_in_its_text_and_the_relation_says_which_side_tells(
    a: str, b: str, own: bool
) -> None:
    for point in compare(account(a, own=own), account(b)):
        assert lie_in(a, (*point.a, *point.differs_a))
        assert lie_in(b, (*point.b, *point.differs_b))
        assert bool(point.a) == (point.relation != "only_b")
        assert bool(point.b) == (point.relation != "only_a")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_clauses_lie_in_their_sentence_in_order(text: str) -> None:
    found = [clause.span for clause in clauses(text, (0, len(text)))]
    assert lie_in(text, found)
    assert found == sorted(found)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_an_account_never_contradicts_itself(text: str) -> None:
    assert {point.relation for point in compare(account(text), account(text))} <= {"both", "only_a", "only_b"}


@pytest.mark.parametrize("text", ["", " \n", ".", "”", "and and and", "a" * 60_000])
def test_a_text_that_tells_nothing_has_no_points_beside_it(text: str) -> None:
    found = compare(account(text), account(CALL))
    assert {point.relation for point in found} <= {"only_b"}


def test_a_text_without_a_full_stop_is_read_and_bounded() -> None:
    text = f"{CALL[:-1]} and they agreed on a truce along the Lerne and discussed the grain deal " * 600
    assert 0 < len(points(account(text))) <= 200
