"""Counts watched day by day: surges are told and explained, quiet days are quiet, gaps are no zeros."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.alerts.made import (
    SURGES,
    calm,
    day,
    excluded,
    point,
    raised,
    series,
    told,
)
from trucewatch.model import AlertRules
from trucewatch.situation.nouns import Series

BASE = calm(110)


# --- surges -----------------------------------------------------------------------------------------------


def test_a_surge_is_told_with_observed_expected_bound_and_days_on_file():
    alert = told([*BASE, 240])[0]
    assert (alert.kind, alert.state, alert.observed, alert.days) == ("count", "new", 240, 84)
    assert alert.day == alert.raised == day(110)
    assert alert.methods[0] == "regression"
    assert {"C1", "C2"} <= set(alert.methods)
    assert alert.claims == ("c-all-110",)
    assert alert.words == (
        f"240 ceasefire violations (SMM) to the evening of {day(110):%d %B %Y} against some "
        f"{alert.expected:.0f} expected, bound {alert.upper:.0f}, from 84 of 84 evenings on file "
        "(regression; also regression of 3 evenings, C1, C2, C3)."
    ).replace("of 0", "of ")


def test_quiet_evenings_are_quiet():
    assert [told(BASE[:end]) for end in range(60, 110)] == [[]] * 50


def test_three_evenings_together_show_what_one_does_not():
    figures = [*BASE, 66, 62, 68]
    alert = told(figures)[0]
    assert alert.methods[0] == "regression of 3 evenings"
    assert (alert.observed, alert.evenings) == (196, 3)
    assert "over 3 evenings" in alert.words
    assert alert.claims == ("c-all-110", "c-all-111", "c-all-112")


def test_the_season_of_the_week_raises_no_alert():
    factors = (0.4, 0.5, 1.0, 1.2, 1.6, 2.2, 0.6)
    flat = calm(130, dispersion=2, mean=50)
    figures = [round((figure or 0) * factors[place % 7]) for place, figure in enumerate(flat)]
    counted = itertools.chain.from_iterable(told(figures[:end]) for end in range(100, 131))
    assert not list(counted)


@pytest.mark.parametrize("figures", [[0] * 120, [4_000_000_000] * 120])
def test_series_of_nothing_but_zeros_or_huge_counts_are_quiet(figures):
    assert told(figures) == []


def test_a_few_counts_after_months_of_zeros_are_told():
    assert told([*[0] * 110, 1]) == []
    assert told([*[0] * 110, 9])[0].observed == 9


# --- what is on file --------------------------------------------------------------------------------------


def test_a_gap_is_no_zero_and_an_outage_no_calm():
    gaps: list[int | None] = [None if place % 3 else figure for place, figure in enumerate(BASE)]
    zeros = [figure or 0 for figure in gaps]
    assert told([*gaps, 75]) == []
    band = raised(series([*gaps, None]), at=110).bands[0]
    assert band.expectations[-1].observed is None
    assert band.expectations[-1].expected > 30
    assert raised(series([*zeros, 0]), at=110).bands[0].expectations[-1].expected < 20


def test_a_gap_raises_nothing_and_ends_nothing():
    assert told([*BASE, None]) == []
    assert [alert.state for alert in told([*BASE, 240, None])] == ["new"]


def test_a_stated_zero_is_a_figure():
    band = raised(series([*BASE, 0]), at=110).bands[0]
    assert band.expectations[-1].observed == 0


def test_a_window_of_two_evenings_is_no_evening():
    line = series([*BASE, None, None])
    double = msgspec.structs.replace(line, points=(*line.points, point(111, 900, evenings=2)))
    assert raised(double, at=111).alerts == ()


def test_an_incomplete_total_alarms_where_it_is_surely_above():
    line = series([*BASE, None])
    part = point(110, 240, high=None, complete=False)
    found = raised(msgspec.structs.replace(line, points=(*line.points, part)), at=110)
    assert found.alerts[0].words.startswith("At least 240 ceasefire violations")
    assert found.bands[0].expectations[-1].observed is None
    few = msgspec.structs.replace(line, points=(*line.points, point(110, 30, high=None, complete=False)))
    assert raised(few, at=110).alerts == ()


def test_too_few_evenings_raise_nothing_and_say_so():
    found = raised(series([30, 40, 35, 900]), at=3)
    assert found.alerts == ()
    assert found.bands[0].expectations == ()
    assert "3 of 84 evenings" not in found.bands[0].notes[0]
    assert found.bands[0].notes[0] == (
        "Not enough on file to say what is usual for 4 January 2021: 0 of 84 evenings, "
        "at least 7 are wanted (regression)."
    )


def test_few_evenings_widen_the_bound_and_the_words_say_so():
    figures: list[int | None] = [None] * 110
    figures[20:104:10] = [40, 55, 30, 44, 61, 38, 47, 52, 35]
    assert told([*figures, 75]) == []
    alert = told([*figures, 240])[0]
    assert alert.days == 8
    assert alert.words.endswith("Few evenings are on file: the bound is wide.")


def test_a_series_without_a_figure_has_no_band():
    assert raised(series([None] * 9), at=8) == ((), ())


# --- the week after ---------------------------------------------------------------------------------------


def test_an_alert_is_open_and_not_told_again_within_its_cool_down():
    first = told([*BASE, 240])[0]
    later = told([*BASE, 240, 230, 220])[0]
    assert (later.state, later.id, later.raised, later.day) == ("open", first.id, day(110), day(110))
    assert told([*BASE, 240, 40, 40, 40, 40, 40])[0].state == "open"


def test_it_reopens_when_it_gets_worse():
    worse = told([*BASE, 240, 230, 400])[0]
    assert (worse.state, worse.day, worse.raised) == ("worse", day(112), day(110))
    assert worse.observed == 400


def test_it_is_gone_after_its_cool_down():
    figures = [*BASE, 240, *calm(12, seed=3)]
    last = 2  # evenings after it that are still too many together with it
    assert [bool(told(figures[: 111 + last + after])) for after in (7, 8)] == [True, False]


def test_a_longer_cool_down_lasts_longer():
    rules = AlertRules(methods=("regression",), cool_down=10)
    assert told([*BASE, 240, *calm(9, seed=3)], rules=rules)


def test_the_newest_figure_is_new_for_two_days_without_another():
    line = series([*BASE, 240])
    assert [raised(line, at=110 + after).alerts[0].state for after in (0, 2, 3)] == ["new", "new", "open"]


# --- rules ------------------------------------------------------------------------------------------------


def test_an_excluded_period_raises_nothing_and_is_in_no_baseline():
    surge = [*BASE, *[300] * 10, *calm(20, seed=5)]
    rules = AlertRules(methods=("regression",), exclude=(excluded(110, 119),))
    assert told(surge[:115], rules=rules) == []
    band = raised(series(surge), at=139, rules=rules).bands[0]
    assert band.expectations[-1].days == 74
    assert band.expectations[-1].upper < raised(series(surge), at=139).bands[0].expectations[-1].upper
    assert band.notes[-1] == "21 April 2021 to 30 April 2021 left out: an offensive that is over"


def test_a_stricter_level_has_a_higher_bound():
    bounds = [
        raised(series(BASE), at=109, rules=AlertRules(level=level)).bands[0].expectations[-1].upper
        for level in (0.01, 0.0001)
    ]
    assert bounds[0] < bounds[1]


def test_ears_decides_where_the_rules_ask_for_it():
    alert = told([30, 40, 35, 38, 900], rules=AlertRules(methods=("regression", "C1")))[0]
    assert (alert.methods, alert.days) == (("C1",), 4)
    assert "(C1)" in alert.words


def test_a_method_that_is_not_asked_raises_nothing():
    assert told([*BASE, 240], rules=AlertRules(methods=("change point",))) == []
    assert raised(series(BASE), at=109, rules=AlertRules(methods=())).bands[0].method == "regression"


def test_drift_and_change_of_level_are_told_of_where_no_evening_stands_out():
    figures = [*BASE, *calm(40, mean=60, seed=2)]
    rules = AlertRules(methods=("cusum", "change point"))
    found = {alert.kind: alert for end in range(111, 150) for alert in told(figures[:end], rules=rules)}
    assert {"drift", "change"} <= set(found)
    assert found["change"].confidence > 0.995
    assert "rose from some" in found["change"].words
    assert abs((found["change"].day - day(110)).days) < 40
    assert "for some time" in found["drift"].words


def test_no_change_is_an_answer():
    notes = raised(series(BASE), at=109).bands[0].notes
    assert any(note.startswith("No change of level on the 84 of 84 evenings") for note in notes)


# --- parts ------------------------------------------------------------------------------------------------


def test_a_region_is_told_within_its_total_and_alone_where_the_total_is_quiet():
    east = [figure // 2 if figure else 0 for figure in BASE]
    total = series([*BASE, 240])
    found = raised(total, series([*east, 200], region="donetsk"), at=110).alerts
    assert [alert.region for alert in found] == [None]
    assert "Of these: 200 in Donetsk region against some" in found[0].words
    assert set(found[0].claims) == {"c-all-110", "c-donetsk-110"}
    alone = raised(series([*BASE, 60]), series([*east, 200], region="donetsk"), at=110).alerts
    assert [alert.region for alert in alone] == ["donetsk"]


# --- what always holds ------------------------------------------------------------------------------------

COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=20, max_size=60)


@settings(max_examples=40, deadline=None)
@given(COUNTS, COUNTS)
def test_a_future_day_never_changes_a_past_alert(before, after):
    line = series([*before, *after])
    at = len(before) - 1
    past = msgspec.structs.replace(
        line,
        points=tuple(one for one in line.points if one.end <= day(at)),
        gaps=tuple(gap for gap in line.gaps if gap <= day(at)),
    )
    rules = AlertRules()
    assert raised(line, at=at, rules=rules).alerts == raised(past, at=at, rules=rules).alerts


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(0, 400), st.integers(1, 400))
def test_a_higher_count_never_unraises(before, count, more):
    first, second = (
        [alert.id for alert in told([*before, low]) if alert.raised <= day(len(before))]
        for low in (count, count + more)
    )
    assert set(first) <= set(second)


@settings(max_examples=25, deadline=None)
@given(COUNTS, st.randoms())
def test_the_order_of_points_is_of_no_account(figures, random):
    line = series(figures)
    points = list(line.points)
    random.shuffle(points)
    mixed = msgspec.structs.replace(line, points=tuple(points))
    at = len(figures) - 1
    assert raised(mixed, at=at) == raised(line, at=at)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 50))
def test_what_is_counted_in_another_unit_is_expected_in_it(scale):
    plain, scaled = (
        raised(series([(figure or 0) * by for figure in BASE]), at=109).bands[0].expectations[-1]
        for by in (1, scale)
    )
    assert scaled.expected == pytest.approx(scale * plain.expected, rel=1e-6)
    assert scaled.upper >= scale * (plain.upper - 1)


def test_alerts_of_an_evening_are_the_same_on_every_later_day():
    figures = [*BASE, 240, *calm(30, seed=4)]
    line = series(figures)
    ids = {raised(line, at=110 + later).alerts[0].id for later in range(8)}
    assert ids == {f"alert-count-smm-violations-all-{day(110)}"}


def test_an_empty_ledger_has_no_alerts():
    empty = Series(counter="smm-violations", region=None, points=())
    assert raised(empty, at=0, rules=SURGES).alerts == ()
    assert raised(at=0).bands == ()


def test_a_day_before_the_first_figure_has_no_band():
    line = series(BASE)
    assert raised(line, at=-5) == ((), ())
    assert day(0) == dt.date(2021, 1, 1)
