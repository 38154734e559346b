"""Baselines: the evenings of a series as numbers, and which of them stand before each.

Only daily figures count: a window of several evenings is none, an evening without a figure is a gap (NaN) and
never a zero, a stated zero is a zero. Excluded periods are gaps too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from trucewatch.model import Excluded
from trucewatch.situation.alerts.distributions import Array
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Point, Series


class Evenings(NamedTuple):
    """A series evening by evening, from ``first`` on.

    ``figures`` are those of complete daily totals, for baselines; a figure with both bounds counts as the
    middle. ``least`` is what was counted at the least, an incomplete total too: what alarms must be surely
    there. ``points`` are the figures themselves, by their evening.
    """

    first: dt.date
    figures: Array
    least: Array
    points: dict[dt.date, Point]

    def day(self, place: int) -> dt.date:
        """The evening at a place."""
        return self.first + place * ONE


def evenings(line: Series, *, last: dt.date, most: int, exclude: Sequence[Excluded] = ()) -> Evenings:
    """The last ``most`` evenings of a series up to ``last``, without the excluded ones.

    >>> evenings(series, last=dt.date(2022, 2, 18), most=3).figures  # doctest: +SKIP
    array([ 591.,  870., 1566.])
    """
    first = last - (most - 1) * ONE
    figures, least = np.full(most, np.nan), np.full(most, np.nan)
    points = {}
    for point in line.daily:
        if not first <= point.end <= last or point.low is None or excluded(point.end, exclude):
            continue
        place = (point.end - first).days
        points[point.end] = point
        least[place] = point.low
        if point.complete and point.high is not None:
            figures[place] = (point.low + point.high) / 2
    return Evenings(first, figures, least, points)


def excluded(day: dt.date, exclude: Sequence[Excluded]) -> Excluded | None:
    """The excluded period that an evening is in."""
    return next((period for period in exclude if period.since <= day <= period.until), None)


def before(figures: Array, *, span: int, guard: int) -> Array:
    """For each evening (last axis) the ``span`` evenings before it, oldest first, without the ``guard`` last.

    >>> before(np.array([1.0, 2, 3, 4]), span=2, guard=1)[-1]
    array([1., 2.])
    """
    edges = [(0, 0)] * (figures.ndim - 1)
    padded = np.pad(figures, [*edges, (span + guard, 0)], constant_values=np.nan)
    return sliding_window_view(padded, span, axis=-1)[..., : figures.shape[-1], :]
