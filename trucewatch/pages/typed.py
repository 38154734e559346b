"""What a reviewer types into one field, read: numbers, days, names. FieldError says what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from trucewatch.model import Number, Span
from trucewatch.model.checks import is_date

MOST = 40
_LONGEST_NAME = 300
_LONGEST_WORDS = 2_000
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_SHORT = re.compile(r"(?:(\d{1,2})-)?(\d{1,2})")
_PERIOD = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")
_MONTHS = 12


class FieldError(ValueError):
    """What was typed into a field cannot be read."""


def names(given: str, *, most: int = MOST) -> list[tuple[str, int]]:
    """The names of a line, each with how often it stood before.

    >>> names("Ada; Bo; Ada")
    [('Ada', 0), ('Bo', 0), ('Ada', 1)]
    """
    found = [name.strip() for name in given.split(";") if name.strip()]
    if len(found) > most:
        raise FieldError(f"takes {most} at most" if most > 1 else "takes one name")
    if any(len(name) > _LONGEST_NAME for name in found):
        raise FieldError(f"a name has {_LONGEST_NAME} characters at most; names are separated by ;")
    seen: Counter[str] = Counter()
    told = []
    for name in found:
        told.append((name, seen[name]))
        seen[name] += 1
    return told


def each(given: str) -> tuple[str | None, ...]:
    """One thing for each of several, in their order, None where nothing is told.

    >>> each("said; ; told")
    ('said', None, 'told')
    """
    parts = [part.strip() for part in given.split(";")] if given else []
    if len(parts) > MOST or any(len(part) > _LONGEST_NAME for part in parts):
        raise FieldError(f"takes {MOST} at most, of {_LONGEST_NAME} characters each; they are separated by ;")
    return tuple(part or None for part in parts)


def choice(given: str, choices: tuple[str, ...]) -> str | None:
    """One of some values, or none."""
    if given and given not in choices:
        raise FieldError(f"{given[:60]!r} is none of {', '.join(choices)}")
    return given or None


def number(given: str, *, whole: bool) -> Number | None:
    """A number, with or without separators.

    >>> number("1,566", whole=True), number("2.5", whole=False)
    (1566, 2.5)
    """
    if not given:
        return None
    bare = re.sub(r"[,\s]", "", given)
    if not _NUMBER.fullmatch(bare) or (whole and "." in bare):
        raise FieldError(f"{given[:60]!r} is no {'whole ' if whole else ''}number")
    return float(bare) if "." in bare else int(bare)


def day(given: str, base: dt.date | None) -> str | None:
    """A year, month or day; a day of the month alone is the one nearest to ``base``, as is a month and day.

    >>> day("28", dt.date(2022, 3, 2)), day("2022-02", None)
    ('2022-02-28', '2022-02')
    """
    if not given:
        return None
    if is_date(given):
        return given
    short = _SHORT.fullmatch(given)
    near = _near(short[1], int(short[2]), base) if short and base else []
    if base is None or not near:
        raise FieldError(f"{given[:60]!r} is no day; days are written 2022-02-20, 2022-02, 2022, or 20")
    return min(near, key=lambda one: (abs(one - base), one)).isoformat()


def _near(month: str | None, number: int, base: dt.date) -> list[dt.date]:
    """The days of a number, in the month or the year of a day and in those before and after."""
    if month is not None:
        wanted = [(base.year + step, int(month)) for step in (-1, 0, 1)]
    else:
        months = [base.year * _MONTHS + base.month - 1 + step for step in (-1, 0, 1)]
        wanted = [(one // _MONTHS, one % _MONTHS + 1) for one in months]
    texts = [f"{year:04}-{one:02}-{number:02}" for year, one in wanted]
    return [dt.date.fromisoformat(text) for text in texts if is_date(text)]


def moment(given: str) -> str | None:
    """A day with its hour."""
    if not given:
        return None
    try:
        dt.datetime.fromisoformat(given)
    except ValueError as error:
        raise FieldError(
            f"{given[:60]!r} is no moment; moments are written 2022-02-20T19:30+02:00"
        ) from error
    return given


def words(given: str, *, period: bool = False) -> str | None:
    """Some words, or the length of a period."""
    if len(given) > _LONGEST_WORDS:
        raise FieldError(f"takes {_LONGEST_WORDS:,} characters at most")
    if period and given and not _PERIOD.fullmatch(given):
        raise FieldError(f"{given[:60]!r} is no length; a day is P1D, 24 hours are PT24H")
    return given or None


def span(given: str) -> Span | None:
    """The ends of a stretch of text as the page marks them: ``12-40``."""
    met = _SPAN.fullmatch(given.strip())
    return (int(met[1]), int(met[2])) if met else None
