"""A change of level: whether there is one among some evenings, since when, and how sure that is.

Pettitt's test (1979, J R Stat Soc C 28, 126), on ranks, so that how widely the counts scatter does not
matter: K is the largest difference between the ranks before and after any evening, and the probability that
it would be so large without a change is about 2 exp(-6 K^2 / (n^3 + n^2)). The confidence is what is left to
1; below the confidence asked for, the answer is "no change". Evenings without a figure are passed over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.situation.alerts.distributions import Array

LEAST = 14  # evenings on file, below which there is no answer
SIDE = 3  # evenings on file that a level has at least
CONFIDENCE = 0.995


class Change(NamedTuple):
    """The likeliest change in each window: the place of the first evening of the new level, the confidence in
    it (NaN where too little is on file), the means before and after, and the evenings on file."""

    place: NDArray[np.int_]
    confidence: Array
    before: Array
    after: Array
    days: NDArray[np.int_]


def change(windows: Array) -> Change:
    """The likeliest change of level in each window of evenings (the last axis), oldest first.

    >>> found = change(np.array([3.0] * 10 + [9.0] * 10))
    >>> int(found.place), round(float(found.confidence), 3)
    (10, 0.998)
    """
    shape, span = windows.shape[:-1], windows.shape[-1]
    found = _change(windows.reshape(-1, span))
    return Change(
        place=found.place.reshape(shape),
        confidence=found.confidence.reshape(shape),
        before=found.before.reshape(shape),
        after=found.after.reshape(shape),
        days=found.days.reshape(shape),
    )


def _change(windows: Array) -> Change:
    held = ~np.isnan(windows)
    days = held.sum(axis=-1)
    values = np.where(held, windows, 0.0)
    sums = _differences(values, held)
    last_before, largest = sums.argmax(axis=-1), sums.max(axis=-1)
    n = np.maximum(days, 1).astype(float)
    confidence = 1 - np.minimum(1.0, 2 * np.exp(-6 * np.maximum(largest, 0) ** 2 / (n**3 + n**2)))
    later = held & (np.arange(windows.shape[-1]) > last_before[:, None])
    return Change(
        place=later.argmax(axis=-1),
        confidence=np.where(days >= LEAST, confidence, np.nan),
        before=_mean(values, held & ~later),
        after=_mean(values, later),
        days=days,
    )


def _differences(values: Array, held: NDArray[np.bool_]) -> Array:
    """Pettitt's |U| after each evening; -1 where a level would have too few evenings, or none is on file."""
    sums = np.abs(np.cumsum(_ranks(values, held), axis=-1))
    sofar = np.cumsum(held, axis=-1)
    apart = held & (sofar >= SIDE) & (sofar[:, -1:] - sofar >= SIDE)
    return np.where(apart, sums, -1.0)


def _ranks(values: Array, held: NDArray[np.bool_]) -> Array:
    """Of each evening on file how many have less minus how many have more; 0 for a gap."""
    order = np.argsort(np.where(held, values, np.inf), axis=-1, kind="stable")
    sorted_values = np.take_along_axis(np.where(held, values, np.inf), order, axis=-1)
    place = np.arange(values.shape[-1])
    parts = np.ones(values.shape, dtype=bool)
    parts[:, 1:] = sorted_values[:, 1:] != sorted_values[:, :-1]
    first = np.maximum.accumulate(np.where(parts, place, 0), axis=-1)
    ends = np.roll(parts, -1, axis=-1)
    ends[:, -1] = True
    last = np.minimum.accumulate(np.where(ends, place, len(place))[:, ::-1], axis=-1)[:, ::-1]
    balance = first - (held.sum(axis=-1, keepdims=True) - 1 - last)
    found = np.zeros(values.shape)
    np.put_along_axis(found, order, balance.astype(float), axis=-1)
    return found * held


def _mean(values: Array, held: NDArray[np.bool_]) -> Array:
    return np.asarray((values * held).sum(axis=-1) / np.maximum(held.sum(axis=-1), 1))
