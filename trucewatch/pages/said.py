"""The page of statements: who said what kind of thing, over time, then each statement and the positions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Cell, Piece, Table
from trucewatch.pages.cells import NONE, day_in_words, row_of
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import covered, rows_of, tables
from trucewatch.views.phrases import PRONOUNS
from trucewatch.views.rows.statements import StatementRow

VIEWS = ("statements", "positions")
_SPEAKERS, _WEEKS = 12, 14  # rows of the tables of numbers
_WEEK = dt.timedelta(days=7)


def build(desk: Desk, question: Question) -> list[Block]:
    """Numbers of statements by speaker and by week, each act a column, and the tables beneath."""
    rows = [row for row in rows_of("statements", desk, question) if isinstance(row, StatementRow)]
    acts = [act for act, _ in Counter(row.act for row in rows).most_common()]
    numbers = [_by_speaker(rows, acts, question), _by_week(rows, acts, question)] if rows else []
    return [*numbers, *tables(*VIEWS)(desk, question)]


def _by_speaker(rows: Sequence[StatementRow], acts: Sequence[str], question: Question) -> Table:
    told = [(name, row.act) for row in rows for name in row.speakers if name.lower() not in PRONOUNS]
    held, totals = Counter(told), Counter(name for name, _ in told)
    most = [speaker for speaker, _ in totals.most_common(_SPEAKERS)]
    acts = [act for act in acts if any(held[speaker, act] for speaker in most)]
    lines = [
        (
            row_of(_link(speaker, question, speakers=speaker)),
            *(_number(held[speaker, act], question, speakers=speaker, act=act) for act in acts),
            _number(totals[speaker], question, speakers=speaker),
        )
        for speaker in most
    ]
    return Table(
        title="By speaker",
        caption=f"Numbers of statements by speaker named and act; {covered(question)}",
        head=("Speaker", *map(str.capitalize, acts), "All"),
        rows=tuple(lines),
        total=len(totals) if len(totals) > len(lines) else 0,
        data="statements",
    )


def _by_week(rows: Sequence[StatementRow], acts: Sequence[str], question: Question) -> Table:
    """Weeks of seven days that end with the day looked at, the newest first."""
    held = Counter((_week(row.told, question.day), row.act) for row in rows if row.told)
    totals = Counter(_week(row.told, question.day) for row in rows if row.told)
    weeks = sorted(totals)
    lines = [
        (
            row_of(_week_piece(week, question)),
            *(_plain(held[week, act]) for act in acts),
            _plain(totals[week]),
        )
        for week in weeks[:_WEEKS]
    ]
    return Table(
        title="Over time",
        caption=f"Numbers of statements by the week they were told and act; {covered(question)}",
        head=("Seven days to", *map(str.capitalize, acts), "All"),
        rows=tuple(lines),
        total=len(weeks) if len(weeks) > len(lines) else 0,
        data="statements",
    )


def _week(told: dt.date, day: dt.date) -> int:
    """How many weeks back a day lies, 0 for the seven days that end with the day looked at."""
    return (day - told).days // 7


def _week_piece(week: int, question: Question) -> Piece:
    end = question.day - week * _WEEK
    only: dict[str, Any] = {**dict(question.only), "days": 7}
    address = question.address("statements", day=end, **only)
    return Piece(text=day_in_words(end), href=address)


def _link(words: str, question: Question, **only: str) -> Piece:
    chosen: dict[str, Any] = {**dict(question.only), **only}
    return Piece(text=words, href=question.address("statements", **chosen), own=True)


def _number(number: int, question: Question, **only: str) -> Cell:
    if not number:
        return NONE
    piece = _link(f"{number:,}", question, **only)
    return Cell(lines=((piece,),), number=True)


def _plain(number: int) -> Cell:
    return Cell(lines=((Piece(text=f"{number:,}"),),), number=True) if number else NONE
