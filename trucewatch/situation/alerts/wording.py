"""What alerts say: observed, expected, bound, evenings on file and the methods, in one or two sentences."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from trucewatch.model import Counter, Noun
from trucewatch.situation.alerts.nouns import Alert, Method
from trucewatch.situation.nouns import Point

FEW = 14  # evenings on file, below which a sentence says how few they are


class Subject(Noun, frozen=True, kw_only=True):
    """What is counted: by which counter, ``called`` after its keeper, in which region (None: in all)."""

    counter: Counter
    called: str
    region: str | None = None

    @property
    def words(self) -> str:
        """``ceasefire violations in Luhansk region (SMM)``."""
        where = f" in {self.region}" if self.region else ""
        return f"{self.counter.measure.replace('_', ' ')}{where} ({self.called})"

    def until(self, day: dt.date) -> str:
        """``to the evening of 18 February 2022``, or ``on 18 February 2022`` for a counter by days."""
        return f"to the evening of {date(day)}" if self.counter.cutoff else f"on {date(day)}"


def date(day: dt.date) -> str:
    """``18 February 2022``."""
    return f"{day.day} {day:%B %Y}"


def number(value: float) -> str:
    """A count or a mean: to the tenth below ten, else whole with thousands separators.

    >>> number(1566), number(3.25), number(2.0)
    ('1,566', '3.2', '2')
    """
    short = f"{value:.1f}" if value < 10 else f"{value:,.0f}"
    return short.removesuffix(".0")


def count(subject: Subject, alert: Alert, *, points: Sequence[Point], span: int) -> str:
    """The words of an alert on a count.

    ``1,566 ceasefire violations (SMM) to the evening of 18 February 2022 against some 310 expected, bound
    720, from 21 of 84 evenings on file (regression; also C1, C2).``
    """
    over = f" over {alert.evenings} evenings" if alert.evenings > 1 else ""
    first, *others = alert.methods
    also = f"; also {', '.join(others)}" if others else ""
    few = "" if (alert.days or 0) >= FEW else " Few evenings are on file: the bound is wide."
    return (
        f"{_hedge(points)}{number(alert.observed or 0)} {subject.words}{_found(points)}{over} "
        f"{subject.until(alert.day)} "
        f"against some {number(alert.expected or 0)} expected, bound {number(alert.upper or 0)}, "
        f"from {alert.days} of {span} evenings on file ({first}{also}).{few}"
    )


def drift(subject: Subject, *, mean: float, usual: float, days: int, since: dt.date, total: float) -> str:
    """The words of an alert on a drift."""
    return (
        f"More {subject.words} than expected for some time: {number(mean)} a day on the {days} evenings on "
        f"file since {date(since)} against some {number(usual)} (CUSUM {total:.1f})."
    )


def change(
    subject: Subject, *, levels: tuple[float, float], since: dt.date, confidence: float, days: int, span: int
) -> str:
    """The words of an alert on a change of level."""
    before, after = levels
    verb = "rose" if after > before else "fell"
    return (
        f"The level of {subject.words} {verb} from some {number(before)} to some {number(after)} a day with "
        f"the figure {subject.until(since)}: confidence {sure(confidence)}, from {days} of {span} evenings "
        "on file (change point)."
    )


def no_change(*, confidence: float, days: int, span: int) -> str:
    """The answer "no change"."""
    if math.isnan(confidence):
        return f"Not enough on file to look for a change of level: {days} of {span} evenings."
    sureness = f"confidence in one: {sure(confidence)}"
    return f"No change of level on the {days} of {span} evenings on file ({sureness})."


def not_enough(method: Method, *, day: dt.date, days: int, span: int, least: int) -> str:
    """That nothing is expected of an evening, and why."""
    return (
        f"Not enough on file to say what is usual for {date(day)}: {days} of {span} evenings, "
        f"at least {least} are wanted ({method})."
    )


def left_out(since: dt.date, until: dt.date, why: str) -> str:
    """That a period raises no alert and stands in no baseline."""
    return f"{date(since)} to {date(until)} left out: {why}"


def part(subject: Subject, alert: Alert) -> str:
    """An alert on a part of what another is on: ``975 in Luhansk region against some 150, bound 400``."""
    what = f"in {subject.region}" if subject.region else subject.counter.measure.replace("_", " ")
    return (
        f"{number(alert.observed or 0)} {what} against some {number(alert.expected or 0)}, "
        f"bound {number(alert.upper or 0)}"
    )


def sure(confidence: float) -> str:
    """A confidence to three places, never rounded up to 1."""
    return f"{min(confidence, 0.999):.3f}"


def _hedge(points: Sequence[Point]) -> str:
    """Whether the figure is one of bounds or rounding: ``At least 900``, ``About 900``."""
    if any(point.high is None or not point.complete for point in points):
        return "At least "
    return "About " if any(point.approximate or point.low != point.high for point in points) else ""


def _found(points: Sequence[Point]) -> str:
    return ", found by subtraction," if any(point.basis == "derived" for point in points) else ""
