"""Reviews: decisions on claims, signed, laid over whatever is read from the report, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.ledger.making import document, report
from trucewatch.errors import LedgerError, UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, AnyClaim, Count, Entry, Incident, Statement
from trucewatch.model.checks import identify

TEXT = "The mission said on Monday that 12 shells fell near Alda. Eight people were killed there."
SAID, FELL = (0, 57), (32, 56)
DEAD = (58, 88)
KEY = ("Mission", "a")
WHO = {"by": "A. Mirza", "reason": "read the words"}


def statement(**told: Any) -> Statement:
    fields: dict[str, Any] = {"evidence": SAID, "said_by": (), "act": "assert", "form": "indirect"}
    return Statement(**{**fields, "speaker": (Actor(name="The mission", span=(0, 11)),), **told})


def dead(low: int = 8, **told: Any) -> Count:
    return Count(**{"evidence": DEAD, "said_by": (), "measure": "killed", "low": low, "high": low, **told})


def shelled(**told: Any) -> Incident:
    return Incident(**{"evidence": FELL, "said_by": (), "type": "shelling", **told})


def read(
    ledger: Ledger, *claims: AnyClaim, reader: str = "rules/1", text: str = TEXT, name: str = "a"
) -> list[str]:
    """Read claims from the report; their ids."""
    told = document(report(name, text))
    named = [msgspec.structs.replace(claim, id=identify(claim, report_id=name)) for claim in claims]
    ledger.add(told, named, run=ledger.begin(reader=reader))
    return [claim.id or "" for claim in named]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


def told(ledger: Ledger, **asked: Any) -> list[AnyClaim]:
    """The claims as the views see them, without who read them."""
    return [bare(entry) for entry in ledger.entries(**asked)]


def bare(entry: Entry) -> AnyClaim:
    return msgspec.structs.replace(entry.claim, id=None, reader=None, confidence=None)


# --- each decision -------------------------------------------------------------------------------------


def test_an_accepted_claim_stays_and_is_sure_and_says_who_vouches_for_it(ledger: Ledger) -> None:
    (name,) = read(ledger, dead(confidence=0.4))
    made = ledger.review("accept", [name[:8]], **WHO)
    (entry,) = ledger.entries()
    assert (entry.claim.id, entry.claim.confidence, entry.claim.reader) == (name, 1.0, "review: A. Mirza")
    assert (made.decision, made.subjects, made.by) == ("accept", (name,), "A. Mirza")


def test_a_rejected_claim_is_in_no_view_and_its_neighbours_are(ledger: Ledger) -> None:
    gone, _ = read(ledger, statement(), dead())
    ledger.review("reject", [gone], **WHO)
    assert told(ledger) == [dead()]


def test_a_corrected_claim_gives_way_to_the_one_in_its_place(ledger: Ledger) -> None:
    name, _ = read(ledger, statement(), dead())
    ledger.review("correct", [name], gives=[statement(act="announce")], **WHO)
    assert told(ledger) == [statement(act="announce"), dead()]


def test_claims_that_are_one_are_merged(ledger: Ledger) -> None:
    names = read(ledger, dead(), dead(9))
    ledger.review("merge", names, gives=[dead(9, approximate=True)], **WHO)
    assert told(ledger) == [dead(9, approximate=True)]


def test_a_claim_that_is_two_is_split(ledger: Ledger) -> None:
    (name,) = read(ledger, statement())
    ledger.review("split", [name], gives=[statement(), shelled()], **WHO)
    assert told(ledger) == [statement(), shelled()]


def test_a_missed_claim_is_added(ledger: Ledger) -> None:
    read(ledger, statement())
    made = ledger.review("add", gives=[dead()], report=KEY, **WHO)
    assert told(ledger) == [statement(), dead()]
    assert made.subjects == (ledger.entries()[1].claim.id,)


def test_a_report_in_which_nothing_is_missing_is_said_to_be_complete(ledger: Ledger) -> None:
    read(ledger, statement())
    ledger.review("complete", report=KEY, **WHO)
    (review,) = ledger.reviews()
    assert (review.judgement.decision, review.judgement.subjects) == ("complete", ("a",))
    assert told(ledger) == [statement()]


def test_a_review_comes_back_with_the_claims_before_and_after(ledger: Ledger) -> None:
    (name,) = read(ledger, statement())
    made = ledger.review("correct", [name], gives=[statement(act="deny")], **WHO)
    (review,) = ledger.reviews("Mission", "a")
    assert review.judgement == made
    assert [claim.id for claim in review.replaces] == [name]
    assert [claim.act for claim in review.gives if isinstance(claim, Statement)] == ["deny"]
    assert ledger.reviews("Mission", "b") == []


# --- one after the other -------------------------------------------------------------------------------


def test_a_corrected_claim_can_be_corrected_again(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    ledger.review("correct", [ledger.entries()[0].claim.id or ""], gives=[dead(10)], **WHO)
    assert told(ledger) == [dead(10)]


def test_undoing_brings_back_what_was_read(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    made = ledger.review("correct", [name], gives=[dead(9)], **WHO)
    ledger.judge("undo", [str(made.seq)], **WHO)
    assert told(ledger) == [dead()]
    assert ledger.reviews() == []


def test_what_a_later_decision_is_on_cannot_be_taken_back_before_it(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    first = ledger.review("correct", [name], gives=[dead(9)], **WHO)
    second = ledger.review("accept", [ledger.entries()[0].claim.id or ""], **WHO)
    with pytest.raises(UsageError, match="judgement 2 is on what 1 gave: take that back first"):
        ledger.judge("undo", [str(first.seq)], **WHO)
    ledger.judge("undo", [str(second.seq)], **WHO)
    ledger.judge("undo", [str(first.seq)], **WHO)
    assert told(ledger) == [dead()]


def test_both_can_be_taken_back_at_once(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    first = ledger.review("correct", [name], gives=[dead(9)], **WHO)
    second = ledger.review("accept", [ledger.entries()[0].claim.id or ""], **WHO)
    ledger.judge("undo", [str(first.seq), str(second.seq)], **WHO)
    assert told(ledger) == [dead()]


def test_a_claim_that_counts_no_more_cannot_be_decided_on(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("reject", [name], **WHO)
    with pytest.raises(UsageError, match=f"claim {name} counts no more"):
        ledger.review("accept", [name], **WHO)


# --- a new reading -------------------------------------------------------------------------------------


def test_a_rejected_claim_stays_away_though_a_newer_reader_reads_it_otherwise(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("reject", [name], **WHO)
    read(ledger, dead(unit="people"), reader="rules/2")
    assert told(ledger) == []


def test_a_correction_stays_whatever_a_newer_reader_reads_there(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    read(ledger, dead(7), statement(), reader="rules/2")
    assert told(ledger) == [statement(), dead(9)]


def test_an_accepted_claim_stays_where_a_newer_reader_misses_it(ledger: Ledger) -> None:
    name, _ = read(ledger, dead(), statement())
    ledger.review("accept", [name], **WHO)
    read(ledger, statement(), reader="rules/2")
    assert told(ledger) == [statement(), dead()]


def test_of_two_claims_on_the_same_words_the_one_not_decided_on_is_left(ledger: Ledger) -> None:
    eight, _ = read(ledger, dead(8), dead(3, unit="children"))
    ledger.review("reject", [eight], **WHO)
    read(ledger, dead(3, unit="children", running=True), reader="rules/2")
    assert told(ledger) == [dead(3, unit="children", running=True)]


def test_a_decision_on_one_readers_claim_leaves_those_of_others(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    read(ledger, dead(20, measure="wounded"), dead(7, unit="people"), reader="net/1")
    ledger.review("reject", [name], **WHO)
    assert told(ledger) == [dead(7, unit="people"), dead(20, measure="wounded")]


def test_a_rejection_leaves_what_a_newer_reader_puts_right(ledger: Ledger) -> None:
    (name,) = read(ledger, dead(80))
    ledger.review("reject", [name], **WHO)
    read(ledger, dead(8), reader="rules/2")
    assert told(ledger) == [dead(8)]


@pytest.mark.parametrize("decision", ["accept", "correct"])
def test_what_a_newer_reader_reads_of_another_thing_stays(ledger: Ledger, decision: str) -> None:
    (name,) = read(ledger, dead())
    gives = [dead(9)] if decision == "correct" else []
    ledger.review(decision, [name], gives=gives, **WHO)
    read(ledger, dead(20, measure="wounded"), reader="rules/2")
    assert {claim.low for claim in told(ledger) if isinstance(claim, Count)} == {9 if gives else 8, 20}


def test_where_a_newer_reader_reads_what_was_given_nothing_else_gives_way(ledger: Ledger) -> None:
    (name,) = read(ledger, dead(3))
    ledger.review("correct", [name], gives=[dead(8)], **WHO)
    read(ledger, dead(8), dead(2, unit="children"), reader="rules/2")
    assert sorted(claim.low for claim in told(ledger) if isinstance(claim, Count)) == [2, 8]


def test_two_publishers_with_one_id_and_one_claim_are_told_apart(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    other = document(report("a", TEXT, publisher="Gazette"))
    ledger.add(other, [msgspec.structs.replace(dead(), id=name)], run=ledger.begin(reader="rules/1"))
    with pytest.raises(UsageError, match=r"reports of several publishers \(Gazette, Mission\)"):
        ledger.review("reject", [name], **WHO)
    ledger.review("reject", [name], report=("Gazette", "a"), **WHO)
    assert [entry.report.publisher for entry in ledger.entries()] == ["Mission"]


def test_a_decision_follows_its_words_into_another_version_of_the_report(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    before = "Corrected on Tuesday. "
    moved = (DEAD[0] + len(before), DEAD[1] + len(before))
    read(ledger, dead(evidence=moved), text=before + TEXT)
    assert told(ledger) == [dead(9, evidence=moved)]


def test_spans_within_a_claim_move_with_its_words(ledger: Ledger) -> None:
    (name,) = read(ledger, statement())
    ledger.review("accept", [name], **WHO)
    read(ledger, text="Update.\n\n" + TEXT)
    (claim,) = told(ledger)
    assert claim == statement(evidence=(9, 66), speaker=(Actor(name="The mission", span=(9, 20)),))


def test_a_decision_on_words_that_a_newer_version_has_not_falls_away(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    read(ledger, text="Nobody was killed, the mission now says.")
    assert told(ledger) == []


def test_of_the_other_publisher_of_a_report_of_that_id_nothing_changes(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    other = document(report("a", TEXT + " So it was heard.", publisher="Gazette"))
    claim = msgspec.structs.replace(dead(unit="people"), id="f" * 16)
    ledger.add(other, [claim], run=ledger.begin(reader="rules/1"))
    ledger.review("reject", [name], **WHO)
    assert told(ledger) == [dead(unit="people")]


# --- what is asked for ---------------------------------------------------------------------------------


def test_a_claim_that_was_given_another_kind_is_found_as_that_kind(ledger: Ledger) -> None:
    (name,) = read(ledger, statement())
    ledger.review("correct", [name], gives=[shelled()], **WHO)
    assert told(ledger, kinds=["incident"]) == [shelled()]
    assert told(ledger, kinds=["statement"]) == []


def test_measures_and_ends_are_asked_of_the_corrected_claim(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    due = {"text": "by May", "end": "2022-05"}
    given = msgspec.convert({**msgspec.to_builtins(dead(measure="wounded")), "time": due}, Count)
    ledger.review("correct", [name], gives=[given], **WHO)
    assert told(ledger, kinds=["count"], measures=["wounded"]) == [given]
    assert told(ledger, measures=["killed"]) == []
    assert told(ledger, due=dt.date(2022, 5, 20)) == [given]
    assert told(ledger, due=dt.date(2022, 6, 1)) == []


def test_days_are_asked_of_the_report(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("accept", [name], **WHO)
    assert told(ledger, until=dt.date(2022, 2, 19)) == []
    assert told(ledger, since=dt.date(2022, 2, 20), until=dt.date(2022, 2, 20)) == [dead()]
    assert told(ledger, known=dt.date(2022, 2, 20)) == [dead()]


def test_entries_stay_in_the_order_of_recording(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    read(ledger, statement(), name="b")
    ledger.review("accept", [name], **WHO)
    assert told(ledger) == [dead(), statement()]


def test_the_ledger_as_it_was_has_no_later_decision(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    before = dt.datetime.now(dt.UTC)
    ledger.review("reject", [name], **WHO)
    assert [bare(entry) for entry in ledger.as_of(before).entries()] == [dead()]
    assert ledger.as_of(before).reviews() == []


def test_a_claim_is_looked_up_by_the_id_it_had_and_the_id_it_has(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    (entry,) = ledger.entries()
    assert bare(ledger.entry((entry.claim.id or "")[:9])) == dead(9)
    assert bare(ledger.entry(name)) == dead()


def test_a_judgement_of_sameness_follows_a_corrected_claim(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    (other,) = read(ledger, dead(), name="b")
    ledger.judge("same", [name, other], **WHO)
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    new = next(entry.claim.id for entry in ledger.entries() if entry.report.id == "a")
    assert ledger.judgements()[0].subjects == (new, other)
    assert ledger.judge("different", [new or "", other], **WHO).subjects == (new, other)


def test_a_claim_corrected_back_bears_its_own_id_in_judgements(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    (other,) = read(ledger, dead(), name="b")
    ledger.judge("same", [name, other], **WHO)
    ledger.review("correct", [name], gives=[dead(9)], **WHO)
    ledger.review("correct", [_id(ledger, "a")], gives=[dead()], **WHO)
    assert ledger.judgements()[0].subjects == (name, other)


def _id(ledger: Ledger, report: str) -> str:
    return next(entry.claim.id or "" for entry in ledger.entries() if entry.report.id == report)


# --- what is withheld and erased -----------------------------------------------------------------------


def test_withheld_names_are_in_no_claim_that_a_review_gave(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(unit="friends of Jon Doe")], **WHO)
    ledger.judge("withhold", ["Jon Doe"], **WHO)
    for claim in (ledger.entries()[0].claim, ledger.reviews()[0].gives[0]):
        assert isinstance(claim, Count)
        assert claim.unit == "friends of [withheld 2]"


def test_a_claim_given_on_a_withheld_passage_shows_none_of_its_words(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(unit="people")], **WHO)
    ledger.judge("withhold", [ledger.entries()[0].claim.id or ""], **WHO)
    (claim,) = (entry.claim for entry in ledger.entries())
    assert isinstance(claim, Count)
    assert claim.unit == "[withheld 2]"


def test_a_withheld_name_is_none_of_a_reviewer_or_of_a_reports_id(ledger: Ledger) -> None:
    (name,) = read(ledger, dead(), name="arrest-of-jon-doe")
    ledger.review("accept", [name], by="Jon Doe", reason="read it")
    ledger.judge("withhold", ["Jon Doe"], **WHO)
    (review,) = ledger.reviews()
    assert (review.report, review.judgement.by) == ("arrest-of-[withheld 2]", "[withheld 2]")
    assert {ledger.entries()[0].claim.reader, review.gives[0].reader} == {"review: [withheld 2]"}
    assert ledger.reviews("Mission", review.report) == [review]
    ledger.review("complete", report=("Mission", review.report), **WHO)
    with pytest.raises(UsageError, match=r"'arrest-of-\[withheld 2\]' of Nobody"):
        ledger.review("complete", report=("Nobody", review.report), **WHO)


def test_a_withheld_name_is_none_of_those_who_had_something_erased(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.erase("a", by="Jon Doe", reason="asked by the family of Jon Doe")
    ledger.judge("withhold", ["Jon Doe"], **WHO)
    for ask in (lambda: ledger.entry(name), lambda: ledger.text(report("a", TEXT).sha256)):
        with pytest.raises(UsageError, match=r"by \[withheld 1\] .*family of \[withheld 1\]"):
            ask()


def test_erasing_one_version_leaves_none_of_its_words_in_decisions_on_others(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(unit="zanzibari")], **WHO)
    read(ledger, text=TEXT + " More to come.")
    ledger.review("accept", [_id(ledger, "a")], **WHO)
    ledger.erase(report("a", TEXT).sha256, by="A. Mirza", reason="asked by the family")
    assert b"zanzibari" not in ledger.path.read_bytes()
    assert [review.gives for review in ledger.reviews()] == [(), ()]


def test_erasing_a_report_erases_the_claims_of_its_reviews(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    ledger.review("correct", [name], gives=[dead(unit="zanzibari")], **WHO)
    assert told(ledger) == [dead(unit="zanzibari")]
    ledger.erase("a", by="A. Mirza", reason="asked by the family")
    assert ledger.entries() == []
    assert ledger.reviews()[0].gives == ()
    assert b"zanzibari" not in ledger.path.read_bytes()


def test_a_ledger_that_was_replaced_while_it_was_open_takes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    (name,) = read(ledger, dead())
    with Ledger.open(tmp_path / "other.db"):
        pass
    (tmp_path / "other.db").replace(ledger.path)
    with pytest.raises(LedgerError, match="was deleted or replaced since it was opened: nothing written"):
        ledger.review("accept", [name], **WHO)


# --- what is wrong -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "names", "gives", "message"),
    [
        ("approve", ["0"], [], "there is no decision 'approve' on claims; there are: accept, correct"),
        ("accept", [], [], "accept is about 1 claims, not 0"),
        ("accept", ["0"], [dead()], "accept gives 0 claims, not 1"),
        ("merge", ["0"], [dead()], "merge is about 2 or more claims, not 1"),
        ("split", ["0"], [dead()], "split gives 2 or more claims, not 1"),
        ("correct", ["nowhere"], [dead()], "no claim on file is 'nowhere'"),
        ("correct", ["0"], [dead(evidence=(5, 900))], "evidence: .5, 900. lies beyond the text"),
        ("correct", ["0"], [dead(evidence=(11, 12))], "evidence: .11, 12. has no words of the text"),
        ("correct", ["0"], [dead(9, high=2)], "low: 9 is above high, 2"),
        ("split", ["0"], [dead(), dead()], "two of the claims given say the very same"),
        ("add", [], [dead()], "add: which report is it about"),
    ],
)
def test_a_decision_that_cannot_be_says_why_and_leaves_nothing(
    ledger: Ledger, decision: str, names: list[str], gives: list[AnyClaim], message: str
) -> None:
    (name,) = read(ledger, dead())
    given = [name if told == "0" else told for told in names]
    with pytest.raises(UsageError, match=message):
        ledger.review(decision, given, gives=gives, **WHO)
    assert ledger.judgements() == []


def test_a_decision_is_on_claims_of_one_report(ledger: Ledger) -> None:
    (name,) = read(ledger, dead())
    (other,) = read(ledger, statement(), name="b")
    with pytest.raises(UsageError, match="are of several reports"):
        ledger.review("reject", [name, other], **WHO)


@pytest.mark.parametrize("missing", ["by", "reason"])
def test_a_decision_needs_a_name_and_a_reason(ledger: Ledger, missing: str) -> None:
    (name,) = read(ledger, dead())
    with pytest.raises(UsageError, match=missing):
        ledger.review("accept", [name], **{**WHO, missing: " "})


def test_a_report_that_is_not_on_file_cannot_be_complete(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="no reading of a report 'zz' of Mission"):
        ledger.review("complete", report=("Mission", "zz"), **WHO)
