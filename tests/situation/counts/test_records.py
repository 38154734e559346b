"""The record check: highest, among which days, and what may stand above it."""

from __future__ import annotations

from tests.situation.making import count, daily, day, entries, examples, press, report
from tests.situation.shelf import Held
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Comparison, Entry
from trucewatch.situation import RecordCheck, assess
from trucewatch.views import render
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.records import RecordRow, rows

DONBAS = ceasefire("donbas-2020")


def check(found: list[Entry], at: str, known: str | None = None) -> RecordCheck:
    return assess(found, DONBAS, at=day(at), known=day(known) if known else None).records[0]


def test_the_highest_is_checked_among_the_days_on_file() -> None:
    record = check([*daily("02-18", 222, 648), *daily("02-19", 591, 975)], "02-18")
    assert record.verdict == "highest on file"
    assert (record.days, record.on_file, record.missing) == (49, 2, 47)
    assert record.highest is not None
    assert record.highest.low == 1566
    assert record.before is not None
    assert (record.before.low, record.before.end) == (870, day("02-17"))


def test_without_gaps_it_is_the_highest_of_all_days() -> None:
    found = [*daily("2022-01-02", 1, 1), *daily("2022-01-04", 2, 2, before=(1, 2))]
    found = [entry for entry in found if entry.report.id]
    record = check([*found, *daily("2022-01-03", 1, 2, window=("2022-01-01", "2022-01-02"))], "2022-01-03")
    assert (record.verdict, record.missing) == ("highest of all days", 0)


def test_two_equal_days_are_tied() -> None:
    assert check([*daily("02-17", 5, 5), *daily("02-18", 4, 6)], "02-17").verdict == "tied"


def test_an_empty_ledger_has_nothing_on_file() -> None:
    record = check([], "02-20")
    assert (record.verdict, record.highest, record.on_file) == ("nothing on file", None, 0)


def test_a_window_of_several_evenings_is_no_record_but_may_hide_one() -> None:
    record = check([*daily("02-19", 591, 975), *daily("02-21", 2158, 900)], "02-20")
    assert record.highest is not None
    assert record.highest.low == 1566
    assert [(point.low, point.evenings) for point in record.may_hide] == [(3058, 2)]


def test_a_window_below_the_record_hides_nothing() -> None:
    record = check([*daily("02-19", 591, 975), *daily("02-21", 100, 100)], "02-20")
    assert record.may_hide == ()


def test_on_20_february_the_record_stands_and_two_days_later_it_may_not() -> None:
    found = examples().entries()
    then, later = check(found, "02-20", known="02-20"), check(found, "02-20", known="02-22")
    assert (then.verdict, later.verdict) == ("highest on file", "passed")
    assert then.highest == later.highest or (then.highest and later.highest and later.highest.low == 1566)
    assert [(point.end, point.low) for point in later.passed_by] == [(day("02-19"), 1579)]


def test_the_evening_whose_report_is_not_due_yet_is_not_missing() -> None:
    record = check(daily("02-19", 591, 975), "02-20", known="02-20")
    assert record.last == day("02-18")


def test_a_later_day_does_not_count_towards_an_earlier_one() -> None:
    found = [*daily("02-19", 591, 975), *daily("02-23", 528, 1182)]
    record = check(found, "02-20")
    assert record.highest is not None
    assert record.highest.low == 1566


def test_the_year_before_is_another_scope() -> None:
    found = [*daily("2021-12-02", 3000, 3000), *daily("02-19", 591, 975)]
    record = check(found, "02-20")
    assert record.highest is not None
    assert (record.scope, record.highest.low) == ("2022", 1566)


def test_a_bound_above_the_record_passes_it() -> None:
    told = report("smm-b", "02-17")
    found = [*daily("02-16", 5, 5), *entries(told, count(98, "Donetsk region", high=None))]
    record = check(found, "02-16")
    assert (record.verdict, [point.low for point in record.passed_by]) == ("passed", [98])


# --- any period, lows, windows of several evenings ---------------------------------------------------


def records(found: list[Entry], period: Period | None = None, known: str | None = None) -> list[RecordRow]:
    query = Query(ceasefire=DONBAS, period=period, known=day(known) if known else None)
    return [row for row in rows(Held(found), query) if row.measure == "ceasefire_violations"]


def of_all(found: list[RecordRow], which: str, evenings: int = 1) -> RecordRow:
    (one,) = (r for r in found if (r.region, r.which, r.evenings) == ("all", which, evenings) and not r.claim)
    return one


WEEK = [
    *daily("02-16", 20, 5),
    *daily("02-17", 189, 402),
    *daily("02-18", 222, 648),
    *daily("02-19", 591, 975),
]


def test_the_record_of_a_month_and_of_any_two_days() -> None:
    month = of_all(records(WEEK, Period.of("2022-02"), known="02-20"), "highest")
    assert (month.period, month.value, month.days, month.on_file, month.missing) == (
        "2022-02",
        1566,
        18,
        4,
        14,
    )
    between = Period(start=day("02-15"), end=day("02-17"))
    days = of_all(records(WEEK, between), "highest")
    assert (days.value, days.day, days.days, days.missing) == (870, day("02-17"), 3, 0)
    assert days.verdict == "highest of all days"
    assert days.words == (
        "870 on 17 February 2022: highest of 2022-02-15 to 2022-02-17 among all 3 days; "
        "before it 591 on 16 February 2022"
    )


def test_the_lowest_is_told_with_the_lowest_before_it() -> None:
    low = of_all(records(WEEK, Period.of("2022-02")), "lowest")
    assert (low.value, low.day, low.before_value) == (25, day("02-15"), None)
    later = Period(start=day("02-16"), end=day("02-18"))
    rising = of_all(records([*WEEK, *daily("02-15", 2, 3)], later), "lowest")
    assert (rising.value, rising.verdict) == (591, "lowest of all days")


def test_a_day_asks_for_its_year_its_month_and_all_since_the_ceasefire_began() -> None:
    found = records(WEEK, Period.of("2022-02-20"))
    assert {row.period for row in found} == {"2022", "2022-02", "since 2020-07-27"}


def test_without_a_period_every_year_on_file_is_told() -> None:
    found = records([*daily("2021-12-02", 30, 3), *WEEK])
    assert {row.period for row in found} == {"2021", "2022", "since 2020-07-27"}


def test_two_evenings_are_compared_with_two_evenings_alone() -> None:
    found = [*WEEK, *daily("02-14", 500, 500), *daily("02-21", 2158, 900)]
    two = of_all(records(found, Period.of("2022-02")), "highest", evenings=2)
    assert (two.value, two.day, two.on_file, two.missing) == (3058, day("02-20"), 2, None)
    assert two.words == (
        "3,058 between the evenings of 18 and 20 February 2022: highest of 2022-02 among 2 windows of 2 "
        "evenings on file; before it 1,000 between the evenings of 11 and 13 February 2022"
    )
    one = of_all(records(found, Period.of("2022-02")), "highest")
    assert (one.value, one.verdict) == (1566, "highest on file")
    assert "3,058 between the evenings of 18 and 20 February 2022 has room for a day beyond it" in one.words


def test_a_window_whose_mean_is_higher_has_surely_passed_the_record() -> None:
    record = of_all(records([*WEEK, *daily("02-21", 2158, 1400)], Period.of("2022-02")), "highest")
    assert record.verdict == "passed"


def test_what_the_known_evenings_leave_of_a_window_is_what_may_hide() -> None:
    found = [*WEEK, *daily("02-21", 1000, 900), *daily("02-20", 300, 300)]
    record = of_all(records(found, Period.of("2022-02")), "highest")
    assert record.value == 1566
    assert "room" not in record.words


def test_regions_and_explosions_have_records_of_their_own() -> None:
    found = rows(Held(daily("02-19", 591, 975, bangs=(553, 860))), Query(ceasefire=DONBAS))
    told = {
        (r.region, r.measure, r.counter): r.value
        for r in found
        if r.which == "highest" and r.period == "2022"
    }
    assert told["Luhansk region", "explosions", "smm-explosions"] == 860
    assert told["all", "explosions", "smm-explosions"] == 1413


def test_a_counter_without_figures_has_no_record() -> None:
    assert records([]) == []


def test_the_sitrep_says_what_a_reports_superlative_is_worth() -> None:
    told = count(
        1501, "eastern Ukraine", high=None, comparison=Comparison(relation="highest", scope="this year")
    )
    situation = assess([*WEEK, *press("02-20", told)], DONBAS, at=day("02-20"), known=day("02-20"))
    (checked,) = situation.superlatives
    assert (checked.verdict, checked.claims[0]) == ("confirmed", checked.claim)
    text = " ".join(render(situation, shape="text", text_of=lambda sha: "").split())
    assert (
        "The Wire calls the figure of 1,566 for 18 February the highest (this year), as known on "
        "20 February: confirmed among 4 of 50 days on file; 46 missing; before it 870 on 17 February 2022."
    ) in text


def test_a_partys_count_is_its_own_word_in_the_sitrep() -> None:
    party = count(12, None, window=("02-18", "02-18"), observer=Actor(name="Joint Forces Operation"))
    situation = assess([*WEEK, *press("02-19", party)], DONBAS, at=day("02-20"))
    text = " ".join(render(situation, shape="text", text_of=lambda sha: "").split())
    assert (
        "The JFO says that it counted 12 ceasefire violations, which it attributes to armed formations, "
        "on 18 February 2022"
    ) in text
