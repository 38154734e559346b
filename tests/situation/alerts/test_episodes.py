"""An alert is told once a week unless it gets worse."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.situation.alerts.episodes import WORSE, Episode, episodes


def made(*severity: float) -> list[Episode]:
    values = np.array(severity)
    return episodes(values > 1, values, cool_down=7)


def test_an_alarm_the_day_after_is_the_same_alert():
    assert made(0, 2, 2, 0) == [Episode(raised=1, told=1, last=2)]


def test_it_is_told_again_when_it_gets_worse():
    assert made(0, 2, 2.4, 3, 0) == [Episode(raised=1, told=3, last=3)]


def test_it_gets_worse_only_beyond_the_worst_of_the_week():
    assert made(4, 2, 2.6) == [Episode(raised=0, told=0, last=2)]


def test_after_a_week_without_an_alarm_it_is_a_new_one():
    assert made(2, *[0] * 7, 2) == [Episode(0, 0, 0), Episode(8, 8, 8)]
    assert made(2, *[0] * 6, 2) == [Episode(0, 0, 7)]


def test_no_alarm_makes_no_alert():
    assert made(0.5, 1.0) == []


@given(st.lists(st.floats(0, 9), min_size=1, max_size=40), st.integers(0, 9))
def test_what_comes_later_changes_nothing_of_what_was_told(severity: list[float], cool_down: int):
    values = np.array(severity)
    whole = episodes(values > 1, values, cool_down=cool_down)
    for end in range(1, len(values)):
        part = values[:end]
        raised = [one.raised for one in episodes(part > 1, part, cool_down=cool_down)]
        assert raised == [one.raised for one in whole if one.raised < end]


@given(st.lists(st.floats(1.1, 9), min_size=2, max_size=20))
def test_within_a_cool_down_each_telling_is_worse_by_a_quarter(severity: list[float]):
    values = np.array(severity)
    one = episodes(values > 1, values, cool_down=20)[0]
    assert one.told == 0 or values[one.told] >= WORSE * values[: one.told].max()
