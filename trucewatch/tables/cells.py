"""One row's cells, where each stands in the report's text, and what they say in the mapping's terms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Names
from typing import TypeVar, cast

from trucewatch.model import Noun, Number, Place, Span, Time, Voice, Window
from trucewatch.tables.mapping import (
    HOLE,
    Figure,
    Length,
    Lookup,
    Mapping,
    Moment,
    Told,
    When,
    Where,
    Words,
    named,
)
from trucewatch.tables.rows import Line
from trucewatch.tables.values import (
    DAY,
    PRECISIONS,
    CellError,
    clocked,
    country,
    degrees,
    moment,
    number,
    unpadded,
)

T = TypeVar("T")
_WHOLE = re.compile(r"\{([^{}]+)\}")
PLACES = ("exact", "settlement", "district", "region", "country")
_DURATIONS = {"hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M"}
_LAT, _LON = 90.0, 180.0


class Fault(Noun, frozen=True, kw_only=True):
    """What is wrong with a row: ``costly`` where a claim was left out for it."""

    message: str
    costly: bool = True


class Bounds(Noun, frozen=True, kw_only=True):
    """A figure as a count has it, with the inclusive bounds."""

    low: Number | None
    high: Number | None
    approximate: bool = False


class Cells:
    """A row within a report's text, where it starts at ``start``.

    ``names`` leads from the mapping's name of a column to the file's. Reading a cell that is not as it
    should be notes a fault and raises CellError.
    """

    def __init__(self, line: Line, mapping: Mapping, *, names: Names[str, str], start: int) -> None:
        self.line, self.mapping, self.names = line, mapping, names
        self.faults: list[Fault] = []
        self._at: dict[str, Span] = {}
        self._known: dict[int, object] = {}
        written = []
        for column, cell in line.cells.items():
            text = f"{column}: {cell}"
            self._at[column] = (start, start + len(text))
            start += len(text) + 1
            written.append(text)
        self.text = "\n".join(written)

    # --- cells ---

    def cell(self, column: str) -> str | None:
        """What stands in a column; None where it is empty, or says so in a word of the mapping's."""
        found = self.line.cells.get(self.names.get(column, column))
        return None if found in self.mapping.empty else found

    def spot(self, column: str) -> Span:
        """Where a column with its cell stands in the text."""
        return self._at[self.names.get(column, column)]

    def inner(self, column: str) -> Span:
        """Where the cell alone stands."""
        start, end = self.spot(column)
        return start + len(self.names.get(column, column)) + 2, end

    def whole(self) -> Span:
        """Where the row stands."""
        spans = list(self._at.values())
        return spans[0][0], spans[-1][1]

    def evidence(self, columns: tuple[str | None, ...]) -> Span:
        """From the first of some columns to the last, as far as they are filled; the row where none is."""
        spans = [self.spot(column) for column in columns if column and self.cell(column) is not None]
        return (min(spans)[0], max(span[1] for span in spans)) if spans else self.whole()

    def meets(self, words: Words) -> bool:
        """Whether each of some columns has one of the words wanted of it; False where none is named."""
        return bool(words) and all(
            {cell, cell.removesuffix(".0")} & {str(word) for word in wanted}
            for column, wanted in words.items()
            for cell in [self.cell(column) or ""]
        )

    def fault(self, column: str, message: str, *, costly: bool = True) -> CellError:
        """Note what is wrong with a column's cell."""
        fault = Fault(message=f"column {self.names.get(column, column)!r}: {message}", costly=costly)
        if fault not in self.faults:
            self.faults.append(fault)
        return CellError(message)

    # --- texts ---

    def told(self, told: Told | None) -> str | None:
        """A text with its holes filled; None where a cell of it is empty or means nothing."""
        if told is None:
            return None
        if isinstance(told, Lookup):
            return self._looked_up(told)
        holes = HOLE.findall(told)
        if not holes:
            return told
        cells = {column: self.cell(column) for column in holes}
        return None if None in cells.values() else HOLE.sub(lambda hole: cells[hole[1]] or "", told)

    def _looked_up(self, told: Lookup) -> str | None:
        cell = self.cell(told.column)
        if cell is None:
            return None
        values = self._once(told, lambda: {str(key): value for key, value in told.values.items()})
        for key in (cell, cell.removesuffix(".0")):
            if key in values:
                return values[key]
        if told.other is None:
            raise self.fault(told.column, f"{cell!r} is none of {', '.join(values)}")
        return self.told(told.other)

    def voice(self, told: Told) -> Voice | None:
        """Who says so; with the span where it is a cell's own words."""
        source = self.told(told)
        return Voice(source=source, span=self.own(told)) if source else None

    def own(self, told: Told | None) -> Span | None:
        """The span of a text that is a cell's own words."""
        match = _WHOLE.fullmatch(told) if isinstance(told, str) else None
        return self.inner(match[1]) if match and self.cell(match[1]) is not None else None

    # --- figures ---

    def bounds(self, figure: Figure) -> Bounds | None:
        """The bounds of a figure; None where its cells are empty."""
        if figure.column:
            exact = self._number(figure.column)
            return None if exact is None else self._related(figure, exact)
        low, high = self._number(figure.low), self._number(figure.high)
        if low is not None and high is not None and low > high:
            raise self.fault(figure.low or "", f"{low} is above {high}, the high bound")
        return None if low is None and high is None else Bounds(low=low, high=high)

    def _number(self, column: str | None) -> Number | None:
        text = self.cell(column) if column else None
        if column is None or text is None:
            return None
        try:
            return number(text, written=self.mapping.numbers)
        except CellError as error:
            raise self.fault(column, str(error)) from error

    def _related(self, figure: Figure, exact: Number) -> Bounds:
        step = 1 if isinstance(exact, int) else 0  # more than 12 is 13 and more, more than 1.5 just that
        related = {
            "exact": Bounds(low=exact, high=exact),
            "about": Bounds(low=exact, high=exact, approximate=True),
            "at_least": Bounds(low=exact, high=None),
            "more_than": Bounds(low=exact + step, high=None),
            "at_most": Bounds(low=None, high=exact),
            "less_than": Bounds(low=None, high=max(exact - step, 0)),
        }
        return related[self.choice(figure.relation, related) or "exact"]

    def length(self, period: str | Length | None) -> str | None:
        """A period as an ISO 8601 duration, ``PT24H``; None where there is none."""
        if not isinstance(period, Length):
            return period
        count = self._number(period.column)
        if not count:
            return None
        if not isinstance(count, int):
            raise self.fault(period.column, f"{count} is no whole number of {period.unit}")
        return _DURATIONS[period.unit].format(count)

    def choice(self, told: Told | None, choices: Iterable[str]) -> str | None:
        """A text that must be one of some words; None where there is none, or it means "no such claim"."""
        word = self.told(told)
        if word is not None and word not in choices:
            raise self.fault(_first(told), f"{word!r} is none of {', '.join(choices)}")
        return word

    # --- time and place ---

    def time(self, when: When | None) -> tuple[Time | None, Window | None]:
        """The time of a row, and its hours where both ends have one."""
        return self._once(when, lambda: self._time(when)) if when else (None, None)

    def _time(self, when: When) -> tuple[Time | None, Window | None]:
        start, end = self._moment(when.at or when.start), self._moment(when.at or when.end)
        if start and end and start[0][: len(end[0])] > end[0][: len(start[0])]:
            raise self.fault(_first(when.end), f"the end, {end[0]}, is before the start, {start[0]}")
        precision = self.choice(when.precision, PRECISIONS) or "day"
        first, last = unpadded(start and start[0], end and end[0], precision=precision)
        time = Time(text=self.told(when.text), start=first, end=last)
        return (time if time != Time() else None), _window(start, end, when)

    def _moment(self, part: Moment | None) -> tuple[str, str | None] | None:
        if part is None:
            return None
        columns = _several(part.column)
        cells = [self.cell(column) for column in columns]
        if None in cells:
            return None
        try:
            return moment(" ".join(cell or "" for cell in cells), forms=_several(part.format))
        except CellError as error:
            raise self.fault(columns[0], str(error)) from error

    def date(self, part: Moment | None) -> dt.date | None:
        """A day of publication; None where there is none, or it is told to the month only."""
        told = self._moment(part)
        return dt.date.fromisoformat(told[0]) if told and len(told[0]) == DAY else None

    def place(self, where: Where | None) -> Place | None:
        """The place of a row, as far as its cells tell one."""
        return self._once(where, lambda: self._place(where)) if where else None

    def _place(self, where: Where) -> Place | None:
        name = self.told(where.name)
        lat, lon = self._degrees(where.lat, _LAT), self._degrees(where.lon, _LON)
        place = Place(
            text=name if self.own(where.name) else None,
            name=name,
            country=self._country(where.country),
            lat=lat if lon is not None else None,
            lon=lon if lat is not None else None,
            precision=self.choice(where.precision, PLACES),
        )
        return None if place == Place(precision=place.precision) else place

    def _country(self, told: Told | None) -> str | None:
        name = self.told(told)
        code = country(name) if name else None
        if name and code is None:
            message = f"{name!r} is no country that is known; the place stands without it"
            self.fault(_first(told), message, costly=False)
        return code

    def _degrees(self, column: str | None, most: float) -> float | None:
        text = self.cell(column) if column else None
        if column is None or text is None:
            return None
        try:
            return degrees(text, most=most, written=self.mapping.numbers)
        except CellError as error:
            self.fault(column, f"{error}; the place stands without it", costly=False)
            return None

    def _once(self, part: object, make: Callable[[], T]) -> T:
        """What a part of the mapping says of this row, worked out once."""
        if id(part) not in self._known:
            self._known[id(part)] = make()
        return cast(T, self._known[id(part)])


_Clock = tuple[str, str | None] | None  # a date, and its time of day


def _several(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def _window(start: _Clock, end: _Clock, when: When) -> Window | None:
    """The hours from start to end; a time that has a precision is told by days at the most."""
    if when.precision or not (when.start and start and end and start[1] and end[1]):
        return None
    return Window(
        start=clocked(start[0], start[1], zone=when.zone), end=clocked(end[0], end[1], zone=when.zone)
    )


def _first(part: object) -> str:
    """The first column that a part of the mapping names, for a message."""
    return next(named(part), "")
