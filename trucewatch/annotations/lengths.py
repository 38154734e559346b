"""Lengths of time and the days they lead to: "two hours", "the past two days", "five years ago"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from trucewatch.annotations import calendar
from trucewatch.annotations.numbers import numeral
from trucewatch.annotations.timexes import Found, Match, of_day, of_value

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading

_ARTICLES = ("a", "an", "another")
_AFTER_ARTICLE = {"hundred", "thousand", "dozen", "few", "couple", "half"}
_BACK = {"last", "past", "previous", "preceding", "recent", "latest"}


def _number(r: Reading, m: Match, name: str) -> float | None:
    """The number on a group; one for an article; None for a vague word ("few", "several")."""
    first, last = m.span(name)
    if last - first > 1 and r.word(first) in _ARTICLES and r.word(first + 1) not in _AFTER_ARTICLE:
        first += 1
    if last - first == 1 and r.word(first) in _ARTICLES:
        return 1
    found = numeral(r.items, first) if first < last else None
    return float(found.low) if found and not found.vague and found.last >= last else None


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
    try:
        other = calendar.shifted(r.ref, int(-number if back else number), of).isoformat()
    except OverflowError:
        return Found(value=text, length=True)
    return Found(value=text, start=other if back else here, end=here if back else other, relative=True)


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
    """ "Two days ago", "five years ago", "a week earlier", "three years later"."""
    of, number, word = _unit(r, m), _number(r, m, "n"), r.word(m.end("u"))
    if of is None:
        return None
    base = r.ref if word == "ago" else r.anchor or r.ref
    if number is None or base is None:
        return Found(value="PAST_REF" if word == "ago" else calendar.period("X", of), relative=True)
    if of == "Y" and word != "ago" and r.year and number == int(number):
        return of_value(f"{r.year + int(number if word == 'later' else -number):04d}", relative=True)
    try:
        day = calendar.shifted(base, int(number if word == "later" else -number), of)
    except OverflowError:
        return None
    if of in ("H", "M", "S", "D"):
        return of_day(day, relative=True)
    return of_value(calendar.at_grain(day, of), relative=True)


def in_time(r: Reading, m: Match) -> Found | None:
    """ "In two weeks": a day ahead where the text looks ahead, else a length."""
    of, number = _unit(r, m), _number(r, m, "n")
    if of is None or number is None or r.ref is None or of in ("H", "M", "S", "DE", "CE"):
        return duration(r, m)
    if r.future() is not True:
        return duration(r, m)
    return of_day(calendar.shifted(r.ref, int(number), of), relative=True)


def duration(r: Reading, m: Match) -> Found | None:
    """ "Two hours", "45-minute", "a week", "several months", "two and a half years"; but no age."""
    of, number = _unit(r, m), _number(r, m, "n")
    if of is None or "old" in (r.word(m.end()), r.word(m.end() + 1)):
        return None
    if of == "S" and r.word(m.start("n")) in _ARTICLES:
        return None
    return _length(number, of)


def half(r: Reading, m: Match) -> Found | None:
    """ "Half an hour", "half a year"."""
    value = {"H": "PT30M", "Y": "P6M", "D": "PT12H"}.get(_unit(r, m) or "")
    return Found(value=value, length=True) if value else None


def and_a_part(r: Reading, m: Match) -> Found | None:
    """ "An hour and a half", "an hour and three quarters", "two hours and a quarter"."""
    number, part = _number(r, m, "n"), _part(r, m)
    if _unit(r, m) != "H" or number is None or part is None:
        return None
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
    """ "For weeks", "for months"."""
    of = _unit(r, m)
    return _length(None, of) if of and r.word(m.start("u")).endswith("s") else None
