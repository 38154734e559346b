"""Real tables give the totals that Python's csv and json give, row for row."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from trucewatch import tables
from trucewatch.model import Count, Incident, Issue, Reading

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
HERE = Path(__file__).parent
UCDP = ("ucdp-ged-samples/ucdpged.csv", "ucdp-ged-ukraine/ged_ukraine_flat.csv")
DAILY = ("casualties_daily", "west_bank_daily", "lebanon_casualties_daily")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real tables are not at {DATA}")


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def objects_of(name: str) -> list[dict[str, int]]:
    found: list[dict[str, int]] = json.loads((DATA / "palestine-daily" / f"{name}.json").read_bytes())
    return found


def read(name: str, by: str | None = None) -> tuple[list[Reading], list[Issue]]:
    path = DATA / name
    met = list(tables.read(path, tables.load(HERE / by) if by else tables.mapping_of(path)))
    readings = [one for one in met if isinstance(one, Reading)]
    return readings, [one for one in met if isinstance(one, Issue)]


def counts(readings: list[Reading]) -> list[Count]:
    return [claim for reading in readings for claim in reading.claims if isinstance(claim, Count)]


def cells_of(readings: list[Reading], column: str) -> Iterator[Count]:
    """The counts that stand on the cells of one column."""
    for reading in readings:
        for claim in reading.claims:
            words = reading.document.words(claim.evidence)
            if isinstance(claim, Count) and words.startswith(f"{column}: ") and "\n" not in words:
                yield claim


def total(readings: list[Reading], column: str) -> float:
    return sum(count.low or 0 for count in cells_of(readings, column))


@pytest.mark.parametrize("name", UCDP)
def test_the_deaths_of_ucdp_are_those_of_the_file(name: str) -> None:
    rows, (readings, issues) = rows_of(name), read(name)
    assert len(readings) == len(rows)
    for column in ("best", "deaths_a", "deaths_b", "deaths_civilians"):
        assert total(readings, column) == sum(float(row[column] or 0) for row in rows)
        assert sum(1 for _ in cells_of(readings, column)) == sum(bool(row[column]) for row in rows)
    above = [row for row in rows if row["low"] and float(row["low"]) > float(row["high"])]
    assert len(issues) == len(above)
    ranges = [
        count for count in counts(readings) if count.definition == "lowest and highest reliable estimate"
    ]
    assert sum(count.high or 0 for count in ranges) == sum(
        float(row["high"] or 0) for row in rows if row not in above
    )


@pytest.mark.parametrize("name", UCDP)
def test_each_event_of_ucdp_is_an_incident_of_its_type(name: str) -> None:
    rows, (readings, _) = rows_of(name), read(name)
    found = [claim for reading in readings for claim in reading.claims if isinstance(claim, Incident)]
    wanted = Counter("attack" if row["type_of_violence"].startswith("3") else "clash" for row in rows)
    assert Counter(incident.type for incident in found) == wanted
    assert {incident.type for incident in found if incident.perpetrator} <= {"attack"}


@pytest.mark.parametrize("name", DAILY)
def test_the_daily_series_has_a_report_for_each_row(name: str) -> None:
    readings, _ = read(f"palestine-daily/{name}.json")
    days = [row["report_date"] for row in objects_of(name)]
    assert [str(reading.document.report.published) for reading in readings] == days


@pytest.mark.parametrize(
    "column", ["killed", "injured", "killed_truce_new", "killed_recovered", "killed_succumbed"]
)
def test_the_daily_figures_of_gaza_are_those_of_the_file(column: str) -> None:
    readings, _ = read("palestine-daily/casualties_daily.json")
    rows = objects_of("casualties_daily")
    told = [row for row in rows if column in row and (row["report_period"] or row[column])]
    assert total(readings, column) == sum(row.get(column, 0) for row in rows)
    periods = Counter(count.period for count in cells_of(readings, column))
    assert periods == Counter(f"PT{row['report_period']}H" if row["report_period"] else None for row in told)


def test_a_fall_of_a_running_total_of_gaza_is_told_and_both_stay() -> None:
    readings, issues = read("palestine-daily/casualties_daily.json")
    assert [count.low for count in cells_of(readings, "killed_women_cum") if count.low in (967, 1000)]
    assert {issue.level for issue in issues} == {"warning"}
    assert any("'killed_women_cum': the running total falls from 1,000" in issue.message for issue in issues)
    assert all((count.low or 0) >= 0 for count in counts(readings))


def test_the_periods_of_lebanon_are_as_long_as_they_were() -> None:
    readings, issues = read("palestine-daily/lebanon_casualties_daily.json")
    rows = objects_of("lebanon_casualties_daily")
    assert issues == []
    assert total(readings, "killed") == sum(row.get("killed", 0) for row in rows)
    assert Counter(count.period for count in cells_of(readings, "killed")) == Counter(
        f"PT{row['report_period']}H" for row in rows if "killed" in row
    )
    assert total(readings, "killed_cum_reported") == sum(row["killed_cum_reported"] for row in rows)


def test_the_west_bank_has_what_was_verified_and_what_was_reported() -> None:
    readings, _ = read("palestine-daily/west_bank_daily.json")
    rows = objects_of("west_bank_daily")
    verified = sum(row.get("verified", {}).get("killed", 0) for row in rows)  # type: ignore[attr-defined,call-overload]
    assert total(readings, "verified.killed") == verified
    told = [row["killed_cum"] for row in rows if row["flash_source"] == "un"]  # type: ignore[comparison-overlap]
    assert [count.low for count in cells_of(readings, "killed_cum")] == told


def test_the_mission_s_facts_are_counts_of_its_reports() -> None:
    rows, (readings, issues) = rows_of("smm/smm_daily_facts.csv"), read("smm/smm_daily_facts.csv", "smm.yml")
    assert issues == []
    assert len(readings) == len({row["report_no"] for row in rows})
    for column in ("violations", "explosions", "previous_violations"):
        assert total(readings, column) == sum(int(row[column] or 0) for row in rows)
    assert [
        count.high for count in cells_of(readings, "violations") if count.low == 98 and not count.high
    ] == [None]
    bangs = list(cells_of(readings, "explosions"))
    wholes = {count.id for count in cells_of(readings, "violations")}
    assert {bang.part_of for bang in bangs} <= wholes
    assert len(bangs) == sum(bool(row["explosions"]) for row in rows)
    before = [count for count in counts(readings) if count.previous]
    assert {count.time.text for count in before if count.time} == {row["previous_label"] for row in rows} - {
        ""
    }


def test_a_monthly_series_stays_monthly_and_is_its_claimant_s_word() -> None:
    name = "claims-facts/loc_india_parliament_monthly.csv"
    rows, (readings, issues) = rows_of(name), read(name, "loc.yml")
    found = counts(readings)
    assert issues == []
    assert sum(count.low or 0 for count in found) == sum(int(row["violations"]) for row in rows)
    months = [f"{row['year']}-{int(row['month']):02}" for row in rows]
    assert [(count.time.start, count.time.end) for count in found if count.time] == [(m, m) for m in months]
    assert {voice.source for count in found for voice in count.said_by} == {row["claimant"] for row in rows}
    assert {count.definition for count in found} == {"violations of which it accuses Pakistan"}
    assert [count.low for count in found if count.low == 0] == [0]


def test_months_that_were_counted_by_others_are_read_too(tmp_path: Path) -> None:
    by = tmp_path / "media.yml"
    by.write_text(
        "{id: media, name: Media counts, publisher: Media, report: {id: [Month_wise]}, "
        "time: {at: {column: Month_wise}}, "
        "counts: [{measure: ceasefire_violations, figure: {column: Total_cfv}}]}"
    )
    rows = rows_of("loc-ceasefire/cfv.csv")
    found = counts(
        [
            one
            for one in tables.read(DATA / "loc-ceasefire/cfv.csv", tables.load(by))
            if isinstance(one, Reading)
        ]
    )
    assert [(count.time and count.time.start, count.low) for count in found] == [
        (row["Month_wise"], int(row["Total_cfv"])) for row in rows
    ]


def test_rivals_on_the_same_days_are_two_claims() -> None:
    name = "claims-facts/other_claims.csv"
    rows, (readings, issues) = rows_of(name), read(name, "rivals.yml")
    found = counts(readings)
    assert (len(found), issues) == (len(rows), [])
    same = [(c.low, c.said_by[0].source) for c in found if c.time and c.time.end == "2019-02-23"]
    assert sorted(same) == [
        (9, "Russian side of Russia-Turkey commission"),
        (28, "Turkish side of Russia-Turkey commission"),
    ]
    bounds = {"exact": (0, 0), "about": (0, 0), "at_least": (0, None), "more_than": (1, None)}
    wanted = [(int(row["value"]), *bounds[row["relation"]]) for row in rows]
    assert [(count.low, count.high) for count in found] == [
        (value + low, None if high is None else value) for value, low, high in wanted
    ]
    eleven = next(count for count in found if count.window)
    assert (eleven.low, eleven.window and eleven.window.end) == (29, "2022-02-17T11:00")


def test_a_party_s_tallies_are_the_file_s_and_what_cannot_be_read_is_named() -> None:
    name = "ukraine-missile-attacks/missile_attacks_daily.csv"
    rows, (readings, issues) = rows_of(name), read(name, "launches.yml")
    bad = {int(issue.origin.rpartition(" ")[2]) for issue in issues}
    assert all("is no date of the format iso" in issue.message for issue in issues)
    kept = [row for number, row in enumerate(rows, start=2) if number not in bad]
    assert total(readings, "launched") == sum(float(row["launched"] or 0) for row in kept)
    assert total(readings, "destroyed") == sum(float(row["destroyed"] or 0) for row in kept)
    assert len(readings) == len({row["source"] for row in rows})
