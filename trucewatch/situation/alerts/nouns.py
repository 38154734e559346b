"""The nouns of alerts: what was expected of a day, and what is told of as out of the ordinary."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from trucewatch.model import Noun

Method = Literal["regression", "regression of 3 evenings", "C1", "C2", "C3", "cusum", "change point"]
AlertKind = Literal["count", "drift", "change", "overdue", "denial", "quiet"]
AlertState = Literal["new", "open", "worse"]


class Expectation(Noun, frozen=True, kw_only=True):
    """What a method expects of one evening of a series, from the days on file before it.

    ``days`` are the evenings with a figure in the baseline of ``span`` evenings, from ``first`` to ``last``.
    ``observed`` is None for a gap: nothing is expected wrongly of it and no alert is raised.
    """

    method: Method
    day: dt.date
    expected: float
    upper: float
    days: int
    span: int
    first: dt.date
    last: dt.date
    observed: float | None = None


class Band(Noun, frozen=True, kw_only=True):
    """What is expected of the last evenings of a series, in order; for plots and tables.

    ``method`` is that of the last evening; each expectation names its own. An evening before which too little
    is on file has none; ``notes`` say so in plain words, and also which evenings are left out and why, and
    whether there is a change of level.
    """

    counter: str
    region: str | None
    method: Method
    expectations: tuple[Expectation, ...]
    notes: tuple[str, ...] = ()


class Alert(Noun, frozen=True, kw_only=True):
    """Something out of the ordinary, as it stands on the day looked at.

    ``id`` is made of what it is about and the day it was raised, so it stays while the alert lasts.
    ``state``: ``new`` on the day it was raised, ``open`` while its cool-down lasts (not told again),
    ``worse`` where it was reopened because things got worse. ``raised`` is the first day, ``day`` the day of
    the observation it rests on. ``words`` is one or two plain sentences that name observed, expected, bound,
    days on file. ``methods`` are all that agree; ``expected``, ``upper``, ``days`` are those of the first;
    ``evenings`` is how many of them ``observed`` and ``expected`` are of, ``day`` the last.
    ``confidence`` (0 to 1) is that of a change point. ``claims`` are ids that it rests on.
    """

    id: str
    kind: AlertKind
    state: AlertState
    day: dt.date
    raised: dt.date
    words: str
    claims: tuple[str, ...]
    counter: str | None = None
    region: str | None = None
    methods: tuple[Method, ...] = ()
    observed: float | None = None
    expected: float | None = None
    upper: float | None = None
    days: int | None = None
    evenings: int = 1
    confidence: float | None = None
