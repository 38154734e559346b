"""The series: what each counter counted, window by window and region by region.

Rows stand in the order of time, a longer window before the evenings that end with it, and in one window
the parties' counters before the monitoring body's. Figures that contradict a row are no rows of their
own: they stand in its last column, and in ``counts``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from trucewatch.model import Ceasefire, Noun, Number, Shelf
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.nouns import Basis, Point
from trucewatch.views.charted import (
    Sources,
    asked,
    conflict,
    counts_for,
    drawn_for,
    order,
    region_name,
    window_of,
    within,
)
from trucewatch.views.query import Query


class SeriesRow(Noun, frozen=True, kw_only=True):
    """What one counter counted in one region in one window. ``high`` None is open: "at least".

    ``window_start`` and ``window_end`` carry time and offset where the counter has a cut-off, else they
    are days. ``region`` is ``all`` for the total. ``measure`` explosions is a subset of the violations
    and never added to them. ``reports`` are those it rests on.
    """

    window_start: str
    window_end: str
    region: str
    measure: str
    low: Number | None
    high: Number | None
    basis: Basis
    counter: str
    reports: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def rows(shelf: Shelf, query: Query) -> list[SeriesRow]:
    """The rows of all counters of the ceasefire whose windows end within the query's period.

    >>> rows(ledger, Query(ceasefire=donbas, period=Period.of("2022-02")))[0]  # doctest: +SKIP
    SeriesRow(window_start='2022-01-31T19:30+02:00', window_end='2022-02-01T19:30+02:00', ...
    """
    found: list[tuple[tuple[dt.date, dt.date], SeriesRow]] = []
    for ceasefire in asked(query):
        entries = counts_for(shelf, query, ceasefire)
        sources = Sources(entries)
        for chart in order(drawn_for(query, ceasefire, entries)):
            found.extend(_rows(chart, ceasefire, query, sources))
    return [row for _, row in sorted(found, key=lambda placed: placed[0])]


def _rows(
    chart: Chart, ceasefire: Ceasefire, query: Query, sources: Sources
) -> Iterator[tuple[tuple[dt.date, dt.date], SeriesRow]]:
    for measure, line in chart.lines():
        region = region_name(line.region, ceasefire)
        for point in line.points:
            if within(query, point.end):
                yield (point.end, point.start), _row(point, measure, region, chart, sources)


def _row(point: Point, measure: str, region: str, chart: Chart, sources: Sources) -> SeriesRow:
    start, end = window_of(point.start, point.end, counter=chart.counter, calendar=point.calendar)
    return SeriesRow(
        window_start=start,
        window_end=end,
        region=region,
        measure=measure,
        low=point.low,
        high=point.high,
        basis=point.basis,
        counter=point.counter,
        reports=sources.reports(point.claims),
        conflicts=tuple(
            conflict(rival.low, rival.high, basis=rival.basis, reports=sources.reports(rival.claims))
            for rival in point.rivals
        ),
    )
