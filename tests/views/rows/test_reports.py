"""The export of reports: every version that came, beside the one before it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.ledger.making import claims, document, report
from trucewatch import catalog
from trucewatch.ledger import Ledger
from trucewatch.model import digest
from trucewatch.views import exports
from trucewatch.views.query import Period, Query

FRIDAY, SATURDAY, SUNDAY = (dt.date(2022, 2, day) for day in (18, 19, 20))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A report of three versions: seven shots, nine shots, withdrawn; and one that stays."""
    with Ledger.open(tmp_path / "test.db") as opened:
        run = opened.begin(reader="rules/1")
        for name, text, day in (
            ("a", "Seven shots.", FRIDAY),
            ("b", "Rain in Donetsk.", FRIDAY),
            ("a", "Nine shots.", SATURDAY),
        ):
            read = document(report(name, text, published=day))
            opened.add(read, claims(read, "Russia" if name == "b" else "X"), run=run)
        notice = msgspec.structs.replace(
            report("a", "-", published=SUNDAY), data=b"gone", sha256=digest(b"gone")
        )
        opened.withdraw(msgspec.structs.replace(notice, withdrawn=True, title="wrong valley"), run=run)
        yield opened


def rows(ledger: Ledger, **asked: object) -> list[tuple[str, int, str]]:
    told = json.loads(exports.export("reports.json", ledger, Query(**asked)))  # type: ignore[arg-type]
    return [(row["report"], row["number"], row["kind"]) for row in told]


def test_there_is_a_row_for_each_version_report_by_report(ledger: Ledger) -> None:
    assert rows(ledger) == [
        ("a", 1, "first"),
        ("a", 2, "correction"),
        ("a", 3, "withdrawn"),
        ("b", 1, "first"),
    ]


def test_a_row_has_the_changed_words_and_the_reason(ledger: Ledger) -> None:
    told = list(csv.DictReader(io.StringIO(exports.export("reports.csv", ledger, Query()))))
    assert (told[1]["added"], told[1]["removed"], told[1]["words_added"]) == ("Nine", "Seven", "1")
    assert (told[2]["why"], told[2]["published"], told[2]["was"]) == (
        "wrong valley",
        "2022-02-20",
        "2022-02-19",
    )


def test_what_was_not_known_is_left_out(ledger: Ledger) -> None:
    assert rows(ledger, known=SATURDAY) == [("a", 1, "first"), ("a", 2, "correction"), ("b", 1, "first")]


def test_of_a_period_the_versions_that_came_in_it(ledger: Ledger) -> None:
    weekend = Period(start=SATURDAY, end=SUNDAY)
    assert rows(ledger, period=weekend) == [("a", 2, "correction"), ("a", 3, "withdrawn")]


def test_with_a_ceasefire_the_reports_that_are_about_it(ledger: Ledger) -> None:
    found = rows(ledger, ceasefire=catalog.ceasefire("donbas-2020"))
    assert ("a", 1, "first") not in found
    ledger.erase("a", by="A", reason="b")
    assert ("a", 1, "erased") in rows(ledger, ceasefire=catalog.ceasefire("donbas-2020"))


def test_a_ledger_without_reports_has_none(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.db") as ledger:
        assert rows(ledger) == []
