"""Which reading of which version of a report counts now. Nothing here writes: the view is derived.

A report (one publisher, one id) may be on file in several versions, and each may have been read
several times, by newer rules or by somebody who gives claims of their own. The current view takes,
for each report and each *name* of a reader (``rules`` of ``rules/2``), the newest reading of the
newest version. Readers of different names stand side by side and never displace each other.
Where the newest version says that the publisher has withdrawn the report, no reading of it counts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from trucewatch.model import Noun

ReportKey = tuple[str | None, str]  # publisher, id


class VersionRow(Noun, frozen=True, kw_only=True):
    """A version of a report, as far as choosing needs it. ``seq`` counts up as versions are recorded.

    One that is ``withdrawn`` has no text: its publisher took the report back on that day.
    """

    seq: int
    key: ReportKey
    sha256: str
    published: dt.date | None
    recorded: dt.datetime
    withdrawn: bool = False

    @property
    def day(self) -> dt.date:
        """The day it goes by among its like: a withdrawal without a date counts from when it is on file."""
        return self.published or (self.recorded.date() if self.withdrawn else dt.date.min)


class ReadingRow(Noun, frozen=True, kw_only=True):
    """A reading of a version of a report. ``seq`` counts up as readings are recorded."""

    seq: int
    report: int
    reader: str


def reader_name(reader: str) -> str:
    """The name of a reader without its version.

    >>> reader_name("rules/2"), reader_name("given: table.jsonl")
    ('rules', 'given: table.jsonl')
    """
    return reader if reader.startswith("given:") else reader.partition("/")[0].strip()


def known_by(version: VersionRow, day: dt.date | None) -> bool:
    """Whether a version was out by a day: published by then or, if undated, recorded by then (UTC)."""
    return day is None or (version.published or version.recorded.date()) <= day


def newest(versions: Iterable[VersionRow]) -> VersionRow:
    """The newest of several versions of one report: the latest published, then the latest recorded.

    Of the same bytes only the latest record counts, so that a wrong date can be put right.
    """
    last_of_bytes: dict[tuple[str, bool], VersionRow] = {}
    for version in sorted(versions, key=attrgetter("seq")):
        last_of_bytes[version.sha256, version.withdrawn] = version
    return max(last_of_bytes.values(), key=attrgetter("day", "seq"))


def current_reports(versions: Iterable[VersionRow]) -> list[int]:
    """The newest version of each report that was not withdrawn, as ``seq``, in the order of recording."""
    by_report: dict[ReportKey, list[VersionRow]] = defaultdict(list)
    for version in versions:
        by_report[version.key].append(version)
    last = map(newest, by_report.values())
    return sorted(version.seq for version in last if not version.withdrawn)


def current_readings(versions: Iterable[VersionRow], readings: Iterable[ReadingRow]) -> list[int]:
    """The readings in the current view, as ``seq``: one for each report and each name of a reader."""
    known = {version.seq: version for version in versions}
    withdrawn: dict[ReportKey, list[VersionRow]] = defaultdict(list)
    for version in known.values():
        if version.withdrawn:
            withdrawn[version.key].append(version)
    groups: dict[tuple[ReportKey, str], list[ReadingRow]] = defaultdict(list)
    for reading in readings:
        if reading.report in known:
            groups[known[reading.report].key, reader_name(reading.reader)].append(reading)
    chosen = []
    for (key, _), group in groups.items():
        read = {r.report: known[r.report] for r in group}
        version = newest([*read.values(), *withdrawn[key]])
        if not version.withdrawn:
            chosen.append(max(r.seq for r in group if r.report == version.seq))
    return sorted(chosen)
