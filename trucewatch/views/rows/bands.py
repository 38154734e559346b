"""The bands: what each method expected of each evening of each series, beside what was counted.

``regression`` and ``C1`` to ``C3`` have a bound; ``cusum`` and ``change point`` have a ``statistic`` of their
own, the sum that must pass its threshold and the confidence in a change. How they are reckoned stands in
``docs/alerts.md``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from trucewatch.model import Ceasefire, Entry, Noun, Shelf
from trucewatch.situation.alerts.baselines import excluded
from trucewatch.situation.alerts.methods import Judged
from trucewatch.situation.alerts.nouns import Method
from trucewatch.situation.alerts.raising import watch
from trucewatch.situation.alerts.watch import SHOWN, Watched
from trucewatch.situation.names import cast
from trucewatch.situation.once import once
from trucewatch.views.charted import asked, counts_for, drawn_for, last_day, order, region_name, within
from trucewatch.views.query import Query

_LOOK_BACK = 190  # days of figures that the bounds of a period's first evening need


class BandRow(Noun, frozen=True, kw_only=True):
    """One evening of one series by one method.

    ``observed`` is empty for a gap, which is no zero; ``expected`` and ``upper`` where too little is on file.
    ``days`` of the ``span`` evenings looked back at are on file. ``note`` says why an evening is left out.
    """

    ceasefire: str
    counter: str
    region: str
    evening: dt.date
    method: Method
    observed: float | None
    expected: float | None
    upper: float | None
    statistic: float | None
    days: int
    span: int
    alarm: bool
    note: str | None = None


def rows(shelf: Shelf, query: Query) -> list[BandRow]:
    """The rows of a query's period, or of all evenings; of the last 60 where it names a day.

    >>> rows(ledger, Query(ceasefire=donbas, period=Period.of("2022-02")))[0].expected  # doctest: +SKIP
    212.4
    """
    found = [row for ceasefire in asked(query) for row in _rows(shelf, query, ceasefire)]
    return sorted(found, key=lambda row: (row.ceasefire, row.evening))


def lines(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> list[Watched]:
    """The series of a ceasefire's counters, judged evening by evening up to the end of the query's period."""
    days = (query.period.start, query.period.end) if query.period else None
    key = ("lines", ceasefire.id, days, query.known)
    return once(shelf, key, lambda: _lines(shelf, query, ceasefire))


def entries(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> Sequence[Entry]:
    """The counts that the lines are drawn from: from long enough before the query's period on."""
    return counts_for(shelf, _earlier(query), ceasefire)


def _lines(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> list[Watched]:
    counted = entries(shelf, query, ceasefire)
    if not counted:
        return []
    at = last_day(query, ceasefire, counted)
    start = first_day(query, ceasefire)
    shown = max((at - start).days + 1, 1) if start else SHOWN
    charts = order(drawn_for(query, ceasefire, counted))
    series = [line for chart in charts for line in (*chart.counts.regions, chart.counts.total)]
    return watch(series, ceasefire=ceasefire, cast=cast(ceasefire), at=at, shown=shown)


def first_day(query: Query, ceasefire: Ceasefire) -> dt.date | None:
    """The first evening asked for; None where things are to be told as they stood on a day."""
    return query.period.start if query.period else ceasefire.start


def _earlier(query: Query) -> Query:
    """The query for the figures: as of the end of the period, from long enough before it on."""
    if query.period is None or query.period.start is None:
        return query
    start = query.period.start - _LOOK_BACK * dt.timedelta(days=1)
    period = type(query.period)(start=start, end=query.period.end)
    return Query(ceasefire=query.ceasefire, period=period, known=query.known)


def _rows(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> Iterator[BandRow]:
    for one in lines(shelf, query, ceasefire):
        for method in one.judged.by:
            told = one.of(method)
            for place in range(one.shown):
                if min(one.evenings.points) <= one.day(place) <= one.last and within(query, one.day(place)):
                    yield _row(one, told, place, ceasefire)


def _row(one: Watched, told: Judged, place: int, ceasefire: Ceasefire) -> BandRow:
    day = one.day(place)
    period = excluded(day, one.rules.exclude)
    return BandRow(
        ceasefire=ceasefire.id,
        counter=one.line.series.counter,
        region=region_name(one.line.series.region, ceasefire),
        evening=day,
        method=told.method,
        observed=_number(told.observed[place]),
        expected=_number(told.expected[place]),
        upper=_number(told.upper[place]),
        statistic=_number(told.statistic[place]),
        days=int(told.days[place]),
        span=told.span,
        alarm=bool(told.alarms[place]),
        note=f"left out: {period.why}" if period else None,
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 3)
