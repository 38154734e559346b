"""Searching all reports on file: titles, texts, and what claims say in other words than the text.

The index (indexing.py) holds the words as they were received. So where anything is withheld, whatever it
finds is looked at once more, as it is shown, before it is counted.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import choosing, excerpts, fetching, indexing, reviewing
from trucewatch.ledger.choosing import Days, among
from trucewatch.ledger.excerpts import Hit, Opened, Sought
from trucewatch.ledger.indexing import READING
from trucewatch.ledger.reviewing import Reviews
from trucewatch.ledger.tables import CONTENTS, DOCUMENTS
from trucewatch.ledger.withholding import Veil
from trucewatch.model import AnyClaim, Entry, Noun

COUNTED = 1_000
"""Reports that are counted; of more it is said that there are more."""
VERIFIED, LOOKED_AT = 100, 1_000
"""The same where anything is withheld, and the rows of the index that are looked at there."""
_ROWS, _BATCH, _SMALL = 1_500, 500, 100
_LAST = (1 << 63) - 1
_ONE = dt.timedelta(days=1)
_MET = "SELECT rowid FROM search WHERE search MATCH ?"
_FOUND = f"{_MET} AND rowid BETWEEN ? AND ? ORDER BY rowid"


class Found(Noun, frozen=True, kw_only=True):
    """The hits of a search, the newest report first, and how many reports have the words (``more``: or more).

    ``older`` and ``newer`` name the places that further hits come after or before, None where there are none.
    ``verified`` says that something is withheld, so that each hit was looked at as it is shown, and only the
    newest ``LOOKED_AT`` rows of the index could be.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool = False
    older: str | None = None
    newer: str | None = None
    verified: bool = False


class Asked(Noun, frozen=True, kw_only=True):
    """A search: the words, the days, how many hits, and the place that they come after or before."""

    words: str
    days: Days
    limit: int
    older: str | None = None
    newer: str | None = None


class _Reading(NamedTuple):
    """A reading that counts, by the name of its row, with all that count of the same report."""

    row: int
    siblings: tuple[int, ...]


class Search:
    """One search over one state of the ledger."""

    def __init__(
        self, connection: sa.Connection, asked: Asked, *, veil: Veil | None, reviews: Reviews
    ) -> None:
        if not indexing.is_there(connection):
            raise indexing.NoIndexError("the ledger has no index of words, or this SQLite has no FTS5")
        self._connection, self._asked, self._veil, self._reviews = connection, asked, veil, reviews
        self._sought: Sought = excerpts.sought(asked.words)
        self._low, self._high = _bounds(asked.days)

    def found(self) -> Found:
        """The hits of one page, and how many there are in all."""
        asked = self._asked
        upwards = asked.newer is not None
        most = max(VERIFIED if self._veil else COUNTED, asked.limit)
        first = not (asked.older or asked.newer)
        page = list(islice(self._page(), most + 1 if first else asked.limit + 1))
        total = len(page) if first else sum(1 for _ in islice(self._counting(), most + 1))
        beyond, page = len(page) > asked.limit, page[: asked.limit]
        page = page[::-1] if upwards else page
        opened = self._opened(page)
        places = [_place(one.row) for one in opened]
        return Found(
            hits=tuple(excerpts.hits(opened, places, self._sought)),
            total=min(total, most),
            more=total > most,
            older=places[-1] if places and (beyond or upwards) else None,
            newer=places[0] if places and (asked.older or (upwards and beyond)) else None,
            verified=self._veil is not None,
        )

    def _page(self) -> Iterator[_Reading]:
        asked = self._asked
        if asked.newer is not None:
            low = max(self._low, _row(asked.newer) + 1)
            return self._readings(low, self._high, upwards=True)
        high = min(self._high, _row(asked.older) - 1) if asked.older else self._high
        return self._readings(self._low, high)

    def _counting(self) -> Iterator[_Reading]:
        return self._readings(self._low, self._high)

    def _readings(self, low: int, high: int, *, upwards: bool = False) -> Iterator[_Reading]:
        """The readings between two rows that have the words and count, each report once."""
        for rows in self._rows(low, high, upwards=upwards):
            size = _SMALL if self._veil else _BATCH
            for start in range(0, len(rows), size):
                current = self._current(rows[start : start + size])
                yield from self._verified(current) if self._veil else current

    def _rows(self, low: int, high: int, *, upwards: bool) -> Iterator[list[int]]:
        """Rows of the index in order; where they have to be verified, no more than can be."""
        most = LOOKED_AT if self._veil else _ROWS
        query = f"{_FOUND} {'ASC' if upwards else 'DESC'} LIMIT {most}"
        while low <= high:
            asked = (self._sought.every, low, high)
            rows = list(self._connection.exec_driver_sql(query, asked).scalars())
            yield rows
            if len(rows) < most or self._veil:
                return
            low, high = (rows[-1] + 1, high) if upwards else (low, rows[-1] - 1)

    def _current(self, rows: Sequence[int]) -> list[_Reading]:
        """Those rows whose reading counts; of several readings of a report, the newest that has the words."""
        siblings = self._siblings([row & READING for row in rows])
        found = [
            _Reading(row, tuple(row & ~READING | seq for seq in siblings[row & READING]))
            for row in rows
            if row & READING in siblings
        ]
        others = {row for one in found if len(one.siblings) > 1 for row in one.siblings}
        met = self._met(others) if others else set()
        return [one for one in found if not any(one.row < row for row in met.intersection(one.siblings))]

    def _siblings(self, documents: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """For each reading that counts among some: all that count of the same version."""
        connection = self._connection
        ids = fetching.ids_of(connection, documents)
        counting = choosing.counting(connection, ids, self._asked.days)
        query = sa.select(DOCUMENTS.c.report, DOCUMENTS.c.seq).where(among(DOCUMENTS.c.seq, counting))
        groups: dict[int, list[int]] = defaultdict(list)
        for report, seq in connection.execute(query.order_by(DOCUMENTS.c.seq)):
            groups[report].append(seq)
        return {seq: tuple(group) for group in groups.values() for seq in group}

    def _met(self, rows: Collection[int]) -> set[int]:
        query = f"{_MET} AND rowid IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
        listed = msgspec.json.encode(sorted(rows)).decode()
        return set(self._connection.exec_driver_sql(query, (self._sought.every, listed)).scalars())

    def _verified(self, readings: Sequence[_Reading]) -> list[_Reading]:
        """The readings that have the words as they are shown: in title and text, else with their claims."""
        met = {one.row for one in excerpts.matching(self._opened(readings, plain=True), self._sought)}
        left = [one for one in readings if one.row not in met]
        met |= {one.row for one in excerpts.matching(self._opened(left), self._sought)}
        return [one for one in readings if one.row in met]

    def _opened(self, readings: Sequence[_Reading], *, plain: bool = False) -> list[Opened]:
        """Readings as they are shown: without what is withheld, with the claims as reviewed or ``plain``."""
        documents = {row & READING for one in readings for row in one.siblings}
        papers = fetching.papers(self._connection, documents, veil=self._veil)
        claims: dict[int, list[Entry]] = {
            sheet.document: list(papers[sheet.document].reviewed(sheet.claims, veil=self._veil))
            for sheet in reviewing.sheets(self._connection, () if plain else documents, self._reviews)
        }
        texts = self._texts({one.row & READING for one in readings})
        return [
            Opened(
                row=one.row,
                report=papers[one.row & READING].report,
                text=texts[one.row & READING],
                claims=_claims([claims.get(row & READING, []) for row in one.siblings]),
            )
            for one in readings
        ]

    def _texts(self, documents: Collection[int]) -> dict[int, str]:
        query = sa.select(DOCUMENTS.c.seq, CONTENTS.c.packed)
        query = query.join(CONTENTS, CONTENTS.c.sha256 == DOCUMENTS.c.text_sha256)
        rows = self._connection.execute(query.where(among(DOCUMENTS.c.seq, documents)))
        texts = {seq: zlib.decompress(packed).decode() for seq, packed in rows}
        return {seq: self._veil.text(text) for seq, text in texts.items()} if self._veil else texts


def _claims(found: Sequence[Sequence[Entry]]) -> tuple[AnyClaim, ...]:
    """The claims of the readings of one report, each once."""
    return tuple({entry.claim.id: entry.claim for entry in chain.from_iterable(found)}.values())


def _bounds(days: Days) -> tuple[int, int]:
    """The first and the last row that may lie in the days and be known."""
    until = min((day for day in (days.until, days.known) if day), default=None)
    return (
        indexing.row_of(days.since) if days.since else 0,
        indexing.row_of(until + _ONE) - 1 if until else _LAST,
    )


def _place(row: int) -> str:
    """A row as it is named in an address: ``2022-02-20.7``."""
    day, document = indexing.place_of(row)
    return f"{day}.{document}"


def _row(place: str) -> int:
    day, _, document = place.partition(".")
    try:
        return indexing.row_of(dt.date.fromisoformat(day), int(document) & READING)
    except ValueError as error:
        raise UsageError(f"{place[:80]!r} is no place among hits, such as 2022-02-20.7") from error
