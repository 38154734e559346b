"""Records and checked superlatives in plain words, each with its basis and what may hide."""

from __future__ import annotations

from collections.abc import Mapping

from trucewatch.situation.nouns import Point, Record, Superlative
from trucewatch.views.phrases import amount, count_of, day, number, plain, series, unquoted, window

Regions = Mapping[str, str]  # names of regions by id


def record_in_words(found: Record, *, period: str, regions: Regions) -> str:
    """A record as one sentence.

    >>> record_in_words(found, period="2022", regions={})  # doctest: +SKIP
    '1,566 on 18 February 2022: highest of 2022 among 12 of 49 days on file; 37 missing; before it 870 on
    17 February 2022'
    """
    if found.best is None:
        return f"no figure of {period} is on file"
    scope = period if period.startswith("since ") else f"of {period}"
    lead = f"{_amount(found.best)} {_when(found.best)}: {_rank(found)} {scope} {_basis(found)}"
    before = f"; before it {_amount(found.before)} {_when(found.before)}" if found.before else ""
    return lead + before + _beyond(found.surely, found.maybe, found.best, regions)


def checked_in_words(found: Superlative, *, regions: Regions) -> str:
    """The verdict on a superlative or comparison, with its basis.

    >>> checked_in_words(found, regions={})  # doctest: +SKIP
    'highest (this year): confirmed among 12 of 49 days on file; 37 missing; ...'
    """
    said = f"{found.relation}{_said(found)}: {found.verdict}"
    reason = f", as {found.reason}" if found.reason else ""
    if found.record is None:
        return f"{said}{reason}{_against(found)}"
    parts = f"{said} {_basis(found.record)}{reason}"
    before = found.record.before if found.point == found.record.best else None
    told = f"; before it {_amount(before)} {_when(before)}" if before else ""
    return parts + told + _beyond(found.surely, found.maybe, found.point, regions)


def _said(found: Superlative) -> str:
    than = f" {number(found.than)}" if found.than is not None else ""
    scope = f" ({unquoted(plain(found.scope))})" if found.scope else ""
    return than + scope


def _against(found: Superlative) -> str:
    if found.point is None or found.other is None:
        return ""
    return f"; {_amount(found.point)} {_when(found.point)}, {_amount(found.other)} {_when(found.other)}"


def _rank(found: Record) -> str:
    shared = "equal " if found.tied else ""
    return f"{shared}{found.which}"


def _basis(found: Record) -> str:
    """``among 12 of 49 days on file; 37 missing``; all days where none is missing."""
    if found.evenings > 1:
        return f"among {count_of(found.on_file, 'window')} of {found.evenings} evenings on file"
    if not found.missing:
        return f"among all {found.days} days"
    return f"among {found.on_file} of {found.days} days on file; {found.missing} missing"


def _beyond(surely: tuple[Point, ...], maybe: tuple[Point, ...], best: Point | None, regions: Regions) -> str:
    """What stands beyond a figure, and what may."""
    passed = "".join(f"; {_amount(p)} {_when(p)}{_only(p, regions)} stands beyond it" for p in surely[:2])
    hidden = "".join(f"; {_doubtful(p, best, regions)}" for p in maybe[:2])
    more = len(surely[2:]) + len(maybe[2:])
    return passed + hidden + (f"; {number(more)} more like these" if more else "")


def _doubtful(point: Point, best: Point | None, regions: Regions) -> str:
    if best is None or point.evenings == best.evenings:
        told = f"{_amount(point)} {_when(point)}{_only(point, regions)}"
        return f"doubted: {told}, found by subtraction, would pass it"
    return f"{_amount(point)} {_when(point)}{_only(point, regions)} has room for a day beyond it"


def _only(point: Point, regions: Regions) -> str:
    if point.complete or not point.parts:
        return ""
    return f" in {series([regions.get(part, part) for part in point.parts])} alone"


def _amount(point: Point) -> str:
    figure = amount(point.low, point.high, approximate=point.approximate)
    return "0" if figure == "no" else figure


def _when(point: Point) -> str:
    if point.evenings == 1:
        return f"on {day(point.end, year=True)}"
    return window(point.start, point.end, year=True)
