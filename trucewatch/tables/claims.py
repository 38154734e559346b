"""From rows to claims: the claims that a mapping makes of a row, each on the cells that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import get_args

import msgspec

from trucewatch.model import (
    Actor,
    Annotations,
    AnyClaim,
    Count,
    Document,
    Incident,
    IncidentType,
    Measure,
    Reading,
    Report,
    Voice,
    digest,
)
from trucewatch.model.checks import identify
from trucewatch.reports.details import one_line
from trucewatch.tables.cells import Cells
from trucewatch.tables.mapping import CountOf, IncidentOf, Mapping, Row, Told, named
from trucewatch.tables.rows import Line
from trucewatch.tables.values import CellError

MEASURES: tuple[str, ...] = get_args(Measure)
TYPES: tuple[str, ...] = get_args(IncidentType)
TEXT = "text/plain"
_BETWEEN = "\n\n"  # rows of one report


@dataclass(frozen=True, slots=True)
class Made:
    """A report made of rows, with those rows, and with its running totals: column, count, row."""

    reading: Reading
    rows: tuple[Cells, ...]
    running: tuple[tuple[str, Count, Cells], ...]


def report_id(line: Line, mapping: Mapping, *, names: Names[str, str]) -> str | None:
    """The id of the report that a row belongs to; None where all cells of it are empty."""
    parts = [line.cells.get(names.get(column, column), "") for column in mapping.report.id]
    return one_line(f"{mapping.id}: {' / '.join(parts)}") if any(parts) else None


def make(lines: list[Line], mapping: Mapping, *, names: Names[str, str], origin: str) -> Made:
    """The report that some rows are, in the order of their words, with its claims.

    Its text are the cells as they were given, a line each: ``violations: 591``.
    """
    ordered = sorted(lines, key=lambda line: (list(line.cells.items()), line.number))
    rows: list[Cells] = []
    start = 0
    for line in ordered:
        rows.append(Cells(line, mapping, names=names, start=start))
        start += len(rows[-1].text) + len(_BETWEEN)
    text = _BETWEEN.join(row.text for row in rows)
    key = report_id(lines[0], mapping, names=names) or ""
    claims: dict[str, AnyClaim] = {}
    running = []
    for row in rows:
        for rule, claim in _claims(row, mapping, report=key):
            claims[claim.id or ""] = claim
            if isinstance(rule, CountOf) and isinstance(claim, Count) and claim.running:
                running.append((next(named(rule.figure)), claim, row))
    document = _document(rows[0], text, key=key, origin=origin)
    reading = Reading(document=document, annotations=Annotations(), claims=_in_order(claims))
    return Made(reading, tuple(rows), tuple(running))


def _in_order(claims: dict[str, AnyClaim]) -> tuple[AnyClaim, ...]:
    return tuple(sorted(claims.values(), key=lambda claim: (claim.evidence, claim.kind, claim.id)))


def _document(row: Cells, text: str, *, key: str, origin: str) -> Document:
    """The report's text with what the first of its rows tells about it."""
    rule, data = row.mapping.report, text.encode()
    report = Report(
        id=key,
        data=data,
        media_type=TEXT,
        origin=f"{origin} row {row.line.number}",
        sha256=digest(data),
        publisher=_told(row, row.mapping.publisher) or None,
        published=_published(row),
        title=_told(row, rule.title) or key.replace(f"{row.mapping.id}: ", f"{row.mapping.name}: ", 1),
        language=row.mapping.language,
        url=_told(row, rule.url) or None,
    )
    return Document(
        report=report,
        text=text,
        language=row.mapping.language,
        paragraphs=((0, len(text)),),
        sentences=(),
        quotations=(),
    )


def _told(row: Cells, told: Told | None) -> str:
    try:
        return one_line(row.told(told) or "")
    except CellError:  # noted as the row's fault
        return ""


def _published(row: Cells) -> dt.date | None:
    try:
        return row.date(row.mapping.report.published)
    except CellError:
        return None


# --- claims ----------------------------------------------------------------------------------------


def _claims(row: Cells, mapping: Mapping, *, report: str) -> Iterator[tuple[CountOf | IncidentOf, AnyClaim]]:
    """The claims of a row with their ids, each with its rule."""
    ids: dict[str, str] = {}
    rules: list[CountOf | IncidentOf] = [*mapping.counts, *mapping.incidents]
    for rule in rules:
        try:
            claim = _claim(row, rule, ids)
        except CellError:  # noted as the row's fault
            continue
        if claim is not None:
            name = identify(claim, report_id=report)
            if isinstance(rule, CountOf) and rule.name:
                ids[rule.name] = name
            yield rule, msgspec.structs.replace(claim, id=name)


def _claim(row: Cells, rule: CountOf | IncidentOf, ids: dict[str, str]) -> AnyClaim | None:
    """A rule's claim; ``ids`` are those of the row's counts above by their names."""
    if (rule.only and not row.meets(rule.only)) or row.meets(rule.unless):
        return None
    return _count(row, rule, ids) if isinstance(rule, CountOf) else _incident(row, rule)


def _count(row: Cells, rule: CountOf, ids: dict[str, str]) -> Count | None:
    bounds = row.bounds(rule.figure)
    measure = row.choice(rule.measure, MEASURES) if bounds else None
    if bounds is None or measure is None:
        return None
    time, window = row.time(rule.time or row.mapping.time)
    return Count(
        evidence=row.evidence((rule.figure.column, rule.figure.low, rule.figure.high)),
        said_by=_said_by(row, rule),
        time=time,
        place=row.place(rule.place or row.mapping.place),
        reader=reader(row.mapping),
        measure=measure,  # type: ignore[arg-type]
        low=bounds.low,
        high=bounds.high,
        approximate=rule.approximate or bounds.approximate,
        unit=row.told(rule.unit),
        period=row.length(rule.period),
        observer=_actor(row, rule.observer) if rule.observer else None,
        window=window,
        part_of=ids.get(rule.part_of or ""),
        running=rule.running,
        previous=rule.previous,
        definition=row.told(rule.definition),
    )


def _incident(row: Cells, rule: IncidentOf) -> Incident | None:
    kind = row.choice(rule.type, TYPES)
    if kind is None:
        return None
    return Incident(
        evidence=row.evidence(tuple(named(rule.type))),
        said_by=_said_by(row, rule),
        time=row.time(rule.time or row.mapping.time)[0],
        place=row.place(rule.place or row.mapping.place),
        reader=reader(row.mapping),
        type=kind,  # type: ignore[arg-type]
        perpetrator=_actors(row, rule.perpetrator),
        target=_actors(row, rule.target),
    )


def reader(mapping: Mapping) -> str:
    """Who reads the claims of a table, in the ledger's words: ``table: ucdp-ged/1``."""
    return f"table: {mapping.id}/{VERSION}"


VERSION = 1
"""Counts up when the same mapping would make other claims than before."""


def _said_by(row: Cells, rule: Row) -> tuple[Voice, ...]:
    told = row.mapping.said_by if rule.said_by is None else rule.said_by
    return tuple(voice for one in told if (voice := row.voice(one)))


def _actor(row: Cells, told: Told) -> Actor | None:
    name = row.told(told)
    return Actor(name=name, span=row.own(told)) if name else None


def _actors(row: Cells, told: tuple[Told, ...]) -> tuple[Actor, ...]:
    return tuple(actor for one in told if (actor := _actor(row, one)))
