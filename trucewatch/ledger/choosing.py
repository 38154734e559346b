"""Choosing, in the database, the readings and versions that a question is about.

current.py says which reading of which version counts. Here that rule meets a large ledger: only the
reports that have a version in the days asked for are looked at, each with all its versions, and only
those that have several are weighed one against the other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from trucewatch.ledger import current
from trucewatch.ledger.tables import CLAIMS, DOCUMENTS, ERASURES, REPORTS, time_end
from trucewatch.model import AnyClaim, FiledKind, Noun

_BATCH = 5_000  # readings or reports fetched at once: some 50,000 claims, or 25 MiB
_ONE = dt.timedelta(days=1)


class Days(Noun, frozen=True, kw_only=True):
    """What was known by a day, published from ``since`` to ``until``; None is open.

    ``recorded`` leaves out whatever the ledger took in after that moment.
    Undated reports go by the day they were recorded (UTC); ``undated`` leaves out all others.
    """

    known: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    undated: bool = False
    recorded: dt.datetime | None = None

    def hold(self, published: dt.date | None, recorded: dt.date) -> bool:
        """Whether a version lies between ``since`` and ``until``, whenever it was known."""
        if self.undated and published:
            return False
        day = published or recorded
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def within(self, reports: sa.FromClause = REPORTS) -> tuple[sa.ColumnElement[bool], ...]:
        """Whether a version lies in the days and was known, for the database."""
        until = min((day for day in (self.until, self.known) if day), default=None)
        dated = (reports.c.published.is_(None),) if self.undated else ()
        return (*_between(self.since, until, reports), *dated, *self.on_file(reports))

    def on_file(self, *tables: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
        """Whether rows of some tables had been recorded by the moment, for the database."""
        return tuple(table.c.recorded <= self.recorded for table in tables) if self.recorded else ()

    def only_known(self) -> Days:
        """The same knowledge, of whichever days."""
        return Days(known=self.known, recorded=self.recorded)


class Chosen(NamedTuple):
    """The readings of the current view, as ``seq``: those of reports that have no other reading and no
    other version, and those that were weighed against others."""

    alone: set[int]
    weighed: set[int]


def readings(connection: sa.Connection, days: Days) -> Chosen:
    """The readings of the current view that may lie in the days.

    A report that has a version in the days comes with the readings that count, also where they are of
    a version outside.
    """
    inside = sa.select(DOCUMENTS.c.seq).join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    inside = inside.where(*days.within(), *days.on_file(DOCUMENTS))
    several = connection.execute(inside.add_columns(REPORTS.c.id).where(_has_others())).all()
    alone = set(connection.execute(inside).scalars()) - {row[0] for row in several}
    return Chosen(alone, counting(connection, {row[1] for row in several}, days))


def due(
    connection: sa.Connection, days: Days, day: dt.date, *, kinds: Collection[FiledKind] | None
) -> Chosen:
    """The readings of the current view that have a claim whose own time ends on a day or later."""
    query = sa.select(DOCUMENTS.c.seq, REPORTS.c.id).distinct().select_from(CLAIMS)
    query = query.join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    asked = (*days.within(), *days.on_file(DOCUMENTS), ends_by(day), *of_kinds(kinds))
    found = dict(map(tuple, connection.execute(query.where(*asked)).all()))
    current = counting(connection, set(found.values()), days)
    return Chosen(set(), current & found.keys())


def ends_by(day: dt.date) -> sa.ColumnElement[bool]:
    """Whether a claim's time ends on a day or later; a month or year ends on its last day."""
    written = day.isoformat()
    return sa.or_(time_end >= written, time_end.in_((written[:7], written[:4])))


def ends(claim: AnyClaim, *, by: dt.date) -> bool:
    """The same of a claim at hand."""
    written, end = by.isoformat(), claim.time.end if claim.time else None
    return end is not None and (end >= written or end in (written[:7], written[:4]))


def of_kinds(kinds: Collection[FiledKind] | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a claim is of one of some kinds; None is all."""
    return () if kinds is None else (CLAIMS.c.kind.in_(sorted(kinds)),)


def counting(connection: sa.Connection, ids: Collection[str], days: Days) -> set[int]:
    """The readings of the current view of the reports of some ids, as ``seq``, of whichever days."""
    known = days.only_known()
    columns = (REPORTS.c.seq, REPORTS.c.publisher, REPORTS.c.id, DOCUMENTS.c.seq, DOCUMENTS.c.reader)
    query = sa.select(*columns).join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
    query = query.where(*known.within(), *known.on_file(DOCUMENTS), among(REPORTS.c.id, ids))
    groups: dict[current.ReportKey, list[Sequence[Any]]] = defaultdict(list)
    for row in connection.execute(query).all():
        groups[row[1], row[2]].append(row)
    withdrawn = _withdrawn(connection, set(ids), known)
    taken_back = {version.key for version in withdrawn}
    found: set[int] = set()
    versions: list[Sequence[Any]] = []
    for key, group in groups.items():
        if key not in taken_back and all(row[0] == group[0][0] for row in group):
            # one version: the newest reading of each reader
            newest = {current.reader_name(row[4]): row[3] for row in sorted(group, key=itemgetter(3))}
            found.update(newest.values())
        else:
            versions += group
    return found.union(_weighed(connection, versions, withdrawn))


def _withdrawn(connection: sa.Connection, ids: set[str], known: Days) -> list[current.VersionRow]:
    """The versions of some ids that say that the report was withdrawn; there are few at all."""
    found = map(_version, connection.execute(_WITHDRAWN))
    return [
        version
        for version in found
        if version.key[1] in ids
        and current.known_by(version, known.known)
        and (known.recorded is None or version.recorded <= known.recorded)
    ]


def versions(connection: sa.Connection, days: Days, *, ids: Collection[str] | None = None) -> list[int]:
    """The newest version of each report where it lies in the days, read or only kept, as ``seq`` in order.

    One that was withdrawn or erased leaves its report without any. Bytes that were only kept give way to the
    same bytes once somebody has read them.
    """
    read = sa.exists().where(DOCUMENTS.c.report == REPORTS.c.seq, *days.on_file(DOCUMENTS))
    query = sa.select(*_VERSION, read).where(*_sharing_id(days, ids), *days.on_file(REPORTS))
    groups: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in connection.execute(query).all():
        groups[row[2]].append(row)
    erased = set(connection.execute(sa.select(ERASURES.c.sha256)).scalars())
    found: list[int] = []
    for group in groups.values():
        read_bytes = {row[3] for row in group if row[7]}
        filed = {row[0]: _version(row) for row in group if row[7] or row[6] or row[3] not in read_bytes}
        known = [version for version in filed.values() if current.known_by(version, days.known)]
        newest = (filed[seq] for seq in current.current_reports(known))
        found += [
            version.seq
            for version in newest
            if version.sha256 not in erased and days.hold(version.published, version.recorded.date())
        ]
    return sorted(found)


def among(column: sa.ColumnElement[Any], values: Collection[int] | Collection[str]) -> sa.ColumnElement[bool]:
    """Whether a column has one of many values: they travel as one JSON list."""
    listed = sa.func.json_each(msgspec.json.encode(list(values)).decode()).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def in_batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Numbers in order, so many at a time that what is fetched for them fits in memory."""
    ordered = iter(sorted(numbers))
    while batch := list(islice(ordered, _BATCH)):
        yield batch


def _weighed(
    connection: sa.Connection, rows: list[Sequence[Any]], withdrawn: Sequence[current.VersionRow]
) -> list[int]:
    """Of the readings of reports that have several versions: those that count."""
    filed = list(withdrawn)
    for batch in in_batches({row[0] for row in rows}):
        told = connection.execute(sa.select(*_VERSION).where(among(REPORTS.c.seq, batch)))
        filed += [_version(row) for row in told]
    read = [current.ReadingRow(seq=row[3], report=row[0], reader=row[4]) for row in rows]
    return current.current_readings(filed, read)


def _has_others() -> sa.ColumnElement[bool]:
    """Whether a reading's report may have other versions, or readings, to be weighed against."""
    version, reading = REPORTS.alias(), DOCUMENTS.alias()
    return sa.or_(
        sa.exists().where(version.c.id == REPORTS.c.id, version.c.seq != REPORTS.c.seq),
        sa.exists().where(reading.c.report == REPORTS.c.seq, reading.c.seq != DOCUMENTS.c.seq),
    )


_WEIGHED = ("seq", "publisher", "id", "sha256", "published", "recorded", "withdrawn")
_VERSION = tuple(REPORTS.c[name] for name in _WEIGHED)


_WITHDRAWN = sa.select(*_VERSION).where(REPORTS.c.withdrawn.is_(True))  # by nothing else: it has an index


def _version(row: Sequence[Any]) -> current.VersionRow:
    seq, publisher, name, sha256, published, recorded, withdrawn = row[:7]
    key = (publisher, name)
    return current.VersionRow(
        seq=seq, key=key, sha256=sha256, published=published, recorded=recorded, withdrawn=withdrawn
    )


def _sharing_id(days: Days, ids: Collection[str] | None) -> tuple[sa.ColumnElement[bool], ...]:
    """All versions of the reports that have one in the days, told by the id they share."""
    if ids is not None:
        return (among(REPORTS.c.id, ids),)
    if days.since is None and days.until is None:
        return ()
    inside = REPORTS.alias()
    return (REPORTS.c.id.in_(sa.select(inside.c.id).where(*days.within(inside))),)


def _between(
    since: dt.date | None, until: dt.date | None, reports: sa.FromClause = REPORTS
) -> tuple[sa.ColumnElement[bool], ...]:
    """Versions published, or if undated recorded, from one day to another."""
    dated: list[sa.ColumnElement[bool]] = []
    undated: list[sa.ColumnElement[bool]] = [reports.c.published.is_(None)]
    if since:
        dated.append(reports.c.published >= since)
        undated.append(reports.c.recorded >= _midnight(since))
    if until:
        dated.append(reports.c.published <= until)
        undated.append(reports.c.recorded < _midnight(until + _ONE))
    return (sa.or_(sa.and_(*dated), sa.and_(*undated)),) if dated else ()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
