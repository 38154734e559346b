"""The page of contacts: the month as a calendar, the list, and each contact's accounts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from trucewatch.pages import compared
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Calendar, Day, Piece
from trucewatch.pages.columns import MOST
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import view_table
from trucewatch.views.phrases import names

_MOST = 6  # contacts of one day that the calendar names
_LONGEST = 14  # days that a contact's window may have to stand on each of its days


def build(desk: Desk, question: Question) -> list[Block]:
    """The calendar of the day's month, and the list."""
    listed = view_table("contacts", desk, question)
    return [_calendar(desk, question), listed, *compared.build(desk, question)]


def _calendar(desk: Desk, question: Question) -> Calendar:
    day = question.day
    rows: list[Any] = list(desk.rows("contacts", question))
    on, shown = _by_day(rows), {row.id for row in rows[:MOST]}
    weeks = calendar.Calendar().monthdatescalendar(day.year, day.month)
    return Calendar(
        title=f"{day:%B %Y}",
        caption="Contacts by the days that accounts give, planned ones marked as such",
        weeks=tuple(tuple(_day(date, day, on, shown) for date in week) for week in weeks),
    )


def _day(date: dt.date, day: dt.date, on: dict[dt.date, list[Any]], shown: set[str]) -> Day:
    if date.month != day.month:
        return Day(number=0)
    met = on.get(date, [])
    pieces = _told_apart([_piece(row, shown) for row in met[:_MOST]])
    if len(met) > _MOST:
        pieces.append(Piece(text=f"and {len(met) - _MOST} more", look="none"))
    return Day(number=date.day, pieces=tuple(pieces), current=date == day)


def _told_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Contacts of one day; one that reads as one before it begins with "also"."""
    said: set[str] = set()
    found = []
    for piece in pieces:
        again = piece.text in said
        said.add(piece.text)
        found.append(msgspec.structs.replace(piece, text=f"also {piece.text}") if again else piece)
    return found


def _piece(row: Any, shown: set[str]) -> Piece:
    """A contact in short; it leads to its row where that is on the page."""
    who = names(row.participants) or row.body or "not named"
    status = "" if row.status == "held" else f" ({row.status})"
    look = "held" if row.status == "held" else "unheld"
    return Piece(
        text=f"{row.form}: {who}{status}",
        href=f"#contacts-{row.id}" if row.id in shown else None,
        look=look,
        own=True,
    )


def _by_day(rows: Sequence[Any]) -> dict[dt.date, list[Any]]:
    found: dict[dt.date, list[Any]] = defaultdict(list)
    for row in rows:
        for day in row.days or _window(row.start, row.end):
            found[day].append(row)
    return found


def _window(start: dt.date | None, end: dt.date | None) -> list[dt.date]:
    """The days of a contact that is due within a short time; of a long time its last day alone."""
    first, last = start or end, end or start
    if first is None or last is None:
        return []
    length = (last - first).days + 1
    return [first + dt.timedelta(days=n) for n in range(length)] if length <= _LONGEST else [last]
