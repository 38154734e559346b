"""The records: highest and lowest of a period, region by region, and reports' own superlatives checked.

The period is the query's year or month; of a day, the year and the month up to it and all since the
ceasefire began; without one, every year on file and all since the ceasefire began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.model import Ceasefire, Entry, Noun, Number, Shelf
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.records import record, subtracted
from trucewatch.situation.counts.superlatives import checked
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Point, Record, Relation, Series, Superlative, Which
from trucewatch.views.charted import COUNTS, asked, drawn_for, measures_of, region_name, within
from trucewatch.views.query import Period, Query
from trucewatch.views.recorded import checked_in_words, record_in_words

_WHICH: tuple[Which, ...] = ("highest", "lowest")


class RecordRow(Noun, frozen=True, kw_only=True):
    """A record of a period, or (with ``report`` and ``claim``) a report's superlative and its verdict.

    ``value`` is what was counted in the ``evenings`` that end on ``day``, ``before_value`` the best one
    earlier. Of ``days`` evenings so many are ``on_file``. A record's verdict is one of "highest (lowest)
    of all days", "highest (lowest) on file", "tied", "passed", "nothing on file"; a superlative's one of
    "confirmed", "refuted", "not checkable".
    """

    ceasefire: str
    counter: str
    region: str
    measure: str
    period: str
    which: Relation
    value: Number | None
    day: dt.date | None
    before_value: Number | None
    before_day: dt.date | None
    days: int | None
    on_file: int | None
    missing: int | None
    verdict: str
    words: str
    evenings: int = 1
    report: str | None = None
    claim: str | None = None


class Span(NamedTuple):
    """A period with its name."""

    name: str
    first: dt.date
    last: dt.date


def rows(shelf: Shelf, query: Query) -> list[RecordRow]:
    """The records of all counters that have figures, and then the superlatives that were checked."""
    found: list[RecordRow] = []
    for ceasefire in asked(query):
        # A superlative looks back beyond the query's period, so that all counts are asked for.
        entries = shelf.entries(query.known, kinds=COUNTS, measures=measures_of(ceasefire))
        for chart in drawn_for(query, ceasefire, entries):
            if any(line.points for _, line in chart.lines()):
                found.extend(_records(chart, query))
                found.extend(_superlatives(chart, entries, query))
    return found


def _records(chart: Chart, query: Query) -> Iterator[RecordRow]:
    for drawing in (chart.counts, chart.bangs):
        derived = subtracted((drawing.total, *drawing.regions))
        for line in drawing.lines:
            spans = _spans(line, chart, query)
            for span, evenings in ((one, length) for one in spans for length in _lengths(line, one)):
                for which in _WHICH:
                    found = record(
                        line,
                        first=span.first,
                        last=span.last,
                        which=which,
                        evenings=evenings,
                        derived=derived,
                    )
                    if found.best:
                        yield _record_row(found, span, line, drawing.measure, chart.keeper.ceasefire)


def _spans(line: Series, chart: Chart, query: Query) -> list[Span]:
    """The periods whose records are told, none beyond the last evening that could be on file."""
    start = chart.keeper.ceasefire.start + ONE
    end = max((point.end for point in line.points), default=chart.last)
    last = max(chart.last, end)
    since = Span(f"since {start - ONE}", start, last)
    if query.period is None:
        years = sorted({point.end.year for point in line.points})
        spans = [Span(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years]
        return [*(_clipped(span, start, last) for span in spans), since]
    if query.period.start is None:
        day = query.period.end
        spans = [
            Span(str(day.year), day.replace(month=1, day=1), day),
            Span(f"{day:%Y-%m}", day.replace(day=1), day),
        ]
        return [*(_clipped(span, start, last) for span in spans), _clipped(since, start, min(day, last))]
    return [_clipped(Span(_name(query.period), query.period.start, query.period.end), start, last)]


def _name(period: Period) -> str:
    """``2022``, ``2022-02``, or the two days."""
    for text in (f"{period.end:%Y}", f"{period.end:%Y-%m}"):
        if Period.of(text) == period:
            return text
    return f"{period.start} to {period.end}"


def _clipped(span: Span, first: dt.date, last: dt.date) -> Span:
    return Span(span.name, max(span.first, first), min(span.last, last))


def _lengths(line: Series, span: Span) -> list[int]:
    """How many evenings the windows of a span have: one, and what other lengths there are."""
    return sorted({1, *(p.evenings for p in line.points if span.first <= p.end <= span.last)})


def _record_row(found: Record, span: Span, line: Series, measure: str, ceasefire: Ceasefire) -> RecordRow:
    return RecordRow(
        ceasefire=ceasefire.id,
        counter=line.counter,
        region=region_name(line.region, ceasefire),
        measure=measure,
        period=span.name,
        which=found.which,
        value=_value(found.best, found.which),
        day=found.best.end if found.best else None,
        before_value=_value(found.before, found.which),
        before_day=found.before.end if found.before else None,
        days=found.days,
        on_file=found.on_file,
        missing=found.missing,
        verdict=found.verdict,
        words=record_in_words(found, period=span.name, regions=_regions(ceasefire)),
        evenings=found.evenings,
    )


def _superlatives(chart: Chart, entries: Sequence[Entry], query: Query) -> Iterator[RecordRow]:
    days = {entry.report.id: entry.report.published for entry in entries}
    for found in checked(chart, entries):
        day = days[found.report]
        if day is None or within(query, day):
            yield _superlative_row(found, chart.keeper.ceasefire)


def _superlative_row(found: Superlative, ceasefire: Ceasefire) -> RecordRow:
    record_ = found.record
    before = (record_.before if found.point == record_.best else None) if record_ else found.other
    return RecordRow(
        ceasefire=ceasefire.id,
        counter=found.counter,
        region=region_name(found.region, ceasefire),
        measure=found.measure,
        period=found.scope or "",
        which=found.relation,
        value=found.point.low if found.point else found.low,
        day=found.point.end if found.point else None,
        before_value=before.low if before else None,
        before_day=before.end if before else None,
        days=record_.days if record_ else None,
        on_file=record_.on_file if record_ else None,
        missing=record_.missing if record_ else None,
        verdict=found.verdict,
        words=checked_in_words(found, regions=_regions(ceasefire)),
        evenings=found.point.evenings if found.point else 1,
        report=found.report,
        claim=found.claim,
    )


def _value(point: Point | None, which: Which) -> Number | None:
    if point is None:
        return None
    return point.low if which == "highest" else point.high


def _regions(ceasefire: Ceasefire) -> dict[str, str]:
    return {region.id: region.name for region in ceasefire.regions}
