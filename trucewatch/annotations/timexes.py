"""What a rule of the date grammar has read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from trucewatch.annotations import calendar

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading

Match = re.Match[str]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule has read: a TIMEX3 value with its window, or a length of time.

    ``day`` is the day it names, if it names one, and ``year`` the year: later words may refer to them.
    """

    value: str
    start: str | None = None
    end: str | None = None
    relative: bool = False
    length: bool = False
    day: dt.date | None = None
    year: int | None = None


Build = Callable[["Reading", Match], Found | None]


def of_day(day: dt.date, *, relative: bool, suffix: str = "") -> Found:
    """A day; ``suffix`` is its part or time ("TMO", "T19:30")."""
    text = day.isoformat()
    return Found(value=text + suffix, start=text, end=text, relative=relative, day=day)


def of_value(text: str, *, relative: bool, year: int | None = None) -> Found:
    """A TIMEX3 value with the window it stands for."""
    window = calendar.window(text)
    start, end = window if window else (None, None)
    return Found(value=text, start=start, end=end, relative=relative, year=year)
