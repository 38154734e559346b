"""EARS by hand: the week before, its mean and deviation; gaps are left out."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from trucewatch.situation.alerts import ears

WEEK = [10.0, 30, 14, 26, 18, 22, 20]
Z = statistics.NormalDist().inv_cdf(1 - 0.001)


def test_c1_looks_at_the_seven_evenings_before():
    found = ears.c1(np.array([*WEEK, 99.0]), level=0.001)
    assert found.expected[-1] == 20
    assert found.upper[-1] == pytest.approx(20 + Z * statistics.stdev(WEEK))
    assert found.days[-1] == 7


def test_c2_leaves_the_two_last_out():
    found = ears.c2(np.array([*WEEK, 500.0, 500.0, 99.0]), level=0.001)
    assert found.expected[-1] == 20
    assert found.upper[-1] == pytest.approx(20 + Z * statistics.stdev(WEEK))


def test_c3_adds_what_the_two_evenings_before_had_too_much():
    later = [45.0, 40.0, 41.0]
    figures = np.array([*WEEK, 20.0, 20.0, *later])
    found = ears.c3(figures, level=0.001)
    plain = ears.c2(figures, level=0.001)
    deviation = (plain.upper - plain.expected) / Z
    scores = (figures - plain.expected) / deviation
    carried = sum(max(0.0, scores[place] - 1) for place in (-3, -2))
    assert carried > 0
    assert found.upper[-1] == pytest.approx(plain.expected[-1] + max(0, Z - carried) * deviation[-1])
    assert found.upper[-1] < plain.upper[-1]


def test_a_gap_is_left_out_of_the_week():
    found = ears.c1(np.array([10.0, np.nan, 14, np.nan, 18, 22, np.nan, 99.0]), level=0.001)
    assert (found.expected[-1], found.days[-1]) == (16, 4)


def test_two_evenings_on_file_are_not_enough():
    found = ears.c1(np.array([np.nan] * 5 + [3.0, 4.0, 99.0]), level=0.001)
    assert np.isnan(found.upper[-1])
    assert found.days[-1] == 2


def test_a_week_of_zeros_does_not_alarm_at_the_first_count():
    found = ears.c1(np.array([0.0] * 7 + [2.0]), level=0.001)
    assert found.expected[-1] == 0
    assert found.upper[-1] == pytest.approx(Z)


def test_many_series_are_judged_each_alone():
    both = ears.c2(np.array([[*WEEK, 1.0, 2, 3], [5.0] * 10]), level=0.001)
    assert both.upper[0, -1] == ears.c2(np.array([*WEEK, 1.0, 2, 3]), level=0.001).upper[-1]
