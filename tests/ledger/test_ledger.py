from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.making import PUBLISHED, claims, document, report
from trucewatch.errors import LedgerError, ReportError, UsageError
from trucewatch.ledger import Ledger
from trucewatch.model import Issue, Report, digest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


def put(ledger: Ledger, one: Report, *speakers: str, reader: str = "rules/1") -> bool:
    run = ledger.begin(reader=reader)
    read = document(one)
    new = ledger.add(read, claims(read, *speakers), run=run)
    ledger.finish(run)
    return new


def speakers(ledger: Ledger, known: dt.date | None = None) -> list[str]:
    return [entry.claim.speaker[0].name for entry in ledger.entries(known)]  # type: ignore[union-attr]


def counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        tables = ("contents", "reports", "documents", "claims", "issues")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


# --- what goes in comes out -----------------------------------------------------------------------


def test_bytes_text_report_and_claims_come_back_as_they_went_in(path: Path) -> None:
    one = report(text="Żółć said “no” \U0001f600.\r\n")
    read = document(one, text="Żółć said “no” \U0001f600.\n")
    made = claims(read, "Żółć")
    with Ledger.open(path) as ledger:
        assert ledger.add(read, made, run=ledger.begin(reader="rules/1"))
    with Ledger.open(path, create=False) as ledger:
        (entry,) = ledger.entries()
        assert entry.claim == made[0]
        assert entry.report == msgspec.structs.replace(one, data=b"") == ledger.reports()[0]
        assert ledger.text(one.sha256) == read.text
        assert ledger.data(one.sha256) == one.data
        assert dt.datetime.now(dt.UTC) - entry.recorded < dt.timedelta(minutes=1)


def test_a_run_says_which_reader_with_which_settings_and_when(path: Path) -> None:
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1", settings={"sources": "a b"})
        assert ledger.runs() == [run]
        assert run.settings == {"sources": "a b", "trucewatch": "0.1.0"}
        assert run.finished is None
        ledger.finish(run)
        (ended,) = ledger.runs()
        assert ended.finished is not None
        ledger.finish(run)
        assert ledger.runs() == [ended]


def test_a_second_run_adds_nothing(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert put(ledger, report(), "X", "Y")
        before = counts(path)
        assert ledger.holds(report(), reader="rules/1")
        assert not put(ledger, report(), "X", "Y")
        assert counts(path) == before


def test_the_same_bytes_from_another_place_are_no_new_version(path: Path) -> None:
    copy = msgspec.structs.replace(report(), origin="elsewhere/a.txt", url="https://example.org/a")
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X")
        assert not put(ledger, copy, "X")


def test_the_same_bytes_of_two_publishers_are_two_reports_and_stored_once(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(publisher="Lusa"), "X")
        put(ledger, report(publisher="EFE"), "X")
        assert {entry.report.publisher for entry in ledger.entries()} == {"Lusa", "EFE"}
        assert counts(path)["contents"] == 1


def test_a_report_without_claims_is_on_file(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert put(ledger, report())
        assert not put(ledger, report())
        assert len(ledger.reports()) == 1
        assert ledger.entries() == []


# --- readers --------------------------------------------------------------------------------------


def test_a_newer_reader_moves_the_view_on_and_the_old_claims_stay(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "old", reader="rules/1")
        assert not ledger.holds(report(), reader="rules/2")
        put(ledger, report(), "new", reader="rules/2")
        assert speakers(ledger) == ["new"]
        assert counts(path)["claims"] == 2
        old = claims(document(report()), "old")[0]
        assert ledger.entry(old.id or "").claim == old


def test_going_back_to_an_older_reader_adds_nothing(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "old", reader="rules/1")
        put(ledger, report(), "new", reader="rules/2")
        assert not put(ledger, report(), "old", reader="rules/1")
        assert speakers(ledger) == ["new"]


def test_given_claims_stand_beside_those_that_were_read(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "read", reader="rules/1")
        put(ledger, report(), "given", reader="given: table.jsonl")
        put(ledger, report(), "read anew", reader="rules/2")
        assert sorted(speakers(ledger)) == ["given", "read anew"]


def test_a_claim_that_two_readers_found_stands_once(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X", reader="rules/1")
        put(ledger, report(), "X", "Y", reader="given: table.jsonl")
        assert speakers(ledger) == ["X", "Y"]


def test_given_claims_that_were_changed_and_changed_back_show_the_last_state(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for state in ("first", "second", "first"):
            assert put(ledger, report(), state, reader="given: table.jsonl")
            assert speakers(ledger) == [state]


# --- versions and days ----------------------------------------------------------------------------


def test_of_two_versions_both_stay_and_the_newest_counts(path: Path) -> None:
    first, corrected = report(text="Seven."), report(text="Seventeen.")
    with Ledger.open(path) as ledger:
        put(ledger, first, "first")
        put(ledger, corrected, "corrected")
        assert speakers(ledger) == ["corrected"]
        assert [one.sha256 for one in ledger.reports()] == [corrected.sha256]
        assert ledger.text(first.sha256) == "Seven."
        assert not put(ledger, first, "first")
        assert speakers(ledger) == ["corrected"]


def test_the_later_published_version_counts_whichever_came_first(tmp_path: Path) -> None:
    early = report(text="Seven.")
    late = report(text="Seventeen.", published=PUBLISHED + dt.timedelta(days=1))
    for number, order in enumerate(itertools.permutations([(early, "early"), (late, "late")])):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            for one, speaker in order:
                put(ledger, one, speaker)
            assert speakers(ledger) == ["late"]
            assert speakers(ledger, known=PUBLISHED) == ["early"]


def test_a_wrong_date_can_be_put_right(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(published=dt.date(2032, 2, 20)), "X")
        put(ledger, report(published=PUBLISHED), "X")
        assert [entry.report.published for entry in ledger.entries()] == [PUBLISHED]


def test_known_leaves_out_what_was_published_later(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report("a", "A."), "early")
        put(ledger, report("b", "B.", published=dt.date(2022, 2, 22)), "late")
        assert speakers(ledger, known=dt.date(2022, 2, 21)) == ["early"]
        assert speakers(ledger, known=dt.date(2022, 2, 22)) == ["early", "late"]
        assert [one.id for one in ledger.reports(known=dt.date(2022, 2, 21))] == ["a"]


def test_an_undated_report_is_known_from_the_day_it_was_recorded(path: Path) -> None:
    today = dt.datetime.now(dt.UTC).date()
    with Ledger.open(path) as ledger:
        put(ledger, report(published=None), "X")
        assert speakers(ledger, known=today - dt.timedelta(days=1)) == []
        assert speakers(ledger, known=today + dt.timedelta(days=1)) == ["X"]
        assert ledger.entries()[0].report.published is None


# --- what was not read ----------------------------------------------------------------------------


def test_a_report_that_could_not_be_read_is_kept_and_listed(path: Path) -> None:
    issue = Issue(origin="a.txt", message="it is in the language 'pt'")
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1")
        assert ledger.keep(report(), run=run, why=issue)
        assert not ledger.keep(report(), run=run, why=issue)
        assert ledger.issues() == [issue]
        assert ledger.data(report().sha256) == report().data
        assert ledger.entries() == []
        assert not ledger.holds(report(), reader="rules/1")


def test_an_issue_is_settled_once_a_later_reader_can_read_the_report(path: Path) -> None:
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1")
        ledger.keep(report(), run=run, why=Issue(origin="a.txt", message="not read"))
        ledger.add_issue(Issue(origin="b.txt", message="empty"), run=run)
        put(ledger, report(), "X", reader="rules/2")
        assert [issue.origin for issue in ledger.issues()] == ["b.txt"]


def test_the_same_issue_is_listed_once(path: Path) -> None:
    issue = Issue(origin="b.txt", message="empty", level="warning")
    with Ledger.open(path) as ledger:
        assert ledger.add_issue(issue, run=ledger.begin(reader="rules/1"))
        assert not ledger.add_issue(issue, run=ledger.begin(reader="rules/1"))
        assert ledger.issues() == [issue]


def test_half_characters_are_refused_by_name_and_nothing_is_written(path: Path) -> None:
    broken = document(report(), text="half \ud800 character")
    with Ledger.open(path) as ledger:
        run = ledger.begin(reader="rules/1")
        with pytest.raises(ReportError, match=r"a\.txt"):
            ledger.add(broken, claims(broken, "X"), run=run)
        assert set(counts(path).values()) == {0}
        ledger.add_issue(Issue(origin="file\udcff.txt", message="odd name"), run=run)
        assert ledger.issues()[0].origin == r"file\udcff.txt"


# --- looking up -----------------------------------------------------------------------------------


def test_the_beginning_of_an_id_is_enough(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X")
        name = ledger.entries()[0].claim.id or ""
        assert ledger.entry(name[:6]) == ledger.entry(name) == ledger.entries()[0]


@pytest.mark.parametrize("wildcard", ["%", "_", "", "*", "' OR 1=1"])
def test_wildcards_find_nothing(path: Path, wildcard: str) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X")
        with pytest.raises(UsageError, match="there is no claim"):
            ledger.entry(wildcard)


def test_an_id_that_is_none_names_those_near_it(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X")
        name = ledger.entries()[0].claim.id or ""
        with pytest.raises(UsageError, match=f"near it: {name}"):
            ledger.entry(name[:-1] + "z")


def test_an_ambiguous_beginning_lists_the_ids(path: Path) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), *map(str, range(20)))
        first = sorted((entry.claim.id or "")[0] for entry in ledger.entries())
        shared = next(a for a, b in itertools.pairwise(first) if a == b)
        with pytest.raises(UsageError, match="claims begin so: "):
            ledger.entry(shared)


def test_bytes_that_are_not_on_file_are_named(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for look_up in (ledger.text, ledger.data):
            with pytest.raises(UsageError, match="report with SHA-256 abc is on file"):
                look_up("abc")
        assert ledger.text("abc", default="") == ""


# --- append-only ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contents",
        "DELETE FROM reports",
        "DELETE FROM documents",
        "DELETE FROM claims",
        "DELETE FROM issues",
        "DELETE FROM runs",
        "DELETE FROM judgements",
        "REPLACE INTO claims SELECT * FROM claims",
        "UPDATE contents SET packed = x''",
        "UPDATE reports SET title = 'other'",
        "UPDATE documents SET reader = 'other'",
        "UPDATE claims SET body = '{}'",
        "UPDATE issues SET message = ''",
        "UPDATE judgements SET reason = ''",
        "UPDATE runs SET reader = 'other'",
        "UPDATE runs SET finished = NULL",
        "UPDATE runs SET finished = '2022-01-01 00:00:00'",
    ],
)
def test_nobody_can_change_what_is_on_file(path: Path, statement: str) -> None:
    with Ledger.open(path) as ledger:
        put(ledger, report(), "X")
        put(ledger, report("b"), "X")
        ledger.add_issue(Issue(origin="o", message="m"), run=ledger.runs()[0])
        ledger.judge("same", ["a", "b"], by="A", reason="b")
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(statement)


# --- invariants -----------------------------------------------------------------------------------

REPORTS = st.lists(
    st.builds(
        lambda name, publisher, text, published: report(name, text, publisher=publisher, published=published),
        st.sampled_from("abc"),
        st.sampled_from([None, "Lusa", "EFE"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.none() | st.dates(dt.date(2022, 2, 18), dt.date(2022, 2, 22)),
    ),
    unique_by=lambda one: (one.id, one.publisher, one.published),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(reports=REPORTS, data=st.data())
def test_the_order_of_reports_changes_no_entry_and_repeats_add_none(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Report], data: st.DataObject
) -> None:
    distinct = list({(one.id, one.publisher, digest(one.data)): one for one in reports}.values())
    folder = tmp_path_factory.mktemp("order")
    seen = []
    for number, order in enumerate((distinct, data.draw(st.permutations(distinct)))):
        with Ledger.open(folder / f"{number}.db") as ledger:
            for one in (*order, *order):
                put(ledger, one, f"{one.id} {one.publisher}")
            assert counts(ledger.path)["reports"] == len(distinct)
            assert counts(ledger.path)["claims"] == len(distinct)
            seen.append({(entry.report, entry.claim) for entry in ledger.entries()})
    assert seen[0] == {(msgspec.structs.replace(r, origin=r.origin), c) for r, c in seen[1]}


def test_a_ledger_in_use_by_another_program_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.ledger.database._PATIENCE", 0.1)
    with Ledger.open(path) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=r"test\.db: another program is writing"):
            ledger.begin(reader="rules/1")
        assert ledger.entries() == []
        other.execute("ROLLBACK")
        other.close()
        assert ledger.begin(reader="rules/1").id == 1
