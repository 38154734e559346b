"""What the views of counts share: the charts of a query, and how windows, regions and figures are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from trucewatch import catalog
from trucewatch.model import Ceasefire, Counter, Entry, FiledKind, Measure, Number, Shelf
from trucewatch.situation.counts.charts import Chart, charts
from trucewatch.situation.days import ONE
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import Basis
from trucewatch.views.query import Query

_LATEST = dt.date(9990, 1, 1)  # reports of days beyond it are misdated, and have no day after
COUNTS: tuple[FiledKind, ...] = ("count",)
ALL = "all"  # the region that stands for the total over all of them


def asked(query: Query) -> list[Ceasefire]:
    """The ceasefires that a query is about: the one it names, or all of the catalog."""
    if query.ceasefire:
        return [query.ceasefire]
    return [catalog.ceasefire(name) for name in catalog.ceasefires()]


def counts_for(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> Sequence[Entry]:
    """The counts that can tell of the query's days: what was published before them cannot."""
    since = max(ceasefire.start, query.period.start) if query.period and query.period.start else None
    return shelf.entries(query.known, kinds=COUNTS, measures=measures_of(ceasefire), since=since)


def measures_of(ceasefire: Ceasefire) -> list[Measure]:
    """What the counters of a ceasefire count, and the explosions among it."""
    counted: list[Measure] = ["explosions", *(counter.measure for counter in ceasefire.counters)]
    return sorted(set(counted))


def drawn_for(query: Query, ceasefire: Ceasefire, entries: Sequence[Entry]) -> list[Chart]:
    """The charts of a ceasefire's counters, as things stood at the end of the query's period."""
    return charts(
        entries, ceasefire, cast=cast(ceasefire), at=last_day(query, ceasefire, entries), known=query.known
    )


def last_day(query: Query, ceasefire: Ceasefire, entries: Sequence[Entry]) -> dt.date:
    """The last day looked at: the period's, else the day known, else that of the newest report."""
    if query.period:
        return query.period.end
    newest = max((e.report.published for e in entries if e.report.published), default=ceasefire.start)
    return query.known or min(newest, ceasefire.end or _LATEST)


def within(query: Query, day: dt.date) -> bool:
    """Whether a window that ends on a day belongs to the query's period."""
    if query.period is None:
        return True
    return (query.period.start or dt.date.min) <= day <= query.period.end


def window_of(start: dt.date, end: dt.date, *, counter: Counter, calendar: bool = False) -> tuple[str, str]:
    """Both ends of a window as they are written: with the cut-off by the counter's clock, else as days.

    >>> window_of(dt.date(2022, 2, 17), dt.date(2022, 2, 18), counter=smm)  # doctest: +SKIP
    ('2022-02-17T19:30+02:00', '2022-02-18T19:30+02:00')
    """
    if counter.cutoff is None:
        return (start + ONE if calendar else start).isoformat(), end.isoformat()
    zone, clock = ZoneInfo(counter.time_zone), dt.time.fromisoformat(counter.cutoff)
    first, last = (dt.datetime.combine(day, clock, tzinfo=zone) for day in (start, end))
    return first.isoformat(timespec="minutes"), last.isoformat(timespec="minutes")


def region_name(region: str | None, ceasefire: Ceasefire) -> str:
    """A region's name, or ``all``."""
    names = {given.id: given.name for given in ceasefire.regions}
    return ALL if region is None else names.get(region, region)


def figure_in_words(low: Number | None, high: Number | None, *, approximate: bool = False) -> str:
    """A figure with its bounds in short.

    >>> figure_in_words(98, None), figure_in_words(28, 28)
    ('at least 98', '28')
    """
    about = "about " if approximate else ""
    if low is None:
        return "unknown" if high is None else f"at most {high}"
    if high is None:
        return f"at least {low}"
    return f"{about}{low}" if low == high else f"{about}{low} to {high}"


class Sources:
    """The reports that claims stand in, by the claims' ids."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._reports = {entry.claim.id or "": entry.report.id for entry in entries}

    def reports(self, claims: Sequence[str]) -> tuple[str, ...]:
        """The ids of the reports, each once, in the order of the claims."""
        return tuple(dict.fromkeys(self._reports[claim] for claim in claims if claim in self._reports))


def conflict(low: Number | None, high: Number | None, *, basis: Basis, reports: Sequence[str]) -> str:
    """A figure that contradicts another, in a line: ``28, stated as previous, in smm-2``."""
    return f"{figure_in_words(low, high)}, {basis}, in {' and '.join(reports)}"


def order(charts: Sequence[Chart]) -> Iterator[Chart]:
    """The parties' counters before the monitoring body's, else as in the catalog."""
    yield from sorted(charts, key=lambda chart: chart.keeper.is_mechanism)
