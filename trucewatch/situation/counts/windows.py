"""The window that a counter's figure covers: from the evening of one day to the evening of another.

A report issued on day D covers the evening of D-2 to the evening of D-1. After days on which the
counter issues nothing (its ``no_report_on``, such as Sundays) the next report covers those evenings
too, so a Monday's figure without a stated window is one of two evenings and never a daily one.
What the text says goes before that habit. A figure restated for "the previous reporting period"
covers the window of the report before; one for "the previous 24 hours", or one of which no more is
said than that it is restated, a single evening.

A counter without a published cut-off counts by days: its "evening" is the end of the day, and a day
told as such is ``calendar``. A window between other hours than the cut-off is none of the counter's.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from trucewatch.model import Count, Counter, Noun, Time, Window
from trucewatch.situation.days import ONE, closing, exact, opening, single, sound

_PREVIOUS = re.compile(r"\bprevious\b|\bpreceding\b|\bday before\b", re.IGNORECASE)
_WHOLE_PERIOD = re.compile(r"\bperiods?\b|\breports?\b", re.IGNORECASE)
_MIDNIGHT = dt.time(0)
_LONGEST = 24 * 366 * 100  # hours of a period that somebody may have counted through


class Evenings(Noun, frozen=True, kw_only=True):
    """From the evening of ``start`` to the evening of ``end``; ``stated`` if the text gives it.

    ``calendar``: it was told as whole days, from the morning after ``start`` on.
    """

    start: dt.date
    end: dt.date
    stated: bool = False
    calendar: bool = False


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
    """The window of a figure; None where it is unknown, or is none of the counter's (eight hours).

    ``issued`` is None where the report is not the counter's own, or undated: then only a window that
    is stated from evening to evening counts, and for a counter by days also a single day.
    """
    if count.window and _moments(count.window, counter):
        return _clocked(count.window, counter)
    length = _length(count)
    if count.period and length is None:
        return None
    if stated := stated_window(count, counter=counter):
        return stated
    end = exact(count.time.end) if count.time else None
    if issued is None:
        day = single(count.time)
        return _day(day) if day and counter.cutoff is None and length in (None, 1) else None
    if count.time and (count.time.start or count.time.end) and end is None:
        return None
    return _of_own_report(count.time, length, counter, issued)


def _of_own_report(time: Time | None, length: int | None, counter: Counter, issued: dt.date) -> Evenings:
    """The window of a figure in the counter's own report that states an end at the most."""
    habit = by_habit(issued, counter)
    start, end = (exact(time.start), exact(time.end)) if time else (None, None)
    if end is None:
        last = habit.end if counter.cutoff or length is None else issued
        return Evenings(start=last - length * ONE, end=last) if length else habit
    if length:
        return Evenings(start=end - length * ONE, end=end, stated=True)
    if start is None and end == habit.end:
        return habit
    if start and counter.cutoff is None:
        return _day(end)
    return Evenings(start=end - ONE, end=end, stated=start is not None)


def previous_window(count: Count, *, counter: Counter, own: Evenings) -> Evenings:
    """The window of a restated figure, given the window of the report's own figures."""
    stated = stated_window(count, counter=counter)
    if stated and stated.end <= own.start:
        return stated
    told = exact(count.time.end) if count.time else None
    end = told if told and told <= own.start else own.start
    if length := _length(count):
        return Evenings(start=end - length * ONE, end=end)
    words = (count.time.text if count.time else None) or ""
    if single(count.time) or not _WHOLE_PERIOD.search(words):
        return Evenings(start=end - ONE, end=end)
    issue = end + ONE
    while f"{issue:%A}" in counter.no_report_on:
        issue += ONE
    habit = by_habit(issue, counter)
    return Evenings(start=min(habit.start, end - ONE), end=end)


def stated_window(count: Count, *, counter: Counter | None = None) -> Evenings | None:
    """The window as the text gives it, from one day to a later one; months and years are whole ones."""
    if count.window and _moments(count.window, counter):
        return _clocked(count.window, counter)
    if count.time is None or not count.time.start or not count.time.end:
        return None
    start, end = exact(count.time.start), exact(count.time.end)
    if start and end:
        return Evenings(start=start, end=end, stated=True) if start < end else None
    first, last = sound(opening(count.time.start)), sound(closing(count.time.end))
    if first and last and first < last:
        return Evenings(start=first - ONE, end=last, stated=True, calendar=True)
    return None


def _clocked(told: Window, counter: Counter | None) -> Evenings | None:
    """A window with its hours, if it runs over whole days, between cut-offs or midnights."""
    start, end = _moments(told, counter) or (dt.datetime.min, dt.datetime.min)
    cutoff = dt.time.fromisoformat(counter.cutoff) if counter and counter.cutoff else None
    if start.time() != end.time() or start.date() >= end.date() or not sound(start.date()):
        return None
    if cutoff and start.time() not in (cutoff, _MIDNIGHT):
        return None
    return Evenings(start=start.date(), end=end.date(), stated=True)


def _moments(told: Window, counter: Counter | None) -> tuple[dt.datetime, dt.datetime] | None:
    """Both ends in the counter's own time; None where they are no dates."""
    try:
        start, end = (_local(dt.datetime.fromisoformat(text), counter) for text in (told.start, told.end))
    except (ValueError, OverflowError):
        return None
    return start, end


def _local(moment: dt.datetime, counter: Counter | None) -> dt.datetime:
    """A moment by the counter's clock. Midnight stands for the day alone and is left where it is."""
    if moment.tzinfo and counter and moment.time() != _MIDNIGHT:
        moment = moment.astimezone(ZoneInfo(counter.time_zone))
    return moment.replace(tzinfo=None)


def _day(day: dt.date) -> Evenings:
    return Evenings(start=day - ONE, end=day, stated=True, calendar=True)


def _length(count: Count) -> int | None:
    """The days of a period: ``PT24H`` and ``P1D`` are one, ``PT48H`` and ``P2D`` two; None for all else."""
    told = re.fullmatch(r"P(?:(\d+)D|T(\d+)H|(\d+)W)", count.period or "")
    if not told:
        return None
    days, hours, weeks = (int(part) if part else 0 for part in told.groups())
    total = days * 24 + hours + weeks * 168
    return total // 24 if total and total % 24 == 0 and total <= _LONGEST else None
