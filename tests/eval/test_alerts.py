"""The measuring of alerts: what it simulates and injects is what it says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.eval import alerts, sets
from tests.eval.alerts import DEFAULT, PROFILES, Profile
from trucewatch.situation.alerts.episodes import episodes

CALM = Profile(mean=100.0, dispersion=10.0, weekdays=(0.8, 1.0, 1.2, 1.0, 1.0, 1.0, 1.0))


def test_a_quiet_year_has_the_mean_dispersion_season_and_gaps_of_its_profile():
    rng = np.random.default_rng(1)
    years = alerts.quiet(CALM, years=400, days=364, gaps=0.25, rng=rng)
    assert np.isnan(years).mean() == pytest.approx(0.25, abs=0.01)
    by_day = [years[:, weekday::7] for weekday in range(7)]
    assert [np.nanmean(of) / 100 for of in by_day] == pytest.approx(CALM.weekdays, abs=0.02)
    assert np.nanvar(by_day[3]) / np.nanmean(by_day[3]) == pytest.approx(10, abs=0.5)


def test_alerts_told_are_those_of_the_episodes():
    rng = np.random.default_rng(2)
    severity = rng.uniform(0, 1.5, size=(40, 60))
    flags = severity > 1
    told = alerts._told(flags, severity)
    for row in range(40):
        found = episodes(flags[row], severity[row], cool_down=alerts.RULES.cool_down)
        assert len(found) <= told[row]
        assert told[row] <= flags[row].sum()
        if all(one.told == one.raised for one in found):
            assert told[row] == len(found)


def test_every_surge_of_a_calm_series_is_found_and_none_where_nothing_is_put_in():
    rng = np.random.default_rng(3)
    figures = alerts.quiet(CALM, years=1, days=365, gaps=0.0, rng=rng)[0]
    found = alerts.surges(figures, factor=4, length=3, times=30, rng=rng)[DEFAULT]
    assert (found.share, found.soon) == (1.0, 1.0)
    assert alerts.surges(figures, factor=1, length=3, times=30, rng=rng)[DEFAULT].share == 0.0


def test_a_fit_gives_back_what_was_simulated():
    rng = np.random.default_rng(4)
    figures = alerts.quiet(CALM, years=1, days=900, gaps=0.1, rng=rng)[0]
    found = alerts.fitted(figures)
    assert found.mean == pytest.approx(100, rel=0.05)
    assert found.scatter == pytest.approx(CALM.scatter, rel=0.25)
    assert found.weekdays == pytest.approx(CALM.weekdays, abs=0.12)


def test_a_tripled_level_is_found():
    told = alerts.shifts({"calm": CALM}, factor=3, years=20, gaps=0.0, seed=5)
    assert told.share == 1.0
    assert told.error <= 1
    assert told.shifts == 20


@pytest.mark.skipif(not alerts.DATA.exists(), reason=sets.ABSENT)
def test_the_profiles_are_those_of_the_real_series():
    assert {name: alerts.fitted(one) for name, one in alerts.real().items()} == dict(PROFILES)
