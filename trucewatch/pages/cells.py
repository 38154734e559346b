"""How the values of rows are written into cells: days, figures, names, and links to claims and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Cell, Piece
from trucewatch.views.charted import figure_in_words
from trucewatch.views.phrases import plain, shorten

NONE = Cell(empty=True)
NO = Cell(lines=((Piece(text="no", look="none"),),), empty=True)
_LONGEST = 240
_MOST = 6  # lines of one cell that are shown
_CLAIMS = {"claim", "claims", "against", "kept", "denials"}
_REPORTS = {"report", "reports"}
_UNSAID = {"sha256", "one", "other", "strength", "id"}  # of a noun in a cell
_SHORT = 6  # characters of a claim's id that are shown


def cell(row: Noun, field: str, question: Question) -> Cell:
    """A field of a row, or several as one: ``figure`` is low to high, ``window`` both its ends."""
    if field in _JOINED:
        return _JOINED[field](row)
    return value_cell(getattr(row, field), field, question)


def value_cell(value: Any, field: str, question: Question) -> Cell:
    """A value in a cell, by what the field holds."""
    if value is None or value in ("", ()):
        return NONE
    if value is False:
        return NO
    if field in _CLAIMS or field in _REPORTS:
        names = value if isinstance(value, tuple) else (value,)
        if all(isinstance(name, str) for name in names):
            return _links(field, names, question)
    if isinstance(value, tuple | list):
        return stack([_line(part, question) for part in value])
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(lines=(_line(value, question),), number=number)


def row_of(*pieces: Piece) -> Cell:
    """A cell of one line."""
    return Cell(lines=(pieces,))


def stack(lines: Sequence[tuple[Piece, ...]]) -> Cell:
    """A cell of lines, one below the other; of many, the first few and how many more there are."""
    left = len(lines) - _MOST
    more = ((Piece(text=f"and {left:,} more", look="none"),),) if left > 0 else ()
    return Cell(lines=(*lines[:_MOST], *more))


def in_words(value: Any) -> str:
    """A plain value in words.

    >>> in_words(dt.date(2022, 2, 20)), in_words(1566), in_words(True)
    ('20 Feb 2022', '1,566', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, dt.datetime):
        return f"{day_in_words(value.date())}, {value:%H:%M}"
    if isinstance(value, dt.date):
        return day_in_words(value)
    return shorten(plain(str(value)), limit=_LONGEST)


def day_in_words(day: dt.date) -> str:
    """``20 Feb 2022``."""
    return f"{day.day} {day:%b %Y}"


def figure_words(low: Any, high: Any, *, approximate: bool = False) -> str:
    """A figure with its bounds, and separators: ``at least 2,158``."""
    words = figure_in_words(low, high, approximate=approximate).split()
    return " ".join(f"{int(word):,}" if word.isdigit() else word for word in words)


def claim_piece(name: str, question: Question) -> Piece:
    """A link to a claim."""
    return Piece(text=name[:_SHORT], href=question.address(f"claims/{name}"), look="claim")


def report_piece(name: str, question: Question) -> Piece:
    """A link to a report by its id."""
    href = question.address("reports", id=name)
    return Piece(text=shorten(plain(name), limit=60), href=href, look="report", own=True)


def _links(field: str, names: Sequence[str], question: Question) -> Cell:
    if field in _REPORTS:
        return stack([(report_piece(name, question),) for name in names])
    more = (Piece(text=f"and {len(names) - _MOST} more", look="none"),) if len(names) > _MOST else ()
    return row_of(*(claim_piece(name, question) for name in names[:_MOST]), *more)


def _line(value: Any, question: Question) -> tuple[Piece, ...]:
    if isinstance(value, Noun):
        return _noun(value, question)
    look = "day" if isinstance(value, dt.date) else None
    return (Piece(text=in_words(value), own=isinstance(value, str), look=look),)


def _noun(value: Noun, question: Question) -> tuple[Piece, ...]:
    """A noun within a cell: its plain fields in words, then links to its claims, or to its report."""
    words: list[str] = []
    links: list[Piece] = []
    told = {name: getattr(value, name) for name in value.__struct_fields__ if name not in _UNSAID}
    if told.get("words"):  # they say all that the other fields do
        told = {"words": told["words"]}
    has_claims = any(told.get(name) for name in _CLAIMS)
    for name, held in told.items():
        if held is None or held is False or held in ("", ()):
            continue
        if name in _CLAIMS:
            names = (held,) if isinstance(held, str) else held
            links += [claim_piece(one, question) for one in names[:_MOST]]
        elif name == "report" and (not has_claims or "claim" not in told):
            links.insert(0, report_piece(held, question))
        elif name != "report" and not isinstance(held, Noun | dict):
            words += [in_words(part) for part in (held if isinstance(held, tuple) else (held,))]
    return (*([Piece(text=", ".join(words), own=True)] if words else []), *links)


# --- several fields in one cell ------------------------------------------------------------------------


def _figure(row: Any) -> Cell:
    if row.low is None and row.high is None:
        return NONE
    words = figure_words(row.low, row.high, approximate=bool(getattr(row, "approximate", False)))
    return Cell(lines=((Piece(text=words),),), number=True)


def _window(row: Any) -> Cell:
    return _range(row.window_start, row.window_end)


def _days(row: Any) -> Cell:
    return _range(row.start, row.end)


def _range(start: Any, end: Any) -> Cell:
    ends = list(dict.fromkeys(_moment(value) for value in (start, end) if value))
    if not ends:
        return NONE
    first, *rest = ends
    return row_of(Piece(text=first, look="day"), *(Piece(text=f"to {last}", look="day") for last in rest))


def _moment(value: Any) -> str:
    """A day, or a day with the hour that a counter's window ends at."""
    if isinstance(value, dt.date):
        return day_in_words(value)
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return in_words(value)
    return day_in_words(moment.date()) + (f", {moment:%H:%M}" if "T" in value else "")


_JOINED = {"figure": _figure, "window": _window, "from-to": _days}
