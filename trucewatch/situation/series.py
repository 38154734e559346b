"""The daily series of a counter: a line per region and one for the total.

A window of several evenings stays one. A missing report is a gap and never a zero. The total is the
sum over the regions, and an "at least" where a region is missing. Figures that contradict each
other on the same window are all kept: the counter's own figure first, the others as its rivals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from trucewatch.model import Ceasefire, Counter, Number
from trucewatch.situation.days import ONE, each
from trucewatch.situation.nouns import Basis, Figure, Point, Series
from trucewatch.situation.readings import STANDINGS, Reading, Readings

Key = tuple[dt.date, dt.date]


def lines(
    readings: Readings, *, counter: Counter, ceasefire: Ceasefire, at: dt.date, last: dt.date
) -> tuple[Series, tuple[Series, ...]]:
    """The total's series and the regions'. ``last`` is the last evening that could be on file."""
    until = min(at, ceasefire.end or at)
    grouped: dict[str | None, dict[Key, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in readings.violations:
        if ceasefire.start < reading.evenings.end <= until:
            grouped[reading.region][reading.evenings.start, reading.evenings.end].append(reading)
    bangs = {
        (reading.region, reading.evenings.start, reading.evenings.end): reading
        for reading in reversed(readings.explosions)
    }
    regional = {
        region: with_derived(
            [_point(counter, region, window, told, bangs) for window, told in grouped[region].items()]
        )
        for region in counter.regions
    }
    stated = [_point(counter, None, window, told, bangs) for window, told in grouped[None].items()]
    totals = _totals(regional, stated, counter)
    lines_ = tuple(_series(counter, region, points, last) for region, points in regional.items())
    return _series(counter, None, totals, last), lines_


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


def add(points: Iterable[Point], *, counter: Counter) -> Point:
    """The sum of points of different regions on one window; an "at least" if a region is missing."""
    parts = sorted(points, key=lambda point: counter.regions.index(point.region or ""))
    complete = {part.region for part in parts} == set(counter.regions)
    first = parts[0]
    return Point(
        counter=counter.id,
        region=None,
        start=first.start,
        end=first.end,
        low=_sum(part.low or 0 for part in parts),
        high=_sum(part.high for part in parts) if complete else None,
        basis="sum",
        claims=_claims(part.claims for part in parts),
        approximate=any(part.approximate for part in parts),
        stated=all(part.stated for part in parts),
        complete=complete,
        explosions=_sum_of_figures([part.explosions for part in parts]) if complete else None,
        parts=tuple(part.region or "" for part in parts),
    )


def _point(
    counter: Counter,
    region: str | None,
    window: Key,
    told: list[Reading],
    bangs: dict[tuple[str | None, dt.date, dt.date], Reading],
) -> Point:
    """One window's figure: own before told by others before restated, the newest report first."""
    newest = sorted(told, key=lambda r: (r.published or dt.date.min, r.claim), reverse=True)
    ranked = sorted(newest, key=lambda r: (STANDINGS.index(r.standing), r.approximate, _width(r.low, r.high)))
    best, *others = ranked
    agreeing = [r.claim for r in others if (r.low, r.high) == (best.low, best.high)]
    bang = bangs.get((region, *window))
    return Point(
        counter=counter.id,
        region=region,
        start=window[0],
        end=window[1],
        low=best.low,
        high=best.high,
        approximate=best.approximate,
        basis=_basis(best),
        claims=(best.claim, *dict.fromkeys(agreeing)),
        stated=any(r.evenings.stated for r in told),
        explosions=_figure(bang) if bang else None,
        rivals=_rivals(best, others),
    )


def _rivals(best: Reading, others: list[Reading]) -> tuple[Figure, ...]:
    found: dict[tuple[Number | None, Number | None], Figure] = {}
    for reading in others:
        if apart((best.low, best.high), (reading.low, reading.high)):
            figure = found.setdefault((reading.low, reading.high), _figure(reading))
            claims = dict.fromkeys((*figure.claims, reading.claim))
            found[reading.low, reading.high] = msgspec.structs.replace(figure, claims=tuple(claims))
    return tuple(found.values())


def apart(one: tuple[Number | None, Number | None], other: tuple[Number | None, Number | None]) -> bool:
    """Whether two ranges, open where None, have no number in common."""
    (low, high), (low2, high2) = one, other
    return (high is not None and low2 is not None and high < low2) or (
        high2 is not None and low is not None and high2 < low
    )


def _totals(regional: dict[str, list[Point]], stated: list[Point], counter: Counter) -> list[Point]:
    by_window: dict[Key, list[Point]] = defaultdict(list)
    for points in regional.values():
        for point in points:
            by_window[point.start, point.end].append(point)
    sums = {window: add(points, counter=counter) for window, points in by_window.items()}
    for total in stated:
        window = (total.start, total.end)
        sums[window] = _with_sum(total, sums.get(window))
    return sorted(sums.values(), key=_order)


def _with_sum(total: Point, sum_: Point | None) -> Point:
    """A total that the counter states, beside the sum over its regions."""
    if sum_ is None:
        return total
    rest = _claims([total.claims, sum_.claims])
    joined = msgspec.structs.replace(
        total, explosions=total.explosions or sum_.explosions, parts=sum_.parts, claims=rest
    )
    if apart((total.low, total.high), (sum_.low, sum_.high)):
        rival = Figure(low=sum_.low, high=sum_.high, basis="sum", claims=sum_.claims)
        return msgspec.structs.replace(joined, rivals=(*total.rivals, rival), claims=total.claims)
    if total.basis == "stated as previous" and sum_.complete:
        return sum_
    return joined


def _series(counter: Counter, region: str | None, points: list[Point], last: dt.date) -> Series:
    ordered = sorted(points, key=_order)
    if not ordered:
        return Series(counter=counter.id, region=region, points=())
    first = min(point.start for point in ordered) + ONE
    daily = {point.end for point in ordered if point.evenings == 1 and point.complete}
    inside = {day for p in ordered if p.evenings > 1 for day in each(p.start + ONE, p.end)}
    gaps = tuple(day for day in each(first, max(last, ordered[-1].end)) if day not in daily)
    spanned = tuple(day for day in gaps if day in inside)
    return Series(counter=counter.id, region=region, points=tuple(ordered), gaps=gaps, spanned=spanned)


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
    return msgspec.structs.replace(whole, rivals=(*whole.rivals, rival))


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


def _sum_of_figures(figures: list[Figure | None]) -> Figure | None:
    known = [figure for figure in figures if figure]
    if len(known) < len(figures):
        return None
    return Figure(
        low=_sum(figure.low for figure in known),
        high=_sum(figure.high for figure in known),
        basis="sum",
        claims=_claims(figure.claims for figure in known),
    )


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
