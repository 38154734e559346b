"""Windows that a mission counts by: from one cut-off to the next, and the periods before.

A window is told from evening to evening ("between the evenings of 6 and 7 February"), from clock to clock
("from 19:30 on 6 February to 19:30 on 7 February"), by its length and end ("the 24 hours to the cut-off")
or by its end alone ("as of 19:30 on 7 February"). A day of issue is none of these.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from trucewatch.model import Annotations, DateMention, Document, DurationMention, Span, Time

_CLOCK = r"(?:\d{1,2}[:.]\d\d|noon|midnight|\d{1,2} [ap]\.?m\.?)"
_EVENING = rf"(?:the\s+)?(?:evenings?|night|close|end|{_CLOCK})(?:\s+(?:of|on))?(?:\s+the)?\s+"
_LINK = re.compile(
    rf"(?:\s*\([^)\n]{{0,30}}\))?,?\s*(?:to|until|till|through|and|up to|–|—|-)\s*(?:{_EVENING})?$", re.I
)
_OPENS = re.compile(rf"(?:\b(?:from|between|window|period|covers|covering)\b[\s:]*)(?:{_EVENING})?$", re.I)
_CLOCKED = re.compile(rf"{_CLOCK}", re.I)
_HALF = re.compile(
    rf"\b(?P<lead>from|between)\s+(?:{_EVENING})?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"\s+(?:and|to|until|till|–|-)\s+(?:{_EVENING})?$",
    re.I,
)
_RANGE = re.compile(r"\b(?:evenings?|nights?)\s+(?:of|from)\s+$|\b(?:between|from)\s+(?:the\s+)?$", re.I)
_UP_TO = (
    r"(?:to|before|until|till|up to|ending|ended|that ended|preceding|prior to|closing|through)"
    r"(?:\s+(?:at|on|with))?"
)
_ENDS = re.compile(rf"\s*{_UP_TO}\s+(?:the\s+|its\s+|this\s+)?", re.I)
_CUT = re.compile(r"(?:data\s+|reporting\s+)?cut-?off\b", re.I)
_CUT_OFF = re.compile(
    r"\b(?P<daily>as of|as at)\b[^.\n]{0,12}$|\bcut-?off\b[^.\n]{0,14}$"
    r"|\b(?:up to|until|till|by|closed at|closing at|closes at|ended at|ending at|ending|ended|to)\s+$",
    re.I,
)
_FIRM = re.compile(r"\b(?:as of|as at|cut-?off)\b", re.I)
_LEAD = re.compile(
    r"\b(?:in|over|during|for|within|between|from|of)\s+(?:the\s+)?(?:evenings?\s+of\s+)?$", re.I
)
_HOURS = re.compile(r"PT?(?P<number>\d+)(?P<unit>[HD])")
_NUMBER = r"\d+|twenty-four|forty-eight|seventy-two|two|three|four"
_EARLIER = re.compile(
    rf"(?:\b(?:in|over|during|for)\s+)?(?:\b(?:the|its|that)\s+)?"
    rf"\b(?:(?:previous|preceding|prior|last|earlier|foregoing)\s+(?:(?:reporting|monitoring)\s+(?:period|window)"
    r"|period|report|bulletin|window)"
    rf"|(?:previous|preceding|prior)\s+(?P<hours>{_NUMBER})\s+hours"
    r"|(?:previous|preceding)\s+(?:two\s+|three\s+)?(?:days?|evenings?|nights?|weeks?|months?)"
    r"|(?:(?:one|a)\s+)?(?:day|evening|night|week|month|period|reporting period|report|window|24 hours"
    r"|twenty-four hours)\s+(?:before|earlier|previously)(?!\s+(?:the|that|this|its|it|cut|\d)\b))",
    re.I,
)
# Words that only set something against an earlier period, without a number of it.
_SET_AGAINST = re.compile(
    r"\b(?:than|compared (?:with|to)|as|like|unlike|from|against|versus|since|relative to|on|over)\s+"
    r"(?:(?:in|during|for|over|that of|those of)\s+)?(?:the\s+)?$",
    re.I,
)
_WORDS = {"twenty-four": 24, "forty-eight": 48, "seventy-two": 72, "two": 2, "three": 3, "four": 4}
_SAME = re.compile(
    r"(?:\b(?:in|over|during|for|within)\s+)?(?:the|that|this)\s+(?:very\s+)?same\s+"
    r"(?:hours|time|period|window|(?:24|48|72) hours|evenings?|days?|span)\b",
    re.I,
)
_SINCE = re.compile(
    r"\bsince\s+(?!(?:the\s+)?(?:previous|last|preceding|evenings?|night|cut-?off|midnight|noon|then\b"
    r"|that))(?P<from>(?:\d{1,2}[:.]\d\d\s+)?[^,;:.()]{2,80})"
    r"|\b(?:so far (?:this (?:year|month|quarter)|in \d{4})\b|to date\b|cumulatively\b|running total\b)",
    re.I,
)
_SUPERLATIVE = re.compile(r"\b(?:highest|lowest|most|fewest|worst|largest|record|first|only)\b", re.I)
_TOLD = re.compile(r"\b(?:issued|published|released|dated|posted|report of|reports of|statement of)\b", re.I)


class Spell(NamedTuple):
    """A window as the text tells it. ``period`` is its length where the text gives it in hours."""

    span: Span
    start: dt.date | None
    end: dt.date
    text: str
    period: str | None = None

    @property
    def time(self) -> Time:
        """As a claim's time."""
        return Time(
            text=self.text, start=self.start.isoformat() if self.start else None, end=self.end.isoformat()
        )

    @property
    def length(self) -> str | None:
        """Its length, given or, where it is more than one evening, reckoned: it must not pass for a day."""
        if self.period or self.start is None or (self.end - self.start).days < 2:
            return self.period
        return f"PT{24 * (self.end - self.start).days}H"


class Earlier(NamedTuple):
    """Words that put a number in a period before: "in the previous 24 hours" (``hours`` 24)."""

    span: Span
    text: str
    hours: int | None
    against: bool


class Cutoff(NamedTuple):
    """The end of what a report counts; ``daily`` for the formula of a daily report ("as of")."""

    end: dt.date
    text: str
    daily: bool
    span: Span


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and len(text) == 10 else None


def _only_day(document: Document, date: DateMention) -> dt.date | None:
    """The day that a date names by itself, whatever the words around it made of it; a clock names none."""
    named = re.search(r"[^\W\d]{3}|\d[./-]\d", document.words(date.span).replace("noon", ""))
    return _day(date.value[:10]) if named and re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", date.value) else None


def cutoff(document: Document, annotations: Annotations) -> Cutoff | None:
    """ "Based on information as of 19:30 on 15 September", "cut-off: 19:30 on Friday, 18 February"."""
    for date in annotations.dates:
        end = _only_day(document, date)
        before = document.text[max(0, date.span[0] - 34) : date.span[0]]
        found = _CUT_OFF.search(before) if end else None
        if end is None or found is None or _TOLD.search(before):
            continue
        if _FIRM.search(found.group()) or _CLOCKED.match(document.words(date.span)):
            daily = found.group("daily") is not None and end.weekday() < 5
            return Cutoff(end=end, text=document.words(date.span), daily=daily, span=date.span)
    return None


def spells(document: Document, annotations: Annotations, *, cut: Cutoff | None) -> tuple[Spell, ...]:
    """The windows that a text tells, in their order."""
    found = [*_of_dates(document, annotations), *_of_lengths(document, annotations, cut)]
    return tuple(sorted(found, key=lambda spell: spell.span))


def _of_dates(document: Document, annotations: Annotations) -> Iterator[Spell]:
    text = document.text
    days = [d for d in annotations.dates if d.start or d.end]
    for number, date in enumerate(days):
        before = text[max(0, date.span[0] - 60) : date.span[0]]
        start, end = _day(date.start), _day(date.end)
        if start and end and start < end and _only_day(document, date) is None:
            if lead := _RANGE.search(before):
                yield _spell(document, (date.span[0] - len(before) + lead.start(), date.span[1]), start, end)
        elif (end := _only_day(document, date)) is not None:
            if half := _HALF.search(before):
                if begun := _earlier_day(end, int(half.group("day"))):
                    yield _spell(
                        document, (date.span[0] - len(before) + half.start(), date.span[1]), begun, end
                    )
            elif number and (begun := _begun(document, days[number - 1], date)) and begun < end:
                yield _spell(document, (days[number - 1].span[0], date.span[1]), begun, end)


def _begun(document: Document, first: DateMention, date: DateMention) -> dt.date | None:
    """The day a window opens that a date closes: "19:30 on 6 February to 19:30 on 7 February"."""
    begun = _only_day(document, first)
    between = document.text[first.span[1] : date.span[0]]
    if begun is None or len(between) > 60 or not _LINK.fullmatch(between):
        return None
    clocked = _CLOCKED.match(document.words(first.span)) or _CLOCKED.match(document.words(date.span))
    opened = _OPENS.search(document.text, max(0, first.span[0] - 60), first.span[0])
    return begun if clocked or opened else None


def _earlier_day(end: dt.date, day: int) -> dt.date | None:
    """The last day of that number before a date: "6" before 7 February, "31" before 1 March is none."""
    try:
        if day < end.day:
            return end.replace(day=day)
        return (end.replace(day=1) - dt.timedelta(days=1)).replace(day=day)
    except ValueError:
        return None


def _spell(document: Document, span: Span, start: dt.date, end: dt.date, period: str | None = None) -> Spell:
    first, last = span
    lead = _LEAD.search(document.text, max(0, first - 30), first)
    span = (lead.start() if lead else first, last)
    return Spell(span=span, start=start, end=end, text=document.words(span), period=period)


def _of_lengths(document: Document, annotations: Annotations, cut: Cutoff | None) -> Iterator[Spell]:
    """ "In the 24 hours to the cut-off", "the 48 hours ending at 19:30 on 20 February"."""
    marks: list[DateMention | DurationMention] = [*annotations.durations, *annotations.dates]
    for mark in marks:
        hours = _hours(mark.value)
        if not hours or hours % 24:
            continue
        link = _ENDS.match(document.text, mark.span[1])
        if link is None:
            continue
        end, last = _ending(document, annotations, link.end(), cut)
        if end:
            start = end - dt.timedelta(days=hours // 24)
            yield _spell(document, (mark.span[0], last), start, end, f"PT{hours}H")


def _hours(value: str) -> int | None:
    length = _HOURS.fullmatch(value)
    return int(length.group("number")) * (24 if length.group("unit") == "D" else 1) if length else None


def _ending(
    document: Document, annotations: Annotations, at: int, cut: Cutoff | None
) -> tuple[dt.date | None, int]:
    """The day that ends a window, named at an offset, and where its words end."""
    if cut and (named := _CUT.match(document.text, at)):
        return cut.end, named.end()
    evening = re.compile(_EVENING, re.I).match(document.text, at)
    for date in annotations.dates:
        if date.span[0] in (at, evening.end() if evening else at) and (day := _only_day(document, date)):
            return day, date.span[1]
    return None, at


def earlier(document: Document, span: Span) -> tuple[Earlier, ...]:
    """The words on a span that put something in a period before the report's own."""
    found = []
    for m in _EARLIER.finditer(document.text, *span):
        hours = m.group("hours")
        against = _SET_AGAINST.search(document.text, max(span[0], m.start() - 40), m.start()) is not None
        number = (_WORDS.get(hours.lower()) or int(hours)) if hours else None
        found.append(Earlier(m.span(), m.group(), number, against))
    return tuple(found)


def since(document: Document, annotations: Annotations, span: Span) -> Time | None:
    """The time of a running total: "since 27 July 2020" it has grown, and where it will end is open.

    None where nothing on the span says that it runs, or where it began no more than three days before the
    report, as a window may.
    """
    told = _SINCE.search(document.text, *span)
    if told is None or _SUPERLATIVE.search(document.text, span[0], told.start()):
        return None
    first = bisect_left(annotations.dates, told.start(), key=lambda date: date.span[1])
    dates = [date for date in annotations.dates[first : first + 1] if date.span[0] < told.end()]
    begun = next((date.start or date.value for date in dates), None)
    begun = begun[:10] if begun and re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:T.*)?", begun) else None
    published = document.report.published
    if published and (day := _day(begun)) and published - day <= dt.timedelta(days=3):
        return None
    if begun is None and _CLOCKED.match(told.group("from") or ""):
        return None
    return Time(text=told.group().strip(), start=begun)


def same(document: Document, span: Span) -> re.Match[str] | None:
    """ "Over the same hours", "over the same time": the window told before."""
    return _SAME.search(document.text, *span)


def on(spells: tuple[Spell, ...], span: Span) -> list[Spell]:
    """The windows told within a span."""
    first = bisect_left(spells, span[0], key=lambda spell: spell.span[0])
    return [s for s in spells[first:] if s.span[0] < span[1]]


def before(spell: Spell | None, cut: Cutoff | None, cue: Earlier) -> Time:
    """When the period before ended: as the report's own window began, where that is known."""
    end = spell.start if spell else None
    if spell is None and cut and cut.daily:
        end = cut.end - dt.timedelta(days=1)
    start = end - dt.timedelta(hours=cue.hours) if end and cue.hours and cue.hours % 24 == 0 else None
    return Time(
        text=cue.text, start=start.isoformat() if start else None, end=end.isoformat() if end else None
    )
