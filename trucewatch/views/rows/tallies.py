"""Tallies: who counted what, beside the rivals of the same days, and why two totals differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trucewatch.model import Ceasefire, Entry, FiledKind, Noun, Number, Shelf
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.tallies import Compared, Rival, Tally, compare, of_charts, of_voices
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant
from trucewatch.views.charted import (
    ALL,
    Sources,
    asked,
    drawn_for,
    region_name,
    window_of,
    within,
)
from trucewatch.views.query import Query

_KINDS: tuple[FiledKind, ...] = ("count", "statement", "incident")


class TallyRow(Noun, frozen=True, kw_only=True):
    """One tally. ``counter`` is the catalog's, None for any other ``voice``; ``accused``
    are those whose acts it counts. A window that nobody states is empty; ``told`` is the day of the
    report. Each of ``rivals`` says in which fields it differs, and in words."""

    ceasefire: str | None
    measure: str
    window_start: str | None
    window_end: str | None
    told: dt.date | None
    region: str
    counter: str | None
    voice: str
    accused: tuple[str, ...]
    low: Number | None
    high: Number | None
    approximate: bool
    definition: str | None
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    rivals: tuple[Rival, ...]


def rows(shelf: Shelf, query: Query) -> list[TallyRow]:
    """The tallies in the order of time: those that others of mostly the same days stand beside, and those
    of any voice that is no counter (a counter's own are in the series).

    Without a ceasefire: those of each ceasefire in the catalog, and then those of none.
    """
    found: list[TallyRow] = []
    held: dict[str, Entry] = {}
    named: set[str] = set()
    for ceasefire in asked(query):
        since = query.period.start if query.period else None
        entries = shelf.entries(query.known, kinds=_KINDS, since=since)
        ours = [entry for entry, _ in relevant(entries, cast=cast(ceasefire))]
        found.extend(_rows(ours, drawn_for(query, ceasefire, ours), ceasefire, query))
        held |= {entry.claim.id or "": entry for entry in entries}
        named |= {entry.claim.id or "" for entry in ours}
    if query.ceasefire is None:
        rest = [entry for name, entry in held.items() if name not in named]
        found.extend(_rows(rest, [], None, query))
    return found


def _rows(
    entries: Sequence[Entry], charts: Sequence[Chart], ceasefire: Ceasefire | None, query: Query
) -> Iterator[TallyRow]:
    tallies = [*of_charts(charts), *of_voices(entries, charts=charts)]
    sources = Sources(entries)
    mine = {chart.counter.id: chart for chart in charts}
    rivals = compare(tallies)
    beside = {id(compared.tally) for compared in rivals}
    lone = [t for t in tallies if t.counter is None and id(t) not in beside]
    for compared in (*rivals, *(Compared(tally=tally, rivals=()) for tally in lone)):
        day = compared.tally.end or compared.tally.told
        if day is None or within(query, day):
            yield _row(compared, mine, ceasefire, sources)


def _row(
    compared: Compared, charts: dict[str, Chart], ceasefire: Ceasefire | None, sources: Sources
) -> TallyRow:
    tally = compared.tally
    start, end = _window(tally, charts)
    return TallyRow(
        ceasefire=ceasefire.id if ceasefire else None,
        measure=tally.measure,
        window_start=start,
        window_end=end,
        told=tally.told,
        region=region_name(tally.region, ceasefire) if ceasefire and tally.region else tally.area or ALL,
        counter=tally.counter,
        voice=tally.voice,
        accused=tally.accused,
        low=tally.low,
        high=tally.high,
        approximate=tally.approximate,
        definition=tally.definition,
        claims=tally.claims,
        reports=sources.reports(tally.claims),
        rivals=compared.rivals,
    )


def _window(tally: Tally, charts: dict[str, Chart]) -> tuple[str | None, str | None]:
    if tally.start is None or tally.end is None:
        return None, None
    if tally.counter in charts:
        counter = charts[tally.counter].counter
        return window_of(tally.start, tally.end, counter=counter, calendar=tally.calendar)
    start = tally.start + dt.timedelta(days=1) if tally.calendar else tally.start
    return start.isoformat(), tally.end.isoformat()
