"""Days: what a claim's partial dates mean, and which weekdays come before."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from trucewatch.model import Report, Time
from trucewatch.model.days import closing, opening

__all__ = ["ONE", "closing", "each", "exact", "issued", "opening", "single"]

ONE = dt.timedelta(days=1)
_AGES = (
    dt.date(200, 1, 1),
    dt.date(9990, 1, 1),
)  # days beyond are mistakes, and may have none before or after
_ISSUED = re.compile(r"\bissued (?:on )?(?:[A-Z]\w+day,? )?(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


def single(time: Time | None) -> dt.date | None:
    """The day of a time that is one whole day, else None."""
    if time is None or time.start is None or time.start != time.end or len(time.start) != 10:
        return None
    return sound(opening(time.start))


def exact(text: str | None) -> dt.date | None:
    """The day of a date that is given to the day, else None."""
    return sound(opening(text)) if text and len(text) == 10 else None


def sound(day: dt.date | None) -> dt.date | None:
    """A day, unless it lies so far off that there is none before or after it to reckon with."""
    return day if day and _AGES[0] <= day <= _AGES[1] else None


def issued(report: Report) -> dt.date | None:
    """The day a report was issued: its title says it better than the day it was posted somewhere.

    None where it is undated, or has no days before it to count.
    """
    day = issue_in(report.title) or report.published
    return sound(day)


def issue_in(title: str) -> dt.date | None:
    """The day of issue that a title tells.

    >>> issue_in("Daily Report 39/2022 issued on 19 February 2022")
    datetime.date(2022, 2, 19)
    """
    told = _ISSUED.search(title)
    if told is None or told.group(2) not in _MONTHS:
        return None
    return _day(int(told.group(3)), _MONTHS[told.group(2)], int(told.group(1)))


def each(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last, both included."""
    return [first + step * ONE for step in range((last - first).days + 1)]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
