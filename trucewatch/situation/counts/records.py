"""Records: the highest or lowest figure of some days, and how much the ledger can say about it.

With evenings missing, the honest words are "highest among the days on file". A figure stands beyond another
**surely** where the counter's own figures say so, a bound or the mean of several evenings included; it only
**may** where it was found by subtraction, or where a window of several evenings has room for a higher one.
Windows of several evenings are compared with windows as long, and never with a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from trucewatch.model import Ceasefire, Noun, Number
from trucewatch.situation.days import ONE, each
from trucewatch.situation.nouns import Point, Record, RecordCheck, Series, Verdict, Which


class Rest(Noun, frozen=True, kw_only=True):
    """What is left of a longer window's figure for so many of its evenings."""

    evenings: int
    low: Number
    high: Number | None


def record(
    line: Series,
    *,
    first: dt.date,
    last: dt.date,
    which: Which = "highest",
    evenings: int = 1,
    derived: Iterable[tuple[dt.date, dt.date]] = (),
) -> Record:
    """The record of a line between two days, both included.

    ``derived`` are the windows in which a part of the line was found by subtraction (see :func:`subtracted`).

    >>> record(total, first=dt.date(2022, 1, 1), last=dt.date(2022, 2, 18)).best.low  # doctest: +SKIP
    1566
    """
    inside = [p for p in line.points if first <= p.end <= last]
    mine = [p for p in inside if p.evenings == evenings and p.start >= first - ONE]
    full = [p for p in mine if _is_whole(p, which)]
    own = [p for p in full if p.basis != "derived" and (p.start, p.end) not in set(derived)]
    best = min(own or full, key=lambda p: (_rank(p, which), p.end), default=None)
    days = max(0, (last - first).days + 1)
    surely, maybe = beyond(best, inside, which=which, derived=derived) if best else ((), ())
    before = [p for p in full if best and p.end < best.end]
    return Record(
        which=which,
        evenings=evenings,
        first=first,
        last=last,
        days=days,
        on_file=len(full),
        missing=days - len(full) if evenings == 1 else None,
        best=best,
        before=min(before, key=lambda p: (_rank(p, which), -p.end.toordinal()), default=None),
        tied=best is not None and sum(_rank(p, which) == _rank(best, which) for p in full) > 1,
        surely=surely,
        maybe=maybe,
    )


def beyond(
    best: Point, points: Iterable[Point], *, which: Which, derived: Iterable[tuple[dt.date, dt.date]] = ()
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The points that surely, and those that maybe, stand beyond one: above the highest, below the lowest."""
    by_subtraction, held = set(derived), list(points)
    daily = {p.end: p for p in held if p.evenings == 1 and p.complete}
    surely: list[Point] = []
    maybe: list[Point] = []
    for point in held:
        if point.evenings == best.evenings and point != best:
            unsure = point.basis == "derived" or (point.start, point.end) in by_subtraction
            (maybe if unsure else surely).extend([point] if _passes(point, best, which) else [])
        elif point.evenings > best.evenings == 1:
            rest = _rest(point, daily)
            if rest and _mean_passes(rest, best, which):
                surely.append(point)
            elif rest and which == "highest" and (rest.high is None or rest.high > (best.low or 0)):
                maybe.append(point)
    return tuple(surely), tuple(maybe)


def subtracted(lines: Iterable[Series]) -> set[tuple[dt.date, dt.date]]:
    """The windows in which a figure of any of the lines was found by subtraction."""
    return {(p.start, p.end) for line in lines for p in line.points if p.basis == "derived"}


def check(
    total: Series, *, ceasefire: Ceasefire, at: dt.date, last: dt.date, regions: Sequence[Series] = ()
) -> RecordCheck:
    """The record of the year of ``at``, up to the evening of ``last`` (or of ``at``, where it is on file)."""
    first = max(dt.date(at.year, 1, 1), ceasefire.start)
    daily = [point.end for point in total.daily if first <= point.end <= at]
    found = record(total, first=first, last=max([last, first, *daily]), derived=subtracted((total, *regions)))
    beyond_it = (*found.surely, *found.maybe)
    return RecordCheck(
        counter=total.counter,
        scope=str(at.year),
        first=first,
        last=found.last,
        days=found.days,
        on_file=found.on_file,
        missing=found.days - found.on_file,
        verdict=_verdict(found),
        highest=found.best,
        before=found.before,
        passed_by=tuple(p for p in beyond_it if p.evenings == 1),
        may_hide=tuple(p for p in beyond_it if p.evenings > 1),
    )


def _verdict(found: Record) -> Verdict:
    if found.best is None:
        return "nothing on file"
    if any(p.evenings == 1 for p in (*found.surely, *found.maybe)):
        return "passed"
    if found.tied:
        return "tied"
    return "highest of all days" if found.missing == 0 else "highest on file"


def _is_whole(point: Point, which: Which) -> bool:
    """Whether a figure can be a record: complete, and bounded on the side that counts."""
    return point.complete and (point.low if which == "highest" else point.high) is not None


def _rank(point: Point, which: Which) -> Number:
    return -(point.low or 0) if which == "highest" else point.high or 0


def _passes(point: Point, best: Point, which: Which) -> bool:
    if which == "highest":
        return (point.low or 0) > (best.high if best.high is not None else best.low or 0)
    return point.complete and point.high is not None and point.high < (best.low or 0)


def _mean_passes(rest: Rest, best: Point, which: Which) -> bool:
    """Whether one of several evenings must stand beyond: the highest is no less than their mean."""
    if which == "highest":
        return rest.low / rest.evenings > (best.high if best.high is not None else best.low or 0)
    return rest.high is not None and rest.high / rest.evenings < (best.low or 0)


def _rest(point: Point, daily: Mapping[dt.date, Point]) -> Rest | None:
    """What a longer window leaves for its evenings without a figure; None where all have one."""
    evenings = each(point.start + ONE, point.end)
    known = [daily[day] for day in evenings if day in daily]
    if len(known) == len(evenings):
        return None
    least, most = sum(p.low or 0 for p in known), sum(p.high or p.low or 0 for p in known)
    high = point.high - least if point.complete and point.high is not None else None
    return Rest(evenings=len(evenings) - len(known), low=max(0, (point.low or 0) - most), high=high)
