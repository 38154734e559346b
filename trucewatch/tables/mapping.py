"""The mapping's nouns: how the columns of a table become reports and claims, as YAML gives it.

A text in a mapping stands for itself, but ``{column}`` in it is the row's cell: ``"{region} region"``.
Where the words of a cell are not ours, a :class:`Lookup` says what they mean. Figures and dates name
their columns. A mapping names columns and words only: no path, no code, no address to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from trucewatch.model import Citation, Given

HOLE = re.compile(r"\{([^{}]+)\}")
RELATIONS = ("exact", "about", "at_least", "more_than", "at_most", "less_than")


class Lookup(Given, frozen=True, kw_only=True):
    """What the words of a column mean: ``values`` from the cell's words to ours, null for "no such claim".

    A cell that is not listed means ``other``, which may have holes; without one it is an issue. A number
    need not be written alike: ``1`` also meets ``1.0``.
    """

    column: str
    values: dict[str | int, str | None]
    other: str | None = None


Told = str | Lookup
Words = dict[str, tuple[str | int, ...]]


class Moment(Given, frozen=True, kw_only=True):
    """A date in one column, or in several joined by a space, by the ``format`` in which it is written.

    A format is one of Python's ``strptime``, ``unix`` (seconds since 1970), or ``iso`` (ISO 8601: ``2018``,
    ``2018-03``, ``2018-03-05``, with a time or without). Of several the first that fits is taken.
    """

    column: str | tuple[str, ...]
    format: str | tuple[str, ...] = "iso"


class When(Given, frozen=True, kw_only=True):
    """The time that a row tells: ``at`` one day, month or year, or from ``start`` to ``end``.

    ``precision`` takes back what the table pads: ``month`` and ``year`` cut the days, ``whole`` only where
    they make up whole months or years, ``week`` takes the day for the middle of one, ``day`` leaves it.
    With a precision no hours are told. ``zone`` is the IANA time zone of hours, ``text`` are the words that
    the table has for the time.
    """

    at: Moment | None = None
    start: Moment | None = None
    end: Moment | None = None
    precision: Told | None = None
    zone: str | None = None
    text: Told | None = None


class Where(Given, frozen=True, kw_only=True):
    """The place that a row tells. ``country`` is an ISO code or an English name, degrees are decimal."""

    name: Told | None = None
    country: Told | None = None
    lat: str | None = None
    lon: str | None = None
    precision: Told | None = None


class Figure(Given, frozen=True, kw_only=True):
    """The columns of a number: one ``column``, or ``low`` and ``high`` for its inclusive bounds."""

    column: str | None = None
    low: str | None = None
    high: str | None = None
    relation: Told | None = None


class Length(Given, frozen=True, kw_only=True):
    """A column with a number of hours, days, weeks or months; 0 says that there is no period."""

    column: str
    unit: Literal["hours", "days", "weeks", "months"]


class Row(Given, frozen=True, kw_only=True):
    """What counts and incidents have in common.

    ``only`` are words that columns must have for the row to be meant, ``{kind: [daily, weekly]}``, and
    ``unless`` such that they must not have, all of them at once. ``time``, ``place`` and ``said_by`` go
    before those of the whole mapping.
    """

    only: Words = msgspec.field(default_factory=dict)
    unless: Words = msgspec.field(default_factory=dict)
    time: When | None = None
    place: Where | None = None
    said_by: tuple[Told, ...] | None = None


class CountOf(Row, frozen=True, kw_only=True):
    """One figure of a row. ``name`` lets another be ``part_of`` it; the other fields are those of a count."""

    measure: Told
    figure: Figure
    name: str | None = None
    part_of: str | None = None
    unit: Told | None = None
    definition: Told | None = None
    period: str | Length | None = None
    observer: Told | None = None
    approximate: bool = False
    running: bool = False
    previous: bool = False


class IncidentOf(Row, frozen=True, kw_only=True):
    """The violence that a row tells.

    ``perpetrator`` and ``target`` only where the table says who acted on whom: the sides of a conflict
    in two columns are its participants.
    """

    type: Told
    perpetrator: tuple[Told, ...] = ()
    target: tuple[Told, ...] = ()


class ReportOf(Given, frozen=True, kw_only=True):
    """The report that a row is, or that ``several`` rows of one id are together.

    ``id`` are the columns that tell reports apart, not all of them empty. ``published`` is the day on which
    the row was published, if the table says so: the day of the event is another.
    """

    id: tuple[str, ...]
    rows: Literal["one", "several"] = "one"
    published: Moment | None = None
    title: Told | None = None
    url: Told | None = None


class Numbers(Given, frozen=True, kw_only=True):
    """How numbers are written: ``1,234.5`` has the thousands ``","`` and the decimal ``"."``."""

    thousands: Literal[",", ".", " ", "'"] | None = None
    decimal: Literal[",", "."] = "."


class Mapping(Given, frozen=True, kw_only=True):
    """A table's mapping. ``id`` begins the ids of its reports, ``publisher`` is who tells what stands in it.

    ``columns`` must be there for the table to be recognised; left out, all that the mapping names must.
    ``also`` are other names of a column. ``empty`` are the words of a cell that says nothing ("N/A").
    """

    id: str
    name: str
    publisher: Told
    report: ReportOf
    columns: tuple[str, ...] = ()
    also: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    cite: tuple[Citation, ...] = ()
    counts: tuple[CountOf, ...] = ()
    incidents: tuple[IncidentOf, ...] = ()
    time: When | None = None
    place: Where | None = None
    said_by: tuple[Told, ...] = ()
    numbers: Numbers = Numbers()
    empty: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    language: str | None = None


def named(part: Any) -> Iterator[str]:
    """The columns that a mapping or a part of it names, each as often as it does.

    >>> list(named(Where(name="{town}, {district}", lat="latitude")))
    ['town', 'district', 'latitude']
    """
    match part:
        case str():
            yield from HOLE.findall(part)
        case Lookup() | Length():
            yield part.column
            yield from named(part.other) if isinstance(part, Lookup) else ()
        case Moment():
            yield from (part.column,) if isinstance(part.column, str) else part.column
        case Figure():
            yield from filter(None, (part.column, part.low, part.high))
            yield from named(part.relation)
        case Where():
            yield from (column for told in (part.name, part.country) for column in named(told))
            yield from filter(None, (part.lat, part.lon))
            yield from named(part.precision)
        case tuple():
            yield from (column for one in part for column in named(one))
        case msgspec.Struct():
            yield from (*part.only, *part.unless) if isinstance(part, Row) else ()
            yield from part.id if isinstance(part, ReportOf) else ()
            fields = (getattr(part, field) for field in part.__struct_fields__)
            yield from (column for told in fields for column in named(told))
        case _:
            return
