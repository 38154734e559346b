"""Parts of a year: quarters, halves and seasons, and the periods that figures are reported for.

"A year earlier" said of a quarter is the same quarter of the year before.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from trucewatch.annotations import calendar, timewords
from trucewatch.annotations.daterules import day_number, month, part, year_in
from trucewatch.annotations.datestory import year_ahead
from trucewatch.annotations.numbers import numeral
from trucewatch.annotations.timexes import Found, Match, of_day, of_value

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading

_DAY = dt.timedelta(days=1)
_NUMBER = timewords.CODES["number"]
_REPORTED = 2  # quarters back
_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _group(r: Reading, m: Match, name: str) -> str:
    """The first word of a group, empty where the group is not part of the match."""
    return r.word(m.start(name)) if name in m.re.groupindex and m.group(name) else ""


def quarter(r: Reading, m: Match) -> Found | None:
    """ "The third quarter", "the first quarter of 2022", "last year's fourth quarter"."""
    number = day_number(r, m, "o")
    if not 1 <= number <= 4 or not r.word(m.start("u")).startswith("quarter"):
        return None
    year = year_in(r, m, 1, None)[0] if _group(r, m, "y") or _group(r, m, "ry") else None
    if year is None and r.here is None:
        return Found(value=f"XXXX-Q{number}", relative=True)
    if year is None and r.here:
        year = _near_year(r, number, (r.here.month + 2) // 3, r.here.year)
    if year is None or year < 1:
        return None
    return of_value(
        f"{year:04d}-Q{number}", relative=True, year=year if _is_reported(r, year, number) else None
    )


def _near_year(r: Reading, number: int, now: int, year: int) -> int:
    """The year of a numbered part of one: the last such part, or this year's where the text looks ahead."""
    return year if r.future() else year - (number > now)


def _is_reported(r: Reading, year: int, number: int) -> bool:
    """Whether figures of a quarter can be news: it runs now or ended lately."""
    if r.here is None:
        return True
    back = (r.here.year - year) * 4 + (r.here.month + 2) // 3 - number
    return 0 <= back <= _REPORTED


def year_before(told: str | None) -> Found | None:
    """The same quarter of the year before the one named last; None where none was named."""
    return of_value(f"{int(told[:4]) - 1:04d}{told[4:]}", relative=True) if told else None


def the_period(r: Reading, m: Match) -> Found | None:
    """ "The quarter", "the latest period", "the 1988 quarter": the quarter named last, or of that year."""
    word = r.word(m.start("u"))
    if r.here is None or word not in ("quarter", "period") or r.word(m.end() + 1) in ("to", "on", "over"):
        return None
    if _group(r, m, "l") not in ("", "latest"):
        return None
    if "m" in m.re.groupindex and m.group("m"):
        ended = month(r, m)
        return _quarter_of(ended.value) if ended and word == "quarter" else None
    told = _told_quarter(r, r.here, latest=bool(_group(r, m, "l"))) if word == "quarter" else r.told.quarter
    if told is None:
        return None
    year = year_in(r, m, 1, None)[0] if _group(r, m, "y") or _group(r, m, "ry") else int(told[:4])
    return of_value(f"{year:04d}{told[4:]}", relative=True)


def _told_quarter(r: Reading, here: dt.date, *, latest: bool) -> str:
    """The quarter named last, else the one that runs; the latest is over."""
    if not latest:
        return r.told.quarter or calendar.quarter(here)
    over = calendar.quarter(calendar.moved(here, -3, "MO") or here)
    return min(r.told.quarter or over, over)


def _quarter_of(month_value: str) -> Found:
    number = (int(month_value[5:7]) + 2) // 3
    return of_value(f"{month_value[:4]}-Q{number}", relative=True, year=int(month_value[:4]))


def current_unit(r: Reading, m: Match) -> Found | None:
    """ "The current quarter", "the current year"."""
    of = calendar.unit(r.word(m.start("u")))
    if r.here is None or of not in ("D", "W", "MO", "Q", "Y", "DE"):
        return None
    return of_value(calendar.at_grain(r.here, of), relative=True)


def year_ago(r: Reading, m: Match) -> Found | None:
    """ "Year-earlier", "the year-ago quarter": the quarter or year before the one told of."""
    units = [of for i in range(*m.span("a")) if (of := calendar.unit(r.word(i)))]
    if units != ["Y"] or r.here is None:
        return None
    if _group(r, m, "o"):
        return of_value(f"{r.here.year - 1:04d}-Q{day_number(r, m, 'o')}", relative=True)
    return year_before(r.told.quarter) or of_value(f"{r.here.year - 1:04d}", relative=True)


def the_year(r: Reading, m: Match) -> Found | None:
    """ "The year", "the full year", "the week"; but "the year ended in March" is a length."""
    of = calendar.unit(r.word(m.start("u")))
    if r.word(m.end()) in ("before", "after", "when", "that") or r.classes[m.end() : m.end() + 1] == _NUMBER:
        return None
    if of not in ("Y", "W") or r.word(m.start("u")).endswith("s"):
        return None
    if r.word(m.end()) in ("ended", "ending"):
        return Found(value=calendar.period(1, of), length=True)
    if of == "Y":
        return of_value(calendar.year_text(r.year), relative=True) if r.year else None
    return of_value(calendar.at_grain(r.here, of), relative=True) if r.here else None


def half_year(r: Reading, m: Match) -> Found | None:
    """ "The second half of 2008"."""
    number = 2 if _group(r, m, "o") == "last" else day_number(r, m, "o")
    year = r.word(m.start("y"))
    if number not in (1, 2):
        return None
    start, end = (f"{year}-01-01", f"{year}-06-30") if number == 1 else (f"{year}-07-01", f"{year}-12-31")
    return Found(value=f"{year}-H{number}", start=start, end=end, year=int(year))


def half_month(r: Reading, m: Match) -> Found | None:
    """ "The second half of March": from its 16th day."""
    found, number = month(r, m), day_number(r, m, "o")
    if found is None or found.start is None or found.end is None or number not in (1, 2):
        return found
    if number == 1:
        return msgspec.structs.replace(found, end=found.start[:8] + "15")
    return msgspec.structs.replace(found, start=found.start[:8] + "16")


def season(r: Reading, m: Match) -> Found | None:
    """ "This summer", "the winter of 2021", "the 2021 summer"."""
    name = calendar.SEASONS[r.word(m.start("s"))]
    if r.word(m.end()) == "of":
        return None
    if _group(r, m, "y") or _group(r, m, "by"):
        named = year_in(r, m, 1, None)[0] or 0
        return of_value(f"{calendar.year_text(named)}-{name}", relative=False, year=named)
    if r.ref is None:
        return Found(value=f"XXXX-{name}", relative=True)
    turn = _group(r, m, "dir") or _group(r, m, "ry")
    year = _season_year(r, r.ref, m, _FIRST_MONTH[name], turn)
    return of_value(f"{calendar.year_text(year)}-{name}", relative=True)


def _season_year(r: Reading, ref: dt.date, m: Match, first: int, turn: str) -> int:
    if shared := year_ahead(r.items, r.classes, m.end()):
        return shared
    if r.narrative and r.told.year:
        ahead = turn in ("next", "following") and first <= (r.told.month or 0)
        return r.told.year + 1 if ahead else r.told.year_of(first % 12 or 1)
    if turn == "this":
        return ref.year
    if turn in ("last", "past"):
        return ref.year - (first + 2 >= ref.month)
    if turn in ("next", "coming", "following"):
        return ref.year + (first <= ref.month)
    return calendar.year_for(ref, first, 1, future=r.future())


def stretch(r: Reading, m: Match) -> Found | None:
    """ "The last week of August", "the first ten months of 1915": a length with the days it stands for."""
    of, whole = calendar.unit(r.word(m.start("u"))), _whole(r, m)
    several = numeral(r.items, m.start("n")) if m.group("n") else None
    count = int(several.low) if several else 1
    if whole is None or whole.start is None or whole.end is None or of not in ("D", "W", "MO"):
        return None
    number = -1 if _group(r, m, "o") == "last" else day_number(r, m, "o") - 1
    begins = calendar.moved(_edge_of(whole, last=number < 0), count * number, of)
    after = calendar.moved(begins, count, of) if begins else None
    if begins is None or after is None:
        return None
    start, end = begins.isoformat(), (after - _DAY).isoformat()
    return Found(value=calendar.period(count, of), start=start, end=end, relative=whole.relative)


def _whole(r: Reading, m: Match) -> Found | None:
    """The month or year of which something is a part."""
    return of_value(_group(r, m, "y0"), relative=False) if _group(r, m, "y0") else month(r, m)


def _edge_of(whole: Found, *, last: bool) -> dt.date:
    """The first day of a month or year, or the day after its last."""
    start, end = whole.start or "", whole.end or ""
    if len(start) == 4:
        start, end = f"{start}-01-01", f"{end}-12-31"
    return dt.date.fromisoformat(end) + _DAY if last else dt.date.fromisoformat(start)


def year_end(r: Reading, m: Match) -> Found | None:
    """ "Year-end", "the year's end": its last day; "since year-end" the last day of the year before."""
    if r.here is None or r.word(m.start()) != "year":
        return None
    day = f"{r.here.year - (r.word(r.first - 1) == 'since'):04d}-12-31"
    return Found(value=day, start=day, end=day, relative=True)


def new_year(r: Reading, m: Match) -> Found | None:
    """ "New Year's Eve", "New Year's Day"."""
    if (r.word(m.start("f")), r.word(m.start("f") + 1)) != ("new", "year"):
        return None
    eve = "eve" in (r.word(m.end() - 1), r.word(m.end() - 2))
    number, of_month = (31, 12) if eve else (1, 1)
    year = year_in(r, m, of_month, number)[0]
    return (
        of_day(dt.date(year, of_month, number), relative=not _group(r, m, "y")) if year and year > 0 else None
    )


def feast(r: Reading, m: Match) -> Found | None:
    """ "Christmas Day", "Christmas Eve", "last Thanksgiving"."""
    eve = dt.timedelta(days=r.word(m.end("f")) == "eve")
    christmas = r.word(m.start("f")) == "christmas"
    year = year_in(r, m, 12 if christmas else 11, 25)[0]
    if year is None or year < 1:
        return None
    if r.ref and _group(r, m, "dir"):
        year = calendar.year_for(r.ref, 12 if christmas else 11, 25, future=_group(r, m, "dir") == "next")
    day = dt.date(year, 12, 25) if christmas else _thanksgiving(year)
    return of_day(day - eve, relative=not _group(r, m, "y"), suffix=part(r, m))


def _thanksgiving(year: int) -> dt.date:
    """The fourth Thursday of November."""
    return calendar.weekday_near(dt.date(year, 11, 28), 3, future=False)
