"""The negative binomial and Student's t are those of SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from trucewatch.situation.alerts import distributions


def random_counts(many: int) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(3)
    return 10 ** rng.uniform(-2, 5, many), 1 + 10 ** rng.uniform(-3, 4, many), rng


def test_log_gamma_is_that_of_scipy():
    values = 10 ** np.linspace(-3, 6, 400)
    assert distributions.log_gamma(values) == pytest.approx(special.gammaln(values), rel=1e-12, abs=1e-12)


def test_the_incomplete_beta_function_is_that_of_scipy():
    rng = np.random.default_rng(4)
    a, b, x = 10 ** rng.uniform(-2, 4, 500), 10 ** rng.uniform(-2, 4, 500), rng.random(500)
    assert distributions.incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), abs=1e-9)


def test_the_share_of_counts_at_or_below_one_is_that_of_scipy():
    mean, spread, rng = random_counts(1000)
    count = np.floor(mean * rng.uniform(0, 3, 1000))
    found = distributions.below_or_at(count, mean=mean, dispersion=spread)
    assert found == pytest.approx(stats.nbinom.cdf(count, mean / (spread - 1), 1 / spread), abs=1e-6)


@pytest.mark.parametrize("share", [0.9, 0.99, 0.9992, 0.999999])
def test_quantiles_are_those_of_scipy_to_the_number(share):
    mean, spread, _ = random_counts(1000)
    found = distributions.quantile(share, mean=mean, dispersion=spread)
    assert found.tolist() == stats.nbinom.ppf(share, mean / (spread - 1), 1 / spread).tolist()


def test_counts_that_do_not_scatter_more_than_by_chance_are_poisson():
    mean = np.array([0.2, 3.0, 40.0, 900.0])
    found = distributions.quantile(0.999, mean=mean, dispersion=np.ones(4))
    assert found.tolist() == stats.poisson.ppf(0.999, mean).tolist()


@pytest.mark.parametrize("share", [0.9, 0.99, 0.9992])
def test_students_t_is_that_of_scipy(share):
    freedom = np.arange(1.0, 120)
    assert distributions.t_quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=1e-9)
