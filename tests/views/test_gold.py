"""Reviewed reports come out as gold, in the form that scoring and training read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tests.eval import sets
from tests.eval.scoring import score
from tests.ledger.test_reviews import DEAD, KEY, TEXT, WHO, dead, read, statement
from trucewatch.cli import main
from trucewatch.ledger import Ledger
from trucewatch.views.exports import export
from trucewatch.views.gold import golds, write
from trucewatch.views.query import Query


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


def complete(ledger: Ledger) -> None:
    ledger.review("complete", report=KEY, **WHO)


def gold(ledger: Ledger, folder: Path) -> dict[str, object]:
    write(list(golds(ledger)), folder)
    told: dict[str, object] = json.loads((folder / "a.gold.json").read_text())
    return told


def test_gold_has_the_report_and_its_claims_without_ids_and_readers(ledger: Ledger, tmp_path: Path) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    complete(ledger)
    told = gold(ledger, tmp_path / "gold")
    assert told["claims"] == [
        {"kind": "count", "evidence": list(DEAD), "said_by": [], "measure": "killed", "low": 9, "high": 9}
    ]
    report = told["report"]
    assert isinstance(report, dict)
    assert (report["id"], report["publisher"], report["published"]) == ("a", "Mission", "2022-02-20")
    assert (tmp_path / "gold" / "a.txt").read_text() == TEXT


def test_what_was_read_can_be_scored_against_it(ledger: Ledger, tmp_path: Path) -> None:
    first, second = read(ledger, statement(), dead())
    ledger.review("correct", [first], gives=[statement(act="announce")], **WHO)
    ledger.review("accept", [second], **WHO)
    complete(ledger)
    gold(ledger, tmp_path / "gold")
    as_read = json.loads(msgspec.json.encode([dead(), statement()]))
    scored = score(sets.load(tmp_path / "gold"), {"a": as_read})
    assert (scored.reports, scored.defects, scored.kinds["count"].f1("right")) == (1, 0, 1.0)
    assert 0 < scored.kinds["statement"].f1("right") < 1  # one field of it was corrected


def test_a_report_that_nobody_said_is_complete_is_no_gold(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("accept", [name], **WHO)
    assert list(golds(ledger)) == []


def test_claims_that_nobody_decided_on_are_counted(ledger: Ledger) -> None:
    name, _ = read(ledger, dead(), statement())
    ledger.review("accept", [name], **WHO)
    complete(ledger)
    assert [one.undecided for one in golds(ledger)] == [1]


def test_what_was_complete_before_the_report_changed_is_no_gold(ledger: Ledger, tmp_path: Path) -> None:
    read(ledger)
    complete(ledger)
    read(ledger, text=TEXT + " Later ten soldiers were captured.")
    assert [one.is_other for one in golds(ledger)] == [True]
    done = CliRunner().invoke(main, ["gold", "--ledger", str(ledger.path), "--to", str(tmp_path / "gold")])
    assert "a: left out, an earlier version was complete" in done.stderr
    assert not list((tmp_path / "gold").iterdir())


def test_a_report_whose_id_is_partly_withheld_stays_gold(ledger: Ledger) -> None:
    read(ledger, name="arrest-of-jon-doe")
    ledger.review("complete", report=("Mission", "arrest-of-jon-doe"), **WHO)
    ledger.judge("withhold", ["Jon Doe"], **WHO)
    assert [one.name for one in golds(ledger)] == ["arrest-of--withheld-2"]


def test_a_report_without_claims_can_be_gold(ledger: Ledger) -> None:
    read(ledger)
    complete(ledger)
    assert [(one.name, one.claims, one.undecided) for one in golds(ledger)] == [("a", (), 0)]


def test_ids_that_are_no_names_of_files_become_such_and_stay_apart(ledger: Ledger, tmp_path: Path) -> None:
    for name in ("../x/a", "..-x a", "x-A-2", "...", "y" * 300):
        read(ledger, name=name)
        ledger.review("complete", report=("Mission", name), **WHO)
    found = list(golds(ledger))
    assert [one.name for one in found] == ["x-a", "x-a-2", "x-A-2-2", "report", "y" * 100]
    write(found, tmp_path / "in" / "gold")
    assert {path.parent for path in tmp_path.rglob("*.txt")} == {tmp_path / "in" / "gold"}


def test_the_command_writes_what_is_complete_and_names_what_is_not(ledger: Ledger, tmp_path: Path) -> None:
    (name,) = read(ledger, dead())
    ledger.review("accept", [name], **WHO)
    complete(ledger)
    read(ledger, statement(), name="b")
    ledger.review("complete", report=("Mission", "b"), **WHO)
    done = CliRunner().invoke(main, ["gold", "--ledger", str(ledger.path), "--to", str(tmp_path / "gold")])
    assert done.exit_code == 0
    assert done.stdout == f"{tmp_path / 'gold' / 'a'}.gold.json: 1 claims\n"
    assert "b: left out, 1 of its 1 claims are undecided" in done.stderr


def test_the_command_says_where_there_is_none(ledger: Ledger, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["gold", "--ledger", str(ledger.path), "--to", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no report is said to be complete" in done.stderr


def test_claims_are_accepted_and_rejected_from_the_command_line(ledger: Ledger) -> None:
    name, other = read(ledger, dead(), statement())
    for decision, claim in (("accept", name[:8]), ("reject", other)):
        told = ["judge", decision, claim, "--by", "A. Mirza", "--reason", "read it"]
        done = CliRunner().invoke(main, [*told, "--ledger", str(ledger.path)])
        assert done.exit_code == 0, done.stderr
    assert [(e.claim.id, e.claim.reader) for e in ledger.entries()] == [(name, "review: A. Mirza")]


def test_decisions_are_exported_with_the_claims_before_and_after(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    (row,) = json.loads(export("reviews.json", ledger, Query()))
    assert (row["number"], row["decision"], row["report"], row["by"]) == (1, "correct", "a", "A. Mirza")
    assert [claim["low"] for claim in (*row["replaces"], *row["gives"])] == [8, 9]
    assert row["gives"][0]["kind"] == "count"
    (line,) = csv.DictReader(io.StringIO(export("reviews.csv", ledger, Query())))
    assert json.loads(line["replaces"])[0]["id"] == name
