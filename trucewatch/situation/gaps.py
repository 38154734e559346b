"""What is missing: evenings without a figure, sources gone quiet, reports that could not be used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from trucewatch.model import Ceasefire, Counter, Issue
from trucewatch.situation.counts.windows import by_habit
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Held, Missing, Quiet, Series

RECENT = 14
QUIET_AFTER = 2
_REGULAR = 3


def last_evening(counter: Counter, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None) -> dt.date:
    """The last evening up to ``at`` that a report of the counter issued by ``known`` can cover."""
    issue = min(known, at + ONE) if known else at + ONE
    for _ in range(6):
        if f"{issue:%A}" not in counter.no_report_on:
            break
        issue -= ONE
    last = by_habit(issue, counter).end
    return min(last, at, ceasefire.end or at)


def missing(
    reports: Sequence[Held], *, totals: Sequence[Series], issues: Sequence[Issue], at: dt.date
) -> Missing:
    """What the ledger lacks at a day; evenings only of the last 14 days."""
    since = at - RECENT * ONE
    evenings = sorted({day for line in totals for day in line.gaps if since < day <= at})
    spanned = sorted({day for line in totals for day in line.spanned if since < day <= at})
    return Missing(
        evenings=tuple(evenings),
        spanned=tuple(spanned),
        quiet=_quiet(reports, at),
        undated=tuple(held for held in reports if held.published is None and held.claims),
        empty=tuple(held for held in reports if not held.claims and _within(held, since, at)),
        issues=tuple(issues),
    )


def _quiet(reports: Sequence[Held], at: dt.date) -> tuple[Quiet, ...]:
    """Publishers of at least three reports in the last 14 days who have published none for two."""
    by_publisher: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for held in reports:
        if held.publisher and held.published and held.claims and _within(held, at - RECENT * ONE, at):
            by_publisher[held.publisher].append((held.published, held.report))
    found = []
    for publisher, issues in sorted(by_publisher.items()):
        last, report = max(issues)
        if len(issues) >= _REGULAR and (at - last).days >= QUIET_AFTER:
            found.append(Quiet(publisher=publisher, last=last, report=report, reports=len(issues)))
    return tuple(found)


def _within(held: Held, first: dt.date, last: dt.date) -> bool:
    return held.published is not None and first < held.published <= last
