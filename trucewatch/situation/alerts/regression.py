"""A regression of the Farrington type: what the evenings before make one expect of a count.

Farrington et al. 1996 (J R Stat Soc A 159, 547) as improved by Noufaily et al. 2013 (Stat Med 32, 1206), for
days instead of weeks: a quasi-Poisson model with log link on the ``span`` evenings before, the last ``GUARD``
left out. Its mean has a factor for the weekday where the data ask for one, and a linear trend where that is
significant and leads to no more than the baseline has seen. Evenings with large Anscombe residuals are
down-weighted and the model is fitted again, so a past outbreak raises no bound. The upper bound is a quantile
of the negative binomial that has the mean and the variance of the prediction: the dispersion times the mean,
and the variance of the estimated mean (Farrington's formula, Noufaily's distribution).

Of ours: the weekday factor is chosen by quasi-AIC (Burnham and Anderson 2002), since months of few evenings
cannot bear six more parameters; and the variance is widened by the square of Student's t over the normal
quantile, since the dispersion too is an estimate, from as many evenings as are on file. The level is that
of a series without gaps; where n of ``span`` evenings are on file it is ``span`` / n as high (at most
``HIGHEST``), so that false alarms are as many a year, and not as many an evening, whatever is on file.

The weekday of a column is told as days before the evening looked at, modulo 7, so the design is the same for
every evening and all fits are one matrix product.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from trucewatch.situation.alerts.distributions import Array, normal_quantile, quantile, t_quantile

GUARD = 3
LEAST = 7  # evenings on file, below which nothing is expected
SEASONAL, TRENDED = 28, 21  # evenings on file, below which no weekdays and no trend are looked for
EVENINGS = 3  # looked at together, beside each alone
HIGHEST = 0.01  # the level of an evening among few
_TIMES = 2  # a weekday has a factor of its own if it is on file so often
_OUTLYING = 2.58  # Noufaily's threshold of the Anscombe residuals
_SIGNIFICANT = 1.96
_STEPS, _FAR = 30, 30.0

Flags = NDArray[np.bool_]


class Fits(NamedTuple):
    """Many fits of one design, a row each. ``spread`` is the inverse information, without the dispersion."""

    coefficients: Array
    spread: Array
    means: Array


class Expected(NamedTuple):
    """What is expected of each evening, NaN where too little is on file. ``days`` are the evenings that are.

    ``error`` is the variance of the logarithm of the estimated mean, ``level`` how often a quiet evening may
    pass the bound, ``wide`` by how much Student's t is wider than the normal there, squared.
    """

    mean: Array
    dispersion: Array
    error: Array
    level: Array
    wide: Array
    days: Array


def expect(windows: Array, *, guard: int = GUARD, level: float, trend: bool = True) -> Expected:
    """What each evening's window of evenings before, as ``baselines.before`` gives them, makes one expect.

    The last axis is the window; the others are kept. ``level`` is that of a series without gaps.

    >>> week = np.array([9.0, 12, 10, 8, 11, 10, 10, 9, 13, 8])
    >>> float(expect(week, level=0.001).mean.round(3))
    10.0
    """
    shape, span = windows.shape[:-1], windows.shape[-1]
    flat = windows.reshape(-1, span)
    held = ~np.isnan(flat)
    days = held.sum(axis=-1)
    rows = np.flatnonzero(days >= LEAST)
    found = [np.full(len(flat), np.nan) for _ in range(5)]
    if len(rows):
        model = _Model(np.where(held, flat, 0.0)[rows], held[rows], guard=guard)
        log_mean, error, scatter, freedom = model.predicted(model.reweighted(), trend=trend)
        levels = np.minimum(level * span / days[rows], max(level, HIGHEST))
        parts = (np.exp(log_mean), scatter, error, levels, _widened(levels, freedom))
        for whole, part in zip(found, parts, strict=True):
            whole[rows] = part
    return Expected(*(one.reshape(shape) for one in (*found, days.astype(float))))


def _widened(levels: Array, freedom: Array) -> Array:
    """By how much Student's t is wider than the normal, squared."""
    wide = np.empty(len(levels))
    for level in np.unique(levels):
        rows = levels == level
        degrees, places = np.unique(freedom[rows], return_inverse=True)
        ratios = t_quantile(1 - float(level), degrees) / normal_quantile(1 - float(level))
        wide[rows] = ratios[places] ** 2
    return wide


def upper(expected: Expected) -> Array:
    """The upper bound of each evening: the quantile of the negative binomial of its prediction."""
    return _bound(expected.mean, expected.dispersion * expected.mean, expected)


class Several(NamedTuple):
    """Figures, expectation and bound of several evenings together, and how many of them are on file."""

    observed: Array
    mean: Array
    upper: Array
    evenings: Array


def several(figures: Array, expected: Expected, *, evenings: int = EVENINGS) -> Several:
    """Each evening with those just before it, as one figure: a surge that scatters hides in single evenings.

    Evenings without a figure are passed over. NaN where only one of them is on file, or not the last.
    """
    held = ~np.isnan(figures) & ~np.isnan(expected.mean)
    observed, mean, variance, count = (
        _rolled(np.where(held, values, 0.0), evenings)
        for values in (figures, expected.mean, expected.dispersion * expected.mean, np.ones(figures.shape))
    )
    blank = np.where(held & (count > 1), 0.0, np.nan)
    bound = _bound(mean + blank, variance, expected)
    return Several(observed + blank, mean + blank, bound, count)


def _rolled(values: Array, evenings: int) -> Array:
    """Sums over each evening and those just before it."""
    edges = [(0, 0)] * (values.ndim - 1)
    padded = np.pad(values, [*edges, (evenings - 1, 0)])
    return np.asarray(sliding_window_view(padded, evenings, axis=-1).sum(axis=-1))


def _bound(mean: Array, variance: Array, expected: Expected) -> Array:
    """The bound of counts with a mean and a variance, to which that of the estimated mean is added."""
    bound = np.full(mean.shape, np.nan)
    rows = ~np.isnan(mean)
    m = mean[rows]
    total = (variance[rows] + m**2 * expected.error[rows]) * expected.wide[rows]
    if len(m):
        bound[rows] = quantile(1 - expected.level[rows], mean=m, dispersion=total / m)
    return bound


class _Model:
    """The counts of many windows, with the designs that may be fitted to them."""

    def __init__(self, counts: Array, held: Flags, *, guard: int) -> None:
        self.counts = counts
        self.held = held.astype(float)
        self.lags = guard + counts.shape[-1] - np.arange(counts.shape[-1])
        empty = counts.sum(axis=-1) == 0
        self.counts = counts + np.where(empty, 0.5 / held.sum(axis=-1), 0.0)[:, None] * self.held
        self.may_be_seasonal = self._may_be_seasonal()

    def _may_be_seasonal(self) -> Flags:
        """Where weekdays can have factors: all on file are so often enough, and not with zeros alone."""
        fits = self.held.sum(axis=-1) >= SEASONAL
        for weekday in range(7):
            mine = self.lags % 7 == weekday
            times = self.held[:, mine].sum(axis=-1)
            enough = (times >= _TIMES) & (self.counts[:, mine].sum(axis=-1) > 0)
            fits &= enough if weekday == 0 else enough | (times == 0)
        return np.asarray(fits)

    def reweighted(self) -> Array:
        """The weights of the evenings: less where a first fit finds them outlying; 0 for gaps."""
        weights = np.empty_like(self.held)
        for rows, seasonal in self._split(self.may_be_seasonal):
            plan = design(self.lags, weekdays=seasonal, trend=False)
            fits = fit(self.counts[rows], self.held[rows], plan)
            weights[rows] = downweighted(self.counts[rows], self.held[rows], fits, plan)
        return weights

    def predicted(self, weights: Array, *, trend: bool) -> tuple[Array, Array, Array, Array]:
        """Log mean, its variance, dispersion and degrees of freedom of the evening after each window."""
        found = tuple(np.empty(len(weights)) for _ in range(4))
        for rows, seasonal in self._split(self._is_seasonal(weights)):
            counts, mine = self.counts[rows], weights[rows]
            plain = _predicted(counts, mine, design(self.lags, weekdays=seasonal, trend=False))
            if trend:
                sloped = _predicted(counts, mine, design(self.lags, weekdays=seasonal, trend=True))
                plain = _sloping(plain, sloped, counts, days=self.held[rows].sum(axis=-1))
            for whole, part in zip(found, plain.prediction, strict=True):
                whole[rows] = part
        return found[0], found[1], found[2], found[3]

    def _is_seasonal(self, weights: Array) -> Flags:
        """Where the factors of the weekdays lower the quasi-AIC."""
        seasonal = np.zeros(len(weights), dtype=bool)
        rows = np.flatnonzero(self.may_be_seasonal)
        if len(rows):
            counts, mine = self.counts[rows], weights[rows]
            plans = [design(self.lags, weekdays=flag, trend=False) for flag in (False, True)]
            few, many = (fit(counts, mine, plan) for plan in plans)
            spread = dispersion(counts, mine, many, plans[1])
            added = parameters(mine, plans[1]) - 1
            gain = deviance(counts, mine, few) - deviance(counts, mine, many)
            seasonal[rows] = gain / spread > 2 * added
        return seasonal

    @staticmethod
    def _split(flags: Flags) -> list[tuple[NDArray[np.intp], bool]]:
        parts = ((np.flatnonzero(flags == flag), flag) for flag in (False, True))
        return [(rows, flag) for rows, flag in parts if len(rows)]


class _Predicted(NamedTuple):
    """What a design predicts, and the slope of its last column with its standard error."""

    prediction: tuple[Array, Array, Array, Array]
    slope: Array
    error: Array


def _predicted(counts: Array, weights: Array, plan: Array) -> _Predicted:
    fits = fit(counts, weights, plan)
    scatter = dispersion(counts, weights, fits, plan)
    freedom = (weights > 0).sum(axis=-1) - parameters(weights, plan)
    prediction = (fits.coefficients[:, 0], scatter * fits.spread[:, 0, 0], scatter, freedom.astype(float))
    return _Predicted(prediction, fits.coefficients[:, -1], np.sqrt(scatter * fits.spread[:, -1, -1]))


def _sloping(plain: _Predicted, sloped: _Predicted, counts: Array, *, days: Array) -> _Predicted:
    """The prediction with the trend where it is significant and leads to nothing that was not seen yet."""
    taken = (days >= TRENDED) & (np.abs(sloped.slope) > _SIGNIFICANT * sloped.error)
    taken &= np.exp(sloped.prediction[0]) <= counts.max(axis=-1)
    pairs = zip(sloped.prediction, plain.prediction, strict=True)
    a, b, c, d = (np.where(taken, one, other) for one, other in pairs)
    return plain._replace(prediction=(a, b, c, d))


def design(lags: NDArray[np.int_], *, weekdays: bool, trend: bool) -> Array:
    """The columns for evenings so many days before the one looked at: 1, weekdays, trend.

    The evening looked at has 1 in the first column and 0 in the others, so what is predicted of it is the
    first coefficient. The first weekday is its own.
    """
    columns = [np.ones(len(lags))]
    if weekdays:
        columns += [(lags % 7 == weekday).astype(float) for weekday in range(1, 7)]
    if trend:
        columns.append(-lags / len(lags))
    return np.stack(columns, axis=1)


def fit(counts: Array, weights: Array, plan: Array) -> Fits:
    """Poisson fits with log link by iteratively re-weighted least squares, one for each row of counts.

    Columns that only evenings of weight 0 have (a weekday never on file) get the coefficient 0.
    """
    crossed = (plan[:, :, None] * plan[:, None, :]).reshape(len(plan), -1)
    width = plan.shape[1]
    total = np.maximum(weights.sum(axis=-1), 1e-12)
    mean = (weights * counts).sum(axis=-1) / total
    means = (counts + mean[:, None]) / 2
    logs = np.log(means)
    coefficients = np.zeros((len(counts), width))
    for _ in range(_STEPS):
        information = _filled((weights * means) @ crossed, width)
        wanted = (weights * (means * logs + counts - means)) @ plan
        before = coefficients
        coefficients = np.linalg.solve(information, wanted[:, :, None])[:, :, 0]
        logs = np.clip(coefficients @ plan.T, -_FAR, _FAR)
        means = np.exp(logs)
        if np.abs(coefficients - before).max() < 1e-8:
            break
    spread = np.asarray(np.linalg.inv(_filled((weights * means) @ crossed, width)), dtype=float)
    return Fits(coefficients, spread, means)


def _filled(information: Array, width: int) -> Array:
    """Information matrices, with 1 on the diagonal of columns that have none."""
    square = information.reshape(-1, width, width)
    places = np.arange(width)
    square[:, places, places] = np.where(square[:, places, places] == 0, 1.0, square[:, places, places])
    return square


def parameters(weights: Array, plan: Array) -> NDArray[np.int_]:
    """How many columns of the design have data, of each fit."""
    return np.asarray((((weights > 0) @ (plan != 0)) > 0).sum(axis=-1))


def dispersion(counts: Array, weights: Array, fits: Fits, plan: Array) -> Array:
    """Pearson's chi-squared over the degrees of freedom, at least 1."""
    squares = (weights * (counts - fits.means) ** 2 / fits.means).sum(axis=-1)
    freedom = (weights > 0).sum(axis=-1) - parameters(weights, plan)
    return np.asarray(np.maximum(squares / np.maximum(freedom, 1), 1.0))


def deviance(counts: Array, weights: Array, fits: Fits) -> Array:
    """The Poisson deviance of each fit."""
    share = np.where(counts > 0, counts, 1.0) / fits.means
    logs = np.where(counts > 0, counts * np.log(share), 0.0)
    return np.asarray(2 * (weights * (logs - counts + fits.means)).sum(axis=-1))


def downweighted(counts: Array, weights: Array, fits: Fits, plan: Array) -> Array:
    """Weights by Anscombe residuals: 1 / residual squared above the threshold; scaled to add up as before."""
    scatter = dispersion(counts, weights, fits, plan)[:, None]
    leverage = np.einsum("ji,nik,jk->nj", plan, fits.spread, plan, optimize=True)
    leverage = np.minimum(leverage * weights * fits.means, 0.999)
    residuals = anscombe(counts, fits.means) / np.sqrt(scatter * (1 - leverage))
    kept = np.where(residuals > _OUTLYING, 1 / np.maximum(residuals, 1) ** 2, 1.0) * weights
    return np.asarray(kept * (weights.sum(axis=-1) / kept.sum(axis=-1))[:, None])


def anscombe(counts: Array, means: Array) -> Array:
    """Anscombe residuals of Poisson counts, before the dispersion: 3/2 (y^(2/3) - m^(2/3)) / m^(1/6)."""
    return np.asarray(1.5 * (np.cbrt(counts) ** 2 - np.cbrt(means) ** 2) / means ** (1 / 6))
