"""All methods on the last evenings of some series, each with its word on every evening."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.model import AlertRules
from trucewatch.situation.alerts import changes, cusum, ears, regression
from trucewatch.situation.alerts.baselines import before
from trucewatch.situation.alerts.changes import Change
from trucewatch.situation.alerts.distributions import Array
from trucewatch.situation.alerts.nouns import Method

SEVERAL: Method = "regression of 3 evenings"
LEAST = {"regression": regression.LEAST, "C1": ears.LEAST, "C2": ears.LEAST, "C3": ears.LEAST}


class Judged(NamedTuple):
    """A method's word on evenings: a row for each series, the last evenings as columns.

    ``observed`` is what it looks at, NaN for a gap; ``expected`` and ``upper`` are NaN where too little is on
    file, ``upper`` also where the method has another measure: ``statistic``, the sum of the CUSUM or the
    confidence in a change. ``days`` of the ``span`` evenings that end ``guard`` evenings before are on file.
    """

    method: Method
    observed: Array
    expected: Array
    upper: Array
    days: Array
    alarms: NDArray[np.bool_]
    statistic: Array
    span: int
    guard: int


class Judgements(NamedTuple):
    """What all methods say, by their names; ``lengths`` of the CUSUM's sums, and the likeliest ``change``."""

    by: dict[Method, Judged]
    lengths: NDArray[np.intp]
    change: Change


def reach(rules: AlertRules, *, evenings: int) -> int:
    """How many evenings must be at hand for the last so many to be judged as they were when they came."""
    return evenings + rules.baseline + cusum.GUARD + cusum.WINDOW


def judge(figures: Array, least: Array, *, rules: AlertRules, evenings: int) -> Judgements:
    """What each method says of the last evenings of series, as ``baselines.evenings`` gives them.

    ``figures`` make the baselines; what was counted at the ``least`` must pass a bound. A row is a series.
    """
    again, lengths = _cusum(figures, rules, evenings)
    moved, change = _change(figures, rules, evenings)
    told = (
        *_regression(figures, least, rules, evenings),
        *_ears(figures, least, rules, evenings),
        again,
        moved,
    )
    return Judgements({one.method: one for one in told}, lengths, change)


def severity(judged: Judged) -> Array:
    """How far beyond its bound each evening is by itself, as a ratio."""
    return np.asarray((judged.observed + 1) / (judged.upper + 1))


def _regression(figures: Array, least: Array, rules: AlertRules, evenings: int) -> list[Judged]:
    wider = evenings + regression.EVENINGS - 1
    windows = before(figures, span=rules.baseline, guard=regression.GUARD)[..., -wider:, :]
    expected = regression.expect(windows, level=rules.level)
    together = regression.several(least[..., -wider:], expected)
    alone = (least, expected.mean, regression.upper(expected), expected.days)
    told: list[tuple[Method, tuple[Array, ...]]] = [
        ("regression", alone),
        (SEVERAL, (*together[:3], expected.days)),
    ]
    baseline = (rules.baseline, regression.GUARD)
    return [_bounded(name, of, baseline=baseline, evenings=evenings) for name, of in told]


def _ears(figures: Array, least: Array, rules: AlertRules, evenings: int) -> list[Judged]:
    told: list[tuple[Method, ears.Bounds, int]] = [
        ("C1", ears.c1(figures, level=rules.level), 0),
        ("C2", ears.c2(figures, level=rules.level), ears.GUARD),
        ("C3", ears.c3(figures, level=rules.level), ears.GUARD),
    ]
    return [
        _bounded(name, (least, *bounds), baseline=(ears.WEEK, guard), evenings=evenings)
        for name, bounds, guard in told
    ]


def _bounded(method: Method, of: tuple[Array, ...], *, baseline: tuple[int, int], evenings: int) -> Judged:
    """A method with a bound: ``of`` are what it observed, expected, its bound and its evenings on file."""
    observed, expected, upper, days = (one[..., -evenings:] for one in of)
    none = np.full(observed.shape, np.nan)
    return Judged(method, observed, expected, upper, days, observed > upper, none, *baseline)


def _cusum(figures: Array, rules: AlertRules, evenings: int) -> tuple[Judged, NDArray[np.intp]]:
    mine = figures[..., -(evenings + cusum.WINDOW) :]
    windows = before(figures, span=rules.baseline, guard=cusum.GUARD)[..., -mine.shape[-1] :, :]
    expected = regression.expect(windows, guard=cusum.GUARD, level=rules.level, trend=False)
    sums, lengths = cusum.drift(mine, expected)
    cut = (mine, expected.mean, expected.days, sums)
    observed, mean, days, statistic = (one[..., -evenings:] for one in cut)
    none = np.full(observed.shape, np.nan)
    alarms = statistic > cusum.H
    told = Judged("cusum", observed, mean, none, days, alarms, statistic, rules.baseline, cusum.GUARD)
    return told, lengths[..., -evenings:]


def _change(figures: Array, rules: AlertRules, evenings: int) -> tuple[Judged, Change]:
    """The change among the evenings up to each, itself included: a baseline of 0 evenings before the next."""
    edges = [(0, 0)] * (figures.ndim - 1)
    ahead = np.pad(figures, [*edges, (0, 1)], constant_values=np.nan)
    windows = before(ahead, span=rules.baseline, guard=0)[..., -evenings:, :]
    found = changes.change(windows)
    observed = figures[..., -evenings:]
    alarms = (found.confidence > changes.CONFIDENCE) & ~np.isnan(observed)
    none = np.full(observed.shape, np.nan)
    days = found.days.astype(float)
    level = np.where(alarms, found.after, np.nan)
    told = Judged("change point", observed, level, none, days, alarms, found.confidence, rules.baseline, -1)
    return told, found
