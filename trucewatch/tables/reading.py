"""A table to readings: its rows grouped into reports, with an Issue for everything that is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

from trucewatch.model import Count, Issue, Noun, Reading
from trucewatch.tables.cells import Cells
from trucewatch.tables.claims import Made, make, report_id
from trucewatch.tables.mapping import Mapping, named
from trucewatch.tables.rows import Line, Table, TableError, open_table

MOST_ISSUES = 1_000  # of one table that are listed; the others are counted


def read(path: Path, mapping: Mapping) -> Iterator[Reading | Issue]:
    """The reports of a table, and what could not be read or with a doubt.

    Whatever the order of the rows, the reports and their claims are the same.
    """
    listed, others = 0, Counter[str]()
    for met in _all(path, mapping):
        if isinstance(met, Reading):
            yield met
        elif listed < MOST_ISSUES:
            listed += 1
            yield met
        else:
            others[met.level] += 1
    if others:
        message = f"has {others.total():,} more issues of its rows; the first {MOST_ISSUES:,} are listed"
        yield Issue(origin=str(path), message=message, level="error" if others["error"] else "warning")


def _all(path: Path, mapping: Mapping) -> Iterator[Reading | Issue]:
    try:
        table = open_table(path, delimiter=mapping.delimiter, encoding=mapping.encoding)
        yield from _Reading(path, mapping, table).all()
    except (TableError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        yield Issue(origin=str(path), message=reason or str(error))


class Total(Noun, frozen=True, kw_only=True):
    """A running total as it stood on a day."""

    day: str
    low: float
    row: int


class _Reading:
    """One table on its way: which ids were met, and the running totals so far."""

    def __init__(self, path: Path, mapping: Mapping, table: Table) -> None:
        self.path, self.mapping, self.table = path, mapping, table
        self.names = found(mapping, table.columns)
        self.first: dict[str, tuple[int, str]] = {}
        self.totals: dict[tuple[str, ...], list[Total]] = defaultdict(list)

    def all(self) -> Iterator[Reading | Issue]:
        """Everything there is to tell, in the order of the rows."""
        if wanted := missing(self.mapping, self.table.columns):
            there = ", ".join(self.table.columns)
            raise TableError(f"has no column {', '.join(map(repr, wanted))}; its columns are {there}")
        if self.table.doubt:
            yield self._issue(None, self.table.doubt, level="warning")
        yield from self._grouped() if self.mapping.report.rows == "several" else self._each()
        yield from self._falls()

    def _each(self) -> Iterator[Reading | Issue]:
        """Each row as a report of its own. A row of an id that was met before is a correction."""
        for line, key in self._lines():
            if isinstance(line, Issue):
                yield line
                continue
            made = make([line], self.mapping, names=self.names, origin=str(self.path))
            sha256 = made.reading.document.report.sha256
            first, same = self.first.setdefault(key, (line.number, sha256))
            if first != line.number:
                yield self._issue(line.number, _again(key, first, same=same == sha256), level="warning")
            if first == line.number or same != sha256:
                yield from self._made(made)

    def _grouped(self) -> Iterator[Reading | Issue]:
        """The rows of one id as one report, once all are known."""
        groups: dict[str, list[Line]] = defaultdict(list)
        for line, key in self._lines():
            if isinstance(line, Issue):
                yield line
            else:
                groups[key].append(line)
        for lines in groups.values():
            yield from self._made(make(lines, self.mapping, names=self.names, origin=str(self.path)))

    def _lines(self) -> Iterator[tuple[Line | Issue, str]]:
        for line in self.table.lines:
            key = "" if isinstance(line, Issue) else report_id(line, self.mapping, names=self.names)
            if key is None and isinstance(line, Line):
                columns = ", ".join(repr(self.names[column]) for column in self.mapping.report.id)
                yield (
                    self._issue(line.number, f"column {columns}: is empty, so that the report has no id"),
                    "",
                )
            else:
                yield line, key or ""

    def _made(self, made: Made) -> Iterator[Reading | Issue]:
        yield made.reading
        for row in made.rows:
            for fault in row.faults:
                level: Literal["warning", "error"] = "warning" if made.reading.claims else "error"
                message = f"{fault.message}; left out" if fault.costly else fault.message
                yield self._issue(row.line.number, message, level=level)
        for column, count, row in made.running:
            self._note(column, count, row)

    # --- running totals ---

    def _note(self, column: str, count: Count, row: Cells) -> None:
        day = (count.time and count.time.end) or ""
        place = (count.place and count.place.name) or ""
        voices = (voice.source for voice in count.said_by)
        if count.low is not None and day:
            line = (column, place, count.unit or "", count.definition or "", *voices)
            self.totals[line].append(Total(day=day, low=count.low, row=row.line.number))

    def _falls(self) -> Iterator[Issue]:
        """Running totals that are smaller than the day before: both stand, as corrections do."""
        for (column, *_), totals in self.totals.items():
            for before, after in pairwise(sorted(totals, key=lambda total: (total.day, total.row))):
                if after.low < before.low:
                    fall = f"from {before.low:,} on {before.day} to {after.low:,} on {after.day}"
                    message = f"column {self.names[column]!r}: the running total falls {fall}; both are kept"
                    yield self._issue(after.row, message, level="warning")

    def _issue(self, row: int | None, message: str, *, level: Literal["warning", "error"] = "error") -> Issue:
        origin = str(self.path) if row is None else f"{self.path} row {row}"
        return Issue(origin=origin, message=message, level=level)


def found(mapping: Mapping, columns: tuple[str, ...]) -> dict[str, str]:
    """The mapping's columns with those of a table that they are, under one of their names."""
    wanted = dict.fromkeys((*mapping.columns, *named(mapping)))
    pairs = ((name, (name, *mapping.also.get(name, ()))) for name in wanted)
    return {name: there for name, names in pairs for there in names if there in columns}


def missing(mapping: Mapping, columns: tuple[str, ...]) -> list[str]:
    """The columns that a table of this mapping must have, and that it lacks."""
    there = found(mapping, columns)
    return sorted({column for column in mapping.columns or named(mapping) if column not in there})


def _again(key: str, first: int, *, same: bool) -> str:
    if same:
        return f"the same as row {first}; passed over"
    return (
        f"{key!r} stands in row {first} already, with other cells: both are kept, and the later counts. Where"
        " they are no corrections, the mapping's report.id needs another column, or report.rows is several"
    )
