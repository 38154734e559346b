"""The days that a claim stands on: those of which it tells, or the one on which it was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trucewatch.model import Entry, Noun, Time
from trucewatch.pages.asking import By, Question
from trucewatch.pages.desk import Desk
from trucewatch.situation.days import closing, opening, sound

LONGEST = 14
"""The most days that a time may have to be the days of an event: "in 2021" names none."""

Days = tuple[dt.date, dt.date]
"""The first and the last, both included."""


class Dated(Noun, frozen=True, kw_only=True):
    """A claim with its days, and whether they are those of the ``event`` or the one it was ``told`` on."""

    entry: Entry
    days: Days
    by: By

    def meets(self, days: Days) -> bool:
        """Whether any of its days is one of these."""
        return meet(self.days, days)


def meet(one: Days, other: Days) -> bool:
    """Whether some days are among others; days that end before they begin are none.

    >>> meet((day(14), day(16)), (day(16), day(20)))  # doctest: +SKIP
    True
    """
    return max(one[0], other[0]) <= min(one[1], other[1])


def event_days(time: Time | None) -> Days | None:
    """The days of a time that says both its ends and is no longer than ``LONGEST`` days.

    >>> event_days(Time(start="2022-02-18", end="2022-02-19"))
    (datetime.date(2022, 2, 18), datetime.date(2022, 2, 19))
    >>> event_days(Time(start="2022"))
    """
    if time is None or not (time.start and time.end):
        return None
    first, last = sound(opening(time.start)), sound(closing(time.end))
    if first is None or last is None or not 0 <= (last - first).days < LONGEST:
        return None
    return first, last


def dated(entry: Entry, by: By) -> Dated | None:
    """A claim with its days. None where it has no day of its own and its report has none."""
    own = event_days(entry.claim.time) if by == "event" else None
    if own:
        return Dated(entry=entry, days=own, by="event")
    told = entry.report.published
    return Dated(entry=entry, days=(told, told), by="told") if told else None


def covered(desk: Desk, question: Question) -> list[Dated]:
    """The claims with a day that is covered."""
    ends = ends_of(desk, question)
    return [one for one in _all(desk, question) if one.meets(ends)]


def ends_of(desk: Desk, question: Question) -> Days:
    """The first and the last day covered; with all days before, the first that there is anything of.

    By the day of the event, that is no day before the ceasefire and before the first report.
    """
    if question.start:
        return question.start, question.day
    told = [entry.report.published for entry in desk.entries(question) if entry.report.published]
    first = min(told, default=question.day)
    if question.by == "event":
        starts = [one.days[0] for one in _all(desk, question)]
        first = min(first, max(min(starts, default=first), question.ceasefire.start))
    return min(first, question.day), question.day


def chosen_of(desk: Desk, question: Question) -> Days:
    """The days that are shown: those covered, or those of them that the question is narrowed to."""
    first, last = ends_of(desk, question)
    return max(first, question.since or first), min(last, question.until or last)


def told_of_other_days(desk: Desk, question: Question) -> Sequence[Dated]:
    """The claims that were told within the days covered, and tell of others."""
    if question.by == "told":
        return []
    ends = ends_of(desk, question)
    found = (dated(entry, "event") for entry in desk.entries(question))
    return [one for one in found if one and not one.meets(ends)]


def _all(desk: Desk, question: Question) -> Iterator[Dated]:
    entries = desk.entries(question) if question.by == "told" else desk.entries_around(question)
    yield from (one for one in (dated(entry, question.by) for entry in entries) if one)
