"""What a matched run of time words means: a function for each rule of the date grammar.

Each gives what it has read, or None where the words are no time after all.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from trucewatch.annotations import calendar
from trucewatch.annotations.datestory import pair, year_ahead
from trucewatch.annotations.numbers import ONES, ORDINALS, TENS
from trucewatch.annotations.timexes import Build, Found, Match, of_day, of_value

if TYPE_CHECKING:
    from trucewatch.annotations.dates import Reading


def _ordinal(text: str) -> int:
    return ORDINALS.get(text) or int("".join(c for c in text if c.isdigit()) or 0)


def day_number(r: Reading, m: Match, name: str) -> int:
    """The number that a figure or an ordinal names."""
    item = r.items[m.start(name)]
    return _ordinal(item.lower)


def _month_number(r: Reading, m: Match) -> int:
    word = r.items[m.start("m")].lower
    return calendar.MONTHS.get(word) or calendar.ABBREVIATED[word]


def year_in(r: Reading, m: Match, month: int, day: int | None) -> tuple[int | None, bool]:
    """The year of a month or day, and whether the text leaves it to the reader."""
    if "y" in m.re.groupindex and m.group("y"):
        return int(r.items[m.start("y")].lower), False
    if "by" in m.re.groupindex and m.group("by"):
        return -_whole(r.word(m.start("by"))), False
    if "sy" in m.re.groupindex and m.group("sy"):
        return _said(*[word for i in range(*m.span("sy")) if (word := r.word(i)) != "-"]), False
    if "ry" in m.re.groupindex and m.group("ry") and r.ref:
        if r.word(m.start("ry")) in ("that", "same"):
            return r.told.year or r.ref.year, True
        return r.ref.year + {"last": -1, "previous": -1, "this": 0}.get(r.word(m.start("ry")), 1), True
    if shared := year_ahead(r.items, r.classes, m.end()):
        return shared, False
    if r.narrative and r.told.year:
        return r.told.year_of(month), True
    if r.ref is None:
        return None, True
    return calendar.year_for(r.ref, month, day, future=r.awaited() or r.future()), True


def month_day(r: Reading, m: Match) -> Found | None:
    """ "20 February 2022", "Feb. 20", "on May 27"; but "in March 20 people died" names no day."""
    if r.word(r.first - 1) == "in" and m.end() == m.end("d") and m.start("m") == r.first:
        return None
    month, number = _month_number(r, m), day_number(r, m, "d")
    year, relative = year_in(r, m, month, number)
    if year is None:
        known = calendar.day_of(2000, month, number)
        return Found(value=f"XXXX-{month:02d}-{number:02d}", relative=True) if known else None
    if year < 0:
        value = f"{calendar.year_text(year)}-{month:02d}-{number:02d}"
        return Found(value=value, relative=relative, year=year)
    day = calendar.day_of(year, month, number)
    if relative and r.ref and not r.narrative:
        day = _on_weekday(r, m, month, number) or day
    return of_day(day, relative=relative, suffix=clock(r, m) or _part_before(r)) if day else None


def _part_before(r: Reading) -> str:
    """The part of the day that stands before the match: "in the morning of", "in the early hours of"."""
    if [r.word(r.first - back) for back in (3, 2, 1)] == ["early", "hours", "of"]:
        return "TMO"
    at = r.first - (3 if r.word(r.first - 2) == "hours" else 2)
    named = r.word(r.first - 1) in ("of", "on") and calendar.DAY_PARTS.get(r.word(at))
    return f"T{named}" if named else ""


def _on_weekday(r: Reading, m: Match, month: int, number: int) -> dt.date | None:
    """Where a weekday is named too, the nearest such date that falls on it."""
    named = [w for i in range(*m.span()) if (w := _weekday_number(r.word(i))) is not None]
    if not named or r.ref is None:
        return None
    ref = r.ref
    days = [calendar.day_of(ref.year + shift, month, number) for shift in (-1, 0, 1)]
    fitting = [day for day in days if day and day.weekday() == named[0]]
    return min(fitting, key=lambda day: abs((day - ref).days), default=None)


def _weekday_number(word: str) -> int | None:
    """Monday is 0; "sundays" is a Sunday's, its mark lost."""
    found = calendar.WEEKDAYS.get(word, calendar.WEEKDAYS.get(word.removesuffix("s")))
    return calendar.SHORT_WEEKDAYS.get(word) if found is None else found


def day_range(r: Reading, m: Match) -> Found | None:
    """ "From 3 to 5 May", "July 11-12, 2023"."""
    month = _month_number(r, m)
    numbers = [day_number(r, m, "d1"), day_number(r, m, "d2")]
    year, relative = year_in(r, m, month, numbers[1])
    if year is None or numbers[0] >= numbers[1]:
        return None
    days = [calendar.day_of(year, month, n) for n in numbers]
    if days[0] is None or days[1] is None:
        return None
    return _from_to(r, m, days[0], days[1], relative=relative)


def _from_to(r: Reading, m: Match, first: dt.date, last: dt.date, *, relative: bool) -> Found:
    """A window from one day to another; in a history, which dates each event, the two days."""
    start, end = first.isoformat(), last.isoformat()
    if not r.narrative:
        return Found(value=f"{start}/{end}", start=start, end=end, relative=relative, day=last)
    second = m.start("m2") if "m2" in m.re.groupindex else m.start("d2")
    return pair(
        of_day(first, relative=relative),
        of_day(last, relative=relative),
        until=max(m.end("d1"), m.end("m") if m.end("m") < m.start("d2") else 0),
        first=min(second, m.start("d2")),
    )


def month_range(r: Reading, m: Match) -> Found | None:
    """From one month's day to another's: "30 January to 2 February 2022", "February 24 to March 3"."""
    months = [
        calendar.MONTHS.get(w) or calendar.ABBREVIATED[w]
        for w in (r.word(m.start("m")), r.word(m.start("m2")))
    ]
    numbers = [day_number(r, m, "d1"), day_number(r, m, "d2")]
    year, relative = year_in(r, m, months[1], numbers[1])
    if year is None:
        return None
    first = calendar.day_of(year - (months[0] > months[1]), months[0], numbers[0])
    last = calendar.day_of(year, months[1], numbers[1])
    if not first or not last or first >= last:
        return None
    return _from_to(r, m, first, last, relative=relative)


def numeric(r: Reading, m: Match) -> Found | None:
    """ "2022-02-19", "24.07.2016", "7/24/2016", "9/11"."""
    text = r.word(m.start("d"))
    if text == "9/11":
        return of_day(dt.date(2001, 9, 11), relative=False)
    parts = [int(p) for p in re.split(r"[./-]", text)]
    if parts[0] > 31:
        day = calendar.day_of(*parts)
    else:
        day = _day_or_month_first(parts, slash="/" in text, ref=r.ref)
    return of_day(day, relative=False, suffix=clock(r, m)) if day and day.year in _YEARS else None


_YEARS = range(1000, 2200)


def _day_or_month_first(parts: list[int], *, slash: bool, ref: dt.date | None) -> dt.date | None:
    """ "24.07.2016" is day first; with slashes whichever is nearer to the reference, else month first."""
    day_first = calendar.day_of(parts[2], parts[1], parts[0])
    month_first = calendar.day_of(parts[2], parts[0], parts[1])
    if not slash or not month_first:
        return day_first or month_first
    if day_first and ref and abs((day_first - ref).days) < abs((month_first - ref).days):
        return day_first
    return month_first


_EDGE_DAYS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "start": (1, 10), "end": (21, 31)}
EDGE_WORDS = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "beginning": "start",
    "start": "start",
    "end": "end",
}


def edge(r: Reading, m: Match) -> str | None:
    """Which part of a month or year the match names: early, mid, late, start or end."""
    return EDGE_WORDS.get(r.word(m.start("e"))) if "e" in m.re.groupindex and m.group("e") else None


def month(r: Reading, m: Match) -> Found | None:
    """ "February 2022", "in July", "last November", "early May"."""
    if r.word(r.first - 1) in ("each", "every") or (m.group() == m.group("m") and not _reads_as_month(r)):
        return None
    month = _month_number(r, m)
    turn = r.word(m.start("dir")) if "dir" in m.re.groupindex and m.group("dir") else None
    year, relative = year_in(r, m, month, None)
    if year is None:
        return Found(value=f"XXXX-{month:02d}", relative=True)
    if turn and r.here:
        year, relative = _year_towards(r.here, month, turn), True
    found = of_value(f"{calendar.year_text(year)}-{month:02d}", relative=relative, year=year)
    if "e" in m.re.groupindex and m.group("e") and r.word(m.start("e")) == "earlier":
        return _up_to(found, r.ref)
    return cut_month(found, edge(r, m))


def _up_to(found: Found, ref: dt.date | None) -> Found:
    """What lies before the day of publication in a month that has begun by then."""
    here = ref.isoformat() if ref else ""
    begun = found.start and found.end and found.start <= here
    return msgspec.structs.replace(found, end=min(found.end or "", here)) if begun else found


_MONTH_LEADS = {
    "in", "since", "by", "of", "until", "till", "from", "during", "between", "and", "to", "before",
    "after", "through",
    "for", "the", "a", ",", "(", "-", "on",
}  # fmt: skip


def _reads_as_month(r: Reading) -> bool:
    """Whether a month's name alone is one: "May", "March" and short names want a leading word."""
    word = r.word(r.first)
    named = word in ("may", "march") or r.last == len(r.items) or not r.items[r.last].capital  # "Jan Smith"
    return word not in ("may", "march", *calendar.ABBREVIATED) or (
        named and r.word(r.first - 1) in _MONTH_LEADS
    )


def _year_towards(ref: dt.date, month: int, turn: str) -> int:
    if turn in ("last", "past", "previous"):
        return ref.year - (month >= ref.month)
    if turn in ("next", "coming"):
        return ref.year + (month <= ref.month)
    return ref.year


def cut_month(found: Found, edge: str | None) -> Found:
    """Early, middle or late in a month: its first, second or last third."""
    if edge is None or found.start is None or found.end is None:
        return found
    first, last = _EDGE_DAYS[edge]
    start, end = f"{found.start[:8]}{first:02d}", min(f"{found.end[:8]}{last:02d}", found.end)
    return msgspec.structs.replace(found, start=start, end=end)


def year_alone(r: Reading, m: Match) -> Found | None:
    """ "2014", "late 2016", "the end of 2022"."""
    item = r.items[m.start("y")]
    if not _reads_as_year(r, m.start("y")):
        return None
    found = of_value(item.lower, relative=False, year=int(item.lower))
    if r.word(m.start("e")) == "end" and m.group("e"):
        return msgspec.structs.replace(found, start=f"{item.lower}-12-31", end=f"{item.lower}-12-31")
    return found


def short_year(r: Reading, m: Match) -> Found | None:
    """ "The summer of '88": the last such year, in the news up to ten years ahead."""
    at, after = m.start("y"), r.items[m.end()] if m.end() < len(r.items) else None
    latest = r.year and r.year + (0 if r.narrative else _SOON)
    counted = after is not None and _is_plural(after.lower)
    joined = r.items[at - 1].end == r.items[at].start and len(r.word(at)) == 2
    if not joined or counted or not latest or latest < 100 or r.word(r.first - 1) not in _SHORT_YEAR_LEADS:
        return None
    year = latest - (latest - int(r.word(at))) % 100
    return of_value(f"{year}", relative=True, year=year)


_SOON = 10  # years
_SHORT_YEAR_LEADS = {"in", "of", "since", "by", "until", "from", "and", "to", "late", "early"}
_YEAR_LEADS = {
    "in", "since", "by", "of", "from", "until", "till", "to", "late", "early", "mid", "between", "and",
    "before", "after",
    "during", "through", "(", "spring", "summer", "autumn", "fall", "winter", "year", "fiscal", "the",
    "-", ",", "back", "for",
}  # fmt: skip
_NO_YEAR_LEADS = {
    "$",
    "€",
    "£",
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "than",
    "over",
    "least",
    "most",
    "approximately",
    "no",
    "number",
    "resolution",
    "#",
    "up",
}


def _reads_as_year(r: Reading, at: int) -> bool:
    """A figure of four digits is a year unless something is counted in it."""
    item, before, after = r.items[at], r.word(at - 1), r.items[at + 1] if at + 1 < len(r.items) else None
    if "," in item.lower or before in _NO_YEAR_LEADS or not 1000 <= int(item.lower) <= 2150:
        return False
    if after and after.lower in (
        "%",
        "bc",
        "b.c.",
        "m",
        "km",
        "kg",
        "mm",
        "metres",
        "meters",
        "hours",
        "gmt",
        "utc",
    ):
        return after.lower in ("bc", "b.c.")
    counted = after is not None and after.kind == "word" and not after.capital and _is_plural(after.lower)
    counted = counted and not _is_of_year(before, int(item.lower), after.lower if after else "")
    if counted or (at > r.first and before == "-"):
        return not counted
    if at and r.items[at - 1].end == item.start and before in ("-", ".", "_"):
        return before == "-" and r.word(at - 2) in ("post", "pre")
    if int(item.lower) < 1700:
        return before in ("in", "since", "until", "from", "by") and not (
            after and _is_word_of_count(after.lower)
        )
    return before in _YEAR_LEADS or before != "-"


def _is_of_year(before: str, number: int, noun: str) -> bool:
    """ "The 2014 elections", "fiscal 1989 sales"; but "the 2014 prisoners" are so many."""
    return before in ("the", "fiscal") and number >= 1700 and number % 100 != 0 and noun not in _COUNTED


_COUNTED = {
    "people", "men", "women", "children", "troops", "soldiers", "fighters", "militants", "prisoners",
    "detainees", "hostages", "civilians", "refugees", "residents", "families", "houses", "homes",
    "buildings", "violations", "explosions", "cases", "victims", "members",
}  # fmt: skip


def _is_word_of_count(word: str) -> bool:
    return word in ("killed", "injured", "wounded", "dead", "missing", "more", "others")


def _is_plural(word: str) -> bool:
    return word in ("people", "men", "women", "children", "troops") or (
        len(word) > 3 and word.endswith("s") and word not in _NOT_PLURAL
    )


_NOT_PLURAL = {
    "this",
    "was",
    "has",
    "is",
    "as",
    "does",
    "its",
    "his",
    "across",
    "always",
    "thus",
    "towards",
    "unless",
    "plus",
    "perhaps",
}


def before_christ(r: Reading, m: Match) -> Found | None:
    """ "241 BC", "late in 241 BC"."""
    return _year_bc(r.word(m.start("y")))


def _year_bc(number: str) -> Found | None:
    year = -_whole(number)
    return Found(value=calendar.year_text(year), year=year) if year else None


def _whole(number: str) -> int:
    """A year in figures; zero where it is none."""
    return int(number) if number.isdigit() and len(number) <= 4 else 0


def years_before_christ(r: Reading, m: Match) -> Found | None:
    """ "264 to 241 BC": two years."""
    first, last = _year_bc(r.word(m.start("y1"))), _year_bc(r.word(m.start("y")))
    if first is None or last is None or first.value <= last.value:
        return None
    return pair(first, last, until=m.end("y1"), first=m.start("y"))


def year_pair(r: Reading, m: Match) -> Found | None:
    """ "1914-1918", "1995-96": two years."""
    first, last = r.word(m.start("y1")), r.word(m.start("y"))
    if len(last) == 2:
        last = first[:2] + last
    if not _reads_as_year(r, m.start("y1")) or not last.isdigit() or not 0 < int(last) - int(first) < 100:
        return None
    if m.end() < len(r.items) and not r.items[m.end()].capital and _is_plural(r.word(m.end())):
        return None
    one = of_value(first, relative=False, year=int(first))
    return pair(one, of_value(last, relative=False), until=m.end("y1"), first=m.start("y"))


def spoken_year(r: Reading, m: Match) -> Found | None:
    """ "Nineteen ninety-six", "the year two thousand": a year as it is said."""
    year = _said(*[word for i in range(*m.span("sy")) if (word := r.word(i)) != "-"])
    if year == 2000 and r.word(r.first - 1) != "year":
        return None
    return of_value(f"{year}", relative=False, year=year) if year else None


def _said(century: str, tens: str, ones: str = "") -> int | None:
    if (century, tens) == ("two", "thousand"):
        return 2000 + ONES.get(ones, 0)
    number, rest = (ONES | TENS).get(tens, 0), ONES.get(ones, 0)
    if century not in ("eighteen", "nineteen", "twenty") or number < 10 or rest > 9 or (rest and number % 10):
        return None
    return (ONES | TENS)[century] * 100 + number + rest


_DECADES = {
    "twenties": "20", "thirties": "30", "forties": "40", "fifties": "50", "sixties": "60", "seventies": "70",
    "eighties": "80", "nineties": "90",
}  # fmt: skip


def decade(r: Reading, m: Match) -> Found | None:
    """ "The 1990s", "the '80s"."""
    word = r.word(m.start("d"))
    digits = _DECADES.get(word) or "".join(c for c in word if c.isdigit())
    of_age = r.word(r.first - 1) in ("his", "her", "their", "my", "your", "our")
    if not digits.endswith("0") or len(digits) not in (2, 4) or of_age:
        return None
    return of_value((digits if len(digits) == 4 else "19" + digits)[:3], relative=False)


def century(r: Reading, m: Match) -> Found | None:
    """ "The 20th century", "the 9th century BC"."""
    number = day_number(r, m, "o")
    if r.word(m.start("u")) != "century" or not 1 < number < 30:
        return None
    return of_value(("BC" if m.group("bc") else "") + f"{number - 1:02d}", relative=False)


def part(r: Reading, m: Match) -> str:
    """The part of the day as TIMEX3 writes it after the date: "TMO"; empty where none is named."""
    for name in ("p", "p2"):
        if name in m.re.groupindex and m.group(name):
            return "T" + calendar.DAY_PARTS[r.word(m.start(name))]
    return ""


def clock(r: Reading, m: Match) -> str:
    """The time of day: "T19:30"; empty where none is named."""
    for name in ("c", "c2"):
        if name in m.re.groupindex and m.group(name):
            return _time_of_day(r, m.start(name), m.end(name))
    return ""


def _time_of_day(r: Reading, first: int, last: int) -> str:
    words = [r.word(i) for i in range(first, last)]
    figure = next((w for w in words if w[:1].isdigit()), None)
    if figure is None:
        if words[-1] in calendar.DAY_PARTS:
            return "T" + calendar.DAY_PARTS[words[-1]]
        return next(
            (f"T{ONES[w]:02d}:00" for w in words if "o'clock" in words and 0 < ONES.get(w, 0) < 13), ""
        )
    hour, _, minute = figure.replace(".", ":").partition(":")
    if not minute and len(hour) > 2:
        hour, minute = hour[:-2], hour[-2:]
    number, minute = int(hour), minute[:2]
    half = next((w[0] for w in words if w in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m")), "")
    if half == "p" and number < 12:
        number += 12
    if half == "a" and number == 12:
        number = 0
    return f"T{number:02d}:{minute or '00'}" if number <= 24 and (minute or "0") < "60" else ""


def weekday(r: Reading, m: Match) -> Found | None:
    """ "Sunday", "on Friday night", "last Monday", "Tuesday at 9 am"."""
    number = _weekday_number(r.word(m.start("w")))
    if number is None or r.word(r.first - 1) in ("each", "every"):
        return None
    suffix = clock(r, m) or part(r, m) or _part_before(r)
    if r.here is None:
        return Found(value="XXXX-WXX-" + str(number + 1) + suffix, relative=True)
    turn = r.word(m.start("dir")) if "dir" in m.re.groupindex and m.group("dir") else ""
    if turn in ("previous", "preceding", "following"):
        base = r.told.day or r.here
        day = calendar.weekday_near(base, number, future=turn == "following", other=True)
    elif turn in ("last", "past"):
        day = calendar.weekday_near(r.here, number, future=False, other=True)
    elif turn in ("next", "coming", "upcoming"):
        day = calendar.weekday_near(r.here, number, future=True, other=True)
    elif turn == "this":
        day = calendar.weekday_near(r.here, number, future=r.future() is not False)
    else:
        day = calendar.weekday_near(r.here, number, future=r.future() is True or r.awaited())
    return of_day(day, relative=True, suffix=suffix)


def day_alone(r: Reading, m: Match) -> Found | None:
    """ "On the 15th": of the month told of."""
    told, item = r.told.date() if r.told.month else r.here, r.items[m.start("d")]
    day = calendar.day_of(told.year, told.month, day_number(r, m, "d")) if told else None
    return of_day(day, relative=True) if day and item.kind == "ordinal" else None


def present(r: Reading, m: Match) -> Found:
    """ "Now", "currently", "at the moment"."""
    here = r.ref.isoformat() if r.ref else None
    return Found(value="PRESENT_REF", start=here, end=here, relative=True)


def some_day(r: Reading, m: Match) -> Found | None:
    """ "It will one day end": no length but a day to come."""
    ahead_of = r.word(r.first - 1) in ("will", "would", "may", "might", "could", "can")
    return (
        ahead(r, m) if ahead_of and (r.word(m.start("n")), r.word(m.start("u"))) == ("one", "day") else None
    )


def present_state(r: Reading, m: Match) -> Found | None:
    """ "The current talks", "his current post": no event's time, so without days; "a current" is no time."""
    after = r.items[m.end()] if m.end() < len(r.items) else None
    noun = after is not None and after.kind != "mark" and after.lower not in _NO_NOUN
    return Found(value="PRESENT_REF", relative=True) if noun else None


_NO_NOUN = {"of", "in", "and", "or", "is", "was", "that", "with", "from", "to", "on", "as", "at", "by", "for"}


def state_in_history(r: Reading, m: Match) -> Found | None:
    """ "The former king", "future wars": told of in a history; in the news they are no dates."""
    if not r.narrative or present_state(r, m) is None:
        return None
    return Found(value="PAST_REF" if r.word(m.start()) == "former" else "FUTURE_REF", relative=True)


def past(r: Reading, m: Match) -> Found:
    """ "Recently", "in the past"."""
    return Found(value="PAST_REF", end=r.ref.isoformat() if r.ref else None, relative=True)


def ahead(r: Reading, m: Match) -> Found:
    """ "The near future", "as soon as possible"."""
    return Found(value="FUTURE_REF", start=r.ref.isoformat() if r.ref else None, relative=True)


full_date: tuple[Build, ...] = (month_day, numeric)
"""The rules that read a day with its year: a dateline is one of them."""
