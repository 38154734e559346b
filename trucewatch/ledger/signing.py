"""Signed situation reports: frozen bytes with their hash, a version for each change. None is ever changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger.tables import ERASURES, SITREPS
from trucewatch.model import Signature


def record(connection: sa.Connection, row: Mapping[str, Any]) -> Signature:
    """Sign some bytes, on file by now, as the next version of a ceasefire and day.

    The same bytes once more are the last version, which is given back. UsageError where nobody signs.
    """
    by = str(row["by"]).strip()
    if not by:
        raise UsageError("a signature needs a name: --by NAME says who signs")
    before = signatures(connection, ceasefire=row["ceasefire"], at=row["at"])
    if before and before[-1].sha256 == row["sha256"]:
        return before[-1]
    version = before[-1].version + 1 if before else 1
    made = connection.execute(SITREPS.insert().returning(SITREPS), {**row, "by": by, "version": version})
    return Signature(**made.mappings().one())


def signatures(
    connection: sa.Connection,
    *,
    ceasefire: str | None = None,
    at: dt.date | None = None,
    known: dt.date | None = None,
    recorded: dt.datetime | None = None,
) -> list[Signature]:
    """The signed versions of a ceasefire and a day, or of all, in the order of signing.

    ``known`` and ``recorded`` leave out what was signed after that day (UTC) or moment.
    """
    asked = {SITREPS.c.ceasefire: ceasefire, SITREPS.c.at: at}
    query = sa.select(SITREPS).where(*(column == value for column, value in asked.items() if value))
    if recorded:
        query = query.where(SITREPS.c.recorded <= recorded)
    redacted = _redacted(connection)
    rows = connection.execute(query.order_by(SITREPS.c.seq)).mappings()
    found = [Signature(**row, redacted=redacted.get(row["sha256"], ())) for row in rows]
    return [one for one in found if known is None or one.recorded.date() <= known]


def _redacted(connection: sa.Connection) -> dict[str, tuple[int, ...]]:
    """The erasures that have blanked words of signed reports, by the hash of what was signed."""
    query = sa.select(ERASURES.c.sha256, ERASURES.c.number).where(ERASURES.c.what == "signed")
    found: dict[str, tuple[int, ...]] = {}
    for sha256, number in connection.execute(query.order_by(ERASURES.c.seq)):
        found[sha256] = (*found.get(sha256, ()), number)
    return found
