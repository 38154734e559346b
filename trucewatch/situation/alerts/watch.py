"""Series watched day by day by all methods, and the bands of what was expected of each evening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from trucewatch.model import AlertRules
from trucewatch.situation.alerts import methods, wording
from trucewatch.situation.alerts.baselines import Evenings, evenings
from trucewatch.situation.alerts.methods import Judged, Judgements
from trucewatch.situation.alerts.nouns import Band, Expectation, Method
from trucewatch.situation.alerts.wording import Subject
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Point, Series

SHOWN = 60  # evenings of a band, and how long an unbroken alert keeps its first evening
FRESH = 2  # days in which the newest figure is new
DECIDING: tuple[Method, ...] = ("regression", "C1", "C2", "C3")


class Line(NamedTuple):
    """A series and what it is of."""

    series: Series
    subject: Subject


class Watched(NamedTuple):
    """A line with its evenings, and its row in what the methods say."""

    line: Line
    evenings: Evenings
    row: int
    judged: Judgements
    rules: AlertRules
    last: dt.date

    @property
    def shown(self) -> int:
        """How many evenings were judged."""
        return int(self.judged.by["C1"].observed.shape[-1])

    def day(self, place: int) -> dt.date:
        """The evening at a place among those judged."""
        return self.evenings.day(len(self.evenings.figures) - self.shown + place)

    def of(self, method: Method) -> Judged:
        """What a method says of this line alone: the arrays have one value an evening."""
        told = self.judged.by[method]
        arrays = {name: getattr(told, name)[self.row] for name in _ARRAYS}
        return told._replace(**arrays)

    def points(self, place: int, *, over: int = 1) -> list[Point]:
        """The figures of an evening and those just before it, so many in all."""
        days = (self.day(place - back) for back in reversed(range(over)))
        return [self.evenings.points[day] for day in days if day in self.evenings.points]


_ARRAYS = ("observed", "expected", "upper", "days", "alarms", "statistic")


def watched(lines: Iterable[Line], *, rules: AlertRules, at: dt.date, shown: int = SHOWN) -> list[Watched]:
    """The lines that have a figure among the evenings looked at, judged by all methods, up to a day."""
    most = methods.reach(rules, evenings=shown)
    held = [(line, evenings(line.series, last=at, most=most, exclude=rules.exclude)) for line in lines]
    held = [(line, found) for line, found in held if found.points]
    if not held:
        return []
    figures, least = (np.stack([getattr(e, name) for _, e in held]) for name in ("figures", "least"))
    judged = methods.judge(figures, least, rules=rules, evenings=shown)
    return [
        Watched(line, found, row, judged, rules, _last(line.series, at))
        for row, (line, found) in enumerate(held)
    ]


def _last(series: Series, at: dt.date) -> dt.date:
    """The last evening that could be on file."""
    return min(at, max(*(point.end for point in series.points), *series.gaps, dt.date.min))


# --- bands ------------------------------------------------------------------------------------------------


def band(one: Watched) -> Band:
    """What was expected of the evenings of a line up to the last that could be on file."""
    first = min(one.evenings.points)
    places = [place for place in range(one.shown) if first <= one.day(place) <= one.last]
    found = [told for place in places if (told := _expectation(one, place))]
    return Band(
        counter=one.line.series.counter,
        region=one.line.series.region,
        method=found[-1].method if found else _drawn(one.rules)[0],
        expectations=tuple(found),
        notes=tuple(_notes(one, places[-1])) if places else (),
    )


def deciding(rules: AlertRules) -> list[Method]:
    """The methods that decide on a count, in the order in which they are asked; there may be none."""
    return [method for name in rules.methods for method in DECIDING if method == name]


def _drawn(rules: AlertRules) -> list[Method]:
    """The methods whose expectations a band has: where none decides, those of the regression."""
    return deciding(rules) or [DECIDING[0]]


def _expectation(one: Watched, place: int) -> Expectation | None:
    for method in _drawn(one.rules):
        told = one.of(method)
        if not np.isnan(told.upper[place]):
            figure = one.evenings.figures[len(one.evenings.figures) - one.shown + place]
            last = one.day(place) - (told.guard + 1) * ONE
            return Expectation(
                method=method,
                day=one.day(place),
                expected=float(told.expected[place]),
                upper=float(told.upper[place]),
                days=int(told.days[place]),
                span=told.span,
                first=last - (told.span - 1) * ONE,
                last=last,
                observed=None if np.isnan(figure) else float(figure),
            )
    return None


def _notes(one: Watched, place: int) -> Iterator[str]:
    """What a reader of the band must know, as of its last evening."""
    if _expectation(one, place) is None:
        for method in _drawn(one.rules):
            told = one.of(method)
            days, least = int(told.days[place]), methods.LEAST[method]
            yield wording.not_enough(method, day=one.day(place), days=days, span=told.span, least=least)
    moved = one.of("change point")
    held = np.flatnonzero(~np.isnan(moved.observed))
    newest = int(held[-1]) if len(held) else place
    if not moved.alarms[newest]:
        days, confidence = int(moved.days[newest]), float(moved.statistic[newest])
        yield wording.no_change(confidence=confidence, days=days, span=moved.span)
    first = one.day(0)
    for period in one.rules.exclude:
        if period.until >= first and period.since <= one.last:
            yield wording.left_out(period.since, period.until, period.why)
