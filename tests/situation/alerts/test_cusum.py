"""CUSUM by hand: what is above the mean adds up, and a gap adds nothing."""

from __future__ import annotations

import numpy as np
import pytest

from trucewatch.situation.alerts import cusum
from trucewatch.situation.alerts.regression import Expected


def usual(evenings: int, *, mean: float = 27.0, dispersion: float = 1.0) -> Expected:
    return Expected(*(np.full(evenings, value) for value in (mean, dispersion, 0.0, 0.001, 1.0, 84.0)))


def test_the_sum_is_that_of_residuals_over_the_half():
    score = 1.5 * (64 ** (2 / 3) - 27 ** (2 / 3)) / 27 ** (1 / 6)
    told = cusum.drift(np.array([64.0, 64.0]), usual(2))
    assert told.sums == pytest.approx([score - cusum.K, 2 * (score - cusum.K)])


def test_over_dispersion_makes_the_same_counts_weigh_less():
    counts = np.array([64.0])
    assert cusum.drift(counts, usual(1, dispersion=4)).sums[0] == pytest.approx(
        (cusum.drift(counts, usual(1)).sums[0] + cusum.K) / 2 - cusum.K
    )


def test_what_is_usual_never_adds_up():
    assert cusum.drift(np.full(60, 27.0), usual(60)).sums.tolist() == [0.0] * 60


def test_a_gap_is_unknown_and_adds_nothing():
    told = cusum.drift(np.array([64.0, np.nan, np.nan, 64.0]), usual(4))
    assert np.isnan(told.sums[1:3]).all()
    assert told.sums[3] == pytest.approx(2 * told.sums[0])


def test_a_calm_evening_between_does_not_start_it_again():
    told = cusum.drift(np.array([64.0, 27.0, 64.0]), usual(3))
    assert told.sums[2] == pytest.approx(2 * told.sums[0] - cusum.K)
    assert told.length[2] == 3


def test_an_alarm_does_not_depend_on_what_came_four_weeks_before():
    rng = np.random.default_rng(6)
    counts = rng.poisson(29, 90).astype(float)
    whole = cusum.drift(counts, usual(90)).sums
    part = cusum.drift(counts[50:], usual(40)).sums
    assert part[cusum.WINDOW :] == pytest.approx(whole[50 + cusum.WINDOW :])
