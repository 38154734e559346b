"""A publisher takes a report back: from that day on it counts no more, and what it said stays on file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.ledger.making import claims, document, report
from trucewatch.ledger import Ledger
from trucewatch.model import Issue, Report, Run, digest

FRIDAY, SATURDAY, SUNDAY = (dt.date(2022, 2, day) for day in (18, 19, 20))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


@pytest.fixture
def run(ledger: Ledger) -> Run:
    return ledger.begin(reader="rules/1")


def notice(name: str = "a", *, day: dt.date | None = SATURDAY, publisher: str | None = "Mission") -> Report:
    data = f"{name} is withdrawn".encode()
    made = report(name, publisher=publisher, published=day)
    return msgspec.structs.replace(made, data=data, sha256=digest(data), title="wrong valley", withdrawn=True)


def add(ledger: Ledger, run: Run, text: str = "Seven shots.", *, day: dt.date = FRIDAY) -> None:
    read = document(report(text=text, published=day))
    ledger.add(read, claims(read, "X"), run=run)


def told(ledger: Ledger, known: dt.date | None = None) -> list[str]:
    """The texts of the reports whose claims count."""
    return [ledger.text(entry.report.sha256) for entry in ledger.entries(known)]


def test_from_the_day_of_the_withdrawal_the_report_counts_no_more(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    assert ledger.withdraw(notice(), run=run) is True
    assert told(ledger, FRIDAY) == ["Seven shots."]
    assert told(ledger, SATURDAY) == told(ledger) == []
    assert [one.id for one in ledger.reports(FRIDAY)] == ["a"]
    assert ledger.reports(SATURDAY) == []
    assert ledger.report("Mission", "a") is None


def test_what_it_said_stays_on_file_as_a_version(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(), run=run)
    first, last = ledger.versions()
    assert (first.number, first.report.withdrawn, len(first.claims)) == (1, False, 1)
    assert (last.number, last.report.withdrawn, last.claims) == (2, True, ())
    assert last.report.title == "wrong valley"
    assert ledger.text(first.report.sha256) == "Seven shots."


def test_days_that_hold_only_the_report_do_not_bring_it_back(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(), run=run)
    assert ledger.entries(since=FRIDAY, until=FRIDAY) == []
    assert ledger.reports(since=FRIDAY, until=FRIDAY) == []


def test_all_readers_of_it_fall_silent(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    add(ledger, ledger.begin(reader="given: table.jsonl"))
    ledger.withdraw(notice(), run=run)
    assert ledger.entries() == []


def test_a_report_published_anew_counts_again(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(), run=run)
    add(ledger, run, "Eight shots.", day=SUNDAY)
    assert told(ledger, SATURDAY) == []
    assert told(ledger) == ["Eight shots."]


def test_reading_the_old_bytes_again_does_not_bring_it_back(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(), run=run)
    add(ledger, ledger.begin(reader="rules/2"))
    assert ledger.entries() == []


def test_a_withdrawal_is_recorded_once(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    assert [ledger.withdraw(notice(), run=run) for _ in "ab"] == [True, False]
    assert len(ledger.versions()) == 2


def test_one_without_a_date_counts_from_when_it_is_on_file(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(day=None), run=run)
    today = ledger.versions()[-1].recorded.date()
    assert told(ledger, today - dt.timedelta(days=1)) == ["Seven shots."]
    assert told(ledger, today) == []


@pytest.mark.parametrize(
    ("stranger", "named"),
    [
        (notice("b"), "report b of Mission is withdrawn, and is not on file"),
        (notice(publisher="Rival"), "report a of Rival is withdrawn, and is not on file"),
        (notice(publisher=None), "report a is withdrawn, and is not on file"),
    ],
)
def test_a_report_that_is_not_on_file_is_an_issue_that_names_it(
    ledger: Ledger, run: Run, stranger: Report, named: str
) -> None:
    add(ledger, run)
    issue = ledger.withdraw(stranger, run=run)
    assert isinstance(issue, Issue)
    assert (issue.message, issue.level) == (named, "warning")
    assert told(ledger) == ["Seven shots."]
    assert len(ledger.versions()) == 1


def test_a_withdrawal_cannot_be_withdrawn(ledger: Ledger, run: Run) -> None:
    add(ledger, run)
    ledger.withdraw(notice(), run=run)
    other = msgspec.structs.replace(notice("b"), id="b")
    assert isinstance(ledger.withdraw(other, run=run), Issue)
