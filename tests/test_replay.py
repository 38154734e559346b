"""What was known when: each evening's report and tables come out the same, to the byte, ever after.

A ledger is filled day by day, as it happens: reports that come late, corrections, a report that is taken
back, judgements, reviews of claims, a second reading by a newer reader, a signature. What every view showed
in the evening is kept, and asked for again at the end.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.making import claims, document, report
from tests.ledger.test_choosing import STEPS, Step, everything, fill
from trucewatch import catalog, pipeline
from trucewatch.ledger import Ledger
from trucewatch.ledger.current import reader_name
from trucewatch.ledger.tables import DOCUMENTS
from trucewatch.model import Entry, Shelf, Version
from trucewatch.views import exports, reporting
from trucewatch.views.query import Query

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TRUCE = "donbas-2020"
DAYS = tuple(dt.date(2022, 2, day) for day in (17, 18, 19, 20, 21))
NAMES = {  # the reports of the examples that come in on each day
    DAYS[0]: ("2022-02-16-*", "2022-02-17-osce*"),
    DAYS[1]: ("2022-02-18-*",),
    DAYS[2]: ("2022-02-17-meridian*", "2022-02-19-*"),  # one comes two days late
    DAYS[3]: ("2022-02-20-*",),
    DAYS[4]: ("2022-02-21-*", "2022-02-22-osce*"),
}


class Evening(NamedTuple):
    """What was shown at the end of a day, by the name of each view."""

    moment: dt.datetime
    day: dt.date
    shown: dict[str, str]


class Diary(NamedTuple):
    """A ledger that was filled day by day, with what was shown each evening."""

    ledger: Ledger
    evenings: list[Evening]


def show(shelf: Shelf, day: dt.date) -> dict[str, str]:
    """Every view in every shape, and the situation report."""
    truce = catalog.ceasefire(TRUCE)
    told = reporting.current(shelf, truce, at=day)  # type: ignore[arg-type]
    shown = {f"sitrep.{shape}": told.render(shape) for shape in ("text", "json")}
    for query, kind in ((Query(), "all"), (Query(ceasefire=truce), TRUCE)):
        shown |= {f"{name} of {kind}": exports.export(name, shelf, query) for name in exports.names()}
    return shown


def bring(folder: Path, day: dt.date) -> list[Path]:
    return [
        Path(shutil.copy(path, folder)) for pattern in NAMES[day] for path in sorted(EXAMPLES.glob(pattern))
    ]


def correct(folder: Path, pattern: str, old: str, new: str) -> None:
    (path,) = folder.glob(pattern)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def take_back(folder: Path, name: str, day: dt.date) -> None:
    (sidecar,) = folder.glob(f"{name}.meta.json")
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    told.get("report", told)["withdrawn"] = day.isoformat()
    sidecar.write_text(json.dumps(told), encoding="utf-8")


def of_kind(ledger: Ledger, kind: str) -> list[str]:
    return [entry.claim.id or "" for entry in ledger.entries() if entry.claim.kind == kind]


def decide(ledger: Ledger) -> None:
    """Judge two counts to be of one evening; accept a statement, reject one, and correct whom one accuses."""
    signed = {"by": "A. Mirza", "reason": "one evening"}
    ledger.judge("same", of_kind(ledger, "count")[:2], **signed)
    accepted, rejected, corrected = of_kind(ledger, "statement")[:3]
    ledger.review("accept", [accepted], **signed)
    ledger.review("reject", [rejected], **signed)
    claim = ledger.entry(corrected).claim
    ledger.review("correct", [corrected], gives=[msgspec.structs.replace(claim, act="deny")], **signed)


def undo(ledger: Ledger) -> None:
    """Take back that the counts are of one evening, and the rejection."""
    ledger.judge("undo", ["1", "3"], by="A. Mirza", reason="two evenings")


def second_reading(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer reader that overlooks every statement."""
    read = pipeline.extract
    monkeypatch.setattr(pipeline, "READER", "rules/999")
    monkeypatch.setattr(
        pipeline,
        "extract",
        lambda text, seen: tuple(one for one in read(text, seen) if one.kind != "statement"),
    )
    pipeline.run([str(folder)], ledger)
    monkeypatch.undo()


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Diary]:
    folder = tmp_path_factory.mktemp("reports")
    with (
        Ledger.open(tmp_path_factory.mktemp("ledger") / "test.db") as ledger,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        after: dict[dt.date, Callable[[], object]] = {
            DAYS[1]: lambda: decide(ledger),
            DAYS[2]: lambda: take_back(folder, "2022-02-18-meridian-rival-counts", DAYS[3]),
            DAYS[3]: lambda: reporting.sign(ledger, catalog.ceasefire(TRUCE), at=DAYS[3], by="A. Mirza"),
            DAYS[4]: lambda: undo(ledger),
        }
        evenings = []
        for day in DAYS:
            bring(folder, day)
            if day == DAYS[3]:
                correct(folder, "2022-02-19-osce*.txt", "ceasefire violations", "violations of the ceasefire")
            if day == DAYS[4]:
                second_reading(ledger, folder, monkeypatch)
            pipeline.run([str(folder)], ledger)
            after.get(day, lambda: None)()
            moment = dt.datetime.now(dt.UTC)
            evenings.append(Evening(moment, day, show(ledger, day)))
        yield Diary(ledger, evenings)


def test_the_diary_has_what_makes_replaying_hard(diary: Diary) -> None:
    kinds = [row["kind"] for row in json.loads(diary.evenings[-1].shown["reports.json of all"])]
    assert {"first", "correction", "withdrawn"} <= set(kinds)
    assert {reader for version in diary.ledger.versions() for reader in version.readers} >= {"rules/999"}
    assert diary.ledger.signatures()
    assert [one.judgement.decision for one in diary.ledger.reviews()] == ["accept", "correct"]


@pytest.mark.parametrize("number", range(len(DAYS)), ids=str)
def test_every_view_of_an_evening_comes_out_the_same_in_the_end(diary: Diary, number: int) -> None:
    evening = diary.evenings[number]
    again = show(diary.ledger.as_of(evening.moment), evening.day)
    assert again.keys() == evening.shown.keys()
    assert [name for name in again if again[name] != evening.shown[name]] == []


def test_the_evenings_differ(diary: Diary) -> None:
    first, *_, last = diary.evenings
    same = {name for name in first.shown if first.shown[name] == last.shown[name]}
    assert not same & {"series.csv of all", "statements.json of all", "reports.csv of all", "sitrep.text"}


def test_what_is_withheld_later_is_hidden_in_what_was_shown_before(diary: Diary) -> None:
    evening = diary.evenings[0]
    name = "Meridian"
    assert any(name in shown for shown in evening.shown.values())
    made = diary.ledger.judge("withhold", [name], by="A. Mirza", reason="a source at risk")
    try:
        again = show(diary.ledger.as_of(evening.moment), evening.day)
        assert [view for view, shown in again.items() if name.lower() in shown.lower()] == []
    finally:
        diary.ledger.judge("undo", [str(made.seq)], by="A. Mirza", reason="over")
    assert show(diary.ledger.as_of(evening.moment), evening.day) == evening.shown


def test_the_moment_itself_is_included_and_the_one_before_is_not(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "test.db") as ledger:
        read = document(report())
        ledger.add(read, claims(read, "X"), run=ledger.begin(reader="rules/1"))
        (entry,) = ledger.entries()
        assert ledger.as_of(entry.recorded).entries() == [entry]
        assert ledger.as_of(entry.recorded - dt.timedelta(microseconds=1)).entries() == []


# --- whatever is taken in ------------------------------------------------------------------------------

MOMENTS = st.integers(18, 22).map(lambda day: dt.datetime(2022, 2, day, 23, 59, tzinfo=dt.UTC))


def in_order(steps: list[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.taken)


def told(entry: Entry) -> tuple[str | None, str | None, str, str]:
    """Which claim of which version of which report."""
    return entry.claim.id, entry.report.publisher, entry.report.id, entry.report.sha256


def names(version: Version) -> set[str]:
    """Whose readings of a version count: of each reader the newest, of whichever of its versions."""
    return set(map(reader_name, version.readers))


def came_in(ledger: Ledger, since: dt.datetime, until: dt.datetime) -> set[tuple[str | None, str]]:
    """The reports of which a version or a reading was recorded after one moment, and by another."""
    on_file = everything(ledger, None)
    keys = {version.seq: version.key for version in on_file.versions}
    versions = {version.key for version in on_file.versions if since < version.recorded <= until}
    with ledger._engine.connect() as connection:
        query = sa.select(DOCUMENTS.c.report, DOCUMENTS.c.recorded)
        readings = connection.execute(query).all()
    return versions | {keys[report] for report, recorded in readings if since < recorded <= until}


@settings(max_examples=60, deadline=None)
@given(steps=STEPS.map(in_order), moments=st.tuples(MOMENTS, MOMENTS).map(sorted))
def test_what_was_on_file_at_a_moment_gives_way_only_to_what_came_in_later(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], moments: list[dt.datetime]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("later") / "test.db") as ledger:
        fill(ledger, steps)
        earlier, later = (ledger.as_of(moment) for moment in moments)
        gone = set(map(told, earlier.entries())) - set(map(told, later.entries()))
        assert {(publisher, name) for _, publisher, name, _ in gone} <= came_in(ledger, *moments)
        readers = {(one.report, one.recorded): names(one) for one in later.versions()}
        for version in earlier.versions():
            if version.readers:
                assert names(version) <= readers[version.report, version.recorded]
        assert all(later.text(entry.report.sha256) for entry in earlier.entries())


@settings(max_examples=40, deadline=None)
@given(
    steps=STEPS.map(in_order),
    cut=st.integers(0, 12),
    day=st.none() | st.dates(dt.date(2022, 2, 18), dt.date(2022, 2, 22)),
)
def test_what_comes_later_changes_nothing_of_what_was_shown(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], cut: int, day: dt.date | None
) -> None:
    before = [step for step in steps if step.taken < dt.date(2022, 2, 21)][:cut]
    after = [step for step in steps if step.taken >= dt.date(2022, 2, 21)]
    moment = dt.datetime(2022, 2, 20, 23, 59, tzinfo=dt.UTC)
    with Ledger.open(tmp_path_factory.mktemp("shown") / "test.db") as ledger:
        fill(ledger, before)
        shown = (ledger.entries(day), ledger.reports(day), ledger.issues(), ledger.versions(day))
        fill(ledger, after)
        then = ledger.as_of(moment)
        assert (then.entries(day), then.reports(day), then.issues(), then.versions(day)) == shown
