"""The search where this Python's SQLite has no FTS5: a walk over the texts and claims of the days covered.

It is bounded and says how far it got.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence

import msgspec

from trucewatch.ledger.indexing import strings
from trucewatch.model import Entry, Noun, Report
from trucewatch.pages.desk import Desk
from trucewatch.views.phrases import plain

SECONDS, REPORTS, HITS = 2.0, 5_000, 100
_AROUND = 90


class Met(Noun, frozen=True, kw_only=True):
    """Where the words were found: in a report's text, with what stands around them, or in a claim."""

    report: Report
    before: str = ""
    words: str = ""
    after: str = ""
    claim: str | None = None


class Walked(Noun, frozen=True, kw_only=True):
    """The hits, and how many reports were looked at of how many."""

    hits: tuple[Met, ...]
    looked_at: int
    reports: int


def walk(words: str, desk: Desk, reports: Sequence[Report], entries: Sequence[Entry]) -> Walked:
    """Look for words, in any case, in reports (the first given first) and in the fields of claims."""
    wanted = re.compile(re.escape(words), re.IGNORECASE)
    hits = list(_in_claims(wanted, entries))[:HITS]
    stop = time.monotonic() + SECONDS
    looked_at = 0
    for report in reports[:REPORTS]:
        if time.monotonic() > stop or len(hits) >= 2 * HITS:
            break
        looked_at += 1
        hit = _in_text(wanted, report, desk.text(report.sha256))
        hits += [hit] if hit else []
    return Walked(hits=tuple(hits), looked_at=looked_at, reports=len(reports))


def _in_text(wanted: re.Pattern[str], report: Report, text: str) -> Met | None:
    met = wanted.search(text) or wanted.search(report.title)
    if met is None:
        return None
    told, (start, end) = met.string, met.span()
    while end < len(told) and told[end].isalnum():  # to the end of the word
        end += 1
    while start > 0 and told[start - 1].isalnum():
        start -= 1
    return Met(
        report=report,
        before=plain(told[max(0, start - _AROUND) : start]),
        words=plain(told[start:end]),
        after=plain(told[end : end + _AROUND]),
    )


def _in_claims(wanted: re.Pattern[str], entries: Sequence[Entry]) -> Iterator[Met]:
    for entry in entries:
        said = strings(msgspec.to_builtins(entry.claim))
        told = next((value for value in said if wanted.search(value)), None)
        if told:
            yield Met(report=entry.report, words=plain(told), claim=entry.claim.id)
