"""The days that a claim stands on: those of which it tells, or the one on which it was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

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


class Covered(Noun, frozen=True, kw_only=True):
    """The claims of the days that a question covers.

    ``days`` are those covered, ``chosen`` those of them that it is narrowed to. ``elsewhere`` are claims that
    were told on the days covered and tell of others.
    """

    days: Days
    chosen: Days
    claims: tuple[Dated, ...]
    elsewhere: tuple[Dated, ...]

    @property
    def shown(self) -> list[Dated]:
        """The claims of the days chosen."""
        return [one for one in self.claims if one.meets(self.chosen)]


def covered(desk: Desk, question: Question) -> Covered:
    """The claims of the days that a question covers, by the event or by the telling."""
    entries = desk.entries(question) if question.by == "told" else desk.entries_around(question)
    found = [one for one in (dated(entry, question.by) for entry in entries) if one]
    first, last = days = _ends(found, question)
    return Covered(
        days=days,
        chosen=(max(first, question.since or first), min(last, question.until or last)),
        claims=tuple(one for one in found if one.meets(days)),
        elsewhere=tuple(one for one in found if not one.meets(days) and _told_on(one, days)),
    )


def _ends(found: Sequence[Dated], question: Question) -> Days:
    """The first and the last day covered; with all days before, the first that there is anything of.

    By the day of the event, that is no day before the ceasefire and before the first report.
    """
    last = question.day
    if question.start:
        return question.start, last
    told = min((one.entry.report.published for one in found if one.entry.report.published), default=last)
    first = min((one.days[0] for one in found), default=last)
    return min(max(first, min(told, question.ceasefire.start)), last), last


def _told_on(one: Dated, days: Days) -> bool:
    told = one.entry.report.published
    return told is not None and days[0] <= told <= days[1]
