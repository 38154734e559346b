"""A change of level is found with its evening and confidence, and "no change" is an answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from trucewatch.situation.alerts import changes


def test_the_statistic_is_pettitts_by_hand():
    values = [3.0, 5, 4, 9, 8, 10, 9, 11, 9, 8, 12, 9, 10, 11]
    ranks = stats.rankdata(values)
    n = len(values)
    sums = [abs(2 * ranks[:k].sum() - k * (n + 1)) for k in range(1, n)]
    largest = max(sums[2 : n - 3])
    found = changes.change(np.array(values))
    assert int(found.place) == sums.index(largest) + 1 == 5
    assert float(found.confidence) == pytest.approx(1 - 2 * np.exp(-6 * largest**2 / (n**3 + n**2)))


def test_a_doubled_level_is_found_on_its_evening():
    rng = np.random.default_rng(8)
    counts = np.r_[rng.poisson(30, 50), rng.poisson(60, 20)].astype(float)
    found = changes.change(counts)
    assert abs(int(found.place) - 50) <= 1
    assert float(found.confidence) > changes.CONFIDENCE
    assert float(found.before) == pytest.approx(30, abs=3)
    assert float(found.after) == pytest.approx(60, abs=5)


def test_where_nothing_changes_the_confidence_is_low():
    counts = np.random.default_rng(9).negative_binomial(5, 0.1, size=(200, 84)).astype(float)
    share = (changes.change(counts).confidence > changes.CONFIDENCE).mean()
    assert share < 0.01
    assert changes.change(np.full(84, 7.0)).confidence == 0


def test_gaps_are_passed_over():
    counts = np.r_[np.full(20, 3.0), np.full(20, 9.0)]
    gaps = np.full(84, np.nan)
    gaps[4::2] = counts
    found, same = changes.change(gaps), changes.change(counts)
    assert float(found.confidence) == float(same.confidence)
    assert int(found.place) == 4 + 2 * int(same.place)
    assert int(found.days) == 40


def test_a_few_evenings_have_no_answer():
    counts = np.full(84, np.nan)
    counts[-13:] = [1] * 6 + [90] * 7
    assert np.isnan(changes.change(counts).confidence)
    assert np.isnan(changes.change(np.full(84, np.nan)).confidence)


def test_one_evening_is_no_level():
    counts = np.r_[np.full(60, 5.0), 500.0]
    assert len(counts) - int(changes.change(counts).place) >= changes.SIDE
