"""The page of sources and limits: what was read when, what failed, who went quiet, what each page cannot."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Line, Lines, Piece
from trucewatch.pages.columns import MOST, table
from trucewatch.pages.desk import Desk
from trucewatch.pages.limits import LIMITS
from trucewatch.pages.listed import covered
from trucewatch.situation.nouns import Held, Quiet


class SourceRow(Noun, frozen=True, kw_only=True):
    """A publisher within the days covered. ``claims`` counts those of the ceasefire; ``quiet_since`` is the
    day of its last report where it used to publish and has not lately."""

    publisher: str
    reports: int
    with_claims: int
    claims: int
    first: dt.date | None
    last: dt.date | None
    quiet_since: dt.date | None


class RunRow(Noun, frozen=True, kw_only=True):
    """A run of a reader over reports. One that never ended was cut off."""

    run: int
    reader: str
    started: dt.datetime
    finished: dt.datetime | None


class FailureRow(Noun, frozen=True, kw_only=True):
    """What could not be read, or was read with a doubt."""

    origin: str
    level: str
    message: str


def rows(desk: Desk, question: Question) -> Sequence[SourceRow]:
    """The publishers of the reports that the day's situation looked at, those with most reports first."""
    situation = desk.situation(question)
    quiet = {one.publisher: one for one in situation.missing.quiet}
    found: dict[str, list[Held]] = defaultdict(list)
    for held in situation.reports:
        found[held.publisher or "not named"].append(held)
    made = [_row(name, reports, quiet.get(name)) for name, reports in found.items()]
    return sorted(made, key=lambda row: (-row.reports, row.publisher))


def _row(name: str, held: Sequence[Held], quiet: Quiet | None) -> SourceRow:
    dates = [report.published for report in held if report.published]
    return SourceRow(
        publisher=name,
        reports=len(held),
        with_claims=sum(report.claims > 0 for report in held),
        claims=sum(report.claims for report in held),
        first=min(dates, default=None),
        last=max(dates, default=None),
        quiet_since=quiet.last if quiet else None,
    )


def build(desk: Desk, question: Question) -> list[Block]:
    """Publishers, what is missing, what failed, what was run, and the limits of every page."""
    runs = [
        RunRow(run=run.id, reader=run.reader, started=run.started, finished=run.finished)
        for run in reversed(desk.runs())
    ]
    failed = [
        FailureRow(origin=one.origin, level=one.level, message=one.message)
        for one in desk.situation(question).missing.issues[:MOST]
    ]
    near = f"Reports published within 14 days of {covered(question).split(' to ')[-1]}"
    return [
        table("sources", SourceRow, rows(desk, question), question=question, title="Sources", caption=near),
        _missing(desk, question),
        table(
            "failures", FailureRow, failed, question=question, title="Not read", caption="All that is listed"
        ),
        table(
            "runs", RunRow, runs, question=question, title="What was read when", caption="Newest run first"
        ),
        Lines(title="The limits of each page", lines=tuple(_limits())),
    ]


def _missing(desk: Desk, question: Question) -> Lines:
    missing = desk.situation(question).missing
    told = [
        (len(missing.evenings), "Recent evenings without a complete daily total"),
        (len(missing.spanned), "Of them within a longer window that has a figure"),
        (len(missing.quiet), "Sources that used to publish and have gone quiet"),
        (len(missing.undated), "Reports without a date, which go by the day they were recorded"),
        (len(missing.empty), "Reports that gave no claim on this ceasefire"),
    ]
    lines = tuple(Line(pieces=(Piece(text=f"{words}: {count:,}."),)) for count, words in told)
    return Lines(title="What is missing", lines=lines)


def _limits() -> list[Line]:
    return [
        Line(pieces=(Piece(text=f"{page.capitalize()}: ", look="sign"), Piece(text=limit)))
        for page, limits in LIMITS.items()
        for limit in limits
    ]
