"""Fetching what was chosen: claims, the reports they stand in, and texts, each row once."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.ledger import choosing, current
from trucewatch.ledger.choosing import among
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, REPORTS
from trucewatch.model import AnyClaim, Entry, FiledKind, Measure, Noun, Report

TOLD = ("id", "publisher", "published", "title", "language", "url", "media_type", "origin", "sha256")
_DECODER: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the garbage collector, which would search a hundred thousand claims again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


TEXT = (
    sa.select(CONTENTS.c.packed)
    .join(DOCUMENTS, DOCUMENTS.c.text_sha256 == CONTENTS.c.sha256)
    .join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    .where(REPORTS.c.sha256 == sa.bindparam("of"))
    .order_by(DOCUMENTS.c.seq.desc())
    .limit(1)
)
"""The text last read from a report of the bytes ``of``; built once, as a situation asks for hundreds."""


class Paper(Noun, frozen=True):
    """A reading: of which report, when it was recorded, and the day that the report goes by."""

    report: Report
    recorded: dt.datetime
    day: dt.date

    @property
    def key(self) -> current.ReportKey:
        """The report by publisher and id."""
        return self.report.publisher, self.report.id

    def entry(self, body: str) -> Entry:
        """The entry of a claim of this reading, from its JSON."""
        return Entry(claim=_DECODER.decode(body), report=self.report, recorded=self.recorded)


def wanted(
    kinds: Collection[FiledKind] | None, measures: Collection[Measure] | None, due: dt.date | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """The claims asked for, within their readings."""
    counted = [sa.func.instr(CLAIMS.c.body, f'"measure":"{measure}"') > 0 for measure in measures or ()]
    return (
        *choosing.of_kinds(kinds),
        *([] if measures is None else [sa.or_(CLAIMS.c.kind != "count", *counted)]),
        *([choosing.ends_by(due)] if due else []),
    )


def claims_of(
    connection: sa.Connection, documents: Sequence[int], wanted: Sequence[sa.ColumnElement[bool]]
) -> Sequence[Sequence[Any]]:
    """The claims of some readings in order: reading, id, JSON."""
    query = sa.select(CLAIMS.c.document, CLAIMS.c.id, CLAIMS.c.body).where(
        among(CLAIMS.c.document, documents)
    )
    return connection.execute(query.where(*wanted).order_by(CLAIMS.c.document, CLAIMS.c.position)).all()


def once(rows: Iterable[Sequence[Any]], told: set[str]) -> Iterator[str]:
    """The JSON of the claims that have not been told, each of which then has."""
    for _, name, body in rows:
        if name not in told:
            told.add(name)
            yield body


def papers(connection: sa.Connection, documents: Collection[int]) -> dict[int, Paper]:
    """What is known of some readings, by their ``seq``."""
    undated = sa.case((REPORTS.c.published.is_(None), REPORTS.c.recorded))
    query = sa.select(DOCUMENTS.c.seq, DOCUMENTS.c.recorded, undated, *_REPORT)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    found = {}
    for row in connection.execute(query.where(among(DOCUMENTS.c.seq, documents))).all():
        report = _report(row[3:])
        day = report.published or row[2].date()
        found[row[0]] = Paper(report=report, recorded=row[1], day=day)
    return found


def reports(connection: sa.Connection, versions: Sequence[int]) -> list[Report]:
    """Some versions of reports, without their bytes, in the order of recording."""
    query = sa.select(*_REPORT).where(among(REPORTS.c.seq, versions)).order_by(REPORTS.c.seq)
    return [_report(row) for row in connection.execute(query)]


_REPORT = tuple(REPORTS.c[name] for name in TOLD)


def _report(row: Sequence[Any]) -> Report:
    name, publisher, published, title, language, url, media_type, origin, sha256 = row
    return Report(
        id=name,
        data=b"",
        media_type=media_type,
        origin=origin,
        sha256=sha256,
        publisher=publisher,
        published=published,
        title=title,
        language=language,
        url=url,
    )
