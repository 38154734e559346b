"""CUSUM: a drift that no single evening shows, added up.

Page 1954 (Biometrika 41, 100), one-sided, on the Anscombe residuals of the regression over the square root
of its dispersion, which are near to standard normal for counts that scatter widely (Hoehle and Paul 2008,
Comput Stat Data Anal 52, 4357). The sum S of z - k, from the evening on that makes it largest, alarms where
S > h. It looks back ``WINDOW`` evenings and no further (the window-limited CUSUM of Lai 1995, J R Stat Soc B
57, 613), so that an alarm does not depend on where the series begins. The mean is that of the evenings at
least two weeks before, without a trend, so that a drift is not taken for what is expected. An evening without
a figure adds nothing. ``K`` and ``H`` are as measured in docs/alerts.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from trucewatch.situation.alerts.distributions import Array
from trucewatch.situation.alerts.regression import Expected, anscombe

GUARD, WINDOW = 14, 28
K, H = 0.5, 8.0


class Drift(NamedTuple):
    """The sum at each evening, NaN where nothing is known of it; the evenings back that it is made of."""

    sums: Array
    length: NDArray[np.intp]


def drift(figures: Array, expected: Expected) -> Drift:
    """The CUSUM of series (evenings on the last axis) against what is expected of each evening.

    >>> ten = Expected(*(np.full(3, value) for value in (10.0, 1.0, 0.0, 0.001, 1.0, 40.0)))
    >>> drift(np.array([30.0, np.nan, 30.0]), ten).sums.round(2)
    array([4.62,  nan, 9.25])
    """
    known = ~np.isnan(figures) & ~np.isnan(expected.mean)
    mean = np.where(known, expected.mean, 1.0)
    scatter = np.where(known, expected.dispersion, 1.0)
    scores = anscombe(np.where(known, figures, 1.0), mean) / np.sqrt(scatter)
    total = np.cumsum(np.where(known, scores - K, 0.0), axis=-1)
    edges = [(0, 0)] * (total.ndim - 1)
    padded = np.pad(total, [*edges, (WINDOW, 0)])
    before = sliding_window_view(padded, WINDOW, axis=-1)[..., :-1, :]
    length = before[..., ::-1].argmin(axis=-1) + 1
    sums = np.maximum(0.0, total - before.min(axis=-1))
    return Drift(np.where(known, sums, np.nan), length)
