"""The record check: is this the highest daily total of the year, and how much can the ledger say?

With evenings missing, the honest words are "highest among the days on file". A bound or a derived
figure above it means that it has been passed; a window of several evenings that counted more than it
may hide a higher evening, and is listed.
"""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Ceasefire
from trucewatch.situation.nouns import Point, RecordCheck, Series, Verdict


def check(total: Series, *, ceasefire: Ceasefire, at: dt.date, last: dt.date) -> RecordCheck:
    """The record of the year of ``at``, up to the evening of ``last`` (or of ``at``, where it is on file)."""
    first = max(dt.date(at.year, 1, 1), ceasefire.start)
    within = [point for point in total.points if first <= point.end <= at]
    daily = [point for point in within if point.evenings == 1]
    full = [point for point in daily if point.complete and point.low is not None]
    last = max([last, first, *(point.end for point in daily)])
    days = (last - first).days + 1
    highest = max(full, key=lambda point: (_low(point), -point.end.toordinal()), default=None)
    passed = [p for p in daily if highest and p is not highest and not p.complete and _low(p) > _low(highest)]
    hidden = [p for p in within if highest and p.evenings > 1 and (p.high is None or p.high > _low(highest))]
    gaps = set(total.gaps)
    return RecordCheck(
        counter=total.counter,
        scope=str(at.year),
        first=first,
        last=last,
        days=days,
        on_file=len(full),
        missing=days - len(full),
        verdict=_verdict(highest, full, passed, days),
        highest=highest,
        before=_before(highest, full),
        passed_by=tuple(passed),
        may_hide=tuple(point for point in hidden if _open_evenings(point, gaps)),
    )


def _before(highest: Point | None, full: list[Point]) -> Point | None:
    earlier = [point for point in full if highest and point.end < highest.end]
    return max(earlier, key=_low, default=None)


def _verdict(highest: Point | None, full: list[Point], passed: list[Point], days: int) -> Verdict:
    if highest is None:
        return "nothing on file"
    if passed:
        return "passed"
    if sum(_low(point) == _low(highest) for point in full) > 1:
        return "tied"
    return "highest of all days" if len(full) == days else "highest on file"


def _open_evenings(point: Point, gaps: set[dt.date]) -> bool:
    return any(point.start < day <= point.end for day in gaps)


def _low(point: Point) -> float:
    return point.low or 0
