"""The ledger itself: reports, documents, claims, runs, issues and judgements, only ever added to."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch import __version__
from trucewatch.errors import LedgerError, ReportError, UsageError
from trucewatch.ledger import (
    choosing,
    database,
    erasing,
    fetching,
    indexing,
    judging,
    reviewing,
    signing,
    veiling,
)
from trucewatch.ledger.choosing import Days
from trucewatch.ledger.erasing import AlreadyErasedError, Erased
from trucewatch.ledger.onfile import OnFile
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, ISSUES, REPORTS, RUNS
from trucewatch.model import (
    AnyClaim,
    Document,
    Issue,
    Judgement,
    Report,
    Run,
    Signature,
    digest,
)


class Ledger(OnFile):
    """A ledger in one SQLite file. Every method that writes does so in one transaction, all or nothing.

    Errors: LedgerError names the file and says what is wrong (no permission, disk full, damaged ...).
    """

    def __init__(self, engine: sa.Engine, *, path: Path) -> None:
        super().__init__(engine, path=path)
        self._shared: sa.Connection | None = None
        self._file = database.file_of(path)

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
            indexing.bring_up_to_date(connection)
            key = _insert(connection, RUNS, row)
        return Run(id=key, reader=reader, settings=full, started=started)

    def finish(self, run: Run) -> None:
        """Note when a run ended. A run that never ends was cut off; what it had added stays."""
        with self._writing() as connection:
            unfinished = (RUNS.c.id == run.id) & RUNS.c.finished.is_(None)
            connection.execute(RUNS.update().where(unfinished).values(finished=_now()))

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
            reading = _insert(connection, DOCUMENTS, row)
            _put_claims(connection, reading, claims, bodies)
            title, told = document.report.title, document.text
            indexing.put(connection, reading, report, title=title, text=told, bodies=bodies)
        return True

    def keep(self, report: Report, *, run: Run, why: Issue) -> bool:
        """Keep a report that was not read, and list why; False where both are on file."""
        with self._writing() as connection, _storable(report):
            return _put_issue(connection, why, run, _put_report(connection, report, run))

    def withdraw(self, notice: Report, *, run: Run) -> bool | Issue:
        """Record that the publisher has taken a report back; False where that is on file.

        From that day on the report counts no more; its versions stay. An Issue where no such report is on
        file: the notice of another publisher takes nothing back.
        """
        with self._writing() as connection, _storable(notice):
            filed = _told_before(connection, notice)
            if not filed:
                whose = f" of {notice.publisher}" if notice.publisher else ""
                why = f"report {notice.id}{whose} is withdrawn, and is not on file"
                return Issue(origin=notice.origin, message=why, level="warning")
            before = connection.execute(_VERSION, {"version": version_of(notice)}).scalar()
            _put_report(connection, notice, run)
        return before is None

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

    # --- for the pipeline, and for whoever audits ---

    def data(self, sha256: str) -> bytes:
        """The bytes of a report as they were received, whatever is withheld; no view asks for them."""
        with self._looking() as connection:
            return self._content(connection, sha256)

    def source(self, publisher: str | None, report_id: str) -> tuple[Report, str] | None:
        """The newest version of a report with its bytes and text as filed, for claims given to it.

        None where it is not on file, was withdrawn or erased. No view asks for it.
        """
        with self._looking() as connection:
            versions = choosing.versions(connection, Days(), ids={report_id})
            found = fetching.reports(connection, versions)
            report = next((report for report in found if report.publisher == publisher), None)
            if report is None:
                return None
            asked = {"of": report.sha256, "by": _now()}
            packed = connection.execute(fetching.TEXT, asked).scalar() or erasing.NOTHING
            full = msgspec.structs.replace(report, data=self._content(connection, report.sha256))
        return full, zlib.decompress(packed).decode()

    def refusal(self, report: Report) -> Issue | None:
        """Why the bytes of a report are not read again: they were erased. None where they may be."""
        with self._looking() as connection:
            erased = erasing.of(connection, report.sha256)
            veil = self._veils.of(connection)
        if erased is None:
            return None
        told = erasing.in_words(erased, veil=veil)
        return Issue(origin=report.origin, message=f"{told}: not read again")

    # --- judgements ---

    def judge(self, decision: str, subjects: Sequence[str], *, by: str, reason: str) -> Judgement:
        """Put on record that claims (or reports) tell the ``same`` thing or ``different`` ones.

        ``withhold`` hides names and passages in all that is read out of the ledger, and ``undo`` takes back
        the judgements whose numbers are its subjects. UsageError where a subject is not on file, or nobody
        signs, or no reason is given.
        """
        if decision not in _SUBJECTS:
            raise UsageError(f"there is no decision {decision!r}; there are: {', '.join(_SUBJECTS)}")
        judging.check_signed(by=by, reason=reason)
        with self._writing() as connection:
            named = tuple(dict.fromkeys(subjects))
            found = _SUBJECTS[decision](connection, named)
            if decision == "undo":
                reviewing.expect_nothing_on_top(connection, found)
            made = judging.record(connection, decision, found, by=by, reason=reason, recorded=_now())
            veil = self._veils.of(connection)
        return veil.noun(made) if veil else made

    def review(
        self,
        decision: str,
        claims: Sequence[str] = (),
        *,
        gives: Sequence[AnyClaim] = (),
        report: tuple[str | None, str] | None = None,
        by: str,
        reason: str,
    ) -> Judgement:
        """Decide on claims of one report, told by their ids; ``gives`` are those that stand in their place.

        ``accept`` is on one claim, ``reject`` on some, ``correct`` puts one in the place of one, ``merge``
        one in the place of several, ``split`` several in the place of one. ``add`` gives claims to a
        ``report`` (publisher and id, as they are shown), and ``complete`` says that nothing is missing in it;
        for claims it need be told only where reports of two publishers have the same.
        Every view has the claims so decided, also after a new reading (see reviewed.py), until it is undone.
        UsageError says what is wrong: no such claim, claims of several reports, evidence outside the text.
        """
        with self._writing() as connection, _writable(decision):
            veil = self._veils.of(connection)
            key = reviewing.filed(connection, report, veil) if report else None
            told: dict[str, Any] = {"gives": gives, "report": key, "by": by, "reason": reason}
            try:
                made = reviewing.decide(connection, decision, claims, **told, recorded=_now())
            except UsageError as error:
                raise (UsageError(veil.line(str(error))) if veil else error) from None
        return veil.noun(made) if veil else made

    def erase(self, subject: str, *, by: str, reason: str, publisher: str | None = None) -> Erased:
        """Erase a report by its id, or all of some bytes by their SHA-256: bytes, text, words of the claims.

        Their hash, the date, the reason and who ordered it stay; nothing of the words is left in the file.
        UsageError where nobody signs, no reason is given, or it cannot be told which report is meant; and
        where it has been erased: then traces that another program kept from being cleared are cleared now.
        """
        try:
            with self._writing() as connection:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
                erased = erasing.erase(
                    connection, subject, publisher=publisher, by=by, reason=reason, recorded=_now()
                )
        except AlreadyErasedError:
            database.purge(self._engine, self.path)
            raise
        database.purge(self._engine, self.path)
        return erased

    # --- signing ---

    def sign(
        self, content: bytes, *, ceasefire: str, at: dt.date, known: dt.date | None, by: str
    ) -> Signature:
        """Freeze a situation report as the next version of a ceasefire and day, signed by a named person.

        The same bytes as those of the last version make no new one: it is given back. UsageError where
        nobody signs.
        """
        row = {"ceasefire": ceasefire, "at": at, "known": known, "by": by, "recorded": _now()}
        with self._writing() as connection:
            return signing.record(connection, {**row, "sha256": _put_content(connection, content)})

    # --- inside ---

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        if self._shared is not None:
            with database.plainly(self.path):
                yield self._shared
            return
        if database.file_of(self.path) != self._file:
            raise LedgerError(f"{self.path}: was deleted or replaced since it was opened: nothing written")
        with database.plainly(self.path), database.writing(self._engine) as connection:
            yield connection


def version_of(report: Report) -> str:
    """The identity of a version of a report: a hash of its bytes' hash and of what is told about it.

    Where it lay (``origin``) and its address (``url``) are no part of it: a copy is no new version.
    """
    told = [report.id, report.publisher, report.published, report.title, report.language, report.sha256]
    return hashlib.sha256(msgspec.json.encode([*told, True] if report.withdrawn else told)).hexdigest()


@contextmanager
def _writable(decision: str) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError(f"{decision}: a claim holds halves of characters (lone surrogates)") from error


_SUBJECTS: Mapping[str, Callable[[sa.Connection, Sequence[str]], tuple[str, ...]]] = {
    "same": judging.things,
    "different": judging.things,
    "withhold": veiling.subjects,
    "undo": judging.numbers,
}


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
    if erased := erasing.of(connection, report.sha256):
        raise ReportError(f"{report.origin}: {erasing.in_words(erased)}: not read again")
    version = version_of(report)
    known = connection.execute(_VERSION, {"version": version}).scalar()
    if known is not None:
        return int(known)
    _put_content(connection, report.data)
    row = {name: getattr(report, name) for name in (*fetching.TOLD, "withdrawn")}
    row |= {"origin": _legible(report.origin)}
    return _insert(connection, REPORTS, row | {"version": version, "run": run.id, "recorded": _now()})


def _told_before(connection: sa.Connection, notice: Report) -> bool:
    """Whether a version with a text is on file of the report that a notice takes back."""
    asked = (REPORTS.c.id == notice.id, REPORTS.c.publisher.is_not_distinct_from(notice.publisher))
    query = sa.select(REPORTS.c.seq).where(*asked, REPORTS.c.withdrawn.is_(False)).limit(1)
    return connection.execute(query).first() is not None


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
