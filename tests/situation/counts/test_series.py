"""The daily series: windows, sums, gaps, zeros, restated and derived figures, conflicts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import SMM, count, daily, day, entries, examples, press, report, voice
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Count, Entry, Window
from trucewatch.situation import Point, Series, assess
from trucewatch.situation.counts.windows import by_habit, previous_window, window

DONBAS = ceasefire("donbas-2020")
SMM_COUNTER = DONBAS.counters[0]


def series(found: list[Entry], at: str = "02-24", known: str | None = None) -> dict[str | None, Series]:
    situation = assess(found, DONBAS, at=day(at), known=day(known) if known else None)
    lines = [*situation.totals, *situation.series]
    return {line.region: line for line in lines if line.counter == SMM_COUNTER.id}


def daily_of(line: Series) -> dict[str, Any]:
    return {f"{point.end:%m-%d}": point.low for point in line.daily}


def point(line: Series, end: str, evenings: int = 1) -> Point:
    return next(p for p in line.points if p.end == day(end) and p.evenings == evenings)


# --- windows -------------------------------------------------------------------------------------


def test_a_report_covers_the_evening_before_last_to_the_last_one() -> None:
    covered = by_habit(day("02-19"), SMM_COUNTER)
    assert (covered.start, covered.end, covered.stated) == (day("02-17"), day("02-18"), False)


def test_a_mondays_report_covers_two_evenings_because_none_is_issued_on_sunday() -> None:
    covered = by_habit(day("02-21"), SMM_COUNTER)
    assert (covered.start, covered.end) == (day("02-18"), day("02-20"))


def test_the_stated_window_goes_before_the_habit() -> None:
    stated = window(count(1, window=("02-10", "02-14")), counter=SMM_COUNTER, issued=day("02-18"))
    assert stated is not None
    assert (stated.start, stated.end, stated.stated) == (day("02-10"), day("02-14"), True)


def test_the_clock_of_a_window_gives_its_evenings() -> None:
    clock = Window(start="2022-02-17T19:30+02:00", end="2022-02-18T19:30+02:00")
    found = window(count(1, observer=SMM), counter=SMM_COUNTER, issued=None)
    assert found is None
    told = Count(evidence=(0, 1), said_by=(), measure="ceasefire_violations", low=1, high=1, window=clock)
    found = window(told, counter=SMM_COUNTER, issued=None)
    assert found is not None
    assert (found.start, found.end) == (day("02-17"), day("02-18"))


def test_an_end_alone_takes_its_length_from_the_period_or_the_habit() -> None:
    monday = day("02-21")
    by_period = window(count(1, window=(None, "02-20"), period="PT24H"), counter=SMM_COUNTER, issued=monday)
    by_custom = window(count(1, window=(None, "02-20")), counter=SMM_COUNTER, issued=monday)
    assert by_period is not None
    assert by_custom is not None
    assert (by_period.start, by_custom.start) == (day("02-19"), day("02-18"))


def test_the_previous_period_of_a_tuesday_is_two_evenings_but_its_previous_24_hours_is_one() -> None:
    own = by_habit(day("02-22"), SMM_COUNTER)
    period = previous_window(count(1, said="previous reporting period"), counter=SMM_COUNTER, own=own)
    hours = previous_window(count(1, said="previous 24 hours", period="PT24H"), counter=SMM_COUNTER, own=own)
    assert (period.start, period.end) == (day("02-18"), day("02-20"))
    assert (hours.start, hours.end) == (day("02-19"), day("02-20"))


@given(st.dates(dt.date(2020, 7, 29), dt.date(2022, 2, 24)))
def test_by_habit_no_evening_is_counted_twice_and_none_is_left_out(issued: dt.date) -> None:
    if f"{issued:%A}" in SMM_COUNTER.no_report_on:
        return
    covered = by_habit(issued, SMM_COUNTER)
    before = previous_window(count(1, said="previous reporting period"), counter=SMM_COUNTER, own=covered)
    assert covered.end == issued - dt.timedelta(days=1)
    assert before.end == covered.start
    assert before.start < before.end


# --- sums, gaps, zeros ---------------------------------------------------------------------------


def test_the_total_is_the_sum_of_the_regions() -> None:
    total = series(daily("02-19", 591, 975, bangs=(553, 860)))[None]
    friday = point(total, "02-18")
    assert (friday.low, friday.high, friday.basis, friday.complete) == (1566, 1566, "sum", True)
    assert len(friday.claims) == 2


def test_explosions_are_a_subset_and_are_not_added() -> None:
    friday = point(series(daily("02-19", 591, 975, bangs=(553, 860)))[None], "02-18")
    assert friday.low == 1566
    assert friday.explosions is not None
    assert friday.explosions.low == 1413


def test_a_total_without_all_regions_is_an_at_least() -> None:
    total = point(series(daily("02-19", 591, None))[None], "02-18")
    assert (total.low, total.high, total.complete) == (591, None, False)


def test_no_violations_is_a_zero_and_no_report_is_a_gap() -> None:
    found = [*daily("02-16", 0, 0), *daily("02-19", 5, 7)]
    lines = series(found, at="02-18")
    assert daily_of(lines[None]) == {"02-15": 0, "02-18": 12}
    assert lines[None].gaps == (day("02-16"), day("02-17"))


def test_none_in_either_region_is_a_zero_for_each() -> None:
    found = entries(report("smm", "02-19"), count(0, "Donetsk or Luhansk region"))
    lines = series(found)
    assert daily_of(lines["donetsk"]) == daily_of(lines["luhansk"]) == {"02-18": 0}


def test_a_place_within_a_region_is_not_the_region() -> None:
    found = entries(report("smm", "02-18"), count(212, "disengagement area near Stanytsia Luhanska"))
    assert all(not line.points for line in series(found).values())


def test_a_part_of_a_regions_figure_is_no_rival_of_it() -> None:
    found = entries(report("smm", "02-12"), count(258, "Luhansk region"), count(232, "Luhansk region"))
    friday = point(series(found)["luhansk"], "02-11")
    assert (friday.low, friday.rivals) == (258, ())


def test_a_running_total_makes_no_point() -> None:
    found = entries(report("smm", "02-19"), count(123, "Donetsk region", running=True))
    assert not series(found)["donetsk"].points


def test_bounds_are_kept() -> None:
    found = entries(
        report("smm", "02-19"), count(98, "Donetsk region", high=None), count(1, "Luhansk region")
    )
    total = point(series(found)[None], "02-18")
    assert (total.low, total.high) == (99, None)


# --- two evenings, restated, derived ---------------------------------------------------------------


def test_two_evenings_stay_two_evenings_and_are_no_daily_figure() -> None:
    lines = series(daily("02-21", 2158, 900))
    assert daily_of(lines[None]) == {}
    assert point(lines[None], "02-20", evenings=2).low == 3058
    assert lines[None].spanned == lines[None].gaps[:2] == (day("02-19"), day("02-20"))


def test_the_previous_period_fills_a_missing_day() -> None:
    lines = series(daily("02-17", 189, 402, before=(24, 129)))
    tuesday = point(lines["donetsk"], "02-15")
    assert (tuesday.low, tuesday.basis) == (24, "stated as previous")
    assert daily_of(lines[None]) == {"02-15": 153, "02-16": 591}


def test_the_same_number_is_two_things_on_two_days() -> None:
    found = [*daily("02-17", 189, 402), *daily("02-19", 591, 975)]
    lines = series(found)
    assert point(lines[None], "02-16").low == point(lines["donetsk"], "02-18").low == 591


def test_a_contradiction_is_kept_beside_the_own_figure() -> None:
    found = [*daily("2021-10-01", 10, 47), *daily("2021-10-02", 5, 6, before=(10, 28))]
    thursday = point(series(found)["luhansk"], "2021-09-30")
    assert (thursday.low, thursday.basis) == (47, "own")
    assert [(rival.low, rival.basis) for rival in thursday.rivals] == [(28, "stated as previous")]


def test_an_evening_by_subtraction_is_marked_derived() -> None:
    friday = daily("02-21", 2158, None)
    tuesday = entries(
        report("smm-41", "02-22"),
        count(703, "Donetsk region"),
        count(579, "Donetsk region", said="In the previous 24 hours", period="PT24H", previous=True),
    )
    lines = series([*friday, *tuesday])
    saturday = point(lines["donetsk"], "02-19")
    assert (saturday.low, saturday.basis) == (1579, "derived")
    assert len(saturday.claims) == 2
    assert point(lines[None], "02-19").complete is False


def test_nothing_is_derived_from_bounds() -> None:
    found = [
        *entries(report("smm-a", "02-21"), count(98, "Donetsk region", high=None, window=("02-18", "02-20"))),
        *entries(report("smm-b", "02-22"), count(9, "Donetsk region", window=("02-19", "02-20"))),
    ]
    assert daily_of(series(found)["donetsk"]) == {"02-20": 9}


def test_a_window_that_contradicts_its_evenings_says_so() -> None:
    found = entries(
        report("smm", "02-22"),
        count(10, "Donetsk region", window=("02-18", "02-20")),
        count(4, "Donetsk region", window=("02-18", "02-19")),
        count(5, "Donetsk region", window=("02-19", "02-20")),
    )
    whole = point(series(found)["donetsk"], "02-20", evenings=2)
    assert [rival.low for rival in whole.rivals] == [9]


# --- what others tell ----------------------------------------------------------------------------

ANNOUNCED = count(
    1501, "eastern Ukraine", high=None, period="PT24H", said_by=(voice("OSCE"),), observer=Actor(name="OSCE")
)


def test_a_count_dated_by_its_announcing_makes_no_point_and_is_compared() -> None:
    found = [*daily("02-19", 591, 975), *press("02-20", ANNOUNCED)]
    situation = assess(found, DONBAS, at=day("02-20"))
    assert daily_of(situation.totals[0]) == {"02-18": 1566}
    (echo,) = situation.echoes
    assert (echo.verdict, echo.point) == ("agrees", day("02-18"))


@pytest.mark.parametrize(
    ("low", "approximate", "verdict"),
    [
        (1566, False, "agrees"),
        (1600, True, "agrees within rounding"),
        (1600, False, "agrees within rounding"),
        (1500, False, "differs"),
        (1567, False, "differs"),
    ],
)
def test_round_numbers_agree_within_rounding(low: int, approximate: bool, verdict: str) -> None:
    found = [*daily("02-19", 591, 975), *press("02-20", count(low, None, approximate=approximate))]
    (echo,) = assess(found, DONBAS, at=day("02-20")).echoes
    assert echo.verdict == verdict


def test_a_window_that_the_press_states_from_evening_to_evening_makes_a_point() -> None:
    lines = series(press("02-21", count(2158, "Donetsk region", window=("02-18", "02-20"))))
    assert point(lines["donetsk"], "02-20", evenings=2).basis == "own"


def test_an_undated_report_of_the_counter_makes_no_point_without_a_stated_window() -> None:
    found = entries(report("smm", None), count(5, "Donetsk region"))
    assert not series(found)["donetsk"].points


def test_rival_counters_are_two_series_and_a_dispute() -> None:
    syria = ceasefire("syria-2016")
    window_ = ("2019-02-22", "2019-02-23")
    found = press(
        "2019-02-23",
        count(9, "Syria", window=window_, observer=Actor(name="Russian side of the commission")),
        count(28, "Syria", window=window_, observer=Actor(name="Turkish side of the commission")),
    )
    situation = assess(found, syria, at=day("2019-02-23"))
    assert sorted(p.low or 0 for line in situation.totals for p in line.points) == [9, 28]
    assert [dispute.kind for dispute in situation.disputes] == ["rival figures"]


def test_the_same_number_of_two_voices_stays_two_series() -> None:
    found = press(
        "02-18",
        count(29, None, window=("02-17", "02-17"), observer=Actor(name="Joint Forces Operation")),
        count(29, None, window=("02-17", "02-17"), observer=Actor(name="Luhansk separatists")),
    )
    situation = assess(found, DONBAS, at=day("02-18"))
    points = [point for line in situation.totals for point in line.points]
    assert [(p.counter, p.end, p.low) for p in points] == [
        ("jfo-violations", day("02-17"), 29),
        ("lpr-jccc-violations", day("02-17"), 29),
    ]
    assert [dispute.kind for dispute in situation.disputes] == ["rival figures"]


# --- invariants ----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 23), st.integers(0, 3000), st.integers(0, 3000)), max_size=12))
def test_every_complete_total_is_the_sum_of_its_regions(figures: list[tuple[int, int, int]]) -> None:
    found = [
        entry
        for n, (date, one, two) in enumerate(figures)
        for entry in _numbered(date, one, two, name=str(n))
    ]
    lines = series(found)
    for total in lines[None].points:
        parts = [point(lines[region], f"{total.end:%m-%d}", total.evenings) for region in total.parts]
        assert total.low == sum(part.low or 0 for part in parts)
    on_file = {p.end for p in lines[None].daily if p.complete}
    assert not on_file & set(lines[None].gaps)


def _numbered(date: int, one: int, two: int, *, name: str) -> list[Entry]:
    told = report(f"smm-{name}", f"02-{date:02}")
    return entries(told, count(one, "Donetsk region"), count(two, "Luhansk region"))


def test_the_order_of_entries_does_not_matter() -> None:
    found = examples().entries()
    first = assess(found, DONBAS, at=day("02-20"))
    random.Random(7).shuffle(found)  # noqa: S311
    assert assess(found, DONBAS, at=day("02-20")) == first


def test_the_examples_give_the_known_series() -> None:
    lines = series(examples().entries(), at="02-22")
    expected = {"02-15": 153, "02-16": 591, "02-17": 870, "02-18": 1566, "02-20": 912, "02-21": 1927}
    assert {end: low for end, low in daily_of(lines[None]).items() if end > "02-11"} == {
        **expected,
        "02-19": 1579,
    }
    assert point(lines["donetsk"], "02-19").basis == "derived"
