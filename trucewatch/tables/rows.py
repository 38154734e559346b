"""The rows of a table, in bounds and in any encoding: CSV by any of the usual delimiters, or JSON objects.

What cannot be read comes as an Issue that names file and row, and the other rows go on. Rows are
numbered as a spreadsheet shows them: the head of a CSV file is row 1. Nothing in a cell is ever
evaluated: a formula is its text.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from trucewatch.model import Issue
from trucewatch.reports.encoding import NoTextError, decode
from trucewatch.reports.limits import size

TABLE_LIMIT = 2**30  # bytes of a CSV file, which is read row by row; the whole of UCDP GED has 250 MiB
DECODED_LIMIT = 256 * 2**20  # bytes of a CSV file that is not in UTF-8, which is decoded as a whole
JSON_LIMIT = 64 * 2**20  # bytes of a JSON file, of which Python makes some ten times as much
LINE_LIMIT = 2**20  # characters of a line
CELL_LIMIT = 2**17  # characters of a cell, the bound that Python's csv sets too
COLUMN_LIMIT = 1_000
DELIMITERS = ",;\t|"
_DEPTH = 4  # objects within objects
_CHUNK = 2**20


class TableError(ValueError):
    """A file is no table; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number and its cells by column, without those that are empty."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table: its columns in their order, its rows and what is wrong with some, and a doubt."""

    columns: tuple[str, ...]
    lines: Iterator[Line | Issue]
    doubt: str | None = None


def open_table(path: Path, *, delimiter: str | None = None, encoding: str | None = None) -> Table:
    """A table from a ``.csv``, ``.tsv`` or ``.json`` file. TableError where it is none."""
    if path.suffix.lower() == ".json":
        return _of_json(path)
    stream, doubt = _text(path, encoding)
    lines = _bounded(stream)
    head = next(lines, "")
    by = delimiter or max(DELIMITERS, key=lambda mark: len(next(csv.reader([head], delimiter=mark), ())))
    reader = csv.reader(_chain(head, lines), delimiter=by)
    columns = _columns(_next(reader) or [])
    return Table(columns, _rows(reader, columns, str(path)), doubt)


def _text(path: Path, encoding: str | None) -> tuple[TextIO, str | None]:
    """The text of a file: UTF-8 is read as it is needed, all else at once."""
    too_big(path, TABLE_LIMIT)
    if _is_utf8(path):
        return path.open(encoding="utf-8-sig", newline=""), None
    too_big(path, DECODED_LIMIT)
    try:
        text, doubt = decode(path.read_bytes(), declared=encoding)
    except NoTextError as error:
        raise TableError(str(error)) from error
    return io.StringIO(text, newline=""), doubt


def too_big(path: Path, limit: int) -> None:
    """Raise TableError where a file is larger than what is read."""
    if (count := path.stat().st_size) > limit:
        raise TableError(f"has {size(count)}; the most for such a table is {size(limit)}")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                if b"\0" in chunk:
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _bounded(stream: TextIO) -> Iterator[str]:
    with stream:
        while line := stream.readline(LINE_LIMIT + 1):
            if len(line) > LINE_LIMIT:
                raise TableError(f"is longer than {LINE_LIMIT:,} characters: not read from here on")
            yield line


def _chain(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row; None at the end. TableError for a cell beyond the bound, with the reader still usable."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise TableError(f"is no row of a table: {error}") from error


def _columns(head: list[str]) -> tuple[str, ...]:
    """The names of the columns; one without a name is called by its number."""
    names = tuple(" ".join(name.split()) or f"column {number}" for number, name in enumerate(head, start=1))
    if not any(name.strip() for name in head):
        raise TableError("has no head: the first row of a table names its columns")
    if len(names) > COLUMN_LIMIT:
        raise TableError(f"has {len(names):,} columns; the most is {COLUMN_LIMIT:,}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise TableError(f"has two columns of the name {twice[0]!r}")
    return names


def _rows(reader: Iterator[list[str]], columns: tuple[str, ...], origin: str) -> Iterator[Line | Issue]:
    number = 1
    while True:
        number += 1
        try:
            cells = _next(reader)
        except TableError as error:
            yield Issue(origin=f"{origin} row {number}", message=str(error))
            continue
        if cells is None:
            return
        filled = any(cell.strip() for cell in cells)
        if filled and len(cells) == len(columns):
            yield Line(number, {c: v.strip() for c, v in zip(columns, cells, strict=True) if v.strip()})
        elif filled:
            yield Issue(origin=f"{origin} row {number}", message=_length(len(cells), len(columns)))


def _length(found: int, wanted: int) -> str:
    how = "too few" if found < wanted else "too many"
    return f"has {found} cells, {how} for the {wanted} columns: not read, since its cells may stand in others"


# --- JSON ------------------------------------------------------------------------------------------


def _of_json(path: Path) -> Table:
    too_big(path, JSON_LIMIT)
    try:
        text, doubt = decode(path.read_bytes())
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except NoTextError as error:
        raise TableError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise TableError(f"is no JSON: {error}") from error
    if not isinstance(found, list) or not found:
        raise TableError("is no table: a table in JSON is a list of objects")
    rows = [_flat(row) if isinstance(row, dict) else None for row in found]
    columns = tuple(dict.fromkeys(name for row in rows for name in row or ()))
    if len(columns) > COLUMN_LIMIT:
        raise TableError(f"has {len(columns):,} columns; the most is {COLUMN_LIMIT:,}")
    return Table(columns, _objects(rows, str(path)), doubt)


def _objects(rows: Iterable[dict[str, str] | None], origin: str) -> Iterator[Line | Issue]:
    for number, row in enumerate(rows, start=1):
        where = f"{origin} row {number}"
        if row is None:
            yield Issue(origin=where, message="is no object with a value for each column")
        elif fault := next((f for name, cell in row.items() if (f := _fault(name, cell))), None):
            yield Issue(origin=where, message=fault)
        else:
            yield Line(number, row)


def _fault(column: str, cell: str) -> str | None:
    """Why a cell of JSON is not read. In the cells of other files this has been seen to before."""
    if len(cell) > CELL_LIMIT:
        return f"column {column!r} has more than {CELL_LIMIT:,} characters"
    if "\0" in cell or any("\ud800" <= character <= "\udfff" for character in column + cell):
        return f"column {column!a} holds what is no text (NUL, or halves of characters)"
    return None


def _flat(row: dict[str, object], *, prefix: str = "", depth: int = 1) -> dict[str, str]:
    """An object's values as text, those of an object within it as ``outer.inner``; null is an empty cell."""
    cells: dict[str, str] = {}
    for key, value in row.items():
        name = f"{prefix}{' '.join(key.split())}"
        if isinstance(value, dict) and depth < _DEPTH:
            cells |= _flat(value, prefix=f"{name}.", depth=depth + 1)
        elif value is not None and (text := _written(value)):
            cells[name] = text
    return cells


def _written(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
