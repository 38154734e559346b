"""How far back the situation of a day looks into a ledger.

A ledger holds years; what is happening, said, disputed or missing on a day is told in the weeks before it.
Looked at is what was published

- in the :data:`RECENT` days before the day, and in as many after it: claims of every kind;
- before that: contacts and commitments that by their own time end in those days or later, so that what
  was agreed or planned long ago for now, or is lately overdue, does not vanish;
- in the year of the day, and in the :data:`LOOK_BACK` days before it, within the ceasefire: counts of what
  its counters count, for the series, the records of the year and what alerts are measured against;
- without any date.

What is older, and of no date of its own, is left to the exports. Whether an older report is about the
ceasefire is judged by these claims of it alone. Given all claims in a list and no ledger, nothing is
left out.
"""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Ceasefire, Entry, FiledKind, Report, Shelf
from trucewatch.situation.days import ONE

RECENT = 14 * ONE
LOOK_BACK = 190 * ONE
_DUE: tuple[FiledKind, ...] = ("contact", "commitment")
_COUNTS: tuple[FiledKind, ...] = ("count",)


def entries(shelf: Shelf, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None) -> list[Entry]:
    """The claims that the situation of a day is made of, as known on a day, each once."""
    recent, later = at - RECENT, at + RECENT
    before = recent - ONE
    found = list(shelf.entries(known, since=recent, until=later))
    found += shelf.entries(known, kinds=_DUE, until=before, due=recent)
    first = max(min(dt.date(at.year, 1, 1), at - LOOK_BACK), ceasefire.start)
    if first < recent:
        counted = {"explosions", *(counter.measure for counter in ceasefire.counters)}
        found += shelf.entries(known, kinds=_COUNTS, measures=counted, since=first, until=before)
    return [entry for entry in found if entry.report.published] + list(shelf.entries(known, undated=True))


def reports(shelf: Shelf, *, at: dt.date, known: dt.date | None) -> list[Report]:
    """The reports of these days, read or not, as known on a day."""
    return list(shelf.reports(known, since=at - RECENT, until=at + RECENT))


def is_recent(published: dt.date | None, *, at: dt.date) -> bool:
    """Whether a report is of these days, or of none, so that all of its claims are looked at."""
    return published is None or abs(published - at) <= RECENT
