"""The regression is that of statsmodels, and does with gaps, seasons and past surges what it says."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from trucewatch.situation.alerts import regression
from trucewatch.situation.alerts.distributions import Array

LAGS = regression.GUARD + 84 - np.arange(84)


def weeks(many: int, *, gaps: float = 0.0, seed: int = 1) -> Array:
    """Rows of 84 evenings with a season in the week and a trend; gaps are NaN."""
    rng = np.random.default_rng(seed)
    mean = 60 * np.exp(0.3 * np.sin(2 * np.pi * LAGS / 7) - 0.004 * LAGS)
    counts = rng.negative_binomial(mean / 5, 1 / 6, size=(many, 84)).astype(float)
    counts[rng.random(counts.shape) < gaps] = np.nan
    return counts


@pytest.mark.parametrize(("weekdays", "trend"), [(False, False), (True, False), (False, True), (True, True)])
def test_coefficients_covariance_and_dispersion_are_those_of_statsmodels(weekdays, trend):
    plan = regression.design(LAGS, weekdays=weekdays, trend=trend)
    rows = weeks(20, gaps=0.3)
    held = ~np.isnan(rows)
    counts, weights = np.where(held, rows, 0.0), held.astype(float)
    fits = regression.fit(counts, weights, plan)
    scatter = regression.dispersion(counts, weights, fits, plan)
    for row in range(20):
        mine = held[row]
        model = sm.GLM(counts[row][mine], plan[mine], family=sm.families.Poisson()).fit(scale="X2", tol=1e-12)
        assert fits.coefficients[row] == pytest.approx(model.params, abs=1e-6)
        assert scatter[row] == pytest.approx(model.scale, rel=1e-6)
        assert scatter[row] * fits.spread[row] == pytest.approx(model.cov_params(), abs=1e-8)
        assert regression.deviance(counts, weights, fits)[row] == pytest.approx(model.deviance, rel=1e-6)


def test_weighted_fits_are_those_of_statsmodels():
    plan = regression.design(LAGS, weekdays=True, trend=False)
    counts = weeks(5)
    weights = np.random.default_rng(2).uniform(0.2, 1.5, counts.shape)
    fits = regression.fit(counts, weights, plan)
    for row in range(5):
        family = sm.families.Poisson()
        model = sm.GLM(counts[row], plan, family=family, var_weights=weights[row]).fit(tol=1e-12)
        assert fits.coefficients[row] == pytest.approx(model.params, abs=1e-6)


def test_anscombe_residuals_with_leverage_are_those_of_statsmodels():
    plan = regression.design(LAGS, weekdays=True, trend=False)
    counts = weeks(1)
    fits = regression.fit(counts, np.ones_like(counts), plan)
    model = sm.GLM(counts[0], plan, family=sm.families.Poisson()).fit(tol=1e-12)
    assert regression.anscombe(counts, fits.means)[0] == pytest.approx(model.resid_anscombe, abs=1e-6)
    leverage = model.get_influence(observed=False).hat_matrix_diag
    scatter = regression.dispersion(counts, np.ones_like(counts), fits, plan)[0]
    residuals = model.resid_anscombe / np.sqrt(scatter * (1 - leverage))
    kept = np.where(residuals > 2.58, 1 / np.maximum(residuals, 1) ** 2, 1.0)
    found = regression.downweighted(counts, np.ones_like(counts), fits, plan)[0]
    assert found == pytest.approx(kept * 84 / kept.sum(), abs=1e-6)


def test_the_bound_of_a_level_series_is_worked_out_by_hand():
    week = np.array([9.0, 12, 10, 8, 11, 10, 10, 9, 13, 8])
    expected = regression.expect(week, level=0.001)
    squares = sum((count - 10) ** 2 / 10 for count in week)
    assert float(expected.mean) == pytest.approx(10)
    assert float(expected.dispersion) == max(1.0, squares / 9)
    assert float(expected.error) == pytest.approx(1 / 100)
    wide = (stats.t.ppf(0.999, 9) / stats.norm.ppf(0.999)) ** 2
    spread = (1 * 10 + 10**2 / 100) * wide / 10
    assert float(regression.upper(expected)) == stats.nbinom.ppf(0.999, 10 / (spread - 1), 1 / spread)


def test_three_evenings_together_are_worked_out_by_hand():
    one = regression.Expected(*(np.full(3, value) for value in (10.0, 2.0, 0.01, 0.001, 1.0, 84.0)))
    told = regression.several(np.array([20.0, np.nan, 25.0]), one)
    assert np.isnan(told.observed[:2]).all(), "one evening alone is not several, and the second is a gap"
    assert (told.observed[2], told.mean[2], told.evenings[2]) == (45, 20, 2)
    spread = (2 * 10 * 2 + 20**2 * 0.01) / 20
    assert told.upper[2] == stats.nbinom.ppf(0.999, 20 / (spread - 1), 1 / spread)


def test_too_few_evenings_on_file_make_one_expect_nothing():
    week = np.full((2, 84), np.nan)
    week[0, :6], week[1, :7] = 5, 5
    expected = regression.expect(week, level=0.001)
    assert np.isnan(regression.upper(expected)[0])
    assert regression.upper(expected)[1] > 5
    assert expected.days.tolist() == [6, 7]


def test_a_gap_is_no_zero():
    counts = weeks(1)
    gaps = counts.copy()
    gaps[0, ::3] = np.nan
    zeros = np.where(np.isnan(gaps), 0.0, gaps)
    mean = float(regression.expect(gaps, level=0.001).mean[0])
    assert mean == pytest.approx(float(regression.expect(counts, level=0.001).mean[0]), rel=0.25)
    assert float(regression.expect(zeros, level=0.001).mean[0]) < 0.8 * mean


def test_a_past_surge_raises_the_bound_little():
    surge = weeks(1)
    surge[0, 40:43] = 900
    weights = np.ones_like(surge)
    plan = regression.design(LAGS, weekdays=False, trend=False)
    fits = regression.fit(surge, weights, plan)
    blind = regression.dispersion(surge, weights, fits, plan)[0]
    expected = regression.expect(surge, level=0.001)
    assert expected.dispersion[0] < blind / 2
    assert expected.mean[0] < fits.means[0, 0] - 10
    assert regression.upper(expected)[0] < 450


def test_the_season_of_the_week_is_expected():
    rng = np.random.default_rng(5)
    mean = np.where(LAGS % 7 == 0, 120.0, 30.0)
    counts = rng.negative_binomial(mean / 2, 1 / 3, size=(1, 84)).astype(float)
    assert 100 < float(regression.expect(counts, level=0.001).mean[0]) < 140
    other = regression.expect(np.roll(counts, 1, axis=1), level=0.001)
    assert 20 < float(other.mean[0]) < 40


def test_a_weekday_that_is_never_on_file_does_no_harm():
    counts = weeks(1)
    counts[:, LAGS % 7 == 3] = np.nan
    counts[:, LAGS % 7 == 4] = np.nan
    expected = regression.expect(counts, level=0.001)
    assert expected.days[0] == 60
    assert 30 < float(expected.mean[0]) < 110
    counts[:, LAGS % 7 == 0] = np.nan
    assert 30 < float(regression.expect(counts, level=0.001).mean[0]) < 110


@pytest.mark.parametrize("counts", [np.zeros(84), np.full(84, 1e7), np.r_[np.zeros(83), 1e7]])
def test_zeros_and_huge_counts_have_a_bound(counts):
    bound = float(regression.upper(regression.expect(counts, level=0.001)))
    assert np.isfinite(bound)
    assert bound >= counts[:-1].mean()


def test_no_trend_leads_to_what_was_never_seen():
    counts = np.round(np.exp(np.linspace(1, 5, 84)))
    assert float(regression.expect(counts, level=0.001).mean) <= counts.max()


def test_the_level_of_an_evening_rises_with_gaps_up_to_a_hundredth():
    rows = np.full((3, 84), np.nan)
    rows[0], rows[1, ::2], rows[2, ::12] = 10, 10, 10
    assert regression.expect(rows, level=0.001).level == pytest.approx([0.001, 0.002, 0.01])


def test_a_series_is_judged_alone_as_among_others():
    rows = weeks(30, gaps=0.4)
    together = regression.expect(rows, level=0.001)
    for row in range(30):
        alone = regression.expect(rows[row], level=0.001)
        assert float(alone.mean) == pytest.approx(together.mean[row], rel=1e-6)
        assert float(regression.upper(alone)) == pytest.approx(regression.upper(together)[row], abs=1)
