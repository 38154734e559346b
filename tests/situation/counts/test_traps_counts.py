"""Where a monitor of counts goes wrong, a test for each trap, on the real public figures.

The numbers are those of the list of traps that the project was designed by.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reading import document
from tests.situation.making import RECORDED, SMM, count, daily, day, entries, press, report, voice
from tests.situation.shelf import Held
from trucewatch.annotations import annotate
from trucewatch.catalog import ceasefire
from trucewatch.claims.counts import read as read_counts
from trucewatch.model import Actor, Comparison, Count, Entry, Incident, Report, Statement, Window
from trucewatch.pipeline import process
from trucewatch.situation import Situation, assess
from trucewatch.views.query import Query
from trucewatch.views.rows.counts import CountRow
from trucewatch.views.rows.counts import rows as counts
from trucewatch.views.rows.records import RecordRow
from trucewatch.views.rows.records import rows as records
from trucewatch.views.rows.series import SeriesRow
from trucewatch.views.rows.series import rows as series
from trucewatch.views.rows.tallies import TallyRow
from trucewatch.views.rows.tallies import rows as tallies

DONBAS, SYRIA = ceasefire("donbas-2020"), ceasefire("syria-2016")
FRIDAY = daily("02-19", 591, 975, bangs=(553, 860), before=(222, 648))
THURSDAY = daily("02-18", 222, 648)
MONDAY = daily("02-21", 2158, None, before=(591, 975))
TUESDAY = entries(
    report("smm-41", "02-22"),
    count(703, "Donetsk region"),
    count(1224, "Luhansk region"),
    count(579, "Donetsk region", said="In the previous 24 hours", period="PT24H", previous=True),
    count(333, "Luhansk region", said="In the previous 24 hours", period="PT24H", previous=True),
)


def asked(known: str | None = None) -> Query:
    return Query(ceasefire=DONBAS, known=day(known) if known else None)


def row(found: list[Entry], end: str, region: str = "all", *, start: str | None = None) -> SeriesRow:
    """The row of a region whose window ends on a day; of one evening unless ``start`` says otherwise."""
    window = (day(start) if start else day(end) - dt.timedelta(days=1), day(end))
    (one,) = (
        r
        for r in series(Held(found), asked())
        if (r.region, r.measure) == (region, "ceasefire_violations")
        and (r.window_start[:10], r.window_end[:10]) == (window[0].isoformat(), window[1].isoformat())
    )
    return one


def situation(found: list[Entry], at: str = "02-24", known: str | None = None) -> Situation:
    return assess(found, DONBAS, at=day(at), known=day(known) if known else None)


def observed(found: list[Entry], region: str, end: str) -> CountRow:
    (one,) = (
        r
        for r in counts(Held(found), asked())
        if (r.region, r.measure, (r.window_end or "")[:10])
        == (region, "ceasefire_violations", day(end).isoformat())
    )
    return one


# --- 1: number, window, cut-off, time zone, counter, definition -------------------------------------


def test_trap_1_a_count_carries_window_cutoff_zone_counter_and_definition() -> None:
    friday = row(FRIDAY, "02-18")
    assert (friday.window_start, friday.window_end) == ("2022-02-17T19:30+02:00", "2022-02-18T19:30+02:00")
    assert friday.counter == "smm-violations"
    (given,) = (counter for counter in DONBAS.counters if counter.id == friday.counter)
    assert "19:30" in (given.definition or "")


def test_trap_1_the_offset_is_that_of_summer_in_summer() -> None:
    assert row(daily("2020-08-21", 153, 0), "2020-08-20").window_end == "2020-08-20T19:30+03:00"


def test_trap_1_a_report_posted_later_still_counts_by_its_day_of_issue() -> None:
    title = "OSCE Special Monitoring Mission to Ukraine (SMM) Daily Report 39/2022 issued on 19 February 2022"
    posted = report("smm-39", "02-21", publisher="ReliefWeb", title=title)
    found = entries(posted, count(591, "Donetsk region"), count(975, "Luhansk region"))
    assert row(found, "02-18").low == 1566


@pytest.mark.parametrize(
    ("start", "end", "is_point"),
    [
        ("2022-02-17T19:30", "2022-02-18T19:30", True),
        ("2022-02-17T17:30:00Z", "2022-02-18T17:30:00Z", True),
        ("2022-02-18T08:00", "2022-02-18T16:00", False),
        ("2022-02-17T12:00", "2022-02-18T12:00", False),
    ],
)
def test_trap_1_a_window_between_other_hours_is_none_of_the_series(
    start: str, end: str, is_point: bool
) -> None:
    told = count(591, "Donetsk region", window=None)
    claim = Count(
        evidence=(0, 1), said_by=(), measure="ceasefire_violations", low=591, high=591, observer=SMM,
        place=told.place, window=Window(start=start, end=end),
    )  # fmt: skip
    found = series(Held(entries(report("smm-39", "02-19"), claim)), asked())
    assert bool([r for r in found if r.region == "Donetsk region"]) is is_point


# --- 2: several evenings never become one day ---------------------------------------------------------


def test_trap_2_two_evenings_are_no_record_day() -> None:
    wide = row(MONDAY, "02-20", "Donetsk region", start="2022-02-18")
    assert (wide.low, wide.window_start[:10]) == (2158, "2022-02-18")
    record = situation([*FRIDAY, *MONDAY], at="02-20").records[0]
    assert record.highest is not None
    assert record.highest.low == 1566


def test_trap_2_new_years_four_evenings_stay_four() -> None:
    found = entries(
        report("smm-1", "2022-01-04"),
        count(399, "Donetsk region", window=("2021-12-30", "2022-01-03")),
        count(44, "Luhansk region", window=("2021-12-30", "2022-01-03")),
    )
    assert row(found, "01-03", start="2021-12-30").low == 443
    assert situation(found, at="01-04").totals[0].daily == ()


# --- 3: the total is a sum; a round number agrees with it ---------------------------------------------


def test_trap_3_bound_exact_parts_and_rounded_are_one_observation() -> None:
    told = [
        *FRIDAY,
        *press("02-19", count(1501, "eastern Ukraine", high=None, period="PT24H"), name="agency"),
        *press("02-20", count(1600, "eastern Ukraine", approximate=True), name="wire"),
        *press("02-20", count(1566, "eastern Ukraine"), name="daily"),
        *press("02-20", count(591, "Donetsk region"), count(975, "Luhansk region"), name="post"),
    ]
    one = observed(told, "all", "02-18")
    assert (one.low, one.high, one.value, one.conflicts) == (1566, 1566, 1566, ())
    relations = {telling.report: telling.relation for telling in one.tellings}
    assert relations == {
        "smm-02-19": "sum of parts",
        "agency-02-19": "bound",
        "wire-02-20": "rounded",
        "daily-02-20": "exact",
        "post-02-20": "sum of parts",
    }
    assert all(reason.agree for reason in one.why)


# --- 4: "including" is a subset ----------------------------------------------------------------------


def test_trap_4_explosions_are_rows_of_their_own_and_are_never_added() -> None:
    found = [r for r in series(Held(FRIDAY), asked()) if r.window_end.startswith("2022-02-18")]
    figures = {(r.region, r.measure): r.low for r in found}
    assert figures["all", "ceasefire_violations"] == 591 + 975
    assert figures["Donetsk region", "explosions"] == 553
    assert figures["all", "explosions"] == 1413


# --- 5: the same number, another meaning --------------------------------------------------------------


def test_trap_5_the_total_of_591_is_not_the_591_of_a_region_two_days_later() -> None:
    found = [*daily("02-17", 189, 402), *FRIDAY]
    total, region = observed(found, "all", "02-16"), observed(found, "Donetsk region", "02-18")
    assert total.value == region.value == 591
    assert total.id != region.id
    assert not {c for t in total.tellings for c in t.claims} & {c for t in region.tellings for c in t.claims}


# --- 6: the previous period -------------------------------------------------------------------------


def test_trap_6_a_conflict_is_kept_and_shown_and_the_own_figure_stands() -> None:
    found = [*daily("2021-10-01", 10, 47), *daily("2021-10-02", 5, 6, before=(10, 28))]
    thursday = row(found, "2021-09-30", "Luhansk region")
    assert (thursday.low, thursday.basis) == (47, "own")
    assert thursday.conflicts == ("28, stated as previous, in smm-2021-10-02",)
    rivals = [
        r
        for r in counts(Held(found), asked())
        if r.region == "Luhansk region" and (r.window_end or "").startswith("2021-09-30")
    ]
    assert sorted((r.value, [c.low for c in r.conflicts]) for r in rivals) == [(28, [47]), (47, [28])]


def test_trap_6_the_previous_period_fills_one_missing_day() -> None:
    filled = row(daily("02-17", 189, 402, before=(24, 129)), "02-15", "Donetsk region")
    assert (filled.low, filled.basis) == (24, "stated as previous")


def test_trap_6_the_previous_24_hours_are_not_the_previous_period() -> None:
    found = [*MONDAY, *TUESDAY]
    assert row(found, "02-20", "Donetsk region").low == 579
    assert row(found, "02-20", "Donetsk region", start="2022-02-18").low == 2158
    assert row(found, "02-20", "Donetsk region", start="2022-02-18").conflicts == ()
    other = row(found, "02-19", "Donetsk region")
    assert (other.low, other.basis) == (1579, "derived")


ARTICLE = press(
    "02-20",
    count(
        1501,
        "eastern Ukraine",
        high=None,
        period="PT24H",
        comparison=Comparison(relation="highest", scope="this year"),
    ),
)


def verdict(found: list[Entry], known: str) -> RecordRow:
    (one,) = (r for r in records(Held(found), asked(known)) if r.report == "wire-02-20")
    return one


def test_trap_6_known_on_the_20th_the_record_stands_and_on_the_22nd_it_is_doubted() -> None:
    found = [*THURSDAY, *FRIDAY, *ARTICLE, *MONDAY, *TUESDAY]
    then, later = verdict(found, "02-20"), verdict(found, "02-22")
    assert (then.verdict, then.value, then.day) == ("confirmed", 1566, day("02-18"))
    assert (then.before_value, then.before_day) == (870, day("02-17"))
    assert "among 2 of 50 days on file; 48 missing" in then.words
    assert later.verdict == "not checkable"
    assert "doubted: at least 1,579 on 19 February 2022 in Donetsk region alone" in later.words
    assert situation(found, at="02-20", known="02-22").records[0].verdict == "passed"


# --- 7: a gap is no zero -------------------------------------------------------------------------------


def test_trap_7_a_missing_report_is_a_gap_and_none_is_a_zero() -> None:
    found = [*daily("2020-10-14", 0, 0), *daily("2020-10-16", 60, 3)]
    ends = {
        r.window_end[:10]: r.low
        for r in series(Held(found), asked())
        if r.region == "all" and r.measure == "ceasefire_violations"
    }
    assert ends == {"2020-10-13": 0, "2020-10-15": 63}
    line = situation(found, at="2020-10-15").totals[0]
    assert line.gaps == (day("2020-10-14"),)


def test_trap_7_an_outage_is_shown_as_missing_and_not_as_calm() -> None:
    missing = situation(FRIDAY, at="02-24").missing
    assert day("02-22") in missing.evenings
    assert [r for r in series(Held(FRIDAY), asked()) if r.low == 0] == []


# --- 8: a record states its basis ------------------------------------------------------------------------


def test_trap_8_a_record_says_among_how_many_days() -> None:
    query = Query(ceasefire=DONBAS, period=None, known=day("02-20"))
    (year,) = (
        r
        for r in records(Held([*THURSDAY, *FRIDAY]), query)
        if (r.region, r.measure, r.which, r.period, r.evenings)
        == ("all", "ceasefire_violations", "highest", "2022", 1)
    )
    assert (year.value, year.days, year.on_file, year.missing) == (1566, 49, 2, 47)
    assert year.words == (
        "1,566 on 18 February 2022: highest of 2022 among 2 of 49 days on file; 47 missing; "
        "before it 870 on 17 February 2022"
    )


# --- 9: running totals, exercises ------------------------------------------------------------------------


def test_trap_9_a_running_total_stands_beside_the_daily_counts() -> None:
    since = count(123, "Donetsk and Luhansk regions", window=("2020-07-27", None), running=True)
    found = [
        *daily("2020-07-31", 1, 0),
        *entries(report("smm-181b", "2020-07-31"), since),
    ]
    assert row(found, "2020-07-30").low == 1
    (total,) = (r for r in counts(Held(found), asked()) if r.value == 123)
    assert (total.window_start, total.window_end) == ("2020-07-27", None)
    assert [telling.relation for telling in total.tellings] == ["running total"]


def test_trap_9_a_running_total_is_read_as_one() -> None:
    text = (
        "OSCE Special Monitoring Mission to Ukraine (SMM)\nDaily Report 181/2020 issued on 31 July 2020\n\n"
        "Between the evenings of 29 and 30 July, the SMM recorded one ceasefire violation in Donetsk region "
        "and none in Luhansk region. Since 27 July 2020, the Mission has recorded 123 ceasefire violations "
        "in both regions.\n"
    )
    told = document(text, published="2020-07-31")
    found = {c.low: c.running for c in read_counts(told, annotate(told))}
    assert found == {1: False, 0: False, 123: True}


# --- 10: number words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("seven ceasefire violations", 7, 7),
        ("no ceasefire violations", 0, 0),
        ("1,566 ceasefire violations", 1566, 1566),
        ("at least 98 ceasefire violations", 98, None),
        ("more than 1,500 ceasefire violations", 1501, None),
        ("between 20 and 30 ceasefire violations", 20, 30),
        ("dozens of ceasefire violations", 24, None),
        ("some 40 ceasefire violations", 40, 40),
        ("as many as 90 ceasefire violations", None, 90),
        ("an undetermined explosion", 1, 1),
    ],
)
def test_trap_10_numbers_in_words_and_with_bounds(words: str, low: int | None, high: int | None) -> None:
    told = document(
        "Tarn Valley Monitoring Mission\nDaily Report, 16 May 2031\n\nIn Arda region the Mission recorded "
        f"{words} of the ceasefire." if "explosion" in words else
        "Tarn Valley Monitoring Mission\nDaily Report, 16 May 2031\n\nIn Arda region the Mission recorded "
        f"{words}. It watched the ceasefire.",
        published="2031-05-16",
    )  # fmt: skip
    (found,) = read_counts(told, annotate(told))
    assert (found.low, found.high) == (low, high)


# --- 11: rival counters -----------------------------------------------------------------------------------


def rivals(one: str, other: str) -> list[Entry]:
    window = ("2019-02-22", "2019-02-23")
    return press(
        "2019-02-23",
        count(9, "Syria", window=window, observer=Actor(name=one)),
        count(28, "Syria", window=window, observer=Actor(name=other)),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian side of the commission", "Turkish side of the commission"),
        ("Russian side of Russia-Turkey commission", "Turkish side of Russia-Turkey commission"),
        ("Russia", "Turkey"),
    ],
)
def test_trap_11_rival_counters_are_two_series_and_are_never_averaged(one: str, other: str) -> None:
    query = Query(ceasefire=SYRIA)
    found = series(Held(rivals(one, other)), query)
    assert {r.counter: (r.window_start, r.window_end, r.low, r.high) for r in found} == {
        "russian-part": ("2019-02-22", "2019-02-23", 9, 9),
        "turkish-part": ("2019-02-22", "2019-02-23", 28, 28),
    }
    sides = {r.counter: r for r in tallies(Held(rivals(one, other)), query)}
    (beside,) = sides["russian-part"].rivals
    assert (beside.counter, beside.low) == ("turkish-part", 28)
    assert {"counter", "definition"} <= set(beside.differ)


def accusers() -> list[Entry]:
    window = ("02-17", "02-17")
    jfo = count(29, None, window=window, observer=Actor(name="Joint Forces Operation"))
    lpr = count(29, "Luhansk region", window=window, observer=Actor(name="LPR"))
    return press("02-18", jfo, lpr)


def test_trap_11_the_same_number_with_opposite_accused_is_two_claims() -> None:
    found: dict[str | None, TallyRow] = {r.counter: r for r in tallies(Held(accusers()), asked())}
    jfo, lpr = found["jfo-violations"], found["lpr-jccc-violations"]
    assert (jfo.low, lpr.low) == (29, 29)
    assert (jfo.accused, lpr.accused) == (("armed formations",), ("Ukraine",))
    (beside,) = jfo.rivals
    assert "accused" in beside.differ
    assert "the same number of two counts" in beside.words
    rows_ = [r for r in counts(Held(accusers()), asked()) if r.value == 29]
    assert len({r.id for r in rows_}) == 2


# --- 12: a direction without a number -----------------------------------------------------------------------


def test_trap_12_a_direction_without_a_number_is_kept_and_compared() -> None:
    more = count(
        None,
        "Donetsk region",
        high=None,
        said_by=(voice("OSCE SMM"),),
        comparison=Comparison(relation="above", scope="previous day"),
    )
    found = [*THURSDAY, *FRIDAY, *press("02-19", more)]
    (kept,) = (r for r in counts(Held(found), asked()) if r.tellings[0].relation == "direction")
    assert (kept.low, kept.high, kept.region) == (None, None, "Donetsk region")
    (checked,) = (r for r in records(Held(found), asked()) if r.report == "wire-02-19")
    assert (checked.which, checked.verdict) == ("above", "not checkable")


# --- 18: the day of announcing ------------------------------------------------------------------------------


def test_trap_18_announced_on_saturday_makes_no_point_for_saturday() -> None:
    text = (
        "Observers of the OSCE announced on Saturday that they had recorded more than 1,500 ceasefire "
        "violations in eastern Ukraine in 24 hours, the highest number this year."
    )
    told = Report(
        id="wire", data=text.encode(), media_type="text/plain", origin="wire.txt", sha256="0" * 64,
        publisher="The Wire", published=day("02-20"),
    )  # fmt: skip
    claims = process(told).claims
    assert any(isinstance(claim, Count) and claim.low == 1501 for claim in claims)
    held = [*FRIDAY, *(Entry(claim=claim, report=told, recorded=RECORDED) for claim in claims)]
    totals = {
        r.window_end[:10]: r.low
        for r in series(Held(held), asked())
        if r.region == "all" and r.measure == "ceasefire_violations"
    }
    assert totals["2022-02-18"] == 1566
    assert "2022-02-19" not in totals
    one = observed(held, "all", "02-18")
    assert "wire" in {telling.report for telling in one.tellings}


def test_trap_18_a_ceasefire_is_no_zero_and_the_word_no_escalation() -> None:
    truce = Statement(
        evidence=(0, 1),
        said_by=(),
        speaker=(Actor(name="Ukraine"),),
        act="announce",
        form="indirect",
        about=(Actor(name="Russia"),),
    )
    calm = Incident(evidence=(5, 6), said_by=(), type="ceasefire violation", trend="down")
    held = press("02-19", truce, calm)
    assert series(Held(held), asked()) == []
    assert counts(Held(held), asked()) == []
