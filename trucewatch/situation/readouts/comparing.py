"""Two accounts of one contact become a table of points. What one leaves out, it does not contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.model import Span
from trucewatch.situation.readouts import words
from trucewatch.situation.readouts.differing import Told, verdict
from trucewatch.situation.readouts.matching import Match, matches
from trucewatch.situation.readouts.nouns import Account, ReadoutPoint
from trucewatch.situation.readouts.points import Point, points

_TOPICS = {"form": "form", "day": "form", "length": "form", "initiative": "form"}


def compare(a: Account, b: Account) -> tuple[ReadoutPoint, ...]:
    """What both accounts tell, what one alone, what they tell differently, and what cannot both be true.

    The points are in the order of ``a``, then what only ``b`` tells in its own. Exchanging the accounts
    exchanges the sides of every point.
    """
    one, other = points(a), points(b)
    found = matches(one, other)
    told = [_matched(a, b, one[match.a], other[match.b], match) for match in found]
    told += _alone(a, one, {match.a for match in found}, of_a=True)
    told += _alone(b, other, {match.b for match in found}, of_a=False)
    return tuple(sorted(told, key=_order))


def _order(point: ReadoutPoint) -> tuple[bool, tuple[Span, ...], tuple[Span, ...]]:
    return not point.a, point.a, point.b


def _matched(a: Account, b: Account, one: Point, other: Point, match: Match) -> ReadoutPoint:
    left, right = Told(text=a.text, point=one), Told(text=b.text, point=other)
    found = verdict(left, right, likeness=match.likeness)
    return ReadoutPoint(
        relation=found.how,
        a=one.spans,
        b=other.spans,
        topic=_first_topic(_topic(left), _topic(right)),
        differs_a=found.a,
        differs_b=found.b,
        voices_a=one.voices,
        voices_b=other.voices,
        why=found.why,
    )


def _alone(
    account: Account, found: Sequence[Point], matched: set[int], *, of_a: bool
) -> Iterator[ReadoutPoint]:
    for number, point in enumerate(found):
        if number in matched:
            continue
        topic = _topic(Told(text=account.text, point=point))
        if of_a:
            yield ReadoutPoint(relation="only_a", a=point.spans, topic=topic, voices_a=point.voices)
        else:
            yield ReadoutPoint(relation="only_b", b=point.spans, topic=topic, voices_b=point.voices)


def _first_topic(one: str | None, other: str | None) -> str | None:
    """Of two topics the one that stands first in the catalog's list."""
    order = ["form", *words.lists().topics]
    return min(filter(None, (one, other)), key=order.index, default=None)


def _topic(told: Told) -> str | None:
    return _TOPICS.get(told.point.kind) or words.topic(told.words)
