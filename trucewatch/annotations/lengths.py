"""Lengths of time and the days they lead to: "two hours", "the past two days", "five years ago"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from trucewatch.annotations import calendar, timewords
from trucewatch.annotations.dateperiods import year_before
from trucewatch.annotations.numbers import numeral
from trucewatch.annotations.timexes import Found, Match, of_day, of_value

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading

_ARTICLES = ("a", "an", "another")
_AFTER_ARTICLE = {"hundred", "thousand", "dozen", "few", "couple", "half"}
_HALVES = {"H": "PT30M", "D": "PT12H", "Y": "P6M", "DE": "P5Y", "CE": "P50Y"}
_QUARTERS = {"H": "PT15M", "CE": "P25Y"}
_RATED = [timewords.CODES[name] for name in ("unit", "number", "decimal", "year", "day")]
_SCALED = ("million", "billion", "once", "twice", "times")
_BACK = {"last", "past", "previous", "preceding", "recent", "latest"}


def _number(r: Reading, m: Match, name: str) -> float | None:
    """The number on a group; one for an article; None for a vague word ("few", "several")."""
    first, last = m.span(name)
    if last - first > 1 and r.word(first) in _ARTICLES and r.word(first + 1) not in _AFTER_ARTICLE:
        first += 1
    if last - first == 1 and r.word(first) in _ARTICLES:
        return 1
    part = _fraction(r, last)
    found = numeral(r.items, first) if part else None
    if found and part and not found.vague:
        return float(found.low) + part
    found = numeral(r.items, first) if first < last else None
    return float(found.low) if found and not found.vague and found.last >= last else None


def _fraction(r: Reading, last: int) -> float:
    """What a number ends on: the half of "two and half", the half of "5 1/2"; zero where it ends whole."""
    if (r.word(last - 2), r.word(last - 1)) == ("and", "half"):
        return 0.5
    over, under = r.word(last - 3), r.word(last - 1)
    divided = r.word(last - 2) == "/" and over.isdigit() and under.isdigit()
    return int(over) / int(under) if divided and int(over) < int(under) else 0


def _unit(r: Reading, m: Match) -> str | None:
    return calendar.unit(r.word(m.start("u")))


def _length(number: float | None, of: str) -> Found:
    return Found(value=calendar.period("X" if number is None else number, of), length=True)


def span_of(r: Reading, number: float | None, of: str, *, back: bool) -> Found:
    """So many days, weeks ... up to now or from now on; without a number one end is open."""
    text = calendar.period("X" if number is None else number, of)
    if r.ref is None:
        return Found(value=text, relative=True)
    here = r.ref.isoformat()
    if number is None:
        return Found(value=text, start=None if back else here, end=here if back else None, relative=True)
    there = calendar.moved(r.ref, int(-number if back else number), of)
    if there is None:
        return Found(value=text, length=True)
    other = there.isoformat()
    return Found(value=text, start=other if back else here, end=here if back else other, relative=True)


def of_unit(day: dt.date, of: str) -> Found:
    """The day, or the week, month or year that holds it."""
    if of in ("H", "M", "S", "D"):
        return of_day(day, relative=True)
    return of_value(calendar.at_grain(day, of), relative=True)


def turned_units(r: Reading, m: Match) -> Found | None:
    """ "The past two days", "recent weeks", "in the coming hours", "the next few days"."""
    back, of = r.word(m.start("dir")) in _BACK, _unit(r, m)
    if of is None:
        return None
    number = _number(r, m, "n") if "n" in m.re.groupindex else None
    if number is None and not back and of in ("H", "M", "S") and r.ref:
        after = r.ref + dt.timedelta(days=1)
        here = r.ref.isoformat()
        return Found(value=calendar.period("X", of), start=here, end=after.isoformat(), relative=True)
    return span_of(r, number, of, back=back)


def ago(r: Reading, m: Match) -> Found | None:
    """ "Two days ago", "five years ago", "a week earlier", "three years later", "two years before, ..."."""
    of, number = _unit(r, m), _number(r, m, "n")
    word = {"after": "later", "before": "earlier"}.get(r.word(m.end("u")), r.word(m.end("u")))
    if of is None:
        return None
    if of == "Y" and number == 1 and r.told.quarter:
        return year_before(r.told.quarter)
    if of == "Y" and word != "ago" and r.told.year and number and number == int(number):
        year = r.told.year + int(number if word == "later" else -number)
        return of_value(calendar.year_text(year), relative=True)
    base = r.here if word == "ago" else r.told.date() or r.here
    if number is None or base is None:
        return Found(value="FUTURE_REF" if word == "later" else "PAST_REF", relative=True)
    day = calendar.moved(base, int(number if word == "later" else -number), of)
    return of_unit(day, of) if day else None


def in_time(r: Reading, m: Match) -> Found | None:
    """ "In two weeks": a day ahead where the text looks ahead, else a length; "within" names the length."""
    of, number = _unit(r, m), _number(r, m, "n")
    if of is None or number is None or r.ref is None or of in ("H", "M", "S", "DE", "CE"):
        return duration(r, m)
    day = calendar.moved(r.ref, int(number), of)
    if day is None or r.narrative or r.future() is not True:
        return duration(r, m)
    inside = r.word(r.first - 1) == "within"
    value = calendar.period(number, of) if inside else calendar.at_grain(day, of)
    return Found(value=value, start=day.isoformat(), end=day.isoformat(), relative=True, day=day)


def duration(r: Reading, m: Match) -> Found | None:
    """ "Two hours", "45-minute", "a week", "several months", "two and a half years"; but no age."""
    of, number = _unit(r, m), _number(r, m, "n")
    if of is None or "old" in (r.word(m.end()), r.word(m.end() + 1)):
        return None
    if r.word(m.start("n")) in _ARTICLES and (
        of == "S" or _is_rate(r) or (of, r.word(m.end())) == ("Q", "of")
    ):
        return None
    return _length(number, of)


def _is_rate(r: Reading) -> bool:
    """Whether something is counted by the unit: "24 hours a day", "scores of calls a week", "twice a day"."""
    counted = r.word(r.first - 2) == "of" or any(
        code in _RATED for code in r.classes[max(0, r.first - 3) : max(0, r.first - 1)]
    )
    if counted and r.word(r.first - 1).endswith("s"):
        return True
    return r.classes[r.first - 1 : r.first] in _RATED or r.word(r.first - 1) in _SCALED


def from_now(r: Reading, m: Match) -> Found | None:
    """ "Two weeks from now"."""
    of, number = _unit(r, m), _number(r, m, "n")
    if of is None or r.here is None:
        return None
    if number is None:
        return Found(value="FUTURE_REF", start=r.here.isoformat(), relative=True)
    day = calendar.moved(r.here, int(number), of)
    return of_unit(day, of) if day else None


def as_long_as(r: Reading, m: Match) -> Found | None:
    """ "A day-long meeting", "the decades-long dispute"."""
    of, word = _unit(r, m), r.word(m.start("u"))
    return _length(None if word.endswith("s") else 1, of) if of in ("H", "D", "W", "MO", "Y", "DE") else None


def described(r: Reading, m: Match) -> Found | None:
    """ "Ten brutal months", "two trading days": a number of units with one word between."""
    between = r.items[m.start("u") - 1]
    plural = r.word(m.start("u")).endswith("s") and r.word(m.start("n")) not in (
        "hundred",
        "thousand",
        "dozen",
    )
    lower = between.kind == "word" and not between.capital and between.lower not in _NO_ADJECTIVE
    return duration(r, m) if plural and lower else None


_NO_ADJECTIVE = {"to", "or", "in", "by", "with", "that", "million", "billion", "times", "off", "per"}


def vague_ago(r: Reading, m: Match) -> Found | None:
    """ "Weeks earlier", "years later"."""
    if not r.word(m.start("u")).endswith("s") or r.word(m.start("u")) == "hours":
        return None
    return Found(value="FUTURE_REF" if r.word(m.end("u")) == "later" else "PAST_REF", relative=True)


def half(r: Reading, m: Match) -> Found | None:
    """ "Half an hour", "a half-hour", "half a century", "a quarter-century"."""
    part = r.word(m.start("q"))
    if "old" in (r.word(m.end()), r.word(m.end() + 1)):
        return None
    value = (_HALVES if part == "half" else _QUARTERS if part == "quarter" else {}).get(_unit(r, m) or "")
    return Found(value=value, length=True) if value else None


def and_a_part(r: Reading, m: Match) -> Found | None:
    """ "An hour and a half", "an hour and three quarters", "a year and a half"."""
    number, part, of = _number(r, m, "n"), _part(r, m), _unit(r, m)
    if number is None or part is None or of is None:
        return None
    if of != "H":
        return _length(number + part / 60, of) if part == 30 else None
    return Found(value=f"PT{int(number * 60) + part}M", length=True)


def part_of_unit(r: Reading, m: Match) -> Found | None:
    """ "Three quarters of an hour", "a quarter of an hour"."""
    part = _part(r, m)
    return Found(value=f"PT{part}M", length=True) if _unit(r, m) == "H" and part else None


def _part(r: Reading, m: Match) -> int | None:
    """The minutes of a part of an hour: a half, a quarter, three quarters."""
    first, last = m.span("f")
    if r.word(last - 1) == "half":
        return 30
    if r.word(last - 1) not in ("quarter", "quarters"):
        return None
    found = numeral(r.items, first)
    quarters = 1 if r.word(first) in _ARTICLES else found.low if found else 0
    return {1: 15, 2: 30, 3: 45}.get(int(quarters))


def hours_and_minutes(r: Reading, m: Match) -> Found | None:
    """ "One hour and 45 minutes", "a one-hour and 45-minute"."""
    if [_unit(r, m), calendar.unit(r.word(m.start("u2")))] != ["H", "M"]:
        return None
    hours, minutes = _number(r, m, "n"), _number(r, m, "n2")
    if hours is None or minutes is None:
        return None
    return Found(value=f"PT{int(hours * 60 + minutes)}M", length=True)


def vague_length(r: Reading, m: Match) -> Found | None:
    """ "For weeks", "the months before the war"; but "in some quarters" is no time."""
    of, word, after = _unit(r, m), r.word(m.start("u")), r.word(m.end())
    before = r.word(m.start() - 1)
    if of == "H" and (before == "early" or before in calendar.DAY_PARTS):
        return None
    if of in (None, "Q") or not word.endswith("s") or after in ("old", "'s", "s"):
        return None
    return _length(None, of)
