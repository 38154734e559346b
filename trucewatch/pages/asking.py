"""What a reader asks for by an address: which ceasefire, which day, known when, over how many days.

``/donbas-2020/2022-02-20/violations?known=2022-02-20&days=92``
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, get_args
from urllib.parse import quote, urlencode

from trucewatch.errors import UsageError
from trucewatch.model import Ceasefire, Noun
from trucewatch.views.query import Period, Query

MONTH = 31
SPANS: dict[str, int | None] = {"7": 7, "31": MONTH, "92": 92, "366": 366, "all": None}
"""How many days up to the day a page covers, by their name in the address; None is all that came before."""
FILTERS = ("speakers", "addressees", "act", "topic", "type", "accused", "action", "status", "kind", "form")
"""The fields of rows by whose values a page can be narrowed."""
By = Literal["event", "told"]
"""Which days choose the claims of the map: those of which they tell, or those on which they were told."""
_EARLIEST = dt.date(1900, 1, 1)
_LATEST = dt.date(9990, 1, 1)


class NotFoundError(UsageError):
    """An address that leads to nothing; the message names the valid choices."""


class Question(Noun, frozen=True, kw_only=True):
    """One question to the pages. ``known`` None is all that is on file, ``days`` None all days before.

    ``words`` are what is searched for, ``part`` the part of a long text, from 1. ``only`` are the values that
    a row must have: ``(("act", "deny"),)``. ``since`` and ``until`` narrow the days covered on the map,
    which are those of ``by``. ``older`` and ``newer`` are the place that hits of a search go on from.
    """

    ceasefire: Ceasefire
    day: dt.date
    known: dt.date | None = None
    days: int | None = MONTH
    words: str = ""
    part: int = 1
    only: tuple[tuple[str, str], ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    by: By = "event"
    older: str = ""
    newer: str = ""

    @property
    def start(self) -> dt.date | None:
        """The first day covered."""
        return self.day - dt.timedelta(days=self.days - 1) if self.days else None

    @property
    def narrowing(self) -> dict[str, str]:
        """What the map's days are narrowed to, as it stands in an address: ``{"from": "2022-02-17"}``."""
        ends = {"from": self.since, "to": self.until}
        told = {name: day.isoformat() for name, day in ends.items() if day}
        return told if self.by == "event" else {**told, "by": self.by}

    @property
    def query(self) -> Query:
        """The same as the exports are asked."""
        return Query(
            ceasefire=self.ceasefire, period=Period(start=self.start, end=self.day), known=self.known
        )

    def address(
        self, page: str, *, day: dt.date | None = None, known: dt.date | None = None, **more: object
    ) -> str:
        """The address of a page for this question, or for another day or day of knowledge.

        >>> question.address("contacts.csv", days=7)  # doctest: +SKIP
        '/donbas-2020/2022-02-20/contacts.csv?known=2022-02-20&days=7'
        """
        told: dict[str, object] = {}
        if known or self.known:
            told["known"] = (known or self.known or self.day).isoformat()
        if self.days != MONTH:
            told["days"] = self.days or "all"
        told |= {name: value for name, value in more.items() if value not in ("", None)}
        path = f"/{quote(self.ceasefire.id, safe='')}/{(day or self.day).isoformat()}/{page}"
        return f"{path}?{urlencode(told)}" if told else path


def ask(ceasefires: Mapping[str, Ceasefire], name: str, day: str, asked: Mapping[str, str]) -> Question:
    """The question that an address puts. NotFoundError and UsageError name what is wrong and the choices."""
    since, until = (day_of(asked[name]) if asked.get(name) else None for name in ("from", "to"))
    if since and until and until < since:
        raise UsageError(f"The days from {since} to {until} are none: the first is after the last.")
    return Question(
        ceasefire=ceasefire_of(ceasefires, name),
        day=day_of(day),
        known=day_of(asked["known"]) if asked.get("known") else None,
        days=_span(asked.get("days", "")),
        words=asked.get("q", "").strip()[:200],
        part=_part(asked.get("part", "")),
        older=asked.get("older", "")[:40],
        newer=asked.get("newer", "")[:40],
        since=since,
        until=until,
        by=_by(asked.get("by", "")),
        only=tuple((name, asked[name][:200]) for name in FILTERS if asked.get(name)),
    )


def ceasefire_of(ceasefires: Mapping[str, Ceasefire], name: str) -> Ceasefire:
    """A ceasefire by its name in the address."""
    if name not in ceasefires:
        raise NotFoundError(f"There is no ceasefire {name!r}. There are: {', '.join(ceasefires)}.")
    return ceasefires[name]


def day_of(text: str) -> dt.date:
    """A day such as 2022-02-20."""
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2022-02-20") else None
    except ValueError:
        day = None
    if day is None or not _EARLIEST <= day <= _LATEST:
        raise UsageError(f"{text!r} is no day. Days are written 2022-02-20, from 1900 on.")
    return day


def _span(text: str) -> int | None:
    if text and text not in SPANS:
        raise UsageError(f"{text!r} is no number of days to cover. There are: {', '.join(SPANS)}.")
    return SPANS[text or str(MONTH)]


def _by(text: str) -> By:
    if text == "told":
        return "told"
    if text not in ("", "event"):
        raise UsageError(f"{text!r} is no way to choose days. There are: {', '.join(get_args(By))}.")
    return "event"


def _part(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise UsageError(f"{text!r} is no part of a text. Parts are numbered from 1.")
    return int(text)
