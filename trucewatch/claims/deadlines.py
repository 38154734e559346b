"""Deadlines and windows: what the words around a date make of it.

A date alone does not say whether something is to be done by then, from then on or on that day: the
words before it do ("by Friday", "no later than 1 March", "starting tomorrow"), and so does a length
beside it ("a truce of 72 hours from Friday"). A length alone is a deadline ("within 48 hours").
"""

from __future__ import annotations

import datetime as dt
import math
import re

import msgspec

from trucewatch.documents.spans import holding, within
from trucewatch.model import (
    Annotations,
    AnyClaim,
    Commitment,
    DateMention,
    Document,
    DurationMention,
    Span,
    Time,
)

_REACH = 60  # code points before a date in which the words that lead to it stand
_CLOCK = r"(?:noon|midday|midnight|dawn|\d{1,2}(?:[:.]\d\d)?(?:\s*(?:[ap]\.?m\.?|hours|o['’]clock))?)"
_TO_DATE = rf"\s+(?:the\s+)?(?:{_CLOCK}\s+)?(?:(?:local\s+time\s+)?(?:on|of)\s+)?"
_UP_TO = re.compile(
    r"\b(?:by|before|until|till|up\s+to|(?:no|not)\s+later\s+than|at\s+the\s+latest(?:\s+(?:by|on))?"
    rf"|within(?:\s+the\s+next)?){_TO_DATE}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|since|as\s+of|effective(?:\s+from)?|(?:starting|beginning|commencing)(?:\s+(?:from|on|at))?)"
    rf"{_TO_DATE}$",
    re.IGNORECASE,
)
_ONWARD = re.compile(rf"\s*(?:to|until|till|through|[–-]){_TO_DATE}", re.IGNORECASE)
_HOUR = re.compile(_CLOCK, re.IGNORECASE)
_AND_HOUR = re.compile(r"\s*(?:and|to|until|till|[–-])\s*", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b(?:within|inside|in\s+less\s+than|(?:in|over|within)\s+the\s+next)\s+(?:the\s+)?$", re.IGNORECASE
)
_OF_AN_EVENT = re.compile(r"\s+(?:of|after|from|following|before)\s+\w", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:of|for|lasting|a|an)\s+(?:at\s+least\s+)?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:early\s+|late\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?:\s+(?:morning|afternoon|evening|night|noon|midnight))?",
    re.IGNORECASE,
)
_AHEAD = frozenset({"agreed", "pledged", "ordered", "demanded", "proposed", "expected"})
_LENGTH = re.compile(r"P(?:(\d+)W|(\d+)D|T(\d+)H)")
_WEEK = dt.timedelta(days=7)


def sharpened(claim: AnyClaim, document: Document, annotations: Annotations) -> AnyClaim:
    """A claim whose time is a deadline or a window where the words around its date say so.

    Only commitments change. Without a date of publication a length alone leads to no day.
    """
    if not isinstance(claim, Commitment):
        return claim
    sentence = holding(document.sentences, claim.evidence[0]) or claim.evidence
    around = (sentence[0], max(sentence[1], claim.evidence[1]))
    dates = within(annotations.dates, around)
    date = next((d for d in dates if claim.time and document.words(d.span) == claim.time.text), None)
    lengths = within(annotations.durations, claim.evidence)
    if date is None:
        return _with(claim, claim.time or _within(document, lengths, dates))
    following = next((d for d in dates if d.span[0] >= date.span[1]), None)
    return _with(claim, _Setting(claim, document, around, lengths).time(date, following))


def _with(claim: Commitment, time: Time | None) -> Commitment:
    return claim if time == claim.time else msgspec.structs.replace(claim, time=time)


class _Setting:
    """A date in its sentence, with the lengths of time that the commitment names."""

    def __init__(
        self, claim: Commitment, document: Document, sentence: Span, lengths: list[DurationMention]
    ) -> None:
        self.claim, self.document, self.sentence, self.lengths = claim, document, sentence, lengths

    def time(self, date: DateMention, following: DateMention | None) -> Time:
        """The deadline or window that a date stands for, with the words that make it one."""
        if following and self._is_hour_of(date, following):
            return self._told(date.span[0], following.span[1], following.start, following.end)
        if lead := self._lead(_UP_TO, date):
            return self._told(lead, date.span[1], None, date.end)
        if lead := self._lead(_FROM, date):
            return self._from(lead, date, following)
        return self._told(*date.span, date.start, date.end)

    def _lead(self, pattern: re.Pattern[str], date: DateMention) -> int | None:
        """Where the words that lead to a date begin."""
        low = max(self.sentence[0], date.span[0] - _REACH)
        found = pattern.search(self.document.text, low, date.span[0])
        return found.start() if found else None

    def _is_hour_of(self, date: DateMention, following: DateMention) -> bool:
        """Whether a date is only an hour of the day that follows: "between 9 a.m. and 3 p.m. on Saturday"."""
        between = self.document.words((date.span[1], following.span[0]))
        hour = _HOUR.fullmatch(self.document.words(date.span))
        return bool(hour and _AND_HOUR.fullmatch(between))

    def _from(self, lead: int, date: DateMention, following: DateMention | None) -> Time:
        start = self._ahead(date)
        if following and _ONWARD.fullmatch(self.document.words((date.span[1], following.span[0]))):
            return self._told(lead, following.span[1], start, following.end)
        return self._told(lead, date.span[1], start, _end(start, self._length()))

    def _ahead(self, date: DateMention) -> str | None:
        """The day it starts: a bare weekday that something is undertaken from is the one to come."""
        told, words = self.document.report.published, self.document.words(date.span)
        if date.start is None or told is None or not _WEEKDAY.fullmatch(words) or not self._is_due(date):
            return date.start
        day = dt.date.fromisoformat(date.start)
        return (day + _WEEK if day < told else day).isoformat()

    def _is_due(self, date: DateMention) -> bool:
        """Whether the date belongs to what is to be done: "from", not "since", in the action itself."""
        action = self.document.text.find(self.claim.action, *self.claim.evidence)
        lead = self.document.words((max(self.sentence[0], date.span[0] - _REACH), date.span[0]))
        inside = 0 <= action < date.span[0] < action + len(self.claim.action) + _REACH
        undertaken = not (self.claim.reader or "").endswith("ceasefire") and self.claim.strength in _AHEAD
        return inside and undertaken and "since" not in lead.lower()

    def _length(self) -> float | None:
        """The days of a window: "of 72 hours", "a three-day truce"; "within 48 hours" is none."""
        for length in self.lengths:
            before = self.document.words((max(0, length.span[0] - _REACH), length.span[0]))
            if _LASTING.search(before):
                return _days(length.value)
        return None

    def _told(self, first: int, last: int, start: str | None, end: str | None) -> Time:
        return Time(text=self.document.words((first, last)), start=start, end=end)


def _within(document: Document, lengths: list[DurationMention], dates: list[DateMention]) -> Time | None:
    """The deadline that a length alone gives: "within 48 hours", but not "within 24 hours of signing".

    It runs from the day that the sentence opens with ("On Sunday he asked for ..."), else from the report's.
    """
    published = document.report.published
    for length in lengths:
        told = _opening_day(document, length.span, dates) or published
        low = max(0, length.span[0] - _REACH)
        lead = _WITHIN.search(document.text, low, length.span[0])
        of_an_event = _OF_AN_EVENT.match(document.text, length.span[1])
        days = _days(length.value)
        if told and lead and days is not None and not of_an_event:
            end = told + dt.timedelta(days=math.ceil(days))
            return Time(text=document.words((lead.start(), length.span[1])), end=end.isoformat())
    return None


def _opening_day(document: Document, length: Span, dates: list[DateMention]) -> dt.date | None:
    """The one day, not after that of the report, that the sentence of a length opens with."""
    sentence = holding(document.sentences, length[0])
    first = next((d for d in dates if sentence and d.span[0] - sentence[0] <= len("On ")), None)
    published = document.report.published
    if first is None or published is None or first.start != first.end or len(first.start or "") != 10:
        return None
    day = dt.date.fromisoformat(first.start or "")
    return day if day <= published and first.span[1] < length[0] else None


def _end(start: str | None, days: float | None) -> str | None:
    """The last day of a window of so many days: 72 hours from the morning of the 16th end on the 19th."""
    if start is None or days is None or len(start) != 10:
        return None
    return (dt.date.fromisoformat(start) + dt.timedelta(days=int(days))).isoformat()


def _days(value: str) -> float | None:
    """The days of a length: ``PT72H`` is three, ``P2W`` fourteen, ``PT6H`` a quarter."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    weeks, days, hours = (int(part) if part else 0 for part in found.groups())
    return weeks * 7 + days + hours / 24
