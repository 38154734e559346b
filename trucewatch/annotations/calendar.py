"""The calendar: what TIMEX3 values stand for, and which day, week or month a relative name means.

A value is written as TIMEX3 writes it: ``2022-02-19``, ``2022-W07``, ``2022-02``, ``2022-Q1``, ``2022-SU``,
``199`` (the 1990s), ``19`` (the century). :func:`window` gives the first and last day of one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
ABBREVIATED = {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
DAY_PARTS = {
    "morning": "MO", "mornings": "MO", "noon": "12:00", "midday": "12:00", "afternoon": "AF", "evening": "EV",
    "evenings": "EV", "night": "NI", "nights": "NI", "midnight": "24:00", "dawn": "MO", "dusk": "EV",
}  # fmt: skip
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "weekend": "WE",
    "fortnight": "F", "month": "MO", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
    "centuries": "CE",
}  # fmt: skip
_PERIOD = {
    "S": "PT{}S", "M": "PT{}M", "H": "PT{}H", "D": "P{}D", "W": "P{}W", "WE": "P{}WE", "MO": "P{}M",
    "Q": "P{}Q",
    "Y": "P{}Y", "DE": "P{}DE", "CE": "P{}C",
}  # fmt: skip
_FAR = 300  # days
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def unit(word: str) -> str | None:
    """The unit of time that a word names, singular or plural; None if it names none."""
    return UNITS.get(word) or (UNITS.get(word[:-1]) if word.endswith("s") else None)


def period(number: float | str, of: str) -> str:
    """A length of time as ISO 8601 writes it.

    >>> period(48, "H"), period(2, "W"), period("X", "D")
    ('PT48H', 'P2W', 'PXD')
    """
    if of == "F":
        return period(number * 2 if not isinstance(number, str) else number, "W")
    if of == "DE" and not isinstance(number, str):
        return period(number * 10, "Y")
    text = number if isinstance(number, str) else f"{number:g}"
    return _PERIOD[of].format(text)


def shifted(day: dt.date, number: int, of: str) -> dt.date:
    """A day so many units later (or earlier, where the number is negative)."""
    days = {"D": 1, "W": 7, "WE": 7, "F": 14}.get(of)
    if days:
        return day + dt.timedelta(days=days * number)
    if of in ("H", "M", "S"):
        return day + dt.timedelta(days=_days_of_hours(number, of))
    months = number * {"MO": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[of]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(f"{number} {of} from {day} is outside the calendar")
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moved(day: dt.date, number: int, of: str) -> dt.date | None:
    """The same; None where that is outside the calendar."""
    try:
        return shifted(day, number, of)
    except OverflowError:
        return None


def _days_of_hours(number: int, of: str) -> int:
    """Whole days that a number of hours, minutes or seconds touches beyond the day itself."""
    hours = abs(number) / {"H": 1, "M": 60, "S": 3600}[of]
    days = -(-int(hours) // 24) if hours >= 12 else 0
    return days if number > 0 else -days


def week(day: dt.date) -> str:
    """The ISO week of a day: ``2022-W07``."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def month(day: dt.date) -> str:
    """The month of a day: ``2022-02``."""
    return f"{day.year:04d}-{day.month:02d}"


def year_text(year: int) -> str:
    """A year as TIMEX3 writes it; one below zero is before Christ.

    >>> year_text(1916), year_text(-264)
    ('1916', 'BC0264')
    """
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def quarter(day: dt.date) -> str:
    """The quarter of a day: ``2022-Q1``."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def at_grain(day: dt.date, of: str) -> str:
    """The value of the day, week, month, quarter, year, decade or century that holds a day."""
    match of:
        case "W" | "F":
            return week(day)
        case "WE":
            return week(day) + "-WE"
        case "MO":
            return month(day)
        case "Q":
            return quarter(day)
        case "Y":
            return f"{day.year:04d}"
        case "DE":
            return f"{day.year // 10:03d}"
        case "CE":
            return f"{day.year // 100:02d}"
        case _:
            return day.isoformat()


def window(value: str) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 value (a year stays a year); None for one that is no window.

    >>> window("2022-02"), window("2022-W07")
    (('2022-02-01', '2022-02-28'), ('2022-02-14', '2022-02-20'))
    """
    if _DAY.match(value):
        return value[:10], value[:10]
    if m := re.fullmatch(r"(\d{4})-W(\d{2})(-WE)?", value):
        first = dt.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return first.isoformat(), (first + dt.timedelta(days=1 if m[3] else 6)).isoformat()
    if m := re.fullmatch(r"(\d{4})-(\d{2})", value):
        return _months(int(m[1]), int(m[2]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _months(int(m[1]), int(m[2]) * 3 - 2, int(m[2]) * 3)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _months(int(m[1]), *_SEASON_MONTHS[m[2]])
    if re.fullmatch(r"\d{4}", value):
        return value, value
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "0"), value.ljust(4, "9")
    return None


def _months(year: int, first: int, last: int) -> tuple[str, str] | None:
    ends = year + (last < first)
    if not 1 <= year < ends + 1 < 9999:
        return None
    day = calendar.monthrange(ends, last)[1]
    return f"{year:04d}-{first:02d}-01", f"{ends:04d}-{last:02d}-{day:02d}"


def day_of(year: int, month_number: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month_number, day)
    except ValueError:
        return None


def weekday_near(ref: dt.date, weekday: int, *, future: bool, other: bool = False) -> dt.date:
    """The most recent such weekday (the day itself counts), or the next one where the future is meant.

    ``other`` leaves out the day itself ("last Friday", "next Friday").
    """
    if future:
        ahead = (weekday - ref.weekday()) % 7
        return ref + dt.timedelta(days=ahead or (7 if other else 0))
    back = (ref.weekday() - weekday) % 7
    return ref - dt.timedelta(days=back or (7 if other else 0))


def year_for(ref: dt.date, month_number: int, day: int | None, *, future: bool | None) -> int:
    """The year that a month or a day of a month without one means: the past unless the text looks ahead.

    A past tense gives the latest such day up to the reference, a future one the next, unless one on the other
    side is far nearer. Without either it is this year unless that would be more than two months ahead.
    """
    here = (month_number, day if day is not None else ref.day)
    now = (ref.month, ref.day)
    if future is not None and day is not None:
        return _near_year(
            ref, month_number, day, ref.year + (here < now) if future else ref.year - (here > now)
        )
    if future:
        return ref.year + (here < now)
    if future is False or (month_number - ref.month) % 12 > 2:
        return ref.year - (here > now)
    return ref.year + (month_number < ref.month - 6)


def _near_year(ref: dt.date, month_number: int, day: int, year: int) -> int:
    """A day without a year is hardly one of ten months off: "payable Dec. 1" in a text of November."""
    meant = day_of(year, month_number, day)
    if meant is None or abs((meant - ref).days) <= _FAR:
        return year
    return year + (1 if meant < ref else -1)
