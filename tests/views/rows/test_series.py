"""The table of the series: its columns, windows, counters, what is asked of the shelf; order is no matter."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation import facts
from tests.situation.making import count, daily, day, entries, examples, press, report
from tests.situation.shelf import Held
from trucewatch import pipeline
from trucewatch.catalog import ceasefire
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, Count, Entry, Place, Time, Window
from trucewatch.situation.counts.charts import charts
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.series import SeriesRow, rows

DONBAS, SYRIA = ceasefire("donbas-2020"), ceasefire("syria-2016")


def series(found: list[Entry], at: str | None = None) -> list[SeriesRow]:
    return rows(Held(found), Query(ceasefire=DONBAS, period=Period.of(at) if at else None))


def test_the_columns_are_those_of_the_export() -> None:
    assert SeriesRow.__struct_fields__ == (
        "window_start", "window_end", "region", "measure", "low", "high", "basis", "counter", "reports",
        "conflicts",
    )  # fmt: skip


def test_a_row_tells_window_region_figure_basis_counter_and_reports() -> None:
    (donetsk, *_) = series(daily("02-19", 591, 975))
    assert donetsk == SeriesRow(
        window_start="2022-02-17T19:30+02:00",
        window_end="2022-02-18T19:30+02:00",
        region="Donetsk region",
        measure="ceasefire_violations",
        low=591,
        high=591,
        basis="own",
        counter="smm-violations",
        reports=("smm-02-19",),
    )


def test_a_sum_rests_on_the_reports_of_all_its_regions() -> None:
    found = [
        *entries(report("one", "02-19"), count(591, "Donetsk region")),
        *entries(report("two", "02-19"), count(975, "Luhansk region")),
    ]
    (total,) = (row for row in series(found) if row.region == "all")
    assert (total.low, total.basis, total.reports) == (1566, "sum", ("one", "two"))


def test_an_open_bound_has_no_high() -> None:
    found = entries(report("smm", "02-19"), count(98, "Donetsk region", high=None))
    assert {(row.region, row.low, row.high) for row in series(found)} == {
        ("Donetsk region", 98, None),
        ("all", 98, None),
    }


def test_a_longer_window_stands_before_the_evening_that_it_ends_with() -> None:
    found = [*daily("02-21", 2158, None), *daily("02-20", 579, 333, window=("02-19", "02-20"))]
    starts = [row.window_start[:10] for row in series(found) if row.region == "Donetsk region"]
    assert starts == ["2022-02-18", "2022-02-18", "2022-02-19"]


def test_a_counter_without_regions_or_cutoff_counts_by_days() -> None:
    party = count(12, None, window=("02-18", "02-18"), observer=Actor(name="Joint Forces Operation"))
    (row,) = series(press("02-19", party))
    assert (row.window_start, row.window_end, row.region) == ("2022-02-18", "2022-02-18", "all")
    assert (row.counter, row.basis) == ("jfo-violations", "own")


def test_a_counter_of_another_measure_has_its_series() -> None:
    told = count(
        7, "Syria", measure="killed", window=("2019-02-23", "2019-02-23"), observer=Actor(name="SOHR")
    )
    (row,) = rows(Held(press("2019-02-24", told)), Query(ceasefire=SYRIA))
    assert (row.counter, row.measure, row.low) == ("sohr-killed", "killed", 7)


def test_a_month_and_a_year_hold_the_windows_that_end_in_them() -> None:
    found = [*daily("2022-01-15", 49, 105), *daily("02-19", 591, 975)]
    assert {row.window_end[:7] for row in series(found, "2022-01")} == {"2022-01"}
    assert {row.window_end[:7] for row in series(found, "2022")} == {"2022-01", "2022-02"}
    assert series(found, "2021") == []


def test_a_day_is_as_things_stood_on_it() -> None:
    found = [*daily("02-18", 222, 648), *daily("02-19", 591, 975)]
    assert {row.window_end[:10] for row in series(found, "2022-02-17")} == {"2022-02-17"}


def test_only_counts_are_asked_for_and_only_from_the_periods_first_day_on() -> None:
    shelf = Held([])
    rows(shelf, Query(ceasefire=DONBAS, period=Period.of("2021")))
    wanted = {"kinds": ("count",), "measures": ["ceasefire_violations", "explosions"]}
    assert shelf.asked == [wanted | {"since": day("2021-01-01"), "until": None}]


def test_without_a_ceasefire_all_of_the_catalog_are_told() -> None:
    told = count(9, "Syria", window=("2019-02-22", "2019-02-23"), observer=Actor(name="Russia"))
    found = [*daily("02-19", 591, 975), *press("2019-02-23", told)]
    assert {row.counter for row in rows(Held(found), Query())} == {"smm-violations", "russian-part"}


def test_what_was_not_known_is_not_in_it() -> None:
    found = [*daily("02-19", 591, 975), *daily("02-23", 528, 1182)]
    known = rows(Held(found), Query(ceasefire=DONBAS, known=day("02-20")))
    assert {row.window_end[:10] for row in known} == {"2022-02-18"}


# --- windows that are odd ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"period": "PT8H"},
        {"period": "P1M"},
        {"window": Window(start="2022-02-18T08:00", end="2022-02-18T20:00")},
        {"time": Time(start="2022", end=None)},
        {"time": Time(start="0001-01-01", end="0001-01-01")},
        {"time": Time(start="9999-12-31", end="9999-12-31")},
    ],
)
def test_a_figure_of_no_whole_days_makes_no_point(fields: dict[str, object]) -> None:
    claim = Count(
        evidence=(0, 1), said_by=(), measure="ceasefire_violations", low=5, high=5,
        place=Place(name="Donetsk region"), **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    assert series(entries(report("smm", "02-19"), claim)) == []


def test_a_window_that_is_no_date_is_passed_over() -> None:
    claim = Count(
        evidence=(0, 1), said_by=(), measure="ceasefire_violations", low=5, high=5,
        place=Place(name="Donetsk region"), window=Window(start="Friday", end="Saturday"),
    )  # fmt: skip
    found = series(entries(report("smm", "02-19"), claim))
    assert {row.window_end[:10] for row in found} == {"2022-02-18"}


def test_a_month_told_by_the_counter_is_no_day() -> None:
    told = count(4000, "Donetsk region", time=Time(start="2022-01", end="2022-01"))
    (row,) = (row for row in series(entries(report("smm", "02-19"), told)) if row.region != "all")
    assert (row.window_start[:10], row.window_end[:10]) == ("2021-12-31", "2022-01-31")


# --- the counter's own claims always name the ceasefire ------------------------------------------------

NAMES = st.sampled_from(["OSCE SMM", "monitors", "The Wire", "Russia", "Ukraine", "LPR", "JFO", "SOHR", None])
PLACES = st.sampled_from(["Donetsk region", "Luhansk", "eastern Ukraine", "Syria", "Kyiv", "Paris", None])
CLAIMS = st.lists(
    st.tuples(st.integers(1, 23), NAMES, NAMES, PLACES, st.integers(0, 2000), st.booleans()), max_size=12
)


def told(figures: list[tuple[int, str | None, str | None, str | None, int, bool]]) -> list[Entry]:
    found: list[Entry] = []
    for number, (date, publisher, observer, place, low, window) in enumerate(figures):
        days = (f"02-{date - 1:02}" if date > 1 else "01-31", f"02-{date:02}") if window else None
        claim = count(low, place, window=days, observer=Actor(name=observer) if observer else None)
        found += entries(report(f"r{number}", f"02-{date:02}", publisher=publisher), claim)
    return found


@given(CLAIMS)
def test_sorting_out_what_belongs_first_gives_the_same_series(
    figures: list[tuple[int, str | None, str | None, str | None, int, bool]],
) -> None:
    found, names = told(figures), cast(DONBAS)
    ours = [entry for entry, _ in relevant(found, cast=names)]
    at = dt.date(2022, 2, 24)
    plain, sorted_ = (charts(held, DONBAS, cast=names, at=at) for held in (found, ours))
    assert [(c.counts, c.bangs) for c in plain] == [(c.counts, c.bangs) for c in sorted_]


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_is_no_matter(
    figures: list[tuple[int, str | None, str | None, str | None, int, bool]], rng: random.Random
) -> None:
    found = told(figures)
    first = series(found)
    rng.shuffle(found)
    assert series(found) == first


def test_the_examples_in_any_order_give_the_same_rows() -> None:
    held = examples().entries()
    first = series(held)
    random.Random(5).shuffle(held)  # noqa: S311
    assert series(held) == first


# --- through the ledger ------------------------------------------------------------------------------


@facts.at_hand
def test_claims_given_in_a_file_come_out_of_the_ledger_as_the_series(tmp_path: Path) -> None:
    lines = facts.told(facts.days, who=facts.said)
    (tmp_path / "facts.jsonl").write_bytes(b"\n".join(msgspec.json.encode(line) for line in lines))
    with Ledger.open(tmp_path / "facts.db") as ledger:
        pipeline.run([], ledger, claims=[tmp_path / "facts.jsonl"])
        found = rows(ledger, Query(ceasefire=DONBAS))
    assert found == series(facts.entries(lines))
    daily_rows = {
        (row.window_end[:10], row.region.split()[0], row.low, row.basis)
        for row in found
        if row.measure == "ceasefire_violations"
    }
    assert {tuple(row) for row in facts.wanted()} <= daily_rows


@pytest.mark.parametrize(
    ("name", "is_counter"),
    [
        ("Observers from the Organization for Security and Cooperation in Europe", True),
        ("OSCE monitors", True),
        ("OSCE", True),
        ("observers from Turkey", False),
        ("a mission of the Red Cross", False),
        ("OSCE secretary general", False),
    ],
)
def test_observers_of_the_missions_own_body_speak_for_it(name: str, is_counter: bool) -> None:
    assert cast(DONBAS).is_counter(name, DONBAS.counters[0]) is is_counter
