"""The ledger itself: reports, documents, claims, runs, issues and judgements, only ever added to."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch import __version__
from trucewatch.errors import ReportError, UsageError
from trucewatch.ledger import choosing, current, database, fetching, judging
from trucewatch.ledger.choosing import Days, in_batches
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, ISSUES, REPORTS, RUNS
from trucewatch.model import (
    AnyClaim,
    Document,
    Entry,
    FiledKind,
    Issue,
    Judgement,
    Measure,
    Report,
    Run,
    digest,
)

_ALIKE = 1_000  # ids that a mistyped one is compared with: those that begin like its first half


class Ledger:
    """A ledger in one SQLite file. Every method that writes does so in one transaction, all or nothing.

    Errors: LedgerError names the file and says what is wrong (no permission, disk full, damaged ...).
    """

    def __init__(self, engine: sa.Engine, *, path: Path) -> None:
        self._engine = engine
        self._shared: sa.Connection | None = None
        self.path = path

    # --- opening and closing ---

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Ledger:
        """Open a ledger; make it, or bring it to the newest shape, where needed."""
        return cls(database.connect(Path(path), create=create), path=Path(path))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # --- runs ---

    def begin(self, *, reader: str, settings: Mapping[str, str] | None = None) -> Run:
        """Begin a run. Its settings say by themselves which version of the program wrote it."""
        full = {**(settings or {}), "trucewatch": __version__}
        started = _now()
        row = {"reader": reader, "settings": _json(full), "started": started}
        with self._writing() as connection:
            key = _insert(connection, RUNS, row)
        return Run(id=key, reader=reader, settings=full, started=started)

    def finish(self, run: Run) -> None:
        """Note when a run ended. A run that never ends was cut off; what it had added stays."""
        with self._writing() as connection:
            unfinished = (RUNS.c.id == run.id) & RUNS.c.finished.is_(None)
            connection.execute(RUNS.update().where(unfinished).values(finished=_now()))

    def runs(self) -> list[Run]:
        """All runs in the order of beginning."""
        rows = self._rows(sa.select(RUNS).order_by(RUNS.c.id))
        return [Run(**{**row, "settings": msgspec.json.decode(row["settings"])}) for row in rows]

    # --- adding ---

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make what is added within one transaction, all or nothing: quicker for many small reports.

        A single addition that fails takes nothing else with it. What is looked up within is the ledger
        as it was before.
        """
        with database.plainly(self.path), database.writing(self._engine) as connection:
            self._shared = connection
            try:
                yield
            finally:
                self._shared = None

    def add(self, document: Document, claims: Sequence[AnyClaim], *, run: Run) -> bool:
        """Add a report, its text and its claims; False where all of it is on file from the same reader.

        ReportError where the text or a claim cannot be stored (it holds halves of characters).
        """
        with self._writing() as connection, _storable(document.report):
            words = document.text.encode()  # what cannot be encoded fails before anything is written
            bodies = [msgspec.json.encode(claim).decode() for claim in claims]
            report = _put_report(connection, document.report, run)
            text = _put_text(connection, words, document.report)
            outcome = digest("\n".join([text, *sorted(bodies)]).encode())
            if _last_outcome(connection, report, run.reader) == outcome:
                return False
            row = {"report": report, "run": run.id, "reader": run.reader, "language": document.language}
            row |= {"text_sha256": text, "outcome": outcome, "recorded": _now()}
            _put_claims(connection, _insert(connection, DOCUMENTS, row), claims, bodies)
        return True

    def keep(self, report: Report, *, run: Run, why: Issue) -> bool:
        """Keep a report that was not read, and list why; False where both are on file."""
        with self._writing() as connection, _storable(report):
            return _put_issue(connection, why, run, _put_report(connection, report, run))

    def add_issue(self, issue: Issue, *, run: Run) -> bool:
        """List an issue; False where it is listed already."""
        with self._writing() as connection:
            return _put_issue(connection, issue, run, None)

    def holds(self, report: Report, *, reader: str) -> bool:
        """Whether these bytes under this id have been read by this reader, so that they can be passed over.

        What the report does not tell (publisher, date, title, language) may have been found by reading it.
        """
        told = (name for name in ("publisher", "published", "title", "language") if getattr(report, name))
        query = (
            sa.select(DOCUMENTS.c.seq)
            .join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
            .where(REPORTS.c.id == report.id, REPORTS.c.sha256 == report.sha256, DOCUMENTS.c.reader == reader)
            .where(*(REPORTS.c[name] == getattr(report, name) for name in told))
        )
        with _storable(report):
            return bool(self._rows(query.limit(1)))

    # --- looking up ---

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        due: dt.date | None = None,
        undated: bool = False,
    ) -> list[Entry]:
        """The claims of the current view (see current.py) in the order of recording and of the text.

        ``known`` leaves out what was published after that day, ``since`` and ``until`` what was published
        before or after (undated reports: recorded), ``kinds`` all claims of other kinds, ``measures`` counts
        of other measures, ``due`` what by its own time ends before that day or never, ``undated`` the claims
        of reports that have a date.
        A claim that two readers found in the very same words stands once.
        """
        days = Days(known=known, since=since, until=until, undated=undated)
        found: list[Entry] = []
        with self._looking() as connection, fetching.undisturbed():
            chosen = (
                choosing.due(connection, days, due, kinds=kinds)
                if due
                else choosing.readings(connection, days)
            )
            wanted = fetching.wanted(kinds, measures, due)
            told: dict[current.ReportKey, set[str]] = {}
            for batch in in_batches([*chosen.alone, *chosen.weighed]):
                rows = fetching.claims_of(connection, batch, wanted)
                papers = fetching.papers(connection, {row[0] for row in rows})
                for document, claims in groupby(rows, itemgetter(0)):
                    paper = papers[document]
                    if not days.hold(paper.report.published, paper.day):
                        continue
                    names = told.setdefault(paper.key, set()) if document in chosen.weighed else set()
                    found += [paper.entry(body) for body in fetching.once(claims, names)]
        return found

    def entry(self, claim_id: str) -> Entry:
        """The claim of an id, or of the beginning of one; UsageError where there is none or several."""
        with self._looking() as connection:
            query = sa.select(CLAIMS.c.id).distinct().where(judging.beginning(CLAIMS.c.id, claim_id))
            ids = list(connection.execute(query.order_by(CLAIMS.c.id)).scalars()) if claim_id else []
            if claim_id in ids:
                ids = [claim_id]
            if len(ids) != 1:
                raise UsageError(self._no_such_claim(connection, claim_id, ids))
            of_id = sa.select(CLAIMS.c.document, CLAIMS.c.body).where(CLAIMS.c.id == ids[0])
            bodies = {row[0]: row[1] for row in connection.execute(of_id)}
            papers = fetching.papers(connection, bodies)
            counting = choosing.counting(connection, {paper.report.id for paper in papers.values()})
            document = max(bodies, key=lambda seq: (seq in counting, seq))
            return papers[document].entry(bodies[document])

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> list[Report]:
        """The newest version of each report known by a day, read or only kept, without its bytes.

        ``since`` and ``until`` leave out the reports whose newest version lies outside.
        """
        with self._looking() as connection:
            chosen = choosing.versions(connection, Days(known=known, since=since, until=until))
            return [report for batch in in_batches(chosen) for report in fetching.reports(connection, batch)]

    def report(self, publisher: str | None, report_id: str) -> Report | None:
        """The newest version of one report, as :meth:`reports` gives it; None where it is not on file."""
        with self._looking() as connection:
            chosen = choosing.versions(connection, Days(), ids={report_id})
            found = fetching.reports(connection, chosen)
        return next((report for report in found if report.publisher == publisher), None)

    def text(self, sha256: str, *, default: str | None = None) -> str:
        """The text last read from a report of these bytes; empty where claims were given without one.

        UsageError where nobody has read such a report and there is no ``default``.
        """
        with self._looking() as connection:
            packed = connection.execute(fetching.TEXT, {"of": sha256}).scalar()
        if packed is not None:
            return zlib.decompress(packed).decode()
        if default is not None:
            return default
        raise UsageError(f"{self.path}: no text of a report with SHA-256 {sha256} is on file")

    def data(self, sha256: str) -> bytes:
        """The bytes of a report as they were received."""
        return self._content(sha256)

    def issues(self) -> list[Issue]:
        """What could not be read, or with a doubt. A report that a later run could read is left out."""
        kept, read = REPORTS.alias(), REPORTS.alias()
        settled = sa.exists().where(
            kept.c.seq == ISSUES.c.report,
            read.c.id == kept.c.id,
            read.c.sha256 == kept.c.sha256,
            read.c.seq == DOCUMENTS.c.report,
        )
        return [
            Issue(origin=row["origin"], message=row["message"], level=row["level"])
            for row in self._rows(sa.select(ISSUES).where(~settled).order_by(ISSUES.c.seq))
        ]

    # --- judgements ---

    def judge(self, decision: str, subjects: Sequence[str], *, by: str, reason: str) -> Judgement:
        """Put on record that claims (or reports) tell the ``same`` thing or ``different`` ones.

        ``undo`` takes back the judgements whose numbers are its subjects. UsageError where a subject is
        not on file, or nobody signs, or no reason is given.
        """
        with self._writing() as connection:
            return judging.record(connection, decision, subjects, by=by, reason=reason, recorded=_now())

    def judgements(self, known: dt.date | None = None) -> list[Judgement]:
        """The judgements recorded by a day that nobody has taken back, in order."""
        with self._looking() as connection:
            return judging.standing(connection, known)

    # --- inside ---

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        if self._shared is not None:
            with database.plainly(self.path):
                yield self._shared
            return
        with database.plainly(self.path), database.writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _looking(self) -> Iterator[sa.Connection]:
        """A connection that sees the ledger as it is now, whatever is added meanwhile."""
        with database.plainly(self.path), self._engine.connect() as connection:
            yield connection

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        with database.plainly(self.path), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()

    def _content(self, sha256: str) -> bytes:
        rows = self._rows(sa.select(CONTENTS.c.packed).where(CONTENTS.c.sha256 == sha256))
        if not rows:
            raise UsageError(f"{self.path}: no report with SHA-256 {sha256} is on file")
        return zlib.decompress(rows[0]["packed"])

    def _no_such_claim(self, connection: sa.Connection, claim_id: str, ids: list[str]) -> str:
        if ids:
            listed = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            return f"claim {claim_id}: {len(ids)} claims begin so: {listed}; give more of the id"
        half = judging.beginning(CLAIMS.c.id, claim_id[: len(claim_id) // 2])
        alike = connection.execute(sa.select(CLAIMS.c.id).distinct().where(half).limit(_ALIKE)).scalars()
        near = difflib.get_close_matches(claim_id, list(alike), n=3, cutoff=0.5)
        on_file = connection.execute(sa.select(sa.func.count(CLAIMS.c.id.distinct()))).scalar_one()
        hint = f"; near it: {', '.join(near)}" if near else f"; {on_file} claims are on file"
        return f"{self.path}: there is no claim {claim_id!r}{hint}"


def version_of(report: Report) -> str:
    """The identity of a version of a report: a hash of its bytes' hash and of what is told about it.

    Where it lay (``origin``) and its address (``url``) are no part of it: a copy is no new version.
    """
    told = (report.id, report.publisher, report.published, report.title, report.language, report.sha256)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _legible(name: str) -> str:
    """A name that can be stored: a file's name may hold bytes that are no text."""
    return name.encode(errors="backslashreplace").decode()


@contextmanager
def _storable(report: Report) -> Iterator[None]:
    try:
        msgspec.json.encode([report.id, report.publisher, report.title, report.language, report.url])
        yield
    except UnicodeEncodeError as error:
        raise ReportError(f"{report.origin}: holds halves of characters (lone surrogates)") from error


# --- writing, inside a transaction -----------------------------------------------------------------

# What is asked for every report is made once: making a statement costs more than running it.
_INSERTS = {table.name: table.insert() for table in (CLAIMS, CONTENTS, DOCUMENTS, ISSUES, REPORTS, RUNS)}
_CONTENT = sa.select(CONTENTS.c.sha256).where(CONTENTS.c.sha256 == sa.bindparam("name"))
_VERSION = sa.select(REPORTS.c.seq).where(REPORTS.c.version == sa.bindparam("version"))
_LAST_OUTCOME = (
    sa.select(DOCUMENTS.c.outcome)
    .where(DOCUMENTS.c.report == sa.bindparam("report"), DOCUMENTS.c.reader == sa.bindparam("reader"))
    .order_by(DOCUMENTS.c.seq.desc())
    .limit(1)
)


def _insert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int:
    key = connection.execute(_INSERTS[table.name], dict(row)).inserted_primary_key
    assert key is not None  # noqa: S101 - a single insert always has one
    return int(key[0])


def _put_content(connection: sa.Connection, data: bytes) -> str:
    name = digest(data)
    if connection.execute(_CONTENT, {"name": name}).first() is None:
        connection.execute(_INSERTS["contents"], {"sha256": name, "packed": zlib.compress(data)})
    return name


def _put_text(connection: sa.Connection, words: bytes, report: Report) -> str:
    """The text of a report; where it is the report as received, that is on file by now."""
    return report.sha256 if words and words == report.data else _put_content(connection, words)


def _put_report(connection: sa.Connection, report: Report, run: Run) -> int:
    version = version_of(report)
    known = connection.execute(_VERSION, {"version": version}).scalar()
    if known is not None:
        return int(known)
    _put_content(connection, report.data)
    row = {name: getattr(report, name) for name in fetching.TOLD} | {"origin": _legible(report.origin)}
    return _insert(connection, REPORTS, row | {"version": version, "run": run.id, "recorded": _now()})


def _last_outcome(connection: sa.Connection, report: int, reader: str) -> str | None:
    """What this reader made of this version the last time."""
    return connection.execute(_LAST_OUTCOME, {"report": report, "reader": reader}).scalar()


def _put_claims(
    connection: sa.Connection, document: int, claims: Sequence[AnyClaim], bodies: Sequence[str]
) -> None:
    rows = [
        {"document": document, "position": position, "id": claim.id, "kind": claim.kind, "body": body}
        for position, (claim, body) in enumerate(zip(claims, bodies, strict=True))
    ]
    if rows:
        connection.execute(_INSERTS["claims"], rows)


def _put_issue(connection: sa.Connection, issue: Issue, run: Run, report: int | None) -> bool:
    row = {"origin": _legible(issue.origin), "message": _legible(issue.message), "level": issue.level}
    same = sa.and_(ISSUES.c.report == report, *(ISSUES.c[name] == value for name, value in row.items()))
    if connection.execute(sa.select(ISSUES.c.seq).where(same)).first():
        return False
    _insert(connection, ISSUES, row | {"report": report, "run": run.id, "recorded": _now()})
    return True
