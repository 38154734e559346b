"""The time a text has come to: the last day, month or year it named.

"The following year" and "later that month" are told from there in any text. A history is told from there
altogether: "in June" is of the year it speaks of, not of the year it was published in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from trucewatch.annotations import timewords
from trucewatch.annotations.lexemes import Lexeme
from trucewatch.annotations.timexes import Found

_MONTH = re.compile(r"(?:BC)?\d{4}-(\d\d)")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_OLD = 2  # years before publication
_MENTIONS = 6  # of past years: a text with fewer is no history
_NEAR = timewords.pattern("{weekday|abbr|today|yesterday|tomorrow|tonight}|{last|this|next|past}{unit}")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was named last: a ``day``, the ``month`` of a ``year`` or a year alone.

    ``quarter`` is the one a text reports on, the first it names; ``left`` the year and month from which a
    story looks back. A year before Christ is below zero.
    """

    day: dt.date | None = None
    month: int | None = None
    year: int | None = None
    quarter: str | None = None
    left: tuple[int, int] | None = None

    def after(self, found: Found) -> Told:
        """What is named last once a further time has been read; "that summer" leads no further."""
        if found.day:
            return self._moved(found.day.year, found.day.month, found.day)
        if found.year and _QUARTER.fullmatch(found.value):
            return msgspec.structs.replace(self, quarter=self.quarter or found.value)
        if found.year:
            named = _MONTH.fullmatch(found.value)
            if found.year == self.year and named is None:
                return self
            return self._moved(found.year, int(named[1]) if named else None, self.day)
        return self

    def _moved(self, year: int, month: int | None, day: dt.date | None) -> Told:
        left = self.left if self.left and year < self.left[0] else None
        if self.year and self.month and year < self.year:
            left = (self.year, self.month)
        return msgspec.structs.replace(self, year=year, month=month, day=day, left=left)

    def year_of(self, month: int) -> int:
        """The year of a month without one: a story told of December goes on to the January after it.

        After a look back it goes on from where it was left: "May 1916 ... in November 1915 ... On 9 July".
        """
        year = self.year or 0
        if self.month is None or month >= self.month:
            return year
        if self.left and month >= self.left[1]:
            return self.left[0]
        return year + ((self.month, month) == (12, 1))

    def date(self) -> dt.date | None:
        """The day named last, or the first of a month or year named since; none before Christ."""
        if self.year is None or self.year < 0:
            return None
        if self.day and (self.day.year, self.day.month) == (self.year, self.month):
            return self.day
        return dt.date(self.year, self.month or 1, 1)


def is_history(items: Sequence[Lexeme], classes: str, ref: dt.date | None) -> bool:
    """Whether a text tells of the past: it names past years again and again, and hardly a day near."""
    if ref is None:
        return False
    code = timewords.CODES["year"]
    years = [int(item.lower) for item, name in zip(items, classes, strict=True) if name == code]
    old = [year for year in years if year <= ref.year - _OLD]
    ancient = classes.count(timewords.CODES["bc"])
    near = len(_NEAR.findall(classes))
    told, named = len(old) + ancient, len(years) + ancient
    return told >= _MENTIONS and told > named / 2 and near < told / 4


_YEAR_AHEAD = timewords.pattern(
    "(?:{comma}?{and|to|dash|until}{the}?(?:{early|late|mid}{dash}?)?(?:{day|ordinal}{of}?)?"
    "(?:{month|season|fall|modal}|{short}{dot}?)(?:{day|ordinal})?){1,2}{comma|of}?({year})"
)


def year_ahead(items: Sequence[Lexeme], classes: str, at: int) -> int | None:
    """The year that a later month shares with an earlier one: "in April and June 1955"."""
    shared = _YEAR_AHEAD.match(classes, at)
    return int(items[shared.start(1)].lower) if shared else None


class Pair(Found, frozen=True, kw_only=True):
    """Two times in one run of words, this one and ``then``: "6 and 7 May" in a history.

    The first ends at the index ``until`` and the second begins at ``first``.
    """

    until: int
    first: int
    then: Found


def pair(one: Found, other: Found, *, until: int, first: int) -> Pair:
    """Two times as one reading."""
    fields = msgspec.structs.asdict(one)
    return Pair(**fields, until=until, first=first, then=other)
