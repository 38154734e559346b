"""The daily series of a counter: a line per region and one for the total.

A window of several evenings stays one. A missing report is a gap and never a zero. The total is the
sum over the regions, and an "at least" where a region is missing. Figures that contradict each
other on the same window are all kept: the counter's own figure first, the others as its rivals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import structs

from trucewatch.model import Ceasefire, Counter, Noun, Number
from trucewatch.situation.counts.keepers import part
from trucewatch.situation.counts.readings import STANDINGS, Reading, Readings, Region
from trucewatch.situation.days import ONE, each
from trucewatch.situation.nouns import Basis, Figure, Point, Series

Key = tuple[dt.date, dt.date]


class Drawn(Noun, frozen=True, kw_only=True):
    """The lines of one measure of a counter: the total's and the regions'."""

    measure: str
    total: Series
    regions: tuple[Series, ...]

    @property
    def lines(self) -> tuple[Series, ...]:
        """The regions' lines and then the total's; a counter of one region has no total beside it."""
        return self.regions if len(self.regions) == 1 else (*self.regions, self.total)


def drawn(
    readings: Readings, *, counter: Counter, ceasefire: Ceasefire, at: dt.date, last: dt.date
) -> tuple[Drawn, Drawn]:
    """The lines of what the counter counts, and those of the explosions among it, which stand apart.

    ``last`` is the last evening that could be on file. Points of the first know their explosions.
    """
    within = _Frame(counter, after=ceasefire.start, until=min(at, ceasefire.end or at), last=last)
    bang = part(counter, ceasefire, measure="explosions")
    bangs = within.draw(readings.explosions, "explosions", bang)
    counts = within.draw(readings.violations, counter.measure, counter.id)
    return _with_bangs(counts, bangs), bangs


@dataclass(frozen=True)
class _Frame:
    """Whose lines are drawn, and over which days."""

    counter: Counter
    after: dt.date
    until: dt.date
    last: dt.date

    def draw(self, readings: Iterable[Reading], measure: str, name: str) -> Drawn:
        """The lines of one measure, under the id of its counter."""
        grouped: dict[Region, dict[Key, list[Reading]]] = defaultdict(lambda: defaultdict(list))
        for reading in readings:
            if self.after < reading.evenings.end <= self.until:
                grouped[reading.region][reading.evenings.start, reading.evenings.end].append(reading)
        regional = {
            region: with_derived(_point(name, region, told) for told in grouped[region].values())
            for region in self.counter.regions
        }
        totals = with_derived(_totals(regional, grouped[None], counter=self.counter, name=name))
        return Drawn(
            measure=measure,
            total=_series(name, None, totals, self.last),
            regions=tuple(_series(name, region, points, self.last) for region, points in regional.items()),
        )


def _with_bangs(counts: Drawn, bangs: Drawn) -> Drawn:
    """The lines of the violations, with the explosions among them as a figure of each point."""
    known = {
        (line.region, point.start, point.end): point
        for line in (bangs.total, *bangs.regions)
        for point in line.points
        if point.complete
    }

    def told(line: Series) -> Series:
        points = (
            structs.replace(p, explosions=_figure_of(known.get((p.region, p.start, p.end))))
            for p in line.points
        )
        return structs.replace(line, points=tuple(points))

    return structs.replace(
        counts, total=told(counts.total), regions=tuple(told(line) for line in counts.regions)
    )


def _figure_of(point: Point | None) -> Figure | None:
    if point is None:
        return None
    return Figure(
        low=point.low,
        high=point.high,
        approximate=point.approximate,
        basis=point.basis,
        claims=point.claims,
    )


def with_derived(points: Iterable[Point]) -> list[Point]:
    """The points, with evenings that follow by subtraction, and windows checked against their evenings.

    Two evenings of 2,158 and the second of 579 leave 1,579 for the first: derived, never an own figure.
    """
    kept = sorted(points, key=_order)
    daily = {point.end: point for point in kept if point.evenings == 1}
    derived: list[Point] = []
    for place, whole in enumerate(kept):
        if whole.evenings == 1 or not _is_exact(whole):
            continue
        evenings = each(whole.start + ONE, whole.end)
        open_ = [evening for evening in evenings if evening not in daily]
        parts = [daily[evening] for evening in evenings if evening in daily]
        if not all(_is_exact(part) for part in parts):
            continue
        rest = (whole.low or 0) - sum(part.low or 0 for part in parts)
        if not open_ and rest:
            kept[place] = _contradicted(whole, parts)
        elif len(open_) == 1 and rest >= 0:
            derived.append(_derived(whole, parts, open_[0], rest))
    return sorted((*kept, *derived), key=_order)


def add(points: Iterable[Point], *, counter: Counter, name: str | None = None) -> Point:
    """The sum of points of different regions on one window; an "at least" if a region is missing."""
    parts = sorted(points, key=lambda point: counter.regions.index(point.region or ""))
    complete = {part.region for part in parts} == set(counter.regions)
    first = parts[0]
    return Point(
        counter=name or counter.id,
        region=None,
        start=first.start,
        end=first.end,
        low=_sum(part.low or 0 for part in parts),
        high=_sum(part.high for part in parts) if complete else None,
        basis="sum",
        claims=_claims(part.claims for part in parts),
        approximate=any(part.approximate for part in parts),
        stated=all(part.stated for part in parts),
        calendar=all(part.calendar for part in parts),
        complete=complete,
        parts=tuple(part.region or "" for part in parts),
    )


def best(told: Iterable[Reading]) -> list[Reading]:
    """Figures of one window in the order of their weight: the counter's own before those told by others
    before those restated, exact ones before bounds, the newest report first."""
    newest = sorted(told, key=lambda r: (r.published or dt.date.min, r.claim), reverse=True)
    return sorted(newest, key=lambda r: (STANDINGS.index(r.standing), r.approximate, _width(r.low, r.high)))


def _point(name: str, region: Region, told: list[Reading]) -> Point:
    """One window's figure."""
    first, *others = best(told)
    agreeing = [r.claim for r in others if (r.low, r.high) == (first.low, first.high)]
    return Point(
        counter=name,
        region=region,
        start=first.evenings.start,
        end=first.evenings.end,
        low=first.low,
        high=first.high,
        approximate=first.approximate,
        basis=_basis(first),
        claims=(first.claim, *dict.fromkeys(agreeing)),
        stated=any(r.evenings.stated for r in told),
        calendar=all(r.evenings.calendar for r in told),
        rivals=_rivals(first, others),
    )


def _rivals(first: Reading, others: list[Reading]) -> tuple[Figure, ...]:
    found: dict[tuple[Number | None, Number | None], Figure] = {}
    for reading in others:
        if apart((first.low, first.high), (reading.low, reading.high)):
            figure = found.setdefault((reading.low, reading.high), _figure(reading))
            claims = dict.fromkeys((*figure.claims, reading.claim))
            found[reading.low, reading.high] = structs.replace(figure, claims=tuple(claims))
    return tuple(found.values())


def apart(one: tuple[Number | None, Number | None], other: tuple[Number | None, Number | None]) -> bool:
    """Whether two ranges, open where None, have no number in common."""
    (low, high), (low2, high2) = one, other
    return (high is not None and low2 is not None and high < low2) or (
        high2 is not None and low is not None and high2 < low
    )


def _totals(
    regional: dict[str, list[Point]], stated: dict[Key, list[Reading]], *, counter: Counter, name: str
) -> list[Point]:
    by_window: dict[Key, list[Point]] = defaultdict(list)
    for points in regional.values():
        for point in points:
            by_window[point.start, point.end].append(point)
    sums = {window: add(points, counter=counter, name=name) for window, points in by_window.items()}
    for window, told in stated.items():
        own = best(told)[0].standing == "own"
        sums[window] = _with_sum(_point(name, None, told), sums.get(window), own=own)
    return list(sums.values())


def _with_sum(total: Point, sum_: Point | None, *, own: bool) -> Point:
    """A total that somebody states, beside the sum over the regions: the counter's own total goes first,
    a sum over all regions goes before what others tell or a later report restates."""
    if sum_ is None:
        return total
    first, second = (sum_, total) if sum_.complete and not own else (total, sum_)
    claims = _claims([first.claims, second.claims if first is total else ()])
    joined = structs.replace(first, parts=sum_.parts, claims=claims, rivals=(*total.rivals, *sum_.rivals))
    if not apart((total.low, total.high), (sum_.low, sum_.high)):
        return joined
    rival = Figure(low=second.low, high=second.high, basis=second.basis, claims=second.claims)
    return structs.replace(joined, rivals=(rival, *joined.rivals), claims=first.claims)


def _series(name: str, region: Region, points: list[Point], last: dt.date) -> Series:
    ordered = sorted(points, key=_order)
    if not ordered:
        return Series(counter=name, region=region, points=())
    first = min(point.start for point in ordered) + ONE
    daily = {point.end for point in ordered if point.evenings == 1 and point.complete}
    inside = {day for p in ordered if p.evenings > 1 for day in each(p.start + ONE, p.end)}
    gaps = tuple(day for day in each(first, max(last, ordered[-1].end)) if day not in daily)
    spanned = tuple(day for day in gaps if day in inside)
    return Series(counter=name, region=region, points=tuple(ordered), gaps=gaps, spanned=spanned)


def _derived(whole: Point, parts: list[Point], evening: dt.date, rest: Number) -> Point:
    return Point(
        counter=whole.counter,
        region=whole.region,
        start=evening - ONE,
        end=evening,
        low=rest,
        high=rest,
        basis="derived",
        claims=_claims([whole.claims, *(part.claims for part in parts)]),
        stated=whole.stated,
    )


def _contradicted(whole: Point, parts: list[Point]) -> Point:
    total = _sum(part.low for part in parts)
    rival = Figure(low=total, high=total, basis="sum", claims=_claims(part.claims for part in parts))
    return structs.replace(whole, rivals=(*whole.rivals, rival))


def _figure(reading: Reading) -> Figure:
    return Figure(
        low=reading.low,
        high=reading.high,
        approximate=reading.approximate,
        basis=_basis(reading),
        claims=(reading.claim,),
    )


def _basis(reading: Reading) -> Basis:
    return "stated as previous" if reading.standing == "stated as previous" else "own"


def _sum(numbers: Iterable[Number | None]) -> Number | None:
    total: Number = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _claims(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for group in groups for claim in group))


def _is_exact(point: Point) -> bool:
    return point.low is not None and point.low == point.high and not point.approximate


def _width(low: Number | None, high: Number | None) -> Number:
    return float("inf") if low is None or high is None else high - low


def _order(point: Point) -> tuple[dt.date, dt.date]:
    return point.end, point.start
