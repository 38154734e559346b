"""Judgements: signed, with a reason, about what is on file; never erased, only taken back by one more."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ledger.making import claims, document, report
from trucewatch.errors import UsageError
from trucewatch.identity import merging
from trucewatch.ledger import Ledger
from trucewatch.ledger import ledger as ledger_module


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with two reports, ``a`` of two claims and ``b`` of one."""
    with Ledger.open(tmp_path / "test.db") as ledger:
        run = ledger.begin(reader="rules/1")
        for name, speakers in (("a", ("X", "Y")), ("b", ("X",))):
            read = document(report(name, f"Text {name}."))
            ledger.add(read, claims(read, *speakers), run=run)
        yield ledger


def ids(shelf: Ledger) -> list[str]:
    return [entry.claim.id or "" for entry in shelf.entries()]


def judge(shelf: Ledger, decision: str, *subjects: str) -> int:
    return shelf.judge(decision, subjects, by="A. Mirza", reason="read both").seq


def standing(shelf: Ledger, known: dt.date | None = None) -> list[int]:
    return [judgement.seq for judgement in shelf.judgements(known)]


def test_a_judgement_comes_back_as_it_was_made(shelf: Ledger) -> None:
    one, other, _ = ids(shelf)
    made = shelf.judge("different", [one, other], by=" A. Mirza ", reason="two calls\n")
    assert shelf.judgements() == [made]
    assert (made.seq, made.decision, made.subjects) == (1, "different", (one, other))
    assert (made.by, made.reason) == ("A. Mirza", "two calls")
    assert dt.datetime.now(dt.UTC) - made.recorded < dt.timedelta(minutes=1)


def test_the_beginning_of_a_claims_id_is_recorded_in_full(shelf: Ledger) -> None:
    one, other, _ = ids(shelf)
    assert shelf.judge("same", [one[:8], other], by="A", reason="b").subjects == (one, other)


def test_reports_can_be_judged_for_their_origin(shelf: Ledger) -> None:
    assert shelf.judge("same", ["a", "b"], by="A", reason="b").subjects == ("a", "b")


def test_one_that_is_taken_back_is_left_out_and_stays_on_file(shelf: Ledger) -> None:
    first = judge(shelf, "same", *ids(shelf)[:2])
    second = judge(shelf, "different", *ids(shelf)[1:])
    undo = judge(shelf, "undo", str(first))
    assert standing(shelf) == [second, undo]
    with closing(sqlite3.connect(shelf.path)) as connection:
        assert connection.execute("SELECT count(*) FROM judgements").fetchone() == (3,)


def test_taking_back_the_taking_back_restores_the_first(shelf: Ledger) -> None:
    first = judge(shelf, "same", *ids(shelf)[:2])
    undo = judge(shelf, "undo", str(first))
    again = judge(shelf, "undo", str(undo))
    assert standing(shelf) == [first, again]


def test_a_judgement_counts_from_the_day_it_was_recorded(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2):
        moment = dt.datetime(2022, 2, day, 23, 59, tzinfo=dt.UTC)
        monkeypatch.setattr(ledger_module, "_now", lambda moment=moment: moment)
        judge(shelf, *(("same", *ids(shelf)[:2]) if day == 1 else ("undo", "1")))
    assert standing(shelf, dt.date(2022, 1, 31)) == []
    assert standing(shelf, dt.date(2022, 2, 1)) == [1]
    assert standing(shelf, dt.date(2022, 2, 2)) == [2]


def test_what_stands_is_what_merging_goes_by(shelf: Ledger) -> None:
    one, other, third = ids(shelf)
    judge(shelf, "same", one, other)
    judge(shelf, "different", one, third)
    judge(shelf, "undo", "2")
    assert [
        group.members for group in merging.merge(ids(shelf), [], judgements=shelf.judgements())
    ] == sorted([tuple(sorted((one, other))), (third,)])


@pytest.mark.parametrize("decision", ["same", "different"])
@pytest.mark.parametrize("missing", ["nothing", "", "%", "'"])
def test_a_subject_that_is_not_on_file_is_named_and_nothing_is_recorded(
    shelf: Ledger, decision: str, missing: str
) -> None:
    with pytest.raises(UsageError, match=f"no claim or report on file is {missing!r}"):
        judge(shelf, decision, ids(shelf)[0], missing)
    assert shelf.judgements() == []


def test_a_beginning_that_several_claims_share_lists_them(shelf: Ledger) -> None:
    run = shelf.begin(reader="rules/1")
    read = document(report("c"))
    shelf.add(read, claims(read, *map(str, range(20))), run=run)
    starts = [name[0] for name in ids(shelf)]
    shared = next(start for start in starts if starts.count(start) > 1)
    with pytest.raises(UsageError, match=f"claim {shared}: several claims begin so: "):
        judge(shelf, "same", shared, ids(shelf)[0])


@pytest.mark.parametrize("repeated", [1, 2])
def test_fewer_than_two_things_are_refused(shelf: Ledger, repeated: int) -> None:
    with pytest.raises(UsageError, match="about two things at least"):
        judge(shelf, "same", *[ids(shelf)[0]] * repeated)


def test_a_claim_and_a_report_are_no_two_of_one_kind(shelf: Ledger) -> None:
    with pytest.raises(UsageError, match="'b' is a report"):
        judge(shelf, "same", ids(shelf)[0], "b")


@pytest.mark.parametrize("number", ["2", "-1", "one", "1.0", " 1"])
def test_a_number_of_no_judgement_cannot_be_taken_back(shelf: Ledger, number: str) -> None:
    judge(shelf, "same", *ids(shelf)[:2])
    with pytest.raises(UsageError, match=f"there is no judgement '{number}'"):
        judge(shelf, "undo", number)
    with pytest.raises(UsageError, match="there is no judgement without a number"):
        judge(shelf, "undo")


@pytest.mark.parametrize(("by", "reason", "word"), [("", "r", "by"), (" ", "r", "by"), ("A", "\t", "reason")])
def test_a_judgement_without_a_name_or_a_reason_is_refused(
    shelf: Ledger, by: str, reason: str, word: str
) -> None:
    with pytest.raises(UsageError, match=f"needs a '{word}'"):
        shelf.judge("same", ids(shelf)[:2], by=by, reason=reason)


def test_a_decision_that_there_is_not_lists_those_there_are(shelf: Ledger) -> None:
    with pytest.raises(UsageError, match="'equal'; there are: same, different, withhold, undo"):
        judge(shelf, "equal", *ids(shelf)[:2])
