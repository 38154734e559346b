"""Scopes: from which day on a report's "highest" is meant, seen from the day it was published."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from trucewatch.model import Noun
from trucewatch.situation.days import ONE

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_SINCE = re.compile(
    rf"\b(?:since|from)\s+(?:the\s+)?(?:(?:start|beginning|first day)\s+of\s+)?(?:the\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})(?:\s+(?P<day2>\d{{1,2}})\b)?"
    rf"(?:,?\s+(?P<year>\d{{4}}))?|\b(?:since|in|of)\s+(?:early\s+|late\s+|mid-)?(?P<alone>\d{{4}})\b",
    re.I,
)
_TRUCE = re.compile(
    r"\bsince\b[^.;]*\b(?:cease-?fire|truce|armistice|agreement|measures|accord|it (?:began|took effect))\b",
    re.I,
)
_THIS = re.compile(r"\b(?P<which>this|last|of the|so far this)\s+(?P<unit>year|month|week)\b", re.I)
_LAST = re.compile(
    r"\b(?:in|for|over|within)\s+(?:the\s+)?(?:past\s+|last\s+)?(?:(?P<many>\d+|\w+)\s+)?(?P<unit>day|week|month|year)s?\b",
    re.I,
)
_EVER = re.compile(r"\b(?:ever|on record|all[- ]time|in history)\b", re.I)
_WORDS = "a one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {word: max(1, number) for number, word in enumerate(_WORDS)}


class Scope(Noun, frozen=True, kw_only=True):
    """The days from ``first`` to ``last`` that a superlative is about. ``whole`` is False where it reaches
    further back than the ceasefire, so that the ledger can refute it and never confirm it."""

    name: str
    first: dt.date
    last: dt.date
    whole: bool = True


def scope(text: str | None, *, seen: dt.date, start: dt.date) -> Scope | None:
    """The scope that a text tells, from the day that it was published; None where it cannot be told.

    ``start`` is the ceasefire's first day.

    >>> scope("this year", seen=dt.date(2022, 2, 20), start=dt.date(2020, 7, 27)).first
    datetime.date(2022, 1, 1)
    """
    words = text or "ever"
    first, last = _days(words, seen, start)
    if first is None:
        return None
    return Scope(name=words, first=max(first, start + ONE), last=last, whole=first >= start)


def _days(words: str, seen: dt.date, start: dt.date) -> tuple[dt.date | None, dt.date]:
    if told := _SINCE.search(words):
        return _since(told, seen), seen
    if told := _THIS.search(words):
        return _this(told.group("unit").lower(), told.group("which").lower(), seen)
    if _TRUCE.search(words):
        return start, seen
    if _EVER.search(words):
        return dt.date.min, seen
    if told := _LAST.search(words):
        return _back(told, seen), seen
    return None, seen


def _since(told: re.Match[str], seen: dt.date) -> dt.date | None:
    """ "Since 1 February" is the last one before; "since February" its first day; "since 2021" a year's."""
    if told.group("alone"):
        return _date(int(told.group("alone")), 1, 1)
    month, day = _MONTHS[told.group("month").lower()], int(told.group("day") or told.group("day2") or 1)
    if told.group("year"):
        return _date(int(told.group("year")), month, day)
    found = _date(seen.year, month, day)
    return found if found and found <= seen else _date(seen.year - 1, month, day)


def _this(unit: str, which: str, seen: dt.date) -> tuple[dt.date, dt.date]:
    if unit == "week":
        first = _ago(seen, seen.weekday())
    else:
        first = seen.replace(day=1) if unit == "month" else seen.replace(month=1, day=1)
    if which != "last":
        return first, seen
    last = _ago(first, 1)
    return _this(unit, "this", last)[0], last


def _back(told: re.Match[str], seen: dt.date) -> dt.date | None:
    """ "In two years": so long ago, to the day. Unnumbered weeks, months and years tell no day."""
    many = (told.group("many") or "").lower()
    number = int(many) if many.isdigit() else _NUMBERS.get(many)
    if number is None or number > 1000:
        return None
    unit = told.group("unit").lower()
    if unit in ("day", "week"):
        return _ago(seen, number * (7 if unit == "week" else 1))
    months = seen.year * 12 + seen.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1] if year > 0 else 28
    return _date(year, month + 1, min(seen.day, last))


def _ago(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - days))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
