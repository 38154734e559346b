"""What others tell of the counter's figures, compared with the series; and all other counts.

"Announced on Saturday ... more than 1,500 in 24 hours" dates the announcing and not the count: it
makes no point of its own. It is held against the latest figures that could be meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from trucewatch.model import Count, Entry, Number
from trucewatch.situation.counts.keepers import Keeper
from trucewatch.situation.counts.series import apart
from trucewatch.situation.counts.windows import stated_window
from trucewatch.situation.days import ONE, issued, single
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Echo, Point, Series, Tally

_REACH = 3
Evenings = Mapping[str | None, Mapping[dt.date, Point]]


def echo(entries: Iterable[Entry], *, keeper: Keeper, series: Sequence[Series]) -> list[Echo]:
    """Each telling without a window, compared with the point it most likely means; same tellings are one."""
    found: dict[tuple[object, ...], Echo] = {}
    evenings = evenings_of(series)
    for entry in entries:
        if isinstance(entry.claim, Count) and is_whole(entry.claim, keeper):
            made = compared(entry.claim, entry, keeper=keeper, evenings=evenings)
            same = (made.region, made.low, made.high, made.approximate, made.verdict, made.point)
            known = found.setdefault(same, made)
            claims = tuple(dict.fromkeys((*known.claims, *made.claims)))
            found[same] = msgspec.structs.replace(known, claims=claims)
    return list(found.values())


def tally(entries: Iterable[Entry], *, keepers: Sequence[Keeper]) -> list[Tally]:
    """The counts that belong to no counter's series, a line for each voice: rivals are never averaged."""
    found: dict[tuple[object, ...], Tally] = {}
    for entry in entries:
        count = entry.claim
        if not isinstance(count, Count) or any(_counted(count, entry, keeper) for keeper in keepers):
            continue
        made = _tally(count, entry)
        same = (
            key(made.voice),
            made.measure,
            made.low,
            made.high,
            made.unit,
            made.place,
            made.day or made.told,
        )
        known = found.setdefault(same, made)
        claims = tuple(dict.fromkeys((*known.claims, *made.claims)))
        found[same] = msgspec.structs.replace(known, claims=claims)
    return list(found.values())


def round_to(low: Number, high: Number) -> tuple[Number, Number]:
    """The range that a round number may stand for: 1,600 is 1,550 to 1,650; 1,566 only itself."""
    number = int(low)
    if low != high or number != low or number < 100 or number % 10:
        return low, high
    unit = 10
    while number % (unit * 10) == 0:
        unit *= 10
    return number - unit / 2, number + unit / 2


def _counted(count: Count, entry: Entry, keeper: Keeper) -> bool:
    wanted = count.measure in (keeper.counter.measure, "explosions")
    return wanted and is_whole(count, keeper) and keeper.counted(count, entry.report)


def evenings_of(series: Iterable[Series]) -> Evenings:
    """The daily figures of each region, by the evening."""
    return {line.region: {point.end: point for point in line.daily} for line in series}


def compared(count: Count, entry: Entry, *, keeper: Keeper, evenings: Evenings) -> Echo:
    """One telling without a window against the points of its region that it may mean."""
    region = region_of(count, keeper.cast)
    told = Echo(
        counter=keeper.counter.id,
        region=region,
        claims=(count.id or "",),
        verdict="running total" if count.running else "nothing to compare with",
        low=count.low,
        high=count.high,
        approximate=count.approximate,
    )
    candidates = _candidates(issued(entry.report), evenings.get(region, {}))
    if count.running or not candidates or (count.low, count.high) == (None, None):
        return told
    for point in candidates:
        if not apart((count.low, count.high), (point.low, point.high)) and point.complete:
            return _held_against(told, point, "agrees")
    for point in candidates:
        if not apart(_rounded(count), (point.low, point.high)) and point.complete:
            return _held_against(told, point, "agrees within rounding")
    return _held_against(told, candidates[0], "differs")


def _held_against(told: Echo, point: Point, verdict: str) -> Echo:
    return msgspec.structs.replace(told, verdict=verdict, point=point.end, against=point.claims)


def _candidates(published: dt.date | None, evenings: Mapping[dt.date, Point]) -> list[Point]:
    """The daily figures that a report of that day may mean, the latest first."""
    if published is None:
        return []
    days = (published - step * ONE for step in range(1, _REACH + 1))
    return [evenings[day] for day in days if day in evenings]


def region_of(count: Count, cast: Cast) -> str | None:
    """The region that a count names, if it names one."""
    texts = (count.place.name, count.place.text) if count.place else ()
    return next((region for text in texts if text and (region := cast.region(text))), None)


def _rounded(count: Count) -> tuple[Number | None, Number | None]:
    if count.low is None or count.high is None:
        return count.low, count.high
    return round_to(count.low, count.high)


def _day(count: Count) -> dt.date | None:
    """The day of a count: one day, or the end of one evening to the next."""
    stated = stated_window(count)
    if stated and stated.end - stated.start == ONE:
        return stated.end
    return single(count.time)


def is_whole(count: Count, keeper: Keeper) -> bool:
    """Whether a count is for a region or the whole area, and not for a place within."""
    texts = [text for text in (count.place.name, count.place.text) if text] if count.place else []
    return not texts or any(
        keeper.cast.region(t) or keeper.cast.regions_in(t) or key(t) in keeper.whole for t in texts
    )


def _tally(count: Count, entry: Entry) -> Tally:
    voice = count.said_by[0].source if count.said_by else entry.report.publisher or entry.report.id
    return Tally(
        measure=count.measure,
        voice=count.observer.name if count.observer else voice,
        claims=(count.id or "",),
        low=count.low,
        high=count.high,
        approximate=count.approximate,
        unit=count.unit,
        place=(count.place.name or count.place.text) if count.place else None,
        day=_day(count),
        told=entry.report.published,
        running=count.running,
    )
