"""EARS C1, C2 and C3: a day against the mean and deviation of the week before it.

Hutwagner et al. 2003 (J Urban Health 80, i89) and, as bounds, Salmon et al. 2016 (J Stat Softw 70(10)).
C1 looks at the 7 evenings before; C2 leaves the 2 last out, so that a surge that builds up is not in its own
baseline; C3 adds to C2 by how much the two evenings before were above their mean by more than a deviation.
The bound is the mean and z deviations, with z the normal quantile of the level (3.16 at 0.0008).

Of ours: evenings without a figure are left out of mean and deviation, and at least ``LEAST`` are wanted; a
deviation is never taken for less than that of Poisson counts, nor than 1 (a week of one number has none).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trucewatch.situation.alerts.baselines import before
from trucewatch.situation.alerts.distributions import Array, normal_quantile

WEEK, GUARD, LEAST = 7, 2, 3


class Bounds(NamedTuple):
    """What is expected of each evening, its upper bound, and the evenings on file; NaN where too few."""

    expected: Array
    upper: Array
    days: Array


def c1(figures: Array, *, level: float) -> Bounds:
    """C1 of each evening of a series (the last axis), or of many.

    >>> float(c1(np.array([10, 12, 8, 11, 9, 10, 10, 40.0]), level=0.00135).upper[-1].round(1))
    19.5
    """
    mean, deviation, days = _week(figures, guard=0)
    return Bounds(mean, mean + normal_quantile(1 - level) * deviation, days)


def c2(figures: Array, *, level: float) -> Bounds:
    """C2 of each evening: C1 without the two last evenings in the baseline."""
    mean, deviation, days = _week(figures, guard=GUARD)
    return Bounds(mean, mean + normal_quantile(1 - level) * deviation, days)


def c3(figures: Array, *, level: float) -> Bounds:
    """C3 of each evening: the bound of C2, lowered by what the two evenings before had too much.

    It is alarming only where C2's own score is above 0: the bound is never below what is expected.
    """
    mean, deviation, days = _week(figures, guard=GUARD)
    over = np.nan_to_num(np.maximum(0, (figures - mean) / deviation - 1))
    carried = np.zeros_like(over)
    carried[..., 1:] += over[..., :-1]
    carried[..., 2:] += over[..., :-2]
    z = np.maximum(0, normal_quantile(1 - level) - carried)
    return Bounds(mean, mean + z * deviation, days)


def _week(figures: Array, *, guard: int) -> tuple[Array, Array, Array]:
    """Mean, deviation and evenings on file of the week before each evening."""
    week = before(figures, span=WEEK, guard=guard)
    held = ~np.isnan(week)
    days = held.sum(axis=-1)
    enough = days >= LEAST
    count = np.where(enough, days, LEAST)
    mean = np.where(held, week, 0).sum(axis=-1) / count
    squares = (np.where(held, week - mean[..., None], 0) ** 2).sum(axis=-1)
    deviation = np.maximum(np.sqrt(squares / (count - 1)), np.sqrt(np.maximum(mean, 1)))
    blank = np.where(enough, 0.0, np.nan)
    return mean + blank, deviation + blank, days.astype(float)
