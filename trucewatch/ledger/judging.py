"""Judgements: what somebody decided on the record. None is ever changed or erased; undoing is one more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger.current import ReportKey
from trucewatch.ledger.tables import CLAIMS, DOCUMENTS, GIVEN, JUDGEMENTS, REPORTS
from trucewatch.model import Judgement


def record(
    connection: sa.Connection,
    decision: str,
    subjects: Sequence[str],
    *,
    by: str,
    reason: str,
    recorded: dt.datetime,
) -> Judgement:
    """Put a judgement on file, with its subjects as :func:`subjects` of its decision gives them."""
    row: dict[str, object] = {"decision": decision, "subjects": _packed(subjects), "recorded": recorded}
    row |= {"by": by.strip(), "reason": reason.strip()}
    made = connection.execute(JUDGEMENTS.insert().returning(JUDGEMENTS), row)
    return _judgement(made.mappings().one())


def standing(
    connection: sa.Connection,
    known: dt.date | None = None,
    *,
    recorded: dt.datetime | None = None,
    of: sa.ColumnElement[bool] | None = None,
) -> list[Judgement]:
    """The judgements recorded by a day (UTC) and a moment that no later one that stands takes back.

    ``of`` leaves out those that the database need not look at, but for undoings.
    """
    query = sa.select(JUDGEMENTS).order_by(JUDGEMENTS.c.seq)
    if of is not None:
        query = query.where(sa.or_(of, JUDGEMENTS.c.decision == "undo"))
    if recorded:
        query = query.where(JUDGEMENTS.c.recorded <= recorded)
    rows = connection.execute(query).mappings()
    made = [judgement for judgement in map(_judgement, rows) if not _is_later(judgement, known)]
    undone: set[str] = set()
    for judgement in reversed(made):
        if judgement.decision == "undo" and str(judgement.seq) not in undone:
            undone.update(judgement.subjects)
    return [judgement for judgement in made if str(judgement.seq) not in undone]


def _is_later(judgement: Judgement, known: dt.date | None) -> bool:
    return known is not None and judgement.recorded.date() > known


def check_signed(*, by: str, reason: str) -> None:
    """UsageError where nobody signs or no reason is given."""
    for word, told in (("by", by), ("reason", reason)):
        if not told.strip():
            raise UsageError(f"a judgement needs a {word!r}: who decides, and why, stand in the ledger")


def things(connection: sa.Connection, subjects: Sequence[str]) -> tuple[str, ...]:
    """The full ids of claims, or of reports; a claim may be told by the beginning of its id."""
    claims = {name: claim(connection, name) for name in subjects}
    reports = [name for name in subjects if is_on_file(connection, REPORTS.c.id, name)]
    missing = [name for name in subjects if not claims[name] and name not in reports]
    if missing:
        raise UsageError(f"no claim or report on file is {missing[0]!r}")
    found = tuple(reports) if len(reports) == len(subjects) else _of_claims(claims)
    if len(set(found)) < 2:
        raise UsageError("a judgement is about two things at least; give the ids of two claims or reports")
    return found


def _of_claims(claims: dict[str, str | None]) -> tuple[str, ...]:
    other = [name for name, found in claims.items() if not found]
    if other:
        raise UsageError(f"{other[0]!r} is a report, others are claims; judge each by themselves")
    return tuple(dict.fromkeys(found for found in claims.values() if found))


def claim(connection: sa.Connection, name: str) -> str | None:
    """The id of a claim on file, read or given by a review; UsageError where several begin so."""
    if not name:
        return None
    if is_on_file(connection, CLAIMS.c.id, name):
        return name
    read = sa.select(CLAIMS.c.id).distinct().where(beginning(CLAIMS.c.id, name)).limit(6)
    found = {*connection.execute(read).scalars(), *given(connection, name)}
    if name in found:
        return name
    if len(found) > 1:
        raise UsageError(f"claim {name}: several claims begin so: {', '.join(sorted(found)[:5])}; give more")
    return found.pop() if found else None


def given(connection: sa.Connection, start: str) -> set[str]:
    """The ids that begin so of claims that reviews on file give, also where they were taken back."""
    return set(connection.execute(sa.select(GIVEN.c.id).where(beginning(GIVEN.c.id, start))).scalars())


def reports_of(connection: sa.Connection, claim_id: str) -> set[ReportKey]:
    """The reports that a claim was read from, or that a review gave it to, as publisher and id."""
    read = sa.select(REPORTS.c.publisher, REPORTS.c.id).join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
    read = read.join(CLAIMS, CLAIMS.c.document == DOCUMENTS.c.seq).where(CLAIMS.c.id == claim_id)
    rows = connection.execute(read).all()
    if not rows:
        given = sa.select(GIVEN.c.publisher, GIVEN.c.report).where(GIVEN.c.id == claim_id)
        rows = connection.execute(given).all()
    return {(row[0], row[1]) for row in rows}


def is_on_file(connection: sa.Connection, column: sa.ColumnElement[str], name: str) -> bool:
    """Whether a column has a value."""
    return connection.execute(sa.select(column).where(column == name).limit(1)).first() is not None


def beginning(column: sa.ColumnElement[str], start: str) -> sa.ColumnElement[bool]:
    """Whether a text begins so, in a form that an index answers (LIKE walks through the whole table)."""
    return sa.and_(column >= start, column < start + "\U0010ffff")


def numbers(connection: sa.Connection, subjects: Iterable[str]) -> tuple[str, ...]:
    """The numbers of judgements on file."""
    on_file = {str(seq) for seq in connection.execute(sa.select(JUDGEMENTS.c.seq)).scalars()}
    subjects = tuple(subjects)
    missing = [name for name in subjects if name not in on_file]
    if missing or not subjects:
        named = repr(missing[0]) if missing else "without a number"
        raise UsageError(f"there is no judgement {named}; `trucewatch export judgements.csv` lists them")
    return subjects


def _packed(subjects: Sequence[str]) -> str:
    return msgspec.json.encode(subjects).decode()


def _judgement(row: sa.RowMapping) -> Judgement:
    told: dict[str, Any] = dict(row)
    return Judgement(**told | {"subjects": tuple(msgspec.json.decode(told["subjects"]))})
