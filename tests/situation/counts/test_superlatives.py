"""A report's own superlative against the figures on file: confirmed, refuted, not checkable, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import count, daily, day, entries, press, report
from tests.situation.shelf import Held
from trucewatch.catalog import ceasefire
from trucewatch.model import Comparison, Entry
from trucewatch.situation.counts.scopes import scope
from trucewatch.views.query import Query
from trucewatch.views.rows.records import RecordRow, rows

DONBAS = ceasefire("donbas-2020")
THURSDAY, FRIDAY = daily("02-18", 222, 648), daily("02-19", 591, 975)


def claim(relation: Any, scope: str | None = "this year", low: int = 1566, **fields: Any) -> list[Entry]:
    than = fields.pop("than", None)
    compared = Comparison(relation=relation, scope=scope, than=than)
    where = fields.pop("where", "eastern Ukraine")
    return press(fields.pop("published", "02-20"), count(low, where, comparison=compared, **fields))


def checked(found: list[Entry], known: str | None = None) -> RecordRow:
    query = Query(ceasefire=DONBAS, known=day(known) if known else None)
    (one,) = (row for row in rows(Held(found), query) if (row.report or "").startswith("wire"))
    return one


# --- highest and lowest ----------------------------------------------------------------------------


def test_the_highest_on_file_is_confirmed_among_the_days_on_file() -> None:
    row = checked([*THURSDAY, *FRIDAY, *claim("highest")])
    assert (row.verdict, row.value, row.day) == ("confirmed", 1566, day("02-18"))
    assert (row.days, row.on_file, row.missing) == (50, 2, 48)
    assert row.words == (
        "highest (this year): confirmed among 2 of 50 days on file; 48 missing; "
        "before it 870 on 17 February 2022"
    )


def test_a_higher_day_on_file_refutes_it() -> None:
    row = checked([*daily("02-12", 1000, 900), *FRIDAY, *claim("highest")])
    assert row.verdict == "refuted"
    assert "1,900 on 11 February 2022 stands beyond it" in row.words


def test_a_higher_day_outside_the_scope_does_not() -> None:
    found = [*daily("2021-12-02", 3000, 3000), *THURSDAY, *FRIDAY]
    assert checked([*found, *claim("highest")]).verdict == "confirmed"
    assert checked([*found, *claim("highest", "since 1 December")]).verdict == "refuted"


def test_what_was_published_later_refutes_it_only_where_it_is_known() -> None:
    late = entries(
        report("smm-late", "02-22"), *(count(2000, f"{name} region", window=("02-10", "02-11"))
                                       for name in ("Donetsk", "Luhansk"))
    )  # fmt: skip
    found = [*THURSDAY, *FRIDAY, *claim("highest"), *late]
    assert checked(found, known="02-20").verdict == "confirmed"
    assert checked(found, known="02-22").verdict == "refuted"


def test_one_region_above_the_total_refutes_it_for_sure() -> None:
    assert checked([*daily("02-12", 1900, None), *FRIDAY, *claim("highest")]).verdict == "refuted"


def test_two_evenings_with_room_for_a_higher_one_leave_it_open() -> None:
    row = checked([*THURSDAY, *FRIDAY, *daily("02-14", 1000, 1000), *claim("highest")])
    assert row.verdict == "not checkable"
    assert "2,000 between the evenings of 11 and 13 February 2022 has room for a day beyond it" in row.words


def test_two_evenings_whose_mean_is_higher_refute_it() -> None:
    row = checked([*THURSDAY, *FRIDAY, *daily("02-14", 1600, 1600), *claim("highest")])
    assert row.verdict == "refuted"


def test_two_evenings_of_less_hide_nothing() -> None:
    row = checked([*THURSDAY, *FRIDAY, *daily("02-14", 500, 500), *claim("highest")])
    assert row.verdict == "confirmed"


def test_a_record_of_two_evenings_is_compared_with_two_evenings_alone() -> None:
    window: dict[str, Any] = {"window": ("02-11", "02-13")}
    told = claim("highest", "this year", 1000, where="Donetsk region", **window)
    found = [*daily("02-19", 1500, 900), *daily("02-07", 400, 100), *daily("02-14", 1000, 20)]
    row = checked([*found, *told])
    assert (row.verdict, row.evenings, row.on_file, row.missing) == ("confirmed", 2, 2, None)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (claim("highest", low=1800), "no figure on file is the one that is meant"),
        (claim("highest", "in years"), "the scope tells no day to begin with"),
        (claim("highest", "on record"), "what was counted then is not on file"),
        (claim("highest", "since 2014"), "what was counted then is not on file"),
        (claim("highest", "last year"), "the figure lies outside the days that are meant"),
    ],
)
def test_what_cannot_be_checked_says_why(told: list[Entry], reason: str) -> None:
    row = checked([*THURSDAY, *FRIDAY, *told])
    assert row.verdict == "not checkable"
    assert reason in row.words


def test_with_no_other_day_on_file_nothing_is_confirmed() -> None:
    assert checked([*FRIDAY, *claim("highest")]).verdict == "not checkable"


def test_an_all_time_record_can_be_refuted() -> None:
    assert checked([*daily("02-12", 1000, 900), *FRIDAY, *claim("highest", "on record")]).verdict == "refuted"


def test_the_lowest_is_checked_too() -> None:
    quiet = daily("02-04", 29, 31)
    low = claim("lowest", "this year", 60, published="02-05")
    assert checked([*quiet, *THURSDAY, *daily("02-03", 292, 114), *low]).verdict == "confirmed"
    assert checked([*quiet, *daily("02-03", 20, 14), *low]).verdict == "refuted"


def test_a_bound_neither_confirms_nor_refutes_the_lowest() -> None:
    vague = entries(
        report("smm-b", "02-03"), count(1, "Donetsk region", high=None), count(1, "Luhansk region", high=None)
    )
    low = claim("lowest", "this year", 60, published="02-05")
    assert checked([*daily("02-04", 29, 31), *daily("02-02", 75, 118), *vague, *low]).verdict == "confirmed"


# --- above, below, equal ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "scope", "than", "verdict"),
    [
        ("above", "the previous reporting period", 870, "confirmed"),
        ("above", "the previous reporting period", 860, "refuted"),
        ("below", "the previous reporting period", 870, "refuted"),
        ("above", "yesterday", None, "confirmed"),
        ("above", None, 1500, "confirmed"),
        ("above", None, 1600, "refuted"),
        ("equal", None, 1566, "confirmed"),
        ("above", None, None, "not checkable"),
    ],
)
def test_above_and_below(relation: str, scope: str | None, than: int | None, verdict: str) -> None:
    assert checked([*THURSDAY, *FRIDAY, *claim(relation, scope, than=than)]).verdict == verdict


def test_without_the_figure_before_it_cannot_be_checked() -> None:
    assert checked([*FRIDAY, *claim("above", "previous day", than=870)]).verdict == "not checkable"


def test_an_undated_report_cannot_be_checked() -> None:
    undated = entries(
        report("wire", None, publisher="The Wire"),
        count(1566, "eastern Ukraine", comparison=Comparison(relation="highest", scope="this year")),
    )
    assert "not dated" in checked([*THURSDAY, *FRIDAY, *undated]).words


def test_a_spots_superlative_is_none_of_the_series() -> None:
    told = claim("highest", where="Stanytsia Luhanska", low=212)
    assert [
        r for r in rows(Held([*FRIDAY, *told]), Query(ceasefire=DONBAS)) if r.report == "wire-02-20"
    ] == []


# --- scopes ----------------------------------------------------------------------------------------

SEEN, START = dt.date(2022, 2, 20), dt.date(2020, 7, 27)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("this year", "2022-01-01"),
        ("so far this year", "2022-01-01"),
        ("of the year", "2022-01-01"),
        ("in 2021", "2021-01-01"),
        ("this month", "2022-02-01"),
        ("this week", "2022-02-14"),
        ("since 1 February", "2022-02-01"),
        ("since February 1", "2022-02-01"),
        ("since December", "2021-12-01"),
        ("since 5 May 2021", "2021-05-05"),
        ("since the beginning of February", "2022-02-01"),
        ("since 2021", "2021-01-01"),
        ("since the ceasefire began", "2020-07-28"),
        ("in two weeks", "2022-02-06"),
        ("in the past three months", "2021-11-20"),
        ("for a year", "2021-02-20"),
        ("in 10 days", "2022-02-10"),
    ],
)
def test_a_scope_begins_on_the_day_that_it_tells(text: str, first: str) -> None:
    found = scope(text, seen=SEEN, start=START)
    assert found is not None
    assert (found.first.isoformat(), found.last, found.whole) == (first, SEEN, True)


@pytest.mark.parametrize("text", ["in years", "in recent memory", "for some time", "since 31 February"])
def test_a_scope_that_tells_no_day_is_none(text: str) -> None:
    assert scope(text, seen=SEEN, start=START) is None


@pytest.mark.parametrize("text", [None, "ever", "on record", "since 2014", "in five years"])
def test_a_scope_before_the_ceasefire_is_not_whole(text: str | None) -> None:
    found = scope(text, seen=SEEN, start=START)
    assert found is not None
    assert (found.first, found.whole) == (dt.date(2020, 7, 28), False)


@given(st.text(max_size=40), st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30)))
def test_no_text_breaks_a_scope(text: str, seen: dt.date) -> None:
    found = scope(text, seen=seen, start=START)
    assert found is None or found.first >= START


@given(
    st.sampled_from(["since", "in", "in the past", "last"]), st.integers(-5, 20000),
    st.sampled_from(["days", "weeks", "months", "years", "February", "May 0000", "month"]),
    st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30)),
)  # fmt: skip
def test_no_number_breaks_a_scope(lead: str, number: int, unit: str, seen: dt.date) -> None:
    found = scope(f"{lead} {number} {unit}", seen=seen, start=START)
    assert found is None or found.first >= START
