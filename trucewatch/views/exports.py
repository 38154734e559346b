"""Exports: each view that is a table of rows, in JSON or CSV. An output is named by both: ``contacts.csv``.

A view is a function from a shelf and a query to rows; its row is a noun whose fields are the columns.
Adding a view is one entry in :data:`EXPORTS`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from trucewatch.errors import UsageError
from trucewatch.model import Noun, Shelf
from trucewatch.views.query import Query
from trucewatch.views.rows import (
    alerts,
    bands,
    commitments,
    contacts,
    counts,
    disputes,
    forces,
    incidents,
    judgements,
    origins,
    positions,
    readouts,
    records,
    reports,
    restrictions,
    reviews,
    series,
    sitreps,
    statements,
    tallies,
    terms,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\n")


class Export(Noun, frozen=True, kw_only=True):
    """A view as a table: the noun of its rows, and the function that gives them."""

    row: type[Noun]
    rows: Callable[[Shelf, Query], Sequence[Noun]]


EXPORTS: dict[str, Export] = {
    "alerts": Export(row=alerts.AlertRow, rows=alerts.rows),
    "bands": Export(row=bands.BandRow, rows=bands.rows),
    "origins": Export(row=origins.OriginRow, rows=origins.rows),
    "series": Export(row=series.SeriesRow, rows=series.rows),
    "counts": Export(row=counts.CountRow, rows=counts.rows),
    "records": Export(row=records.RecordRow, rows=records.rows),
    "tallies": Export(row=tallies.TallyRow, rows=tallies.rows),
    "restrictions": Export(row=restrictions.RestrictionRow, rows=restrictions.rows),
    "contacts": Export(row=contacts.ContactRow, rows=contacts.rows),
    "commitments": Export(row=commitments.CommitmentRow, rows=commitments.rows),
    "terms": Export(row=terms.TermRow, rows=terms.rows),
    "disputes": Export(row=disputes.DisputeRow, rows=disputes.rows),
    "positions": Export(row=positions.PositionRow, rows=positions.rows),
    "statements": Export(row=statements.StatementRow, rows=statements.rows),
    "incidents": Export(row=incidents.IncidentRow, rows=incidents.rows),
    "forces": Export(row=forces.ForceRow, rows=forces.rows),
    "readouts": Export(row=readouts.ReadoutRow, rows=readouts.rows),
    "reports": Export(row=reports.Correction, rows=reports.rows),
    "sitreps": Export(row=sitreps.SitrepRow, rows=sitreps.rows),
    "judgements": Export(row=judgements.JudgementRow, rows=judgements.rows),
    "reviews": Export(row=reviews.ReviewRow, rows=reviews.rows),
}


def export(name: str, shelf: Shelf, query: Query) -> str:
    """A view in a shape, as text. UsageError names the views and shapes there are.

    >>> export("contacts.json", ledger, Query())  # doctest: +SKIP
    '[{"id": "contact-3f...
    """
    view, _, shape = name.partition(".")
    if view not in EXPORTS or shape not in SHAPES:
        raise UsageError(f"there is no export {name!r}; there are: {', '.join(names())}")
    chosen = EXPORTS[view]
    return SHAPES[shape](chosen.row, chosen.rows(shelf, query))


def names() -> list[str]:
    """The names of all exports."""
    return [f"{view}.{shape}" for view in EXPORTS for shape in SHAPES]


def as_json(row: type[Noun], rows: Sequence[Noun]) -> str:
    """A list of objects, one on each line; every column is there, null where nothing is known."""
    lines = ",\n".join(msgspec.json.encode(_plain(item)).decode() for item in rows)
    return f"[\n{lines}\n]\n" if rows else "[]\n"


def as_csv(row: type[Noun], rows: Sequence[Noun]) -> str:
    """A line of columns and a line for each row. Lists stand in one cell, parted by semicolons.

    Text that a spreadsheet would take for a formula is given an apostrophe.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(row.__struct_fields__)
    writer.writerows([_cell(getattr(item, name)) for name in row.__struct_fields__] for item in rows)
    return written.getvalue()


SHAPES: dict[str, Callable[[type[Noun], Sequence[Noun]], str]] = {"json": as_json, "csv": as_csv}


def _plain(value: object) -> Any:
    """A value with all fields of its nouns; half characters, which neither shape can hold, replaced."""
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {_plain(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return _guarded(value if isinstance(value, str) else _list(value))


def _list(value: object) -> str:
    plain = _plain(value)
    if isinstance(plain, list) and all(isinstance(part, str) for part in plain):
        return ";".join(plain)
    return msgspec.json.encode(plain).decode() if plain else ""


def _guarded(text: str) -> str:
    legible = "\n".join(text.encode("utf-8", "replace").decode().splitlines())
    return f"'{legible}" if legible.lstrip().startswith(_FORMULA) or legible.startswith(_FORMULA) else legible
