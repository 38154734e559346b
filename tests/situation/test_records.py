"""The record check: highest, among which days, and what may stand above it."""

from __future__ import annotations

from tests.situation.making import count, daily, day, entries, examples, report
from trucewatch.catalog import ceasefire
from trucewatch.model import Entry
from trucewatch.situation import RecordCheck, assess

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
