"""What stands in cells: numbers and dates, read as the mapping says and never guessed."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from zoneinfo import ZoneInfo

from trucewatch.model import Number
from trucewatch.tables.mapping import Numbers

_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_SPACES = " \u00a0\u202f\u2009"  # also those that do not break, and thin ones
_DIGITS = 15  # the most that a float holds exactly
DAY, _MONTH, _YEAR = 10, 7, 4  # characters of a date
PRECISIONS = ("day", "week", "month", "year", "whole")
_HALF_WEEK = dt.timedelta(days=3)
_YEARS = range(1900, 2201)  # a date outside is a spreadsheet's zero or a slip


class CellError(ValueError):
    """A cell does not say what it should; the message says what is wrong with it."""


def number(text: str, *, written: Numbers) -> Number:
    """A number that is not below zero; a whole one is an int, also where it is written ``2.0``.

    >>> number("1,566", written=Numbers(thousands=",")), number("2.0", written=Numbers())
    (1566, 2)
    """
    match = _pattern(written).fullmatch(text.replace("−", "-"))
    if match is None:
        raise CellError(f"{text!r} is no number{_hint(text, written)}")
    sign, whole, fraction = match.groups()
    digits = re.sub(r"\D", "", whole)
    if sign and int(digits + (fraction or "")):
        raise CellError(f"{text!r} is below zero, which nothing can be counted to")
    if len(digits) > _DIGITS:
        raise CellError(f"{text!r} has more than {_DIGITS} digits")
    return float(f"{digits}.{fraction}") if fraction and int(fraction) else int(digits)


@functools.cache
def _pattern(written: Numbers) -> re.Pattern[str]:
    marks = f"[{_SPACES}]" if written.thousands == " " else re.escape(written.thousands or "")
    whole = rf"\d{{1,3}}(?:{marks}\d{{3}})+|\d+" if written.thousands else r"\d+"
    return re.compile(rf"(-?)({whole})(?:{re.escape(written.decimal)}(\d+))?", re.ASCII)


def _hint(text: str, written: Numbers) -> str:
    if re.fullmatch(rf"\d{{1,3}}([,.'{_SPACES}]\d{{3}})+", text):
        return "; the mapping's numbers.thousands says what stands between the thousands"
    if re.fullmatch(r"\d+[,.]\d+", text):
        return f"; the mapping's numbers.decimal is {written.decimal!r}"
    return ""


@functools.lru_cache(maxsize=65_536)
def moment(text: str, *, forms: tuple[str, ...]) -> tuple[str, str | None]:
    """A date as ``YYYY[-MM[-DD]]``, as precise as it is written, and its time of day with the offset, if any.

    >>> moment("19/02/2022", forms=("%d/%m/%Y",)), moment("2018-3", forms=("iso",))
    (('2022-02-19', None), ('2018-03', None))
    >>> moment("2022-02-18T19:30", forms=("%d %B %Y", "iso"))
    ('2022-02-18', '19:30')
    """
    for form in forms:
        if found := _read(text, form):
            if int(found[0][:_YEAR]) not in _YEARS:
                raise CellError(f"{text!r} lies outside of the years {_YEARS[0]} to {_YEARS[-1]}")
            return found
    raise CellError(f"{text!r} is no date of the format {' or '.join(forms)}")


def _read(text: str, form: str) -> tuple[str, str | None] | None:
    try:
        if form == "iso":
            return _iso(text)
        if form == "unix":
            day = dt.datetime.fromtimestamp(int(text.removesuffix(".0")), dt.UTC)
            return day.date().isoformat(), f"{day:%H:%M}+00:00"
        read = dt.datetime.strptime(text, form)
    except (ValueError, OverflowError, OSError):
        return None
    date = read.date().isoformat()[: _length(form)]
    return date, f"{read:%H:%M}" if re.search(r"%[HIcXT]", form) else None


def _iso(text: str) -> tuple[str, str | None] | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, clock, offset = match.groups()
    dt.date(int(year), int(month or 1), int(day or 1))
    hour = dt.time.fromisoformat(clock.zfill(5)) if clock else None
    date = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return date, f"{hour:%H:%M}{(offset or '').replace('Z', '+00:00')}" if hour else None


def _length(form: str) -> int:
    """How many characters of a date a format gives: to the day, the month or the year."""
    if re.search(r"%[djcxD]", form.replace("%%", "")):
        return DAY
    return _MONTH if re.search(r"%[mbB]", form.replace("%%", "")) else _YEAR


def degrees(text: str, *, most: float, written: Numbers) -> float:
    """Degrees of latitude or longitude, at most so many either way.

    >>> degrees("-48,14", most=90, written=Numbers(decimal=","))
    -48.14
    """
    form = rf"([+-]?\d+)(?:{re.escape(written.decimal)}(\d+))?"
    match = re.fullmatch(form, text.replace("−", "-"), re.ASCII)
    found = float(f"{match[1]}.{match[2] or 0}") if match else math.inf
    if abs(found) > most:
        raise CellError(f"{text!r} is no number of degrees up to {most:.0f}")
    return found


def unpadded(start: str | None, end: str | None, *, precision: str) -> tuple[str | None, str | None]:
    """Both ends of a time without the days that only fill it up; see :class:`.mapping.When`.

    >>> unpadded("2014-05-01", "2014-06-30", precision="whole")
    ('2014-05', '2014-06')
    >>> unpadded("2014-05-14", "2014-05-14", precision="week")
    ('2014-05-11', '2014-05-17')
    """
    if precision == "week":
        return _shifted(start, -_HALF_WEEK), _shifted(end, _HALF_WEEK)
    length = {"month": _MONTH, "year": _YEAR}.get(precision, DAY)
    if precision == "whole" and start and end and len(start) == len(end) == DAY:
        length = _whole(start, end)
    return start and start[:length], end and end[:length]


def _shifted(date: str | None, by: dt.timedelta) -> str | None:
    return (dt.date.fromisoformat(date) + by).isoformat() if date and len(date) == DAY else date


def _whole(start: str, end: str) -> int:
    """How much of two days is said by the years, the months or the days that they are the ends of."""
    after = (dt.date.fromisoformat(end) + dt.timedelta(days=1)).isoformat()
    if start.endswith("-01-01") and after.endswith("-01-01"):
        return _YEAR
    return _MONTH if start.endswith("-01") and after.endswith("-01") else DAY


def clocked(date: str, hour: str, *, zone: str | None) -> str:
    """A moment as ISO 8601 with its offset, as far as cell or mapping tell one.

    >>> clocked("2022-02-18", "19:30", zone="Europe/Kyiv")
    '2022-02-18T19:30+02:00'
    """
    written = f"{date}T{hour}"
    if zone is None or len(hour) > len("19:30"):
        return written
    return dt.datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="minutes")


def country(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's English name or of the code itself; None where unknown.

    What stands in brackets is another name, and is left away.

    >>> country("Ukraine"), country("UA"), country("Myanmar (Burma)"), country("Atlantis")
    ('UA', 'UA', 'MM', None)
    """
    known = _countries()
    plain = re.sub(r"\s*\(.*\)$", "", name).casefold()
    return name if name in known.values() else known.get(name.casefold(), known.get(plain))


@functools.cache
def _countries() -> dict[str, str]:
    from trucewatch.catalog import vocabulary

    names = vocabulary().names.items()
    return {text.casefold(): n.id for text, n in names if n.kind == "name" and n.type == "country"}
