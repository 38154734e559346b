"""What must hold in a mapping beyond the types of its fields: words, names, formats, time zones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from trucewatch.catalog.checks import is_zone
from trucewatch.tables.cells import PLACES
from trucewatch.tables.claims import MEASURES, TYPES
from trucewatch.tables.mapping import (
    HOLE,
    RELATIONS,
    CountOf,
    Figure,
    Length,
    Lookup,
    Mapping,
    Moment,
    Told,
    When,
    Where,
)
from trucewatch.tables.values import PRECISIONS

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DURATION = re.compile(r"P(?:\d+[YMWD]|T\d+H)")


def faults(mapping: Mapping) -> Iterator[str]:
    """Everything that is wrong, each as ``field: what is the matter``."""
    if not _ID.fullmatch(mapping.id):
        yield f"id: {mapping.id!r} is not lower-case words-with-hyphens"
    if not mapping.report.id:
        yield "report.id: names no column; it takes the columns that tell reports apart"
    if not (mapping.counts or mapping.incidents):
        yield "counts: there are none, and no incidents, so that nothing would be read"
    if mapping.numbers.thousands == mapping.numbers.decimal:
        yield f"numbers.thousands: {mapping.numbers.thousands!r} is the decimal mark too"
    for index, citation in enumerate(mapping.cite):
        if citation.url is not None and not citation.url.startswith(("https://", "http://")):
            yield f"cite[{index}].url: {citation.url!r} is no web address"
    yield from _moment("report.published", mapping.report.published)
    yield from _when("time", mapping.time)
    yield from _where("place", mapping.place)
    names: list[str] = []
    for index, count in enumerate(mapping.counts):
        yield from _count(f"counts[{index}]", count, above=names)
        names += [count.name] if count.name else []
    yield from (f"counts: the name {name!r} stands twice" for name in sorted(_twice(names)))
    for index, incident in enumerate(mapping.incidents):
        yield from _words(f"incidents[{index}].type", incident.type, TYPES)
        yield from _when(f"incidents[{index}].time", incident.time)
        yield from _where(f"incidents[{index}].place", incident.place)


def _count(field: str, count: CountOf, *, above: list[str]) -> Iterator[str]:
    yield from _words(f"{field}.measure", count.measure, MEASURES)
    yield from _figure(f"{field}.figure", count.figure)
    yield from _when(f"{field}.time", count.time)
    yield from _where(f"{field}.place", count.place)
    if count.part_of is not None and count.part_of not in above:
        yield f"{field}.part_of: no count above it has the name {count.part_of!r}{_choices(above)}"
    if isinstance(count.period, str) and not _DURATION.fullmatch(count.period):
        yield f"{field}.period: {count.period!r} is no ISO 8601 duration such as PT24H, P7D or P1M"
    if isinstance(count.period, Length) and HOLE.search(count.period.column):
        yield f"{field}.period.column: {count.period.column!r} is a column's name without braces"


def _figure(field: str, figure: Figure) -> Iterator[str]:
    if (figure.column is None) == (figure.low is None and figure.high is None):
        yield f"{field}: takes either a column, or low and high"
    if figure.relation is not None:
        if figure.column is None:
            yield f"{field}.relation: says how a single column is meant; low and high are bounds already"
        yield from _words(f"{field}.relation", figure.relation, RELATIONS)


def _when(field: str, when: When | None) -> Iterator[str]:
    if when is None:
        return
    if when.at and (when.start or when.end):
        yield f"{field}.at: is the start and the end at once; give it alone, or start and end"
    for name, part in (("at", when.at), ("start", when.start), ("end", when.end)):
        yield from _moment(f"{field}.{name}", part)
    if when.precision is not None:
        yield from _words(f"{field}.precision", when.precision, PRECISIONS)
    if when.zone is not None and not is_zone(when.zone):
        yield f"{field}.zone: {when.zone!r} is no IANA time zone (such as Europe/Kyiv)"


def _where(field: str, where: Where | None) -> Iterator[str]:
    if where is None:
        return
    if (where.lat is None) != (where.lon is None):
        yield f"{field}: lat and lon stand together or not at all"
    if where.precision is not None:
        yield from _words(f"{field}.precision", where.precision, PLACES)


def _moment(field: str, part: Moment | None) -> Iterator[str]:
    if part is None:
        return
    for form in (part.format,) if isinstance(part.format, str) else part.format:
        if form not in ("iso", "unix") and not _is_format(form):
            yield f"{field}.format: {form!r} is none of iso, unix, and strptime's formats with %Y (%d/%m/%Y)"


def _is_format(form: str) -> bool:
    try:
        dt.datetime.strptime(dt.datetime(2001, 2, 3).strftime(form), form)
    except ValueError:
        return False
    return "%Y" in form


def _words(field: str, told: Told, choices: Iterable[str]) -> Iterator[str]:
    """Words that are none of the choices; what a cell brings in is seen when it is read."""
    given: list[str | None] = [*told.values.values(), told.other] if isinstance(told, Lookup) else [told]
    for word in given:
        if word is not None and not HOLE.search(word) and word not in choices:
            yield f"{field}: {word!r} is none of {', '.join(choices)}"


def _choices(names: list[str]) -> str:
    return f"; there are {', '.join(names)}" if names else ""


def _twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
