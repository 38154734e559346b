"""Days and spans told from the day of publication: today, overnight, last week, this month, the weekend."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from trucewatch.annotations import calendar, timewords
from trucewatch.annotations.daterules import (
    EDGE_WORDS,
    clock,
    cut_month,
    edge,
    month_day,
    part,
    present,
    weekday,
)
from trucewatch.annotations.lengths import of_unit, span_of
from trucewatch.annotations.timexes import Found, Match, of_day, of_value

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading

_NEAR_DAYS = {
    "today": 0,
    "todays": 0,
    "tonight": 0,
    "yesterday": -1,
    "yesterdays": -1,
    "tomorrow": 1,
    "tomorrows": 1,
}


_DATED = timewords.pattern("{day|ordinal|month|short|modal|weekday}")
_STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "latest": -1, "next": 1,
    "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
_ANAPHORIC = ("that", "same", "following", "previous", "preceding", "prior")
"""What is told from the time named last, in the news as in a history."""


def near_day(r: Reading, m: Match) -> Found:
    """ "Today", "yesterday evening", "tomorrow at 9 am", "the day before yesterday"."""
    word = r.word(m.start("t"))
    shift = _NEAR_DAYS[word] * (2 if "b" in m.re.groupindex and m.group("b") else 1)
    suffix = "TNI" if word == "tonight" else clock(r, m) or part(r, m)
    return _shifted_day(r, shift, suffix)


def _shifted_day(r: Reading, shift: int, suffix: str = "") -> Found:
    if r.here is None:
        return Found(value="XXXX-XX-XX" + suffix, relative=True)
    return of_day(r.here + dt.timedelta(days=shift), relative=True, suffix=suffix)


def overnight(r: Reading, m: Match) -> Found:
    """The night before publication: it touches two days."""
    if r.ref is None:
        return Found(value="XXXX-XX-XXTNI", relative=True)
    before = r.ref - dt.timedelta(days=1)
    return Found(
        value=before.isoformat() + "TNI", start=before.isoformat(), end=r.ref.isoformat(), relative=True
    )


def this_part(r: Reading, m: Match) -> Found | None:
    """ "This morning", "last night", "that evening", "the next morning"."""
    turn, part = r.word(m.start("dir")), r.word(m.start("p"))
    suffix = "T" + calendar.DAY_PARTS[part]
    if turn in ("that", "same", "next", "following"):
        base = r.told.day or r.here
        if base is None:
            return Found(value="XXXX-XX-XX" + suffix, relative=True)
        return of_day(
            base + dt.timedelta(days=int(turn in ("next", "following"))), relative=True, suffix=suffix
        )
    return _shifted_day(r, -1 if turn in ("last", "previous") else 0, suffix)


def part_alone(r: Reading, m: Match) -> Found | None:
    """ "In the morning", "before dawn": of the day of publication."""
    of_a_day = r.word(m.end()) in ("of", "on") and _DATED.match(r.classes, m.end() + 1)
    return None if of_a_day else _shifted_day(r, 0, "T" + calendar.DAY_PARTS[r.word(m.start("p"))])


def decimal_clock(r: Reading, m: Match) -> Found | None:
    """ "At 12.30", "after 14.00"."""
    hour, _, minute = r.word(m.start("c")).partition(".")
    if (
        len(minute) != 2
        or not hour.isdigit()
        or int(hour) > 24
        or int(minute) > 59
        or r.word(m.end()) in ("%", "percent", "million")
    ):
        return None
    return _shifted_day(r, 0, f"T{int(hour):02d}:{minute}")


def clock_alone(r: Reading, m: Match) -> Found | None:
    """ "At 19:30", "around 7 pm": of the day of publication."""
    suffix = clock(r, m)
    return _shifted_day(r, 0, suffix) if suffix else None


def turned_unit(r: Reading, m: Match) -> Found | None:
    """ "Last week", "this month", "earlier this year", "next quarter", "the previous day"."""
    turn, of = r.word(m.start("dir")), calendar.unit(r.word(m.start("u")))
    if of is None or of in ("H", "M", "S"):
        return None
    if r.word(m.start("u")).endswith("s"):
        return present(r, m) if r.word(m.start("dir")) == "these" and of == "D" else None
    if of == "D":
        return _turned_day(r, turn)
    base = (r.told.date() if turn in _ANAPHORIC else None) or r.here
    step = _STEPS.get(turn, 0)
    if base is None:
        year = calendar.year_text(r.told.year + step) if of == "Y" and r.told.year else "XXXX"
        return Found(value=year, relative=True)
    if turn == "past" and of != "WE":
        return span_of(r, 1, of, back=True)
    if of == "WE":
        over = turn == "this" and base.weekday() < 2 and r.future() is not True
        return of_value(_weekend(base, -1 if over else step), relative=True)
    day = calendar.moved(base, step, of)
    if day is None:
        return None
    text = calendar.at_grain(day, of)
    found = of_value(text, relative=True)
    if of == "Y" and step:
        found = msgspec.structs.replace(found, start=f"{text}-01-01", end=f"{text}-12-31")
    return _cut_unit(r, found, m)


def in_the_unit(r: Reading, m: Match) -> Found | None:
    """ "Later in the year", "earlier in the day"."""
    of, told = calendar.unit(r.word(m.start("u"))), r.told.day or r.here
    if of == "Y" and r.year:
        return of_value(calendar.year_text(r.year), relative=True)
    if of not in ("D", "W", "MO") or told is None or r.here is None:
        return None
    return of_unit(told if of == "D" else r.here, of)


def unit_beside(r: Reading, m: Match) -> Found | None:
    """ "The day before", "the year after": beside the time told of."""
    of, told = calendar.unit(r.word(m.start("u"))), r.told.date() or r.here
    if of not in ("D", "W", "MO", "Y") or told is None:
        return None
    day = calendar.moved(told, 1 if r.word(m.start("b")) == "after" else -1, of)
    return of_unit(day, of) if day else None


def week_of(r: Reading, m: Match) -> Found | None:
    """ "The week of March 6": the week that holds a day; "the week beginning July 1" likewise."""
    found = month_day(r, m) if r.word(m.start("u")) == "week" else None
    return of_unit(found.day, "W") if found and found.day else None


def beside_day(r: Reading, m: Match) -> Found | None:
    """ "The day before last Tuesday", "the day after Sunday"."""
    found = weekday(r, m) if r.word(m.start("u")) == "day" else None
    if found is None or found.day is None:
        return None
    step = 1 if r.word(m.start("b")) == "after" else -1
    return of_day(found.day + dt.timedelta(days=step), relative=True)


def edge_of_unit(r: Reading, m: Match) -> Found | None:
    """ "The end of the year", "the beginning of the month": its last or first day."""
    of = calendar.unit(r.word(m.start("u")))
    if of == "Y" and r.year and r.year < 0:
        return of_value(calendar.year_text(r.year), relative=True)
    if of not in ("Y", "MO", "W", "Q", "DE", "CE") or r.here is None:
        return None
    text = calendar.at_grain(r.here, of)
    window = calendar.window(text if of != "Y" else text + "-01")
    if window is None:
        return None
    first, last = (f"{text}-01-01", f"{text}-12-31") if of == "Y" else window
    day = first if edge(r, m) == "start" else last
    return Found(value=text, start=day, end=day, relative=True)


def the_weekend(r: Reading, m: Match) -> Found | None:
    """ "The weekend": the one just past, or this one where the text looks ahead."""
    if r.here is None or r.word(m.start("u")) != "weekend":
        return None
    led = (r.word(r.first - 2), r.word(r.first - 1))
    awaited = r.future() is True or led == ("ahead", "of") or led[1] in ("before", "until")
    back = r.here.weekday() < 5 and not awaited
    return of_value(_weekend(r.here, -1 if back else 0), relative=True)


def _weekend(ref: dt.date, step: int) -> str:
    """The weekend of a week; said on a Saturday to Wednesday without more it is the one just past."""
    return calendar.week(ref + dt.timedelta(days=7 * step)) + "-WE"


def _cut_unit(r: Reading, found: Found, m: Match) -> Found:
    """ "Earlier this month" ends on the day of publication, "later this year" begins on it."""
    edge = r.word(m.start("e")) if "e" in m.re.groupindex and m.group("e") else None
    window = calendar.window(found.value)
    if r.ref is None or edge is None or window is None:
        return found
    here = r.ref.isoformat()
    first, last = found.start or window[0], found.end or window[1]
    if len(first) == 4:
        first, last = f"{first}-01-01", f"{last}-12-31"
    if edge in ("earlier", "previously", "already") and first <= here:
        return msgspec.structs.replace(found, start=first, end=here)
    if edge == "later" and here <= last:
        return msgspec.structs.replace(found, start=here, end=last)
    if len(found.value) == 7 and found.value[5:].isdigit():
        return cut_month(found, EDGE_WORDS.get(edge))
    return found


def _turned_day(r: Reading, turn: str) -> Found | None:
    if turn in ("last", "past", "coming"):
        return None
    base = (r.told.day if turn in ("next", *_ANAPHORIC) else None) or r.here
    if base is None:
        return Found(value="XXXX-XX-XX", relative=True)
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "prior": -1}.get(turn, 0)
    return of_day(base + dt.timedelta(days=step), relative=True)
