"""The counts: each thing that was counted once, with all who tell it and what contradicts it."""

from __future__ import annotations

from trucewatch.model import Ceasefire, Noun, Number, Shelf
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.observations import Conflict, Observation, Reason, Telling, observe
from trucewatch.views.charted import asked, counts_for, drawn_for, region_name, window_of, within
from trucewatch.views.query import Query


class CountRow(Noun, frozen=True, kw_only=True):
    """One observation. ``value`` is its exact figure where one is told, ``low`` and ``high`` what all
    tellings agree on. Without a window no telling says what it covers; a running total has a start alone.
    ``why`` gives, for each two claims that were merged, the fields that agree."""

    id: str
    counter: str
    region: str
    measure: str
    window_start: str | None
    window_end: str | None
    low: Number | None
    high: Number | None
    value: Number | None
    tellings: tuple[Telling, ...]
    conflicts: tuple[Conflict, ...] = ()
    why: tuple[Reason, ...] = ()


def rows(shelf: Shelf, query: Query) -> list[CountRow]:
    """The observations of all counters whose windows end, or which were told, within the query's period."""
    found: list[CountRow] = []
    judgements = shelf.judgements(query.known)
    for ceasefire in asked(query):
        entries = counts_for(shelf, query, ceasefire)
        days = {entry.report.id: entry.report.published for entry in entries}
        for chart in drawn_for(query, ceasefire, entries):
            for made in observe(chart, entries, judgements=judgements):
                told = [day for telling in made.tellings if (day := days.get(telling.report))]
                day = made.end or max(told, default=None)
                if day is None or within(query, day):
                    found.append(_row(made, chart, ceasefire))
    return found


def _row(made: Observation, chart: Chart, ceasefire: Ceasefire) -> CountRow:
    start = end = None
    if made.start and made.end:
        start, end = window_of(made.start, made.end, counter=chart.counter, calendar=made.calendar)
    elif made.start:
        start = made.start.isoformat()
    return CountRow(
        id=made.id,
        counter=made.counter,
        region=region_name(made.region, ceasefire),
        measure=made.measure,
        window_start=start,
        window_end=end,
        low=made.low,
        high=made.high,
        value=made.value,
        tellings=made.tellings,
        conflicts=made.conflicts,
        why=made.why,
    )
