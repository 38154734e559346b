"""Fetching what was chosen: claims, the reports they stand in, and texts, each row once."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.ledger import choosing, current
from trucewatch.ledger.choosing import among
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, REPORTS
from trucewatch.ledger.withholding import Veil
from trucewatch.model import AnyClaim, Count, Entry, FiledKind, Measure, Noun, Report

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
    .where(REPORTS.c.sha256 == sa.bindparam("of"), DOCUMENTS.c.recorded <= sa.bindparam("by"))
    .order_by(DOCUMENTS.c.seq.desc())
    .limit(1)
)
"""The text last read, ``by`` a moment, from a report of the bytes ``of``; built once, as a situation asks
for hundreds."""


def texts(
    connection: sa.Connection, sha256s: Collection[str], *, by: dt.datetime | None
) -> list[tuple[str, bytes]]:
    """The same of many: the texts read from reports of some bytes, compressed, in the order of reading."""
    query = (
        sa.select(REPORTS.c.sha256, CONTENTS.c.packed)
        .join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
        .join(CONTENTS, CONTENTS.c.sha256 == DOCUMENTS.c.text_sha256)
        .where(among(REPORTS.c.sha256, sha256s))
        .order_by(DOCUMENTS.c.seq)
    )
    if by:
        query = query.where(DOCUMENTS.c.recorded <= by)
    return [(row[0], row[1]) for row in connection.execute(query)]


class Paper(Noun, frozen=True):
    """A reading: of which report, when it was recorded, and the day that the report goes by."""

    report: Report
    recorded: dt.datetime
    day: dt.date
    key: current.ReportKey

    def entries(self, claims: Iterable[tuple[str, str]], *, veil: Veil | None) -> Iterator[Entry]:
        """The entries of claims of this reading, from their ids and their JSON."""
        report, recorded = self.report, self.recorded
        for name, body in claims:
            claim = claim_of(name, body, veil) if veil else _DECODER.decode(body)
            yield Entry(claim=claim, report=report, recorded=recorded)

    def reviewed(self, claims: Iterable[AnyClaim], *, veil: Veil | None) -> Iterator[Entry]:
        """The entries of claims of this reading as reviewed."""
        for claim in claims:
            yield Entry(claim=_veiled(claim, veil), report=self.report, recorded=self.recorded)


def _veiled(claim: AnyClaim, veil: Veil | None) -> AnyClaim:
    body = msgspec.json.encode(claim).decode() if veil else ""
    return veil.claim(claim) if veil and veil.touches(claim.id or "", body) else claim


def claim_of(name: str, body: str, veil: Veil | None) -> AnyClaim:
    """A claim from its JSON, without what is withheld."""
    claim = _DECODER.decode(body)
    return veil.claim(claim) if veil and veil.touches(name, body) else claim


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


def is_wanted(
    claim: AnyClaim,
    *,
    kinds: Collection[FiledKind] | None,
    measures: Collection[Measure] | None,
    due: dt.date | None,
) -> bool:
    """The same of a claim at hand."""
    if kinds is not None and claim.kind not in kinds:
        return False
    if measures is not None and isinstance(claim, Count) and claim.measure not in measures:
        return False
    return due is None or choosing.ends(claim, by=due)


def claims_of(
    connection: sa.Connection, documents: Sequence[int], wanted: Sequence[sa.ColumnElement[bool]]
) -> Sequence[Sequence[Any]]:
    """The claims of some readings in order, but for erased ones: reading, id, JSON."""
    query = sa.select(CLAIMS.c.document, CLAIMS.c.id, CLAIMS.c.body).where(
        among(CLAIMS.c.document, documents)
    )
    query = query.where(*wanted, _UNERASED).order_by(CLAIMS.c.document, CLAIMS.c.position)
    return connection.execute(query).all()


def of_id(connection: sa.Connection, claim_id: str, days: choosing.Days) -> dict[int, str]:
    """The JSON of a claim in each of the readings that have it, but for erased ones."""
    query = sa.select(CLAIMS.c.document, CLAIMS.c.body).where(CLAIMS.c.id == claim_id, _UNERASED)
    query = query.join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document).where(*days.on_file(DOCUMENTS))
    return {row[0]: row[1] for row in connection.execute(query)}


def ids_of(connection: sa.Connection, documents: Collection[int]) -> set[str]:
    """The ids of the reports that some readings are of."""
    query = sa.select(REPORTS.c.id).join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
    return set(connection.execute(query.where(among(DOCUMENTS.c.seq, documents))).scalars())


def once(rows: Iterable[Sequence[Any]], told: set[str]) -> Iterator[tuple[str, str]]:
    """The ids and JSON of the claims that have not been told, each of which then has."""
    for _, name, body in rows:
        if name not in told:
            told.add(name)
            yield name, body


def papers(connection: sa.Connection, documents: Collection[int], *, veil: Veil | None) -> dict[int, Paper]:
    """What is known of some readings, by their ``seq``."""
    undated = sa.case((REPORTS.c.published.is_(None), REPORTS.c.recorded))
    query = sa.select(DOCUMENTS.c.seq, DOCUMENTS.c.recorded, undated, *_REPORT)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    found = {}
    for row in connection.execute(query.where(among(DOCUMENTS.c.seq, documents))).all():
        report = _report(row[3:])
        day = report.published or row[2].date()
        key = (report.publisher, report.id)
        shown = veil.noun(report) if veil else report
        found[row[0]] = Paper(report=shown, recorded=row[1], day=day, key=key)
    return found


def reports(connection: sa.Connection, versions: Sequence[int], *, veil: Veil | None = None) -> list[Report]:
    """Some versions of reports, without their bytes, in the order of recording."""
    query = sa.select(*_REPORT).where(among(REPORTS.c.seq, versions)).order_by(REPORTS.c.seq)
    found = [_report(row) for row in connection.execute(query)]
    return [veil.noun(report) for report in found] if veil else found


def report_of(row: Mapping[Any, Any]) -> Report:
    """A version of a report from its row, without its bytes."""
    return Report(data=b"", withdrawn=row["withdrawn"], **{name: row[name] for name in TOLD})


_UNERASED = CLAIMS.c.body != "{}"
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
