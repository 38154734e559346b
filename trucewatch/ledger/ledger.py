"""The ledger itself: reports, documents, claims, runs and issues, only ever added to."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch import __version__
from trucewatch.errors import ReportError, UsageError
from trucewatch.ledger import current, database
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, ISSUES, REPORTS, RUNS
from trucewatch.model import AnyClaim, Document, Entry, Issue, Report, Run, digest

_DECODER: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)
_TOLD = ("id", "publisher", "published", "title", "language", "url", "media_type", "origin", "sha256")


class Ledger:
    """A ledger in one SQLite file. Every method that writes does so in one transaction, all or nothing.

    Errors: LedgerError names the file and says what is wrong (no permission, disk full, damaged ...).
    """

    def __init__(self, engine: sa.Engine, *, path: Path) -> None:
        self._engine = engine
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

    def add(self, document: Document, claims: Sequence[AnyClaim], *, run: Run) -> bool:
        """Add a report, its text and its claims; False where all of it is on file from the same reader.

        ReportError where the text or a claim cannot be stored (it holds halves of characters).
        """
        with self._writing() as connection, _storable(document.report):
            report = _put_report(connection, document.report, run)
            text = _put_content(connection, document.text.encode())
            bodies = [msgspec.json.encode(claim).decode() for claim in claims]
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

    def entries(self, known: dt.date | None = None) -> list[Entry]:
        """The claims of the current view (see current.py) in the order of recording and of the text.

        ``known`` leaves out what was published after that day (undated reports: recorded after it).
        A claim that two readers found in the very same words stands once.
        """
        versions = self._versions(known)
        chosen = set(current.current_readings(versions, self._readings()))
        reports = self._reports_by_seq()
        found: dict[tuple[object, ...], Entry] = {}
        for row in self._rows(_CLAIMS_OF_READINGS):
            if row["document"] in chosen:
                report = reports[row["report"]]
                found.setdefault((report.publisher, report.id, row["id"]), _entry(row, report))
        return list(found.values())

    def entry(self, claim_id: str) -> Entry:
        """The claim of an id, or of the beginning of one; UsageError where there is none or several."""
        matching = CLAIMS.c.id.startswith(claim_id, autoescape=True)
        rows = self._rows(_CLAIMS_OF_READINGS.where(matching)) if claim_id else []
        ids = sorted({row["id"] for row in rows})
        if claim_id in ids:
            ids = [claim_id]
        if len(ids) != 1:
            raise UsageError(self._no_such_claim(claim_id, ids))
        chosen = set(current.current_readings(self._versions(None), self._readings()))
        of_id = [row for row in rows if row["id"] == ids[0]]
        row = max(of_id, key=lambda row: (row["document"] in chosen, row["document"]))
        return _entry(row, self._reports_by_seq()[row["report"]])

    def reports(self, known: dt.date | None = None) -> list[Report]:
        """The newest version of each report, read or only kept, without its bytes."""
        by_seq = self._reports_by_seq()
        read = {reading.report for reading in self._readings()}
        read_bytes = {(by_seq[seq].id, by_seq[seq].sha256) for seq in read}
        chosen = current.current_reports(
            version
            for version in self._versions(known)
            if version.seq in read or (version.key[1], version.sha256) not in read_bytes
        )
        return [by_seq[seq] for seq in chosen]

    def text(self, sha256: str, *, default: str | None = None) -> str:
        """The text last read from a report of these bytes; empty where claims were given without one.

        UsageError where nobody has read such a report and there is no ``default``.
        """
        query = (
            sa.select(DOCUMENTS.c.text_sha256)
            .join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
            .where(REPORTS.c.sha256 == sha256)
            .order_by(DOCUMENTS.c.seq.desc())
        )
        if rows := self._rows(query.limit(1)):
            return self._content(rows[0]["text_sha256"]).decode()
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

    # --- inside ---

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with database.plainly(self.path), database.writing(self._engine) as connection:
            yield connection

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        with database.plainly(self.path), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()

    def _content(self, sha256: str) -> bytes:
        rows = self._rows(sa.select(CONTENTS.c.packed).where(CONTENTS.c.sha256 == sha256))
        if not rows:
            raise UsageError(f"{self.path}: no report with SHA-256 {sha256} is on file")
        return zlib.decompress(rows[0]["packed"])

    def _versions(self, known: dt.date | None) -> list[current.VersionRow]:
        columns = (REPORTS.c[name] for name in ("seq", "id", "publisher", "sha256", "published", "recorded"))
        versions = [
            current.VersionRow(
                seq=row["seq"],
                key=(row["publisher"], row["id"]),
                sha256=row["sha256"],
                published=row["published"],
                recorded=row["recorded"],
            )
            for row in self._rows(sa.select(*columns))
        ]
        return [version for version in versions if current.known_by(version, known)]

    def _readings(self) -> list[current.ReadingRow]:
        rows = self._rows(sa.select(DOCUMENTS.c.seq, DOCUMENTS.c.report, DOCUMENTS.c.reader))
        return [
            current.ReadingRow(seq=row["seq"], report=row["report"], reader=row["reader"]) for row in rows
        ]

    def _reports_by_seq(self) -> dict[int, Report]:
        rows = self._rows(sa.select(REPORTS.c.seq, *(REPORTS.c[name] for name in _TOLD)))
        return {row["seq"]: Report(data=b"", **{name: row[name] for name in _TOLD}) for row in rows}

    def _no_such_claim(self, claim_id: str, ids: list[str]) -> str:
        if ids:
            listed = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            return f"claim {claim_id}: {len(ids)} claims begin so: {listed}; give more of the id"
        known = [row["id"] for row in self._rows(sa.select(CLAIMS.c.id).distinct())]
        near = difflib.get_close_matches(claim_id, known, n=3, cutoff=0.5)
        hint = f"; near it: {', '.join(near)}" if near else f"; {len(known)} claims are on file"
        return f"{self.path}: there is no claim {claim_id!r}{hint}"


_CLAIMS_OF_READINGS = (
    sa.select(CLAIMS.c.document, CLAIMS.c.id, CLAIMS.c.body, DOCUMENTS.c.report, DOCUMENTS.c.recorded)
    .join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document)
    .order_by(CLAIMS.c.document, CLAIMS.c.position)
)


def version_of(report: Report) -> str:
    """The identity of a version of a report: a hash of its bytes' hash and of what is told about it.

    Where it lay (``origin``) and its address (``url``) are no part of it: a copy is no new version.
    """
    told = (report.id, report.publisher, report.published, report.title, report.language, report.sha256)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def _entry(row: sa.RowMapping, report: Report) -> Entry:
    return Entry(claim=_DECODER.decode(row["body"]), report=report, recorded=row["recorded"])


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
        yield
    except UnicodeEncodeError as error:
        raise ReportError(f"{report.origin}: holds halves of characters (lone surrogates)") from error


# --- writing, inside a transaction -----------------------------------------------------------------


def _insert(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int:
    key = connection.execute(table.insert(), dict(row)).inserted_primary_key
    assert key is not None  # noqa: S101 - a single insert always has one
    return int(key[0])


def _put_content(connection: sa.Connection, data: bytes) -> str:
    name = digest(data)
    known = connection.execute(sa.select(CONTENTS.c.sha256).where(CONTENTS.c.sha256 == name)).first()
    if known is None:
        connection.execute(CONTENTS.insert(), {"sha256": name, "packed": zlib.compress(data)})
    return name


def _put_report(connection: sa.Connection, report: Report, run: Run) -> int:
    version = version_of(report)
    known = connection.execute(sa.select(REPORTS.c.seq).where(REPORTS.c.version == version)).scalar()
    if known is not None:
        return int(known)
    _put_content(connection, report.data)
    row = {name: getattr(report, name) for name in _TOLD} | {"origin": _legible(report.origin)}
    return _insert(connection, REPORTS, row | {"version": version, "run": run.id, "recorded": _now()})


def _last_outcome(connection: sa.Connection, report: int, reader: str) -> str | None:
    """What this reader made of this version the last time."""
    last = (
        sa.select(DOCUMENTS.c.outcome)
        .where(DOCUMENTS.c.report == report, DOCUMENTS.c.reader == reader)
        .order_by(DOCUMENTS.c.seq.desc())
    )
    return connection.execute(last.limit(1)).scalar()


def _put_claims(
    connection: sa.Connection, document: int, claims: Sequence[AnyClaim], bodies: Sequence[str]
) -> None:
    rows = [
        {"document": document, "position": position, "id": claim.id, "kind": claim.kind, "body": body}
        for position, (claim, body) in enumerate(zip(claims, bodies, strict=True))
    ]
    if rows:
        connection.execute(CLAIMS.insert(), rows)


def _put_issue(connection: sa.Connection, issue: Issue, run: Run, report: int | None) -> bool:
    row = {"origin": _legible(issue.origin), "message": _legible(issue.message), "level": issue.level}
    same = sa.and_(ISSUES.c.report == report, *(ISSUES.c[name] == value for name, value in row.items()))
    if connection.execute(sa.select(ISSUES.c.seq).where(same)).first():
        return False
    _insert(connection, ISSUES, row | {"report": report, "run": run.id, "recorded": _now()})
    return True
