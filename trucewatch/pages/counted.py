"""The page of what was counted: each counter's series by region, the record checks, the rival tallies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Cell, Piece, Plot, Table
from trucewatch.pages.cells import NONE, cell, report_piece, stack
from trucewatch.pages.columns import MOST, table
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import TITLES, covered, view_table
from trucewatch.situation.alerts.nouns import Alert
from trucewatch.situation.alerts.watch import Watched, band
from trucewatch.views import plots
from trucewatch.views.charted import ALL
from trucewatch.views.rows import alerts

_OTHERS = ("records", "tallies", "restrictions")


def build(desk: Desk, question: Question) -> list[Block]:
    """A plot with its table for each counter and measure, then alerts, records, tallies and restrictions."""
    held, raised = alerts.on_counts(desk.shelf, question.query, question.ceasefire)
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in desk.rows("series", question):
        groups[_key(row)].append(row)
    blocks: list[Block] = []
    for key, rows in groups.items():
        drawn = _plots(key, held, raised, question)
        blocks += [*drawn, _series(key, rows, question, titled=not drawn)]
    if not blocks:
        blocks = [view_table("series", desk, question)]
    return [*blocks, _alerts(desk, question), *(view_table(view, desk, question) for view in _OTHERS)]


def _alerts(desk: Desk, question: Question) -> Table:
    rows = alerts.counted(desk.shelf, question.query, question.ceasefire)
    caption = f"{covered(question)}; alerts on counts alone, the file has all"
    return table("alerts", alerts.AlertRow, rows, question=question, title=TITLES["alerts"], caption=caption)


def _key(row: Any) -> tuple[str, str]:
    return row.counter, row.measure


def _plots(
    key: tuple[str, str], held: Sequence[Watched], raised: Sequence[Alert], question: Question
) -> list[Plot]:
    """The counter's total and its regions, drawn; of what it counts by itself, not of a part of that."""
    counter, measure = key
    given = next((one for one in question.ceasefire.counters if one.id == counter), None)
    if given is None or given.measure != measure:
        return []
    mine = [one for one in held if one.line.series.counter == counter and one.line.series.points]
    mine.sort(key=lambda one: one.line.series.region is not None)  # the total first
    svgs = [_drawn(one, measure, raised, question) for one in mine]
    return [Plot(title=_title(key, question), svgs=tuple(svgs))] if svgs else []


def _drawn(one: Watched, measure: str, raised: Sequence[Alert], question: Question) -> str:
    unit, line = measure.replace("_", " "), one.line.series
    where = one.line.subject.region or "all regions"
    shown = plots.picture(
        line,
        title=f"{unit.capitalize()}, {where}",
        unit=f"{unit}, {where},",
        last=question.day,
        band=band(one),
        alerts=[alert for alert in raised if (alert.counter, alert.region) == (line.counter, line.region)],
        most=min(question.days or plots.MOST, plots.MOST),
    )
    return plots.plot(shown)


def _title(key: tuple[str, str], question: Question) -> str:
    counter, measure = key
    name = {given.id: given.name for given in question.ceasefire.counters}.get(counter, counter)
    words = measure.replace("_", " ")
    return name if words in name else f"{name}: {words}"


def _series(key: tuple[str, str], rows: Sequence[Any], question: Question, *, titled: bool) -> Table:
    """One counter's figures of one measure: a row for each window, a column for each region."""
    regions = sorted({row.region for row in rows}, key=lambda region: (region == ALL, region))
    windows: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        windows[row.window_start, row.window_end][row.region] = row
    lines = [_line(window, regions, question) for window in reversed(list(windows.values()))]
    return Table(
        title=_title(key, question) if titled else "",
        caption=f"{covered(question)}; the newest window first",
        head=("Window", *("Total" if region == ALL else region for region in regions), "Reports"),
        rows=tuple(lines[:MOST]),
        total=len(lines) if len(lines) > MOST else 0,
        data="series",
    )


def _line(window: dict[str, Any], regions: Sequence[str], question: Question) -> tuple[Cell, ...]:
    told = list(window.values())
    reports = tuple(dict.fromkeys(name for row in told for name in row.reports))
    return (
        cell(told[0], "window", question),
        *(_figure(window[region], question) if region in window else NONE for region in regions),
        stack([(report_piece(name, question),) for name in reports]),
    )


def _figure(row: Any, question: Question) -> Cell:
    """A figure, with its basis where it is not the counter's own, and what contradicts it."""
    figure = cell(row, "figure", question)
    notes = [Piece(text=row.basis, look="note")] if row.basis != "own" else []
    notes += [Piece(text=f"against: {told}", look="conflict", own=True) for told in row.conflicts]
    return Cell(lines=(*figure.lines, *((note,) for note in notes)), number=True)
