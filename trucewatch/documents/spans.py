"""Looking up what lies on a span, among marks in the order of the text, without going through them all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar

from trucewatch.model import Span

LONGEST = 20_000  # code points: a mark longer than this is looked up by its beginning only


class Marked(Protocol):
    """Anything with a span."""

    @property
    def span(self) -> Span:
        """Its offsets."""


Mark = TypeVar("Mark", bound=Marked)


def within(marks: Sequence[Mark], span: Span) -> list[Mark]:
    """The marks that lie in a span."""
    first = bisect_left(marks, span[0], key=lambda mark: mark.span[0])
    last = bisect_left(marks, span[1], lo=first, key=lambda mark: mark.span[0])
    return [mark for mark in marks[first:last] if mark.span[1] <= span[1]]


def touching(marks: Sequence[Mark], span: Span) -> list[Mark]:
    """The marks that share at least one code point with a span."""
    first = bisect_left(marks, span[0] - LONGEST, key=lambda mark: mark.span[0])
    last = bisect_left(marks, span[1], lo=first, key=lambda mark: mark.span[0])
    return [mark for mark in marks[first:last] if mark.span[1] > span[0]]


def holding(spans: Sequence[Span], at: int) -> Span | None:
    """The span that an offset lies in, among spans that do not overlap."""
    number = bisect_left(spans, at + 1, key=lambda span: span[0]) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else None


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def nearest(pattern: re.Pattern[str], text: str, *, near: int) -> Span | None:
    """Where a pattern stands in a text, nearest to a place."""
    places = (met.span() for met in pattern.finditer(text))
    return min(places, key=lambda span: abs(span[0] - near), default=None)


def likeness(one: Span, other: Span) -> float:
    """How much two spans have in common, 0 to 1: twice the overlap over both lengths."""
    return 2 * overlap(one, other) / max(1, one[1] - one[0] + other[1] - other[0])
