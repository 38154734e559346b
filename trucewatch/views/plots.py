"""A series drawn as SVG: what was counted, what was expected, alerts, and evenings without a figure.

A gap is hatched and never drawn as a zero. A window of several evenings is a bar across them, at its mean
for an evening, and no point. The picture needs no script; colours come from the page's style (``plot.css``)
or, without one, from its own attributes, which are those of Okabe and Ito, told apart by shape as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from markupsafe import Markup

from trucewatch.model import Noun, Number
from trucewatch.situation import Series
from trucewatch.situation.alerts.nouns import Alert, Band
from trucewatch.situation.days import ONE, each
from trucewatch.views.phrases import amount, count_of, day, number, plain, series
from trucewatch.views.templating import environment

MOST = 60  # evenings in a picture
_WIDTH, _HEIGHT = 640, 290
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 12, 60, 34
_ROWS = (14, 32)  # where the rows of the legend stand
_HATCH = 10
_LETTER = 9.0  # the mean width of a letter of the legend, in units of the picture, as large as on a phone
_FEW = 28  # so many evenings or fewer have some seven dates, more have the Mondays
_EMPTY = 14  # evenings in a picture of no figure
_ROOM = 1.6  # a bound above so many times the highest figure lies outside the picture


class Seen(Noun, frozen=True, kw_only=True):
    """A figure of one evening. ``high`` None: at least ``low``; ``rough`` where it is so or approximate."""

    day: dt.date
    low: float
    high: float | None
    rough: bool = False


class Stretch(Noun, frozen=True, kw_only=True):
    """A figure of several evenings, from the evening after ``start`` to that of ``end``."""

    start: dt.date
    end: dt.date
    low: float
    high: float | None

    @property
    def evenings(self) -> int:
        """How many evenings it spans."""
        return (self.end - self.start).days


class Expected(Noun, frozen=True, kw_only=True):
    """What was expected of an evening, and the bound above which it is out of the ordinary."""

    day: dt.date
    expected: float
    upper: float


class Plot(Noun, frozen=True, kw_only=True):
    """All that a picture shows, from the evening of ``first`` to that of ``last``.

    ``unit`` is what is counted, in the plural ("ceasefire violations"). An evening without a figure stands
    in ``gaps``, also one that a longer window covers. ``method`` names what the band comes from.
    """

    title: str
    unit: str
    first: dt.date
    last: dt.date
    seen: tuple[Seen, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    band: tuple[Expected, ...] = ()
    method: str | None = None
    alerts: tuple[dt.date, ...] = ()
    gaps: tuple[dt.date, ...] = ()


def picture(
    line: Series,
    *,
    title: str,
    unit: str,
    last: dt.date,
    band: Band | None = None,
    alerts: Sequence[Alert] = (),
    most: int = MOST,
) -> Plot:
    """What to draw of a series: the last evenings up to ``last``, from its first figure on.

    >>> picture(series, title="Violations", unit="violations", last=day, band=band)  # doctest: +SKIP
    Plot(title='Violations', ...)
    """
    starts = [point.start + ONE for point in line.points]
    first = max(last - (most - 1) * ONE, min(starts, default=last - (_EMPTY - 1) * ONE))
    shown = [point for point in line.points if first <= point.end <= last and point.low is not None]
    seen = tuple(_seen(p.end, p.low or 0, p.high, rough=p.approximate) for p in shown if p.evenings == 1)
    days = {one.day for one in seen}
    return Plot(
        title=title,
        unit=unit,
        first=first,
        last=last,
        seen=seen,
        stretches=tuple(
            Stretch(start=p.start, end=p.end, low=float(p.low or 0), high=_float(p.high))
            for p in shown
            if p.evenings > 1 and p.start + ONE >= first
        ),
        band=_expected(band, first, last),
        method=band.method if band else None,
        alerts=tuple(sorted({alert.day for alert in alerts if first <= alert.day <= last})),
        gaps=tuple(evening for evening in each(first, last) if evening not in days),
    )


def plot(drawn: Plot) -> str:
    """The picture as an SVG element with a title and a description for those who cannot see it.

    A picture of no figure says so. Pure: equal plots give equal pictures.
    """
    pen = _Pen(drawn)
    lines = _legend(drawn)
    told = (
        environment()
        .get_template("plot.svg")
        .render(
            id=hashlib.sha256(msgspec.json.encode(drawn)).hexdigest()[:10],
            title=plain(drawn.title),
            description=described(drawn),
            unit=plain(drawn.unit),
            width=_WIDTH,
            height=_HEIGHT,
            left=_LEFT,
            right=_WIDTH - _RIGHT,
            top=_TOP,
            floor=_HEIGHT - _BOTTOM,
            levels=pen.levels(),
            dates=pen.dates(),
            gaps=pen.gaps(),
            band=pen.band(),
            stretches=pen.stretches(),
            seen=pen.seen(),
            alerts=pen.alerts(),
            legend=lines,
            empty=not (drawn.seen or drawn.stretches),
        )
    )
    return Markup(told)  # noqa: S704 - the template escapes all that it is given


def described(drawn: Plot) -> str:
    """The picture in words."""
    days = (drawn.last - drawn.first).days + 1
    span = f"{day(drawn.first, year=True)} to {day(drawn.last, year=True)}"
    if not (drawn.seen or drawn.stretches):
        return f"No figure from {span} is on file."
    told = [
        f"Evenings from {span}: {count_of(len(drawn.seen), 'daily figure')} for {count_of(days, 'evening')}, "
        f"{number(len(drawn.gaps))} without one."
    ]
    if drawn.seen:
        low, top = min(drawn.seen, key=_rank), max(drawn.seen, key=_rank)
        told.append(
            f"Lowest {_level(low)} on {day(low.day)}, highest {_level(top)} on {day(top.day)}, "
            f"latest {_level(drawn.seen[-1])} on {day(drawn.seen[-1].day)}."
        )
    told += [f"{_level(s)} over the {s.evenings} evenings to {day(s.end)}." for s in drawn.stretches[-3:]]
    if more := len(drawn.stretches[:-3]):
        told.append(f"{count_of(more, 'more window')} of several evenings.")
    if drawn.band:
        last = drawn.band[-1]
        told.append(
            f"Expected for {day(last.day)}: about {number(round(last.expected))}, "
            f"bound {number(round(last.upper))} ({drawn.method})."
        )
    if drawn.alerts:
        told.append(f"Alert on {series([day(one) for one in drawn.alerts])}.")
    return " ".join(told)


def _level(one: Seen | Stretch) -> str:
    low = int(one.low) if one.low == int(one.low) else one.low
    high = one.high if one.high is None or one.high != int(one.high) else int(one.high)
    if low == high == 0:
        return "0"
    return amount(low, high, approximate=isinstance(one, Seen) and one.rough and low == high)


def _rank(one: Seen) -> float:
    return one.low


def _seen(evening: dt.date, low: Number, high: Number | None, *, rough: bool) -> Seen:
    return Seen(day=evening, low=float(low), high=_float(high), rough=rough or high is None or high != low)


def _float(value: Number | None) -> float | None:
    return None if value is None else float(value)


def _expected(band: Band | None, first: dt.date, last: dt.date) -> tuple[Expected, ...]:
    return tuple(
        Expected(day=one.day, expected=one.expected, upper=one.upper)
        for one in (band.expectations if band else ())
        if first <= one.day <= last
    )


# --- where things lie --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pen:
    """Turns evenings and figures into places: x to the right, y down, in units of the picture."""

    drawn: Plot

    @property
    def _slot(self) -> float:
        days = (self.drawn.last - self.drawn.first).days + 1
        return (_WIDTH - _LEFT - _RIGHT) / days

    @property
    def _scale(self) -> tuple[float, int]:
        """The distance between the lines across and how many there are, so that no figure passes the top."""
        figures = [max(one.low, one.high or 0) for one in self.drawn.seen]
        figures += [max(one.low, one.high or 0) / one.evenings for one in self.drawn.stretches]
        highest = max(figures, default=0.0)
        bounds = [one.upper for one in self.drawn.band if not figures or one.upper <= _ROOM * highest]
        top = max([highest, *bounds, *(one.expected for one in self.drawn.band), 1.0])
        power = 10 ** math.floor(math.log10(top / 4))
        step = max(next(f * power for f in (1, 2, 5, 10) if f * power >= top / 4 * 0.999), 1.0)
        return step, math.ceil(round(top / step, 6))

    @property
    def _top(self) -> float:
        """The figure at the upper edge."""
        step, many = self._scale
        return step * many

    def _x(self, evening: dt.date) -> float:
        """The middle of an evening's slot."""
        return _LEFT + ((evening - self.drawn.first).days + 0.5) * self._slot

    def _y(self, figure: float) -> float:
        return _HEIGHT - _BOTTOM - min(figure / self._top, 1.0) * (_HEIGHT - _TOP - _BOTTOM)

    def levels(self) -> list[tuple[str, str]]:
        """The lines across: their height and the figure."""
        step, many = self._scale
        return [(_at(self._y(place * step)), f"{place * step:,.0f}") for place in range(many + 1)]

    def dates(self) -> list[tuple[str, str]]:
        """The dates beneath: some seven evenings up to the last, or every Monday of a longer stretch."""
        evenings = each(self.drawn.first, self.drawn.last)
        chosen = [evening for evening in evenings if evening.weekday() == 0]
        if len(evenings) <= _FEW:
            chosen = evenings[:: -math.ceil(len(evenings) / 7)][::-1]
        return [(_at(self._x(one)), f"{one.day} {one:%b}") for one in chosen]

    def gaps(self) -> list[tuple[str, str, str]]:
        """Runs of evenings without a figure: from where, how wide, and the hatching."""
        return [
            (_at(self._x(run[0]) - self._slot / 2), _at(len(run) * self._slot), self._hatched(run))
            for run in _runs(self.drawn.gaps)
        ]

    def _hatched(self, run: Sequence[dt.date]) -> str:
        """Slanted strokes across a run of slots, on the same lines all over the picture."""
        left, right = self._x(run[0]) - self._slot / 2, self._x(run[-1]) + self._slot / 2
        floor = _HEIGHT - _BOTTOM
        strokes = []
        for place in range(math.ceil((left + _TOP) / _HATCH), math.ceil((right + floor) / _HATCH)):
            line = place * _HATCH  # the points where x and y add up to it
            begin, end = max(left, line - floor), min(right, line - _TOP)
            strokes.append(f"M{_at(begin)} {_at(line - begin)}L{_at(end)} {_at(line - end)}")
        return "".join(strokes)

    def band(self) -> list[tuple[str, str, str, str, str, bool]]:
        """An evening's band: left, width, upper edge, height down to what is expected, the latter's edge,
        and whether the bound lies within the picture."""
        found = []
        for one in self.drawn.band:
            upper, middle = self._y(one.upper), self._y(one.expected)
            inside = one.upper <= self._top
            left = _at(self._x(one.day) - self._slot / 2)
            found.append(
                (left, _at(self._slot), _at(upper), _at(max(middle - upper, 0)), _at(middle), inside)
            )
        return found

    def stretches(self) -> list[tuple[str, str, str, str]]:
        """A window of several evenings: from where to where, at its mean, and the figure in words."""
        return [
            (
                _at(self._x(one.start + ONE) - self._slot / 2),
                _at(self._x(one.end) + self._slot / 2),
                _at(self._y(one.low / one.evenings)),
                f"{_level(one)} in {one.evenings} evenings to {day(one.end)}",
            )
            for one in self.drawn.stretches
        ]

    def seen(self) -> list[tuple[str, str, str | None, bool, str]]:
        """A figure: where, up to where if it has bounds, whether rough, and in words."""
        return [
            (
                _at(self._x(one.day)),
                _at(self._y(one.low)),
                _at(self._bound(one)) if one.high != one.low else None,
                one.rough,
                f"{day(one.day)}: {_level(one)}",
            )
            for one in self.drawn.seen
        ]

    def _bound(self, one: Seen) -> float:
        """Up to where a figure may lie; a short way up where it has no upper bound."""
        return max(self._y(one.low) - 18, _TOP) if one.high is None else self._y(one.high)

    def alerts(self) -> list[tuple[str, str, str]]:
        """An alert's mark above the figure of its evening, or at the upper edge where there is none."""
        heights = {one.day: self._y(one.low) for one in self.drawn.seen}
        return [
            (_at(self._x(one)), _at(max(heights.get(one, _TOP) - 9, 9)), f"alert on {day(one)}")
            for one in self.drawn.alerts
        ]


def _legend(drawn: Plot) -> list[tuple[str, str, str, str]]:
    """What the marks mean, those that are there: its place, its mark, its words; in two rows if need be."""
    marks = [
        ("seen", "counted", bool(drawn.seen)),
        ("expected", f"expected ({drawn.method})", bool(drawn.band)),
        ("upper", "upper bound", bool(drawn.band)),
        ("alert", "alert", bool(drawn.alerts)),
        ("stretch", "several evenings, at their mean", bool(drawn.stretches)),
        ("gap", "no figure", bool(drawn.gaps)),
    ]
    found, x, y = [], float(_LEFT), _ROWS[0]
    for mark, words, there in marks:
        wide = 22 + len(words) * _LETTER + 14
        if there and x + wide > _WIDTH:
            x, y = float(_LEFT), _ROWS[1]
        if there:
            found.append((_at(x), _at(y), mark, words))
            x += wide
    return found


def _runs(days: Sequence[dt.date]) -> list[list[dt.date]]:
    """Days that follow each other, together."""
    runs: list[list[dt.date]] = []
    for one in sorted(days):
        if runs and one - runs[-1][-1] == ONE:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _at(place: float) -> str:
    """A place in the picture, to a tenth."""
    return f"{place:.1f}".removesuffix(".0")
