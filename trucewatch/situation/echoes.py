"""What others tell of the counter's figures, compared with the series; and all other counts.

"Announced on Saturday ... more than 1,500 in 24 hours" dates the announcing and not the count: it
makes no point of its own. It is held against the latest figures that could be meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from trucewatch.model import Count, Counter, Entry, Number
from trucewatch.situation.days import ONE, single
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Echo, Point, Series, Tally
from trucewatch.situation.readings import by_counter
from trucewatch.situation.series import apart
from trucewatch.situation.windows import stated_window

_REACH = 3


def echo(entries: Iterable[Entry], *, counter: Counter, cast: Cast, series: Sequence[Series]) -> list[Echo]:
    """Each telling without a window, compared with the point it most likely means; same tellings are one."""
    found: dict[tuple[object, ...], Echo] = {}
    for entry in entries:
        if isinstance(entry.claim, Count) and _is_whole(entry.claim, cast):
            made = _echo(entry.claim, entry, counter, cast, series)
            same = (made.region, made.low, made.high, made.approximate, made.verdict, made.point)
            known = found.setdefault(same, made)
            claims = tuple(dict.fromkeys((*known.claims, *made.claims)))
            found[same] = msgspec.structs.replace(known, claims=claims)
    return list(found.values())


def tally(entries: Iterable[Entry], *, counters: Sequence[Counter], cast: Cast) -> list[Tally]:
    """The counts that belong to no counter's series, a line for each voice: rivals are never averaged."""
    found: dict[tuple[object, ...], Tally] = {}
    for entry in entries:
        count = entry.claim
        if not isinstance(count, Count) or any(_counted(count, entry, c, cast) for c in counters):
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


def _counted(count: Count, entry: Entry, counter: Counter, cast: Cast) -> bool:
    wanted = count.measure in (counter.measure, "explosions")
    return wanted and _is_whole(count, cast) and by_counter(count, entry, counter=counter, cast=cast)


def _echo(count: Count, entry: Entry, counter: Counter, cast: Cast, series: Sequence[Series]) -> Echo:
    region = _region(count, cast)
    told = Echo(
        counter=counter.id,
        region=region,
        claims=(count.id or "",),
        verdict="running total" if count.running else "nothing to compare with",
        low=count.low,
        high=count.high,
        approximate=count.approximate,
    )
    candidates = _candidates(entry.report.published, region, series)
    if count.running or not candidates or (count.low, count.high) == (None, None):
        return told
    for point in candidates:
        if not apart((count.low, count.high), (point.low, point.high)) and point.complete:
            return _compared(told, point, "agrees")
    for point in candidates:
        if not apart(_rounded(count), (point.low, point.high)) and point.complete:
            return _compared(told, point, "agrees within rounding")
    return _compared(told, candidates[0], "differs")


def _compared(told: Echo, point: Point, verdict: str) -> Echo:
    return msgspec.structs.replace(told, verdict=verdict, point=point.end, against=point.claims)


def _candidates(published: dt.date | None, region: str | None, series: Sequence[Series]) -> list[Point]:
    """The daily figures that a report of that day may mean, the latest first."""
    if published is None:
        return []
    points = next((line.daily for line in series if line.region == region), ())
    near = [point for point in points if published - _REACH * ONE <= point.end < published]
    return sorted(near, key=lambda point: point.end, reverse=True)


def _region(count: Count, cast: Cast) -> str | None:
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


def _is_whole(count: Count, cast: Cast) -> bool:
    """Whether a count is for a region or the whole area, and not for a place within."""
    texts = [text for text in (count.place.name, count.place.text) if text] if count.place else []
    return not texts or any(cast.region(t) or cast.regions_in(t) or key(t) in cast.whole for t in texts)


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
