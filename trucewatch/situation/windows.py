"""The window that a counter's figure covers: from the evening of one day to the evening of another.

A report issued on day D covers the evening of D-2 to the evening of D-1. After days on which the
counter issues nothing (its ``no_report_on``, such as Sundays) the next report covers those evenings
too, so a Monday's figure without a stated window is one of two evenings and never a daily one.
What the text says goes before that habit. A figure restated for "the previous reporting period"
covers the window of the report before; one for "the previous 24 hours" a single evening.
"""

from __future__ import annotations

import datetime as dt
import re

from trucewatch.model import Count, Counter, Noun
from trucewatch.situation.days import ONE, exact

_PREVIOUS = re.compile(r"\bprevious\b|\bpreceding\b|\bday before\b", re.IGNORECASE)


class Evenings(Noun, frozen=True, kw_only=True):
    """From the evening of ``start`` to the evening of ``end``; ``stated`` if the text gives it."""

    start: dt.date
    end: dt.date
    stated: bool = False


def is_previous(count: Count) -> bool:
    """Whether a figure in a counter's own report is one restated from the report before."""
    return count.previous or bool(count.time and count.time.text and _PREVIOUS.search(count.time.text))


def by_habit(issued: dt.date, counter: Counter) -> Evenings:
    """What a report issued on a day covers if it does not say: the evenings since the issue before.

    >>> by_habit(dt.date(2022, 2, 19), counter)  # doctest: +SKIP
    Evenings(start=datetime.date(2022, 2, 17), end=datetime.date(2022, 2, 18))
    """
    before = issued - ONE
    for _ in range(6):
        if f"{before:%A}" not in counter.no_report_on:
            break
        before -= ONE
    return Evenings(start=before - ONE, end=issued - ONE)


def window(count: Count, *, counter: Counter, issued: dt.date | None) -> Evenings | None:
    """The window of a figure; ``issued`` is None where the report is not the counter's own, or undated.

    Then only a window that is stated from evening to evening counts, and None is returned otherwise.
    """
    if stated := stated_window(count):
        return stated
    if issued is None:
        return None
    habit = by_habit(issued, counter)
    start = exact(count.time.start) if count.time else None
    end = exact(count.time.end) if count.time else None
    if end is None:
        return _of_length(count, habit)
    if length := _length(count):
        return Evenings(start=end - length * ONE, end=end, stated=True)
    if start is None and end == habit.end:
        return habit
    return Evenings(start=end - ONE, end=end, stated=start is not None)


def previous_window(count: Count, *, counter: Counter, own: Evenings) -> Evenings:
    """The window of a restated figure, given the window of the report's own figures."""
    stated = stated_window(count)
    if stated and stated.end <= own.start:
        return stated
    told = exact(count.time.end) if count.time else None
    end = told if told and told <= own.start else own.start
    if length := _length(count):
        return Evenings(start=end - length * ONE, end=end)
    if count.time and count.time.text and re.search(r"\bday\b", count.time.text):
        return Evenings(start=end - ONE, end=end)
    issue = end + ONE
    while f"{issue:%A}" in counter.no_report_on:
        issue += ONE
    habit = by_habit(issue, counter)
    return Evenings(start=min(habit.start, end - ONE), end=end)


def stated_window(count: Count) -> Evenings | None:
    """The window as the text gives it, from one day to a later one."""
    if count.window:
        start, end = exact(count.window.start[:10]), exact(count.window.end[:10])
    elif count.time:
        start, end = exact(count.time.start), exact(count.time.end)
    else:
        return None
    if start and end and start < end:
        return Evenings(start=start, end=end, stated=True)
    return None


def _of_length(count: Count, habit: Evenings) -> Evenings:
    length = _length(count)
    if length is None:
        return habit
    return Evenings(start=habit.end - length * ONE, end=habit.end)


def _length(count: Count) -> int | None:
    """The evenings of a period: ``PT24H`` and ``P1D`` are one, ``PT48H`` and ``P2D`` two."""
    told = re.fullmatch(r"P(?:(\d+)D|T(\d+)H|(\d+)W)", count.period or "")
    if not told:
        return None
    days, hours, weeks = (int(part) if part else 0 for part in told.groups())
    total = days * 24 + hours + weeks * 168
    return total // 24 if total and total % 24 == 0 else None
