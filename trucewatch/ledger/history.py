"""The versions of reports, as they came: corrections, other dates, withdrawals, erasures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from trucewatch.ledger import current, erasing, fetching
from trucewatch.ledger.choosing import Days, among, in_batches
from trucewatch.ledger.tables import DOCUMENTS, ERASURES, REPORTS
from trucewatch.ledger.withholding import Veil
from trucewatch.model import AnyClaim, Erasure, Version

_Row = Mapping[Any, Any]
_Reading = tuple[str, int]  # by which reader, which row


def versions(
    connection: sa.Connection,
    days: Days,
    *,
    veil: Veil | None,
    changed: bool = False,
    ids: Collection[str] | None = None,
) -> list[Version]:
    """The versions on file of the reports that have one in the days, report by report, in order.

    ``ids`` leaves out reports of other ids. Bytes that were only kept give way to the same bytes once
    somebody has read them.
    """
    erased = erasing.all_of_bytes(connection)
    groups = _groups(connection, days, _wanted(connection) if changed else ids, erased)
    if changed:
        groups = [group for group in groups if len(group) > 1 or group[0]["sha256"] in erased]
    readings = _readings(connection, [row["seq"] for group in groups for row in group], days)
    several = [row["seq"] for group in groups if len(group) > 1 for row in group]
    claims = _claims(connection, {seq: readings.get(seq, []) for seq in several}, veil)
    told = (version for group in groups for version in _told(group, readings, claims, erased))
    known = [version for version in told if days.known is None or _version_day(version) <= days.known]
    return [veil.noun(version) for version in known] if veil else known


def _wanted(connection: sa.Connection) -> set[str]:
    """The ids of reports of several versions, or erased ones."""
    several = sa.select(REPORTS.c.id).group_by(REPORTS.c.id).having(sa.func.count() > 1)
    erased = sa.select(REPORTS.c.id).join(ERASURES, ERASURES.c.sha256 == REPORTS.c.sha256)
    return {*connection.execute(several).scalars(), *connection.execute(erased).scalars()}


def _groups(
    connection: sa.Connection, days: Days, ids: Collection[str] | None, erased: Mapping[str, Erasure]
) -> list[list[_Row]]:
    """The versions of each report that has one in the days, by the order in which the reports came."""
    read = sa.exists().where(DOCUMENTS.c.report == REPORTS.c.seq, *days.on_file(DOCUMENTS))
    query = sa.select(REPORTS, read.label("read")).where(*days.on_file(REPORTS)).order_by(REPORTS.c.seq)
    if ids is not None:
        query = query.where(among(REPORTS.c.id, ids))
    groups: dict[current.ReportKey, list[_Row]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        groups[row["publisher"], row["id"]].append(row)
    told = (_without_copies(group) for group in groups.values())
    return [group for group in told if any(_lies_in(row, days, erased) for row in group)]


def _without_copies(group: Sequence[_Row]) -> list[_Row]:
    read = {row["sha256"] for row in group if row["read"]}
    return [row for row in group if row["read"] or row["withdrawn"] or row["sha256"] not in read]


def _lies_in(row: _Row, days: Days, erased: Mapping[str, Erasure]) -> bool:
    """Whether a version was published, came in or was erased between two days."""
    told = {_day(row["published"], row["recorded"]), row["recorded"].date()}
    if row["sha256"] in erased:
        told.add(erased[row["sha256"]].recorded.date())
    return any(
        (days.since is None or days.since <= day) and (days.until is None or day <= days.until)
        for day in told
    )


def _day(published: dt.date | None, recorded: dt.datetime) -> dt.date:
    return published or recorded.date()


def _version_day(version: Version) -> dt.date:
    return _day(version.report.published, version.recorded)


def _told(
    group: Sequence[_Row],
    readings: Mapping[int, Sequence[_Reading]],
    claims: Mapping[int, Sequence[AnyClaim]],
    erased: Mapping[str, Erasure],
) -> list[Version]:
    """The versions of one report, numbered as they came."""
    return [
        Version(
            number=number,
            report=fetching.report_of(row),
            recorded=row["recorded"],
            readers=tuple(reader for reader, _ in readings.get(row["seq"], ())),
            claims=tuple(claim for _, seq in readings.get(row["seq"], ()) for claim in claims.get(seq, ())),
            erased=erased.get(row["sha256"]),
        )
        for number, row in enumerate(group, start=1)
    ]


def _readings(connection: sa.Connection, versions: Collection[int], days: Days) -> dict[int, list[_Reading]]:
    """For each version the readers, each with its newest reading."""
    query = sa.select(DOCUMENTS.c.report, DOCUMENTS.c.reader, DOCUMENTS.c.seq)
    query = query.where(among(DOCUMENTS.c.report, versions), *days.on_file(DOCUMENTS))
    newest: dict[int, dict[str, _Reading]] = defaultdict(dict)
    for report, reader, seq in connection.execute(query.order_by(DOCUMENTS.c.seq)):
        newest[report][current.reader_name(reader)] = (reader, seq)
    return {report: sorted(readers.values()) for report, readers in newest.items()}


def _claims(
    connection: sa.Connection, readings: Mapping[int, Sequence[_Reading]], veil: Veil | None
) -> dict[int, list[AnyClaim]]:
    found: dict[int, list[AnyClaim]] = defaultdict(list)
    for batch in in_batches(seq for told in readings.values() for _, seq in told):
        for document, name, body in fetching.claims_of(connection, batch, ()):
            found[document].append(fetching.claim_of(name, body, veil))
    return found
