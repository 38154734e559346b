"""The tables of alerts and of bands: their rows, days, periods, and what was known."""

from __future__ import annotations

import datetime as dt
import functools
import statistics

import msgspec
import numpy as np
import pytest

from tests.situation.making import Shelf, daily, examples
from trucewatch.catalog import ceasefire
from trucewatch.model import AlertRules, Ceasefire, Excluded
from trucewatch.situation import assess
from trucewatch.situation.days import ONE
from trucewatch.views.exports import export
from trucewatch.views.query import Period, Query
from trucewatch.views.rows import alerts, bands
from trucewatch.views.rows.alerts import AlertRow
from trucewatch.views.rows.bands import BandRow

DONBAS = ceasefire("donbas-2020")
FIRST = dt.date(2021, 9, 1)
SURGE = dt.date(2022, 1, 19)  # a Wednesday: the report issued on Thursday covers that evening alone


@functools.cache
def shelf() -> Shelf:
    """Reports from Tuesday to Saturday, about 40 violations an evening, and one evening of 400."""
    rng = np.random.default_rng(2)
    held = []
    for issued in (FIRST + place * ONE for place in range(155)):
        if issued.weekday() in (1, 2, 3, 4, 5):
            east = 300 if issued == SURGE + ONE else int(rng.negative_binomial(20, 0.5))
            held += daily(issued.isoformat(), east, int(rng.negative_binomial(20, 0.5)))
    return Shelf(held, {})


def query(at: str | None, *, known: str | None = None, given: Ceasefire = DONBAS) -> Query:
    return Query(
        ceasefire=given,
        period=Period.of(at) if at else None,
        known=dt.date.fromisoformat(known) if known else None,
    )


def counted(at: str | None, **asked: str) -> list[AlertRow]:
    return [row for row in alerts.rows(shelf(), query(at, **asked)) if row.kind == "count"]


def test_a_row_is_an_alert_as_it_stands_on_the_day():
    (row,) = counted("2022-01-20", known="2022-01-20")
    assert (row.counter, row.region, row.state, row.raised) == ("smm-violations", None, "new", SURGE)
    assert row.observed is not None
    assert row.observed > 300
    assert row.expected == pytest.approx(40, abs=5)
    assert row.methods[0] == "regression"
    assert row.reports == ("smm-2022-01-20",)
    assert row.words.startswith(f"{row.observed:.0f} ceasefire violations (SMM)")
    assert "Donetsk region" in row.words


def test_it_is_open_in_the_days_after_and_gone_after_its_week():
    assert [row.state for row in counted("2022-01-24")] == ["open"]
    assert counted("2022-01-31") == []


def test_a_period_has_all_that_were_raised_in_it():
    assert [row.raised for row in counted("2022-01")] == [SURGE]
    assert [row.raised for row in counted("2022")] == [SURGE]
    assert [row.raised for row in counted(None)] == [SURGE]
    assert counted("2021-12") == []


def test_what_was_not_known_raises_nothing():
    assert counted("2022-01-20", known="2022-01-19") == []
    assert counted("2022-01", known="2022-01-19") == []


def test_the_rows_of_a_day_are_the_alerts_of_its_situation():
    found = assess(shelf(), DONBAS, at=dt.date(2022, 1, 20))
    assert [row.id for row in alerts.rows(shelf(), query("2022-01-20"))] == [one.id for one in found.alerts]


def test_a_ceasefire_without_reports_has_no_rows():
    syria = ceasefire("syria-2016")
    assert alerts.rows(shelf(), query("2017-01", given=syria)) == []
    assert bands.rows(shelf(), query(None, given=syria)) == []


# --- bands ------------------------------------------------------------------------------------------------


def banded(at: str | None, *, method: str = "regression", region: str = "all") -> list[BandRow]:
    found = bands.rows(shelf(), query(at))
    assert {row.counter for row in found} == {"smm-violations"}
    return [row for row in found if (row.method, row.region) == (method, region)]


def test_a_month_has_a_row_for_every_evening_method_and_region():
    found = bands.rows(shelf(), query("2021-12"))
    assert len(found) == 31 * 7 * 3
    assert {row.region for row in found} == {"all", "Donetsk region", "Luhansk region"}


def test_a_gap_has_an_expectation_and_no_observation():
    weekend = [row for row in banded("2021-12") if row.evening.weekday() in (5, 6)]
    assert len(weekend) == 8
    assert {row.observed for row in weekend} == {None}
    assert not any(row.alarm for row in weekend)
    assert all(row.expected and 30 < row.expected < 50 for row in weekend)


def test_the_evening_of_the_surge_is_the_one_that_alarms():
    (row,) = [row for row in banded("2022-01") if row.alarm]
    assert row.evening == SURGE
    assert row.observed is not None
    assert row.upper is not None
    assert row.observed > row.upper > 60
    assert (row.days, row.span) == (60, 84)
    assert row.statistic is None


def test_cusum_and_change_point_have_a_statistic_and_no_bound():
    for method in ("cusum", "change point"):
        (row,) = [row for row in banded("2022-01", method=method) if row.evening == SURGE]
        assert row.statistic is not None
        assert row.upper is None


def test_the_first_evenings_have_too_little_on_file():
    assert banded("2021-09")[0].upper is None
    assert banded("2021-10")[-1].upper is not None


def test_a_day_has_the_last_sixty_evenings_and_no_period_has_all():
    assert len(banded("2022-01-20")) == 60
    assert statistics.mean(row.days for row in banded(None)) > 30
    assert banded(None)[0].evening < FIRST + 3 * ONE


def test_a_period_is_judged_as_the_whole_is():
    whole = {row.evening: row for row in banded(None)}
    assert all(whole[row.evening] == row for row in banded("2022-01"))


def test_an_evening_that_is_left_out_says_why():
    given = {"from": SURGE.isoformat(), "until": SURGE.isoformat(), "why": "an exercise was counted"}
    rules = AlertRules(exclude=(msgspec.convert(given, Excluded),))
    donbas = msgspec.structs.replace(DONBAS, alerts=rules)
    told = bands.rows(shelf(), query("2022-01", given=donbas))
    assert {row.note for row in told if row.evening == SURGE} == {"left out: an exercise was counted"}
    assert not any(row.alarm for row in told if row.evening == SURGE)


def test_the_order_of_claims_is_of_no_account():
    again = Shelf(list(reversed(shelf().entries(None))), {})
    assert bands.rows(again, query("2022-01")) == bands.rows(shelf(), query("2022-01"))
    assert alerts.rows(again, query("2022-01")) == alerts.rows(shelf(), query("2022-01"))


def test_both_are_exports():
    for view in ("alerts", "bands"):
        assert export(f"{view}.csv", shelf(), query("2022-01")).count("\n") > 1
        assert export(f"{view}.json", shelf(), query("2022-01")).startswith("[\n{")


# --- the examples -----------------------------------------------------------------------------------------


def test_the_day_of_1566_is_told_with_how_few_evenings_are_on_file():
    told = Query(ceasefire=DONBAS, period=Period.of("2022-02-20"), known=dt.date(2022, 2, 20))
    (row, *_) = alerts.rows(examples(), told)
    assert (row.kind, row.state, row.observed) == ("count", "new", 1566)
    assert row.days is not None
    assert row.days < 14
    assert "evenings on file" in row.words
    assert row.words.count("Few evenings are on file: the bound is wide.") == 1


@pytest.mark.parametrize("at", ["2022-02", "2022-02-20", "2022", None])
def test_alerts_on_counts_alone_are_those_of_all_alerts(at: str | None):
    every = alerts.rows(examples(), query(at)) + alerts.rows(shelf(), query(at))
    alone = alerts.counted(examples(), query(at), DONBAS) + alerts.counted(shelf(), query(at), DONBAS)
    on_counts = [row for row in every if row.kind in ("count", "drift", "change")]
    assert alone == on_counts
    assert len(on_counts) < len(every)
