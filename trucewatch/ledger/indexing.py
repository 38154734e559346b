"""The index of words under the search: an FTS5 table beside the ledger's own, which only searching.py asks.

It is contentless: it holds which word stands where in which reading, and no text a second time. Its rows
are named by the day of the report and the reading, so that the newest come first without sorting. It is
derived: whatever is in it can be built anew from the rest of the file.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import fetching
from trucewatch.ledger.choosing import among
from trucewatch.ledger.tables import CONTENTS, DOCUMENTS, ERASURES, REPORTS

TOKENS = "porter unicode61 remove_diacritics 2"
"""Words are runs of letters and digits, whatever their case, accents and English endings (Porter's stems)."""
GAP = "\x01"
"""What is put around each character of a script that writes without spaces, so that each is a word."""

_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_UNSAID = {"id", "reader", "kind", "part_of", "start", "end", "precision", "period", "form", "span"}
_LOG = logging.getLogger(__name__)
_BATCH = 500  # readings put into the index at once: some 5,000 claims
_MANY = 20_000  # readings that take more than some seconds
_JULIAN = dt.date(2000, 1, 1).toordinal() - 2_451_545
READING = (1 << 32) - 1
"""The bits of a row's name that are the reading's number."""
_CREATE = f"CREATE VIRTUAL TABLE search USING fts5(title, text, told, content='', tokenize='{TOKENS}')"
_DAY = "CAST(julianday(coalesce(published, substr(recorded, 1, 10))) + 0.5 AS INTEGER)"
_ROW = f"({_DAY} << 32) | ?, ?, ?, ? FROM reports WHERE seq = ?"
_PUT = f"INSERT INTO search (rowid, title, text, told) SELECT {_ROW}"
_TAKE = f"INSERT INTO search (search, rowid, title, text, told) SELECT 'delete', {_ROW}"
_BY_DAY = "coalesce(reports.published, substr(reports.recorded, 1, 10))"


class NoIndexError(UsageError):
    """The ledger cannot be searched by the index here: this SQLite has no FTS5, or wrote none."""


def row_of(day: dt.date, document: int = 0) -> int:
    """The name of a reading's row: rows of later days come after all of earlier ones.

    >>> row_of(dt.date(2000, 1, 1), 7) - row_of(dt.date(2000, 1, 1))
    7
    """
    return (day.toordinal() - _JULIAN) << 32 | document


def place_of(row: int) -> tuple[dt.date, int]:
    """The day and the reading that a row is named by."""
    return dt.date.fromordinal((row >> 32) + _JULIAN), row & READING


def spaced(text: str) -> str:
    """A text as it is indexed: characters of scripts without spaces stand apart."""
    return _UNSPACED.sub(f"{GAP}\\1{GAP}", text)


def told(text: str, claims: Iterable[Any]) -> str:
    """What claims (as their JSON) say in other words than the text: resolved names, places; one a line.

    What is taken out of the index must be what was put in: where this changes, a migration has to build
    the index anew.
    """
    said = text.lower()
    lines = dict.fromkeys(line for claim in claims for line in strings(claim))
    return "\n".join(line for line in lines if line.lower() not in said)


def strings(value: Any) -> Iterator[str]:
    """The words in the fields of a claim."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _UNSAID:
                yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


# --- whether there is one -------------------------------------------------------------------------------


def is_there(connection: sa.Connection) -> bool:
    """Whether the ledger has an index that this SQLite can read."""
    if "search" not in connection.info:  # of a connection to the file, not of a transaction
        if not (_has_table(connection) and _has_module(connection)):
            return False
        connection.info["search"] = True
    return True


def _has_table(connection: sa.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'search'"
    return connection.exec_driver_sql(query).first() is not None


def _has_module(connection: sa.Connection) -> bool:
    query = "SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"
    return connection.exec_driver_sql(query).first() is not None


def bring_up_to_date(connection: sa.Connection) -> None:
    """Make the index where there is none, and put in what another Python, without FTS5, has left out."""
    if not _has_module(connection):
        return
    if not _has_table(connection):
        connection.exec_driver_sql(_CREATE)
    count = "SELECT (SELECT count(*) FROM documents) - (SELECT count(*) FROM search_docsize)"
    if not connection.exec_driver_sql(count).scalar_one():
        return
    missing = _missing(connection)
    if len(missing) > _MANY:
        _LOG.warning("indexing %s readings for the search; this takes a while", f"{len(missing):,}")
    _fill(connection, missing)


def _missing(connection: sa.Connection) -> list[int]:
    """The readings that are not in the index and not erased, by day."""
    inside = f"SELECT id & {READING} FROM search_docsize"  # noqa: S608 - nothing of anybody's
    known = set(connection.exec_driver_sql(inside).scalars())
    gone = sa.select(ERASURES.c.sha256).where(ERASURES.c.what == "bytes")
    query = sa.select(DOCUMENTS.c.seq).join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    query = query.where(REPORTS.c.sha256.not_in(gone)).order_by(sa.text(_BY_DAY), DOCUMENTS.c.seq)
    return [seq for seq in connection.execute(query).scalars() if seq not in known]


# --- putting in and taking out --------------------------------------------------------------------------


def put(
    connection: sa.Connection, document: int, report: int, *, title: str, text: str, bodies: Sequence[str]
) -> None:
    """Put a reading of a report into the index: the report's title, the text, what the claims say."""
    if is_there(connection):
        connection.exec_driver_sql(_PUT, _row(document, report, title, text, bodies))


def forget(connection: sa.Connection, documents: Collection[int]) -> None:
    """Take readings out of the index before their words are erased, and leave no trace in its segments.

    NoIndexError where the index cannot be written here, as the words would stay in it.
    """
    if not _has_table(connection):
        return
    if not _has_module(connection):
        raise NoIndexError(
            "nothing can be erased with this Python: its SQLite has no FTS5, so that the words would be left"
            " in the ledger's index"
        )
    kept = set(connection.exec_driver_sql(f"SELECT id & {READING} FROM search_docsize").scalars())  # noqa: S608
    for rows in _rows(connection, [seq for seq in documents if seq in kept]):
        connection.exec_driver_sql(_TAKE, rows)
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def _fill(connection: sa.Connection, documents: Iterable[int]) -> None:
    for rows in _rows(connection, documents):
        connection.exec_driver_sql(_PUT, rows)


def _rows(connection: sa.Connection, documents: Iterable[int]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of some readings as they are put in and taken out, some hundred at a time."""
    ordered = iter(documents)
    while batch := list(islice(ordered, _BATCH)):
        query = sa.select(DOCUMENTS.c.seq, DOCUMENTS.c.report, REPORTS.c.title, CONTENTS.c.packed)
        query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
        query = query.join(CONTENTS, CONTENTS.c.sha256 == DOCUMENTS.c.text_sha256)
        found = {row[0]: row for row in connection.execute(query.where(among(DOCUMENTS.c.seq, batch)))}
        claims = groupby(fetching.claims_of(connection, batch, ()), itemgetter(0))
        bodies = {seq: [body for _, _, body in rows] for seq, rows in claims}
        yield [
            _row(seq, report, title, zlib.decompress(packed).decode(), bodies.get(seq, ()))
            for seq, report, title, packed in map(found.__getitem__, batch)
        ]


def _row(document: int, report: int, title: str, text: str, bodies: Sequence[str]) -> tuple[Any, ...]:
    said = told(text, map(msgspec.json.decode, bodies))
    return (document, spaced(title), spaced(text), spaced(said), report)
