"""A report's own superlative, held against the counter's figures on file: confirmed, refuted, not checkable.

"A record this year", "the lowest since February", "up from 222 in the previous period". The verdict is
about the figures in the ledger, as known on a day, and says on how many days it rests. What was found by
subtraction, a bound, a longer window with room for a higher evening: none of these refutes, but as long
as one of them may stand beyond the figure, it is not confirmed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import structs

from trucewatch.model import Comparison, Count, Entry, Number
from trucewatch.situation.counts import echoes
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.readings import Reading, Region
from trucewatch.situation.counts.records import beyond, record, subtracted
from trucewatch.situation.counts.scopes import Scope, scope
from trucewatch.situation.counts.series import Drawn
from trucewatch.situation.days import ONE, issued
from trucewatch.situation.nouns import Point, Record, Series, Superlative, Which


def checked(chart: Chart, entries: Sequence[Entry]) -> list[Superlative]:
    """The superlatives and comparisons that reports make of a counter's figures, by report and claim."""
    counted = _Counted(chart)
    found = [
        counted.check(entry, entry.claim, entry.claim.comparison)
        for entry in entries
        if isinstance(entry.claim, Count)
        and entry.claim.comparison
        and entry.claim.measure in (chart.counts.measure, "explosions")
        and chart.keeper.counted(entry.claim, entry.report)
    ]
    return sorted((one for one in found if one), key=lambda one: (one.report, one.claim, one.region or ""))


class _Counted:
    """A counter's figures, ready to be compared with."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.evenings = echoes.evenings_of((chart.counts.total, *chart.counts.regions))
        placed = (*chart.readings.violations, *chart.readings.explosions)
        self.readings: Mapping[str, Reading] = {reading.claim: reading for reading in placed}

    def check(self, entry: Entry, count: Count, told: Comparison) -> Superlative | None:
        """One comparison; None where the figure is of no region that the counter counts in."""
        seen = issued(entry.report)
        reading = self.readings.get(count.id or "")
        if reading is None and not echoes.is_whole(count, self.chart.keeper):
            return None
        drawing = self.chart.bangs if count.measure == "explosions" else self.chart.counts
        region, point = self._meant(entry, count, reading, drawing)
        line = _line(drawing, region)
        made = Superlative(
            claim=count.id or "",
            report=entry.report.id,
            counter=line.counter,
            region=region,
            measure=drawing.measure,
            relation=told.relation,
            verdict="not checkable",
            scope=told.scope,
            low=count.low,
            high=count.high,
            than=told.than,
            point=point,
        )
        if seen is None:
            return structs.replace(made, reason="the report is not dated")
        if told.relation in ("highest", "lowest"):
            meant = scope(told.scope, seen=self._seen(seen, point), start=self.chart.keeper.ceasefire.start)
            return _of_record(made, line, drawing, meant, told.relation)
        return _of_other(made, line)

    def _seen(self, published: dt.date, point: Point | None) -> dt.date:
        """The last evening that a report can look back on: that of its own day is counted after it."""
        last = published - ONE if self.chart.counter.cutoff else published
        return max(last, point.end) if point else last

    def _meant(
        self, entry: Entry, count: Count, reading: Reading | None, drawing: Drawn
    ) -> tuple[Region, Point | None]:
        """The region and the figure on file that a claim is about."""
        if reading:
            window = (reading.evenings.start, reading.evenings.end)
            line = _line(drawing, reading.region)
            return reading.region, next((p for p in line.points if (p.start, p.end) == window), None)
        echo = echoes.compared(count, entry, keeper=self.chart.keeper, evenings=self.evenings)
        if not echo.verdict.startswith("agrees") or echo.point is None or drawing is self.chart.bangs:
            return echo.region, None
        return echo.region, self.evenings[echo.region][echo.point]


def _of_record(
    made: Superlative, line: Series, drawing: Drawn, scope: Scope | None, which: Which
) -> Superlative:
    """Whether a figure is the highest or lowest of its scope, as far as the days on file tell."""
    if scope is None:
        return structs.replace(made, reason="the scope tells no day to begin with")
    derived = subtracted((drawing.total, *drawing.regions))
    evenings = made.point.evenings if made.point else 1
    found = record(line, first=scope.first, last=scope.last, which=which, evenings=evenings, derived=derived)
    figure = _with_room(made.point or _claimed(made, line, scope.last))
    inside = [p for p in line.points if scope.first <= p.end <= scope.last]
    surely, maybe = beyond(figure, inside, which=which, derived=derived)
    made = structs.replace(made, first=scope.first, last=scope.last, record=found, surely=surely, maybe=maybe)
    if surely:
        return structs.replace(made, verdict="refuted")
    reason = _doubt(made, found, scope)
    return structs.replace(made, reason=reason) if reason else structs.replace(made, verdict="confirmed")


def _doubt(made: Superlative, found: Record, scope: Scope) -> str | None:
    """Why a figure beyond which nothing surely stands is not confirmed all the same."""
    if made.point is None:
        return "no figure on file is the one that is meant"
    if not scope.first <= made.point.end <= scope.last:
        return "the figure lies outside the days that are meant"
    if made.maybe:
        return "another figure may stand beyond it"
    if not scope.whole:
        return "the days meant begin before the ceasefire, and what was counted then is not on file"
    if found.on_file < 2:
        return "no other day is on file"
    return None


def _of_other(made: Superlative, line: Series) -> Superlative:
    """Whether a figure stands above, below or equal to that of the window before, or to a bare number."""
    if made.scope is None:
        if made.than is None:
            return structs.replace(made, reason="it is not told what the figure is compared with")
        low, high = (made.point.low, made.point.high) if made.point else (made.low, made.high)
        return _judged(made, low, high, made.than, made.than)
    if made.point is None:
        return structs.replace(made, reason="no figure on file is the one that is meant")
    before = [p for p in line.points if p.end == made.point.start and p.complete]
    other = min(before, key=lambda p: (p.evenings, p.basis == "derived"), default=None)
    if other is None:
        return structs.replace(made, reason="the figure before it is not on file")
    found = structs.replace(made, other=other)
    if made.than is not None and other.low == other.high and other.low != made.than:
        return structs.replace(found, verdict="refuted")
    return _judged(found, made.point.low, made.point.high, other.low, other.high)


def _judged(
    made: Superlative, low: Number | None, high: Number | None, least: Number | None, most: Number | None
) -> Superlative:
    """The verdict on a relation between two ranges: only what holds or fails for all of both is told."""
    above = low is not None and most is not None and low > most
    below = high is not None and least is not None and high < least
    equal = None not in (low, least) and low == high == least == most
    holds = {"above": above, "below": below, "equal": equal}
    if holds[made.relation]:
        return structs.replace(made, verdict="confirmed")
    if any(holds.values()):
        return structs.replace(made, verdict="refuted")
    return structs.replace(made, reason="one of the two figures is a bound")


def _claimed(made: Superlative, line: Series, end: dt.date) -> Point:
    """The figure as it is told, for want of one on file."""
    return Point(
        counter=line.counter,
        region=made.region,
        start=end - ONE,
        end=end,
        low=made.low,
        high=made.high,
        basis="own",
        claims=(made.claim,),
    )


def _with_room(figure: Point) -> Point:
    """A figure whose open end may be anything: nothing stands surely above an "at least"."""
    return figure if figure.high is not None else structs.replace(figure, high=float("inf"))


def _line(drawing: Drawn, region: Region) -> Series:
    return next((line for line in drawing.regions if line.region == region), drawing.total)
