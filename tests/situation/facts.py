"""The public figures of the mission's daily reports, as an outsider may write them down as claims.

The table is not part of the project: tests that use it are passed over where it is absent.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.situation.making import RECORDED
from trucewatch.interchange import given
from trucewatch.model import Entry, Reading

FOLDER = Path("/work/shared/data/smm")
FACTS, SERIES = FOLDER / "smm_daily_facts.csv", FOLDER / "smm_daily_series.csv"
at_hand = pytest.mark.skipif(not SERIES.exists(), reason="the table of the mission's figures is not at hand")

Json = dict[str, Any]
MISSION = "OSCE Special Monitoring Mission to Ukraine"


class Row(NamedTuple):
    """One region of one window of one report."""

    number: str
    issued: dt.date
    start: dt.date
    end: dt.date
    region: str
    violations: int
    at_least: bool
    explosions: int | None
    previous: int | None
    label: str

    @property
    def hours(self) -> int:
        return 24 * (self.end - self.start).days


def table() -> list[Row]:
    with FACTS.open(encoding="utf8") as lines:
        return [
            Row(
                number=row["report_no"],
                issued=dt.date.fromisoformat(row["issued"]),
                start=dt.date.fromisoformat(row["period_start"][:10]),
                end=dt.date.fromisoformat(row["period_end"][:10]),
                region=row["region"],
                violations=int(row["violations"]),
                at_least=row["relation"] == "at_least",
                explosions=int(row["explosions"]) if row["explosions"] else None,
                previous=int(row["previous_violations"]) if row["previous_violations"] else None,
                label=row["previous_label"],
            )
            for row in csv.DictReader(lines)
        ]


def reports() -> list[list[Row]]:
    """The rows of each report together."""
    return [list(rows) for _, rows in itertools.groupby(table(), key=lambda row: row.number)]


class Wanted(NamedTuple):
    """A row of the series that the table yields."""

    day: str
    region: str
    value: int
    basis: str


def wanted() -> list[Wanted]:
    with SERIES.open(encoding="utf8") as lines:
        return [
            Wanted(row["day_ending_1930"], row["region"], int(row["violations"]), row["basis"])
            for row in csv.DictReader(lines)
        ]


# --- ways to write them down -----------------------------------------------------------------------

Way = Callable[[Row], Json]
Fields = Callable[[], Json]


def days(row: Row) -> Json:
    return {"time": {"start": row.start.isoformat(), "end": row.end.isoformat()}}


def one_day(row: Row) -> Json:
    """A single evening as its day alone; longer windows from day to day."""
    if row.hours > 24:
        return days(row)
    return {"time": {"start": row.end.isoformat(), "end": row.end.isoformat()}}


def clock(row: Row) -> Json:
    return {"window": {"start": f"{row.start}T19:30", "end": f"{row.end}T19:30"}}


def offset(row: Row) -> Json:
    return {"window": {"start": _offset(row.start), "end": _offset(row.end)}, **days(row)}


def utc(row: Row) -> Json:
    return {"window": {"start": _utc(row.start), "end": _utc(row.end)}}


def length(row: Row) -> Json:
    """Only how long it was: the window follows from the day of issue. Two windows in one report need days."""
    if (row.issued - row.end).days > 1:
        return days(row)
    return {"period": f"PT{row.hours}H"}


def observed() -> Json:
    return {"observer": {"name": MISSION}, "said_by": []}


def said() -> Json:
    return {"said_by": [{"source": "OSCE SMM", "cue": "recorded"}]}


def published() -> Json:
    return {"said_by": []}


def labelled(row: Row) -> Json:
    if row.label == "previous 24 hours":
        return {"period": "PT24H", "time": {"text": row.label}}
    return {"time": {"text": row.label}}


def bare(_: Row) -> Json:
    return {}


def ended(row: Row) -> Json:
    return {"time": {"start": row.start.isoformat(), "end": row.start.isoformat()}}


def evening(row: Row) -> Json:
    before = row.start - dt.timedelta(days=1)
    return {"window": {"start": f"{before}T19:30", "end": f"{row.start}T19:30"}}


def from_to(row: Row) -> Json:
    before = row.start - dt.timedelta(days=1)
    return {"time": {"start": before.isoformat(), "end": row.start.isoformat()}}


class Form(NamedTuple):
    """One way to write the table down."""

    when: Way
    who: Fields
    earlier: Way
    place: str
    publisher: str | None
    part: bool


def told(
    when: Way,
    *,
    who: Fields = observed,
    earlier: Way = bare,
    place: str = "{} region",
    publisher: str | None = "OSCE SMM",
    part: bool = True,
) -> list[Json]:
    """The table as lines of claims, one report each."""
    form = Form(when, who, earlier, place, publisher, part)
    return [_line(rows, form) for rows in reports()]


def entries(lines: list[Json]) -> list[Entry]:
    """The lines as they come in through the interchange form."""
    found: list[Entry] = []
    for read in given((json.dumps(line).encode() for line in lines), name="facts.jsonl"):
        assert isinstance(read, Reading), read
        found += [Entry(claim=c, report=read.document.report, recorded=RECORDED) for c in read.claims]
    return found


def _line(rows: list[Row], form: Form) -> Json:
    spans = itertools.count()
    claims = [claim for row in rows for claim in _claims(row, form, spans)]
    number, issued = rows[0].number, rows[0].issued
    about: Json = {
        "id": f"smm-{number}",
        "publisher": form.publisher,
        "published": issued.isoformat(),
        "title": f"OSCE Special Monitoring Mission to Ukraine (SMM) Daily Report {number} "
        f"issued on {issued.day} {issued:%B %Y}",
    }
    return {"report": about, "claims": claims}


def _claims(row: Row, form: Form, spans: Iterator[int]) -> Iterator[Json]:
    whole, place = f"{row.number}-{row.region}-{row.end}", form.place.format(row.region)
    high = None if row.at_least else row.violations
    yield _count(row.violations, high, place, spans) | form.who() | form.when(row) | {"id": whole}
    if row.explosions is not None:
        about = {"part_of": whole} if form.part else form.when(row)
        bangs = _count(row.explosions, row.explosions, place, spans)
        yield bangs | form.who() | about | {"measure": "explosions"}
    if row.previous is not None:
        before = _count(row.previous, row.previous, place, spans)
        yield before | form.who() | form.earlier(row) | {"previous": True}


def _count(low: int, high: int | None, place: str, spans: Iterator[int]) -> Json:
    at = next(spans)
    return {
        "kind": "count",
        "evidence": [at, at + 1],
        "measure": "ceasefire_violations",
        "low": low,
        "high": high,
        "place": {"text": place, "name": place},
    }


def _offset(day: dt.date) -> str:
    return f"{day}T19:30{'+03:00' if 4 <= day.month <= 9 or (day.month == 10 and day.day < 25) else '+02:00'}"


def _utc(day: dt.date) -> str:
    hour = 19 - int(_offset(day)[-4])
    return f"{day}T{hour}:30:00Z"
