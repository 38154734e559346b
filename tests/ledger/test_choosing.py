"""Some days of a ledger: the same as all of it, with the other days left out."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.making import document, report
from trucewatch.ledger import Ledger, choosing, current
from trucewatch.ledger import ledger as ledger_module
from trucewatch.ledger.choosing import Days
from trucewatch.ledger.tables import CLAIMS, DOCUMENTS, REPORTS
from trucewatch.model import Actor, AnyClaim, Count, Document, Entry, Incident, Issue, Report, Time, digest
from trucewatch.model.checks import identify
from trucewatch.situation.days import closing as last_day

DAYS = st.dates(dt.date(2022, 2, 18), dt.date(2022, 2, 22))
MAYBE = st.none() | DAYS
MOMENTS = st.none() | DAYS.map(lambda day: dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC))
KINDS = st.none() | st.sets(st.sampled_from(["count", "incident", "contact"]))
MEASURES = st.none() | st.sets(st.sampled_from(["killed", "explosions", "shots"]))
TOLD = ("id", "publisher", "published", "title", "language", "url", "media_type", "origin", "sha256")


class Step(NamedTuple):
    """One report taken in: by which reader (None: kept unread), on which day, with which claims.

    The reader ``withdrawn`` takes in that the publisher took it back.
    """

    report: Report
    reader: str | None
    taken: dt.date
    claims: tuple[int, ...]


STEPS = st.lists(
    st.builds(
        Step,
        report=st.builds(
            lambda name, text, publisher, published: report(
                name, text, publisher=publisher, published=published
            ),
            st.sampled_from("ab"),
            st.sampled_from(["One.", "Two."]),
            st.sampled_from([None, "Lusa", "EFE"]),
            st.none() | DAYS,
        ),
        reader=st.sampled_from([None, "rules/1", "rules/2", "given: a.jsonl", "given: b.jsonl", "withdrawn"]),
        taken=DAYS,
        claims=st.sets(st.integers(0, 5)).map(lambda numbers: tuple(sorted(numbers))),
    ),
    max_size=12,
)


ENDS = (None, "2022", "2022-02", "2022-02-19", "2022-02-21", "2022-03")


def made(number: int, of: Document) -> AnyClaim:
    """A claim of a report: even numbers are counts, of two measures, odd ones incidents; some have an end."""
    time = Time(end=ENDS[number]) if ENDS[number] else None
    common = {"evidence": (0, 1), "said_by": (), "time": time}
    claim: AnyClaim = (
        Incident(**common, type="clash", target=(Actor(name='"measure":"killed"'),))
        if number % 2
        else Count(**common, measure="killed" if number % 4 else "explosions", low=number, high=number)
    )
    return msgspec.structs.replace(claim, id=identify(claim, report_id=of.report.id))


def withdrawn(of: Report) -> Report:
    """The notice that a report was taken back on the day it bears."""
    data = b"gone: " + of.data
    return msgspec.structs.replace(of, data=data, sha256=digest(data), withdrawn=True)


def fill(ledger: Ledger, steps: list[Step]) -> None:
    for step in steps:
        moment = dt.datetime.combine(step.taken, dt.time(23, 30), tzinfo=dt.UTC)
        with mock.patch.object(ledger_module, "_now", lambda moment=moment: moment):
            run = ledger.begin(reader=step.reader or "rules/1")
            read = document(step.report)
            if step.reader == "withdrawn":
                ledger.withdraw(withdrawn(step.report), run=run)
            elif step.reader is None:
                ledger.keep(step.report, run=run, why=Issue(origin="o", message="not read"))
            else:
                ledger.add(read, [made(number, read) for number in step.claims], run=run)


# --- the long way: everything is loaded, current.py weighs all of it, then days and kinds are left out -----


class Everything(NamedTuple):
    """All rows of a ledger."""

    versions: list[current.VersionRow]
    readings: list[current.ReadingRow]
    claims: list[sa.RowMapping]
    reports: dict[int, Report]


def everything(ledger: Ledger, recorded: dt.datetime | None) -> Everything:
    """All rows that were on file at a moment."""
    with ledger._engine.connect() as connection:
        reports = connection.execute(sa.select(REPORTS)).mappings().all()
        read = connection.execute(sa.select(DOCUMENTS)).mappings().all()
        order = (CLAIMS.c.document, CLAIMS.c.position)
        joined = sa.select(CLAIMS, DOCUMENTS.c.report, DOCUMENTS.c.recorded).join(DOCUMENTS)
        claims = connection.execute(joined.order_by(*order)).mappings().all()
    reports, read, claims = (
        [row for row in rows if recorded is None or row["recorded"] <= recorded]
        for rows in (reports, read, claims)
    )
    on_file = {row["seq"] for row in reports}
    read = [row for row in read if row["report"] in on_file]
    names = ("seq", "sha256", "published", "recorded", "withdrawn")
    return Everything(
        [
            current.VersionRow(key=(row["publisher"], row["id"]), **{name: row[name] for name in names})
            for row in reports
        ],
        [current.ReadingRow(seq=row["seq"], report=row["report"], reader=row["reader"]) for row in read],
        list(claims),
        {row["seq"]: Report(data=b"", **{name: row[name] for name in TOLD}) for row in reports},
    )


def all_entries(
    ledger: Ledger, known: dt.date | None, days: Days | None = None
) -> Iterator[tuple[current.VersionRow, Entry]]:
    """The entries of the readings that count, of those in the days; the same claim of a report once."""
    on_file = everything(ledger, days.recorded if days else None)
    versions = {v.seq: v for v in on_file.versions if current.known_by(v, known)}
    chosen = set(current.current_readings(versions.values(), on_file.readings))
    seen = set()
    for row in on_file.claims:
        version = versions.get(row["report"])
        if not version or (days and not days.hold(version.published, version.recorded.date())):
            continue
        if row["document"] in chosen and (version.key, row["id"]) not in seen:
            seen.add((version.key, row["id"]))
            claim = msgspec.json.decode(row["body"], type=AnyClaim)
            told = on_file.reports[version.seq]
            yield version, Entry(claim=claim, report=told, recorded=row["recorded"])


def all_reports(
    ledger: Ledger, known: dt.date | None, recorded: dt.datetime | None = None
) -> Iterator[tuple[current.VersionRow, Report]]:
    on_file = everything(ledger, recorded)
    read = {reading.report for reading in on_file.readings}
    read_bytes = {(on_file.reports[seq].id, on_file.reports[seq].sha256) for seq in read}
    counting = {
        version.seq: version
        for version in on_file.versions
        if current.known_by(version, known)
        and (version.seq in read or version.withdrawn or (version.key[1], version.sha256) not in read_bytes)
    }
    for seq in current.current_reports(counting.values()):
        yield counting[seq], on_file.reports[seq]


def lies(version: current.VersionRow, days: Days) -> bool:
    day = version.published or version.recorded.date()
    return (days.since or day) <= day <= (days.until or day)


def is_asked(
    claim: AnyClaim, *, kinds: set[str] | None, measures: set[str] | None, due: dt.date | None
) -> bool:
    ends = last_day(claim.time.end) if claim.time else None
    return (
        (kinds is None or claim.kind in kinds)
        and (measures is None or not isinstance(claim, Count) or claim.measure in measures)
        and (due is None or (ends is not None and ends >= due))
    )


@settings(max_examples=120, deadline=None)
@given(
    steps=STEPS,
    days=st.builds(Days, known=MAYBE, since=MAYBE, until=MAYBE, undated=st.booleans(), recorded=MOMENTS),
    asked=st.fixed_dictionaries({"kinds": KINDS, "measures": MEASURES, "due": MAYBE}),
)
def test_some_days_of_a_ledger_are_all_of_it_with_the_other_days_left_out(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[Step],
    days: Days,
    asked: dict[str, Any],
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("days") / "test.db") as ledger:
        fill(ledger, steps)
        known, since, until = days.known, days.since, days.until
        shelf = ledger.as_of(days.recorded) if days.recorded else ledger
        assert shelf.entries(known, since=since, until=until, undated=days.undated, **asked) == [
            entry
            for version, entry in all_entries(ledger, known, days)
            if lies(version, days) and (version.published is None or not days.undated)
            if is_asked(entry.claim, **asked)
        ]
        assert shelf.reports(known, since=since, until=until) == [
            told for version, told in all_reports(ledger, known, days.recorded) if lies(version, days)
        ]
        assert [shelf.report(told.publisher, told.id) for told in shelf.reports()] == shelf.reports()


@pytest.mark.parametrize("order", [1, -1], ids=["the old one first", "the new one first"])
def test_a_report_whose_newer_version_lies_outside_the_days_is_not_shown_by_its_old_one(
    tmp_path: Path, order: int
) -> None:
    early, late = report(text="Old.", published=dt.date(2022, 2, 18)), report(text="New.")
    with Ledger.open(tmp_path / "test.db") as ledger:
        fill(ledger, [Step(one, "rules/1", dt.date(2022, 2, 20), (1,)) for one in (early, late)[::order]])
        day = dt.date(2022, 2, 18)
        assert ledger.entries(since=day, until=day) == []
        assert ledger.reports(since=day, until=day) == []
        assert [entry.report.sha256 for entry in ledger.entries(day, since=day, until=day)] == [early.sha256]


def test_more_readings_than_one_batch_come_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_BATCH", 2)
    steps = [Step(report(str(n), str(n)), "rules/1", dt.date(2022, 2, 20), (1, 2)) for n in range(5)]
    with Ledger.open(tmp_path / "test.db") as ledger:
        fill(ledger, steps)
        assert [entry.report.id for entry in ledger.entries()] == [name for name in "01234" for _ in "ab"]
        assert [one.id for one in ledger.reports()] == list("01234")


def test_a_report_is_found_by_publisher_and_id(tmp_path: Path) -> None:
    steps = [Step(report(publisher=name), "rules/1", dt.date(2022, 2, 20), ()) for name in (None, "Lusa")]
    with Ledger.open(tmp_path / "test.db") as ledger:
        fill(ledger, steps)
        assert [ledger.report(name, "a") for name in (None, "Lusa")] == ledger.reports()
        assert ledger.report("EFE", "a") is None
        assert ledger.report(None, "b") is None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM reports WHERE published BETWEEN ? AND ?", "ix_reports_published_recorded"),
        ("SELECT * FROM reports WHERE published IS NULL AND recorded >= ?", "ix_reports_published_recorded"),
        ("SELECT * FROM reports WHERE id = ? AND publisher = ?", "ix_reports_id_publisher"),
        ("SELECT * FROM claims WHERE document = ? AND kind = ?", "ix_claims_document_kind_position"),
        ("SELECT * FROM claims WHERE id >= ? AND id < ?", "ix_claims_id"),
        ("SELECT * FROM claims WHERE json_extract(body, '$.time.end') >= ?", "ix_claims_ends_kind"),
        ("SELECT * FROM reports WHERE withdrawn IS 1", "ix_reports_withdrawn"),
        ("SELECT * FROM erasures WHERE sha256 = ?", "ix_erasures_sha256"),
        ("SELECT * FROM issues WHERE report IS ? AND origin = ?", "ix_issues_"),
    ],
)
def test_no_question_walks_through_the_whole_ledger(tmp_path: Path, query: str, index: str) -> None:
    with Ledger.open(tmp_path / "test.db") as ledger, closing(sqlite3.connect(ledger.path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", ["x"] * query.count("?")).fetchall()
        assert index in plan[0][3]
