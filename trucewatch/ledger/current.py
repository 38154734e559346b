"""Which reading of which version of a report counts now. Nothing here writes: the view is derived.

A report (one publisher, one id) may be on file in several versions, and each may have been read
several times, by newer rules or by somebody who gives claims of their own. The current view takes,
for each report and each *name* of a reader (``rules`` of ``rules/2``), the newest reading of the
newest version. Readers of different names stand side by side and never displace each other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from trucewatch.model import Noun

ReportKey = tuple[str | None, str]  # publisher, id


class VersionRow(Noun, frozen=True, kw_only=True):
    """A version of a report, as far as choosing needs it. ``seq`` counts up as versions are recorded."""

    seq: int
    key: ReportKey
    sha256: str
    published: dt.date | None
    recorded: dt.datetime


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
    last_of_bytes: dict[str, VersionRow] = {}
    for version in sorted(versions, key=attrgetter("seq")):
        last_of_bytes[version.sha256] = version
    return max(last_of_bytes.values(), key=lambda v: (v.published or dt.date.min, v.seq))


def current_reports(versions: Iterable[VersionRow]) -> list[int]:
    """The newest version of each report, as ``seq``, in the order of recording."""
    by_report: dict[ReportKey, list[VersionRow]] = defaultdict(list)
    for version in versions:
        by_report[version.key].append(version)
    return sorted(newest(group).seq for group in by_report.values())


def current_readings(versions: Iterable[VersionRow], readings: Iterable[ReadingRow]) -> list[int]:
    """The readings in the current view, as ``seq``: one for each report and each name of a reader."""
    known = {version.seq: version for version in versions}
    groups: dict[tuple[ReportKey, str], list[ReadingRow]] = defaultdict(list)
    for reading in readings:
        if reading.report in known:
            groups[known[reading.report].key, reader_name(reading.reader)].append(reading)
    chosen = []
    for group in groups.values():
        version = newest({r.report: known[r.report] for r in group}.values())
        chosen.append(max(r.seq for r in group if r.report == version.seq))
    return sorted(chosen)
